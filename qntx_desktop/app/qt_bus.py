"""The one signal through which the window hears of changes.

`publish` may be called from any thread; `happened` is always emitted on the Qt main thread, in the order published,
and never from inside `publish`. Hides Qt's queued connections.
"""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, Qt, Signal

from qntx_desktop.model.events import Event

_log = logging.getLogger(__name__)


class QtBus(QObject):
    """Carries events from whatever thread to the window.

    Signals:
        happened(Event): A fact; emitted on the thread the bus was made on. It cannot be called `event`, which is a
            method of every QObject that delivers its queued calls.
    """

    happened = Signal(object)
    _arrived = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._open = True
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def publish(self, event: Event) -> None:
        """Hand an event over; what comes after `close` is dropped."""
        if not self._open:
            return
        try:
            self._arrived.emit(event)
        except RuntimeError:  # Qt is being taken down while a worker still ends
            _log.debug("no window hears of %s", type(event).__name__)

    def close(self) -> None:
        """Deliver nothing any more, also not what is on its way."""
        self._open = False

    def _deliver(self, event: Event) -> None:
        if self._open:
            self.happened.emit(event)
