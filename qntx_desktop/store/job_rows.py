"""Rows of the queue as `Job` values, and the reads over them.

Any connection.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Any

from qntx_desktop.model.job import ExecutionStatus, Job, JobFilter, JobStatus, Outcome, Waiting

COLUMNS = (
    "id, type, status, priority, payload, result, error, progress_current, progress_total, progress_message, cost, "
    "waiting_code, waiting_message, concurrent, reference_type, reference_id, process_instance_id, attempt, "
    'retry_count, max_retries, schedule_id, "trigger", cancel_requested, created_at_us, started_at_us, '
    "completed_at_us, retry_of, limit_key, waiting_until_us"
)


def canonical(value: Any) -> str:
    """JSON text in which equal values look equal."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def job_of(row: Sequence[Any]) -> Job:
    """The job in a row of `COLUMNS`."""
    return Job(
        id=row[0],
        type=row[1],
        status=JobStatus(row[2]),
        priority=row[3],
        payload=json.loads(row[4]),
        result=json.loads(row[5]) if row[5] is not None else None,
        error=json.loads(row[6]) if row[6] is not None else None,
        progress_current=row[7],
        progress_total=row[8],
        progress_message=row[9],
        cost=row[10],
        waiting_code=row[11],
        waiting_message=row[12],
        concurrent=bool(row[13]),
        reference_type=row[14],
        reference_id=row[15],
        process_instance_id=row[16],
        attempt=row[17],
        retry_count=row[18],
        max_retries=row[19],
        schedule_id=row[20],
        trigger=row[21],
        cancel_requested=bool(row[22]),
        created_at_us=row[23],
        started_at_us=row[24],
        completed_at_us=row[25],
        retry_of=row[26],
        limit_key=row[27],
        waiting_until_us=row[28],
    )


TAKEN_COLUMNS = (
    "id, type, priority, payload, cost, concurrent, reference_type, reference_id, attempt, retry_count, "
    'max_retries, schedule_id, "trigger", created_at_us, retry_of, limit_key'
)
"""What says all of a job that was just taken; the rest is as `take` sets it, or as it is in every pending job."""


def taken_job(row: Sequence[Any], instance_id: str, now_us: int) -> Job:
    """The job in a row of `TAKEN_COLUMNS`, as it is once it was taken. Every run passes here."""
    (
        job_id,
        job_type,
        priority,
        payload,
        cost,
        concurrent,
        reference_type,
        reference_id,
        attempt,
        retry_count,
        max_retries,
        schedule_id,
        trigger,
        created_at_us,
        retry_of,
        limit_key,
    ) = row
    return _made(
        (
            job_id,
            job_type,
            JobStatus.RUNNING,
            priority,
            _parsed(payload)[0],
            None,
            None,
            *_NO_PROGRESS,
            cost,
            *_NO_WAITING,
            bool(concurrent),
            reference_type,
            reference_id,
            instance_id,
            attempt + 1,
            retry_count,
            max_retries,
            schedule_id,
            trigger,
            False,
            created_at_us,
            now_us,
            None,
            retry_of,
            limit_key,
        )
    )


def ended_job(job: Job, outcome: Outcome, now_us: int, live: Sequence[Any] | None = None) -> Job:
    """A claimed job as it stands after its end. Every run passes here.

    Args:
        job: As it was claimed.
        outcome: How it ended.
        now_us: When.
        live: What changed since: priority, progress (current, total, message), cost, cancel_requested; None if
            nothing did.
    """
    priority, *progress, cost, cancel_requested = (
        live if live is not None else (job.priority, *_NO_PROGRESS, job.cost + outcome.cost, False)
    )
    return _made(
        (
            job.id,
            job.type,
            _ENDS[outcome.status],
            priority,
            job.payload,
            outcome.result,
            outcome.error,
            *progress,
            cost,
            *_NO_WAITING,
            job.concurrent,
            job.reference_type,
            job.reference_id,
            job.process_instance_id,
            job.attempt,
            job.retry_count,
            job.max_retries,
            job.schedule_id,
            job.trigger,
            bool(cancel_requested),
            job.created_at_us,
            job.started_at_us,
            now_us,
            job.retry_of,
            job.limit_key,
        )
    )


