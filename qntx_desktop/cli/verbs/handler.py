"""`qntx handler`: the code that knows a type, its versions and their differences."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qntx_desktop.cli.grammar import Option, Verb, usage_error

if TYPE_CHECKING:
    from qntx_desktop.app.container import Services
    from qntx_desktop.cli.call import Call
    from qntx_desktop.model.handler import HandlerVersion
    from qntx_desktop.model.handler_line import HandlerLine

_MOST_VERSIONS = 2**31 - 1
_VERSION = Option(name="--version", value="N", help="which version")


def _create(call: Call) -> int:
    from qntx_desktop.cli.reading import read_code

    file, code = call.text("--file"), call.text("--code")
    if (file is None) == (code is None):
        raise usage_error("handler create needs either --file F or --code S", "handler create")
    text = code if code is not None else read_code(file or "")
    with call.services() as services:
        saved = services.handlers.create(
            call.words[0], text, description=call.text("--description") or "", source="cli"
        )
        before = services.handlers.before(saved)
        _fetch_packages(call, services, saved)
    return _print_saved(call, saved, before)


def _fetch_packages(call: Call, services: Services, saved: HandlerVersion) -> None:
    """Fetch what the code depends on now, so that its first run needs no network; failing is no failed save."""
    from qntx_desktop.model.errors import QntxError
    from qntx_desktop.model.package_lock import Fetch

    if not saved.requires.get("dependencies"):
        return
    try:
        services.bench.packages.of_version(saved, Fetch(say=call.printer.progress))
    except QntxError as error:
        call.printer.note(f"{error.message} It is saved; its first run tries again.")


def _list(call: Call) -> int:
    from qntx_desktop.cli.tables import print_table
    from qntx_desktop.cli.wording import duration, moment

    with call.readers() as readers:
        if call.as_json:
            entries = readers.handlers.entries()
            call.printer.document([each.to_json() for each in entries])
            return 0
        lines = readers.handler_lines()
    if not lines:
        call.printer.note("There are no handlers yet. Create one: qntx handler create csv --file handler.py")
        return 0
    rows = []
    for line in lines:
        version = f"v{line.version}{_standing(line)}"
        last = f"{line.last_status} {duration(line.last_duration_ms)}".rstrip() if line.last_status else ""
        rows.append((line.script_type, version, moment(line.created_at_us), line.source, last))
    print_table(call.printer, ("TYPE", "VERSION", "SAVED", "WHERE", "LAST RUN"), rows)
    return 0


def _standing(version: HandlerVersion | HandlerLine) -> str:
    if not version.active:
        return " retired"
    return "" if version.allowed else " not allowed"


def _show(call: Call) -> int:
    from qntx_desktop.cli.asking import note_asks

    with call.readers() as readers:
        found = readers.handlers.show(call.words[0], call.number("--version", 1, _MOST_VERSIONS))
        packages = readers.handlers.packages_of(found)
    if call.as_json:
        call.printer.document(found.to_json() | {"packages": list(packages)})
        return 0
    call.printer.note(_facts(found))
    note_asks(call, found)
    if packages:
        call.printer.note(f"It runs with {', '.join(packages)}.")
    call.printer.foreign(found.code)
    return 0


def _history(call: Call) -> int:
    from qntx_desktop.cli.tables import print_table
    from qntx_desktop.cli.wording import counted, moment

    with call.readers() as readers:
        versions = readers.handlers.history(call.words[0])
    if call.as_json:
        call.printer.document([each.to_json() for each in versions])
        return 0
    rows = [
        (
            f"v{each.version}",
            moment(each.created_at_us),
            each.source,
            _standing(each).strip() or "active",
            counted(len(each.code.splitlines()), "line"),
            each.description,
        )
        for each in versions
    ]
    print_table(call.printer, ("VERSION", "SAVED", "WHERE", "STATE", "CODE", "DESCRIPTION"), rows)
    return 0


def _diff(call: Call) -> int:
    name, *numbers = call.words
    asked = [call.whole(number.removeprefix("v"), "A version", 1, _MOST_VERSIONS) for number in numbers]
    with call.readers() as readers:
        versions = [each.version for each in readers.handlers.history(name)]
        b = asked[1] if len(asked) > 1 else versions[0]
        a = asked[0] if asked else max((each for each in versions if each < b), default=None)
        text = readers.handlers.diff(name, a, b)
    if call.as_json:
        call.printer.document({"script_type": name, "a": a, "b": b, "diff": text})
    elif text:
        if call.printer.columns is not None:
            from qntx_desktop.cli.cells import lines_shown

            text = lines_shown(text)
        call.printer.text("".join(_coloured(call, text)), end="")
    else:
        call.printer.note(f"{name} v{a} and v{b} have the same code.")
    return 0


def _coloured(call: Call, text: str) -> Sequence[str]:
    colours = {"+": "green", "-": "red", "@": "cyan"}
    return [
        call.printer.styled(line.rstrip("\n"), colours[line[0]]) + "\n" if line[0] in colours else line
        for line in text.splitlines(keepends=True)
    ]


def _test(call: Call) -> int:
    from qntx_desktop.cli.running import print_dry_run

    name, *args = call.words
    with call.readers() as readers, readers.dry_runs() as runs:
        outcome = runs.test_handler(name, args, base=Path.cwd())
    return print_dry_run(call, outcome, name)


def _retire(call: Call) -> int:
    name = call.words[0]
    with call.services() as services:
        retired = services.handlers.retire(name)
    if call.as_json:
        call.printer.document([each.to_json() for each in retired])
    elif retired:
        numbers = ", ".join(f"v{each.version}" for each in retired)
        call.printer.readable(f"{name} is retired: {numbers}. Saving or restoring a version brings it back.")
    else:
        call.printer.note(f"{name} was retired already.")
    return 0


def _restore(call: Call) -> int:
    version = call.number("--version", 1, _MOST_VERSIONS)
    if version is None:
        raise usage_error("handler restore needs --version N", "handler restore")
    with call.services() as services:
        restored = services.handlers.restore(call.words[0], version)
    return _print_saved(call, restored)


def _print_saved(call: Call, saved: HandlerVersion, before: HandlerVersion | None = None) -> int:
    from qntx_desktop.cli.asking import note_asks

    if call.as_json:
        call.printer.document(saved.to_json())
    else:
        call.printer.readable(f"{saved.script_type} v{saved.version} saved · {saved.asid}")
        note_asks(call, saved, before)
    return 0


def _facts(found: HandlerVersion) -> str:
    from qntx_desktop.cli.cells import shown
    from qntx_desktop.cli.wording import moment

    state = "" if found.active else " · retired"
    description = f" · {shown(found.description)}" if found.description else ""
    saved = f"saved {moment(found.created_at_us)} ({shown(found.source)})"
    return f"{found.script_type} v{found.version} · {saved}{state}{description}"


VERBS = (
    Verb(
        path=("handler", "create"),
        summary="Save code as a new version of a type's handler",
        run=_create,
        arguments=("NAME",),
        options=(
            Option(name="--file", value="F", help="the file that holds the code, - for stdin"),
            Option(name="--code", value="S", help="the code itself"),
            Option(name="--description", value="T", help="what it does; else what its inline metadata says"),
        ),
        examples=("handler create csv --file handler.py", "handler create note --code 'print(1)'"),
    ),
    Verb(path=("handler", "list"), summary="List all types with their newest version and last run", run=_list),
    Verb(
        path=("handler", "show"),
        summary="Print the code of a version, the newest unless told",
        run=_show,
        arguments=("NAME",),
        options=(_VERSION,),
    ),
    Verb(
        path=("handler", "history"),
        summary="List all versions of a type, newest first",
        run=_history,
        arguments=("NAME",),
    ),
    Verb(
        path=("handler", "diff"),
        summary="Compare two versions; without numbers the newest with the one before it",
        run=_diff,
        arguments=("NAME", "[A]", "[B]"),
        examples=("handler diff csv", "handler diff csv 1", "handler diff csv 1 3"),
    ),
    Verb(
        path=("handler", "test"),
        summary="Run a handler, show what it would attest, store nothing",
        run=_test,
        arguments=("NAME", "[ARGS...]"),
        foreign=True,
        examples=("handler test csv ./people.csv",),
    ),
    Verb(
        path=("handler", "retire"),
        summary="Take a type out of use; its versions stay",
        run=_retire,
        arguments=("NAME",),
    ),
    Verb(
        path=("handler", "restore"),
        summary="Save the code of an older version as a new one",
        run=_restore,
        arguments=("NAME",),
        options=(_VERSION,),
        examples=("handler restore csv --version 1",),
    ),
)
