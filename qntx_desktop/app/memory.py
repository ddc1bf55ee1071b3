"""How a process that runs for weeks keeps its memory small, where the C library leaves that to it. Any thread.

glibc gives each thread an arena of its own and hands freed memory back late: after hours of small and large answers
most of what a server holds is free memory. Other C libraries have no such calls; only garbage is collected there.
"""

from __future__ import annotations

import ctypes
import gc
import sys
from typing import Any

ARENAS = 2
_M_ARENA_MAX = -8


def use_few_arenas() -> None:
    """Let all threads share a few arenas; holds for threads that have not begun."""
    library = _glibc()
    if library is not None:
        library.mallopt(_M_ARENA_MAX, ARENAS)


class Tidying:
    """Keeps the garbage and the free memory of this process few: call `turn` every few seconds."""

    FROZEN_AT = (1, 6)
    """The turns after which what is there is set aside, as it is at the start: by then all modules are loaded.

    The interpreter collects circles of old objects only when a quarter as many new ones have come, and a process
    that has just started holds hundreds of thousands: errors with their frames waited for many minutes. With
    modules set aside that comes soon, and a whole collection takes a millisecond instead of forty.
    """

    def __init__(self) -> None:
        self._turns = 0
        self._library = _glibc()
        gc.freeze()

    def turn(self) -> None:
        """Collect, and hand what is free back to the system; other threads wait for some milliseconds at most."""
        self._turns += 1
        gc.collect()
        if self._turns in self.FROZEN_AT:
            gc.freeze()
        if self._library is not None:
            self._library.malloc_trim(0)


def _glibc() -> Any:
    """The C library of this process, when it has both calls; None otherwise."""
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)
    return library if hasattr(library, "malloc_trim") and hasattr(library, "mallopt") else None