_NO_PROGRESS = (0.0, None, "")
_NO_WAITING = (None, "", None)
_ENDS = {
    ExecutionStatus.COMPLETED: JobStatus.COMPLETED,
    ExecutionStatus.FAILED: JobStatus.FAILED,
    ExecutionStatus.CANCELLED: JobStatus.CANCELLED,
}
_PUTS: tuple[Callable[[Job, Any], None], ...] = tuple(getattr(Job, each.name).__set__ for each in fields(Job))
_parsed = json.JSONDecoder().raw_decode
"""Half of what `json.loads` does is to look for what `canonical` never writes."""


def _made(values: Sequence[Any]) -> Job:
    """A job of the values of all its fields, in their order: its constructor takes twice as long."""
    job = object.__new__(Job)
    for put, value in zip(_PUTS, values, strict=True):
        put(job, value)
    return job


def get(connection: sqlite3.Connection, job_id: int) -> Job | None:
    """The job with this id."""
    row = connection.execute(f"SELECT {COLUMNS} FROM job_queue WHERE id = ?", (job_id,)).fetchone()
    return job_of(row) if row is not None else None


def list_jobs(connection: sqlite3.Connection, filter: JobFilter) -> tuple[Job, ...]:  # noqa: A002
    """A page of jobs, newest first."""
    asked = {
        "type = ?": filter.type,
        "reference_type = ?": filter.reference_type,
        "reference_id = ?": filter.reference_id,
        "id < ?": filter.before_id,
    }
    conditions = {condition: value for condition, value in asked.items() if value is not None}
    # The status as a literal: only then SQLite sees that a partial index holds every row asked for.
    literal = [f"status = '{JobStatus(filter.status)}'"] if filter.status is not None else []
    where = "WHERE " + " AND ".join([*literal, *conditions]) if literal or conditions else ""
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM job_queue {where} ORDER BY id DESC LIMIT ?",
        (*conditions.values(), filter.limit),
    )
    return tuple(job_of(row) for row in rows)


def counts(connection: sqlite3.Connection) -> dict[JobStatus, int]:
    """How many jobs stand in each state; states without a job are there with 0."""
    found = dict.fromkeys(JobStatus, 0)
    for status in (JobStatus.RUNNING, JobStatus.FAILED, JobStatus.CANCELLED):
        found[status] = _count(connection, f"status = '{status}'")
    unhandled = f"status = 'pending' AND waiting_code = '{Waiting.NO_HANDLER_FOR_TYPE}'"
    ready = f"status = 'pending' AND (waiting_code IS NULL OR waiting_code = '{Waiting.NO_HANDLER_FOR_TYPE}')"
    waiting = "status = 'pending' AND waiting_code IS NOT NULL"
    found[JobStatus.PENDING] = (
        _count(connection, ready) + _count(connection, waiting) - _count(connection, unhandled)
    )
    found[JobStatus.COMPLETED] = _count(connection, "1") - sum(found.values())
    return found


def _count(connection: sqlite3.Connection, condition: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM job_queue WHERE {condition}").fetchone()[0])


def cancel_requested(connection: sqlite3.Connection, instance_id: str) -> list[int]:
    """The running jobs of a process that a person wants stopped."""
    rows = connection.execute(
        """SELECT id FROM job_queue WHERE status = 'running' AND process_instance_id = ?
            AND cancel_requested = 1 ORDER BY id""",
        (instance_id,),
    )
    return [int(row[0]) for row in rows]


def pending_twin(connection: sqlite3.Connection, job: Job) -> Job | None:
    """The pending job that holds the place a job would need if it became pending."""
    if job.concurrent or job.reference_id is None:
        return None
    row = connection.execute(
        f"""SELECT {COLUMNS} FROM job_queue WHERE status = 'pending' AND concurrent = 0
            AND reference_type = ? AND reference_id = ? AND id <> ?""",
        (job.reference_type, job.reference_id, job.id),
    ).fetchone()
    return job_of(row) if row is not None else None
