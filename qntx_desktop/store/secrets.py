"""Keys and secrets as rows; everything here is sealed already. Functions that take a `Tx` run in a write.

`SEALED` names every column that holds sealed text, so that a rotation finds them all.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from qntx_desktop.store.transaction import Tx

SEALED = (
    ("secret", "sealed"),
    ("code_source", "type_secret"),
    ("code_source", "sync_secret"),
    ("api_hook", "sealed"),
)
"""Tables (with a number `id`) and columns of sealed texts; a table that does not exist is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A way to the master key: in the keyring under `name`, or wrapped by a passphrase or a recovery code."""

    kind: str
    name: str
    salt: str
    wrapped: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSecret:
    """A secret as it lies there."""

    id: int
    name: str
    sealed: str
    created_at_us: int
    updated_at_us: int
    last_used_at_us: int | None
    last_execution_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedCell:
    """One sealed text and where it stands."""

    table: str
    column: str
    row_id: int
    sealed: str

    @property
    def place(self) -> str:
        """What the text is bound to."""
        return place_of(self.table, self.column, self.row_id)


def place_of(table: str, column: str, row_id: int) -> str:
    """The associated data of a sealed text: it opens nowhere else."""
    return f"{table}.{column}.{row_id}"


def slots(connection: sqlite3.Connection) -> dict[str, Slot]:
    """The ways to the master key, by kind."""
    rows = connection.execute("SELECT kind, name, salt, wrapped FROM key_slot")
    return {row[0]: Slot(kind=row[0], name=row[1], salt=row[2], wrapped=row[3]) for row in rows}


def put_slot(tx: Tx, slot: Slot) -> None:
    """Add a way to the master key, in the place of the one of its kind."""
    tx.connection.execute(
        """INSERT INTO key_slot (kind, name, salt, wrapped, created_at_us) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (kind) DO UPDATE SET name = excluded.name, salt = excluded.salt,
            wrapped = excluded.wrapped, created_at_us = excluded.created_at_us""",
        (slot.kind, slot.name, slot.salt, slot.wrapped, tx.now_us),
    )


def versions(connection: sqlite3.Connection) -> dict[int, str]:
    """The wrapped keys by version."""
    return dict(connection.execute("SELECT version, wrapped FROM key_version ORDER BY version").fetchall())


def next_version(tx: Tx) -> int:
    """The number that the next key will have; numbers are never used again."""
    row = tx.connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'key_version'").fetchone()
    return int(row[0]) + 1 if row is not None else 1


def add_version(tx: Tx, version: int, wrapped: str) -> None:
    """Add a key; texts are sealed with the newest from now on."""
    tx.connection.execute(
        "INSERT INTO key_version (version, wrapped, created_at_us) VALUES (?, ?, ?)", (version, wrapped, tx.now_us)
    )


def drop_versions(tx: Tx, below: int) -> int:
    """Forget old keys that no text needs any more.

    Returns:
        How many went.
    """
    needed = {int(cell.sealed.partition(":")[0]) for cell in cells(tx.connection, below=below)}
    old = [version for version in versions(tx.connection) if version < below and version not in needed]
    for version in old:
        tx.connection.execute("DELETE FROM key_version WHERE version = ?", (version,))
    return len(old)


def cells(connection: sqlite3.Connection, *, below: int) -> Iterator[SealedCell]:
    """Every text sealed with a key older than that version."""
    for table, column in SEALED:
        if not _exists(connection, table):
            continue
        rows = connection.execute(
            f"""SELECT id, {column} FROM {table} WHERE {column} LIKE '%:%'
                AND CAST({column} AS INTEGER) BETWEEN 1 AND ? ORDER BY id""",
            (below - 1,),
        ).fetchall()
        for row_id, sealed in rows:
            yield SealedCell(table=table, column=column, row_id=row_id, sealed=sealed)


def count_sealed(connection: sqlite3.Connection) -> int:
    """How many sealed texts there are."""
    return sum(1 for _ in cells(connection, below=1 << 62))


def reseal(tx: Tx, cell: SealedCell, sealed: str) -> bool:
    """Put a newly sealed text in the place of an old one, unless that was changed meanwhile."""
    done = tx.connection.execute(
        f"UPDATE {cell.table} SET {cell.column} = ? WHERE id = ? AND {cell.column} = ?",
        (sealed, cell.row_id, cell.sealed),
    )
    return done.rowcount == 1


def every(connection: sqlite3.Connection) -> tuple[StoredSecret, ...]:
    """All secrets by name."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM secret ORDER BY name")
    return tuple(_secret_of(row) for row in rows)


def get(connection: sqlite3.Connection, name: str) -> StoredSecret | None:
    """One secret."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM secret WHERE name = ?", (name,)).fetchone()
    return _secret_of(row) if row is not None else None


def claim_id(tx: Tx, name: str) -> int:
    """The number of a secret, made with an empty text if it is new; a sealed text is bound to it."""
    tx.connection.execute(
        """INSERT INTO secret (name, sealed, created_at_us, updated_at_us) VALUES (?, '', ?, ?)
            ON CONFLICT DO NOTHING""",
        (name, tx.now_us, tx.now_us),
    )
    return int(tx.connection.execute("SELECT id FROM secret WHERE name = ?", (name,)).fetchone()[0])


def put(tx: Tx, row_id: int, sealed: str) -> None:
    """Store the sealed text of a secret."""
    tx.connection.execute(
        "UPDATE secret SET sealed = ?, updated_at_us = ? WHERE id = ?", (sealed, tx.now_us, row_id)
    )


def remove(tx: Tx, name: str) -> bool:
    """Delete a secret; False when there was none."""
    return tx.connection.execute("DELETE FROM secret WHERE name = ?", (name,)).rowcount == 1


def note_use(tx: Tx, name: str, execution_id: int | None) -> None:
    """Note which run was told a secret."""
    tx.connection.execute(
        "UPDATE secret SET last_used_at_us = ?, last_execution_id = ? WHERE name = ?",
        (tx.now_us, execution_id, name),
    )


_COLUMNS = "id, name, sealed, created_at_us, updated_at_us, last_used_at_us, last_execution_id"


def _secret_of(row: tuple[int, str, str, int, int, int | None, int | None]) -> StoredSecret:
    return StoredSecret(
        id=row[0],
        name=row[1],
        sealed=row[2],
        created_at_us=row[3],
        updated_at_us=row[4],
        last_used_at_us=row[5],
        last_execution_id=row[6],
    )


def _exists(connection: sqlite3.Connection, table: str) -> bool:
    row = connection.execute(
        "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", (table,)
    ).fetchone()
    return row is not None
