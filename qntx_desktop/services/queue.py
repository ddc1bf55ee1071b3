"""The job queue as people and programs see it: ask for jobs, look at them, read their output, cancel them.

Any thread but the GUI's. Running what is asked for is the runner's business.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qntx_desktop.model.errors import ErrJobNotFound
from qntx_desktop.model.job import Execution, Job, JobFilter, JobRequest, JobStatus, LogLine
from qntx_desktop.services.jobs import JOB_TYPES
from qntx_desktop.services.jobs.job_type import JobType
from qntx_desktop.store import jobs
from qntx_desktop.store.database import Database, Tx


class Queue:
    """Jobs, their attempts and their logs."""

    def __init__(self, db: Database, job_types: Sequence[JobType] = JOB_TYPES) -> None:
        self._db = db
        self._types = {each.name: each for each in job_types}

    def enqueue(self, request: JobRequest) -> Job:
        """Make a job, or join the pending one of the same reference (contracts 4a).

        A job of a type that nothing runs is kept and waits; `waiting_code` says so.

        Raises:
            ErrInvalidPayload: The type refuses the payload; `field` is a dotted path.
        """
        job_type = self._types.get(request.type)
        if job_type is not None:
            job_type.check(request.payload)

        def work(tx: Tx) -> Job:
            job = jobs.enqueue(tx, request)
            if job_type is not None:
                return job
            message = f"Nothing runs jobs of the type '{request.type}'."
            jobs.set_waiting(tx, job.id, jobs.NO_HANDLER_FOR_TYPE, message)
            return jobs.get(tx.connection, job.id) or job

        return self._db.write(work)

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
