"""Interned terms: each kind and folded text has one id for ever.

`intern` runs on the writer; `lookup` on any connection.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from enum import IntEnum

from qntx_desktop.store.transaction import Term, Tx


class Kind(IntEnum):
    """Which field a term stands in. The last two are of the handler registry, never asked for by a filter."""

    SUBJECT = 0
    PREDICATE = 1
    CONTEXT = 2
    ACTOR = 3
    HANDLER = 4
    """The script type of a self-certified handler version: finds the versions of a type and nothing else."""
    RETIRED = 5
    """The id of a handler version that was retired."""


def intern(tx: Tx, kind: Kind, text: str) -> int:
    """The id of a term, made if it is new."""
    key = (int(kind), text.casefold())
    known = tx.terms.get(key)
    if known is None:
        known = tx.new_terms.get(key)
    if known is None:
        known = tx.new_terms[key] = _stored(tx.connection, key)
    return known


def lookup(connection: sqlite3.Connection, kind: Kind, texts: Iterable[str]) -> tuple[int, ...]:
    """The ids of those terms that exist, each once, in no special order."""
    found = []
    for text in dict.fromkeys(text.casefold() for text in texts):
        row = connection.execute(
            "SELECT id FROM term WHERE kind = ? AND value = ?", (int(kind), text)
        ).fetchone()
        if row is not None:
            found.append(int(row[0]))
    return tuple(found)


def _stored(connection: sqlite3.Connection, key: Term) -> int:
    made = connection.execute("INSERT INTO term (kind, value) VALUES (?, ?) ON CONFLICT DO NOTHING", key)
    if made.rowcount == 1:
        return int(made.lastrowid or 0)
    return int(connection.execute("SELECT id FROM term WHERE kind = ? AND value = ?", key).fetchone()[0])
