"""Turns what a handler's process sends into drafts that carry the parent's knowledge, not the child's claims.

Pure; any thread. Subjects, predicates, contexts, further actors and attributes are the child's; the stamp, the
source, the execution and the time are ours. Anything else a child puts into an item is ignored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from qntx_desktop.model.attestation import Draft, check_draft
from qntx_desktop.model.errors import ErrInvalidAttestation
from qntx_desktop.services.jobs.job_type import RunIdentity


def stamped_drafts(
    items: Sequence[Mapping[str, Any]], identity: RunIdentity, execution_id: int | None
) -> list[Draft]:
    """Check every item and stamp it: the run's actor first, the handler's own after it.

    Raises:
        ErrInvalidAttestation: With the field; when there are several items, also which one.
    """
    return [_draft(item, index, len(items), identity, execution_id) for index, item in enumerate(items)]


def _draft(item: object, index: int, count: int, identity: RunIdentity, execution_id: int | None) -> Draft:
    try:
        if not isinstance(item, Mapping):
            raise ErrInvalidAttestation("items", f"must be an object, not {type(item).__name__}")
        return check_draft(
            subjects=item.get("subjects"),
            predicates=item.get("predicates"),
            contexts=item.get("contexts"),
            actors=item.get("actors"),
            attributes=item.get("attributes"),
            source=identity.command,
            execution_id=execution_id,
            stamp=identity.actor,
        )
    except ErrInvalidAttestation as error:
        if count == 1:
            raise
        raise ErrInvalidAttestation(
            error.details["field"],
            f"{error.details['reason']} (attestation {index + 1:,} of {count:,})",
            error.details["limit"],
        ) from None
