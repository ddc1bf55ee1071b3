"""Schedules: what runs again and again, by which time table, and what becomes of slots that were missed.

Pure; any thread. A *slot* is a moment at which the time table asks for a run. Times are microseconds since 1970
UTC; the zone only matters for where the slots of a cron line lie.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from qntx_desktop.model.clock import iso
from qntx_desktop.model.errors import ErrInvalidSchedule

MIN_INTERVAL_S = 1
MAX_INTERVAL_S = 366 * 24 * 3600
MOST_CAUGHT_UP = 100
"""So many missed slots are made up for under the policy `all`: the newest ones."""
MOST_LISTED = 1_000
"""So many missed slots are kept one by one; older ones of the same gap stand in one record with their count."""
LATE_US = 30_000_000
"""A slot that is found later than this was missed: the machine slept, or nobody ran the jobs."""

_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86_400}
_INTERVAL = re.compile(r"\s*(\d{1,9})\s*([smhd]?)\s*")


class MissedPolicy(StrEnum):
    """What happens to slots that nobody could serve: nothing, one run for all of them, a run for each."""

    SKIP = "skip"
    ONCE = "once"
    ALL = "all"


class ScheduleState(StrEnum):
    """A paused schedule keeps its next slot; what was missed meanwhile is handled when it goes on."""

    ACTIVE = "active"
    PAUSED = "paused"


class SlotFate(StrEnum):
    """What became of a slot that had no run of its own in time."""

    SKIPPED = "skipped"
    """By the policy `skip`."""
    MERGED = "merged"
    """By the policy `once`: the run of `job_id` stands for it."""
    WAITING = "waiting"
    """By the policy `all`: its run is made when the one before it has ended."""
    CAUGHT_UP = "caught_up"
    """By the policy `all`: it had its run, `job_id`, later."""
    DROPPED = "dropped"
    """By the policy `all`: there were more than the newest hundred."""
    JOINED = "joined"
    """The run before was still going and another one waited already, `job_id`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """A time table: either `interval_s` or a `cron` line of five fields in `timezone`, an IANA name."""

    interval_s: int | None = None
    cron: str | None = None
    timezone: str = "UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """What runs again and again.

    Args:
        command: As the job's command reads, paths made absolute.
        type, payload, limit_key, concurrent: Of the jobs that are made.
        glyph_id: The glyph that it belongs to, if any.
        next_run_at_us: The next slot; of a paused one the slot at which it stopped. None: there is none any more.
        last_slot_us: The newest slot that was dealt with.
        last_run_at_us: When its newest run began.
    """

    id: int
    command: str
    type: str
    payload: Mapping[str, Any]
    timing: Timing
    missed: MissedPolicy
    state: ScheduleState
    next_run_at_us: int | None
    last_slot_us: int | None = None
    last_run_at_us: int | None = None
    limit_key: str | None = None
    concurrent: bool = False
    glyph_id: int | None = None
    created_at_us: int = 0

    @property
    def reference(self) -> tuple[str, str]:
        """What its jobs are for; at most one of them waits and one runs."""
        return "schedule", str(self.id)

    def to_json(self) -> dict[str, Any]:
        """The contract's shape (section 4)."""
        active = self.state is ScheduleState.ACTIVE
        return {
            "id": self.id,
            "command": self.command,
            "type": self.type,
            "interval_seconds": self.timing.interval_s,
            "cron": self.timing.cron,
            "timezone": self.timing.timezone,
            "missed": str(self.missed),
            "state": str(self.state),
            "next_run_at": iso(self.next_run_at_us) if active else None,
            "last_run_at": iso(self.last_run_at_us),
            "glyph_id": self.glyph_id,
            "created_at": iso(self.created_at_us),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedSlot:
    """A slot without a run of its own in time, or `count` of them in a row from `slot_us` to `last_us`."""

    schedule_id: int
    slot_us: int
    last_us: int
    count: int
    fate: SlotFate
    noticed_at_us: int
    job_id: int | None = None

    def to_json(self) -> dict[str, Any]:
        """As the command line prints it."""
        return {
            "schedule_id": self.schedule_id,
            "slot": iso(self.slot_us),
            "last_slot": iso(self.last_us),
            "count": self.count,
            "fate": str(self.fate),
            "noticed_at": iso(self.noticed_at_us),
            "job_id": self.job_id,
        }


def read_interval(text: str) -> int:
    """Seconds of an interval such as `90`, `30s`, `5m`, `2h` or `1d`.

    Raises:
        ErrInvalidSchedule: It reads otherwise, or is out of bounds.
    """
    found = _INTERVAL.fullmatch(text)
    if found is None:
        raise ErrInvalidSchedule("interval", f"'{text[:40]}' is no interval", "Write it like 30s, 5m, 2h or 1d.")
    return check_interval(int(found[1]) * _UNITS[found[2]])


def check_interval(seconds: int) -> int:
    """The same number, if a schedule can have it.

    Raises:
        ErrInvalidSchedule: It is out of bounds.
    """
    if not MIN_INTERVAL_S <= seconds <= MAX_INTERVAL_S:
        raise ErrInvalidSchedule("interval", f"{seconds:,} s is not from 1 s to 366 days")
    return seconds


def read_missed(text: str) -> MissedPolicy:
    """The policy of that name.

    Raises:
        ErrInvalidSchedule: There is none.
    """
    if text not in set(MissedPolicy):
        hint = "skip: do nothing; once: one run for all that was missed; all: a run for each, at most 100."
        raise ErrInvalidSchedule("missed", f"'{text[:40]}' is no policy for missed runs", hint)
    return MissedPolicy(text)


def interval_phrase(seconds: int) -> str:
    """`every 5 minutes` for 300."""
    for size, name in ((86_400, "day"), (3600, "hour"), (60, "minute")):
        if seconds % size == 0:
            count = seconds // size
            return f"every {name}" if count == 1 else f"every {count:,} {name}s"
    return "every second" if seconds == 1 else f"every {seconds:,} seconds"


def short_phrase(timing: Timing) -> str:
    """`every 5 m`, or the cron line."""
    if timing.interval_s is None:
        return timing.cron or ""
    for size, unit in ((86_400, "d"), (3600, "h"), (60, "m")):
        if timing.interval_s % size == 0:
            return f"every {timing.interval_s // size:,} {unit}"
    return f"every {timing.interval_s:,} s"
