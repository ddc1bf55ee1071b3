"""The wish that a run stops, handed from any thread to the thread that launched it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Literal

CancelReason = Literal["cancelled", "quit"]


class CancelToken:
    """Set once, by anybody; the first reason stays."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._event: threading.Event | None = None  # made for whoever waits: most runs are over before anybody does
        self._reason: CancelReason | None = None
        self._callbacks: list[Callable[[], None]] = []

    @property
    def reason(self) -> CancelReason | None:
        """Why the run shall stop, None as long as it may go on."""
        return self._reason

    @property
    def requested(self) -> bool:
        """True once somebody has cancelled."""
        return self._reason is not None

    def cancel(self, reason: CancelReason = "cancelled") -> None:
        """Ask for the stop; returns at once, a repeated call changes nothing."""
        with self._lock:
            if self._reason is not None:
                return
            self._reason = reason
            if self._event is not None:
                self._event.set()
            callbacks = list(self._callbacks)
        for callback in callbacks:
            callback()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until somebody cancels; False after `timeout` seconds without."""
        with self._lock:
            if self._reason is not None:
                return True
            self._event = event = self._event or threading.Event()
        return event.wait(timeout)

    def on_cancel(self, callback: Callable[[], None]) -> None:
        """Call `callback` when somebody cancels, in that thread; at once if somebody has."""
        with self._lock:
            if self._reason is None:
                self._callbacks.append(callback)
                return
        callback()

    def forget(self, callback: Callable[[], None]) -> None:
        """Take a callback back."""
        with self._lock:
            if callback in self._callbacks:
                self._callbacks.remove(callback)
