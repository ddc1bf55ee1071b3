"""`qntx config` shows and changes settings, and opens no store for it."""

from __future__ import annotations

import errno
import json
import logging
import tempfile
from pathlib import Path

import pytest

from qntx_desktop.cli.main import main


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def call(home: Path, *words: str) -> int:
    return main(["--home", str(home), *words])


def test_listing_makes_no_home(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(home, "config") == 0
    assert "pulse.workers" in capsys.readouterr().out
    assert not home.exists()


def test_setting_showing_and_resetting(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(home, "config", "pulse.workers", "2") == 0
    assert call(home, "config", "pulse.workers") == 0
    assert capsys.readouterr().out == "2\n2\n"
    assert not (home / "qntx.db").exists()
    assert call(home, "config", "pulse.workers", "--reset") == 0
    assert capsys.readouterr().out == "0\n"


def test_json_has_what_a_form_needs(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(home, "--json", "config", "network.offline", "on") == 0
    one = json.loads(capsys.readouterr().out)
    assert (one["value"], one["default"], one["set"], one["kind"]) == (True, False, True, "flag")
    assert call(home, "--json", "config") == 0
    assert one in json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("words", "code", "exit_code"),
    [
        (("pulse.workers", "many"), "invalid_option", 2),
        (("pulse.nothing",), "option_not_found", 3),
        (("pulse.nothing", "1"), "option_not_found", 3),
        (("--reset",), "invalid_command", 2),
        (("pulse.workers", "1", "--reset"), "invalid_command", 2),
    ],
)
def test_refusals(
    home: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: str, exit_code: int
) -> None:
    assert call(home, "--json", "config", *words) == exit_code
    assert json.loads(capsys.readouterr().out)["error"]["code"] == code
    assert not (home / "config.toml").exists()


def test_a_broken_file_is_an_error_for_every_call(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home.mkdir()
    (home / "config.toml").write_text("[pulse", "utf-8")
    for words in ((), ("pulse.workers",), ("pulse.workers", "2"), ("pulse.workers", "--reset")):
        assert call(home, "--json", "config", *words) == 5
        error = json.loads(capsys.readouterr().out)["error"]
        assert (error["code"], error["details"]["line"]) == ("config_unreadable", 1)
    assert (home / "config.toml").read_text("utf-8") == "[pulse"


def test_a_folder_that_cannot_be_written(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    assert call(home, "--json", "config", "pulse.workers", "2") == 5
    error = json.loads(capsys.readouterr().out)["error"]
    assert (error["code"], error["details"]["reason"]) == ("config_unwritable", "Read-only file system")


def test_a_broken_file_is_told_once(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home.mkdir()
    (home / "config.toml").write_text("[pulse", "utf-8")
    for words in (("config",), ("doctor",)):
        logging.getLogger("qntx_desktop").handlers.clear()  # as in a process of its own
        assert call(home, *words) == 5
        said = capsys.readouterr()
        assert (said.out + said.err).count("config.toml") == 1


def test_a_key_of_a_later_version_is_told(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home.mkdir()
    (home / "config.toml").write_text("[pulse]\nlater = 1\n", "utf-8")
    assert call(home, "config") == 0
    assert "pulse.later" in capsys.readouterr().err
