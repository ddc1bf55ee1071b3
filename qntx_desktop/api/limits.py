"""How often somebody may call: buckets that fill again with time.

The API's loop.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from qntx_desktop.model.errors import ErrTooManyRequests

MAX_BUCKETS = 1_000


class Bucket:
    """Holds a sixth of a minute's calls, at least `least`, and fills evenly."""

    def __init__(self, per_minute: int, least: int, now_s: float) -> None:
        self._per_s = per_minute / 60
        self._most = max(float(least), per_minute / 6)
        self._left = self._most
        self._at_s = now_s

    def take(self, now_s: float) -> float:
        """Take one.

        Returns:
            0, or the seconds until there is one.
        """
        self._left = min(self._most, self._left + (now_s - self._at_s) * self._per_s)
        self._at_s = now_s
        if self._left < 1:
            return (1 - self._left) / self._per_s
        self._left -= 1
        return 0.0


class Limits:
    """A bucket for each name.

    Args:
        per_minute: Asked at each call, so that a changed setting counts at once.
    """

    def __init__(
        self, per_minute: Callable[[], int], least: int = 30, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._per_minute = per_minute
        self._least = least
        self._clock = clock
        self._buckets: dict[tuple[str, int], Bucket] = {}

    def take(self, name: str) -> None:
        """Count a call.

        Raises:
            ErrTooManyRequests: There were too many.
        """
        now_s, rate = self._clock(), self._per_minute()
        bucket = self._buckets.get((name, rate))
        if bucket is None:
            if len(self._buckets) >= MAX_BUCKETS:
                self._buckets.clear()
            bucket = self._buckets[(name, rate)] = Bucket(rate, self._least, now_s)
        wait_s = bucket.take(now_s)
        if wait_s:
            raise ErrTooManyRequests(math.ceil(wait_s))
