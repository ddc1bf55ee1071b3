"""What a plugin may ask of us: attestations, jobs, schedules. Every claim of it is checked and stamped here.

Lives on the threads that answer the plugin. A plugin sees all attestations, and only its own jobs and schedules.

Source: the plugin protocol, ATSStoreService.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from qntx_desktop.engines import cron
from qntx_desktop.engines.plugins.desk import Asked, Claimed
from qntx_desktop.model.attestation import MAX_TERM_CHARS, Attestation, Draft, Filter, check_draft
from qntx_desktop.model.clock import now_us
from qntx_desktop.model.errors import (
    ErrHandlerNotFound,
    ErrInvalidAttestation,
    ErrInvalidPayload,
    ErrJobNotFound,
    ErrScheduleNotFound,
)
from qntx_desktop.model.ids import new_asid
from qntx_desktop.model.job import Job, JobFilter, JobRequest, JobStatus, Trigger
from qntx_desktop.model.plugin import split_type
from qntx_desktop.model.schedule import MissedPolicy, Schedule, ScheduleState, Timing
from qntx_desktop.services.ledger import Ledger
from qntx_desktop.services.plugin_life import Life
from qntx_desktop.services.plugin_payload import payload_bytes, payload_of
from qntx_desktop.services.plugin_runs import PluginRuns
from qntx_desktop.services.queue import Queue
from qntx_desktop.store import attestations, plugins, schedules
from qntx_desktop.store.database import Database, Tx

NOTHING_SAID = "_"
USUAL_SOURCE = "plugin"
PAGE = 500
_ASID = re.compile(r"[A-Za-z0-9._:-]{1,128}")
_FIRST_US, _LAST_US = -62_135_596_800_000_000, 253_402_300_799_999_999
"""The years 1 to 9999: beyond them no time can be spelled."""


class PluginDesk:
    """Serves one start of one plugin."""

    def __init__(self, db: Database, queue: Callable[[], Queue], life: Life, runs: PluginRuns) -> None:
        self._db = db
        self._queue = queue
        self._life = life
        self._runs = runs

    @property
    def _name(self) -> str:
        return self._life.name

    @property
    def stamp(self) -> str:
        """The actor that is put before those that the plugin names."""
        return f"plugin:{self._name}@{self._life.plugin.announced.version or '0'}"

    def attest(self, claimed: list[Claimed], job_id: str) -> list[Attestation]:
        """Check, stamp and store, all or none; durable on return.

        Raises:
            ErrInvalidAttestation: With the field and, of several, which one.
        """
        execution_id = self._runs.execution_id(job_id)
        drafts = [self._draft(each, index, len(claimed), execution_id) for index, each in enumerate(claimed)]
        return self._db.write(lambda tx: attestations.insert(tx, drafts)) if drafts else []

    def _draft(self, said: Claimed, index: int, count: int, execution_id: int | None) -> Draft:
        try:
            return _checked(said, self.stamp, execution_id)
        except ErrInvalidAttestation as error:
            if count == 1:
                raise
            where = f"{error.details['reason']} (attestation {index + 1:,} of {count:,})"
            raise ErrInvalidAttestation(error.details["field"], where, error.details["limit"]) from None

    def exists(self, asid: str) -> bool:
        """Whether there is such an attestation."""
        with self._db.read() as connection:
            return attestations.get(connection, asid) is not None

    def find(self, asked: Asked) -> Iterator[Attestation]:
        """Newest first, a page at a time."""
        ledger, left = Ledger(self._db), asked.limit
        before = (asked.until_us + 1, 0) if asked.until_us is not None else None
        while left is None or left > 0:
            wanted = Filter(
                subjects=asked.subjects,
                predicates=asked.predicates,
                contexts=asked.contexts,
                actors=asked.actors,
                limit=PAGE if left is None else min(PAGE, left),
                before=before,
            )
            page = ledger.find(wanted)
            for each in page:
                if asked.since_us is not None and each.timestamp_us < asked.since_us:
                    return
                yield each
            if len(page) < wanted.limit:
                return
            before = (page[-1].timestamp_us, page[-1].seq)
            left = left - len(page) if left is not None else None

    def enqueue(self, handler: str, payload: bytes) -> Job:
        """Ask for a job of a handler of this plugin, or of another one as `plugin/handler`.

        Raises:
            ErrHandlerNotFound: Nobody announced it.
        """
        request = JobRequest(
            type=self._type_of(handler), payload=payload_of(payload), trigger=Trigger.PLUGIN
        )
        return self._queue().enqueue(request)

    def _type_of(self, handler: str) -> str:
        own = handler if "/" in handler else f"{self._name}/{handler}"
        parts = split_type(own)
        if parts is None:
            raise ErrHandlerNotFound(handler[:80])
        if parts[0] == self._name and not self._life.introduced:
            return own  # it is about to announce what it has
        with self._db.read() as connection:
            if plugins.job_type_known(connection, own):
                return own
            others = plugins.every(connection)
        for other in others:
            if other.enabled and handler in other.handlers:
                return f"{other.name}/{handler}"
        raise ErrHandlerNotFound(handler)

    def job(self, job_id: str) -> Job:
        """One of the plugin's jobs.

        Raises:
            ErrJobNotFound: There is none, or it is not the plugin's.
        """
        if not (job_id.isascii() and job_id.isdigit() and len(job_id) < 19):
            raise ErrJobNotFound(0)
        job = self._queue().get(int(job_id))
        if not job.type.startswith(f"{self._name}/") and job.trigger != Trigger.PLUGIN:
            raise ErrJobNotFound(job.id)
        return job

    def update_job(self, job_id: str, status: str, progress: tuple[int, int] | None, cost: float) -> None:
        """Note progress and cost of a running job; `cancelled` cancels it. How a job ends is for us to say.

        Raises:
            ErrJobNotFound, ErrInvalidPayload, ErrJobNotCancellable: It cannot be.
        """
        job = self.job(job_id)
        if status == JobStatus.CANCELLED:
            self._queue().cancel(job.id)
        elif status not in ("", "queued", str(job.status)):
            raise ErrInvalidPayload(job.type, "status", f"'{status[:40]}' is for the host to say")
        if progress is not None:
            self._runs.progress(job.id, *progress)
        if math.isfinite(cost) and cost > 0:
            self._runs.cost(job.id, cost)

    def jobs(self, status: str, limit: int) -> tuple[Job, ...]:
        """The plugin's jobs, newest first.

        Raises:
            ErrInvalidPayload: There is no such status.
        """
        if status and status not in set(JobStatus):
            raise ErrInvalidPayload(self._name, "status", f"'{status[:40]}' is not known")
        wanted = JobStatus(status) if status else None
        queue = self._queue()
        found = [
            job
            for job_type in self._life.plugin.job_types
            for job in queue.list(JobFilter(status=wanted, type=job_type, limit=limit))
        ]
        return tuple(sorted(found, key=lambda job: -job.id)[:limit])

    def add_schedule(self, handler: str, interval_s: int, payload: bytes) -> Schedule:
        """Have a handler of the plugin run again and again.

        Raises:
            ErrHandlerNotFound, ErrInvalidSchedule: It cannot.
        """
        job_type = self._type_of(handler)
        return self._db.write(lambda tx: make_schedule(tx, job_type, interval_s, payload_of(payload)))

    def schedule(self, schedule_id: str) -> Schedule:
        """One of the plugin's schedules.

        Raises:
            ErrScheduleNotFound: There is none, or it is not the plugin's.
        """
        if not (schedule_id.isascii() and schedule_id.isdigit() and len(schedule_id) < 19):
            raise ErrScheduleNotFound(0)
        with self._db.read() as connection:
            found = schedules.get(connection, int(schedule_id))
        if not found.type.startswith(f"{self._name}/"):
            raise ErrScheduleNotFound(found.id)
        return found

    def pause_schedule(self, schedule_id: str, paused: bool) -> None:
        """Stop one of them, or let it go on.

        Raises:
            ErrScheduleNotFound: As `schedule`.
        """
        found = self.schedule(schedule_id)
        state = ScheduleState.PAUSED if paused else ScheduleState.ACTIVE
        self._db.write(lambda tx: schedules.set_state(tx, found.id, state))

    def remove_schedule(self, schedule_id: str) -> None:
        """Delete one of them.

        Raises:
            ErrScheduleNotFound: As `schedule`.
        """
        found = self.schedule(schedule_id)
        self._db.write(lambda tx: schedules.remove(tx, found.id))

    def payload_of(self, payload: Mapping[str, Any]) -> bytes:
        """The bytes that a handler is given for a job's payload."""
        return payload_bytes(payload)


