"""The Plugins window in its place: made when it is first wanted.

Qt main thread. Imports little, because the window that opens first does not show it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from qntx_desktop.model.events import Event
from qntx_desktop.ui.control.board import Board
from qntx_desktop.ui.control.windows import Windows

if TYPE_CHECKING:
    from qntx_desktop.ui.control.plugins import PluginsControl


class PluginsPlace(QObject):
    """Opens the window. Signal: job_wanted(job_id), to show one in Pulse."""

    job_wanted = Signal(int)

    def __init__(self, board: Board, windows: Windows, window: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._board, self._windows, self._window = board, windows, window
        self.control: PluginsControl | None = None

    def open(self) -> None:
        """Show the window."""
        if self.control is None:
            from qntx_desktop.ui.control.plugins import PluginsControl  # late: a window of many parts

            self.control = PluginsControl(self._board, self._windows, self._window, self)
            self.control.job_wanted.connect(self.job_wanted)
        self.control.open()

    def on_event(self, event: Event) -> None:
        """Something happened in the store, in the runner or in a plugin."""
        if self.control is not None:
            self.control.on_event(event)

    def stop(self) -> None:
        """Ask for nothing any more."""
        if self.control is not None:
            self.control.stop()
