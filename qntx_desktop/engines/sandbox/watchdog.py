"""Stops a run that was cancelled, takes too long or takes too much room.

TERM, and KILL a second later; KILL at once for what goes on filling the disk. One thread a run, but only for runs
that last: one more thread, for all, starts theirs after a quarter of a second. Making a thread for each run at once
would cost as much time as a short handler takes.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Literal, Protocol

from qntx_desktop.engines.sandbox.quota import Excess

StopReason = Literal["cancelled", "timeout", "files", "disk"]
GRACE_S = 1.0
LOOK_S = 0.25
_LINGER_S = 0.05


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
        excess: Asked a few times a second what the run takes too much of; None if nothing.
    """

    def __init__(
        self, child: Stoppable, timeout_s: float, excess: Callable[[], Excess | None] = lambda: None
    ) -> None:
        self._excess = excess
        self._child = child
        self._condition = threading.Condition()
        self._deadline = time.monotonic() + timeout_s
        self._wish: StopReason | None = None
        self._closed = False
        self._thread: threading.Thread | None = None
        self.stopped_for: StopReason | None = None
        _kennel.add(self, time.monotonic() + min(timeout_s, LOOK_S))

    def cancel(self) -> None:
        """Stop the child; returns at once, any thread."""
        with self._condition:
            self._wish = self._wish or "cancelled"
            self._condition.notify_all()
        self.wake()

    def wake(self) -> None:
        """Begin to watch, in a thread."""
        with self._condition:
            if self._thread is None and not self._closed:
                self._thread = threading.Thread(target=self._watch, name="handler-watchdog", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """End the watch; the child has ended."""
        _kennel.remove(self)
        with self._condition:
            self._closed = True
            self._condition.notify_all()
        if self._thread is not None:
            self._thread.join()

    def _watch(self) -> None:
        reason = self._await_reason()
        with self._condition:
            if reason is None or self._closed or not self._child.terminate():
                return
            self.stopped_for = reason
            grace_s = GRACE_S if reason in ("cancelled", "timeout") else 0.0
            self._condition.wait_for(lambda: self._closed, grace_s)
            if not self._closed:
                self._child.kill()

    def _await_reason(self) -> StopReason | None:
        """Why the child must be stopped; None when it has ended by itself."""
        while True:
            with self._condition:
                self._condition.wait_for(self._called, min(self._remaining_s(), LOOK_S))
                if self._closed:
                    return None
                if self._wish is not None:
                    return self._wish
            excess = self._excess()  # without the lock: it may take a while, and `cancel` returns at once
            if excess is not None:
                return excess
            if self._remaining_s() <= 0:
                return "timeout"

    def _called(self) -> bool:
        return self._closed or self._wish is not None

    def _remaining_s(self) -> float:
        return max(0.0, self._deadline - time.monotonic())


class _Kennel:
    """Where watchdogs sleep until they are due. Its thread looks about often, and ends when nobody is asleep."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._asleep: dict[Watchdog, float] = {}
        self._thread: threading.Thread | None = None
        self._looks_at = 0.0

    def add(self, dog: Watchdog, due: float) -> None:
        """Wake a watchdog at a time of `time.monotonic`."""
        with self._changed:
            self._asleep[dog] = due
            if self._thread is None:
                self._thread = threading.Thread(target=self._go_round, name="handler-watchdogs", daemon=True)
                self._thread.start()
            elif due < self._looks_at:
                self._changed.notify()

    def remove(self, dog: Watchdog) -> None:
        """Leave a watchdog asleep. The thread is not woken for it: runs are short, and it looks again soon."""
        with self._changed:
            self._asleep.pop(dog, None)

    def _go_round(self) -> None:
        while True:
            with self._changed:
                now = time.monotonic()
                if not self._asleep and now >= self._looks_at:
                    self._thread = None
                    return
                due = [dog for dog, at in self._asleep.items() if at <= now]
                for dog in due:
                    del self._asleep[dog]
                if not due:
                    self._looks_at = min([now + _LINGER_S, *self._asleep.values()])
                    self._changed.wait(self._looks_at - now)
            for dog in due:  # without the lock, for each takes its own
                dog.wake()


_kennel = _Kennel()
