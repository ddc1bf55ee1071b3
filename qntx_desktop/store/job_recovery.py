"""What a start does with jobs of a process that was lost: each row on its own, so that none stops the rest.

Within a write only, under the home's lock and before the first claim.
"""

from __future__ import annotations

import sqlite3

from qntx_desktop.model.errors import ErrInterruptedTwice, ErrJobFailed
from qntx_desktop.model.events import JobsRecovered
from qntx_desktop.model.job import Job, JobStatus, RecoveryReport
from qntx_desktop.store.job_changes import (
    back_in_queue,
    cancelled,
    change,
    ended,
    interrupt_execution,
    superseded,
)
from qntx_desktop.store.job_rows import COLUMNS, job_of, pending_twin
from qntx_desktop.store.transaction import Tx


def recover(tx: Tx, instance_id: str) -> RecoveryReport:
    """Put orphans back into the queue: running jobs of any other process than `instance_id`.

    One whose reference has a pending job ends as superseded, one that a person wanted stopped as cancelled, one
    that was lost too often as failed.
    """
    orphans = tx.connection.execute(
        f"SELECT {COLUMNS} FROM job_queue WHERE status = 'running' AND process_instance_id <> ? ORDER BY id",
        (instance_id,),
    ).fetchall()
    fates: dict[str, list[int]] = {"restarted": [], "failed": [], "superseded": [], "cancelled": []}
    for row in orphans:
        job = job_of(row)
        fates[_recover_one(tx, job)].append(job.id)
    report = RecoveryReport(
        restarted=tuple(fates["restarted"]),
        failed=tuple(fates["failed"]),
        superseded=tuple(fates["superseded"]),
    )
    if report.any:
        tx.emit(JobsRecovered(report=report))
    return report


def recover_lost(tx: Tx, job: Job, reason: str) -> None:
    """The same for a job of this process whose run was lost with the computer that it was on."""
    rows = tx.connection.execute(
        f"""SELECT {COLUMNS} FROM job_queue WHERE id = ? AND status = 'running' AND process_instance_id IS ?
            AND attempt = ?""",
        (job.id, job.process_instance_id, job.attempt),
    ).fetchall()
    for row in rows:
        _recover_one(tx, job_of(row), reason)


def _recover_one(tx: Tx, job: Job, reason: str = "The app ended while this ran.") -> str:
    told = len(tx.events)
    tx.connection.execute("SAVEPOINT orphan")
    try:
        fate = _decide(tx, job, reason)
    except sqlite3.IntegrityError as error:
        tx.connection.execute("ROLLBACK TO orphan")
        del tx.events[told:]
        fate = "failed"
        hopeless = ErrJobFailed("not_recoverable", f"It could not be started again: {error}", "Run it again.")
        change(tx, job, ended(tx, JobStatus.FAILED, error=hopeless.to_json()))
    tx.connection.execute("RELEASE orphan")
    return fate


def _decide(tx: Tx, job: Job, reason: str) -> str:
    lost = ErrJobFailed("interrupted", reason)
    interrupt_execution(tx, job, lost.to_json())
    if job.cancel_requested:
        change(tx, job, cancelled(tx))
        return "cancelled"
    twin = pending_twin(tx.connection, job)
    if twin is not None:
        change(tx, job, superseded(tx, twin.id))
        return "superseded"
    if job.retry_count >= job.max_retries:
        error = ErrInterruptedTwice().to_json()
        change(tx, job, {**ended(tx, JobStatus.FAILED, error=error), "retry_count": job.retry_count + 1})
        return "failed"
    change(tx, job, back_in_queue(lost=True, job=job))
    return "restarted"
