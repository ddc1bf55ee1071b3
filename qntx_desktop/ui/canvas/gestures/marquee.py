"""Drawing a frame on the background to select what it touches. Qt main thread."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from qntx_desktop.ui.canvas.gestures.base import Gesture, Pointer


class Marquee(Gesture):
    """Selects while dragging; with Shift it adds to what was selected. A click selects nothing."""

    def begin(self) -> None:
        """Remember what was selected before."""
        self._before = self.view.scene_of.selection
        self._frame = QRectF()

    def drag(self, pointer: Pointer) -> None:
        """Select every card the frame touches."""
        self._frame = QRectF(self.start.scene, pointer.scene).normalized()
        touched = {
            key
            for key, item in self.view.scene_of.items_by_id.items()
            if item.card_rect.intersects(self._frame)
        }
        self.view.scene_of.select(touched | self._before if self.start.shift else touched)

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
        painter.setPen(pen)
        colour.setAlpha(28)
        painter.fillRect(self._frame, colour)
        painter.drawRect(self._frame)
