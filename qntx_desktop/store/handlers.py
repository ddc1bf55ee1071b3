"""The handler registry: versions of code, each an attestation that certifies itself.

`save_version` and `retire` run on the writer; the rest on any connection. A version counts only when subject
and actor are its own id, which only this module can make: see the terms of kind HANDLER and RETIRED.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from qntx_desktop.model.attestation import (
    PREDICATE_HANDLER,
    PREDICATE_RETIRED,
    Draft,
    canonical_attributes,
)
from qntx_desktop.model.errors import ErrStaleVersion
from qntx_desktop.model.events import HandlerRetired, HandlerSaved
from qntx_desktop.model.handler import LANGUAGE_PYTHON, HandlerVersion
from qntx_desktop.model.ids import new_asid
from qntx_desktop.model.permit import Permit
from qntx_desktop.store import attestations, permits
from qntx_desktop.store.terms import Kind
from qntx_desktop.store.transaction import Tx

_ACTIVE = (
    f"""NOT EXISTS (SELECT 1 FROM term r WHERE r.kind = {int(Kind.RETIRED)} AND r.value = lower(a.id))"""
)
_OF_TYPE = f"""FROM attestation_term t CROSS JOIN attestation a ON a.seq = t.seq
    WHERE t.term = (SELECT id FROM term WHERE kind = {int(Kind.HANDLER)} AND value = ?)"""
_NEWEST = "ORDER BY t.timestamp_us DESC, t.seq DESC"
_FACTS = """a.id, a.contexts, a.source, a.created_at_us, a.attributes,
    (SELECT coalesce(p.level, '') FROM permit p WHERE p."key" = a.id)"""
_NEWEST_ACTIVE = f"SELECT {_FACTS} {_OF_TYPE} AND {_ACTIVE} {_NEWEST} LIMIT 1"
_NEWEST_ID = f"SELECT a.id {_OF_TYPE} AND {_ACTIVE} {_NEWEST} LIMIT 1"
_VERSIONS = f"SELECT {_FACTS}, {_ACTIVE} {_OF_TYPE} {_NEWEST}"
_TYPES = f"SELECT value FROM term WHERE kind = {int(Kind.HANDLER)} ORDER BY value"


def newest_active(connection: sqlite3.Connection, script_type: str) -> HandlerVersion | None:
    """The version that runs for a type: the newest that was not retired."""
    row = connection.execute(_NEWEST_ACTIVE, (script_type.casefold(),)).fetchone()
    return _version_of(row, active=True) if row is not None else None


def is_newest_active(connection: sqlite3.Connection, version: HandlerVersion) -> bool:
    """Whether this is still the version that runs for its type, without reading it again."""
    row = connection.execute(_NEWEST_ID, (version.script_type.casefold(),)).fetchone()
    return row is not None and row[0] == version.asid


def versions(connection: sqlite3.Connection, script_type: str) -> tuple[HandlerVersion, ...]:
    """All versions of a type, newest first."""
    rows = connection.execute(_VERSIONS, (script_type.casefold(),))
    return tuple(_version_of(row, active=bool(row[-1])) for row in rows)


def newest_of_each(connection: sqlite3.Connection) -> tuple[tuple[HandlerVersion, int], ...]:
    """For each type by name: its newest active version, or else its newest, and how many there are."""
    found = []
    for (script_type,) in connection.execute(_TYPES).fetchall():
        newest = newest_active(connection, script_type)
        if newest is None:
            row = connection.execute(_VERSIONS + " LIMIT 1", (script_type,)).fetchone()
            newest = _version_of(row, active=False)
        count = connection.execute(f"SELECT count(*) {_OF_TYPE}", (script_type,)).fetchone()[0]
        found.append((newest, int(count)))
    return tuple(found)


def save_version(
    tx: Tx,
    *,
    script_type: str,
    code: str,
    description: str,
    requires: Mapping[str, Any],
    source: str,
    parent_version: int | None = None,
    expected_version: int | None = None,
    origin: Permit | None = None,
) -> HandlerVersion:
    """Make the next version of a type.

    Args:
        tx: The transaction.
        script_type: A checked name.
        code: The whole text.
        description: One line for lists.
        requires: What the code declares, JSON-ready.
        source: Where it was saved: `window`, `cli` and so on.
        parent_version: The version it was made from; None means the newest.
        expected_version: The newest version the caller knows of (0: none); None means not to check.
        origin: Where code from elsewhere came from and whether it may run, with any key; None: saved here.

    Returns:
        The version, its number one above the highest there was, its time after all others.

    Raises:
        ErrStaleVersion: The newest version is not `expected_version`.
    """
    before = versions(tx.connection, script_type)
    highest = max((each.version for each in before), default=0)
    if expected_version is not None and expected_version != highest:
        raise ErrStaleVersion(script_type, expected_version, highest)
    asid = new_asid(tx.now_us)
    wanted = highest if parent_version is None else parent_version
    stored = attestations.insert(
        tx,
        [
            Draft(
                asid=asid,
                subjects=(asid,),
                predicates=(PREDICATE_HANDLER,),
                contexts=(script_type,),
                actors=(asid,),
                source=source,
                timestamp_us=max(tx.now_us, _last_moment(tx.connection, script_type) + 1),
                attributes_json=canonical_attributes(
                    {
                        "code": code,
                        "language": LANGUAGE_PYTHON,
                        "version": highest + 1,
                        "code_sha256": hashlib.sha256(code.encode()).hexdigest(),
                        "parent": next((each.asid for each in before if each.version == wanted), None),
                        "description": description,
                        "requires": dict(requires),
                        "allowed": origin is None,
                    }
                ),
            )
        ],
    )
    if origin is not None:
        permits.put(tx, replace(origin, key=asid, script_type=script_type))
    else:
        permits.let_go(tx, script_type)
    row = tx.connection.execute(
        f"SELECT {_FACTS} FROM attestation a WHERE a.seq = ?", (stored[0].seq,)
    ).fetchone()
    version = _version_of(row, active=True)
    tx.emit(HandlerSaved(handler=version))
    return version


def retire(tx: Tx, script_type: str) -> tuple[HandlerVersion, ...]:
    """Retire each active version of a type.

    Returns:
        The versions that were active, newest first; empty when there was none.
    """
    active = tuple(each for each in versions(tx.connection, script_type) if each.active)
    if active:
        attestations.insert(
            tx,
            [
                Draft(
                    subjects=(each.asid,), predicates=(PREDICATE_RETIRED,), contexts=(script_type,), actors=()
                )
                for each in active
            ],
        )
        permits.let_go(tx, script_type)  # they end with the error that says so
        tx.emit(HandlerRetired(script_type=script_type))
    return active


def _last_moment(connection: sqlite3.Connection, script_type: str) -> int:
    row = connection.execute(
        f"SELECT t.timestamp_us {_OF_TYPE} {_NEWEST} LIMIT 1", (script_type.casefold(),)
    ).fetchone()
    return int(row[0]) if row is not None else 0


def _version_of(row: Sequence[Any], *, active: bool) -> HandlerVersion:
    """The version in a row of `_FACTS`; straight from the row, because each IX command waits for it."""
    facts: dict[str, Any] = json.loads(row[4])
    return HandlerVersion(
        script_type=json.loads(row[1])[0],
        version=int(facts.get("version", 0)),
        asid=row[0],
        code=str(facts.get("code", "")),
        code_sha256=str(facts.get("code_sha256", "")),
        created_at_us=row[3],
        description=str(facts.get("description", "")),
        language=str(facts.get("language", LANGUAGE_PYTHON)),
        source=row[2],
        parent=facts.get("parent"),
        active=active,
        allowed=bool(row[5]) or (row[5] is None and bool(facts.get("allowed", True))),
        allowed_at_level=row[5],
        requires=facts.get("requires") or {},
    )
