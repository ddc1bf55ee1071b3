"""What the command line says of a store or a disk that is broken, and that it leaves what it finds as it was."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.crash_small_disk import call

DRIVER = Path(__file__).with_name("crash_small_disk.py")
pytestmark = pytest.mark.timeout(300)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a few hundred kilobytes in it, closed in good order."""
    home = tmp_path / "home"
    for number in range(3):
        said = call(home, "as", f"row{number} is kept of disk", "--attributes", json.dumps({"text": "x" * 90_000}))
        assert said["exit"] == 0, said
    with closing(sqlite3.connect(home / "qntx.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return home


def empty(path: Path) -> None:
    path.write_bytes(b"")


def garbage(path: Path) -> None:
    path.write_bytes(b"This is a shopping list, not a database.\n" * 1000)


def half(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2 // 4096 * 4096])


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def overwritten(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096 : 4096 * 3] = b"\xa5" * 8192
    path.write_bytes(content)


@pytest.mark.parametrize("harm", [empty, garbage, half, cut, overwritten])
@pytest.mark.parametrize("words", [("ax", "of disk"), ("as", "one more of disk")])
def test_a_damaged_store_is_named_and_left_alone(
    home: Path, harm: Callable[[Path], None], words: tuple[str, ...]
) -> None:
    path = home / "qntx.db"
    harm(path)
    before = path.read_bytes()
    said = call(home, *words)
    assert said["exit"] == 5, said
    error = said["answer"]["error"]
    assert error["code"] == "store_corrupt"
    assert error["hint"]
    assert error["details"]["path"] == str(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("words", [("ax", "of disk"), ("as", "one more of disk")])
def test_a_store_of_a_later_version_is_named_and_left_alone(home: Path, words: tuple[str, ...]) -> None:
    path = home / "qntx.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 9000")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = path.read_bytes()
    said = call(home, *words)
    assert said["exit"] == 5, said
    error = said["answer"]["error"]
    assert error["code"] == "store_newer"
    assert error["details"]["schema"] == 9000
    assert error["details"]["known_schema"] < 9000
    assert path.read_bytes() == before


def test_a_full_disk_refuses_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    found = _on_a_disk("full", tmp_path)
    assert found["before"]["exit"] == 0, found
    assert found["as"]["exit"] == 5, found["as"]
    assert found["as"]["answer"]["error"]["code"] == "disk_full"
    assert found["ax"]["exit"] == 0, found["ax"]
    assert [each["subjects"] for each in found["ax"]["answer"]] == [["before"]]
    assert found["after"]["exit"] == 0, found["after"]
    assert found["run"]["exit"] == 0, found["run"]
    said = found["run"]["answer"]["execution"]["stdout"].splitlines()
    assert said[0] == "full 28"
    assert said[1].startswith("refused The disk is full"), said
    kept = [each["subjects"][0] for each in found["kept"]["answer"]]
    assert kept == ["third", "first", "after", "before"]


def test_a_home_that_cannot_be_written_is_read_but_not_called_damaged(tmp_path: Path) -> None:
    found = _on_a_disk("read_only", tmp_path)
    assert found["before"]["exit"] == 0, found
    assert found["as"]["exit"] == 5, found["as"]
    assert found["as"]["answer"]["error"]["code"] == "store_read_only"
    assert found["ax"]["exit"] == 0, found["ax"]
    assert [each["subjects"] for each in found["ax"]["answer"]] == [["before"]]
    assert found["bare"]["exit"] == 5, found["bare"]
    assert found["bare"]["answer"]["error"]["code"] in ("home_unusable", "store_read_only")


def _on_a_disk(kind: str, folder: Path) -> dict[str, Any]:
    """Run the driver where mounts are its own; a system that allows nobody such mounts cannot run these tests."""
    unshare = shutil.which("unshare")
    flags = ["--mount"] if sys.platform == "linux" and os.geteuid() == 0 else ["--mount", "--map-root-user"]
    if unshare is None or subprocess.run([unshare, *flags, "true"], check=False, timeout=30).returncode:
        pytest.skip("this system allows no mounts of one's own")
    ended = subprocess.run(
        [unshare, *flags, sys.executable, str(DRIVER), kind, str(folder)],
        env={**os.environ, "PYTHONPATH": str(DRIVER.parents[2])},
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    found: dict[str, Any] = json.loads(ended.stdout)
    return found
