"""The lock that makes one process the runner of its home; it ends with its process, however that ends.

Any thread. Hides fcntl and msvcrt. The file is not inherited by child processes, so that a handler that
survives a kill does not keep the home locked.
"""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

from qntx_desktop.model.errors_home import ErrHomeUnusable

_GUARDED_BYTE = 1 << 30
"""Windows locks byte ranges, and others may not read a locked one: a byte far behind the text."""


class FileLock:
    """Fills `HomeLock` with a lock on a file; two objects exclude each other, also in one process."""

    def __init__(self, path: Path, instance_id: str) -> None:
        self._path = path
        self._instance_id = instance_id
        self._guard = threading.Lock()
        self._descriptor: int | None = None

    @property
    def held(self) -> bool:
        """Whether this object holds the lock."""
        return self._descriptor is not None

    def acquire(self) -> bool:
        """Take the lock if it is free; never waits.

        Raises:
            ErrHomeUnusable: The file cannot be made or locked.
        """
        with self._guard:
            if self._descriptor is not None:
                return True
            try:
                descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
            except OSError as error:
                raise ErrHomeUnusable(str(self._path.parent), error.strerror or str(error)) from None
            try:
                taken = _lock(descriptor)
            except OSError as error:
                os.close(descriptor)
                raise ErrHomeUnusable(str(self._path.parent), error.strerror or str(error)) from None
            if not taken:
                os.close(descriptor)
                return False
            self._descriptor = descriptor
            self._sign(descriptor)
            return True

    def release(self) -> None:
        """Let it go; the file stays, so that nobody can lock a file that was just removed."""
        with self._guard:
            if self._descriptor is not None:
                descriptor, self._descriptor = self._descriptor, None
                _unlock(descriptor)
                os.close(descriptor)

    def _sign(self, descriptor: int) -> None:
        """Write who holds it; only for people to read, so a full disk does not matter."""
        try:
            os.ftruncate(descriptor, 0)
            os.write(descriptor, f"{os.getpid()} {self._instance_id}\n".encode())
        except OSError:
            return


def holder(path: Path) -> tuple[int, str] | None:
    """Who took the lock last: process id and instance id. They may be long gone."""
    try:
        process, instance = path.read_text("ascii").split()
        return int(process), instance
    except (OSError, ValueError):
        return None


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> bool:
        os.lseek(descriptor, _GUARDED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
        return True

    def _unlock(descriptor: int) -> None:
        os.lseek(descriptor, _GUARDED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
