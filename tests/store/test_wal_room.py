"""Room kept in the log: what is committed is in it, whoever else writes, and whatever goes wrong with the room."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from qntx_desktop.store import wal_room
from qntx_desktop.store.database import Database, Tx
from qntx_desktop.store.inspection import wal_of
from qntx_desktop.store.wal_room import ROOM_BYTES
from tests.store.conftest import Store

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no room is kept there")
MANY = 120


@pytest.fixture(autouse=True)
def roomy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever disk the tests run on."""
    monkeypatch.setattr(wal_room, "_LEAST_FREE_BYTES", 0)


def put(number: int) -> Callable[[Tx], None]:
    def work(tx: Tx) -> None:
        tx.connection.execute(
            'INSERT INTO setting ("key", value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
            (f"n{number}", "x" * number),
        )

    return work


def numbers(path: Path) -> set[int]:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        rows = connection.execute("SELECT \"key\" FROM setting WHERE \"key\" LIKE 'n%'").fetchall()
    return {int(row[0][1:]) for row in rows}


def length(path: Path) -> int:
    return wal_of(path).stat().st_size


def test_many_writes_find_room_and_few_make_none(store: Store) -> None:
    store.db.write(put(0))
    assert length(store.path) < ROOM_BYTES
    for number in range(1, MANY):
        store.db.write(put(number))
    long = length(store.path)
    assert long > ROOM_BYTES
    for number in range(MANY):
        store.db.write(put(number))
    assert length(store.path) == long


def test_what_is_committed_survives_a_kill_with_room_behind_it(store: Store, tmp_path: Path) -> None:
    """The files as they stand in the middle are what a kill or a power cut leaves."""
    for number in range(MANY):
        store.db.write(put(number))
    assert length(store.path) > ROOM_BYTES
    copy = tmp_path / "copy" / store.path.name
    copy.parent.mkdir()
    for each in (store.path, wal_of(store.path)):
        shutil.copy(each, copy.parent)
    Database.open(copy, publish=lambda _event: None, app_version="1").close()
    assert numbers(copy) == set(range(MANY))
    assert not wal_of(copy).exists()


def test_two_who_write_in_turn_overwrite_nothing_of_each_other(opened: Callable[..., Store], path: Path) -> None:
    one, other = opened(), opened()
    for number in range(200):
        (one if number % 3 else other).db.write(put(number))
    assert ROOM_BYTES < length(path) < 2 * ROOM_BYTES  # one finds the room of the other
    assert numbers(path) == set(range(200))


def test_a_log_that_was_written_back_and_cut_gets_room_again(store: Store) -> None:
    for number in range(MANY):
        store.db.write(put(number))
    with closing(sqlite3.connect(store.path)) as connection:
        assert connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
    assert length(store.path) == 0
    for number in range(MANY, 2 * MANY):
        store.db.write(put(number))
    assert length(store.path) > ROOM_BYTES
    assert numbers(store.path) == set(range(2 * MANY))


@pytest.mark.parametrize("trouble", [errno.ENOSPC, errno.EFBIG, errno.EIO])
def test_trouble_with_the_room_is_no_trouble_with_the_store(
    store: Store, monkeypatch: pytest.MonkeyPatch, trouble: int
) -> None:
    asked = []

    def refuse(_fd: int, data: bytes, at: int) -> int:
        asked.append((at, len(data)))
        raise OSError(trouble, os.strerror(trouble))

    monkeypatch.setattr(os, "pwrite", refuse)
    for number in range(MANY):
        store.db.write(put(number))
    assert len(asked) == 1
    assert numbers(store.path) == set(range(MANY))


def test_a_nearly_full_disk_is_left_to_others(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wal_room, "_LEAST_FREE_BYTES", 1 << 62)
    for number in range(MANY):
        store.db.write(put(number))
    assert length(store.path) < ROOM_BYTES
