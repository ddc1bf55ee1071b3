"""Attestations: stored once, never changed, read by id, by run or by filter.

`insert` runs on the writer; the rest on any connection. The hottest statements of the product stand here and
speak to the driver.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from qntx_desktop.model.attestation import PREDICATE_HANDLER, PREDICATE_RETIRED, Attestation, Draft, Filter
from qntx_desktop.model.clock import iso
from qntx_desktop.model.errors import ErrInvalidAttestation
from qntx_desktop.model.events import Attested
from qntx_desktop.model.ids import new_asid
from qntx_desktop.store import find as finding
from qntx_desktop.store.terms import Kind, intern
from qntx_desktop.store.transaction import Tx

COLUMNS = (
    "a.seq, a.id, a.subjects, a.predicates, a.contexts, a.actors, a.timestamp_us, a.source, a.created_at_us, "
    "a.execution_id, a.attributes"
)
_INSERT = "INSERT INTO attestation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_ID_TRIES = 8
_quoted = json.encoder.encode_basestring


def insert(tx: Tx, drafts: Sequence[Draft]) -> list[Attestation]:
    """Store checked drafts, all or none, in their order.

    Returns:
        What was stored, with ids, times and order.

    Raises:
        ErrInvalidAttestation: A draft brings an id that is taken.
    """
    if not drafts:
        return []
    last = tx.connection.execute("SELECT max(seq) FROM attestation").fetchone()[0] or 0
    stored = [_insert_one(tx, draft, seq) for seq, draft in enumerate(drafts, start=last + 1)]
    pairs = [(term, each.timestamp_us, each.seq) for each in stored for term in _terms_of(tx, each)]
    if len(stored) > 1:
        pairs.sort()
    tx.connection.executemany("INSERT INTO attestation_term VALUES (?, ?, ?)", pairs)
    tx.emit(Attested(count=len(stored), last_id=stored[-1].id, execution_id=stored[-1].execution_id))
    return stored


def find(connection: sqlite3.Connection, filter: Filter) -> tuple[Attestation, ...]:  # noqa: A002
    """What the filter lets through, newest first: by timestamp, then by order of insertion."""
    return tuple(attestation_of(row) for row in finding.rows(connection, filter, COLUMNS))


def find_json(
    connection: sqlite3.Connection,
    filter: Filter,  # noqa: A002
) -> tuple[list[str], tuple[int, int] | None]:
    """What `find` gives, each as the JSON of `Attestation.to_json`, put together from the texts as they are stored.

    Returns:
        The texts, and (timestamp_us, seq) of the last one.
    """
    found = finding.rows(connection, filter, COLUMNS)
    return [_json_of(row) for row in found], (found[-1][6], found[-1][0]) if found else None


def count(connection: sqlite3.Connection, filter: Filter) -> int:  # noqa: A002
    """How many the filter lets through; its limit and page are not looked at."""
    return finding.count(connection, filter)


def get(connection: sqlite3.Connection, asid: str) -> Attestation | None:
    """The attestation with this id."""
    row = connection.execute(f"SELECT {COLUMNS} FROM attestation a WHERE a.id = ?", (asid,)).fetchone()
    return attestation_of(row) if row is not None else None


def ids_of_execution(connection: sqlite3.Connection, execution_id: int) -> list[str]:
    """The ids a run made, in the order made."""
    rows = connection.execute(
        "SELECT id FROM attestation WHERE execution_id = ? ORDER BY seq", (execution_id,)
    )
    return [str(row[0]) for row in rows]


def of_execution(
    connection: sqlite3.Connection, execution_id: int, *, limit: int = 100, after_seq: int = 0
) -> tuple[Attestation, ...]:
    """A page of what a run made, in the order made."""
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM attestation a WHERE a.execution_id = ? AND a.seq > ? ORDER BY a.seq LIMIT ?",
        (execution_id, after_seq, limit),
    )
    return tuple(attestation_of(row) for row in rows)


def count_of_execution(connection: sqlite3.Connection, execution_id: int) -> int:
    """How many attestations a run made."""
    row = connection.execute(
        "SELECT count(*) FROM attestation WHERE execution_id = ?", (execution_id,)
    ).fetchone()
    return int(row[0])


def since(connection: sqlite3.Connection, seq: int, limit: int) -> tuple[Attestation, ...]:
    """What was stored after `seq`, in the order stored."""
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM attestation a WHERE a.seq > ? ORDER BY a.seq LIMIT ?", (seq, limit)
    )
    return tuple(attestation_of(row) for row in rows)


def numbers(connection: sqlite3.Connection, filter: Filter) -> list[int]:  # noqa: A002
    """The `seq` of all that the filter lets through, whatever its limit, in the order stored."""
    every = replace(filter, limit=2**62)
    return sorted(int(row[0]) for row in finding.rows(connection, every, "a.seq"))


def json_of(connection: sqlite3.Connection, seqs: Sequence[int]) -> list[str]:
    """The JSON of these, in the order stored."""
    marks = ", ".join("?" * len(seqs))
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM attestation a WHERE a.seq IN ({marks}) ORDER BY a.seq", tuple(seqs)
    )
    return [_json_of(row) for row in rows]


def total(connection: sqlite3.Connection) -> int:
    """How many attestations there are: `seq` has no gaps, since nothing is ever deleted."""
    return int(connection.execute("SELECT max(seq) FROM attestation").fetchone()[0] or 0)


def attestation_of(row: Sequence[Any]) -> Attestation:
    """The record in a row of `COLUMNS`."""
    return Attestation(
        seq=row[0],
        id=row[1],
        subjects=tuple(json.loads(row[2])),
        predicates=tuple(json.loads(row[3])),
        contexts=tuple(json.loads(row[4])),
        actors=tuple(json.loads(row[5])),
        timestamp_us=row[6],
        source=row[7],
        created_at_us=row[8],
        execution_id=row[9],
        attributes=_attributes(row[10]),
    )


def _json_of(row: Sequence[Any]) -> str:
    created_at = iso(row[8])
    timestamp = created_at if row[6] == row[8] else iso(row[6])
    execution = "null" if row[9] is None else row[9]
    return (
        f'{{"id":"{row[1]}","subjects":{row[2]},"predicates":{row[3]},"contexts":{row[4]},"actors":{row[5]},'
        f'"timestamp":"{timestamp}","source":{_quoted(row[7])},"attributes":{row[10]},'
        f'"created_at":"{created_at}","execution_id":{execution}}}'
    )


def _attributes(text: str) -> dict[str, Any]:
    if text == "{}":
        return {}
    found: dict[str, Any] = json.loads(text)
    return found


def _listed(terms: Sequence[str]) -> str:
    """The JSON text of a list of texts; a fraction of what the general encoder takes, four times an attestation."""
    return f"[{','.join([_quoted(term) for term in terms])}]"


def _insert_one(tx: Tx, draft: Draft, seq: int) -> Attestation:
    timestamp_us = tx.now_us if draft.timestamp_us is None else draft.timestamp_us
    rest = (
        _listed(draft.subjects),
        _listed(draft.predicates),
        _listed(draft.contexts),
        _listed(draft.actors),
        timestamp_us,
        draft.source,
        tx.now_us,
        draft.execution_id,
        draft.attributes_json,
    )
    return Attestation(
        seq=seq,
        id=_insert_row(tx, draft.asid, seq, rest),
        subjects=draft.subjects,
        predicates=draft.predicates,
        contexts=draft.contexts,
        actors=draft.actors,
        timestamp_us=timestamp_us,
        source=draft.source,
        attributes=_attributes(draft.attributes_json),
        created_at_us=tx.now_us,
        execution_id=draft.execution_id,
    )


def _insert_row(tx: Tx, given: str | None, seq: int, rest: tuple[Any, ...]) -> str:
    """Draw the id of the moment of storing, so that its index grows at the end; again if it is taken."""
    for _ in range(_ID_TRIES):
        asid = given if given is not None else new_asid(tx.now_us)
        try:
            tx.connection.execute(_INSERT, (seq, asid, *rest))
        except sqlite3.IntegrityError:
            if get(tx.connection, asid) is None:
                raise
            continue
        return asid
    raise ErrInvalidAttestation("id", f"{asid} is taken")


def _terms_of(tx: Tx, stored: Attestation) -> set[int]:
    """A set: two spellings of one text in a field fold to the same term."""
    found = {intern(tx, Kind.SUBJECT, text) for text in stored.subjects}
    found.update(intern(tx, Kind.PREDICATE, text) for text in stored.predicates)
    found.update(intern(tx, Kind.CONTEXT, text) for text in stored.contexts)
    found.update(intern(tx, Kind.ACTOR, text) for text in stored.actors)
    if stored.predicates == (PREDICATE_HANDLER,):
        if stored.subjects == (stored.id,) and stored.actors == (stored.id,):
            found.update(intern(tx, Kind.HANDLER, text) for text in stored.contexts)
    elif stored.predicates == (PREDICATE_RETIRED,):
        found.update(intern(tx, Kind.RETIRED, text) for text in stored.subjects)
    return found
