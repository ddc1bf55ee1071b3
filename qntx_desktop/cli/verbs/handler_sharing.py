"""`qntx handler allow|export|import`: handlers that come from elsewhere and go there."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from qntx_desktop.cli.grammar import Option, Verb, usage_error

if TYPE_CHECKING:
    from qntx_desktop.cli.call import Call

_MOST_VERSIONS = 2**31 - 1


def _allow(call: Call) -> int:
    from qntx_desktop.cli.asking import note_asks

    if "/" in call.words[0]:
        return _allow_file(call)
    with call.services() as services:
        version = call.number("--version", 1, _MOST_VERSIONS)
        allowed = services.permits.allow(services.handlers, call.words[0], version)
    if call.as_json:
        call.printer.document(allowed.to_json())
        return 0
    note_asks(call, allowed)
    where = "" if allowed.allowed_at_level in (None, "full") else " although it is not fully confined here"
    call.printer.readable(f"{allowed.script_type} v{allowed.version} is allowed{where}.")
    return 0


def _allow_file(call: Call) -> int:
    from qntx_desktop.cli.asking import note_requires
    from qntx_desktop.services.source_permits import allow_source

    if call.text("--version") is not None:
        raise usage_error("a file of a source has no versions; it is allowed as it is now", "handler allow")
    with call.services() as services:
        code = allow_source(services.permits, services.sources, services.check_code, call.words[0])
        held = services.permits.held
    if call.as_json:
        call.printer.document(code.to_json() | {"allowed": True})
        return 0
    note_requires(call, code.requires)
    where = "" if held == "it is confined" else " although it is not fully confined here"
    call.printer.readable(f"{code.reference} is allowed at {code.stamp[:12]}{where}.")
    return 0


def _export(call: Call) -> int:
    target = call.text("--output")
    if target is None:
        raise usage_error("handler export needs -o F, - for stdout", "handler export")
    with call.readers() as readers:
        text = readers.bundles.export(call.words)
    if target == "-":
        call.printer.answered = True
        call.printer.text(text, end="")
        return 0
    _write_whole(Path(target), text)
    if call.as_json:
        call.printer.document({"path": str(Path(target).absolute()), "bytes": len(text.encode())})
    else:
        call.printer.readable(f"Written: {target}")
    return 0


def _write_whole(path: Path, text: str) -> None:
    """Write a file or leave the old one as it is.

    Raises:
        ErrFileNotFound: It cannot be written there.
    """
    import tempfile  # late: it costs every call of qntx a few milliseconds

    from qntx_desktop.model.errors import ErrFileNotFound

    unfinished = ""
    try:
        folder = path.absolute().parent
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=folder, delete=False) as file:
            unfinished = file.name
            file.write(text)
        os.replace(unfinished, path)  # noqa: PTH105 - the name of a temporary file is a text
    except OSError as error:
        if unfinished:
            Path(unfinished).unlink(missing_ok=True)
        raise ErrFileNotFound(str(path), (error.strerror or type(error).__name__).lower()) from None


def _import(call: Call) -> int:
    from qntx_desktop.cli.asking import note_asks
    from qntx_desktop.cli.reading import read_text
    from qntx_desktop.services.bundles import MAX_BUNDLE_BYTES

    text = read_text(call.words[0], MAX_BUNDLE_BYTES)
    with call.services() as services:
        imported = services.bundles.import_text(text)
        if call.flag("--yes"):
            for each in imported:
                services.permits.allow(services.handlers, each.handler.script_type, each.handler.version)
        handlers = [services.handlers.show(each.handler.script_type, each.handler.version) for each in imported]
    if call.as_json:
        call.printer.document([each.to_json() for each in handlers])
        return 0
    for found, handler in zip(imported, handlers, strict=True):
        name = f"{handler.script_type} v{handler.version}"
        call.printer.readable(f"{name} imported" if found.new else f"{name} was there already")
        note_asks(call, handler)
    if not imported:
        call.printer.note("The bundle is empty.")
    return 0


VERBS = (
    Verb(
        path=("handler", "allow"),
        summary="Allow code from elsewhere what it asks for; jobs that waited for it go on",
        run=_allow,
        arguments=("NAME",),
        options=(Option(name="--version", value="N", help="which version; the newest active one unless told"),),
        examples=("handler allow feed", "handler allow my-repo/lib/feed.py"),
    ),
    Verb(
        path=("handler", "export"),
        summary="Write handlers, all unless named, into a file for others",
        run=_export,
        arguments=("[NAME...]",),
        options=(Option(name="--output", short="-o", value="F", help="the file to write, - for stdout"),),
        examples=("handler export csv feed -o handlers.json",),
    ),
    Verb(
        path=("handler", "import"),
        summary="Save the handlers of a file; what asks for more than the default waits to be allowed",
        run=_import,
        arguments=("F",),
        options=(Option(name="--yes", help="allow everything in it"),),
        examples=("handler import handlers.json",),
    ),
)
