"""The small widget at the lower left: zoom out, 100 %, zoom in, show everything. Qt main thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton

from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme, fact_font

if TYPE_CHECKING:
    from qntx_desktop.ui.canvas.view import CanvasView

_PARTS = (
    ("zoom_out", "−", tr("Zoom out")),
    ("zoom_100", "100 %", tr("Zoom to 100 %")),
    ("zoom_in", "+", tr("Zoom in")),
    ("fit", "⤢", tr("Show everything")),
)


class ZoomBox(QFrame):
    """Four buttons that call the actions of the canvas."""

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view)
        self._view = view
        self.setObjectName("zoom_box")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        self._buttons: dict[str, QToolButton] = {}
        for action_id, text, name in _PARTS:
            button = QToolButton(self)
            button.setObjectName(action_id)
            button.setText(text)
            button.setToolTip(name)
            button.setAccessibleName(name)
            button.setFont(fact_font())
            button.setFixedSize(52 if action_id == "zoom_100" else 24, 24)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(self._performer(action_id))
            row.addWidget(button)
            self._buttons[action_id] = button
        self.set_theme(view.theme)

    def _performer(self, action_id: str) -> Callable[[], None]:
        def perform() -> None:
            self._view.perform(action_id)

        return perform

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.setStyleSheet(
            f"#zoom_box {{ background: {theme.card}; border: 1px solid {theme.line}; border-radius: 8px; }}"
            f"QToolButton {{ color: {theme.dim}; background: transparent; border: 1px solid transparent;"
            " border-radius: 6px; padding: 0; }"
            f"QToolButton:hover {{ background: {theme.raised}; color: {theme.text}; }}"
            f"QToolButton:focus {{ border-color: {theme.accent}; }}"
        )

    def show_zoom(self, zoom: float) -> None:
        """Say the zoom in percent."""
        self._buttons["zoom_100"].setText(f"{round(zoom * 100)} %" if zoom >= 0.01 else "< 1 %")
        self._buttons["zoom_100"].setAccessibleName(
            tr("Zoom is {part} %, go to 100 %").format(part=round(zoom * 100))
        )
