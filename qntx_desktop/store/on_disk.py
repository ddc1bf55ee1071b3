"""How files of the store are made and kept: read by their owner only, and on the disk before they are relied on.

Any thread; blocks. Hides fsync of files and folders.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path

_log = logging.getLogger(__name__)

OWNER_ONLY = 0o600


def private(path: Path) -> None:
    """Make an empty file that only its owner reads; SQLite gives its log the same mode, and copies keep it.

    Raises:
        OSError: It is there already, or cannot be made.
    """
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, OWNER_ONLY))


def logs_of(path: Path) -> tuple[Path, ...]:
    """The files that SQLite keeps beside a database while it is open, and after a kill."""
    return tuple(path.with_name(path.name + end) for end in ("-wal", "-shm"))


def keep_private(path: Path) -> None:
    """Take a file away from everybody but its owner; one that is not there, or of somebody else, stays as it is."""
    if os.name == "nt":
        return  # there rights come from the folder
    try:
        mode = path.stat().st_mode & 0o777
        if mode & 0o077:
            path.chmod(mode & OWNER_ONLY)
    except FileNotFoundError:
        return
    except OSError as error:
        _log.warning("%s stays readable by others: %s", path, error.strerror)


def to_disk(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk when this returns."""
    if os.name == "nt" and path.is_dir():
        return  # Windows cannot open folders; NTFS keeps its own journal of them
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