def make_schedule(tx: Tx, job_type: str, interval_s: int, payload: Mapping[str, Any]) -> Schedule:
    """Make a schedule of a plugin's handler, the first run after one interval.

    Raises:
        ErrInvalidSchedule: The interval is out of range.
    """
    timing, now = cron.checked(Timing(interval_s=interval_s)), tx.now_us
    draft = schedules.Draft(
        command=job_type,
        request=JobRequest(type=job_type, payload=payload, trigger=Trigger.SCHEDULE),
        timing=timing,
        missed=MissedPolicy.ONCE,
        next_run_at_us=next(cron.slots(timing, now, now), None),
    )
    return schedules.make(tx, draft)


def _checked(said: Claimed, stamp: str, execution_id: int | None) -> Draft:
    """The plugin's words, our stamp before its actors, and the id of the attestation itself behind them."""
    asid = said.asid if said.asid is not None else new_asid(now_us())
    if not _ASID.fullmatch(asid):
        raise ErrInvalidAttestation("id", "holds letters, digits and . _ : - only, 1 to 128 of them")
    if said.timestamp_us is not None and not _FIRST_US <= said.timestamp_us <= _LAST_US:
        raise ErrInvalidAttestation("timestamp", "lies outside of the years 1 to 9999")
    draft = check_draft(
        subjects=said.subjects,
        predicates=said.predicates or NOTHING_SAID,
        contexts=said.contexts or NOTHING_SAID,
        actors=[*said.actors, asid],
        attributes=said.attributes,
        timestamp_us=said.timestamp_us,
        source=said.source[:MAX_TERM_CHARS].replace("\0", "") or USUAL_SOURCE,
        execution_id=execution_id,
        stamp=stamp,
    )
    return replace(draft, asid=asid)
