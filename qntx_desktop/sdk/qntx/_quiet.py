"""Make changes of modes, owners and times do nothing where the script may write, so that shutil and tarfile work.

The kernel refuses them to a confined process everywhere, because Landlock does not cover them. Main thread, before
the script starts. Convenience only: elsewhere the kernel's refusal is raised, a PermissionError.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

_NAMES = ("chmod", "fchmod", "lchmod", "chown", "lchown", "fchown", "utime")
_SETS = ("supports_dir_fd", "supports_effective_ids", "supports_fd", "supports_follow_symlinks")


def quieten(places: Sequence[str]) -> None:
    """Replace the functions of `os`.

    Args:
        places: Where the script may write, as real paths; looked at with each call.
    """
    for name in _NAMES:
        original = getattr(os, name, None)
        if original is not None:
            _replace(name, original, places)


def _replace(name: str, original: Any, places: Sequence[str]) -> None:
    def quiet(path: Any, *args: Any, **options: Any) -> None:
        if not _ours(path, places, follows=options.get("follow_symlinks", name != "lchown"), **options):
            original(path, *args, **options)

    quiet.__name__ = quiet.__qualname__ = name
    quiet.__doc__ = original.__doc__
    setattr(os, name, quiet)
    for names in _SETS:
        known = getattr(os, names, None)
        if known is not None and original in known:
            known.add(quiet)


def _ours(path: Any, places: Sequence[str], *, follows: bool, dir_fd: int | None = None, **_options: Any) -> bool:
    """Whether `path` is there and lies where the script may write."""
    if isinstance(path, int):
        return _open_for_writing(path)
    if dir_fd is not None:
        return False
    name = os.fsdecode(path)
    (os.stat if follows else os.lstat)(name)
    folder, last = os.path.split(os.path.realpath(name) if follows else name)
    real = f"{os.path.realpath(folder or '.')}{os.sep}{last}"
    return any(real == place or real.startswith(place + os.sep) for place in places)


def _open_for_writing(descriptor: int) -> bool:
    import fcntl

    return bool(fcntl.fcntl(descriptor, fcntl.F_GETFL) & (os.O_WRONLY | os.O_RDWR))
