"""Stops a run that was cancelled or takes too long: TERM, and KILL a second later. One thread a run."""

from __future__ import annotations

import threading
import time
from typing import Literal, Protocol

StopReason = Literal["cancelled", "timeout"]
GRACE_S = 1.0


class Stoppable(Protocol):
    """A child process, however it was started."""

    def terminate(self) -> bool:
        """Ask it to end; False if it had ended already."""

    def kill(self) -> None:
        """End it at once."""


class Watchdog:
    """Watches one child until `close`.

    Args:
        child: What to stop.
        timeout_s: Wall-clock limit, counted from now.
    """

    def __init__(self, child: Stoppable, timeout_s: float) -> None:
        self._child = child
        self._condition = threading.Condition()
        self._deadline = time.monotonic() + timeout_s
        self._wish: StopReason | None = None
        self._closed = False
        self.stopped_for: StopReason | None = None
        self._thread = threading.Thread(target=self._watch, name="handler-watchdog", daemon=True)
        self._thread.start()

    def cancel(self) -> None:
        """Stop the child; returns at once, any thread."""
        with self._condition:
            self._wish = self._wish or "cancelled"
            self._condition.notify_all()

    def close(self) -> None:
        """End the watch; the child has ended."""
        with self._condition:
            self._closed = True
            self._condition.notify_all()
        self._thread.join()

    def _watch(self) -> None:
        with self._condition:
            self._condition.wait_for(self._called, self._remaining_s())
            if self._closed:
                return
            reason: StopReason = self._wish or "timeout"
            if not self._child.terminate():
                return
            self.stopped_for = reason
            self._condition.wait_for(lambda: self._closed, GRACE_S)
            if not self._closed:
                self._child.kill()

    def _called(self) -> bool:
        return self._closed or self._wish is not None

    def _remaining_s(self) -> float:
        return max(0.0, self._deadline - time.monotonic())
