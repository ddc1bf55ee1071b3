"""Each legal change of a job, as one guarded UPDATE that must change one row.

Within a write only. The guard is id, status, instance and attempt: what a lost or late worker sends finds
no row and changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qntx_desktop.model.errors import ErrCancelled, ErrJobFailed, ErrSuperseded
from qntx_desktop.model.events import JobChanged
from qntx_desktop.model.job import ExecutionStatus, Job, JobStatus
from qntx_desktop.store.job_rows import COLUMNS, canonical, job_of
from qntx_desktop.store.transaction import Tx

NOT_WAITING: Mapping[str, Any] = {"waiting_code": None, "waiting_message": "", "waiting_until_us": None}
"""The columns of a job that waits for nothing but its turn."""


def change(tx: Tx, job: Job, changes: Mapping[str, Any], *, tell: bool = True) -> Job | None:
    """Change a job that still stands as the caller knows it.

    Args:
        tx: The transaction.
        job: The job as last seen; its status, instance and attempt guard the change.
        changes: New values by column.
        tell: Whether to emit `JobChanged`.

    Returns:
        The job after the change, or None when it stands otherwise by now and nothing was changed.
    """
    assignments = ", ".join(f"{column} = ?" for column in changes)
    rows = tx.connection.execute(
        f"""UPDATE job_queue SET {assignments}
            WHERE id = ? AND status = ? AND process_instance_id IS ? AND attempt = ? RETURNING {COLUMNS}""",
        (*changes.values(), job.id, str(job.status), job.process_instance_id, job.attempt),
    ).fetchall()
    if not rows:
        return None
    changed = job_of(rows[0])
    if tell:
        tx.emit(JobChanged(job=changed))
    return changed


def changed_or_stale(tx: Tx, job: Job, changes: Mapping[str, Any]) -> Job:
    """Like `change`, for callers that hold a claim.

    Raises:
        ErrJobFailed: `stale_claim`: the job was taken away in the meantime.
    """
    changed = change(tx, job, changes)
    if changed is None:
        raise stale_claim(job)
    return changed


def stale_claim(job: Job) -> ErrJobFailed:
    """What to tell the holder of a claim when the job was taken away in the meantime."""
    return ErrJobFailed(
        "stale_claim",
        f"Job {job.id} is no longer run by this process.",
        "Nothing was changed.",
        job_id=job.id,
        attempt=job.attempt,
    )


def ended(tx: Tx, status: JobStatus, *, error: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The columns of a job that ends now."""
    return {
        "status": str(status),
        "error": canonical(dict(error)) if error is not None else None,
        "completed_at_us": tx.now_us,
        **NOT_WAITING,
    }


def superseded(tx: Tx, by_job_id: int) -> dict[str, Any]:
    """The columns of a job whose place another one took."""
    return ended(tx, JobStatus.CANCELLED, error=ErrSuperseded(by_job_id).to_json())


def cancelled(tx: Tx) -> dict[str, Any]:
    """The columns of a job that a person stopped before it ran to its end."""
    return ended(tx, JobStatus.CANCELLED, error=ErrCancelled().to_json())


def back_in_queue(*, lost: bool, job: Job) -> dict[str, Any]:
    """The columns of a running job that becomes pending again; only a lost process uses up a retry."""
    return {
        "status": str(JobStatus.PENDING),
        "process_instance_id": None,
        "started_at_us": None,
        "progress_current": 0,
        "progress_total": None,
        "progress_message": "",
        "retry_count": job.retry_count + int(lost),
    }


def interrupt_execution(tx: Tx, job: Job, error: Mapping[str, Any]) -> None:
    """End the attempt of a job that was stopped from outside."""
    tx.connection.execute(
        """UPDATE execution SET status = ?, error = ? WHERE job_id = ? AND attempt = ? AND status = 'running'""",
        (str(ExecutionStatus.INTERRUPTED), canonical(dict(error)), job.id, job.attempt),
    )
