"""Dragging the canvas itself: middle button, or left with Space held. Qt main thread."""

from __future__ import annotations

from PySide6.QtCore import Qt

from qntx_desktop.ui.canvas.gestures.base import Gesture, Pointer


class Pan(Gesture):
    """Moves the view with the pointer."""

    cursor = Qt.CursorShape.ClosedHandCursor

    def begin(self) -> None:
        """Start from where the press was."""
        self._last = self.start.view

    def drag(self, pointer: Pointer) -> None:
        """Keep the canvas under the pointer."""
        way = pointer.view - self._last
        self._last = pointer.view
        self.view.pan_by(-way.x(), -way.y())
