"""Reads every attestation and says which ones are not as they were stored. Any thread; changes nothing.

What SQLite's own check cannot see: whether the texts can be read, whether the term index tells the same as they do,
whether a number is missing, and whether the code of a handler is the code that was saved.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from qntx_desktop.model.attestation import PREDICATE_HANDLER, PREDICATE_RETIRED, Attestation
from qntx_desktop.store import attestations, inspection
from qntx_desktop.store.faults import translated
from qntx_desktop.store.terms import Kind, lookup

PAGE = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was read; `bad` are the ids, or the numbers where there is no id to be read."""

    attestations: int
    handlers: int
    bad: tuple[str, ...]


def check(path: Path, progress: Callable[[float], None]) -> Checked:
    """Read them in pages, each in a transaction of its own.

    Raises:
        QntxError: The store cannot be read.
    """
    try:
        with closing(inspection.open_read_only(path)) as connection:
            return _check(connection, progress)
    except (sqlite3.Error, OSError) as error:
        raise translated(error, path) from error


def _check(connection: sqlite3.Connection, progress: Callable[[float], None]) -> Checked:
    every, indexed, handlers = attestations.total(connection), 0, 0
    bad: list[str] = []
    for first in range(1, every + 1, PAGE):
        last = min(first + PAGE - 1, every)
        rows = connection.execute(
            f"SELECT {attestations.COLUMNS} FROM attestation a WHERE a.seq BETWEEN ? AND ? ORDER BY a.seq",
            (first, last),
        ).fetchall()
        missing = set(range(first, last + 1)) - {row[0] for row in rows}
        bad += [f"number {seq:,}" for seq in sorted(missing)]
        for row in rows:
            try:
                found = attestations.attestation_of(row)
                wanted = _terms(found)
                good = _stands_in_index(connection, found, wanted) and _is_code_whole(found)
            except (ValueError, TypeError, AttributeError, KeyError):
                bad.append(str(row[1]))  # what stands there cannot be read
                continue
            indexed += len(wanted)
            handlers += found.predicates == (PREDICATE_HANDLER,)
            bad += [] if good else [found.id]
        progress(last / every)
    # Others may attest meanwhile: what came after the first look is neither counted nor missed.
    held = int(
        connection.execute(
            "SELECT count(*) FROM attestation_term"
            " WHERE seq <= ? OR seq > (SELECT coalesce(max(seq), 0) FROM attestation)",
            (every,),
        ).fetchone()[0]
    )
    if held != indexed and not bad:
        bad.append(f"the index, with {held:,} terms for {indexed:,}")
    return Checked(attestations=every, handlers=handlers, bad=tuple(bad))


def _terms(found: Attestation) -> set[tuple[Kind, str]]:
    """What the index must hold of it."""
    fields = (
        (Kind.SUBJECT, found.subjects),
        (Kind.PREDICATE, found.predicates),
        (Kind.CONTEXT, found.contexts),
        (Kind.ACTOR, found.actors),
    )
    terms = {(kind, text.casefold()) for kind, texts in fields for text in texts}
    if found.predicates == (PREDICATE_HANDLER,) and found.subjects == (found.id,) == found.actors:
        terms |= {(Kind.HANDLER, text.casefold()) for text in found.contexts}
    elif found.predicates == (PREDICATE_RETIRED,):
        terms |= {(Kind.RETIRED, text.casefold()) for text in found.subjects}
    return terms


def _stands_in_index(
    connection: sqlite3.Connection, found: Attestation, wanted: set[tuple[Kind, str]]
) -> bool:
    ids = [lookup(connection, kind, (text,)) for kind, text in wanted]
    if not all(ids):
        return False
    marks = ", ".join("?" * len(ids))
    held = connection.execute(
        f"SELECT count(*) FROM attestation_term WHERE term IN ({marks}) AND timestamp_us = ? AND seq = ?",
        (*(each[0] for each in ids), found.timestamp_us, found.seq),
    )
    return int(held.fetchone()[0]) == len(ids)


def _is_code_whole(found: Attestation) -> bool:
    """Whether the code of a handler is the code that was saved; true of everything else."""
    if found.predicates != (PREDICATE_HANDLER,):
        return True
    said = found.attributes["code_sha256"]
    return bool(hashlib.sha256(found.attributes["code"].encode()).hexdigest() == said)
