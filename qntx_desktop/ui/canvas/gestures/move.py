"""Dragging glyphs, and selecting by clicking them. Qt main thread."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from qntx_desktop.model.diff import CanvasDiff
from qntx_desktop.model.glyph import Glyph
from qntx_desktop.ui.canvas.geometry import snapped
from qntx_desktop.ui.canvas.gestures.base import Gesture, Pointer
from qntx_desktop.ui.canvas.item import GlyphItem
from qntx_desktop.ui.theme import GRID_PX

if TYPE_CHECKING:
    from qntx_desktop.ui.canvas.view import CanvasView


class Move(Gesture):
    """Moves all selected glyphs; snaps the grabbed one to the grid. Mod: no snap. Shift: one axis."""

    cursor = Qt.CursorShape.SizeAllCursor

    def __init__(self, view: CanvasView, start: Pointer, item: GlyphItem) -> None:
        super().__init__(view, start)
        self._id = item.glyph_id
        self._was_selected = item.glyph_id in view.scene_of.selection
        if not self._was_selected and not start.shift:
            view.scene_of.select([self._id])

    def begin(self) -> None:
        """Take the grabbed glyph and whatever is selected along."""
        scene = self.view.scene_of
        scene.select(scene.selection | {self._id})
        glyphs = self.view.document.canvas.glyphs
        self._from: dict[int, Glyph] = {key: glyphs[key] for key in scene.selection if key in glyphs}
        self._merge = self.view.new_merge_key("move")

    def drag(self, pointer: Pointer) -> None:
        """Put every glyph at its start plus the way so far."""
        way = pointer.scene - self.start.scene
        dx, dy = way.x(), way.y()
        if pointer.shift:
            dx, dy = (dx, 0.0) if abs(dx) >= abs(dy) else (0.0, dy)
        grabbed = self._from.get(self._id)
        if grabbed is None:
            return
        if not pointer.mod:
            dx = snapped(grabbed.x + dx, GRID_PX) - grabbed.x if dx else 0.0
            dy = snapped(grabbed.y + dy, GRID_PX) - grabbed.y if dy else 0.0
        self._put(dx, dy)

    def _put(self, dx: float, dy: float) -> None:
        current = self.view.document.canvas.glyphs
        updated = {}
        for key, start in self._from.items():
            old = current.get(key)
            if old is not None and (old.x, old.y) != (start.x + dx, start.y + dy):
                updated[key] = (old, replace(old, x=start.x + dx, y=start.y + dy))
        label = "Move glyph" if len(self._from) == 1 else f"Move {len(self._from):,} glyphs"
        self.view.document.edit(CanvasDiff(updated=updated), label, merge=self._merge)

    def released(self, pointer: Pointer) -> None:
        """After a drag the step is done; a click selects, or toggles with Shift."""
        scene = self.view.scene_of
        if self.dragging:
            self.view.document.seal()
        elif self.start.shift:
            scene.select(scene.selection ^ {self._id})
        elif self._was_selected:
            scene.select([self._id])

    def cancelled(self) -> None:
        """Everything back where it was, without a trace in the history."""
        if self.dragging:
            self.view.document.abandon(self._merge)
