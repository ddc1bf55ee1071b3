"""Giving back a claimed job that needs a person's yes first.

Store writer thread only.
"""

from __future__ import annotations

from qntx_desktop.model.errors import ErrPermissionRequired
from qntx_desktop.model.job import JobStatus, Waiting
from qntx_desktop.store import handlers, jobs, permits
from qntx_desktop.store.transaction import Tx


def hold(tx: Tx, claim: jobs.Claim, error: ErrPermissionRequired) -> None:
    """Let a job of which nothing has run wait; the attempt leaves no trace.

    It does not wait when the answer has changed since it was claimed: then it is simply pending again.
    """
    job = jobs.release(tx, claim)
    if job.status is not JobStatus.PENDING:  # cancelled, or another took its place in the meantime
        return
    tx.connection.execute("DELETE FROM execution WHERE id = ?", (claim.execution_id,))
    tx.connection.execute("UPDATE job_queue SET attempt = attempt - 1 WHERE id = ?", (job.id,))
    if not _answered_since(tx, claim, str(error.details["key"])):
        jobs.set_waiting(tx, job.id, Waiting.PERMISSION_REQUIRED, error.message)


def _answered_since(tx: Tx, claim: jobs.Claim, key: str) -> bool:
    permit = permits.get(tx.connection, key)
    if permit is None:
        return False
    if permit.allowed_at_us is not None and permit.allowed_at_us >= (claim.job.started_at_us or 0):
        return True
    newest = handlers.newest_active(tx.connection, permit.script_type) if permit.script_type else None
    return bool(permit.script_type) and (newest is None or newest.asid != key)
