"""The queue: making, claiming, ending and cancelling jobs. The reads and the rooms beside it are offered here too.

Functions that take a `Tx` run on the writer, the rest on any connection. The legal changes are those of
`model.job.TRANSITIONS`; each is guarded, see `job_changes`.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from qntx_desktop.model.errors import ErrCancelled, ErrJobNotCancellable, ErrJobNotFound
from qntx_desktop.model.events import JobChanged
from qntx_desktop.model.job import ExecutionStatus, Job, JobRequest, JobStatus, Outcome, Waiting
from qntx_desktop.model.limit import day_of
from qntx_desktop.store import executions as attempts
from qntx_desktop.store.executions import (
    add_log,
    describe_execution,
    execution,
    execution_of,
    executions,
    last_runs,
    logs,
    remembered,
    schedule_memory,
    state_key,
)
from qntx_desktop.store.job_changes import (
    NOT_WAITING,
    back_in_queue,
    cancelled,
    change,
    changed_or_stale,
    interrupt_execution,
    stale_claim,
    superseded,
)
from qntx_desktop.store.job_holds import hold_back, next_release_us, release_held, spend
from qntx_desktop.store.job_recovery import recover
from qntx_desktop.store.job_rows import (
    COLUMNS,
    TAKEN_COLUMNS,
    cancel_requested,
    canonical,
    counts,
    ended_job,
    get,
    job_of,
    list_jobs,
    pending_twin,
    taken_job,
)
from qntx_desktop.store.transaction import Tx

__all__ = [
    "Claim",
    "add_log",
    "begin_attempt",
    "cancel_all_pending",
    "cancel_requested",
    "claim",
    "counts",
    "describe_execution",
    "enqueue",
    "execution",
    "execution_of",
    "executions",
    "finish",
    "get",
    "hold_back",
    "last_runs",
    "list_jobs",
    "logs",
    "next_release_us",
    "record_cost",
    "record_progress",
    "recover",
    "release",
    "release_held",
    "remembered",
    "request_cancel",
    "schedule_memory",
    "set_waiting",
    "state_key",
    "take",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A job that this process runs, as it was claimed, and the row of this attempt.

    Args:
        noted: What the services stored of the run together with the claim; theirs to read.
    """

    job: Job
    execution_id: int
    noted: object = None


def enqueue(tx: Tx, request: JobRequest, *, waiting: tuple[Waiting, str] | None = None) -> Job:
    """Make a job, join the pending one that is equal, or take the place of the pending one that is not.

    Args:
        tx: The transaction; whoever advances something together with making the job does it in the same one.
        request: What is asked for.
        waiting: Code and sentence of a new job that cannot start.

    Returns:
        The job that will run: the new one, or the one that was joined, its priority raised if need be.
    """
    payload = canonical(dict(request.payload))
    twin = _twin_of(tx, request)
    if twin is None:
        return _make(tx, request, payload, waiting)
    if twin.type == request.type and canonical(dict(twin.payload)) == payload:
        if request.priority <= twin.priority:
            return twin
        return change(tx, twin, {"priority": request.priority}) or twin
    change(tx, twin, cancelled(tx), tell=False)  # first, since there is room for one pending job only
    made = _make(tx, request, payload, waiting, tell=False)
    old = get(tx.connection, twin.id)
    if old is not None:
        change(tx, old, superseded(tx, made.id))
    tx.emit(JobChanged(job=made))
    return made


def claim(tx: Tx, *, instance_id: str, types: Collection[str]) -> Claim | None:
    """Take the next job and begin an attempt at it; see `take` and `begin_attempt`.

    Returns:
        The job, now running, with its new attempt; None when there is nothing to do.
    """
    job = take(tx, instance_id=instance_id, types=types)
    return begin_attempt(tx, job) if job is not None else None


def take(tx: Tx, *, instance_id: str, types: Collection[str]) -> Job | None:
    """Take the next job: highest priority, then lowest id, of a type in `types`, its reference not running.

    Returns:
        The job, now running; in the same transaction `begin_attempt` or `hold_back` must follow. None when there
        is nothing to do.
    """
    if not types:
        return None
    names = types if isinstance(types, tuple) else tuple(sorted(set(types)))
    row = tx.connection.execute(_next_statement(len(names)), names).fetchone()
    if row is None:
        return None
    job = taken_job(row, instance_id, tx.now_us)
    if tx.connection.execute(_TAKE, (instance_id, tx.now_us, job.attempt, job.id)).rowcount != 1:
        raise stale_claim(job)
    return job


def begin_attempt(tx: Tx, job: Job) -> Claim:
    """Make the row of the attempt at a job that was taken."""
    tx.emit(JobChanged(job=job))
    return Claim(job=job, execution_id=attempts.start(tx, job))


