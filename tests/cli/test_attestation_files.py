"""`qntx attestation export|import` and `qntx ax --as-of` as a person calls them."""

from __future__ import annotations

import io
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from qntx_desktop.cli.main import main


def test_attestations_go_from_home_to_home(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def call(home: str, *words: str, code: int = 0) -> Any:
        assert main(["--home", str(tmp_path / home), "--json", *words]) == code
        return json.loads(capsys.readouterr().out)

    first = call("a", "as", "alice is member of TEAM")
    call("a", "as", "bob is guest of TEAM")
    target = tmp_path / "all.jsonl"
    target.write_text("older", "utf-8")
    made = call("a", "attestation", "export", "-o", str(target))
    assert made == {"path": str(target), "bytes": target.stat().st_size, "attestations": 2}
    nowhere = str(tmp_path / "absent" / "x")
    assert call("a", "attestation", "export", "-o", nowhere, code=3)["error"]["code"] == "file_not_found"
    assert call("a", "attestation", "export", code=2)["error"]["code"] == "invalid_command"
    assert (
        call("a", "attestation", "export", "is", "-o", str(target), code=2)["error"]["code"]
        == "invalid_query"
    )
    assert target.stat().st_size == made["bytes"]
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".qntx-")] == []

    assert call("b", "attestation", "import", str(target)) == {
        "imported": 2,
        "already_there": 0,
        "left_out": 0,
    }
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(target.read_bytes())))
    assert call("b", "attestation", "import", "-")["already_there"] == 2
    target.write_bytes(target.read_bytes()[:-9])
    refused = call("b", "attestation", "import", str(target), code=2)["error"]
    assert (refused["code"], refused["details"]["line"]) == ("invalid_attestation", 2)
    for name in (str(tmp_path), str(tmp_path / "absent")):
        assert call("b", "attestation", "import", name, code=3)["error"]["code"] == "file_not_found"
    assert main(["--home", str(tmp_path / "a"), "attestation", "export", "is", "guest", "-o", "-"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["subjects"] == ["bob"]

    # As it was when alice's was stored: bob's came later, in `b` both did.
    def seen(home: str, *words: str) -> list[list[str]]:
        return [each["subjects"] for each in call(home, "ax", *words, "--as-of", first["created_at"])]

    assert (seen("a"), seen("a", "of TEAM"), seen("b"), seen("b", "of TEAM")) == (
        [["alice"]],
        [["alice"]],
        [],
        [],
    )
    assert call("a", "ax", "--as-of", "noon", code=2)["error"]["code"] == "invalid_command"
