"""Lanes of Qt's thread pools, for the window.

Any thread. Hides QThreadPool and QRunnable: their objects own no signals, and an exception in one, which Qt would
swallow, is logged here.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping

from PySide6.QtCore import QRunnable, QThreadPool

from qntx_desktop.services.ports import lane_widths

_log = logging.getLogger(__name__)

EXPIRY_MS = 5_000
"""Idle threads end by themselves, so that a window in the background keeps none."""


class Work(QRunnable):
    """One piece of work; tells `done` when it is over, whatever happened."""

    def __init__(self, work: Callable[[], None], done: Callable[[], None]) -> None:
        super().__init__()
        self._work = work
        self._done = done

    def run(self) -> None:
        """Do the work on a thread of the pool."""
        try:
            self._work()
        except BaseException:  # noqa: BLE001 - Qt has nobody to hand it to
            _log.exception("work in a pool failed")
        finally:
            self._done()


def make_pool(threads: int) -> QThreadPool:
    """A pool whose idle threads end by themselves."""
    pool = QThreadPool()
    pool.setMaxThreadCount(threads)
    pool.setExpiryTimeout(EXPIRY_MS)
    return pool


class QtLanes:
    """Fills `services.ports.Lanes` with one pool a lane."""

    def __init__(self, widths: Mapping[str, int] | None = None) -> None:
        self._widths = dict(widths if widths is not None else lane_widths())
        self._pools = {lane: make_pool(width) for lane, width in self._widths.items()}
        self._busy = dict.fromkeys(self._widths, 0)
        self._guard = threading.Lock()
        self._closed = False

    def submit(self, lane: str, work: Callable[[], None]) -> None:
        """Run `work` on a thread of the lane.

        Raises:
            RuntimeError: The lanes are closed.
        """
        with self._guard:
            if self._closed:
                raise RuntimeError("the lanes are closed")
            self._busy[lane] += 1
            self._pools[lane].start(Work(work, lambda: self._done(lane)))

    def free(self, lane: str) -> int:
        """How many more things the lane could begin at once; none for a lane that does not exist."""
        with self._guard:
            return max(0, self._widths.get(lane, 0) - self._busy.get(lane, 0))

    def close(self) -> None:
        """Wait for what runs and end the threads; calling it twice is allowed."""
        with self._guard:
            self._closed = True
        for pool in self._pools.values():
            pool.waitForDone(-1)

    def _done(self, lane: str) -> None:
        with self._guard:
            self._busy[lane] -= 1
