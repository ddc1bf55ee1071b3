"""The home's lock: one holder, gone with its process, not kept by its children."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from qntx_desktop.app.home_lock import FileLock, holder
from qntx_desktop.model.errors import ErrHomeUnusable

HOLD = """
import subprocess, sys
from pathlib import Path
from qntx_desktop.app.home_lock import FileLock
lock = FileLock(Path(sys.argv[1]), "theirs")
assert lock.acquire()
child = subprocess.Popen([sys.executable, "-c", "import time; print('child', flush=True); time.sleep(60)"],
                         stdout=subprocess.PIPE, close_fds=sys.argv[2] == "close")
child.stdout.readline()
print(child.pid, flush=True)
sys.stdin.read()
"""


def test_two_locks_exclude_each_other_in_one_process(tmp_path: Path) -> None:
    first, second = FileLock(tmp_path / "lock", "one"), FileLock(tmp_path / "lock", "two")
    assert first.acquire()
    assert first.acquire()
    assert first.held
    assert not second.acquire()
    assert not second.held
    assert holder(tmp_path / "lock") == (os.getpid(), "one")
    second.release()
    assert not second.acquire()
    first.release()
    first.release()
    assert second.acquire()
    assert holder(tmp_path / "lock") == (os.getpid(), "two")
    second.release()


@pytest.mark.parametrize("inheritance", ["close", "keep"])
def test_the_lock_dies_with_its_process_while_a_child_lives(tmp_path: Path, inheritance: str) -> None:
    path = tmp_path / "lock"
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path), inheritance],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        child = int(process.stdout.readline())
        try:
            mine = FileLock(path, "mine")
            assert not mine.acquire()
            assert holder(path) == (process.pid, "theirs")
            process.kill()
            process.wait(10)
            assert mine.acquire()
            mine.release()
            os.kill(child, 0)
        finally:
            os.kill(child, signal.SIGKILL)


def test_a_folder_that_does_not_allow_it_is_named(tmp_path: Path) -> None:
    with pytest.raises(ErrHomeUnusable) as caught:
        FileLock(tmp_path / "missing" / "lock", "x").acquire()
    assert str(tmp_path / "missing") in caught.value.message


def test_nobody_has_signed_a_lock_that_does_not_exist(tmp_path: Path) -> None:
    assert holder(tmp_path / "lock") is None
    (tmp_path / "lock").write_text("nonsense here now")
    assert holder(tmp_path / "lock") is None
