"""The way to the worked example on a canvas that is empty, as long as there is no other. Qt main thread."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QPushButton

from qntx_desktop.ui.canvas.view import CanvasView
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme

BELOW_PX = 64
"""How far below the middle it stands, under the words of the empty canvas."""


class ExampleOffer(QObject):
    """A button on the empty canvas of a new home."""

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view)
        self._view, self._alone = view, False
        self.button = QPushButton(tr("Open a worked example"), view.viewport())
        self.button.setObjectName("example_offer")
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # keys reach it through the menu and the palette
        self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.button.clicked.connect(lambda: view.perform("canvas_example"))
        self.button.hide()
        self.set_theme(view.theme)
        view.viewport().installEventFilter(self)
        view.document.changed.connect(self._show)
        view.document.reset.connect(self._show)

    def set_alone(self, alone: bool) -> None:
        """Whether the shown canvas is the only one of the home."""
        self._alone = alone
        self._show()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.button.setStyleSheet(
            f"QPushButton {{ color: {theme.accent}; background: {theme.card}; border: 1px solid {theme.line};"
            " border-radius: 7px; padding: 5px 14px; }"
            f"QPushButton:hover {{ border-color: {theme.accent}; }}"
        )

    def _show(self, _diff: object = None) -> None:
        shown = self._alone and not self._view.document.canvas.glyphs
        if shown:
            self._place()
        self.button.setVisible(shown)

    def _place(self) -> None:
        self.button.adjustSize()
        room = self._view.viewport().rect()
        self.button.move(room.center().x() - self.button.width() // 2, room.center().y() + BELOW_PX)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle."""
        if event.type() == QEvent.Type.Resize and self.button.isVisible():
            self._place()
        return super().eventFilter(watched, event)
