"""What stands where a database should be, and that none of it is ever changed."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from qntx_desktop.model.attestation import check_draft
from qntx_desktop.model.errors import ErrHomeUnusable, ErrStoreCorrupt, ErrStoreNewer
from qntx_desktop.store import attestations, backups, inspection, migrate, writer
from qntx_desktop.store.database import Database, open_reader
from qntx_desktop.store.inspection import marker_of, wal_of
from tests.store.conftest import Store


def attempt(path: Path) -> None:
    Database.open(path, publish=lambda event: None, app_version="1").close()


def filled(path: Path, rows: int = 200) -> None:
    db = Database.open(path, publish=lambda event: None, app_version="1")
    draft = check_draft(subjects="a", predicates="b", contexts="c", attributes={"text": "x" * 500})
    db.write(lambda tx: attestations.insert(tx, [draft] * rows))
    db.close()


def refused(path: Path, reason: str) -> ErrStoreCorrupt:
    """Both ways of opening refuse, and leave every byte as it was."""
    before = {each.name: each.read_bytes() for each in path.parent.iterdir() if each.is_file()}
    with pytest.raises(ErrStoreCorrupt) as caught, open_reader(path):
        pytest.fail("a damaged store was read")
    with pytest.raises(ErrStoreCorrupt) as caught:
        attempt(path)
    assert reason in caught.value.details["reason"]
    after = {each.name: each.read_bytes() for each in path.parent.iterdir() if each.is_file()}
    assert {name: after.get(name) for name in before} == before
    return caught.value


@pytest.fixture
def home(path: Path) -> Path:
    path.parent.mkdir()
    return path.parent


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"SQLite format 3\0", "not a database"),
        (b"not a database at all" * 1000, "not a database"),
        (b"SQLite format 3\0" + b"\xff" * 8000, "cut off"),
    ],
)
def test_a_file_that_is_no_database(home: Path, path: Path, content: bytes, reason: str) -> None:
    path.write_bytes(content)
    refused(path, reason)


def test_a_database_of_another_program(home: Path, path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE mine (x)")
    refused(path, "not one of this app")


def test_a_truncated_database(path: Path) -> None:
    filled(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    refused(path, "cut off")


def test_a_database_with_a_damaged_page(path: Path) -> None:
    filled(path)
    content = bytearray(path.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 4096] = b"\x5a" * 4096
    path.write_bytes(content)
    refused(path, "")


def test_the_newest_backup_that_is_sound_is_named(path: Path) -> None:
    filled(path)
    with closing(sqlite3.connect(path)) as connection:
        older = backups.make(connection, path, app_version="1", now_us=1_000_000)
        newer = backups.make(connection, path, app_version="2", now_us=2_000_000)
    newer.write_bytes(newer.read_bytes()[:9000])
    path.write_bytes(b"")
    assert refused(path, "empty").details["backup"] == str(older)


def test_only_the_newest_backups_are_kept(path: Path) -> None:
    filled(path)
    with closing(sqlite3.connect(path)) as connection:
        made = [
            backups.make(connection, path, app_version="1.0", now_us=second * 1_000_000)
            for second in range(13)
        ]
    assert sorted(backups.folder_of(path).iterdir()) == made[-backups.KEPT :]


def test_a_log_without_its_database(home: Path, path: Path) -> None:
    wal_of(path).write_bytes(b"the last writes")
    refused(path, "gone")
    assert not path.exists()


def test_a_schema_of_a_later_version(path: Path) -> None:
    filled(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA user_version = 99")
        connection.execute("UPDATE setting SET value = '9.9' WHERE key = 'written_by'")
    before = path.read_bytes()
    with pytest.raises(ErrStoreNewer) as caught:
        attempt(path)
    assert caught.value.details["written_by"] == "9.9"
    assert caught.value.details["schema"] == 99
    with pytest.raises(ErrStoreNewer), open_reader(path):
        pytest.fail("a later schema was read")
    assert path.read_bytes() == before


def test_reading_where_there_is_no_store(path: Path) -> None:
    with pytest.raises(ErrHomeUnusable), open_reader(path):
        pytest.fail("nothing was read")
    assert not path.parent.exists()


def test_reading_without_leave_to_write_beside_the_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(path)
    content = path.read_bytes()
    before = {each.name for each in path.parent.iterdir()}
    with open_reader(path) as connection:
        assert attestations.total(connection) == 200
    assert path.read_bytes() == content
    assert before <= {each.name for each in path.parent.iterdir()}


KILLED = """
import os, signal, sys
from pathlib import Path
from qntx_desktop.store.database import Database
from qntx_desktop.store import attestations
from qntx_desktop.model.attestation import check_draft
db = Database.open(Path(sys.argv[1]), publish=lambda event: None, app_version="1")
for _ in range(5):
    db.write(lambda tx: attestations.insert(tx, [check_draft(subjects="a", predicates="b", contexts="c")]))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def killed(path: Path) -> Path:
    """A home whose app was killed with five attestations in the log."""
    ended = subprocess.run([sys.executable, "-c", KILLED, str(path)], timeout=60, check=False)
    assert ended.returncode == -signal.SIGKILL
    return path


