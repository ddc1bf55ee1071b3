"""Lanes of plain threads, for the command line and tests; the window has lanes of Qt's pools.

Any thread. Hides concurrent.futures.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

from qntx_desktop.services.ports import MOST_WORKERS, lane_widths


class ThreadLanes:
    """One pool of threads a lane; threads begin with the first work. Who submits keeps to the widths."""

    def __init__(self, widths: Mapping[str, int] | None = None) -> None:
        self._widths = dict(widths if widths is not None else lane_widths())
        self._pools = {
            lane: ThreadPoolExecutor(max_workers=MOST_WORKERS, thread_name_prefix=f"lane-{lane}")
            for lane in self._widths
        }

    def submit(self, lane: str, work: Callable[[], None]) -> None:
        """Run `work` on a thread of the lane.

        Raises:
            RuntimeError: The lanes are closed.
        """
        self._pools[lane].submit(work)

    def width(self, lane: str) -> int:
        """How many things the lane is meant to do at once; none for a lane that does not exist."""
        return self._widths.get(lane, 0)

    def resize(self, lane: str, width: int) -> None:
        """Give a lane another width; one that does not exist is made."""
        if lane not in self._pools:
            self._pools[lane] = ThreadPoolExecutor(max_workers=MOST_WORKERS, thread_name_prefix=f"lane-{lane}")
        self._widths[lane] = max(1, min(width, MOST_WORKERS))

    def close(self) -> None:
        """Wait for what runs and end the threads."""
        for pool in list(self._pools.values()):
            pool.shutdown(wait=True)
