"""The way on in a new home: from the example to an empty canvas, and from the only, empty canvas to the example.

Qt main thread.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSizeF, Qt
from PySide6.QtWidgets import QPushButton

from qntx_desktop.model.canvases import CanvasLine
from qntx_desktop.ui.actions import BY_ID
from qntx_desktop.ui.canvas.view import CanvasView
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme

BELOW_PX = 64
"""How far below the middle it stands, under the words of the empty canvas."""
TOP_PX = 18
"""How far below the upper edge it stands where there is something on the canvas: results appear at the bottom."""
_TEXTS = {
    "canvas_example": tr("Open a worked example"),
    "canvas_empty": tr("Start with an empty canvas"),
}


class FirstOffer(QObject):
    """A button on the first canvas of a new home."""

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view)
        self._view, self._others = view, (0, 0)
        self._offered = ""
        self.button = QPushButton(view.viewport())
        self.button.setObjectName("first_offer")
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its key does the same; see also menu and palette
        self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.button.clicked.connect(lambda: view.perform(self._offered))
        self.button.hide()
        self.set_theme(view.theme)
        view.viewport().installEventFilter(self)
        view.document.changed.connect(self._show)
        view.document.reset.connect(self._show)
        view.viewpoint_changed.connect(self._follow)

    def show_for(self, lines: Sequence[CanvasLine]) -> None:
        """Offer what fits to the canvases of the home."""
        others = [each for each in lines if each.id != self._view.document.canvas.id]
        self._others = len(others), sum(map(untouched, others))
        self._show()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.button.setStyleSheet(
            f"QPushButton {{ color: {theme.accent}; background: {theme.card}; border: 1px solid {theme.line};"
            " border-radius: 7px; padding: 5px 14px; }"
            f"QPushButton:hover {{ border-color: {theme.accent}; }}"
        )

    def _wanted(self) -> str:
        """The action to offer, or nothing."""
        others, waiting = self._others
        if not self._view.document.canvas.glyphs:
            return "canvas_example" if others == 0 else ""
        return "canvas_empty" if (others, waiting) == (1, 1) else ""

    def _show(self, _diff: object = None) -> None:
        self._offered = self._wanted()
        if self._offered:
            keys = self._view.commands.keymap.shown(BY_ID[self._offered])
            self.button.setText(_TEXTS[self._offered] + (f"   {keys}" if keys else ""))
        self._place()

    def _follow(self) -> None:
        """The view looks elsewhere, or has another size."""
        if self._offered:
            self._place()

    def _place(self) -> None:
        """Stand in the middle of the upper or the lower edge, where no card is seen; else nowhere."""
        self.button.adjustSize()
        room, empty = self._view.viewport().rect(), not self._view.document.canvas.glyphs
        low = room.bottom() - TOP_PX - self.button.height()
        tops = (room.center().y() + BELOW_PX,) if empty else (TOP_PX, low)
        left = room.center().x() - self.button.width() // 2
        free = next((top for top in tops if self._is_free(left, top)), None)
        if free is not None:
            self.button.move(left, free)
        self.button.setVisible(bool(self._offered) and free is not None)

    def _is_free(self, left: int, top: int) -> bool:
        place = QRectF(QPointF(left, top), QSizeF(self.button.size()))
        inverted = self._view.viewportTransform().inverted()[0]
        return not self._view.scene_of.glyphs_in(inverted.mapRect(place))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay where it stands."""
        if event.type() == QEvent.Type.Resize:
            self._follow()
        return super().eventFilter(watched, event)


def untouched(line: CanvasLine) -> bool:
    """True for an empty canvas that nobody has opened yet."""
    return line.glyphs == 0 and line.opened_at_us is None and not line.in_bin
