"""The last thing done to canvases as a whole, and how to take it back: it stays until the next one.

Qt main thread. What is done on a canvas has a history of its own (`canvas/document`).
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from qntx_desktop.ui.control.switching import KEY
from qntx_desktop.ui.errors import Banner
from qntx_desktop.ui.text import tr


class CanvasUndo(QObject):
    """Offers to take back one thing, in a line above the canvas and in the list.

    Signals:
        changed: Something else, or nothing, can be taken back now.
    """

    changed = Signal()

    def __init__(self, banner: Banner, parent: QObject) -> None:
        super().__init__(parent)
        self._banner = banner
        self._take_back: Callable[[], None] | None = None
        self.text = ""
        """What was done, as a sentence; empty when nothing can be taken back."""

    def note(self, text: str, take_back: Callable[[], None], hint: str = "") -> None:
        """This was done."""
        self.text, self._take_back = text, take_back
        self._banner.offer(text, hint, tr("Undo"), self.undo, KEY)
        self.changed.emit()

    def forget(self) -> None:
        """Something was done that cannot be taken back from here."""
        self._banner.clear(KEY)
        self.text, self._take_back = "", None
        self.changed.emit()

    def undo(self) -> None:
        """Take it back, once."""
        take_back = self._take_back
        self.forget()
        if take_back is not None:
            take_back()
