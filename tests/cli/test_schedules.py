"""Schedules on the command line: made, changed, copied, removed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qntx_desktop.cli.main import main

Call = Callable[..., tuple[int, Any]]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Runs `qntx --json ...` in a home of its own; exit code and answer."""
    monkeypatch.setenv("QNTX_HOME", str(tmp_path / "home"))
    (tmp_path / "tidy.py").write_text("print(1)\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def called(*words: str) -> tuple[int, Any]:
        capsys.readouterr()
        code = main(["--json", *words])
        said = capsys.readouterr()
        return code, json.loads(said.out or said.err)

    return called


def test_another_time_table_keeps_what_is_not_named(call: Call) -> None:
    code, made = call("run", "tidy.py", "--cron", "0 9 * * *", "--timezone", "Europe/Berlin", "--missed", "all")
    assert code == 0
    number = str(made["schedule"]["id"])
    assert call("schedule", "edit", number, "--cron", "0 10 * * *")[0] == 0
    shown = call("schedule", "show", number)[1]
    assert (shown["cron"], shown["timezone"], shown["missed"]) == ("0 10 * * *", "Europe/Berlin", "all")
    changed = call("schedule", "edit", number, "--every", "10m")[1]
    assert (changed["cron"], changed["interval_seconds"], changed["missed"]) == (None, 600, "all")
    changed = call("schedule", "edit", number, "--missed", "skip")[1]
    assert (changed["interval_seconds"], changed["missed"]) == (600, "skip")


def test_a_run_besides_the_time_table_says_who_asked(call: Call) -> None:
    made = call("run", "tidy.py", "--every", "1h")[1]["schedule"]
    code, job = call("schedule", "run", str(made["id"]), "--no-wait")
    assert code == 0
    job = call("job", "show", str(job["job"]["id"]))[1]
    assert (job["trigger"], job["schedule_id"]) == ("cli", made["id"])


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ((), "invalid_command"),
        (("--every", "5m", "--cron", "* * * * *"), "invalid_schedule"),
        (("--every", "often"), "invalid_schedule"),
        (("--timezone", "Mars"), "invalid_schedule"),
        (("--missed", "never"), "invalid_schedule"),
    ],
)
def test_a_change_that_makes_no_sense_changes_nothing(call: Call, words: tuple[str, ...], error: str) -> None:
    before = call("run", "tidy.py", "--every", "1h")[1]["schedule"]
    code, said = call("schedule", "edit", str(before["id"]), *words)
    assert (code, said["error"]["code"]) == (2, error)
    assert call("schedule", "list")[1] == [before]


def test_a_copy_stands_still_until_it_is_resumed(call: Call) -> None:
    number = str(call("run", "tidy.py", "--every", "1h")[1]["schedule"]["id"])
    copy = call("schedule", "duplicate", number)[1]
    assert (copy["state"], copy["interval_seconds"], copy["next_run_at"]) == ("paused", 3600, None)
    assert call("schedule", "edit", str(copy["id"]), "--every", "2h")[1]["state"] == "paused"
    resumed = call("schedule", "resume", str(copy["id"]))[1]
    assert (resumed["state"], resumed["interval_seconds"]) == ("active", 7200)
    assert call("schedule", "remove", number)[0] == 0
    assert [each["id"] for each in call("schedule", "list")[1]] == [copy["id"]]
