"""`qntx plugin`: a program added, used, set up and forgotten, with nobody else running the jobs of the home."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from qntx_desktop.cli.main import main

ROOT = Path(__file__).resolve().parents[2]


def call(home: Path, capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> Any:
    assert main(["--json", "--home", str(home), *words]) == code, capsys.readouterr()
    return json.loads(capsys.readouterr().out)


@pytest.fixture
def program(tmp_path: Path) -> Path:
    fault = ROOT / "tests" / "plugins" / "fault_plugin.py"
    path = tmp_path / "qntx-weather-plugin"
    words = f'\'{sys.executable}\' \'{fault}\' "$1" "$2" weather "$3"'
    path.write_text(f"#!/bin/sh\nPYTHONPATH='{ROOT}' exec {words}\n")
    path.chmod(0o755)
    return path


def test_a_plugin_from_its_adding_to_its_end(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], program: Path
) -> None:
    home = tmp_path / "home"
    call(home, capsys, "config", "plugins.start_timeout_s", "60")
    added = call(home, capsys, "plugin", "add", str(program))
    assert (added["name"], added["version"], added["enabled"]) == ("weather", "1.2.3", True)
    assert "weather/ix.weather" in added["job_types"]
    assert call(home, capsys, "plugin", "add", str(program), code=4)["error"]["code"] == "duplicate_name"
    (listed,) = call(home, capsys, "plugin", "list")
    assert (listed["state"], listed["pid"]) == ("stopped", None)

    ran = call(home, capsys, "ix", "weather", "oslo")
    assert (ran["job"]["type"], ran["job"]["status"]) == ("weather/ix.weather", "completed")
    assert (ran["execution"]["sandbox"], ran["execution"]["cost"]) == ("plugin", 0.25)
    created = call(home, capsys, "job", "create", "weather/report", "--payload", '{"a": 1}')
    assert created["type"] == "weather/report"

    wrong = call(home, capsys, "plugin", "set", "weather", "every", "99", code=2)["error"]
    assert (wrong["code"], wrong["details"]["field"]) == ("invalid_plugin", "every")
    assert call(home, capsys, "plugin", "set", "weather", "city", "Bergen")["config"] == {"city": "Bergen"}
    assert main(["--home", str(home), "plugin", "set", "weather", "shade", "blue"]) == 0
    assert "declares no setting shade" in capsys.readouterr().err
    assert main(["--home", str(home), "plugin", "show", "weather"]) == 0
    assert "setting  shade = blue (not declared)" in capsys.readouterr().out
    assert call(home, capsys, "plugin", "set", "weather", "era", "legacy")["era"] == "legacy"
    refused = call(home, capsys, "plugin", "set", "weather", "era", "stone", code=2)["error"]
    assert refused["code"] == "invalid_command"
    assert call(home, capsys, "plugin", "disable", "weather")["state"] == "disabled"
    refused = call(home, capsys, "ix", "weather", code=5)["error"]
    assert (refused["code"], refused["hint"]) == ("plugin_unavailable", "Enable it: qntx plugin enable weather")
    assert call(home, capsys, "ix", "nothing-of-it", code=3)["error"]["code"] == "no_ingest_script"
    assert call(home, capsys, "plugin", "show", "weather")["enabled"] is False
    assert isinstance(call(home, capsys, "plugin", "logs", "weather"), list)
    call(home, capsys, "plugin", "remove", "weather")
    assert call(home, capsys, "plugin", "show", "weather", code=3)["error"]["code"] == "plugin_not_found"


def test_a_plugin_that_does_not_start_says_why_and_is_kept_if_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], program: Path
) -> None:
    home = tmp_path / "home"
    call(home, capsys, "config", "plugins.start_timeout_s", "60")
    failed = call(home, capsys, "plugin", "add", str(program), "Start=exit", code=5)["error"]
    assert failed["code"] == "plugin_unavailable"
    assert "exit code 7" in failed["message"]
    assert failed["details"]["added"] is False
    assert call(home, capsys, "plugin", "list") == []
    assert any("no thanks" in each["text"] for each in call(home, capsys, "plugin", "logs", "weather"))
    failed = call(home, capsys, "plugin", "add", str(program), "Start=exit", "--keep", code=5)["error"]
    assert failed["details"]["added"] is True
    assert [each["name"] for each in call(home, capsys, "plugin", "list")] == ["weather"]
    assert any("no thanks" in each["text"] for each in call(home, capsys, "plugin", "logs", "weather"))
    log = home / "logs" / "plugin-weather.log"
    said = json.dumps({"level": "info", "message": "it\u001b[2J rains", "mm": 3, "traceback": "a\nb"})
    with log.open("a", encoding="utf-8") as file:
        file.write(f"2026-11-21T12:00:00.000000Z info stderr {said}\n")
    assert main(["--home", str(home), "plugin", "logs", "weather"]) == 0
    *_, line, first, second = capsys.readouterr().out.splitlines()
    assert line.endswith("rains  mm=3")
    assert not {"{", "\x1b"} & {*line}
    assert (first, second) == ("    a", "    b")


def test_without_the_extra_the_rest_works_and_a_plugin_says_what_is_missing(tmp_path: Path, program: Path) -> None:
    code = f"""
import sys
sys.modules["grpc"] = None
from qntx_desktop.cli.main import main
assert main(["--home", {str(tmp_path / "home")!r}, "as", "alice is here"]) == 0
sys.exit(main(["--json", "--home", {str(tmp_path / "home")!r}, "plugin", "add", {str(program)!r}]))
"""
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=100, check=False)
    assert ended.returncode == 5, ended.stderr
    refused = json.loads(ended.stdout.splitlines()[-1])["error"]
    assert (refused["code"], refused["details"]["final"]) == ("plugin_unavailable", True)
    assert "grpc is missing" in refused["message"]
    assert "qntx-desktop[plugins]" in refused["hint"]


def test_what_cannot_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = tmp_path / "home"
    assert call(home, capsys, "plugin", "list") == []
    assert not home.exists()
    assert call(home, capsys, "plugin", "add", str(tmp_path / "no"), code=2)["error"]["code"] == "invalid_plugin"
    for verb in ("enable", "disable", "restart", "remove", "logs", "show"):
        assert call(home, capsys, "plugin", verb, "nobody", code=3)["error"]["code"] == "plugin_not_found"


def test_one_in_the_plugins_folder_is_found_and_added_by_enabling_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], program: Path
) -> None:
    home = tmp_path / "home"
    (home / "plugins").mkdir(parents=True)
    call(home, capsys, "config", "plugins.start_timeout_s", "60")
    program.rename(home / "plugins" / program.name)
    (found,) = call(home, capsys, "plugin", "list")
    assert (found["name"], found["state"]) == ("weather", "found")
    refused = call(home, capsys, "plugin", "set", "weather", "city", "Oslo", code=2)["error"]
    assert refused["code"] == "invalid_plugin"
    assert call(home, capsys, "plugin", "enable", "weather")["handlers"]
    (added,) = call(home, capsys, "plugin", "list")
    assert added["state"] == "stopped"
