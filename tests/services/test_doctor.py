"""The doctor looks at everything, stops at nothing, and changes nothing."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from pathlib import Path

import pytest

from qntx_desktop.app.container import build
from qntx_desktop.app.paths import Home
from qntx_desktop.app.settings import open_options
from qntx_desktop.cli.main import main
from qntx_desktop.engines import keyring_name as keyrings
from qntx_desktop.model.confinement import Denial, SandboxLevel, SandboxReport
from qntx_desktop.model.errors import ErrStoreCorrupt, ErrStoreNewer
from qntx_desktop.model.finding import Finding, State
from qntx_desktop.services import confinement, doctor
from qntx_desktop.store.verification import verify


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(root=tmp_path / "home")


def examined(home: Home) -> dict[str, Finding]:
    return {each.name: each for each in doctor.examine(home.root, home.db, lambda: open_options(home))}


def filled(home: Home) -> None:
    services = build(home)
    services.handlers.create("csv", "print(1)", source="test")
    services.close()


def test_a_home_that_does_not_exist_is_well_and_is_not_made(home: Home) -> None:
    found = examined(home)
    parts = "python sqlite home store settings sandbox packages keyring remote"
    assert list(found) == parts.split()
    assert {found[name].state for name in ("python", "sqlite", "home", "store", "settings")} == {State.OK}
    assert not home.root.exists()


def test_a_sound_store_is_counted(home: Home) -> None:
    filled(home)
    before = home.db.read_bytes()
    found = examined(home)["store"]
    assert (found.state, found.facts["attestations"]) == (State.OK, 1)
    assert home.db.read_bytes() == before


def test_an_index_that_does_not_match_is_found(home: Home) -> None:
    filled(home)
    with sqlite3.connect(home.db) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_schema SET sql = replace(sql, '(timestamp_us)', '(created_at_us)') "
            "WHERE name = 'attestation_by_time'"
        )
        connection.execute("UPDATE sqlite_schema SET sql = sql WHERE 0")
    connection.close()
    with sqlite3.connect(home.db) as connection:
        connection.execute("DROP TRIGGER attestation_refuses_update")
        connection.execute("UPDATE attestation SET timestamp_us = 5")
    connection.close()
    with sqlite3.connect(home.db) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_schema SET sql = replace(sql, '(created_at_us)', '(timestamp_us)') "
            "WHERE name = 'attestation_by_time'"
        )
    connection.close()
    with pytest.raises(ErrStoreCorrupt, match="attestation_by_time"):
        verify(home.db)
    assert examined(home)["store"].state is State.FAILED


def test_a_store_of_a_later_version_is_said(home: Home) -> None:
    filled(home)
    with sqlite3.connect(home.db) as connection:
        connection.execute("PRAGMA user_version = 9999")
    connection.close()
    with pytest.raises(ErrStoreNewer):
        verify(home.db)
    assert "newer version" in examined(home)["store"].text


@pytest.mark.parametrize("content", [b"", b"not a database at all", b"SQLite format 3\0" + b"\0" * 200])
def test_what_is_no_store_is_found_and_left_alone(home: Home, content: bytes) -> None:
    home.make()
    home.db.write_bytes(content)
    assert examined(home)["store"].state is State.FAILED
    assert home.db.read_bytes() == content


def test_a_broken_settings_file_is_one_finding(home: Home) -> None:
    home.make()
    home.config.write_text("[[[")
    found = examined(home)
    assert found["settings"].state is State.FAILED
    assert found["store"].state is State.OK


def test_a_home_that_is_a_file_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    found = examined(Home(root=tmp_path / "file"))
    assert found["home"].state is State.FAILED
    assert found["python"].state is State.OK


@pytest.mark.skipif(os.getuid() == 0, reason="root writes everywhere")
def test_a_home_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir(mode=0o500)
    assert examined(Home(root=tmp_path / "home"))["home"].state is State.FAILED


def test_little_room_is_said(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "LOW_ROOM_BYTES", 1 << 62)
    assert examined(home)["home"].state is State.MISSING


@pytest.mark.parametrize(
    ("report", "state", "words"),
    [
        (SandboxReport(level=SandboxLevel.FULL, missing=(), layers=("seccomp",)), State.OK, "confined by seccomp"),
        (
            SandboxReport(level=SandboxLevel.PARTIAL, missing=(Denial.NETWORK, Denial.SIGNALS)),
            State.MISSING,
            "not refused: network connections, signals to other programs",
        ),
        (SandboxReport(level=SandboxLevel.PROCESS, missing=tuple(Denial), reason="why"), State.MISSING, "(why)"),
    ],
)
def test_each_missing_denial_is_named(
    home: Home, monkeypatch: pytest.MonkeyPatch, report: SandboxReport, state: State, words: str
) -> None:
    monkeypatch.setattr(confinement, "sandbox_report", lambda: report)
    found = examined(home)["sandbox"]
    assert found.state is state
    assert words in found.text
    assert found.facts["level"] == report.level


def test_missing_uv_and_keyring_stop_nothing(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uv", None)
    monkeypatch.setitem(sys.modules, "keyring", None)
    monkeypatch.delenv("QNTX_PASSPHRASE", raising=False)
    assert keyrings.keyring_name() is None
    found = examined(home)
    assert (found["packages"].state, found["keyring"].state) == (State.MISSING, State.MISSING)
    monkeypatch.setenv("QNTX_PASSPHRASE", "a long one")
    assert examined(home)["keyring"].state is State.OK


def test_a_damaged_environment_is_named(home: Home) -> None:
    (home.environments / "abc").mkdir(parents=True)
    found = examined(home)["packages"]
    assert (found.state, found.facts["damaged"]) == (State.FAILED, ["abc"])
    assert str(home.environments / "abc") in found.hint


def test_the_verb_says_it_all_and_fails_when_something_has(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--home", str(home.root), "--json", "doctor"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["ok"] is True
    assert {each["name"] for each in document["checks"]} >= {"store", "sandbox"}
    home.make()
    home.db.write_bytes(b"x")
    assert main(["--home", str(home.root), "--json", "doctor"]) == 5
    assert json.loads(capsys.readouterr().out)["ok"] is False
    assert main(["--home", str(home.root), "doctor"]) == 5
    assert "!!  store" in capsys.readouterr().out
