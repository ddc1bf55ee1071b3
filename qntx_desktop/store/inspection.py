"""Looks at a database file before anything may write to it, so that a damaged one is never touched.

The thread that opens the store; read-only connections of its own.

The marker `<name>-open` stands beside the database while it is open and holds the size and the time of change
of the file when it was last written back. Found at the next start without a `-wal`, and with the file as it was, it
means that the `-wal` and the writes in it were deleted after a crash.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from qntx_desktop.model.errors import ErrStoreNewer
from qntx_desktop.store import migrate
from qntx_desktop.store.backups import file_uri
from qntx_desktop.store.faults import corrupt

_MAGIC = b"SQLite format 3\0"
_HEADER_BYTES = 100
_CHECKED_ALWAYS_BYTES = 8 << 20
_CHECKED_AFTER_CRASH_BYTES = 64 << 20
_CACHE_KIB = 8_192
"""For each of the nine connections that a process reads with at most."""


def wal_of(path: Path) -> Path:
    """The write-ahead log beside the database."""
    return path.with_name(path.name + "-wal")


def marker_of(path: Path) -> Path:
    """The file that stands beside the database while it is open."""
    return path.with_name(path.name + "-open")


def leave_marker(path: Path) -> None:
    """Say that the database is open, and how its file looks now."""
    marker_of(path).write_text(_looks(path), encoding="ascii")


def remove_marker(path: Path) -> None:
    """Say that everything stands in the database file itself."""
    marker_of(path).unlink(missing_ok=True)


def inspect(path: Path, *, known: int) -> int:
    """Check what can be checked without writing.

    Returns:
        The schema version that was found.

    Raises:
        ErrStoreCorrupt: Empty, cut off, not a database, not ours, damaged, or without the `-wal` it had.
        ErrStoreNewer: Its schema is later than `known`.
        sqlite3.Error, OSError: It cannot be read at all.
    """
    _check_file(path)
    _check_wal(path)
    try:
        with closing(open_read_only(path)) as connection:
            version = _check_schema(connection, path, known)
            if path.stat().st_size <= _most_checked(path):
                _check_pages(connection, path)
            return version
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise corrupt(path, str(error)) from error
        raise


def open_read_only(path: Path, *, busy_timeout_s: float = 10.0) -> sqlite3.Connection:
    """A connection that cannot write; works in a folder that cannot be written, too."""
    try:
        return _connect_read_only(path, "mode=ro", busy_timeout_s)
    except sqlite3.OperationalError:
        if _bytes_of(wal_of(path)):
            raise  # what stands in the -wal would be missing
        if os.access(path.parent, os.W_OK):
            # Another process may have closed it just now; a view that is immutable would never change.
            with suppress(sqlite3.OperationalError):
                return _connect_read_only(path, "mode=ro", busy_timeout_s)
        return _connect_read_only(path, "mode=ro&immutable=1", busy_timeout_s)


def refuse_orphan_wal(path: Path) -> None:
    """Stop where there is no database but the `-wal` of one, with something in it.

    Raises:
        ErrStoreCorrupt: So it is.
    """
    wal = wal_of(path)
    if not path.exists() and wal.exists() and wal.stat().st_size > 0:
        raise corrupt(path, f"{path.name} is gone, but its -wal is there")


def _connect_read_only(path: Path, options: str, busy_timeout_s: float) -> sqlite3.Connection:
    connection = sqlite3.connect(
        file_uri(path, options),
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=busy_timeout_s,
        cached_statements=256,
    )
    try:
        connection.execute("PRAGMA query_only=ON").fetchall()
        connection.execute(f"PRAGMA cache_size=-{_CACHE_KIB}").fetchall()
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


def _check_file(path: Path) -> None:
    with path.open("rb") as file:
        header = file.read(_HEADER_BYTES)
    if not header:
        raise corrupt(path, "the file is empty")
    if len(header) < _HEADER_BYTES or not header.startswith(_MAGIC):
        raise corrupt(path, "the file is not a database")
    page_bytes = int.from_bytes(header[16:18], "big")
    page_bytes = 65_536 if page_bytes == 1 else page_bytes
    pages = int.from_bytes(header[28:32], "big")
    if _bytes_of(wal_of(path)):
        return
    size = path.stat().st_size  # after the look at the log: another process may be writing it back
    if size < pages * page_bytes:
        raise corrupt(path, f"the file is cut off: {size:,} of {pages * page_bytes:,} bytes")


def _check_wal(path: Path) -> None:
    if not _wal_is_lost(path):
        return
    reason = (
        f"{wal_of(path).name}, with the last writes in it, is gone; "
        f"to go on without them, delete {marker_of(path).name}"
    )
    raise corrupt(path, reason)


def _wal_is_lost(path: Path) -> bool:
    """Whether one and the same marker stands before and after the look for the log.

    Who closes the store takes away the marker and then the log, and may do so between two of these looks.
    """
    marker = _marker_as_it_is(path)
    if marker is None or wal_of(path).exists() or marker[0] != _looks(path):
        return False
    return _marker_as_it_is(path) == marker


def _marker_as_it_is(path: Path) -> tuple[str, int, int] | None:
    """What the marker says, and which file it is; None when there is none."""
    try:
        with marker_of(path).open(encoding="ascii", errors="replace") as file:
            facts = os.fstat(file.fileno())
            return file.read(), facts.st_ino, facts.st_mtime_ns
    except FileNotFoundError:
        return None


def _bytes_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _check_schema(connection: sqlite3.Connection, path: Path, known: int) -> int:
    version = migrate.version_of(connection)
    ours = connection.execute("PRAGMA application_id").fetchone()[0] == migrate.APPLICATION_ID
    if version < 1 or not ours:
        raise corrupt(path, "the file is a database, but not one of this app")
    if version > known:
        raise ErrStoreNewer(str(path), version, known, _written_by(connection))
    return version


def _written_by(connection: sqlite3.Connection) -> str:
    try:
        row = connection.execute(
            'SELECT value FROM setting WHERE "key" = ?', (migrate.WRITTEN_BY,)
        ).fetchone()
    except sqlite3.OperationalError:
        row = None  # a later version may keep it elsewhere
    return str(row[0]) if row else "unknown"


def _check_pages(connection: sqlite3.Connection, path: Path) -> None:
    found = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    if found != "ok":
        raise corrupt(path, found.replace("\n", " "))


def _most_checked(path: Path) -> int:
    return _CHECKED_AFTER_CRASH_BYTES if marker_of(path).exists() else _CHECKED_ALWAYS_BYTES


def _looks(path: Path) -> str:
    facts = path.stat()
    return f"{facts.st_size} {facts.st_mtime_ns}"
