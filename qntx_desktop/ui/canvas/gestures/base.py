"""What every gesture is: it begins with a press, follows the pointer, and ends or is taken back. Qt main thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

if TYPE_CHECKING:
    from qntx_desktop.ui.canvas.view import CanvasView

DRAG_PX = 4.0
"""A press that moves less than this, in view pixels, is a click."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """Where the pointer is: in the viewport, on the canvas, and with which keys held."""

    view: QPointF
    scene: QPointF
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier

    @property
    def shift(self) -> bool:
        """True while Shift is held."""
        return bool(self.modifiers & Qt.KeyboardModifier.ShiftModifier)

    @property
    def alt(self) -> bool:
        """True while Alt is held."""
        return bool(self.modifiers & Qt.KeyboardModifier.AltModifier)

    @property
    def mod(self) -> bool:
        """True while Mod is held."""
        return bool(self.modifiers & Qt.KeyboardModifier.ControlModifier)


class Gesture:
    """One gesture from press to release; made by the view for each press."""

    cursor: Qt.CursorShape | None = None

    def __init__(self, view: CanvasView, start: Pointer) -> None:
        self.view, self.start = view, start
        self.dragging = False

    def moved(self, pointer: Pointer) -> None:
        """Follow the pointer; `drag` is called from the first real movement on."""
        if not self.dragging:
            way = pointer.view - self.start.view
            if way.manhattanLength() < DRAG_PX:
                return
            self.dragging = True
            self.begin()
        self.drag(pointer)

    def begin(self) -> None:
        """The press became a drag."""

    def drag(self, pointer: Pointer) -> None:
        """The pointer moved during the drag."""

    def released(self, pointer: Pointer) -> None:
        """The button was let go: a click unless `dragging`."""

    def cancelled(self) -> None:
        """Esc, or the window lost the pointer: nothing may remain of it."""

    def paint(self, painter: QPainter) -> None:
        """Paint over the scene, in canvas units."""
