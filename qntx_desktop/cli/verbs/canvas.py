"""`qntx canvas`: the canvases of a home, and files they are written to and read from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qntx_desktop.cli.grammar import Option, Verb, usage_error

if TYPE_CHECKING:
    from qntx_desktop.cli.call import Call
    from qntx_desktop.model.canvases import CanvasLine

SUFFIX = ".qntx"
_DRAWN = (".png", ".svg", ".pdf")


def _list(call: Call) -> int:
    from qntx_desktop.cli.tables import print_table
    from qntx_desktop.cli.wording import moment
    from qntx_desktop.model.canvases import trail

    with call.readers() as readers:
        found = [each for each in readers.canvases.list() if not each.in_bin]
    if call.as_json:
        call.printer.document([each.to_json() for each in found])
        return 0
    if not found:
        call.printer.note("There are no canvases yet. The window makes the first one.")
        return 0
    by_uid = {each.uid: each for each in found}
    rows = [
        (
            str(each.id),
            " ▸ ".join(step.name for step in trail(each, by_uid)),
            f"{each.glyphs:,}",
            moment(each.saved_at_us) if each.saved_at_us else "never",
        )
        for each in found
    ]
    print_table(call.printer, ("ID", "NAME", "GLYPHS", "SAVED"), rows)
    return 0


def _export(call: Call) -> int:
    from qntx_desktop.services.canvas_files import write_file

    target = call.text("--output")
    if target is None:
        raise usage_error("canvas export needs -o F, - for stdout", "canvas export")
    if target.lower().endswith(_DRAWN):
        raise usage_error(
            "pictures and pages are drawn by the window; here it is .qntxcanvas or .qntx", "canvas export"
        )
    if target.lower().endswith(SUFFIX):
        return _export_bundle(call, target)
    with call.readers() as readers:
        text = readers.canvases.text_of(readers.canvases.named(call.words[0]).id)
    if target == "-":
        call.printer.answered = True
        call.printer.text(text, end="")
        return 0
    content = text.encode("utf-8", "surrogatepass")
    write_file(target, content)
    if call.as_json:
        call.printer.document({"path": str(Path(target).absolute()), "bytes": len(content)})
    else:
        call.printer.readable(f"Written: {target}")
    return 0


def _export_bundle(call: Call, target: str) -> int:
    with call.services() as services:
        canvas = services.canvases.named(call.words[0])
        written = services.canvas_bundles.export(canvas.id, target)
    for each in written.left_out:
        call.printer.note(f"Left out, because it is too large: {each}")
    if call.as_json:
        facts = {"path": str(Path(target).absolute()), "bytes": written.bytes}
        call.printer.document(facts | {"handlers": list(written.handlers), "inputs": list(written.inputs)})
    else:
        named = ", ".join((*written.handlers, *written.inputs)) or "no handler and no file"
        call.printer.readable(f"Written: {target}, with {named}")
    return 0


def _import_bundle(call: Call, path: str) -> CanvasLine:
    from qntx_desktop.cli.asking import note_asks

    with call.services() as services:
        look = services.canvas_bundles.look(path)
        names = [each.name for each in look.handlers]
        made = services.canvas_bundles.take(path, look.digest, names if call.flag("--yes") else ())
        handlers = [services.handlers.show(name) for name in names]
    for handler in handlers:
        call.printer.note(f"{handler.script_type} v{handler.version} came with it.")
        note_asks(call, handler)
    return made


def _import_file(call: Call, path: str) -> CanvasLine:
    from qntx_desktop.cli.reading import STDIN, opened
    from qntx_desktop.model.errors import ErrFileNotFound
    from qntx_desktop.services.canvas_files import MOST_BYTES, canvas_of, read_canvas
    from qntx_desktop.services.canvases import came_from_elsewhere

    if path == STDIN:
        with opened(STDIN) as stream:
            stream.seek(0)
            content = stream.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise ErrFileNotFound(STDIN, f"is larger than {MOST_BYTES:,} bytes")
        found, name = canvas_of(content), "Canvas"
    else:
        found, name = read_canvas(path), Path(path).stem
    with call.services() as services:
        return services.canvases.make_filled(came_from_elsewhere(found), name)


def _import(call: Call) -> int:
    path = call.words[0]
    made = (_import_bundle if path.lower().endswith(SUFFIX) else _import_file)(call, path)
    if call.as_json:
        call.printer.document(made.to_json())
    else:
        glyphs = "1 glyph" if made.glyphs == 1 else f"{made.glyphs:,} glyphs"
        call.printer.readable(f"Imported as canvas {made.id}, {made.name}, with {glyphs}.")
    return 0


VERBS = (
    Verb(path=("canvas", "list"), summary="Show all canvases", run=_list, examples=("canvas list",)),
    Verb(
        path=("canvas", "export"),
        summary="Write a canvas, by name or number, into a file; into .qntx with its handlers and files",
        run=_export,
        arguments=("NAME",),
        options=(Option(name="--output", short="-o", value="F", help="the file to write, - for stdout"),),
        examples=("canvas export 'Canvas 1' -o people.qntxcanvas", "canvas export 'Canvas 1' -o people.qntx"),
    ),
    Verb(
        path=("canvas", "import"),
        summary="Make a canvas of a .qntxcanvas or .qntx file, of a picture that carries one, or of stdin for -",
        run=_import,
        arguments=("F",),
        options=(Option(name="--yes", help="allow all handlers that come with it"),),
        examples=("canvas import people.qntxcanvas", "canvas import people.qntx"),
    ),
)
