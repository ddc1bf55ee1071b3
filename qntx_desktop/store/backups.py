"""Copies of the database: beside it in `backups/` before each migration, the newest ten kept; elsewhere when asked.

Any thread; opens connections of its own. Hides: the backup interface of sqlite3.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from qntx_desktop.store.on_disk import private, to_disk

KEPT = 10
STEP_PAGES = 8_192
"""Between two steps progress is told, and Ctrl-C is heard."""
_UNSAFE = re.compile(r"[^A-Za-z0-9.+-]+")


def folder_of(path: Path) -> Path:
    """Where the backups of the database at `path` stand."""
    return path.parent / "backups"


def make(source: sqlite3.Connection, path: Path, *, app_version: str, now_us: int) -> Path:
    """Copy the whole database, verify the copy and keep the newest ten.

    Args:
        source: An open connection of the database, outside any transaction.
        path: The database file.
        app_version: Which version of the app makes it; stands in the name with the moment.
        now_us: The moment.

    Returns:
        The file that was made.

    Raises:
        sqlite3.DatabaseError: The copy does not pass the integrity check, or cannot be written.
        OSError: The folder cannot be made or written.
    """
    folder = folder_of(path)
    folder.mkdir(parents=True, exist_ok=True)
    moment = datetime.fromtimestamp(now_us / 1_000_000, UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    target = folder / f"{path.stem}-{moment}-{_UNSAFE.sub('_', app_version)}.db"
    unfinished = target.with_suffix(f".{os.getpid()}.part")
    unfinished.unlink(missing_ok=True)
    try:
        private(unfinished)
        with closing(sqlite3.connect(unfinished)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE").fetchall()
            trouble = _trouble(copy)
        if trouble:
            raise sqlite3.DatabaseError(f"the backup is not sound: {trouble}")
        to_disk(unfinished)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    for old in every(path)[KEPT:]:
        old.unlink(missing_ok=True)
    return target


def copy_whole(source: sqlite3.Connection, target: Path, progress: Callable[[int, int], None]) -> None:
    """Copy one moment of a database that others may go on writing to, and verify the copy.

    Args:
        source: A connection that only reads, outside any transaction.
        target: A file that does not exist.
        progress: Hears how many pages of how many are done, and may raise to give up.

    Raises:
        sqlite3.DatabaseError: The copy does not pass the integrity check, or cannot be written.
        OSError: There is a file already, or none can be made.
    """
    source.execute("BEGIN")
    try:
        # A snapshot that is held is copied to its end; else each commit of another process would begin it anew.
        source.execute("SELECT count(*) FROM sqlite_schema").fetchall()
        private(target)
        with closing(sqlite3.connect(target)) as copy:
            source.backup(copy, pages=STEP_PAGES, progress=lambda _, left, all_: progress(all_ - left, all_))
            copy.execute("PRAGMA journal_mode=DELETE").fetchall()
            trouble = _trouble(copy)
    finally:
        source.execute("ROLLBACK")
    if trouble:
        raise sqlite3.DatabaseError(f"the copy is not sound: {trouble}")


def every(path: Path) -> list[Path]:
    """The backups of the database at `path`, newest first: by name, in which the moment stands first."""
    return sorted(folder_of(path).glob(f"{path.stem}-*.db"), key=lambda each: each.name, reverse=True)


def newest_good(path: Path) -> Path | None:
    """The newest backup of the database at `path` that passes the integrity check, or None."""
    for candidate in every(path):
        try:
            with closing(sqlite3.connect(file_uri(candidate, "mode=ro&immutable=1"), uri=True)) as copy:
                if not _trouble(copy):
                    return candidate
        except sqlite3.Error:
            continue  # a damaged backup is no candidate; the next older one is tried
    return None


def file_uri(path: Path, options: str) -> str:
    """The `file:` address by which SQLite opens `path` with `options`, such as `mode=ro`."""
    text = path.absolute().as_posix()
    return f"file:{quote(text if text.startswith('/') else '/' + text)}?{options}"


def _trouble(copy: sqlite3.Connection) -> str:
    found = str(copy.execute("PRAGMA integrity_check(1)").fetchone()[0])
    return "" if found == "ok" else found
