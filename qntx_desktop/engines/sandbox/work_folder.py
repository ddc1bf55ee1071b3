"""The folder a run works in: made empty, removed with all that was put there. Any thread.

A handler can leave anything: folders without permissions, paths of any depth, links. Links are never followed.

A folder in which a run left nothing is as good as new: its name is changed for the next run. Making and removing
two folders takes a quarter of a millisecond of the processor, and on a busy disk removing waits for the log of the
file system.
"""

from __future__ import annotations

import contextlib
import errno
import itertools
import logging
import os
import shutil
import stat
import threading
from collections import deque
from collections.abc import Iterator
from pathlib import Path

from qntx_desktop.model.errors import ErrDiskFull, ErrHomeUnusable

TEMPORARY = "tmp"
SPARE = ".spare-"
"""How the name of a folder begins that waits for its next run; it is empty, and whoever finds it may remove it."""
_TRIES = 3
_MOST_SPARE = 4
_MODE = 0o700
_SMALL_BYTES = 4096
_log = logging.getLogger(__name__)


def make(folder: Path) -> None:
    """Make an empty work folder with a `tmp` inside, readable by its owner only.

    Raises:
        ErrDiskFull: No room.
        ErrHomeUnusable: It cannot be made.
    """
    try:
        try:
            folder.mkdir(mode=_MODE, parents=True)
        except FileExistsError:
            remove(folder)
            folder.mkdir(mode=_MODE)
        (folder / TEMPORARY).mkdir(mode=_MODE)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise ErrDiskFull(str(folder)) from error
        raise ErrHomeUnusable(str(folder), error.strerror or type(error).__name__) from error


def remove(folder: Path) -> bool:
    """Remove a work folder whatever is in it; False, and a line in the log, if something stays."""
    with contextlib.suppress(OSError):  # most runs leave nothing, and then two calls are enough
        (folder / TEMPORARY).rmdir()
        folder.rmdir()
        return True
    for _ in range(_TRIES):
        with contextlib.suppress(OSError, RecursionError):
            shutil.rmtree(folder)
        if not os.path.lexists(folder):
            return True
        _flatten(folder)
    _log.warning("the work folder %s could not be removed", folder)
    return False


class SpareFolders:
    """Work folders that runs have left as they found them, for runs to come.

    Args:
        place: Where they wait, on the same file system as the work folders.
    """

    def __init__(self, place: Path) -> None:
        self._place = str(place)
        self._lock = threading.Lock()
        self._names = (f"{SPARE}{os.getpid()}-{number}" for number in itertools.count())
        self._spare: list[str] = []
        self._closed = False

    def take(self, folder: Path) -> bool:
        """Make one of them the work folder of a run; False: there is none, `make` one."""
        with self._lock:
            if not self._spare:
                return False
            spare = self._spare.pop()
        try:
            os.rename(spare, folder)  # noqa: PTH104 - for each run
        except OSError:  # somebody has removed it, or something is in its place already
            remove(Path(spare))
            return False
        return True

    def keep(self, folder: Path) -> bool:
        """Keep the folder of a run whose process has ended; False if it must be removed."""
        try:
            if not _as_new(str(folder)):
                return False
            with self._lock:
                if self._closed or len(self._spare) >= _MOST_SPARE:
                    return False
                spare = os.path.join(self._place, next(self._names))  # noqa: PTH118 - for each run
                os.rename(folder, spare)  # noqa: PTH104
                self._spare.append(spare)
        except OSError:
            return False
        return True

    def close(self) -> None:
        """Remove them; none is kept any more."""
        with self._lock:
            self._closed = True
            spare, self._spare = self._spare, []
        for folder in spare:
            remove(Path(folder))


def _as_new(folder: str) -> bool:
    """Whether nothing shows that it was used: no file, and neither folder replaced or ever large."""
    inner = f"{folder}{os.sep}{TEMPORARY}"
    return os.listdir(folder) == [TEMPORARY] and all(map(_is_plain, (folder, inner))) and not os.listdir(inner)  # noqa: PTH208


def _is_plain(folder: str) -> bool:
    found = os.lstat(folder)
    return found.st_mode == stat.S_IFDIR | _MODE and found.st_size <= _SMALL_BYTES


def _flatten(folder: Path) -> None:
    """Bring every nested folder up to the top and allow its removal, so that no path is too long for the system."""
    numbered = (folder / f".up{number}" for number in itertools.count())
    names = (path for path in numbered if not os.path.lexists(path))
    _allow(folder)
    waiting = deque(_folders(folder))
    while waiting:
        path = waiting.popleft()
        _allow(path)
        for inner in list(_folders(path)):
            _allow(inner)
            target = next(names)
            with contextlib.suppress(OSError):
                inner.rename(target)
                waiting.append(target)


def _folders(folder: Path) -> Iterator[Path]:
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield Path(entry.path)


def _allow(folder: Path) -> None:
    with contextlib.suppress(OSError):
        folder.chmod(0o700)
