"""Drawing a frame on the background to select what it touches. Qt main thread."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from qntx_desktop.ui.canvas.gestures.base import Gesture, Pointer
from qntx_desktop.ui.canvas.item import GlyphItem


class Marquee(Gesture):
    """Selects while dragging; with Shift it adds to what was selected. A click selects nothing."""

    def begin(self) -> None:
        """Remember what was selected before."""
        self._before = self.view.scene_of.selection
        self._frame = QRectF()
        self._whole = False

    def drag(self, pointer: Pointer) -> None:
        """Select every card the frame touches, or, drawn from right to left, every card it holds whole."""
        self._frame = QRectF(self.start.scene, pointer.scene).normalized()
        self._whole = pointer.scene.x() < self.start.scene.x()
        touched = {key for key, item in self.view.scene_of.items_by_id.items() if self._takes(item)}
        self.view.scene_of.select(touched | self._before if self.start.shift else touched)

    def _takes(self, item: GlyphItem) -> bool:
        """A frame is taken only whole: it lies around what is meant."""
        if self._whole or item.is_frame:
            return self._frame.contains(item.card_rect)
        return item.card_rect.intersects(self._frame)

    def released(self, pointer: Pointer) -> None:
        """A click selects nothing."""
        if not self.dragging and not self.start.shift:
            self.view.scene_of.select(())

    def cancelled(self) -> None:
        """Select what was selected before."""
        if self.dragging:
            self.view.scene_of.select(self._before)

    def paint(self, painter: QPainter) -> None:
        """The frame, one pixel wide at every zoom."""
        if not self.dragging:
            return
        colour = QColor(self.view.theme.accent)
        pen = QPen(colour, 1)
        pen.setCosmetic(True)
        pen.setStyle(Qt.PenStyle.SolidLine if self._whole else Qt.PenStyle.DashLine)
        painter.setPen(pen)
        colour.setAlpha(28)
        painter.fillRect(self._frame, colour)
        painter.drawRect(self._frame)
