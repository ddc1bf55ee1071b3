"""What is pulled out of a port: the glyph it becomes, where it was let go, linked to where it came from, one step.

Qt main thread.
"""

from __future__ import annotations

from qntx_desktop.model.glyph import EDGE_FROM, EDGE_HANDLER, KIND_ERROR, KIND_IX, KIND_NOTE, KIND_PYTHON, Glyph
from qntx_desktop.model.job import Execution
from qntx_desktop.ui.control import links
from qntx_desktop.ui.control.board import Board
from qntx_desktop.ui.control.failures import failure_content
from qntx_desktop.ui.control.handlers import HandlerGlyphs
from qntx_desktop.ui.glyphs.ix import PORT_HANDLER
from qntx_desktop.ui.glyphs.live import Live
from qntx_desktop.ui.glyphs.python import PORT_TYPE, size_for
from qntx_desktop.ui.glyphs.result import total_of
from qntx_desktop.ui.glyphs.run_words import attestations_words
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.wording import one_line, terms

MOST_ROWS, MOST_OUTPUT_CHARS = 20, 2_000
NOTE_SIZE = (400.0, 256.0)
Place = tuple[float, float]


class Pulling:
    """Makes glyphs out of ports."""

    def __init__(self, board: Board, handlers: HandlerGlyphs) -> None:
        self._board, self._handlers = board, handlers

    def drop(self, glyph_id: int, port_id: str, kind: str, place: Place) -> None:
        """A link out of this port was let go there, to become a glyph of this kind."""
        self._board.sight.commit()
        glyph = self._board.document.glyph(glyph_id)
        if glyph is None:
            return
        if port_id == PORT_HANDLER:
            self._handlers.create_for(glyph_id, place)
        elif port_id == PORT_TYPE:
            self._command(glyph, place)
        else:
            self._from_result(glyph, kind, place)

    def _command(self, python: Glyph, place: Place) -> None:
        """An IX glyph that asks for the type of a handler."""
        made = self._board.new_glyph(KIND_IX, place, content={"text": f"ix {links.type_of(python)} "})
        self._board.add(made, tr("Add Ingest"), (EDGE_HANDLER, made.id, python.id))
        self._board.sight.go_to(made.id, edit=True)

    def _from_result(self, result: Glyph, kind: str, place: Place) -> None:
        live = self._board.lives.of(result.id)
        if live.job is None:
            return
        if kind == KIND_ERROR:
            content = failure_content(live.job, live.execution)
            made = self._board.new_glyph(KIND_ERROR, place, content=content)
        elif kind == KIND_PYTHON:
            code = reading_code(live)
            content = {"code": code, "script_type": None}
            made = self._board.new_glyph(KIND_PYTHON, place, size=size_for(code), content=content)
        else:
            made = self._board.new_glyph(KIND_NOTE, place, size=NOTE_SIZE, content={"text": note_text(live)})
        self._board.add(
            made,
            tr("Add {label}").format(label=self._board.kind_of(kind).label),
            (EDGE_FROM, result.id, made.id),
        )
        self._board.sight.go_to(made.id)


def reading_code(live: Live) -> str:
    """A script that reads attestations like those of a run."""
    query = ""
    if live.attestations:
        first = live.attestations[0]
        clauses = (("is", first.predicates), ("of", first.contexts))
        query = " ".join(f"{word} {quoted}" for word, said in clauses if (quoted := _quoted(said)))
    return (
        f"import qntx\n\nfor found in qntx.query({query!r}, limit=1_000):\n"
        '    print(found["subjects"], found["attributes"])\n'
    )


def _quoted(said: tuple[str, ...]) -> str:
    """A name as AX takes it, in the quotes that it does not hold itself; empty when it holds both."""
    name = said[0] if said else ""
    sign = next((each for each in ("'", '"') if each not in name), "")
    return f"{sign}{name}{sign}" if name and sign else ""


def note_text(live: Live) -> str:
    """What a run made and wrote, as Markdown."""
    run = live.execution
    parts = [f"### {_plain(run.command if run is not None else tr('Result'), 200)}"]
    if run is not None and run.error:
        parts.append(f"**{_plain(str(run.error.get('message', '')) or tr('It failed.'), 400)}**")
    if total_of(live):
        rows = [
            f"- {_plain(terms(row.subjects), 120)} is {_plain(terms(row.predicates), 120)}"
            f" of {_plain(terms(row.contexts), 120)}"
            for row in live.attestations[:MOST_ROWS]
        ]
        parts.append("\n".join([f"{attestations_words(total_of(live))}:", "", *rows]))
    if run is not None and (written := _written(run)):
        longest = max((len(line) - len(line.lstrip("~")) for line in written.splitlines()), default=0)
        fence = "~" * max(3, longest + 1)
        parts.append(f"{fence}\n{written}\n{fence}")
    return "\n\n".join(parts)


def _written(run: Execution) -> str:
    text = run.stdout.strip("\n") or run.stderr.strip("\n")
    return text if len(text) <= MOST_OUTPUT_CHARS else f"… {text[-MOST_OUTPUT_CHARS:]}"


def _plain(text: str, most: int) -> str:
    """Data in Markdown, with its signs kept from meaning something."""
    return "".join(f"\\{each}" if each in "\\`*_[]<>#|~" else each for each in one_line(text, most))
