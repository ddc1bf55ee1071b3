"""`qntx hook`: made, shown, changed and removed; reading makes no home."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from qntx_desktop.cli.main import main


def call(home: Path, capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> Any:
    assert main(["--json", "--home", str(home), *words]) == code
    return json.loads(capsys.readouterr().out)


def test_a_webhook_from_its_making_to_its_end(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QNTX_PASSPHRASE", "a passphrase of the test")
    made = call(tmp_path, capsys, "hook", "add", "shop", "a", "b", "--type", "orders")
    assert (made["path"], made["script_type"], made["args"]) == ("/hooks/shop", "orders", ["a", "b"])
    assert len(made["secret"]) > 40
    (listed,) = call(tmp_path, capsys, "hook", "list")
    assert "secret" not in listed
    assert call(tmp_path, capsys, "hook", "add", "shop", code=4)["error"]["code"] == "duplicate_name"
    assert call(tmp_path, capsys, "hook", "rotate", "shop")["secret"] != made["secret"]
    assert call(tmp_path, capsys, "hook", "disable", "shop")["enabled"] is False
    assert call(tmp_path, capsys, "hook", "enable", "shop")["enabled"] is True
    assert call(tmp_path, capsys, "hook", "deliveries", "shop") == []
    assert call(tmp_path, capsys, "hook", "redeliver", "1", code=3)["error"]["code"] == "delivery_not_found"
    call(tmp_path, capsys, "hook", "remove", "shop")
    assert call(tmp_path, capsys, "hook", "remove", "shop", code=3)["error"]["code"] == "hook_not_found"


def test_what_cannot_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(tmp_path, capsys, "hook", "add", "a b", code=2)["error"]["code"] == "invalid_handler_name"
    refused = call(tmp_path, capsys, "hook", "add", "x", code=5)["error"]["code"]
    assert refused.startswith("keyring_")
    assert call(tmp_path, capsys, "hook", "deliveries", "x", code=3)["error"]["code"] == "hook_not_found"


def test_a_list_makes_no_home(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(tmp_path / "none", capsys, "hook", "list") == []
    assert not (tmp_path / "none").exists()
