"""`qntx api`: tokens are shown once, settings are switched."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from qntx_desktop.cli.main import main
from qntx_desktop.model.api_token import digest_of


def call(home: Path, capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> Any:
    assert main(["--json", "--home", str(home), *words]) == code
    return json.loads(capsys.readouterr().out)


def test_a_token_is_shown_once_and_kept_as_its_hash(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = call(tmp_path, capsys, "api", "token")
    token = made["token"]
    assert (made["name"], made["scopes"]) == ("default", ["read", "write", "execute"])
    assert len(token) > 40
    kept = (
        (tmp_path / "qntx.db").read_bytes() + (tmp_path / "qntx.db-wal").read_bytes()
        if (tmp_path / "qntx.db-wal").exists()
        else (tmp_path / "qntx.db").read_bytes()
    )
    assert token.encode() not in kept
    assert digest_of(token).hex().encode() in kept
    (listed,) = call(tmp_path, capsys, "api", "tokens")
    assert "token" not in listed
    error = call(tmp_path, capsys, "api", "token", code=4)["error"]
    assert error["code"] == "duplicate_name"
    assert "--rotate" in error["hint"]
    assert call(tmp_path, capsys, "api", "token", "--rotate")["token"] != token


def test_scopes_names_and_the_end_of_a_token(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(tmp_path, capsys, "api", "token", "r", "--scopes", "read")["scopes"] == ["read"]
    for words in (
        ("api", "token", "a b"),
        ("api", "token", "x", "--scopes", "all"),
        ("api", "token", "x", "--scopes", ""),
    ):
        assert call(tmp_path, capsys, *words, code=2)["error"]["code"] == "invalid_token"
    assert call(tmp_path, capsys, "api", "revoke", "r")["name"] == "r"
    assert call(tmp_path, capsys, "api", "revoke", "r", code=3)["error"]["code"] == "token_not_found"
    assert call(tmp_path, capsys, "api", "token", "n", "--rotate", code=3)["error"]["code"] == "token_not_found"


def test_on_and_off(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    on = call(tmp_path, capsys, "api", "on", "--port", "0", "--webhooks")
    assert on == {"enabled": True, "webhooks": True, "port": 0}
    assert call(tmp_path, capsys, "config", "api.enabled")["value"] is True
    assert call(tmp_path, capsys, "api", "off") == {"enabled": False, "webhooks": False, "port": 0}


def test_a_list_makes_no_home(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(tmp_path / "none", capsys, "api", "tokens") == []
    assert not (tmp_path / "none").exists()


def test_a_port_without_anything_to_serve(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(tmp_path, capsys, "serve", "--port", "1", code=2)["error"]["code"] == "invalid_command"


def test_names_are_offered_behind_tab(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QNTX_PASSPHRASE", "a passphrase of the test")
    monkeypatch.setenv("QNTX_HOME", str(tmp_path))
    call(tmp_path, capsys, "api", "token", "dashboard", "--scopes", "read")
    call(tmp_path, capsys, "hook", "add", "shop", "--type", "orders")
    for words, expected in (
        (("api", "revoke", ""), "dashboard\tread"),
        (("hook", "rotate", "s"), "shop\tstarts ix orders"),
    ):
        assert main(["__offer", *words]) == 0
        assert capsys.readouterr().out.splitlines() == [expected]
