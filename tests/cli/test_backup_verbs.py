"""`qntx backup|verify|restore` as a person calls them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from qntx_desktop.cli.main import main


def test_a_home_is_backed_up_verified_and_restored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def call(home: str, *words: str, code: int = 0) -> Any:
        assert main(["--home", str(tmp_path / home), "--json", *words]) == code
        return json.loads(capsys.readouterr().out)

    empty = call("a", "verify")
    assert (empty["ok"], [each["state"] for each in empty["checks"]]) == (True, ["ok", "missing"])
    assert not (tmp_path / "a").exists()
    call("a", "as", "alice is member of TEAM")
    (tmp_path / "a" / "backups").touch()
    assert call("a", "backup", code=3)["error"]["code"] == "file_not_found"
    (tmp_path / "a" / "backups").unlink()
    made = call("a", "backup")
    assert Path(made["path"]).parent == tmp_path / "a" / "backups"
    assert (made["attestations"], made["left_out"]) == (1, [])
    target = tmp_path / "x.qntxbackup"
    assert call("a", "backup", "-o", str(target))["bytes"] == target.stat().st_size
    assert call("a", "backup", "-o", "-", code=2)["error"]["code"] == "invalid_command"
    nowhere = str(tmp_path / "absent" / "x")
    assert call("a", "backup", "-o", nowhere, code=3)["error"]["code"] == "file_not_found"
    assert call("a", "verify", str(target))["attestations"] == 1
    assert all(each["state"] == "ok" for each in call("a", "verify")["checks"])

    assert call("b", "restore", str(target))["backup"]["attestations"] == 1
    assert [each["subjects"] for each in call("b", "ax")] == [["alice"]]
    refused = call("b", "restore", str(target), code=4)["error"]
    assert (refused["code"], refused["details"]["attestations"]) == ("home_not_empty", 1)
    call("b", "as", "bob is guest of TEAM")
    kept = call("b", "restore", str(target), "--replace")["kept"]
    assert len(call("b", "ax")) == 1
    assert call("b", "verify", kept)["attestations"] == 2

    target.write_bytes(target.read_bytes()[:-1])
    assert call("b", "verify", str(target), code=2)["error"]["code"] == "invalid_backup"
    assert call("c", "restore", str(target), code=2)["error"]["code"] == "invalid_backup"
    assert call("c", "restore", str(tmp_path / "absent"), code=3)["error"]["code"] == "file_not_found"
    assert call("c", "restore", str(tmp_path), code=3)["error"]["code"] == "file_not_found"
    (tmp_path / "b" / "qntx.db").write_bytes(b"\0" * 100)
    assert call("b", "verify", code=5)["ok"] is False
    assert main(["--home", str(tmp_path / "b"), "restore", kept, "--replace"]) == 0
    said = capsys.readouterr()
    assert "2 attestations" in said.out
    assert "kept" in said.err
