"""Whether a process lives. Any thread; hides signal 0, which asks on POSIX and would end the process on Windows."""

from __future__ import annotations

import os


def lives(pid: int, *, untold: bool) -> bool:
    """Whether there is a process of this number.

    Args:
        untold: The answer on systems where asking would end it.
    """
    if os.name == "nt":
        return untold
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):  # no process has such a number
        return False
    except OSError:  # somebody else's, which may not be asked
        return True
    return True