def test_after_a_kill_everything_is_there(killed: Path, opened: Callable[..., Store]) -> None:
    with opened().db.read() as connection:
        assert attestations.total(connection) == 5
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_after_a_kill_a_deleted_log_is_noticed(killed: Path) -> None:
    wal_of(killed).unlink()
    killed.with_name("qntx.db-shm").unlink()
    fault = refused(killed, "is gone")
    assert marker_of(killed).name in fault.details["reason"]
    marker_of(killed).unlink()  # the way on that the reason names
    attempt(killed)


def test_a_store_that_another_process_closes_at_this_moment_is_not_damaged(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(path)
    other = Database.open(path, publish=lambda event: None, app_version="1")
    look = inspection._marker_as_it_is

    def look_and_close(path: Path) -> tuple[str, int, int] | None:
        found = look(path)
        other.close()
        return found

    monkeypatch.setattr(inspection, "_marker_as_it_is", look_and_close)
    inspection.inspect(path, known=migrate.known_version())
    assert not marker_of(path).exists()


def test_a_store_that_another_process_closed_is_still_marked_open_here(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "_LOOK_EVERY_S", 0)
    db = Database.open(path, publish=lambda event: None, app_version="1")
    try:
        attempt(path)
        assert not marker_of(path).exists()
        db.write(lambda tx: attestations.insert(tx, [check_draft(subjects="a", predicates="b", contexts="c")]))
        assert marker_of(path).exists()
    finally:
        db.close()
    assert not marker_of(path).exists()


def test_who_reads_while_another_process_closes_it_still_sees_what_comes(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(path)
    connect, refusals = inspection._connect_read_only, [sqlite3.OperationalError("unable to open database file")]

    def refused_once(path: Path, options: str, busy_timeout_s: float) -> sqlite3.Connection:
        if refusals:
            raise refusals.pop()
        return connect(path, options, busy_timeout_s)

    monkeypatch.setattr(inspection, "_connect_read_only", refused_once)
    with closing(inspection.open_read_only(path)) as connection:
        assert attestations.total(connection) == 200
        filled(path, rows=1)
        assert attestations.total(connection) == 201


def test_after_a_kill_another_program_may_have_written_the_log_back(
    killed: Path, opened: Callable[..., Store]
) -> None:
    with closing(sqlite3.connect(killed)) as connection:
        connection.execute("SELECT count(*) FROM attestation").fetchall()
    assert not wal_of(killed).exists()
    with opened().db.read() as connection:
        assert attestations.total(connection) == 5


def test_a_home_that_was_closed_well_can_be_copied(
    path: Path, tmp_path: Path, opened: Callable[..., Store]
) -> None:
    filled(path)
    shutil.copytree(path.parent, tmp_path / "copy")
    with opened(tmp_path / "copy" / "qntx.db").db.read() as connection:
        assert attestations.total(connection) == 200


@pytest.mark.skipif(sys.platform == "win32", reason="there are no modes on Windows")
def test_what_a_person_stores_is_read_by_nobody_else(path: Path) -> None:
    before = os.umask(0)
    try:
        db = Database.open(path, publish=lambda event: None, app_version="1")
        db.write(lambda tx: attestations.insert(tx, [check_draft(subjects="a", predicates="b", contexts="c")]))
        with closing(sqlite3.connect(path)) as source:
            backups.make(source, path, app_version="1", now_us=1)
        files = [each for each in path.parent.rglob("*.db*") if each.is_file() and each != marker_of(path)]
        modes = {each.name: each.stat().st_mode & 0o077 for each in files}
        db.close()
    finally:
        os.umask(before)
    assert len(modes) >= 3  # the store, its log and the copy
    assert set(modes.values()) == {0}, modes


@pytest.mark.skipif(sys.platform == "win32", reason="there are no modes on Windows")
def test_a_store_that_others_could_read_is_taken_away_from_them(path: Path) -> None:
    """Versions before left the store, its log and the copies of it to the usual mode of a file."""
    filled(path)
    with closing(sqlite3.connect(path)) as source:
        copy = backups.make(source, path, app_version="1", now_us=1)
    with closing(sqlite3.connect(path)) as other:  # keeps the log there
        other.execute("SELECT count(*) FROM attestation").fetchall()
        files = [path, wal_of(path), copy]
        for each in files:
            each.chmod(0o644)
        Database.open(path, publish=lambda event: None, app_version="1").close()
        assert {each.name: each.stat().st_mode & 0o777 for each in files} == dict.fromkeys(
            (each.name for each in files), 0o600
        )
