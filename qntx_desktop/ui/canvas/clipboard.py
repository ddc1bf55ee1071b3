"""Copy, cut, paste and duplicate: glyphs travel as JSON text, so any program and any canvas can carry them.

Qt main thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF
from PySide6.QtGui import QCursor, QGuiApplication, QImage

from qntx_desktop.model import canvas_file
from qntx_desktop.model.canvas_file import CanvasText
from qntx_desktop.model.canvases import new_uid
from qntx_desktop.model.diff import CanvasDiff, removal
from qntx_desktop.model.errors import ErrInvalidPayload, QntxError
from qntx_desktop.model.glyph import (
    KIND_CANVAS,
    KIND_IX,
    KIND_NOTE,
    KIND_PREVIEW,
    KIND_PYTHON,
    KIND_RESULT,
    Edge,
    Glyph,
)
from qntx_desktop.model.marks import is_locked
from qntx_desktop.ui import wording
from qntx_desktop.ui.canvas.geometry import snapped
from qntx_desktop.ui.canvas.pasted import as_note, size_for
from qntx_desktop.ui.glyphs.preview import size_for_picture
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import GRID_PX

if TYPE_CHECKING:
    from qntx_desktop.ui.canvas.view import CanvasView

ASIDE_PX = 3 * GRID_PX
MOST_TEXT_CHARS = 1_000_000


class Clipboard:
    """Carries glyphs of one view; remembers what it copied last, to know their runs when they come back."""

    def __init__(self, view: CanvasView) -> None:
        self._view = view
        self._copied: tuple[str, Mapping[int, Mapping[str, Any]]] = ("", {})
        self._cut_canvases: frozenset[str] = frozenset()
        self.carry: Callable[[CanvasText, Callable[[str], None]], None] = lambda _chosen, _then: None
        """Writes what was copied with what lies inside of its cards, for other homes; filled in by the window."""
        self.take_in: Callable[[CanvasText, Callable[[CanvasText], None]], None] = lambda found, then: then(found)
        """Makes the canvases inside of what another home has copied."""
        self.table: dict[str, Callable[[], None]] = {
            "copy": self._copy,
            "cut": self._cut,
            "paste": self._paste,
            "duplicate": self._duplicate,
        }

    def _chosen(self) -> list[Glyph]:
        glyphs, chosen = self._view.document.canvas.glyphs, self._view.scene_of.selection
        return [glyphs[key] for key in sorted(chosen) if key in glyphs]

    def _copy(self) -> None:
        glyphs, canvas = self._chosen(), self._view.document.canvas
        text = canvas_file.written(canvas.name, glyphs, canvas.edges.values())
        self._copied = (text, {glyph.id: carried_state(glyph) for glyph in glyphs})
        self._cut_canvases = frozenset()
        QGuiApplication.clipboard().setText(text)
        if canvas_file.opened_by(glyphs):
            chosen = CanvasText(name=canvas.name, glyphs=tuple(glyphs), edges=tuple(canvas.edges.values()))
            self.carry(chosen, partial(self._carried, text))

    def _carried(self, text: str, whole: str) -> None:
        """What was copied goes on with its insides, unless something else was copied meanwhile."""
        if self._copied[0] == text and QGuiApplication.clipboard().text() == text:
            self._copied = (whole, self._copied[1])
            QGuiApplication.clipboard().setText(whole)

    def _cut(self) -> None:
        self._copy()
        keys = {glyph.id for glyph in self._chosen() if not is_locked(glyph)}
        gone = (glyph for key, glyph in self._view.document.canvas.glyphs.items() if key in keys)
        self._cut_canvases = frozenset(canvas_file.opened_by(gone))
        self._view.close_editor()
        self._view.document.edit(removal(self._view.document.canvas, keys), label_of(tr("Cut"), len(keys)))

    def _paste(self) -> None:
        brought = QGuiApplication.clipboard().mimeData()
        text, at = brought.text(), self._place()
        if brought.hasUrls() and not canvas_file.is_canvas_text(text):
            self._view.adding.dropping.take(brought, at)
        elif text.strip():
            self.take_text(text, at)
        elif brought.hasImage():
            self._view.adding.dropping.picture_brought.emit(QImage(brought.imageData()), at)

    def take_text(self, text: str, at: QPointF) -> None:
        """Put what a text holds on the canvas: copied glyphs, a command, or a note of any other text."""
        if not canvas_file.is_canvas_text(text):
            self._take_words(text.strip(), at)
            return
        try:
            found = canvas_file.read(text)
        except QntxError as error:
            self._view.refused.emit(error)
            return
        if found.inside and text != self._copied[0]:
            before = frozenset(canvas_file.opened_by(found.glyphs))
            self.take_in(found, partial(self._put_in, at, before))
            return
        states = self._copied[1] if text == self._copied[0] else {}
        glyphs = [replace(each, state=states.get(each.id, {})) for each in found.glyphs]
        moved, self._cut_canvases = self._cut_canvases, frozenset()  # pasted once more it is a copy
        self.put(glyphs, found.edges, tr("Paste"), at, same=moved if text == self._copied[0] else frozenset())

    def _put_in(self, at: QPointF, before: frozenset[str], found: CanvasText) -> None:
        """Cards whose canvases were made open those; any other card opens a copy, as ever."""
        made = frozenset(canvas_file.opened_by(found.glyphs)) - before
        self.put(list(found.glyphs), found.edges, tr("Paste"), at, same=made)

    def put(
        self,
        glyphs: list[Glyph],
        edges: Iterable[Edge],
        verb: str,
        at: QPointF,
        *,
        same: frozenset[str] = frozenset(),
    ) -> None:
        """Put copies there, the top left corner of all at `at`, as one step; they are selected.

        Args:
            same: Canvases whose cards go on opening them; cards of others open copies of what is inside.
        """
        if not glyphs:
            return
        dx = snapped(at.x() - min(glyph.x for glyph in glyphs), GRID_PX)
        dy = snapped(at.y() - min(glyph.y for glyph in glyphs), GRID_PX)
        diff = copies(self._view, glyphs, edges, dx, dy, same=same)
        self._view.document.seal()
        self._view.document.edit(diff, label_of(verb, len(diff.added)))
        self._view.scene_of.select(diff.added)

    def _take_words(self, words: str, at: QPointF) -> None:
        if len(words) > MOST_TEXT_CHARS:
            self._view.refused.emit(_too_long(len(words)))
            return
        command = words.startswith("ix ") and "\n" not in words
        name = KIND_IX if command else KIND_NOTE
        kind = self._view.kind_of(name)
        text = words if command else as_note(words)
        width, height = kind.default_size if command else size_for(text, kind.default_size)
        content = {**kind.new_content(), "text": text}
        glyph = Glyph(id=1, kind=name, x=0, y=0, width=width, height=height, content=content)
        self.put([glyph], (), tr("Paste"), at)

    def put_dropped(
        self,
        pictures: Iterable[tuple[str, tuple[int, int]]],
        commands: Iterable[str],
        at: QPointF,
        verb: str = tr("Drop"),
    ) -> None:
        """One glyph for each picture (path and pixels) and each command, one below the other, as one step."""
        wanted: list[tuple[str, dict[str, Any], tuple[float, float]]] = [
            (KIND_PREVIEW, {"path": path}, size_for_picture(pixels)) for path, pixels in pictures
        ]
        kind = self._view.kind_of(KIND_IX)
        wanted += [
            (KIND_IX, {**kind.new_content(), "text": command}, kind.default_size) for command in commands
        ]
        glyphs, y = [], 0.0
        for row, (name, content, (width, height)) in enumerate(wanted):
            glyphs.append(Glyph(id=row + 1, kind=name, x=0, y=y, width=width, height=height, content=content))
            y += height + ASIDE_PX
        self.put(glyphs, (), verb, at)

    def _duplicate(self) -> None:
        glyphs, canvas = self._chosen(), self._view.document.canvas
        states = [replace(glyph, state=carried_state(glyph)) for glyph in glyphs]
        corner = QPointF(min(each.x for each in glyphs) + ASIDE_PX, min(each.y for each in glyphs) + ASIDE_PX)
        self.put(states, canvas.edges.values(), tr("Duplicate"), corner)

    def _place(self) -> QPointF:
        """Where the pointer is when it is over the canvas, else the middle of what is seen."""
        view = self._view
        spot = view.viewport().mapFromGlobal(QCursor.pos())
        if view.viewport().rect().contains(spot) and view.underMouse():
            return view.to_scene(QPointF(spot))
        return view.seen().center()


def copies(
    view: CanvasView,
    glyphs: list[Glyph],
    edges: Iterable[Edge],
    dx: float,
    dy: float,
    *,
    same: frozenset[str] = frozenset(),
) -> CanvasDiff:
    """What adds copies of these glyphs, moved, above all others in their own order, with the links between them."""
    document = view.document
    top = max((each.z for each in document.canvas.glyphs.values()), default=0)
    numbers = {glyph.id: document.next_id() for glyph in glyphs}
    added = {}
    for rank, glyph in enumerate(sorted(glyphs, key=lambda each: (each.z, each.id))):
        number = numbers[glyph.id]
        glyph = _opening(glyph, same) if glyph.kind == KIND_CANVAS else glyph
        added[number] = replace(glyph, id=number, x=glyph.x + dx, y=glyph.y + dy, z=top + 1 + rank)
    made = {}
    for edge in edges:
        if edge.source_id in numbers and edge.target_id in numbers:
            key = document.next_id()
            source, target = numbers[edge.source_id], numbers[edge.target_id]
            made[key] = replace(edge, id=key, source_id=source, target_id=target)
    return CanvasDiff(added=added, edges_added=made)


def _too_long(length: int) -> ErrInvalidPayload:
    reason = tr("has {length} characters; a note takes {most}").format(
        length=wording.count(length), most=wording.count(MOST_TEXT_CHARS)
    )
    hint = tr("Keep it in a file and drop that on the canvas.")
    return ErrInvalidPayload("note", tr("text"), reason, what=tr("What was pasted"), hint=hint)


def _opening(glyph: Glyph, same: frozenset[str]) -> Glyph:
    """A copy of a card that opens a canvas: the same one when it is moved, else a copy of it."""
    content = {key: value for key, value in glyph.content.items() if key != "copy_of"}
    if content.get("canvas") not in same:
        content |= {"canvas": new_uid(), "copy_of": content.get("canvas")}
    return replace(glyph, content=content)


def carried_state(glyph: Glyph) -> Mapping[str, Any]:
    """What of a glyph's state is true of a copy: a result shows the same run, code is saved as what it was."""
    if glyph.kind == KIND_RESULT:
        return dict(glyph.state)
    if glyph.kind == KIND_PYTHON:
        return {name: glyph.state[name] for name in ("saved", "came") if glyph.state.get(name)}
    return {}


def label_of(verb: str, count: int) -> str:
    """What a step over glyphs is called."""
    return (
        tr("{verb} glyph").format(verb=verb)
        if count == 1
        else tr("{verb} {number} glyphs").format(verb=verb, number=wording.count(count))
    )
