"""Keeping Python's cycle collector out of work that makes thousands of objects at once. Qt main thread."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Let nothing be collected inside: all that is made stays, and looking through it doubled the time it took."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def set_aside() -> None:
    """Have the collector look only at what is made from here on.

    Going through all that a window and a canvas of thousands are made of held frames up for eighty milliseconds,
    every few hundred jobs.
    """
    gc.freeze()
