"""Ends connections that another process holds: when the app goes offline, what was handed over is shut down. Linux.

Broker's thread. The app keeps no copy of a socket that it hands over, for that would keep the connection open when
the handler closes it. So it fetches one from the process in the moment it is needed (`pidfd_getfd`, Linux 5.6),
which the kernel allows for processes of the same person that the app has started.
"""

from __future__ import annotations

import contextlib
import ctypes
import logging
import os
import socket
from collections.abc import Collection

_PIDFD_GETFD = 438
_log = logging.getLogger(__name__)


def shut_down(pid: int, pidfd: int, inodes: Collection[int]) -> set[int]:
    """Shut sockets of a process down, for all who have them.

    Args:
        pidfd: Of the same process; nothing happens to another that has got its number.
        inodes: Of the sockets, as `fstat` tells them.

    Returns:
        The inodes of those that were shut down; the others are closed, or on their way to the process.
    """
    done: set[int] = set()
    for number in _numbers(pid, inodes):
        fd = _fetched(pidfd, number)
        if fd < 0:
            continue
        with socket.socket(fileno=fd) as sock:
            inode = os.fstat(sock.fileno()).st_ino
            if inode in inodes:  # it may have put something else there meanwhile
                with contextlib.suppress(OSError):  # the other side was faster
                    sock.shutdown(socket.SHUT_RDWR)
                done.add(inode)
    return done


def _numbers(pid: int, inodes: Collection[int]) -> list[int]:
    """The descriptors of a process that are one of these sockets."""
    folder = f"/proc/{pid}/fd"
    wanted = {f"socket:[{inode}]" for inode in inodes}
    found = []
    with contextlib.suppress(OSError):  # the process has ended
        for name in os.listdir(folder):  # noqa: PTH208 - names are enough
            with contextlib.suppress(OSError):
                if os.readlink(f"{folder}/{name}") in wanted:  # noqa: PTH115 - no path, but a name of the kernel's
                    found.append(int(name))
    return found


def _fetched(pidfd: int, number: int) -> int:
    library = ctypes.CDLL(None, use_errno=True)
    fd = int(library.syscall(_PIDFD_GETFD, pidfd, number, 0))
    if fd < 0:
        _log.warning("a connection of a run cannot be ended: %s", os.strerror(ctypes.get_errno()))
    return fd
