"""`qntx plugin new`: what it writes works as it stands."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from qntx_desktop.cli.main import main

ROOT = Path(__file__).parents[2]
WAIT_S = 90


def test_a_new_plugin_passes_its_own_tests_and_starts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    parent = tmp_path / "a folder"
    assert main(["--json", "plugin", "new", "rss-feed", "--in", str(parent)]) == 0
    made = json.loads(capsys.readouterr().out)
    assert (made["folder"], made["python"]) == (str(parent / "rss-feed"), sys.executable)
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    tested = subprocess.run(
        [sys.executable, "-W", "error", "-m", "unittest"],
        cwd=made["folder"],
        env=environ,
        capture_output=True,
        text=True,
        timeout=WAIT_S,
        check=False,
    )
    assert tested.returncode == 0, tested.stderr
    assert "Ran 3 tests" in tested.stderr
    started = subprocess.run(
        [made["launcher"], "--version"], env=environ, capture_output=True, text=True, timeout=WAIT_S, check=False
    )
    assert (started.returncode, started.stdout) == (0, "rss-feed 0.1.0\n"), started.stderr
    assert "@" not in "".join(path.read_text() for path in parent.rglob("*.md"))


def test_nothing_is_written_over_or_under_an_impossible_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "there").mkdir()
    assert main(["--json", "plugin", "new", "there", "--in", str(tmp_path)]) == 4
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "duplicate_name"
    assert main(["--json", "plugin", "new", "../up", "--in", str(tmp_path)]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "invalid_handler_name"
    (tmp_path / "file").touch()
    assert main(["--json", "plugin", "new", "on-a-file", "--in", str(tmp_path / "file")]) == 3
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "file_not_found"
    assert sorted(tmp_path.rglob("*")) == [tmp_path / "file", tmp_path / "there"]
