"""`qntx job show` tells all that is known about a run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qntx_desktop.cli.main import main
from qntx_desktop.cli.wording import allow_hint, dropped_lines, origin_facts, progress_of
from qntx_desktop.model.job import Execution, ExecutionStatus, Job, JobStatus


def test_who_asked_what_it_cost_and_what_it_does_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = tmp_path / "dear.py"
    script.write_text("import qntx\nqntx.cost(0.25)\nraise SystemExit(3)\n", "utf-8")
    home = ["--home", str(tmp_path / "home")]
    assert main([*home, "run", str(script)]) == 1
    assert main([*home, "job", "retry", "1"]) == 0
    capsys.readouterr()
    assert main([*home, "job", "show", "1"]) == 0
    facts = dict(line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines() if " " in line)
    assert facts["asked"] == "by   the command line"
    assert facts["exit"] == "code  3"
    assert facts["cost"] == "0.25 US dollars"
    assert facts["confined"]
    assert main([*home, "job", "show", "2"]) == 0
    assert "does again  job 1" in capsys.readouterr().out


def test_an_attempt_that_was_asked_for_by_something_else_says_so() -> None:
    job = Job(id=1, type="t", status=JobStatus.RUNNING, priority=0, payload={}, trigger="schedule", schedule_id=4)
    again = Execution(
        id=9, job_id=1, attempt=2, status=ExecutionStatus.RUNNING, trigger="orphan", stderr_dropped_bytes=1_234_567
    )
    assert dict(origin_facts(job, again)) == {
        "asked by": "schedule 4",
        "run by": "its attempt before, which was lost with its process",
    }
    assert dropped_lines(again) == ("1,234,567 bytes of stderr were dropped.",)


def _job(**of: Any) -> Job:
    return Job(**{"id": 1, "type": "python.script", "status": JobStatus.PENDING, "priority": 0, "payload": {}} | of)


def test_a_job_that_waits_for_a_yes_says_how_to_give_it() -> None:
    file = {"code_file": {"source": "my-repo", "path": "lib/feed.py", "commit": None}, "script_type": "feed"}
    saved = {"handler": {"script_type": "feed", "version": 2}}
    waiting = "permission_required"
    assert allow_hint(_job(payload=file, waiting_code=waiting)).endswith(" qntx handler allow my-repo/lib/feed.py")
    assert allow_hint(_job(payload=saved, waiting_code=waiting)).endswith(" qntx handler allow feed")
    assert allow_hint(_job(payload=saved, waiting_code="rate_limited")) == ""


def test_how_far_a_job_came_is_not_told_of_one_that_is_done() -> None:
    way = {"progress_current": 1, "progress_total": 2, "progress_message": "commits"}
    assert progress_of(_job(status=JobStatus.FAILED, **way)) == "1 of 2 · commits"
    assert progress_of(_job(status=JobStatus.COMPLETED, **way)) == ""
