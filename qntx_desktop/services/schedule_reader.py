"""Looking at schedules without changing them: what there is, what comes next, what was missed.

Any thread but the GUI's. Apart from `schedules`, so that a call that only lists them imports nothing that
runs code.
"""

from __future__ import annotations

from itertools import islice

from qntx_desktop.engines import cron
from qntx_desktop.model.clock import Clock, now_us
from qntx_desktop.model.schedule import MissedSlot, Schedule, ScheduleState, Timing
from qntx_desktop.store import schedules
from qntx_desktop.store.database import Database

PREVIEWED = 5


class ScheduleReader:
    """Schedules as they stand."""

    def __init__(self, db: Database, clock: Clock = now_us) -> None:
        self._db = db
        self._clock = clock

    def get(self, schedule_id: int) -> Schedule:
        """One schedule.

        Raises:
            ErrScheduleNotFound: There is none with this id.
        """
        with self._db.read() as connection:
            return schedules.get(connection, schedule_id)

    def list(self, *, glyph_id: int | None = None) -> tuple[Schedule, ...]:
        """All schedules, or those of a glyph, oldest first."""
        with self._db.read() as connection:
            return schedules.every(connection, glyph_id=glyph_id)

    def missed(self, schedule_id: int, *, limit: int = 100, before_us: int | None = None) -> tuple[MissedSlot, ...]:
        """Slots that had no run of their own in time, newest first."""
        with self._db.read() as connection:
            return schedules.missed(connection, schedule_id, limit=limit, before_us=before_us)

    def missed_between(self, from_us: int, to_us: int, *, limit: int = 1_000) -> tuple[MissedSlot, ...]:
        """The same for all schedules in a span of time, in order."""
        with self._db.read() as connection:
            return schedules.missed_between(connection, from_us, to_us, limit=limit)

    def preview(self, timing: Timing, count: int = PREVIEWED) -> tuple[str, tuple[int, ...]]:
        """What a time table says in words, and its next moments if it began now.

        Raises:
            ErrInvalidSchedule: It cannot be followed.
        """
        timing, now = cron.checked(timing), self._clock()
        return cron.phrase(timing), tuple(islice(cron.slots(timing, now, now), count))

    def upcoming(
        self, schedule: Schedule, count: int = PREVIEWED, *, until_us: int | None = None
    ) -> tuple[int, ...]:
        """The next slots of an active schedule, in order; none of a paused one.

        Args:
            until_us: Only slots up to then.
        """
        first = schedule.next_run_at_us
        if schedule.state is ScheduleState.PAUSED or first is None:
            return ()
        later = cron.slots(schedule.timing, first, first)
        found = (first, *islice(later, count - 1))
        return tuple(slot for slot in found if until_us is None or slot <= until_us)

    def zones(self) -> tuple[str, ...]:
        """The names of all time zones, in order."""
        return cron.zones()

    def phrase(self, timing: Timing) -> str:
        """A checked time table in words."""
        return cron.phrase(timing)

    def local_zone(self) -> str:
        """The IANA name of this machine's time zone."""
        return cron.local_zone()
