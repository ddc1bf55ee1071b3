"""The outline in its window: made when it is first wanted.

Qt main thread. Imports little, because most windows never show it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from qntx_desktop.ui.canvas.view import CanvasView
from qntx_desktop.ui.theme import Theme
from qntx_desktop.ui.window import Window

if TYPE_CHECKING:
    from qntx_desktop.ui.panels.outline.panel import OutlinePanel


class OutlinePlace(QObject):
    """Shows and hides the outline."""

    def __init__(self, window: Window, view: CanvasView, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._view = window, view
        self.panel: OutlinePanel | None = None

    def begin(self) -> None:
        """Show it when it was shown last time."""
        if self._window.memory().outline_shown:
            self._made()
            self._window.show_outline(True)

    def toggle(self) -> None:
        """Show it and go into it; when the keyboard is in it already, hide it and go back to the canvas."""
        panel = self._made()
        if self._window.outline_shown and panel.tree.hasFocus():
            self._window.show_outline(False)
            self._window.focus_canvas()
            return
        self._window.show_outline(True)
        panel.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of another theme."""
        if self.panel is not None:
            self.panel.set_theme(theme)

    def stop(self) -> None:
        """The canvas can be looked at, not changed."""
        if self.panel is not None:
            self.panel.setEnabled(False)

    def _made(self) -> OutlinePanel:
        if self.panel is None:
            from qntx_desktop.ui.panels.outline.panel import OutlinePanel  # late: a part that few windows show

            self.panel = OutlinePanel(self._view)
            self.panel.left.connect(self._window.focus_canvas)
            self._window.set_outline(self.panel)
        return self.panel