def record_progress(tx: Tx, claim: Claim, *, current: float, total: float | None, message: str) -> bool:
    """Note how far a run is.

    Returns:
        False when the claim is stale and nothing was changed.
    """
    changes = {"progress_current": current, "progress_total": total, "progress_message": message}
    return change(tx, claim.job, changes) is not None


def record_cost(tx: Tx, claim: Claim, usd: float) -> bool:
    """Note what a run has cost so far, in US dollars; it counts against its budget at once.

    Returns:
        False when the claim is stale and nothing was changed.
    """
    if change(tx, claim.job, {"cost": claim.job.cost + usd}) is None:
        return False
    _spend(tx, claim, usd)
    return True


def finish(tx: Tx, claim: Claim, outcome: Outcome, *, memory_key: str | None = None) -> Job:
    """End a job and its attempt together.

    Args:
        tx: The transaction.
        claim: What this process runs.
        outcome: How it ended.
        memory_key: Under which a good end is remembered for the next run, see `state_key`; None: nothing is.

    Raises:
        ErrJobFailed: `stale_claim`: the job was taken away in the meantime; nothing is changed.
        ValueError: The outcome is no end.
    """
    if outcome.status in (ExecutionStatus.INTERRUPTED, ExecutionStatus.RUNNING):
        raise ValueError(f"{outcome.status} is no end of a job: release it")
    claimed = claim.job
    ended = (
        str(outcome.status),
        canonical(dict(outcome.error)) if outcome.error is not None else None,
        canonical(outcome.result) if outcome.result is not None else None,
        claimed.cost + outcome.cost,
        tx.now_us,
        claimed.id,
        claimed.process_instance_id,
        claimed.attempt,
    )
    if tx.connection.execute(_FINISH_AS_CLAIMED, (*ended, claimed.priority, claimed.cost)).rowcount == 1:
        job = ended_job(claimed, outcome, tx.now_us)
    else:
        rows = tx.connection.execute(_FINISH, ended).fetchall()
        if not rows:
            raise stale_claim(claimed)
        job = ended_job(claimed, outcome, tx.now_us, rows[0])
    tx.emit(JobChanged(job=job))
    if outcome.cost:
        _spend(tx, claim, outcome.cost)
    attempts.end(tx, claim.execution_id, outcome)
    kept = memory_key is not None and outcome.status is ExecutionStatus.COMPLETED
    if memory_key is not None and kept and not attempts.of_removed_schedule(tx, memory_key, job.schedule_id):
        attempts.keep_success(tx, memory_key, claim.job.started_at_us, outcome.state_json)
    return job


def release(tx: Tx, claim: Claim, outcome_text: str = "quit") -> Job:
    """Give a running job back because the app is quitting: pending again, no retry used up.

    A job that a person wanted stopped ends as cancelled, and one whose reference has a pending job by now as
    superseded.

    Raises:
        ErrJobFailed: `stale_claim`.
    """
    stands = get(tx.connection, claim.job.id) or claim.job
    twin = pending_twin(tx.connection, claim.job)
    if stands.cancel_requested:
        changes = cancelled(tx)
    elif twin is not None:
        changes = superseded(tx, twin.id)
    else:
        changes = back_in_queue(lost=False, job=claim.job)
    job = changed_or_stale(tx, claim.job, changes)
    interrupt_execution(
        tx, claim.job, ErrCancelled(outcome_text, "Stopped because the app was closed.").to_json()
    )
    return job


def request_cancel(tx: Tx, job_id: int) -> Job:
    """Cancel a pending job at once, or ask the process that runs it to stop.

    Raises:
        ErrJobNotFound: No job has this id.
        ErrJobNotCancellable: It has ended.
    """
    job = get(tx.connection, job_id)
    if job is None:
        raise ErrJobNotFound(job_id)
    if job.ended:
        raise ErrJobNotCancellable(job_id, str(job.status))
    if job.status is JobStatus.PENDING:
        return change(tx, job, cancelled(tx)) or job
    if job.cancel_requested:
        return job
    return change(tx, job, {"cancel_requested": 1}) or job


def cancel_all_pending(tx: Tx) -> int:
    """Cancel every pending job in one statement.

    Returns:
        How many there were. Only the last of them is told as an event; views read again.
    """
    changes = cancelled(tx)
    assignments = ", ".join(f"{column} = ?" for column in changes)
    last = tx.connection.execute("SELECT max(id) FROM job_queue WHERE status = 'pending'").fetchone()[0]
    done = tx.connection.execute(
        f"UPDATE job_queue SET {assignments} WHERE status = 'pending'", tuple(changes.values())
    )
    job = get(tx.connection, last) if last is not None else None
    if job is not None:
        tx.emit(JobChanged(job=job))
    return done.rowcount


