"""The statements behind a filter: always driven by the rarest field, along the term index, newest first.

Any connection. A field of several terms is a UNION of ranges that SQLite merges as it goes, so that a small limit
reads few rows however common the terms are; the other fields are looked up pair by pair in the same index. A moment
(`as_of_us`) is compared row by row: the clock may have been set back, so the order of insertion does not tell.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from qntx_desktop.model.attestation import Filter
from qntx_desktop.store.terms import Kind, lookup

Terms = tuple[int, ...]

_MERGED_TERMS = 40
_WINDOW = 2_048
_FIRST_PROBE = 64
_LAST_PROBE = 1 << 20
_NEWEST = "ORDER BY timestamp_us DESC, seq DESC"


def rows(connection: sqlite3.Connection, wanted: Filter, columns: str) -> list[Sequence[Any]]:
    """The rows that pass, newest first, at most the filter's limit.

    Args:
        connection: Where to read.
        wanted: The filter.
        columns: What to read, of the attestation `a`.
    """
    fields = _fields(connection, wanted)
    if fields is None:
        return []
    page, values = _page("a", wanted.before)
    moment, at = _moment("a", wanted.as_of_us)
    page, values = f"{page} {moment}", (*values, *at)
    if wanted.execution_id is not None:
        probes, terms = _probes("a", fields)
        statement = f"""SELECT {columns} FROM attestation a WHERE a.execution_id = ? {probes} {page}
            ORDER BY a.timestamp_us DESC, a.seq DESC LIMIT ?"""
        return connection.execute(statement, (wanted.execution_id, *terms, *values, wanted.limit)).fetchall()
    if not fields:
        statement = f"""SELECT {columns} FROM attestation a WHERE 1 {page}
            ORDER BY a.timestamp_us DESC, a.seq DESC LIMIT ?"""
        return connection.execute(statement, (*values, wanted.limit)).fetchall()
    if len(fields) > 1 and wanted.limit < _WINDOW:
        found = _run(connection, columns, *_newest_keys(fields, wanted), wanted.limit)
        if len(found) == wanted.limit:
            return found
    return _run(connection, columns, *_keys(connection, fields, wanted), wanted.limit)


def count(connection: sqlite3.Connection, wanted: Filter) -> int:
    """How many pass, whatever the limit and the page."""
    fields = _fields(connection, wanted)
    if fields is None:
        return 0
    wanted = replace(wanted, before=None)
    moment, at = _moment("a", wanted.as_of_us)
    if wanted.execution_id is not None:
        probes, terms = _probes("a", fields)
        statement = f"SELECT count(*) FROM attestation a WHERE a.execution_id = ? {probes} {moment}"
        return int(connection.execute(statement, (wanted.execution_id, *terms, *at)).fetchone()[0])
    if not fields and at:
        return int(
            connection.execute(f"SELECT count(*) FROM attestation a WHERE 1 {moment}", at).fetchone()[0]
        )
    if not fields:
        return int(connection.execute("SELECT max(seq) FROM attestation").fetchone()[0] or 0)
    keys, values = _keys(connection, fields, wanted)
    return int(connection.execute(f"SELECT count(*) FROM ({keys})", values).fetchone()[0])


def _run(
    connection: sqlite3.Connection, columns: str, keys: str, values: list[int], limit: int
) -> list[Sequence[Any]]:
    statement = f"""SELECT {columns} FROM ({keys} {_NEWEST} LIMIT ?) k
        CROSS JOIN attestation a ON a.seq = k.seq ORDER BY k.timestamp_us DESC, k.seq DESC"""
    return connection.execute(statement, (*values, limit)).fetchall()


def _fields(connection: sqlite3.Connection, wanted: Filter) -> list[Terms] | None:
    """The term ids of each field that was asked for; None when one of them has no known term at all."""
    found = []
    for kind, texts in (
        (Kind.SUBJECT, wanted.subjects),
        (Kind.PREDICATE, wanted.predicates),
        (Kind.CONTEXT, wanted.contexts),
        (Kind.ACTOR, wanted.actors),
    ):
        if texts:
            terms = lookup(connection, kind, texts)
            if not terms:
                return None
            found.append(terms)
    return found


def _newest_keys(fields: list[Terms], wanted: Filter) -> tuple[str, list[int]]:
    """Like `_keys`, but only among the newest rows of one field.

    Enough when all fields are common, which is what people ask; then nothing needs to be counted.
    """
    driver, *others = fields
    probes, terms = _probes("d", others)
    arms, values = _ranges(driver, "", [], wanted.before)
    stored, at = _stored_by(wanted.as_of_us)
    keys = f"SELECT d.timestamp_us, d.seq FROM ({arms} {_NEWEST} LIMIT {_WINDOW}) d WHERE 1 {probes} {stored}"
    return keys, [*values, *terms, *at]


def _keys(connection: sqlite3.Connection, fields: list[Terms], wanted: Filter) -> tuple[str, list[int]]:
    """A SELECT of (timestamp_us, seq), without order, and its values."""
    driver = _rarest(connection, fields)
    probes, terms = _probes("d", [field for field in fields if field is not driver])
    stored, at = _stored_by(wanted.as_of_us)
    return _ranges(driver, f"{probes} {stored}", [*terms, *at], wanted.before)


def _ranges(
    driver: Terms, probes: str, terms: list[int], before: tuple[int, int] | None
) -> tuple[str, list[int]]:
    """The rows of a field that pass the probes."""
    page, place = _page("d", before)
    if len(driver) <= _MERGED_TERMS:
        arm = f"SELECT d.timestamp_us, d.seq FROM attestation_term d WHERE d.term = ? {probes} {page}"
        values = [value for term in driver for value in (term, *terms, *place)]
        return " UNION ".join([arm] * len(driver)), values
    arm = f"""SELECT DISTINCT d.timestamp_us, d.seq FROM attestation_term d
        WHERE d.term IN ({_marks(driver)}) {probes} {page}"""
    return arm, [*driver, *terms, *place]


def _rarest(connection: sqlite3.Connection, fields: list[Terms]) -> Terms:
    """Found by counting all fields up to a bound that grows until one of them stays below it."""
    bound = _FIRST_PROBE
    while len(fields) > 1:
        sizes = [_size(connection, field, bound) for field in fields]
        if min(sizes) < bound or bound >= _LAST_PROBE:
            return fields[sizes.index(min(sizes))]
        bound *= 16
    return fields[0]


def _size(connection: sqlite3.Connection, field: Terms, bound: int) -> int:
    statement = f"""SELECT count(*) FROM
        (SELECT 1 FROM attestation_term WHERE term IN ({_marks(field)}) LIMIT ?)"""
    return int(connection.execute(statement, (*field, bound)).fetchone()[0])


def _probes(alias: str, fields: list[Terms]) -> tuple[str, list[int]]:
    """A condition for each further field: one of its terms stands at the same time and place."""
    conditions = [
        f"""AND EXISTS (SELECT 1 FROM attestation_term o WHERE o.term IN ({_marks(field)})
            AND o.timestamp_us = {alias}.timestamp_us AND o.seq = {alias}.seq)"""
        for field in fields
    ]
    return " ".join(conditions), [term for field in fields for term in field]


def _page(alias: str, before: tuple[int, int] | None) -> tuple[str, tuple[int, ...]]:
    if before is None:
        return "", ()
    return f"AND ({alias}.timestamp_us, {alias}.seq) < (?, ?)", before


def _moment(alias: str, as_of_us: int | None) -> tuple[str, tuple[int, ...]]:
    return ("", ()) if as_of_us is None else (f"AND {alias}.created_at_us <= ?", (as_of_us,))


def _stored_by(as_of_us: int | None) -> tuple[str, tuple[int, ...]]:
    """The same for a row of the index, which does not know when its attestation was stored."""
    moment, at = _moment("w", as_of_us)
    return (f"AND EXISTS (SELECT 1 FROM attestation w WHERE w.seq = d.seq {moment})", at) if at else ("", ())


def _marks(terms: Terms) -> str:
    return ", ".join("?" * len(terms))
