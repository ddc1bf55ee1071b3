"""What Landlock is told: which rights it handles, and which of them hold below which path. Pure, but for `abi()`.

Every right of the kernel's version is handled, so what is not granted is refused. Nothing grants EXECUTE, devices,
sockets or pipes with a name. From version 4 TCP is refused, from 6 abstract sockets and signals to others; the
system-call filter refuses these too, so older versions lose nothing.
"""

from __future__ import annotations

import ctypes
import functools
import struct
import sys
from collections.abc import Iterable

_CREATE_RULESET = 444
_VERSION_FLAG = 1
_NEWEST = 6

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_FOLDER = 1, 1 << 1, 1 << 2, 1 << 3
_MAKE_CHAR, _MAKE_SOCKET, _MAKE_PIPE, _MAKE_BLOCK = 1 << 6, 1 << 9, 1 << 10, 1 << 11
_FIRST_RIGHTS = (1 << 13) - 1
_REFER, _TRUNCATE, _IOCTL_DEVICE = 1 << 13, 1 << 14, 1 << 15
_NEVER = _EXECUTE | _MAKE_CHAR | _MAKE_SOCKET | _MAKE_PIPE | _MAKE_BLOCK | _IOCTL_DEVICE
_ALL_TCP, _ALL_SCOPES = 3, 3

READ = _READ_FILE | _READ_FOLDER
FILE_RIGHTS = _WRITE_FILE | _READ_FILE | _TRUNCATE
"""The rights that a rule about a file, not a folder, may name."""


@functools.cache
def abi() -> int:
    """Version of Landlock in this kernel, 0 if there is none or it is switched off."""
    if sys.platform != "linux":
        return 0
    library = ctypes.CDLL(None, use_errno=True)
    found = library.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(_VERSION_FLAG))
    return max(0, int(found))


def ruleset(version: int) -> bytes:
    """The `landlock_ruleset_attr` for a version; as long as that version knows it."""
    if version < 4:
        return struct.pack("=Q", _handled(version))
    if version < _NEWEST:
        return struct.pack("=QQ", _handled(version), _ALL_TCP)
    return struct.pack("=QQQ", _handled(version), _ALL_TCP, _ALL_SCOPES)


def rules(
    version: int, read: Iterable[str], write: Iterable[str], listed: Iterable[str] = ()
) -> list[tuple[str, int]]:
    """Paths and the rights below them; what may be written may be read, of what is listed the names are told."""
    granted = dict.fromkeys(listed, _READ_FOLDER) | dict.fromkeys(read, READ)
    granted |= dict.fromkeys(write, _handled(version) & ~_NEVER)
    return list(granted.items())


def _handled(version: int) -> int:
    added = (_REFER if version >= 2 else 0) | (_TRUNCATE if version >= 3 else 0)
    return _FIRST_RIGHTS | added | (_IOCTL_DEVICE if version >= 5 else 0)
