"""Where an attestation comes from: the run that made it, what that ran with, and who asked for it.

Any connection. A join, never a search: every attestation carries the number of its run, which outlives the
run's own row (`origin`).
"""

from __future__ import annotations

import sqlite3

from qntx_desktop.model.attestation import PREDICATE_HANDLER
from qntx_desktop.model.errors import ErrScheduleNotFound
from qntx_desktop.model.handler import HandlerVersion
from qntx_desktop.model.schedule import Schedule
from qntx_desktop.model.why import Why
from qntx_desktop.store import attestations, handlers, jobs, schedules


def why(connection: sqlite3.Connection, asid: str) -> Why | None:
    """The chain behind an attestation; None when there is none with this id."""
    found = attestations.get(connection, asid)
    if found is None:
        return None
    if found.execution_id is None:
        parent = found.attributes.get("parent") if found.predicates == (PREDICATE_HANDLER,) else None
        return Why(attestation=found, handler=_version(connection, found.contexts[0], parent))
    execution = jobs.execution(connection, found.execution_id)
    if execution is None:
        return Why(attestation=found)
    job = jobs.get(connection, execution.job_id)
    return Why(
        attestation=found,
        execution=execution,
        handler=_version(connection, execution.handler_type or "", execution.handler_asid),
        job=job,
        schedule=_schedule(connection, job.schedule_id if job is not None else None),
    )


def _version(connection: sqlite3.Connection, script_type: str, asid: object) -> HandlerVersion | None:
    if asid is None:
        return None
    return next((each for each in handlers.versions(connection, script_type) if each.asid == asid), None)


def _schedule(connection: sqlite3.Connection, schedule_id: int | None) -> Schedule | None:
    if schedule_id is None:
        return None
    try:
        return schedules.get(connection, schedule_id)
    except ErrScheduleNotFound:  # removed since
        return None
