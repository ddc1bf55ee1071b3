"""Limits of a handler: how often it may run, what it may cost, and until when a job is held back by them.

Pure; any thread. Days and months are those of the person's own calendar.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from qntx_desktop.model.job import Waiting

MINUTE_US = 60_000_000
MOST_CALLS = 1_000
"""The highest `calls_per_minute`; more than that is no limit for processes that take longer to start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """What a handler declares; None: no limit. Costs are in US dollars."""

    calls_per_minute: int | None = None
    cost_per_day: float | None = None
    cost_per_month: float | None = None

    def __bool__(self) -> bool:
        return (self.calls_per_minute, self.cost_per_day, self.cost_per_month) != (None, None, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Why a job waits, and how those behind it follow.

    Args:
        until_us: When the first may go on, in microseconds since 1970 UTC.
        at_once: How many go on together, at least 1.
        stretch_us: How much later the next ones do.
    """

    code: Waiting
    message: str
    until_us: int
    at_once: int = 1
    stretch_us: int = 0


Local = Callable[[int], datetime]
"""The person's own time, with its zone, for microseconds since 1970 UTC."""


def local_time(us: int) -> datetime:
    """By the system's time zone."""
    return datetime.fromtimestamp(us / 1e6).astimezone()


def day_of(us: int, local: Local = local_time) -> str:
    """The day on the calendar, such as `2026-11-21`."""
    return local(us).strftime("%Y-%m-%d")


def next_day_us(us: int, local: Local = local_time) -> int:
    """When the next day begins; a day has 23 to 25 hours where the clocks are changed."""
    tomorrow = (local(us).replace(tzinfo=None, hour=12) + timedelta(days=1)).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    return _midnight_us(tomorrow, us, local)


def next_month_us(us: int, local: Local = local_time) -> int:
    """When the next month begins."""
    first = local(us).replace(tzinfo=None, day=1, hour=0, minute=0, second=0, microsecond=0)
    following = (first + timedelta(days=32)).replace(day=1)
    return _midnight_us(following, us, local)


def _midnight_us(wall: datetime, near_us: int, local: Local) -> int:
    """The moment that shows `wall`, found by the zone that counts then."""
    guess = near_us + int((wall - local(near_us).replace(tzinfo=None)).total_seconds() * 1e6)
    offset = local(guess).replace(tzinfo=None) - wall
    return guess - int(offset.total_seconds() * 1e6)
