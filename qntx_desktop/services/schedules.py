"""Schedules as people see them: made, looked at, paused, changed, removed. Any thread but the GUI's.

The slots are served by `scheduler`, in the process that runs the jobs of the home.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qntx_desktop.engines import cron
from qntx_desktop.model.clock import Clock, now_us
from qntx_desktop.model.job import Job, JobRequest, Priority, Trigger
from qntx_desktop.model.schedule import MissedPolicy, Schedule, ScheduleState, Timing
from qntx_desktop.services.queue import Queue
from qntx_desktop.services.runs import Runs
from qntx_desktop.services.schedule_reader import ScheduleReader
from qntx_desktop.store import schedules
from qntx_desktop.store.database import Database, Tx


class Schedules(ScheduleReader):
    """What runs again and again."""

    def __init__(self, *, db: Database, queue: Queue, runs: Runs, clock: Clock = now_us) -> None:
        super().__init__(db, clock)
        self._queue = queue
        self._runs = runs

    def add_ix(
        self,
        typed: str | Sequence[str],
        timing: Timing,
        missed: MissedPolicy = MissedPolicy.ONCE,
        *,
        base: Path | None,
        bare: bool,
        glyph_id: int | None = None,
    ) -> Schedule:
        """Have an IX command run by a time table, the first time at its next slot.

        Args:
            base: Where relative paths start, which are made absolute now; None allows only absolute ones.

        Raises:
            ErrInvalidSchedule: The time table cannot be followed.
            ErrInvalidCommand, ErrInvalidHandlerName, ErrNoIngestScript, QntxError: As `Ix.prepare`.
        """
        timing = cron.checked(timing)
        command, request = self._runs.request_ix(typed, base=base, bare=bare, trigger=Trigger.SCHEDULE)
        return self._add(command, request, timing, missed, glyph_id)

    def add_script(
        self,
        code: str,
        args: Sequence[str],
        timing: Timing,
        missed: MissedPolicy = MissedPolicy.ONCE,
        *,
        base: Path | None = None,
        name: str = "script",
        glyph_id: int | None = None,
    ) -> Schedule:
        """Have a script run by a time table; the code is kept as it is now.

        Raises:
            ErrInvalidSchedule: The time table cannot be followed.
            ErrEmptyCode, ErrSyntax, ErrInvalidPayload: As `Runs.script`.
        """
        timing = cron.checked(timing)
        command, request = self._runs.request_script(code, args, base=base, trigger=Trigger.SCHEDULE, name=name)
        return self._add(command, request, timing, missed, glyph_id)

    def pause(self, schedule_id: int) -> Schedule:
        """Stop making jobs; a job that waits or runs already goes on.

        Raises:
            ErrScheduleNotFound: There is none with this id.
        """
        return self._db.write(lambda tx: schedules.set_state(tx, schedule_id, ScheduleState.PAUSED))

    def resume(self, schedule_id: int) -> Schedule:
        """Go on; slots since the pause were missed and are handled by the policy.

        Raises:
            ErrScheduleNotFound: There is none with this id.
        """
        return self._db.write(lambda tx: schedules.set_state(tx, schedule_id, ScheduleState.ACTIVE))

    def run_now(self, schedule_id: int, trigger: str = Trigger.MANUAL) -> Job:
        """Ask for a run besides the time table; a run of the same schedule that waits already is hurried instead.

        Args:
            trigger: What asks for it; a person in the window unless told.

        Raises:
            ErrScheduleNotFound: There is none with this id.
        """
        schedule = self.get(schedule_id)
        return self._queue.enqueue(request_for(schedule, priority=Priority.MANUAL, trigger=trigger))

    def change(self, schedule_id: int, timing: Timing, missed: MissedPolicy) -> Schedule:
        """Give a schedule another time table or policy, from now on; the same time table goes on as it was.

        Raises:
            ErrInvalidSchedule: The time table cannot be followed; the old one stays.
            ErrScheduleNotFound: There is none with this id.
        """
        timing = cron.checked(timing)
        now = self._clock()
        first = next(cron.slots(timing, now, now), None)

        def work(tx: Tx) -> Schedule:
            if schedules.get(tx.connection, schedule_id).timing == timing:
                return schedules.set_missed(tx, schedule_id, missed)
            return schedules.set_timing(tx, schedule_id, timing, missed, first)

        return self._db.write(work)

    def duplicate(self, schedule_id: int) -> Schedule:
        """Make another schedule like it, paused, so that it can be changed before it runs.

        Raises:
            ErrScheduleNotFound: There is none with this id.
        """
        old, now = self.get(schedule_id), self._clock()
        draft = schedules.Draft(
            command=old.command,
            request=request_for(old),
            timing=old.timing,
            missed=old.missed,
            next_run_at_us=next(cron.slots(old.timing, now, now), None),
        )

        def work(tx: Tx) -> Schedule:
            made = schedules.make(tx, draft)
            return schedules.set_state(tx, made.id, ScheduleState.PAUSED)

        return self._db.write(work)

    def remove(self, schedule_id: int) -> Schedule:
        """Delete a schedule; its runs stay, and a job that waits or runs already goes on.

        Returns:
            What it was.

        Raises:
            ErrScheduleNotFound: There is none with this id.
        """
        return self._db.write(lambda tx: schedules.remove(tx, schedule_id))

    def _add(
        self, command: str, request: JobRequest, timing: Timing, missed: MissedPolicy, glyph_id: int | None
    ) -> Schedule:
        self._queue.check(request)
        now = self._clock()
        draft = schedules.Draft(
            command=command,
            request=request,
            timing=timing,
            missed=missed,
            next_run_at_us=next(cron.slots(timing, now, now), None),
            glyph_id=glyph_id,
        )
        return self._db.write(lambda tx: schedules.make(tx, draft))


def request_for(
    schedule: Schedule, *, priority: int = Priority.SCHEDULED, trigger: str = Trigger.SCHEDULE
) -> JobRequest:
    """What one run of a schedule is: at most one waits and one runs, unless its handler says `concurrent`."""
    reference_type, reference_id = schedule.reference
    return JobRequest(
        type=schedule.type,
        payload=schedule.payload,
        priority=priority,
        reference_type=reference_type,
        reference_id=reference_id,
        concurrent=schedule.concurrent,
        trigger=trigger,
        schedule_id=schedule.id,
        limit_key=schedule.limit_key,
    )
