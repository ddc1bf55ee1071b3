"""Bringing a database to the schema this version knows: one transaction a step, a verified backup before the first.

The thread that opens the store; no other connection of this process exists yet. Hides: `user_version`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from qntx_desktop.model.clock import Clock
from qntx_desktop.store import backups
from qntx_desktop.store.migrations import MIGRATIONS

APPLICATION_ID = 0x514E5458
"""`QNTX`, in the header of each database of ours."""

WRITTEN_BY = "written_by"
"""The setting that names the version of the app that last changed the schema."""

Steps = Sequence[tuple[int, tuple[str, ...]]]


def known_version(steps: Steps = MIGRATIONS) -> int:
    """The newest schema that this version of the app can read and write."""
    return steps[-1][0]


def version_of(connection: sqlite3.Connection) -> int:
    """The schema version of an open database; 0 for an empty one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(
    connection: sqlite3.Connection, path: Path, *, app_version: str, clock: Clock, steps: Steps = MIGRATIONS
) -> None:
    """Take every step that is missing; each leaves the old schema or the new one, never half.

    Another process may be doing the same: each step looks again once it holds the write lock.

    Raises:
        sqlite3.Error: A step failed; what the steps before it did stays.
    """
    found = version_of(connection)
    missing = [step for step in steps if step[0] > found]
    if missing and found > 0:
        backups.make(connection, path, app_version=app_version, now_us=clock())
    for version, statements in missing:
        _take(connection, version, statements, app_version)


def _take(
    connection: sqlite3.Connection, version: int, statements: tuple[str, ...], app_version: str
) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        if version_of(connection) < version:
            for statement in statements:
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {version}")
            connection.execute(
                'INSERT INTO setting ("key", value) VALUES (?, ?) '
                'ON CONFLICT ("key") DO UPDATE SET value = excluded.value',
                (WRITTEN_BY, app_version),
            )
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
