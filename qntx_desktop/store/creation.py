"""Making a new database: built aside, whole, then put in its place in one step, so that no one sees half of it.

The thread that opens the store. Two processes may do so at once: the first to finish wins, the other uses it.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from qntx_desktop.model.clock import Clock
from qntx_desktop.store import migrate
from qntx_desktop.store.on_disk import private, to_disk

PAGE_BYTES = 1024
"""A durable attest touches a dozen pages and each is written whole to the log: with the usual 4 KiB a commit
takes a quarter longer. Look-ups among a million rows are as fast (docs/benchmarks.md)."""


def create(path: Path, *, app_version: str, clock: Clock) -> None:
    """Put an empty store at `path` unless there is a file by then.

    Raises:
        sqlite3.Error, OSError: It cannot be written; nothing is left.
    """
    aside = path.with_name(f"{path.name}.new-{os.urandom(6).hex()}")
    try:
        private(aside)
        with closing(sqlite3.connect(aside, isolation_level=None)) as connection:
            connection.execute(f"PRAGMA page_size={PAGE_BYTES}")
            connection.execute("PRAGMA journal_mode=WAL").fetchall()
            connection.execute("PRAGMA synchronous=FULL")
            migrate.migrate(connection, aside, app_version=app_version, clock=clock)
        to_disk(aside)
        _put(aside, path)
        to_disk(path.parent)
    finally:
        for left in (aside, *(aside.with_name(aside.name + end) for end in ("-wal", "-shm", "-journal"))):
            left.unlink(missing_ok=True)


def _put(aside: Path, path: Path) -> None:
    """Link fails when there is a file, on every system; where there are no links, a rename under a guard."""
    try:
        path.hardlink_to(aside)
    except FileExistsError:
        return
    except OSError:
        _put_by_renaming(aside, path)


def _put_by_renaming(aside: Path, path: Path) -> None:
    guard = path.with_name(path.name + ".making")
    try:
        guard.touch(exist_ok=False)
    except FileExistsError:
        if path.exists():
            return
    try:
        if not path.exists():
            aside.rename(path)
    finally:
        guard.unlink(missing_ok=True)
