"""The Sources window in its place: made when it is first wanted, and joined to the canvas.

Qt main thread. Imports little, because the window that opens first does not show it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF
from PySide6.QtWidgets import QWidget

from qntx_desktop.model.events import Event
from qntx_desktop.model.glyph import KIND_IX
from qntx_desktop.ui.canvas.drops import Drops
from qntx_desktop.ui.canvas.view import CanvasView
from qntx_desktop.ui.control.board import Board
from qntx_desktop.ui.control.windows import Windows
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme

if TYPE_CHECKING:
    from qntx_desktop.ui.control.sources import SourcesControl


class SourcesPlace(QObject):
    """Opens the window, and puts files of sources on the canvas."""

    def __init__(
        self, board: Board, windows: Windows, window: QWidget, view: CanvasView, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._board, self._windows, self._window = board, windows, window
        self.control: SourcesControl | None = None
        self._drops = Drops(view, self)
        self._drops.file_dropped.connect(self._put)

    def open(self) -> None:
        """Show the window."""
        if self.control is None:
            from qntx_desktop.ui.control.sources import SourcesControl  # late: a window of many parts

            self.control = SourcesControl(self._board, self._windows, self._window, self)
            self.control.place_asked.connect(self._put_in_the_middle)
        self.control.open()

    def on_event(self, event: Event) -> None:
        """Something happened in the store or the runner."""
        if self.control is not None:
            self.control.on_event(event)

    def flush(self) -> None:
        """Write what was typed into a file and not saved yet."""
        if self.control is not None:
            self.control.flush()

    def stop(self) -> None:
        """Ask for nothing any more."""
        if self.control is not None:
            self.control.stop()

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of another theme."""
        if self.control is not None:
            self.control.set_theme(theme)

    def _put(self, reference: str, place: QPointF) -> None:
        """An IX glyph that runs a file of a source."""
        text = f'ix "{reference}"' if any(each.isspace() for each in reference) else f"ix {reference}"
        glyph = self._board.new_glyph(KIND_IX, (place.x(), place.y()), content={"text": text})
        self._board.add(glyph, tr("Add IX"))
        self._board.sight.go_to(glyph.id)

    def _put_in_the_middle(self, reference: str) -> None:
        x, y = self._board.sight.middle()
        self._put(reference, QPointF(x, y))
