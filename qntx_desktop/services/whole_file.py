"""Writes a file that is too long for memory whole or not at all. Any thread but the GUI's; blocks."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from qntx_desktop.model.errors import ErrDiskFull, ErrFileNotFound

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextmanager
def written_whole(path: Path, mode: int = 0o644) -> Iterator[BinaryIO]:
    """A file to write to, which takes the place of `path` at the end of the block, and only if that ends well.

    Args:
        mode: Who may read it.

    Raises:
        ErrDiskFull: There is no room for it.
        ErrFileNotFound: It cannot be written there.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=".qntx-", dir=path.absolute().parent)
        unfinished = Path(name)
        try:
            with os.fdopen(handle, "w+b") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            unfinished.chmod(mode)
            unfinished.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                unfinished.unlink()
            raise
    except OSError as error:
        raise write_error(path, error) from error


def write_error(path: Path, error: OSError) -> ErrDiskFull | ErrFileNotFound:
    """Why a file could not be written."""
    if error.errno in _FULL:
        told = ErrDiskFull(str(path))
        told.hint = f"Make room on the disk that holds {path}, and try again. Nothing was left there."
        return told
    return ErrFileNotFound(str(path), (error.strerror or str(error)).lower())
