"""Lanes of Qt's thread pools, for the window.

Any thread. Hides QThreadPool and QRunnable: their objects own no signals, and an exception in one, which Qt would
swallow, is logged here.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping

from PySide6.QtCore import QRunnable, QThreadPool

from qntx_desktop.services.ports import MOST_WORKERS, lane_widths

_log = logging.getLogger(__name__)

EXPIRY_MS = 5_000
"""Idle threads end by themselves, so that a window in the background keeps none."""


class Work(QRunnable):
    """One piece of work."""

    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__()
        self._work = work

    def run(self) -> None:
        """Do the work on a thread of the pool."""
        try:
            self._work()
        except BaseException:  # noqa: BLE001 - Qt has nobody to hand it to
            _log.exception("work in a pool failed")


def make_pool(threads: int) -> QThreadPool:
    """A pool whose idle threads end by themselves."""
    pool = QThreadPool()
    pool.setMaxThreadCount(threads)
    pool.setExpiryTimeout(EXPIRY_MS)
    return pool


class QtLanes:
    """Fills `services.ports.Lanes` with one pool a lane. Who submits keeps to the widths."""

    def __init__(self, widths: Mapping[str, int] | None = None) -> None:
        self._widths = dict(widths if widths is not None else lane_widths())
        self._pools = {lane: make_pool(MOST_WORKERS) for lane in self._widths}
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
            self._pools[lane].start(Work(work))

    def width(self, lane: str) -> int:
        """How many things the lane is meant to do at once; none for a lane that does not exist."""
        return self._widths.get(lane, 0)

    def resize(self, lane: str, width: int) -> None:
        """Give a lane another width; one that does not exist is made."""
        with self._guard:
            if lane not in self._pools:
                self._pools[lane] = make_pool(MOST_WORKERS)
            self._widths[lane] = max(1, min(width, MOST_WORKERS))

    def close(self) -> None:
        """Wait for what runs and end the workers; calling it twice is allowed."""
        with self._guard:
            self._closed = True
        for pool in list(self._pools.values()):
            pool.waitForDone(-1)
