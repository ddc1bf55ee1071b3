"""The folder a run works in: made empty, removed with all that was put there. Any thread.

A handler can leave anything: folders without permissions, paths of any depth, links. Links are never followed.
"""

from __future__ import annotations

import contextlib
import errno
import itertools
import logging
import os
import shutil
from collections import deque
from collections.abc import Iterator
from pathlib import Path

from qntx_desktop.model.errors import ErrDiskFull, ErrHomeUnusable

TEMPORARY = "tmp"
_TRIES = 3
_log = logging.getLogger(__name__)


def make(folder: Path) -> None:
    """Make an empty work folder with a `tmp` inside, readable by its owner only.

    Raises:
        ErrDiskFull: No room.
        ErrHomeUnusable: It cannot be made.
    """
    if os.path.lexists(folder):
        remove(folder)
    try:
        folder.mkdir(mode=0o700, parents=True)
        (folder / TEMPORARY).mkdir(mode=0o700)
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
