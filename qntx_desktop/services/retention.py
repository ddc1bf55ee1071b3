"""Retention: what ended long ago goes, with its attempts and logs; attestations and what made them stay.

Any thread but the GUI's; works in small transactions, so that nobody waits for it.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from qntx_desktop.engines.sandbox.cancel import CancelToken
from qntx_desktop.model.job import JobStatus
from qntx_desktop.store import retention
from qntx_desktop.store.database import Database

DAY_US = 86_400_000_000
EVERY_US = DAY_US // 4
"""How often there is something to do at most: ages are counted in steps of this."""
AT_ONCE = 200

Uptime = Callable[[], tuple[str, int]]
"""Names this start of the machine, and microseconds since then, sleep included."""

_THIS_PROCESS = uuid.uuid4().hex
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


def uptime() -> tuple[str, int]:
    """By the system's own count, which nobody sets. Where a start has no name, this process stands for it."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    if clock is None:
        return _THIS_PROCESS, time.monotonic_ns() // 1000
    try:
        return _BOOT_ID.read_text("ascii").strip(), time.clock_gettime_ns(clock) // 1000
    except OSError:
        return _THIS_PROCESS, time.clock_gettime_ns(clock) // 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """How long ended jobs stay, in days."""

    completed_days: float = 7
    failed_days: float = 30


class Retention:
    """Deletes what is past its time."""

    def __init__(self, db: Database, keep: Callable[[], Keep] = Keep, uptime: Uptime = uptime) -> None:
        self._db = db
        self._keep = keep
        self._uptime = uptime

    def due(self) -> bool:
        """Whether a quarter of a day has passed since the last time; in a new home it has not."""
        with self._db.read() as connection:
            age_us = retention.age_us(connection, *self._uptime())
            last = retention.newest_mark(connection, age_us)
        if age_us == 0:
            self._db.write(lambda tx: retention.note_age(tx, *self._uptime()))
        return age_us - (last.age_us if last is not None else 0) >= EVERY_US

    def tidy(self, cancel: CancelToken, progress: Callable[[int], None]) -> int:
        """Mark what has ended by now, and delete what was marked long enough ago.

        Args:
            cancel: Stops between two transactions.
            progress: Told how many were deleted so far.

        Returns:
            How many jobs were deleted.
        """
        age_us = self._db.write(lambda tx: retention.note_age(tx, *self._uptime()))
        with self._db.read() as connection:
            mark = retention.open_jobs(connection, age_us)
        self._db.write(lambda tx: retention.keep_mark(tx, mark))
        keep = self._keep()
        deleted = 0
        for days, statuses in (
            (keep.completed_days, (JobStatus.COMPLETED, JobStatus.CANCELLED)),
            (keep.failed_days, (JobStatus.FAILED,)),
        ):
            deleted = self._delete(age_us - int(days * DAY_US), statuses, cancel, progress, deleted)
        longest_us = int(max(keep.completed_days, keep.failed_days) * DAY_US)
        self._db.write(lambda tx: retention.forget_marks(tx, age_us - longest_us - DAY_US))
        return deleted

    def _delete(
        self,
        marked_at_us: int,
        statuses: Sequence[JobStatus],
        cancel: CancelToken,
        progress: Callable[[int], None],
        deleted: int,
    ) -> int:
        with self._db.read() as connection:
            mark = retention.newest_mark(connection, marked_at_us)
        after_id = 0
        while mark is not None and not cancel.requested:
            with self._db.read() as connection:
                ids = retention.expired(connection, mark, statuses, after_id=after_id, limit=AT_ONCE)
            if not ids:
                break
            after_id = ids[-1]
            deleted += self._delete_jobs([each for each in ids if each not in mark.open_ids])
            progress(deleted)
        return deleted

    def _delete_jobs(self, ids: Sequence[int]) -> int:
        return self._db.write(lambda tx: retention.delete_jobs(tx, ids))
