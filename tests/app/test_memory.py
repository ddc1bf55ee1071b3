from __future__ import annotations

import gc
import subprocess
import sys
import weakref
from pathlib import Path

import pytest

from qntx_desktop.app import memory

ROOT = Path(__file__).parents[2]
#: Frees many small pieces below one that stays: glibc keeps all of it until it is asked.
SCRIPT = """
import ctypes
import mmap
from qntx_desktop.app.memory import Tidying, use_few_arenas

use_few_arenas()
library = ctypes.CDLL(None)
library.malloc.restype = ctypes.c_void_p
library.free.argtypes = [ctypes.c_void_p]
pieces = [library.malloc(60_000) for _ in range(2_000)]
for piece in pieces:
    ctypes.memset(piece, 1, 60_000)
for piece in pieces[:-1]:
    library.free(piece)


def resident() -> int:
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * mmap.PAGESIZE >> 20


before = resident()
Tidying().turn()
print(before - resident())
"""


@pytest.mark.skipif(memory._glibc() is None, reason="this C library gives memory back by itself")
def test_what_is_free_is_given_back() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, env={"PYTHONPATH": str(ROOT)}
    )
    assert int(ran.stdout) > 50, ran


def test_without_glibc_nothing_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory.sys, "platform", "darwin")
    memory.use_few_arenas()
    tidying = memory.Tidying()
    try:
        tidying.turn()
    finally:
        gc.unfreeze()
    assert memory._glibc() is None


def test_circles_of_old_objects_are_collected_at_each_turn() -> None:
    class Old:
        def __init__(self) -> None:
            self.itself = self

    tidying = memory.Tidying()
    try:
        for _ in range(max(memory.Tidying.FROZEN_AT) + 1):
            old = Old()
            seen = weakref.ref(old)
            gc.collect()  # it is of the oldest from now on
            del old
            tidying.turn()
            assert seen() is None
        assert gc.get_freeze_count() > 1_000
    finally:
        gc.unfreeze()
