"""The resource limits that a handler's process sets itself before the script starts. Any thread; POSIX."""

from __future__ import annotations

import functools
import math
import os
import sys
import time
from pathlib import Path

FILE_BYTES = 1 << 30
CORE_BYTES = 1
"""Not 0: unless it is 1, Linux hands the memory of who crashed, secrets and all, to a collector of crashes."""
OPEN_FILES = 512
"""Half of what programs usually have: the kernel counts descriptors that are on their way through sockets for all
programs of a person together, and lets a program send none while there are more than it may have open itself."""
PENDING_SIGNALS = 1024
"""Timers count as such, and they, too, for all programs of a person together."""
SPARE_TASKS = 512
_COUNT_AGE_S = 5.0
_GRACE_S = 5.0
_counted: tuple[float, int] = (-_COUNT_AGE_S, 0)


def limits_for(memory_bytes: int, timeout_s: float) -> dict[str, int]:
    """Limits by the name of their constant.

    Args:
        memory_bytes: Address space.
        timeout_s: Wall-clock limit; no more processor time can be used than all processors have in it.
    """
    limits = {
        "RLIMIT_AS": memory_bytes,
        "RLIMIT_CORE": CORE_BYTES,
        "RLIMIT_CPU": math.ceil(timeout_s + _GRACE_S) * _processors(),
        "RLIMIT_FSIZE": FILE_BYTES,
        "RLIMIT_NOFILE": OPEN_FILES,
        "RLIMIT_SIGPENDING": PENDING_SIGNALS,
    }
    if sys.platform == "linux" and os.getuid() != 0:  # root is exempt from it
        limits["RLIMIT_NPROC"] = _tasks_of_user() + SPARE_TASKS
    return limits


@functools.cache
def _processors() -> int:
    """Asked once, because the system is asked by way of a file."""
    return os.cpu_count() or 1


def _tasks_of_user() -> int:
    """How many threads the user has now, for the limit counts them all, not only the run's."""
    global _counted
    now = time.monotonic()
    if now - _counted[0] >= _COUNT_AGE_S:
        _counted = (now, _count_tasks(os.getuid()))
    return _counted[1]


def _count_tasks(uid: int) -> int:
    count = 0
    for name in os.listdir("/proc"):  # noqa: PTH208 - names are enough
        if name.isdecimal():
            try:
                found = Path(f"/proc/{name}/task").stat()
            except OSError:
                continue
            if found.st_uid == uid:
                count += found.st_nlink - 2
    return count
