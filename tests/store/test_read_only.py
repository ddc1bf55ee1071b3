"""A store that is only read: nothing is made, nothing is written, damage is still told."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from qntx_desktop.model.errors import ErrStoreCorrupt, ErrStoreReadOnly
from qntx_desktop.store.database import Database
from qntx_desktop.store.read_only import ReadOnlyDatabase


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "qntx.db"


def tables(db: Database) -> int:
    with db.read() as connection:
        return int(connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0])


def test_nothing_is_made_where_nothing_is(path: Path) -> None:
    db = ReadOnlyDatabase.open_reading(path, app_version="1")
    assert tables(db) > 5
    assert tables(db) > 5
    db.close()
    db.close()
    assert not path.parent.exists()


def test_what_was_written_is_read_without_a_thread(path: Path) -> None:
    writer = Database.open(path, publish=lambda _: None, app_version="1")
    writer.write(lambda tx: tx.connection.execute("INSERT INTO setting VALUES ('a', 'b')"))
    before = threading.active_count()
    db = ReadOnlyDatabase.open_reading(path, app_version="1")
    with db.read() as connection:
        assert connection.execute("SELECT value FROM setting WHERE \"key\" = 'a'").fetchone() == ("b",)
    assert threading.active_count() == before
    db.close()
    writer.close()


def test_writing_is_refused(path: Path) -> None:
    db = ReadOnlyDatabase.open_reading(path, app_version="1")
    with pytest.raises(ErrStoreReadOnly):
        db.write(lambda tx: None)
    with pytest.raises(ErrStoreReadOnly):
        db.submit(lambda tx: None).result(timeout=1)
    db.close()


def test_damage_is_told(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"")
    with pytest.raises(ErrStoreCorrupt):
        ReadOnlyDatabase.open_reading(path, app_version="1")
    path.unlink()
    path.with_name("qntx.db-wal").write_bytes(b"x" * 99)
    with pytest.raises(ErrStoreCorrupt):
        ReadOnlyDatabase.open_reading(path, app_version="1")
