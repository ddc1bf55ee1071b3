"""Lanes of plain threads, for the command line and tests; the window has lanes of Qt's pools.

Any thread. Hides concurrent.futures.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor

from qntx_desktop.services.ports import lane_widths


class ThreadLanes:
    """One pool of threads a lane; threads begin with the first work."""

    def __init__(self, widths: Mapping[str, int] | None = None) -> None:
        self._widths = dict(widths if widths is not None else lane_widths())
        self._busy = dict.fromkeys(self._widths, 0)
        self._guard = threading.Lock()
        self._pools = {
            lane: ThreadPoolExecutor(max_workers=width, thread_name_prefix=f"lane-{lane}")
            for lane, width in self._widths.items()
        }

    def submit(self, lane: str, work: Callable[[], None]) -> None:
        """Run `work` on a thread of the lane.

        Raises:
            RuntimeError: The lanes are closed.
        """
        future = self._pools[lane].submit(work)
        with self._guard:
            self._busy[lane] += 1
        future.add_done_callback(lambda done: self._done(lane, done))

    def free(self, lane: str) -> int:
        """How many more things the lane could begin at once; none for a lane that does not exist."""
        with self._guard:
            return max(0, self._widths.get(lane, 0) - self._busy.get(lane, 0))

    def close(self) -> None:
        """Wait for what runs and end the threads."""
        for pool in self._pools.values():
            pool.shutdown(wait=True)

    def _done(self, lane: str, _future: Future[None]) -> None:
        with self._guard:
            self._busy[lane] -= 1
