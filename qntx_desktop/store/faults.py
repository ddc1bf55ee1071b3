"""Translation of what SQLite and the disk report into the product's errors.

Pure; any thread. Hides: the result codes of sqlite3.
"""

from __future__ import annotations

import contextlib
import errno
import sqlite3
from pathlib import Path

from qntx_desktop.model.errors import (
    ErrDiskFull,
    ErrHomeUnusable,
    ErrStoreBusy,
    ErrStoreCorrupt,
    ErrStoreFault,
    ErrStoreReadOnly,
    QntxError,
)
from qntx_desktop.store import backups

_FULL_ERRNOS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_DENIED_ERRNOS = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL})
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_DENIED = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH})
_ROOM_PROBE_BYTES = 1 << 16


def translated(error: sqlite3.Error | OSError, path: Path) -> QntxError:
    """The product's error for one of SQLite or the system.

    Args:
        error: What was raised while working on the database.
        path: The database file, for the message and for finding its backups.
    """
    if isinstance(error, OSError):
        return _of_system(error, path)
    primary = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if primary == sqlite3.SQLITE_FULL:
        return ErrDiskFull(str(path))
    if primary in _BUSY:
        return ErrStoreBusy(str(path))
    if primary in _DENIED:
        return ErrStoreReadOnly(str(path))
    if primary in _DAMAGED:
        return corrupt(path, str(error))
    if primary in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN):
        return _of_disk(error, path)
    return ErrStoreFault(str(error), str(path))


def corrupt(path: Path, reason: str) -> ErrStoreCorrupt:
    """The error for a damaged store, naming its newest good backup."""
    best = backups.newest_good(path)
    return ErrStoreCorrupt(str(path), reason, str(best) if best is not None else None)


def _of_system(error: OSError, path: Path) -> QntxError:
    if error.errno in _FULL_ERRNOS:
        return ErrDiskFull(str(path))
    if error.errno in _DENIED_ERRNOS:
        return ErrStoreReadOnly(str(path))
    return ErrHomeUnusable(str(path.parent), error.strerror or str(error))


def _of_disk(error: sqlite3.Error, path: Path) -> QntxError:
    """SQLite hides the system's reason behind "disk I/O error", so the disk itself is asked."""
    trouble = _trouble_of_disk(path.parent)
    if trouble is not None:
        return _of_system(trouble, path)
    return ErrStoreFault(str(error), str(path))


def _trouble_of_disk(folder: Path) -> OSError | None:
    probe = folder / f".qntx-room-{id(folder):x}"
    try:
        with probe.open("xb") as file:
            file.write(b"\0" * _ROOM_PROBE_BYTES)
    except FileExistsError:
        return None
    except OSError as error:
        return error
    finally:
        with contextlib.suppress(OSError):  # a read-only disk refuses even to remove what is not there
            probe.unlink(missing_ok=True)
    return None
