"""Time as the product stores and prints it: integers of microseconds since 1970 UTC, ISO 8601 with `Z` in JSON.

Pure; any thread. A `Clock` is injected wherever time is read, so that tests own it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], int]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def now_us() -> int:
    """Wall-clock time in microseconds since 1970 UTC."""
    return time.time_ns() // 1000


def iso(us: int | None) -> str | None:
    """`2026-11-21T12:03:01.250000Z` for microseconds since 1970 UTC; None stays None."""
    if us is None:
        return None
    moment = _EPOCH + timedelta(microseconds=us)
    return f"{moment.isoformat(timespec='microseconds')[:-6]}Z"  # strftime is five times as dear


def from_iso(text: str) -> int:
    """Microseconds since 1970 UTC for an ISO 8601 text; a text without zone is UTC.

    Raises:
        ValueError: The text is not ISO 8601.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return (moment - _EPOCH) // timedelta(microseconds=1)