def set_waiting(
    tx: Tx, job_id: int, code: str | None, message: str = "", *, until_us: int | None = None
) -> None:
    """Say why a pending job does not start; None takes it back. Jobs in other states stay as they are.

    Args:
        until_us: When the runner takes it back by itself, in microseconds since 1970 UTC; None: somebody has to.
    """
    job = get(tx.connection, job_id)
    if job is None or job.status is not JobStatus.PENDING:
        return
    changes = {"waiting_code": code, "waiting_message": message, "waiting_until_us": until_us}
    change(tx, job, changes if code is not None else NOT_WAITING)


# The same as `change` would make, spelt out because every job passes here. What a running job waited for was taken
# back when it was claimed; what may have changed since is read back, which takes half as long again as the change.
_END = """UPDATE job_queue SET status = ?, error = ?, result = ?, cost = ?, completed_at_us = ?
    WHERE id = ? AND status = 'running' AND process_instance_id IS ? AND attempt = ?"""
_FINISH = f"{_END} RETURNING priority, progress_current, progress_total, progress_message, cost, cancel_requested"
_FINISH_AS_CLAIMED = f"""{_END} AND priority = ? AND cost = ? AND progress_current = 0 AND progress_total IS NULL
    AND progress_message = '' AND cancel_requested = 0"""


def _spend(tx: Tx, claim: Claim, usd: float) -> None:
    """Put what an attempt has cost so far on the account of its limit, but for what stands there already."""
    more = attempts.set_cost(tx, claim.execution_id, usd)
    if more and claim.job.limit_key is not None:
        spend(tx, claim.job.limit_key, day_of(tx.now_us), more)


def _twin_of(tx: Tx, request: JobRequest) -> Job | None:
    if request.concurrent or request.reference_id is None:
        return None
    row = tx.connection.execute(
        f"""SELECT {COLUMNS} FROM job_queue WHERE status = 'pending' AND concurrent = 0
            AND reference_type = ? AND reference_id = ?""",
        (request.reference_type, request.reference_id),
    ).fetchone()
    return job_of(row) if row is not None else None


def _make(
    tx: Tx, request: JobRequest, payload: str, waiting: tuple[Waiting, str] | None, *, tell: bool = True
) -> Job:
    code, message = waiting or (None, "")
    made = tx.connection.execute(
        """INSERT INTO job_queue (type, status, priority, payload, concurrent, reference_type, reference_id,
            max_retries, "trigger", schedule_id, retry_of, limit_key, waiting_code, waiting_message, created_at_us)
            VALUES (?, 'pending', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            request.type,
            request.priority,
            payload,
            int(request.concurrent),
            request.reference_type,
            request.reference_id,
            request.max_retries,
            str(request.trigger),
            request.schedule_id,
            request.retry_of,
            request.limit_key,
            code,
            message,
            tx.now_us,
        ),
    )
    job = Job(
        id=int(made.lastrowid or 0),
        type=request.type,
        status=JobStatus.PENDING,
        priority=request.priority,
        payload=json.loads(payload),
        waiting_code=code,
        waiting_message=message,
        concurrent=request.concurrent,
        reference_type=request.reference_type,
        reference_id=request.reference_id,
        max_retries=request.max_retries,
        schedule_id=request.schedule_id,
        trigger=str(request.trigger),
        created_at_us=tx.now_us,
        retry_of=request.retry_of,
        limit_key=request.limit_key,
    )
    if tell:
        tx.emit(JobChanged(job=job))
    return job


@lru_cache(maxsize=32)
def _next_statement(types: int) -> str:
    """One candidate for each type from the index of open jobs, the best of them.

    Jobs of other types are never looked at, and of one type only as many are passed over as references run.
    """
    candidate = f"""SELECT {{}} FROM job_queue j
        WHERE j.status = 'pending' AND (j.waiting_code IS NULL OR j.waiting_code = '{Waiting.NO_HANDLER_FOR_TYPE}')
        AND j.type = ? AND (j.reference_id IS NULL OR j.concurrent = 1 OR NOT EXISTS (
            SELECT 1 FROM job_queue r WHERE r.status = 'running' AND r.concurrent = 0
            AND r.reference_id IS NOT NULL AND r.reference_type = j.reference_type
            AND r.reference_id = j.reference_id))
        ORDER BY j.priority DESC, j.id LIMIT 1"""
    if types == 1:
        return candidate.format(TAKEN_COLUMNS)
    each = f"SELECT id, priority FROM ({candidate.format('j.id, j.priority')})"
    candidates = " UNION ALL ".join([each] * types)
    return f"""SELECT {TAKEN_COLUMNS} FROM job_queue
        WHERE id = (SELECT id FROM ({candidates}) ORDER BY priority DESC, id LIMIT 1)"""


# In the transaction that found it pending. Two statements: one that also returned the row would take longer.
_TAKE = """UPDATE job_queue SET status = 'running', process_instance_id = ?, started_at_us = ?, attempt = ?,
    cancel_requested = 0, waiting_code = NULL, waiting_message = '', waiting_until_us = NULL, error = NULL
    WHERE id = ? AND status = 'pending'"""
