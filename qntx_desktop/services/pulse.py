"""What the Pulse panel and `qntx job list` ask: jobs by filter and text, a line of time, figures, the inbox.

Any thread but the GUI's. Reads only, except for what a person has seen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from qntx_desktop.model.job import Job
from qntx_desktop.model.pulse import (
    HandlerFigures,
    PulseFilter,
    PulsePage,
    PulseRow,
    PulseTotals,
    Timeline,
)
from qntx_desktop.store import inbox, jobs, pulse
from qntx_desktop.store.database import Database

PAGE = 100
STEPS = 240
"""So many steps a line of time is cut into; runs of one handler and outcome within a step are one mark."""


class Pulse:
    """Jobs as people look at them."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def page(self, wanted: PulseFilter, *, before_id: int | None = None, limit: int = PAGE) -> PulsePage:
        """Jobs that fit, newest first. A page of a search may hold fewer, or none, and still not be the last."""
        with self._db.read() as connection:
            return pulse.page(connection, wanted, before_id=before_id, limit=limit)

    def find(self, wanted: PulseFilter, limit: int) -> tuple[Job, ...]:
        """Jobs that fit, newest first, however long the search takes; each read of it is short."""
        found: list[int] = []
        before_id: int | None = None
        while len(found) < limit:
            part = self.page(wanted, before_id=before_id, limit=min(1_000, limit - len(found)))
            found += [row.id for row in part.rows]
            before_id = part.before_id
            if before_id is None:
                break
        with self._db.read() as connection:
            each = (jobs.get(connection, job_id) for job_id in found)
            return tuple(job for job in each if job is not None)

    def row(self, job_id: int) -> PulseRow | None:
        """One job as a row; None when it is gone."""
        with self._db.read() as connection:
            return pulse.row(connection, job_id)

    def timeline(self, *, since_us: int, until_us: int, steps: int = STEPS) -> Timeline:
        """What ran in a stretch of time; `steps` is how finely it is told apart."""
        with self._db.read() as connection:
            marks, complete = pulse.marks(
                connection, since_us=since_us, until_us=until_us, step_us=(until_us - since_us) // max(1, steps)
            )
        return Timeline(since_us=since_us, until_us=until_us, marks=marks, complete=complete)

    def totals(self) -> PulseTotals:
        """How many jobs stand where, `completed` aside; what holds some back; how many failures nobody has seen."""
        with self._db.read() as connection:
            return PulseTotals(
                counts=pulse.counts(connection), held=pulse.held(connection), unseen=inbox.unseen(connection)
            )

    def figures(self) -> tuple[HandlerFigures, ...]:
        """How the newest runs of each handler went."""
        with self._db.read() as connection:
            return pulse.figures(connection)

    def kinds(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The types of jobs and the handlers there are, for filters."""
        with self._db.read() as connection:
            return pulse.types(connection), pulse.handlers(connection)

    def mark_seen(self, job_ids: Iterable[int] | None = None) -> PulseTotals:
        """Take failures out of the inbox, all with None.

        Returns:
            The totals after it.
        """
        chosen = None if job_ids is None else tuple(job_ids)
        self._db.write(lambda tx: inbox.mark_seen(tx, chosen))
        return self.totals()

    def unseen(self, wanted: PulseFilter | None = None) -> PulsePage:
        """The failures that nobody has seen, newest first."""
        return self.page(replace(wanted or PulseFilter(), unseen=True))
