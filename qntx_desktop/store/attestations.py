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
from qntx_desktop.model.ids import new_asids
from qntx_desktop.store import find as finding
from qntx_desktop.store.many import Rows, insert_many
from qntx_desktop.store.terms import Kind, intern
from qntx_desktop.store.transaction import Tx

COLUMNS = (
    "a.seq, a.id, a.subjects, a.predicates, a.contexts, a.actors, a.timestamp_us, a.source, a.created_at_us, "
    "a.execution_id, a.attributes"
)
Row = tuple[Any, ...]
"""A row of the table, in the order of `COLUMNS`."""
_INSERT = Rows("INSERT INTO attestation VALUES", 11)
_INSERT_TERM = Rows("INSERT INTO attestation_term VALUES", 3)
_ID_TRIES = 8
_FEW = 100
_quoted = json.encoder.encode_basestring


def insert(tx: Tx, drafts: Sequence[Draft]) -> list[Attestation]:
    """Store checked drafts, all or none, in their order.

    Returns:
        What was stored, with ids, times and order.

    Raises:
        ErrInvalidAttestation: A draft brings an id that is taken.
    """
    rows = _stored(tx, drafts)
    return [_made(draft, row) for draft, row in zip(drafts, rows, strict=True)]


def insert_json(tx: Tx, drafts: Sequence[Draft]) -> list[str]:
    """The same; each as the JSON of `Attestation.to_json`, put together from the texts that are stored."""
    created_at = iso(tx.now_us)
    return [_json_of(row, created_at) for row in _stored(tx, drafts)]


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


def find_texts(
    connection: sqlite3.Connection,
    filter: Filter,  # noqa: A002
    most_chars: int,
) -> list[str] | None:
    """What `find` gives as JSON, read a few at a time; None as soon as it is longer than `most_chars` in all."""
    if filter.limit <= _FEW:
        texts, _ = find_json(connection, filter)
        return texts if sum(map(len, texts)) <= most_chars else None
    seqs = [int(row[0]) for row in finding.rows(connection, filter, "a.seq")]
    texts = []
    left = most_chars
    for first in range(0, len(seqs), _FEW):
        part = seqs[first : first + _FEW]
        known = dict(zip(sorted(part), json_of(connection, part), strict=True))
        left -= sum(map(len, known.values()))
        if left < 0:
            return None
        texts += [known[seq] for seq in part]
    return texts


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


def _json_of(row: Sequence[Any], created_at: str | None = None) -> str:
    created_at = created_at or iso(row[8])
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


def _stored(tx: Tx, drafts: Sequence[Draft]) -> list[Row]:
    """Store them.

    Returns:
        Their rows, in the order of `COLUMNS`.
    """
    if not drafts:
        return []
    connection, now_us = tx.connection, tx.now_us
    last = connection.execute("SELECT max(seq) FROM attestation").fetchone()[0] or 0
    asids = new_asids(now_us, len(drafts))
    numbers = range(last + 1, last + 1 + len(drafts))
    rows = [
        _row_of(draft, seq, asid, now_us) for draft, seq, asid in zip(drafts, numbers, asids, strict=True)
    ]
    try:
        insert_many(connection, _INSERT, rows)
    except sqlite3.IntegrityError:
        rows = _one_by_one(tx, drafts, rows)
    pairs = [
        (term, row[6], row[0])
        for draft, row in zip(drafts, rows, strict=True)
        for term in _terms_of(tx, draft, row[1])
    ]
    if len(rows) > 1:
        pairs.sort()
    insert_many(connection, _INSERT_TERM, pairs)
    tx.emit(Attested(count=len(rows), last_id=rows[-1][1], execution_id=rows[-1][9]))
    return rows


def _row_of(draft: Draft, seq: int, asid: str, now_us: int) -> Row:
    """The id was drawn at the moment of storing, so that the index of ids grows at its end."""
    return (
        seq,
        asid if draft.asid is None else draft.asid,
        _listed(draft.subjects),
        _listed(draft.predicates),
        _listed(draft.contexts),
        _listed(draft.actors),
        now_us if draft.timestamp_us is None else draft.timestamp_us,
        draft.source,
        now_us,
        draft.execution_id,
        draft.attributes_json,
    )


def _one_by_one(tx: Tx, drafts: Sequence[Draft], rows: Sequence[Row]) -> list[Row]:
    """An id was taken: store what is not stored yet, and draw that id again if it was drawn here."""
    there = tx.connection.execute("SELECT max(seq) FROM attestation").fetchone()[0] or 0
    return [
        row if row[0] <= there else _insert_row(tx, draft, row) for draft, row in zip(drafts, rows, strict=True)
    ]


def _insert_row(tx: Tx, draft: Draft, row: Row) -> Row:
    for _ in range(_ID_TRIES):
        try:
            insert_many(tx.connection, _INSERT, [row])
        except sqlite3.IntegrityError:
            if get(tx.connection, row[1]) is None:
                raise
            row = _row_of(draft, row[0], new_asids(tx.now_us, 1)[0], tx.now_us)
            continue
        return row
    raise ErrInvalidAttestation("id", f"{row[1]} is taken")


def _made(draft: Draft, row: Row) -> Attestation:
    return Attestation(
        seq=row[0],
        id=row[1],
        subjects=draft.subjects,
        predicates=draft.predicates,
        contexts=draft.contexts,
        actors=draft.actors,
        timestamp_us=row[6],
        source=draft.source,
        attributes=_attributes(draft.attributes_json),
        created_at_us=row[8],
        execution_id=draft.execution_id,
    )


def _terms_of(tx: Tx, draft: Draft, asid: str) -> set[int]:
    """A set: two spellings of one text in a field fold to the same term."""
    found = {intern(tx, Kind.SUBJECT, text) for text in draft.subjects}
    found.update([intern(tx, Kind.PREDICATE, text) for text in draft.predicates])
    found.update([intern(tx, Kind.CONTEXT, text) for text in draft.contexts])
    found.update([intern(tx, Kind.ACTOR, text) for text in draft.actors])
    if draft.predicates == (PREDICATE_HANDLER,):
        if draft.subjects == (asid,) and draft.actors == (asid,):
            found.update([intern(tx, Kind.HANDLER, text) for text in draft.contexts])
    elif draft.predicates == (PREDICATE_RETIRED,):
        found.update([intern(tx, Kind.RETIRED, text) for text in draft.subjects])
    return found
