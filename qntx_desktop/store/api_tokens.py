"""Clients of the local API as rows; of their tokens only the SHA-256.

Functions that take a `Tx` run on the writer, the rest on any connection.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from qntx_desktop.model.api_token import ApiToken, Scope
from qntx_desktop.store.transaction import Tx

_COLUMNS = "id, name, scopes, level, created_at_us, rotated_at_us, last_used_at_us, sha256"


def every(connection: sqlite3.Connection) -> tuple[tuple[ApiToken, bytes], ...]:
    """All clients by name, each with the SHA-256 of its token."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM api_token ORDER BY name").fetchall()
    return tuple((_token_of(row), bytes.fromhex(row[7])) for row in rows)


def get(connection: sqlite3.Connection, name: str) -> ApiToken | None:
    """One client."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM api_token WHERE name = ?", (name,)).fetchone()
    return _token_of(row) if row is not None else None


def insert(tx: Tx, *, name: str, digest: bytes, scopes: tuple[Scope, ...], level: str) -> ApiToken | None:
    """Keep a new client; None when the name is taken."""
    done = tx.connection.execute(
        "INSERT OR IGNORE INTO api_token (name, sha256, scopes, level, created_at_us) VALUES (?, ?, ?, ?, ?)",
        (name, digest.hex(), " ".join(scopes), level, tx.now_us),
    )
    return get(tx.connection, name) if done.rowcount else None


def rotate(tx: Tx, name: str, digest: bytes, scopes: tuple[Scope, ...] | None, level: str) -> ApiToken | None:
    """Put a new token in the place of the old one; None when there is no such client."""
    tx.connection.execute(
        """UPDATE api_token SET sha256 = ?, level = ?, rotated_at_us = ?, scopes = coalesce(?, scopes)
            WHERE name = ?""",
        (digest.hex(), level, tx.now_us, " ".join(scopes) if scopes else None, name),
    )
    return get(tx.connection, name)


def remove(tx: Tx, name: str) -> ApiToken | None:
    """Forget a client; None when there was none."""
    found = get(tx.connection, name)
    tx.connection.execute("DELETE FROM api_token WHERE name = ?", (name,))
    return found


def note_use(tx: Tx, token_id: int) -> None:
    """Note that a client called."""
    tx.connection.execute("UPDATE api_token SET last_used_at_us = ? WHERE id = ?", (tx.now_us, token_id))


def _token_of(row: tuple[Any, ...]) -> ApiToken:
    return ApiToken(
        id=row[0],
        name=row[1],
        scopes=tuple(Scope(each) for each in row[2].split()),
        level=row[3],
        created_at_us=row[4],
        rotated_at_us=row[5],
        last_used_at_us=row[6],
    )
