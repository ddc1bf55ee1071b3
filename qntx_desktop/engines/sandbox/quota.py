"""How much a run has put into its work folder: at most 100,000 files and folders, and 4 GB. The watchdog's thread.

No system limit counts files, or the bytes of several. So the file system is asked how much it holds, which costs
nothing; only when that has grown, or from time to time, the folder itself is counted.
"""

from __future__ import annotations

import os
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal

MAX_FILES = 100_000
MAX_BYTES = 4 << 30
_BLOCK_BYTES = 512
_RECOUNT_S = 5.0
_SHARE = 20

Excess = Literal["files", "disk"]


class Quota:
    """Watches one folder.

    Args:
        folder: Where the run may write.
        pid: Tells the run's process, whose open files count even when they were deleted.
        writes_elsewhere: It may write to other folders, too, which have no limit.
    """

    def __init__(self, folder: Path, pid: Callable[[], int], *, writes_elsewhere: bool = False) -> None:
        self._writes_elsewhere = writes_elsewhere
        self._folder = folder
        self._pid = pid
        self._files = self._bytes = 0
        self._uncounted = False
        self._at_start = self._held = self._holds()
        self._recount_at = time.monotonic() + _RECOUNT_S

    def excess(self) -> Excess | None:
        """What there is too much of; counts only if there may be."""
        files, size = self._holds()
        grown_files, grown_bytes = files - self._held[0], size - self._held[1]
        suspicious = self._files + 2 * grown_files > MAX_FILES or self._bytes + 2 * grown_bytes > MAX_BYTES
        now = time.monotonic()
        if not suspicious and now < self._recount_at:
            return None
        self._held = (files, size)
        self._count()
        took_s = time.monotonic() - now
        self._recount_at = now + max(_RECOUNT_S, took_s * _SHARE)
        if not self._writes_elsewhere:
            # What has no name and no descriptor any more, such as a file that is mapped, is found by this only.
            self._bytes = max(self._bytes, min(size - self._at_start[1], _written_bytes(self._pid())))
        if self._uncounted:  # a path that is too long to be looked into: all that has grown counts as the run's
            self._files = max(self._files, files - self._at_start[0])
            self._bytes = max(self._bytes, size - self._at_start[1])
        if self._files > MAX_FILES:
            return "files"
        return "disk" if self._bytes > MAX_BYTES else None

    def _holds(self) -> tuple[int, int]:
        """Files and bytes in the whole file system; some systems do not count files."""
        if sys.platform == "win32":
            return 0, 0
        try:
            found = os.statvfs(self._folder)
        except OSError:
            return 0, 0
        return found.f_files - found.f_ffree, (found.f_blocks - found.f_bfree) * found.f_frsize

    def _count(self) -> None:
        self._files = self._bytes = 0
        self._uncounted = False
        waiting = [str(self._folder)]
        while waiting and self._files <= MAX_FILES and self._bytes <= MAX_BYTES:
            try:
                with os.scandir(waiting.pop()) as entries:
                    for entry in entries:
                        self._add(entry, waiting)
            except FileNotFoundError:  # gone meanwhile
                continue
            except OSError:
                self._uncounted = True
        self._bytes += _deleted_bytes(self._pid())

    def _add(self, entry: os.DirEntry[str], waiting: list[str]) -> None:
        self._files += 1
        if entry.is_dir(follow_symlinks=False):
            waiting.append(entry.path)
            return
        found = entry.stat(follow_symlinks=False)
        self._bytes += getattr(found, "st_blocks", found.st_size // _BLOCK_BYTES) * _BLOCK_BYTES


def _written_bytes(pid: int) -> int:
    """What a process has had written to disks since it began, less what was thrown away before; Linux."""
    try:
        with open(f"/proc/{pid}/io", encoding="ascii") as file:  # noqa: PTH123 - asked for with each count
            said = dict(line.split(": ") for line in file)
        return int(said["write_bytes"]) - int(said["cancelled_write_bytes"])
    except (OSError, ValueError, KeyError):  # it has ended, or the kernel does not count
        return 0


def _deleted_bytes(pid: int) -> int:
    """What a process holds in files that have no name any more; Linux."""
    total = 0
    try:
        names = os.listdir(f"/proc/{pid}/fd")  # noqa: PTH208 - names are enough
    except OSError:
        return 0
    for name in names:
        try:
            found = os.stat(f"/proc/{pid}/fd/{name}")  # noqa: PTH116 - called for each descriptor
        except OSError:
            continue
        if stat.S_ISREG(found.st_mode) and found.st_nlink == 0:
            total += found.st_blocks * _BLOCK_BYTES
    return total
