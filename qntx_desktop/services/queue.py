"""The job queue as people and programs see it: ask for jobs, look at them, read their output, cancel them.

Any thread but the GUI's. Running what is asked for is the runner's business.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from qntx_desktop.model.errors import ErrActiveJobExists, ErrJobNotFound, QntxError
from qntx_desktop.model.job import Execution, Job, JobFilter, JobRequest, JobStatus, LogLine, Trigger, Waiting
from qntx_desktop.services.jobs import JOB_TYPES
from qntx_desktop.services.jobs.job_type import JobType
from qntx_desktop.services.jobs.plugin_job import plugin_job
from qntx_desktop.services.permits import refusal_of
from qntx_desktop.store import handlers, jobs, permits, plugins
from qntx_desktop.store.database import Database, Tx

if TYPE_CHECKING:
    from qntx_desktop.services.crew import Crew

_log = logging.getLogger(__name__)


class Queue:
    """Jobs, their attempts and their logs."""

    def __init__(self, db: Database, job_types: Sequence[JobType] = JOB_TYPES) -> None:
        self._db = db
        self._types = {each.name: each for each in job_types}
        self._crew: Crew | None = None

    def attach(self, crew: Crew) -> None:
        """Have new jobs begun at once by these workers, whenever one idles."""
        self._crew = crew

    def enqueue(self, request: JobRequest, *, checked: bool = False) -> Job:
        """Make a job, or join the pending one of the same reference (docs/jobs.md).

        A job of a type that nothing runs is kept and waits; `waiting_code` says so.

        Args:
            checked: Its payload was checked just now.

        Raises:
            ErrInvalidPayload: The type refuses the payload; `field` is a dotted path. No job was made.
        """
        if not checked:
            self.check(request)
        crew = self._crew
        if crew is None:
            return self._db.write(lambda tx: self.enqueue_in(tx, request))
        made: Job | None = None
        try:
            with crew.recruiting() as recruit:
                made = self._db.write(lambda tx: recruit(tx, self.enqueue_in(tx, request)))
        except QntxError:
            raise
        except Exception:
            if made is not None:
                raise
            # A defect in claiming, perhaps of another job, must not keep this one from being made.
            _log.exception("a job could not be made and claimed at once")
        return made or self._db.write(lambda tx: self.enqueue_in(tx, request))

    def check(self, request: JobRequest) -> None:
        """Look at what is asked for, before a transaction that makes the job with `enqueue_in`.

        Raises:
            ErrInvalidPayload: The type refuses the payload; `field` is a dotted path.
        """
        job_type = self._types.get(request.type) or plugin_job(request.type)
        if job_type is not None:
            job_type.check(request.payload)

    def enqueue_in(self, tx: Tx, request: JobRequest) -> Job:
        """Make a checked job in the caller's transaction, together with what must not happen without it."""
        waiting = None
        if request.type not in self._types and not plugins.job_type_known(tx.connection, request.type):
            waiting = Waiting.NO_HANDLER_FOR_TYPE, f"No handler for type '{request.type}' in this version."
        elif request.limit_key is not None and permits.anything_missing(tx.connection, request.limit_key):
            newest = handlers.newest_active(tx.connection, request.limit_key)
            refusal = refusal_of(newest) if newest is not None else None
            if refusal is not None:
                waiting = Waiting.PERMISSION_REQUIRED, refusal.message
        return jobs.enqueue(tx, request, waiting=waiting)

    def retry(self, job_id: int) -> Job:
        """Do an ended job again, as a new job that points to it; the old one stays as it is.

        The newest active version of its handler runs. A pending job of the same reference is joined or replaced.

        Raises:
            ErrJobNotFound: There is none with this id.
            ErrActiveJobExists: It has not ended.
        """
        old = self.get(job_id)
        if not old.ended:
            raise ErrActiveJobExists(job_id, f"Job {job_id}", state=str(old.status))
        return self.enqueue(
            JobRequest(
                type=old.type,
                payload=old.payload,
                reference_type=old.reference_type,
                reference_id=old.reference_id,
                concurrent=old.concurrent,
                trigger=Trigger.RETRY,
                max_retries=old.max_retries,
                schedule_id=old.schedule_id,
                retry_of=old.id,
                limit_key=old.limit_key,
            )
        )

    def get(self, job_id: int) -> Job:
        """One job.

        Raises:
            ErrJobNotFound: There is none with this id.
        """
        with self._db.read() as connection:
            job = jobs.get(connection, job_id)
        if job is None:
            raise ErrJobNotFound(job_id)
        return job

    def list(self, wanted: JobFilter | None = None) -> tuple[Job, ...]:
        """Jobs, newest first."""
        with self._db.read() as connection:
            return jobs.list_jobs(connection, wanted or JobFilter())

    def counts(self) -> Mapping[JobStatus, int]:
        """How many jobs there are of each status."""
        with self._db.read() as connection:
            return jobs.counts(connection)

    def cancel_all(self) -> int:
        """Cancel every pending job, in one transaction; what runs goes on.

        Returns:
            How many were cancelled.
        """
        return self._db.write(jobs.cancel_all_pending)

    def cancel(self, job_id: int) -> Job:
        """Cancel a pending job at once; a running one is asked to stop by whoever runs it.

        Raises:
            ErrJobNotFound, ErrJobNotCancellable: There is none, or it has ended.
        """
        return self._db.write(lambda tx: jobs.request_cancel(tx, job_id))

    def execution(self, execution_id: int, *, with_ids: bool = False) -> Execution | None:
        """One attempt; `with_ids` also reads the ids of what it attested."""
        with self._db.read() as connection:
            return jobs.execution(connection, execution_id, with_ids=with_ids)

    def execution_of(self, job_id: int, with_ids: bool = False) -> Execution | None:
        """The newest attempt at a job, None before the first."""
        with self._db.read() as connection:
            return jobs.execution_of(connection, job_id, with_ids=with_ids)

    def executions(self, job_id: int) -> tuple[Execution, ...]:
        """All attempts at a job, in order."""
        with self._db.read() as connection:
            return jobs.executions(connection, job_id)

    def logs(self, execution_id: int, *, after_seq: int = 0, limit: int = 1000) -> tuple[LogLine, ...]:
        """What a run logged, in order; `after_seq` continues."""
        with self._db.read() as connection:
            return jobs.logs(connection, execution_id, after_seq=after_seq, limit=limit)
