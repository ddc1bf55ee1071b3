"""Puts a whole database in the place of another one, so that no process ever sees half of it.

Any thread; the caller sees to it that no window and no runner is at work. A store that is sound is overwritten
through SQLite in one transaction: whoever has it open waits, and then sees the new one. One that is damaged is kept
aside as files, and there is a file in its place at every moment: a missing one would be made anew, empty.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from qntx_desktop.store import inspection, migrate, on_disk
from qntx_desktop.store.backups import STEP_PAGES, copy_whole, file_uri
from qntx_desktop.store.faults import translated

_BUSY_TIMEOUT_S = 10.0


def copy_of(path: Path, target: Path, progress: Callable[[int, int], None]) -> None:
    """Copy the store at `path`, which may be in use, to a file of its own.

    Raises:
        QntxError: It is damaged, cannot be read, or the copy cannot be written.
    """
    try:
        inspection.inspect(path, known=migrate.known_version())
        with closing(inspection.open_read_only(path)) as source:
            copy_whole(source, target, progress)
    except (sqlite3.Error, OSError) as error:
        raise translated(error, target if _is_full(error) else path) from error


def overwrite(path: Path, fresh: Path, progress: Callable[[int, int], None]) -> None:
    """Let the sound store at `path` hold what `fresh` holds, in one transaction.

    Raises:
        QntxError: Nothing was changed.
    """
    try:
        with (
            closing(_connect(fresh)) as source,
            closing(_connect(path)) as store,
        ):
            store.execute("PRAGMA journal_mode=WAL").fetchall()
            store.execute("PRAGMA synchronous=FULL")
            store.execute("BEGIN IMMEDIATE")  # waits for whoever writes, which the copying itself would not
            store.execute("ROLLBACK")
            source.backup(store, pages=STEP_PAGES, progress=lambda _, left, all_: progress(all_ - left, all_))
            store.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        inspection.remove_marker(path)
    except (sqlite3.Error, OSError) as error:
        raise translated(error, path) from error


def put_aside(path: Path, fresh: Path, folder: Path) -> None:
    """Keep the files of the store at `path`, damaged or absent, in `folder`, and put `fresh` in their place.

    Raises:
        QntxError: What was there is still there or in `folder`.
    """
    beside = (inspection.wal_of(path), path.with_name(path.name + "-shm"), inspection.marker_of(path))
    there = [each for each in beside if each.exists()]
    try:
        if path.exists() or there:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.exists():
            shutil.copy2(path, folder / path.name)
        for each in there:
            each.rename(folder / each.name)
        fresh.chmod(on_disk.OWNER_ONLY)
        on_disk.to_disk(fresh)
        fresh.replace(path)
        on_disk.to_disk(path.parent)
    except OSError as error:
        raise translated(error, path) from error


def _is_full(error: sqlite3.Error | OSError) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(file_uri(path, "mode=rw"), uri=True, isolation_level=None, timeout=_BUSY_TIMEOUT_S)
