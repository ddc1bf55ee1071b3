"""Dragging glyphs, and selecting by clicking them. Qt main thread.

While they are dragged they are only seen elsewhere; the document changes once, when they are put down.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from qntx_desktop.model.diff import CanvasDiff
from qntx_desktop.model.glyph import Glyph, moved
from qntx_desktop.ui.canvas.arranging import Guide, attracted
from qntx_desktop.ui.canvas.clipboard import carried_state, copies, label_of
from qntx_desktop.ui.canvas.geometry import Box, snapped, union
from qntx_desktop.ui.canvas.gestures.base import Gesture, Pointer
from qntx_desktop.ui.canvas.item import GlyphItem
from qntx_desktop.ui.canvas.keyhands import taken_along
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import GRID_PX

if TYPE_CHECKING:
    from qntx_desktop.ui.canvas.view import CanvasView

REACH_PX = 5.0
"""How near, in view pixels, an edge of another card draws a dragged one to itself."""
MOST_OTHERS = 400


class Move(Gesture):
    """Moves all selected glyphs and what stands in selected frames; with Alt or Mod at the press, copies.

    Snaps to edges and middles of other cards in view, else the grabbed one to the grid.
    Mod pressed during the drag: no snap. Shift: one axis.
    """

    cursor = Qt.CursorShape.SizeAllCursor

    def __init__(self, view: CanvasView, start: Pointer, item: GlyphItem) -> None:
        super().__init__(view, start)
        self._id = item.glyph_id
        self._was_selected = item.glyph_id in view.scene_of.selection
        self._guides: tuple[Guide, ...] = ()
        if not self._was_selected and not start.shift:
            view.scene_of.select([self._id])

    def begin(self) -> None:
        """Take the grabbed glyph and whatever is selected along."""
        scene = self.view.scene_of
        scene.select(scene.selection | {self._id})
        self._merge = self.view.new_merge_key("move")
        self._copying = self.start.alt or self.start.mod
        self._mod_copies = self.start.mod
        moving = taken_along(self.view, scene.selection)
        if self._copying and moving:
            moving = self._copied(moving)
        glyphs = self.view.document.canvas.glyphs
        self._from: dict[int, Glyph] = {key: glyphs[key] for key in sorted(moving)}
        self._way = (0.0, 0.0)
        items = [scene.items_by_id[key] for key in self._from]
        self._area = union(Box(each.glyph.x, each.glyph.y, each.glyph.width, each.height_px) for each in items)
        seen = self.view.seen()
        near = [
            Box(item.glyph.x, item.glyph.y, item.glyph.width, item.height_px)
            for item in scene.glyphs_in(seen)
            if item.glyph_id not in self._from and seen.intersects(item.card_rect)
        ]
        self._others: list[Box] = near if len(near) <= MOST_OTHERS else []
        self.view.motion.finish()
        scene.carried.pick_up(self._from)

    def _copied(self, keys: set[int]) -> set[int]:
        """Put copies where the glyphs stand; the drag moves these."""
        canvas = self.view.document.canvas
        glyphs = [
            replace(canvas.glyphs[key], state=carried_state(canvas.glyphs[key])) for key in sorted(keys)
        ]
        diff = copies(self.view, glyphs, canvas.edges.values(), 0.0, 0.0)
        self.view.document.edit(diff, label_of(tr("Duplicate"), len(diff.added)), merge=self._merge)
        numbers = list(diff.added)
        order = sorted(glyphs, key=lambda each: (each.z, each.id))
        self._id = next(
            (new for new, old in zip(numbers, order, strict=True) if old.id == self._id), numbers[0]
        )
        self.view.scene_of.select(numbers)
        return set(numbers)

    def drag(self, pointer: Pointer) -> None:
        """Put every glyph at its start plus the way so far."""
        way = pointer.scene - self.start.scene
        dx, dy = way.x(), way.y()
        if pointer.shift:
            dx, dy = (dx, 0.0) if abs(dx) >= abs(dy) else (0.0, dy)
        grabbed = self._from.get(self._id)
        if grabbed is None:
            return
        self._guides = ()
        self._mod_copies = self._mod_copies and pointer.mod  # let go and pressed again it means no snap
        if self.view.snapping and (self._mod_copies or not pointer.mod):
            dx, dy = self._snapped(grabbed, dx, dy)
        self._way = (dx, dy)
        self.view.scene_of.carried.move(dx, dy)

    def _snapped(self, grabbed: Glyph, dx: float, dy: float) -> tuple[float, float]:
        """The way to a line shared with another card where one is near, else to the grid."""
        across: float | None = None
        down: float | None = None
        if self._area is not None and self._others:
            here = self._area._replace(x=self._area.x + dx, y=self._area.y + dy)
            across, down, self._guides = attracted(here, self._others, REACH_PX / self.view.zoom)
        if dx:
            dx = dx + across if across is not None else snapped(grabbed.x + dx, GRID_PX) - grabbed.x
        if dy:
            dy = dy + down if down is not None else snapped(grabbed.y + dy, GRID_PX) - grabbed.y
        return dx, dy

    def _put(self) -> None:
        """What was carried stands there now: one step, whatever happened to the glyphs in between."""
        self.view.scene_of.carried.put_down()
        current = self.view.document.canvas.glyphs
        updated = {}
        for key, start in self._from.items():
            old, place = current.get(key), (start.x + self._way[0], start.y + self._way[1])
            if old is not None and (old.x, old.y) != place:
                updated[key] = (old, moved(old, *place))
        label = label_of(tr("Duplicate") if self._copying else tr("Move"), len(self._from))
        self.view.document.edit(CanvasDiff(updated=updated), label, merge=self._merge)

    def released(self, pointer: Pointer) -> None:
        """After a drag the step is done; a click selects, or toggles with Shift."""
        scene = self.view.scene_of
        if self.dragging:
            self._put()
            self.view.document.seal()
        elif self.start.shift:
            scene.select(scene.selection ^ {self._id})
        elif self._was_selected:
            scene.select([self._id])

    def cancelled(self) -> None:
        """Everything back where it was, without a trace in the history."""
        if self.dragging:
            self.view.scene_of.carried.put_down()
            self.view.document.abandon(self._merge)

    def paint(self, painter: QPainter) -> None:
        """The lines that the dragged cards share with others."""
        if not self.dragging or not self._guides:
            return
        pen = QPen(QColor(self.view.theme.accent), 1)
        pen.setCosmetic(True)
        painter.setPen(pen)
        for guide in self._guides:
            if guide.upright:
                painter.drawLine(QLineF(guide.at, guide.start, guide.at, guide.end))
            else:
                painter.drawLine(QLineF(guide.start, guide.at, guide.end, guide.at))
