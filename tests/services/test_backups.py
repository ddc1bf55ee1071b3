"""Backups of a home: one moment of it, whole or not at all, and put back without losing what was there."""

from __future__ import annotations

import errno
import json
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from qntx_desktop.app.backing import open_backups
from qntx_desktop.app.container import build
from qntx_desktop.app.home_lock import FileLock
from qntx_desktop.app.paths import Home
from qntx_desktop.model.errors import (
    ErrDiskFull,
    ErrHomeInUse,
    ErrHomeNotEmpty,
    ErrInvalidBackup,
    ErrInvalidCommand,
    ErrStoreNewer,
)
from qntx_desktop.model.finding import State
from qntx_desktop.services.backup_file import BackupWriter
from qntx_desktop.services.backups import Backups
from qntx_desktop.services.home_check import check_home
from qntx_desktop.store import restoring

from .conftest import Opener


def _quiet(_what: str, _part: float) -> None:
    """Nobody watches."""


def _fill(home: Home) -> None:
    services = build(home)
    try:
        services.ledger.attest(["alice"], ["member"], ["TEAM"])
        services.handlers.create("csv", "x = 1", source="test")
        services.canvases.make("People")
        services.sources.add("mine")
        path = home.code / "mine" / "lib" / "feed.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("print(1)", "utf-8")
        home.config.write_text("[network]\noffline = true\n", "utf-8")
    finally:
        services.close()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with something of everything, made once, because saving code costs most of a second."""
    home = Home(root=tmp_path_factory.mktemp("filled") / "home")
    _fill(home)
    return home.root


@pytest.fixture
def backups(home: Home, filled: Path) -> Backups:
    shutil.copytree(filled, home.root)
    return open_backups(home)


def _state(home: Home) -> tuple[Any, ...]:
    """What a person would miss."""
    services = build(home)
    try:
        names = sorted(each.name for each in services.canvases.list())
        files = {path.relative_to(home.code): path.read_text("utf-8") for path in home.code.rglob("*.py")}
        types = [each.newest.script_type for each in services.handlers.entries()]
        return services.ledger.total(), names, types, files, home.config.read_text("utf-8")
    finally:
        services.close()


def _leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob(".qntx-*")]


def test_a_home_comes_back_as_it_was_while_others_write_to_it(
    backups: Backups, home: Home, tmp_path: Path, open_services: Opener
) -> None:
    before = _state(home)
    beside = open_services()

    def meanwhile(_what: str, _part: float) -> None:
        beside.ledger.attest(["bob"], ["came"], ["later"])

    made = backups.make(tmp_path / "one.qntxbackup", meanwhile)
    assert beside.ledger.total() > before[0]
    assert backups.look(made.path, _quiet).manifest.counts["attestations"] == before[0] == 2
    beside.close()

    elsewhere = Home(root=tmp_path / "elsewhere")
    done = open_backups(elsewhere).restore(made.path, _quiet, over=False)
    assert (done.kept, done.open_jobs) == (None, 0)
    assert _state(elsewhere) == before
    now = _state(home)
    with pytest.raises(ErrHomeNotEmpty):
        backups.restore(made.path, _quiet, over=False)
    (home.code / "mine" / "lib" / "feed.py").unlink()
    (home.code / "mine" / "new.py").write_text("new", "utf-8")
    onlooker = open_services()  # another process that has the store open sees the other one, whole
    onlooker.ledger.total()
    done = backups.restore(made.path, _quiet, over=True)
    assert onlooker.ledger.total() == before[0]
    onlooker.close()
    assert _state(home) == before
    assert done.kept is not None
    backups.restore(done.kept, _quiet, over=True)
    kept = _state(home)
    assert (kept[:3], list(kept[3].values())) == (now[:3], ["new"])
    assert _leftovers(tmp_path) == []
    assert all(each.state is State.OK for each in check_home(backups, _quiet))


def test_no_secret_can_be_read_from_it(backups: Backups, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QNTX_PASSPHRASE", "correct horse battery")
    services = build(home)
    try:
        services.secrets.set("token", "hunter2-hunter2")
        assert services.secrets.list()
    finally:
        services.close()
    made = backups.make(None, _quiet)
    with zipfile.ZipFile(made.path) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            assert b"hunter2" not in content
            assert b"battery" not in content
    assert made.path.stat().st_mode & 0o077 == 0


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def _other_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[400] ^= 1
    path.write_bytes(content)


def _rewritten(path: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    change(entries)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)


def _later(entries: dict[str, bytes]) -> None:
    entries["backup.json"] = entries["backup.json"].replace(b'"version": 1,', b'"version": 2,')


def _outside(entries: dict[str, bytes]) -> None:
    entries["code/../../evil"] = b"x"
    shape = json.loads(entries["backup.json"])
    shape["files"]["code/../../evil"] = {"bytes": 1, "sha256": "0"}
    entries["backup.json"] = json.dumps(shape).encode()


def _additional(entries: dict[str, bytes]) -> None:
    entries["code/evil.py"] = b"x"


def _no_store(entries: dict[str, bytes]) -> None:
    del entries["qntx.db"]


@pytest.mark.parametrize(
    "spoil",
    [
        _cut,
        _other_byte,
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"not a zip at all"),
        lambda path: _rewritten(path, _later),
        lambda path: _rewritten(path, _outside),
        lambda path: _rewritten(path, _additional),
        lambda path: _rewritten(path, _no_store),
        lambda path: _rewritten(path, lambda entries: entries.pop("backup.json")),
        lambda path: _rewritten(path, lambda entries: entries.update({"backup.json": b"[]"})),
    ],
)
def test_what_is_not_whole_is_refused_and_changes_nothing(
    backups: Backups, home: Home, tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    path = backups.make(tmp_path / "x.qntxbackup", _quiet).path
    content = home.db.read_bytes()
    spoil(path)
    with pytest.raises(ErrInvalidBackup):
        backups.restore(path, _quiet, over=True)
    assert home.db.read_bytes() == content
    assert not (tmp_path / "evil").exists()
    assert _leftovers(tmp_path) == []


def test_a_store_of_a_later_version_is_refused(backups: Backups, home: Home, tmp_path: Path) -> None:
    copy = tmp_path / "later.db"
    restoring.copy_of(home.db, copy, lambda *_: None)
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("PRAGMA user_version = 9999")
    with pytest.raises(ErrStoreNewer):
        backups.restore(copy, _quiet, over=True)


def test_a_copy_of_the_store_alone_leaves_the_files(backups: Backups, home: Home, tmp_path: Path) -> None:
    copy = tmp_path / "migrated.db"
    restoring.copy_of(home.db, copy, lambda *_: None)
    before = _state(home)
    services = build(home)
    services.ledger.attest(["bob"], ["came"], ["later"])
    services.close()
    done = backups.restore(copy, _quiet, over=True)
    assert _state(home) == before
    assert done.kept is not None
    assert done.kept.suffix == ".qntxbackup"


def test_a_full_disk_and_an_impatient_person_leave_nothing_behind(
    backups: Backups, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "x.qntxbackup"
    target.write_bytes(b"older")
    with pytest.raises(ErrInvalidCommand):
        backups.make(backups.root / "code" / "x.qntxbackup", _quiet)

    def impatient(what: str, _part: float) -> None:
        raise KeyboardInterrupt(what)

    with pytest.raises(KeyboardInterrupt):
        backups.make(target, impatient)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(BackupWriter, "add", full)
    with pytest.raises(ErrDiskFull):
        backups.make(target, _quiet)
    assert target.read_bytes() == b"older"
    assert _leftovers(tmp_path) == []


def test_nothing_is_restored_under_a_window_or_a_runner(backups: Backups, home: Home) -> None:
    made = backups.make(None, _quiet)
    for path in (home.lock, home.window_lock):
        held = FileLock(path, "somebody")
        assert held.acquire()
        try:
            with pytest.raises(ErrHomeInUse):
                backups.restore(made.path, _quiet, over=True)
        finally:
            held.release()
    backups.restore(made.path, _quiet, over=True)


def test_a_damaged_store_is_kept_aside_and_replaced(
    backups: Backups, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _state(home)
    made = backups.make(None, _quiet)
    damaged = b"\0" * 4_096
    home.db.write_bytes(damaged)
    assert check_home(backups, _quiet)[0].state is State.FAILED

    def lost(*_: object) -> None:
        raise OSError(errno.EIO, "the power is gone")

    with monkeypatch.context() as patch:
        patch.setattr(restoring.on_disk, "to_disk", lost)
        with pytest.raises(Exception, match="cannot be used"):
            backups.restore(made.path, _quiet, over=True)
    assert home.db.read_bytes() == damaged  # never a home without a store, which would be made anew, empty
    assert backups.unfinished() == str(made.path)
    (told,) = [each for each in check_home(backups, _quiet) if each.name == "restore"]
    assert str(made.path) in told.hint
    done = backups.restore(made.path, _quiet, over=True)
    assert _state(home) == before
    assert backups.unfinished() is None
    assert done.kept is not None
    assert (done.kept / "qntx.db").read_bytes() == damaged
    assert os.name == "nt" or not home.db.stat().st_mode & 0o077  # a backup is unpacked with whatever mode is usual


def test_what_is_attested_while_the_ledger_is_read_is_no_damage(backups: Backups, home: Home) -> None:
    services = build(home)

    def attest(what: str, _part: float) -> None:
        if what == "Reading attestations":
            services.ledger.attest("meanwhile", "is", "attested")

    try:
        assert {each.name: each.state for each in check_home(backups, attest)}["ledger"] is State.OK
        assert services.ledger.ax("meanwhile", limit=1)
    finally:
        services.close()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE attestation SET attributes = replace(attributes, 'x = 1', 'x = 2') WHERE seq = 2",
        "UPDATE attestation SET subjects = '[' WHERE seq = 1",
        "DELETE FROM attestation_term WHERE seq = 1 AND term = (SELECT min(term) FROM attestation_term)",
        "INSERT INTO attestation_term SELECT term, 7, seq FROM attestation_term WHERE seq = 1 LIMIT 1",
        "DELETE FROM attestation WHERE seq = 1",
    ],
)
def test_an_attestation_that_was_tampered_with_is_found(backups: Backups, home: Home, change: str) -> None:
    assert {each.name: each.state for each in check_home(backups, _quiet)}["ledger"] is State.OK
    with closing(sqlite3.connect(home.db, isolation_level=None)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(change)
    assert {each.name: each.state for each in check_home(backups, _quiet)}["ledger"] is State.FAILED
