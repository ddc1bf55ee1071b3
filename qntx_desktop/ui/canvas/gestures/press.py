"""Pressing a button, chip or hotspot of a card; dragging from one moves the glyph. Qt main thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qntx_desktop.ui.canvas.gestures.base import Pointer
from qntx_desktop.ui.canvas.gestures.move import Move
from qntx_desktop.ui.canvas.item import GlyphItem

if TYPE_CHECKING:
    from qntx_desktop.ui.canvas.view import CanvasView


class Press(Move):
    """Fires when the button is let go over the part it went down on."""

    def __init__(self, view: CanvasView, start: Pointer, item: GlyphItem, part: str) -> None:
        super().__init__(view, start, item)
        self._item_id, self._part = item.glyph_id, part

    def released(self, pointer: Pointer) -> None:
        """Fire, or end the drag that it became."""
        super().released(pointer)
        if self.dragging or self.start.shift:
            return
        item = self.view.scene_of.item_of(self._item_id)
        if item is not None and self.view.part_at(item, pointer.scene) == self._part:
            self.view.press_part(item, self._part, pointer)
