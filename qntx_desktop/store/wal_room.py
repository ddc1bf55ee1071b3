"""Room in the log ahead of what is written: a commit into room that is there syncs its pages only.

A commit that makes the log longer also has the file system store the new length, which doubles what a commit costs
here (docs/benchmarks.md). SQLite knows which frames of the log count by their checksums and salt, never by the
length of the file, and overwrites what else is in it, as it does after each write-back.

Whoever has the writer's turn, within BEGIN IMMEDIATE: nobody else writes to the log then. Nothing depends on it, so
trouble only ends it.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path

from qntx_desktop.store.inspection import wal_of

_log = logging.getLogger(__name__)

ROOM_BYTES = 2 << 20
_LOOK_EVERY = 8
"""Commits from one look to the next: a look costs as much as a statement."""
_AFTER_GROWTHS = 1
"""A process that writes a few rows and ends makes none."""
_MOST_BYTES = 32 << 20
"""Longer than a log is that is written back in time; one that grows on has other trouble."""
_LEAST_FREE_BYTES = 256 << 20
"""On a disk as full as this, what is left is for those who need it."""
_ZEROS = bytes(64 << 10)


class WalRoom:
    """Keeps room at the end of the log of the database at `path`."""

    def __init__(self, path: Path) -> None:
        self._path = wal_of(path)
        self._fd: int | None = None
        self._size = -1
        self._growths = 0
        self._commits = 0
        self._given_up = not hasattr(os, "pwrite")

    def keep(self) -> None:
        """Make room if the log grew since the last look; looks at each eighth commit, the first one included."""
        self._commits += 1
        if self._given_up or self._commits % _LOOK_EVERY != 1:
            return
        try:
            if self._fd is None:
                self._fd = os.open(self._path, os.O_RDWR)
            size = os.fstat(self._fd).st_size
            if size == self._size:
                return
            self._growths += 1
            self._size = self._longer(self._fd, size) if self._growths > _AFTER_GROWTHS else size
        except OSError as error:
            _log.info("no room is kept in the log: %s", error)
            self._given_up = True

    def close(self) -> None:
        """Let go of the file."""
        self._given_up = True
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None

    def _longer(self, fd: int, size: int) -> int:
        facts = os.fstatvfs(fd)
        if size < len(_ZEROS):
            return size  # nothing but zeros would look like a log that lost its head
        if size + ROOM_BYTES > _MOST_BYTES or facts.f_bavail * facts.f_frsize < _LEAST_FREE_BYTES:
            return size
        if os.pread(fd, len(_ZEROS), size - len(_ZEROS)) == _ZEROS:
            return size  # another process has made room
        for at in range(size, size + ROOM_BYTES, len(_ZEROS)):
            os.pwrite(fd, _ZEROS, at)
        return os.fstat(fd).st_size
