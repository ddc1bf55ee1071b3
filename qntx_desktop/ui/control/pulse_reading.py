"""What the Pulse panel shows, put together from several services in one go.

Workers only: each of these reads the store.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qntx_desktop.model.clock import now_us
from qntx_desktop.model.job import LogLine
from qntx_desktop.model.pulse import Gap, Planned, Timeline
from qntx_desktop.model.schedule import Schedule
from qntx_desktop.ui.panels.pulse.details import MOST_LINES, JobFacts
from qntx_desktop.ui.panels.pulse.schedules import ScheduleLine
from qntx_desktop.ui.panels.pulse.words import missed_words
from qntx_desktop.ui.told import timed

if TYPE_CHECKING:
    from qntx_desktop.app.container import Services

AHEAD = 0.2
"""The part of the line of time that lies in the future."""
LOG_PAGE = 1_000
MOST_DRAWN, MOST_SLOTS = 200, 60
"""So many schedules are drawn, and so many next runs of each."""


class PulseReading:
    """Reads for the panel."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def facts(self, job_id: int, attempt: int = 0) -> JobFacts:
        """A job in full, with the newest log lines of an attempt: the newest one unless told which."""
        queue = self._services.queue
        job, attempts = queue.get(job_id), queue.executions(job_id)
        chosen = [each for each in attempts if each.attempt == attempt] or list(attempts)
        execution = chosen[-1] if chosen else None
        lines: list[LogLine] = []
        skipped = 0
        while execution is not None:
            page = queue.logs(execution.id, after_seq=lines[-1].seq if lines else 0, limit=LOG_PAGE)
            lines += page
            if len(lines) > MOST_LINES:
                skipped += len(lines) - MOST_LINES
                lines = lines[-MOST_LINES:]
            if len(page) < LOG_PAGE:
                break
        return JobFacts(job=job, execution=execution, attempts=attempts, lines=tuple(lines), skipped=skipped)

    def line(self, span_s: int) -> Timeline:
        """The stretch of time around now, of so many seconds."""
        now = now_us()
        ahead = int(span_s * AHEAD * 1_000_000)
        since, until = now + ahead - span_s * 1_000_000, now + ahead
        past = self._services.pulse.timeline(since_us=since, until_us=until)
        every = {each.id: each for each in self._services.schedules.list()}
        planned = self._planned(tuple(every.values()), until)
        return replace(past, planned=planned, gaps=self._gaps(every, since, now))

    def _planned(self, every: tuple[Schedule, ...], until_us: int) -> tuple[Planned, ...]:
        read = self._services.schedules
        return tuple(
            Planned(lane=each.limit_key or "", at_us=slot, schedule_id=each.id)
            for each in every[:MOST_DRAWN]
            for slot in read.upcoming(each, MOST_SLOTS, until_us=until_us)
        )

    def _gaps(self, every: dict[int, Schedule], since_us: int, until_us: int) -> tuple[Gap, ...]:
        missed = self._services.schedules.missed_between(since_us, until_us)
        lanes = {key: each.limit_key or "" for key, each in every.items()}
        return tuple(
            Gap(
                lane=lanes.get(slot.schedule_id, ""),
                at_us=slot.slot_us,
                schedule_id=slot.schedule_id,
                reason=missed_words(slot),
            )
            for slot in missed
        )

    def schedules(self) -> tuple[ScheduleLine, ...]:
        """The schedules with their time tables in words."""
        read = self._services.schedules
        phrases = ((each, timed(read.phrase(each.timing), each.timing)) for each in read.list())
        return tuple(ScheduleLine(schedule=each, phrase=phrase) for each, phrase in phrases)
