"""`qntx canvas`: the list, and files that come back as they went."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from qntx_desktop.cli.main import main

FILE = {
    "format": "qntx.canvas",
    "version": 1,
    "name": "People",
    "glyphs": [
        {"id": 7, "kind": "note", "x": 1, "y": 2, "width": 90, "height": 80, "content": {"text": "\ud800 \u00e9"}},
        {"id": 9, "kind": "of 2030", "x": 1, "y": 2, "width": 90, "height": 80, "content": {}},
    ],
    "edges": [{"id": 3, "kind": "likes", "source_id": 7, "target_id": 9}],
}


def test_what_is_imported_is_listed_and_exported_as_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def call(*words: str, code: int = 0) -> Any:
        assert main(["--home", str(tmp_path / "home"), "--json", *words]) == code
        return json.loads(capsys.readouterr().out)

    assert call("canvas", "list") == []
    assert not (tmp_path / "home").exists()
    path = tmp_path / "people.qntxcanvas"
    path.write_text(json.dumps(FILE), "utf-8")
    made = call("canvas", "import", str(path))
    assert (made["name"], made["glyphs"], made["parent_uid"]) == ("People", 2, None)
    assert call("canvas", "import", str(path))["name"] == "People 2"
    assert [each["name"] for each in call("canvas", "list")] == ["People", "People 2"]

    def piped(content: bytes, *words: str, code: int = 0) -> Any:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
            return call(*words, code=code)

    assert piped(path.read_bytes(), "canvas", "import", "-")["name"] == "People 3"
    assert piped(b"{", "canvas", "import", "-", code=2)["error"]["code"] == "invalid_payload"
    assert piped(b'{"born": 1815}', "as", "ada", "--attributes", "-")["attributes"] == {"born": 1815}
    assert piped(b'{"a": 1}', "job", "create", "x", "--payload", "-")["payload"] == {"a": 1}
    assert piped(b"[]", "job", "create", "x", "--payload", "-", code=2)["error"]["code"] == "invalid_payload"
    target = tmp_path / "out.qntxcanvas"
    assert call("canvas", "export", "PEOPLE", "-o", str(target))["bytes"] == target.stat().st_size
    again = json.loads(target.read_text("utf-8"))
    assert again["name"] == "People"
    assert [(g["kind"], g["content"]) for g in again["glyphs"]] == [
        (g["kind"], g["content"])
        for g in FILE["glyphs"]  # type: ignore[index]
    ]
    (edge,) = again["edges"]
    assert [edge["source_id"], edge["target_id"]] == [each["id"] for each in again["glyphs"]]
    assert main(["--home", str(tmp_path / "home"), "canvas", "export", "2", "-o", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["name"] == "People 2"

    path.write_text("{", "utf-8")
    assert call("canvas", "import", str(path), code=2)["error"]["code"] == "invalid_payload"
    assert call("canvas", "import", str(tmp_path / "absent"), code=3)["error"]["code"] == "file_not_found"
    assert call("canvas", "export", "nobody", "-o", str(target), code=3)["error"]["code"] == "canvas_not_found"
    assert call("canvas", "export", "People", code=2)["error"]["code"] == "invalid_command"
    picture = str(tmp_path / "People.PNG")
    assert call("canvas", "export", "People", "-o", picture, code=2)["error"]["code"] == "invalid_command"
    nowhere = str(tmp_path / "absent" / "x")
    assert call("canvas", "export", "People", "-o", nowhere, code=3)["error"]["code"] == "file_not_found"
    assert len(call("canvas", "list")) == 3
    assert main(["--home", str(tmp_path / "home"), "canvas", "list"]) == 0
    assert capsys.readouterr().out.splitlines()[1].split()[:3] == ["1", "People", "2"]
