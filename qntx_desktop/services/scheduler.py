"""Serves the slots of schedules: makes the job when one has come, and settles what was missed meanwhile.

On the runner's thread, in the one process that runs the jobs of the home. Nothing is remembered between two turns
but when to look next; all that counts stands in the store, and a slot moves on in the transaction that makes its
job.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import islice

from qntx_desktop.engines import cron
from qntx_desktop.model.clock import Clock, now_us
from qntx_desktop.model.events import Event, JobChanged, ScheduleChanged
from qntx_desktop.model.job import JobStatus
from qntx_desktop.model.schedule import (
    LATE_US,
    MOST_CAUGHT_UP,
    MOST_LISTED,
    MissedPolicy,
    MissedSlot,
    Schedule,
    SlotFate,
    Timing,
)
from qntx_desktop.services.queue import Queue
from qntx_desktop.services.schedules import request_for
from qntx_desktop.store import schedules
from qntx_desktop.store.database import Database, Tx

SERVED_AGAIN_US = 25 * 3600 * 1_000_000
"""A clock that was set back by less than this lives through slots again that were served; they do not run twice."""
AHEAD_US = 5_000_000
MOST_WALKED = 200_000
"""So many slots of a cron line are walked through one by one; behind that only the newest are looked at."""


class Scheduler:
    """Turns slots into jobs."""

    def __init__(self, db: Database, queue: Queue, clock: Clock = now_us) -> None:
        self._db = db
        self._queue = queue
        self._clock = clock
        self._look = self._backlog = self._repair = True
        self._next_us: int | None = None

    def on_event(self, event: Event) -> None:
        """Look again after a change of a schedule, and when a run of one has ended."""
        if isinstance(event, ScheduleChanged):
            self._look = self._backlog = True
        elif isinstance(event, JobChanged) and event.job.schedule_id is not None and event.job.ended:
            self._backlog = True

    def look_again(self) -> None:
        """Another process may have changed schedules, or the clock was set."""
        self._look = self._backlog = True

    def wait_s(self) -> float | None:
        """Seconds until the next slot; None while there is none."""
        return None if self._next_us is None else max(0.0, (self._next_us - self._clock()) / 1e6)

    def tend(self, *, clock_changed: bool = False) -> None:
        """Serve what has come.

        Args:
            clock_changed: The clock on the wall was set, or the machine slept: time tables are laid anew where the
                clock went back.

        Raises:
            QntxError: The store takes no work; nothing was lost, the next turn tries again.
        """
        now = self._clock()
        if clock_changed or self._repair:
            self._lay_anew(now)
        if self._look:
            self._find_next()
        if self._next_us is not None and self._next_us <= now:
            with self._db.read() as connection:
                due = schedules.due(connection, now)
            for schedule in due:
                past = _Past.of(schedule.timing, schedule.next_run_at_us or now, now)
                self._db.write(partial(self._serve, schedule=schedule, past=past, now=now))
            self._find_next()
        if self._backlog:
            self._catch_up()

    def _find_next(self) -> None:
        self._look = False
        with self._db.read() as connection:
            self._next_us = schedules.next_due_us(connection)

    def _lay_anew(self, now: int) -> None:
        """Repair what a clock that was set back has left far ahead."""
        with self._db.read() as connection:
            ahead = [each for each in schedules.every(connection) if _too_far_ahead(each, now)]
        for schedule in ahead:
            self._db.write(partial(self._bring_back, schedule=schedule, now=now))
        self._repair, self._look = False, True

    def _bring_back(self, tx: Tx, schedule: Schedule, now: int) -> None:
        first = _first_after(schedule, now)
        if first is not None:
            schedules.move(tx, schedule, next_run_at_us=first, last_slot_us=schedule.last_slot_us)

    def _serve(self, tx: Tx, schedule: Schedule, past: _Past, now: int) -> None:
        """Deal with every slot of a schedule up to now, and go on to the next, in one transaction."""
        current = schedules.get(tx.connection, schedule.id)
        if current.next_run_at_us != schedule.next_run_at_us or current.state is not schedule.state:
            return
        on_time = now - past.newest <= LATE_US
        missed = past.without_newest() if on_time else past
        if schedule.missed is MissedPolicy.ALL and (
            missed.count or schedules.has_waiting(tx.connection, schedule.id)
        ):
            self._note(tx, schedule, past, now, None)  # one after the other, in order
        else:
            run = on_time or schedule.missed is MissedPolicy.ONCE
            job_id = self._run(tx, schedule, past.newest if on_time else None, now) if run else None
            self._note(tx, schedule, missed, now, job_id)
        after = next(cron.slots(schedule.timing, now, past.newest), None)
        schedules.move(tx, schedule, next_run_at_us=after, last_slot_us=past.newest)
        self._backlog = True

    def _run(self, tx: Tx, schedule: Schedule, slot: int | None, now: int) -> int:
        waits = schedules.waiting_job(tx.connection, schedule.id)
        job = self._queue.enqueue_in(tx, request_for(schedule))
        if slot is not None and job.id == waits:
            joined = _record(schedule, slot, slot, 1, SlotFate.JOINED, now, job.id)
            schedules.note_missed(tx, [joined])
        return job.id

    def _note(self, tx: Tx, schedule: Schedule, missed: _Past, now: int, job_id: int | None) -> None:
        if not missed.count:
            return
        if schedule.missed is MissedPolicy.ALL:
            listed = list(missed.listed)
            waiting, dropped = listed[-MOST_CAUGHT_UP:], listed[:-MOST_CAUGHT_UP]
            records = [_record(schedule, slot, slot, 1, SlotFate.WAITING, now) for slot in waiting]
            records += [_record(schedule, slot, slot, 1, SlotFate.DROPPED, now) for slot in dropped]
            rest = SlotFate.DROPPED
        else:
            rest = SlotFate.MERGED if schedule.missed is MissedPolicy.ONCE else SlotFate.SKIPPED
            stands_in = job_id if rest is SlotFate.MERGED else None
            records = [_record(schedule, slot, slot, 1, rest, now, stands_in) for slot in missed.listed]
        if missed.older:
            first, last, count = missed.older
            records.append(_record(schedule, first, last, count, rest, now))
        schedules.note_missed(tx, records)
        schedules.drop_waiting(tx, schedule.id, MOST_CAUGHT_UP)

    def _catch_up(self) -> None:
        """Make the next job of each schedule that has slots to make up for and nothing waiting or running."""
        self._backlog = False
        with self._db.read() as connection:
            waiting = schedules.first_waiting(connection)
        for slot in waiting:
            self._db.write(partial(self._make_up, slot=slot))

    def _make_up(self, tx: Tx, slot: MissedSlot) -> None:
        if slot not in schedules.first_waiting(tx.connection):
            return
        job = self._queue.enqueue_in(tx, request_for(schedules.get(tx.connection, slot.schedule_id)))
        schedules.settle(tx, slot, SlotFate.CAUGHT_UP, job.id)
        if job.status is not JobStatus.PENDING:
            self._backlog = True


class _Past:
    """The slots from the first that was due up to now: the newest one by one, those before in one record."""

    def __init__(self, listed: list[int], older: tuple[int, int, int] | None) -> None:
        self.listed = listed
        self.older = older

    @classmethod
    def of(cls, timing: Timing, first: int, now: int) -> _Past:
        if timing.interval_s is not None:
            return cls._of_interval(timing.interval_s * 1_000_000, first, now)
        listed: list[int] = []
        older: tuple[int, int, int] | None = None
        for slot in islice(_from(timing, first, now), MOST_WALKED):
            listed.append(slot)
            if len(listed) > 2 * MOST_LISTED:
                older, listed = _merged(older, listed[:-MOST_LISTED]), listed[-MOST_LISTED:]
        if len(listed) > MOST_LISTED:
            older, listed = _merged(older, listed[:-MOST_LISTED]), listed[-MOST_LISTED:]
        return cls(listed, older)

    @classmethod
    def _of_interval(cls, step: int, first: int, now: int) -> _Past:
        count = (now - first) // step + 1
        begin = max(0, count - MOST_LISTED)
        older = (first, first + (begin - 1) * step, begin) if begin else None
        return cls([first + index * step for index in range(begin, count)], older)

    @property
    def newest(self) -> int:
        return self.listed[-1]

    @property
    def count(self) -> int:
        return len(self.listed) + (self.older[2] if self.older else 0)

    def without_newest(self) -> _Past:
        return _Past(self.listed[:-1], self.older)


def _from(timing: Timing, first: int, now: int) -> Iterator[int]:
    yield first
    for slot in cron.slots(timing, first, first):
        if slot > now:
            return
        yield slot


def _merged(older: tuple[int, int, int] | None, more: list[int]) -> tuple[int, int, int]:
    if older is None:
        return more[0], more[-1], len(more)
    return older[0], more[-1], older[2] + len(more)


def _record(
    schedule: Schedule, first: int, last: int, count: int, fate: SlotFate, now: int, job_id: int | None = None
) -> MissedSlot:
    return MissedSlot(
        schedule_id=schedule.id,
        slot_us=first,
        last_us=last,
        count=count,
        fate=fate,
        noticed_at_us=now,
        job_id=job_id,
    )


def _too_far_ahead(schedule: Schedule, now: int) -> bool:
    """Whether the next slot lies further ahead than the time table has it: the clock went back."""
    if schedule.next_run_at_us is None or schedule.next_run_at_us <= now:
        return False
    if schedule.timing.interval_s is not None:
        return schedule.next_run_at_us - now > schedule.timing.interval_s * 1_000_000 + AHEAD_US
    first = _first_after(schedule, now)
    return first is not None and schedule.next_run_at_us > first


def _first_after(schedule: Schedule, now: int) -> int | None:
    """The slot to wait for at this moment, without those that were served before the clock went back a little."""
    after = now
    last = schedule.last_slot_us
    if schedule.timing.interval_s is None and last is not None and 0 < last - now < SERVED_AGAIN_US:
        after = last
    return next(cron.slots(schedule.timing, after, now), None)
