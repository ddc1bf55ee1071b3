"""Dragging the edges and corners of a card. Qt main thread."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt

from qntx_desktop.model.diff import CanvasDiff
from qntx_desktop.model.marks import is_locked
from qntx_desktop.ui.canvas.geometry import Box, resized
from qntx_desktop.ui.canvas.gestures.base import Gesture, Pointer
from qntx_desktop.ui.canvas.item import GlyphItem
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import GRID_PX

if TYPE_CHECKING:
    from qntx_desktop.ui.canvas.view import CanvasView

REACH_PX = 6.0
CORNER_PX = 14.0
_CURSORS = {
    "l": Qt.CursorShape.SizeHorCursor,
    "r": Qt.CursorShape.SizeHorCursor,
    "t": Qt.CursorShape.SizeVerCursor,
    "b": Qt.CursorShape.SizeVerCursor,
    "lt": Qt.CursorShape.SizeFDiagCursor,
    "rb": Qt.CursorShape.SizeFDiagCursor,
    "rt": Qt.CursorShape.SizeBDiagCursor,
    "lb": Qt.CursorShape.SizeBDiagCursor,
}


def edges_at(rect: QRectF, point: QPointF, zoom: float) -> str:
    """Which edges of a card a point grabs: some of `l`, `r`, `t`, `b`, or nothing."""
    reach, corner = REACH_PX / zoom, CORNER_PX / zoom
    if not rect.adjusted(-reach, -reach, reach, reach).contains(point):
        return ""
    sides = {
        "l": abs(point.x() - rect.left()),
        "r": abs(point.x() - rect.right()),
        "t": abs(point.y() - rect.top()),
        "b": abs(point.y() - rect.bottom()),
    }
    inner = reach / 2
    outside = {"l": rect.left() - point.x(), "r": point.x() - rect.right()}
    outside |= {"t": rect.top() - point.y(), "b": point.y() - rect.bottom()}
    if all(distance < -inner for distance in outside.values()):
        return ""
    across = next((side for side in "lr" if sides[side] <= corner), "")
    along = next((side for side in "tb" if sides[side] <= corner), "")
    if across and along:
        return across + along
    return next((side for side in "lrtb" if sides[side] <= reach), "")


def resize_cursor(edges: str) -> Qt.CursorShape:
    """The cursor for those edges."""
    return _CURSORS[edges]


class Resize(Gesture):
    """Drags edges; the opposite ones stay. Mod: no snap."""

    def __init__(self, view: CanvasView, start: Pointer, item: GlyphItem, edges: str) -> None:
        super().__init__(view, start)
        self._id, self._edges = item.glyph_id, edges
        self.cursor = resize_cursor(edges)
        self._smallest = item.kind.min_size
        rect = item.card_rect
        self._box = Box(rect.x(), rect.y(), rect.width(), rect.height())
        self._merge = view.new_merge_key("resize")
        view.scene_of.select([self._id])

    def drag(self, pointer: Pointer) -> None:
        """Give the glyph its new box; a locked one keeps its own."""
        old = self.view.document.glyph(self._id)
        if old is None or is_locked(old):
            return
        way = pointer.scene - self.start.scene
        box = resized(
            self._box,
            self._edges,
            way.x(),
            way.y(),
            self._smallest,
            grid=GRID_PX if self.view.snapping and not pointer.mod else 0.0,
        )
        tall = "t" in self._edges or "b" in self._edges
        new = replace(old, x=box.x, y=box.y, width=box.width, height=box.height if tall else old.height)
        if new != old:
            self.view.document.edit(
                CanvasDiff(updated={self._id: (old, new)}), tr("Resize glyph"), merge=self._merge
            )

    def released(self, pointer: Pointer) -> None:
        """The step is done."""
        if self.dragging:
            self.view.document.seal()

    def cancelled(self) -> None:
        """Back to the old size."""
        self.view.document.abandon(self._merge)
