"""How a process that runs for weeks keeps its memory small, where the C library leaves that to it. Any thread.

glibc gives each thread an arena of its own and hands freed memory back late: after hours of small and large answers
most of what a server holds is free memory. Other C libraries have no such calls, and nothing is done there.
"""

from __future__ import annotations

import ctypes
import sys
from typing import Any

ARENAS = 2
_M_ARENA_MAX = -8


def use_few_arenas() -> None:
    """Let all threads share a few arenas; holds for threads that have not begun."""
    library = _glibc()
    if library is not None:
        library.mallopt(_M_ARENA_MAX, ARENAS)


def give_back() -> None:
    """Hand what is free back to the system; takes some milliseconds, during which other threads go on."""
    library = _glibc()
    if library is not None:
        library.malloc_trim(0)


def _glibc() -> Any:
    """The C library of this process, when it has both calls; None otherwise."""
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)
    return library if hasattr(library, "malloc_trim") and hasattr(library, "mallopt") else None
