"""Several processes on one home: who runs what, what a kill leaves, and how a run is stopped."""

from __future__ import annotations

import os
import signal
from typing import Any

import pytest

from tests import real_input
from tests.e2e.cli_process import Cli, finish, until

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals and process groups of POSIX")


def began(qntx: Cli, runs: int = 1) -> None:
    """Wait until the endless script has attested so many times."""
    until(lambda: len(qntx("--json", "ax", "endless is began").document) >= runs)


def shape_of(ended: Any, status: str) -> dict[str, Any]:
    """The job of a run that ended with this status, which job and execution agree on."""
    job, execution = ended.document["job"], ended.document["execution"]
    assert (job["status"], execution["status"]) == (status, status)
    assert job["error"] == execution["error"]
    return dict(job)


def test_a_script_that_never_ends_is_stopped_by_its_own_limit(qntx: Cli) -> None:
    qntx.handler("endless", real_input.ENDLESS_BRIEF)
    ended = qntx("--json", "ix", "endless")
    assert ended.code == 1
    job = shape_of(ended, "failed")
    assert job["error"]["code"] == "handler_timeout"
    assert job["error"]["details"] == {"timeout_s": 1.0}
    assert len(ended.document["execution"]["attestation_ids"]) == 1


def test_a_run_is_cancelled_from_another_process(qntx: Cli) -> None:
    qntx.handler("endless", real_input.ENDLESS)
    running = qntx.start("--json", "ix", "endless")
    began(qntx)
    (job,) = qntx.jobs("running")
    asked = qntx("--json", "job", "cancel", str(job["id"]))
    assert asked.code == 0
    ended = finish(running)
    assert ended.code == 1
    assert shape_of(ended, "cancelled")["error"]["code"] == "cancelled"
    again = qntx("--json", "job", "cancel", str(job["id"]))
    assert (again.code, again.error["code"]) == (4, "job_not_cancellable")


def test_ctrl_c_cancels_the_run(qntx: Cli) -> None:
    qntx.handler("endless", real_input.ENDLESS)
    running = qntx.start("--json", "ix", "endless")
    began(qntx)
    running.send_signal(signal.SIGINT)
    ended = finish(running)
    assert ended.code == 130
    assert shape_of(ended, "cancelled")["error"]["code"] == "cancelled"
    assert "Traceback" not in ended.err
    assert qntx.jobs("running") == qntx.jobs("pending") == []


def test_ctrl_c_for_people(qntx: Cli) -> None:
    qntx.handler("endless", real_input.ENDLESS)
    running = qntx.start("ix", "endless")
    began(qntx)
    running.send_signal(signal.SIGINT)
    ended = finish(running)
    assert ended.code == 130
    assert "endless v1 was cancelled after" in ended.err
    assert "Traceback" not in ended.err


def test_ctrl_c_during_a_dry_run_leaves_nothing(qntx: Cli) -> None:
    qntx.file("endless.py", "print('began', flush=True)\nattest('a', 'b', 'c')\nwhile True: pass\n")
    aside = qntx.folder / "tmp"
    aside.mkdir()
    running = qntx.start("--json", "run", "endless.py", "--dry-run", temporary=str(aside))
    until(lambda: list(aside.glob("qntx-dry-*/*")))
    running.send_signal(signal.SIGINT)
    ended = finish(running)
    assert (ended.code, ended.error["code"]) == (130, "cancelled")
    assert list(aside.iterdir()) == []
    assert not qntx.home.exists()


def test_a_request_to_end_leaves_nothing_running(qntx: Cli) -> None:
    qntx.handler("endless", real_input.ENDLESS)
    running = qntx.start("ix", "endless")
    began(qntx)
    running.send_signal(signal.SIGTERM)
    assert finish(running).code == 128 + signal.SIGTERM
    assert qntx.jobs("running") == []


def test_two_calls_at_once_run_each_job_once(qntx: Cli) -> None:
    rows = real_input.write_people(qntx.folder / "people.csv", 400)
    qntx.handler("csv", real_input.CSV_HANDLER)
    both = [finish(call) for call in [qntx.start("--json", "ix", "csv", "people.csv") for _ in range(2)]]
    assert [ended.code for ended in both] == [0, 0], [ended.err for ended in both]
    jobs = [shape_of(ended, "completed") for ended in both]
    assert len({job["id"] for job in jobs}) == 2
    assert [job["attempt"] for job in jobs] == [1, 1]
    ids = {each for ended in both for each in ended.document["execution"]["attestation_ids"]}
    assert len(ids) == 2 * len(rows)
    assert len(qntx("--json", "ax", "is lives_in", "--limit", "10000").document) == 2 * len(rows)


def test_a_call_beside_a_runner_waits_for_it_and_can_be_stopped(qntx: Cli) -> None:
    qntx.handler("endless", real_input.ENDLESS)
    first = qntx.start("--json", "ix", "endless")
    began(qntx)
    waiting = qntx.start("--json", "ix", "endless")
    until(lambda: len(qntx.jobs("pending")) + len(qntx.jobs("running")) == 2)
    waiting.send_signal(signal.SIGINT)
    ended = finish(waiting)
    assert ended.code == 130
    assert ended.document["job"]["status"] == "cancelled"
    assert len(qntx.jobs("running")) == 1
    first.send_signal(signal.SIGINT)
    assert finish(first).code == 130


def test_the_next_call_takes_over_from_a_killed_one(qntx: Cli) -> None:
    qntx.handler("slow", _FIRST_ENDLESS.format(mark=str(qntx.folder / "mark")))
    killed = qntx.start("ix", "slow")
    began(qntx)
    killed.kill()
    finish(killed)
    (orphan,) = qntx.jobs("running")
    (qntx.folder / "mark").write_text("go")
    qntx.handler("slow", "attest('slow', 'is_done', 'now')\n")
    other = qntx("--json", "run", "-", stdin="print('other')\n")
    assert other.code == 0, other.out
    recovered = qntx("--json", "job", "show", str(orphan["id"])).document
    assert (recovered["status"], recovered["attempt"], recovered["retry_count"]) == ("completed", 2, 1)
    assert recovered["execution"]["attempt"] == 2
    assert len(qntx("--json", "ax", "slow is is_done").document) == 1
    assert qntx.jobs("running") == qntx.jobs("pending") == []


_FIRST_ENDLESS = """\
attest("endless", "began", "run")
while True:
    pass
"""


_CHATTY = """\
import qntx
for n in range(5):
    qntx.log("info", f"line {n}")
qntx.log("error", "last")
"""


def test_no_wait_leaves_the_job_for_the_next_call(qntx: Cli) -> None:
    qntx.handler("note", "print('ran')\n")
    queued = qntx("--json", "ix", "note", "--no-wait")
    assert (queued.code, set(queued.document)) == (0, {"job"})
    job = queued.document["job"]
    assert (job["status"], job["attempt"]) == ("pending", 0)
    assert [each["id"] for each in qntx.jobs("pending")] == [job["id"]], "a call that reads ran the job"
    assert qntx("run", "-", stdin="pass").code == 0
    done = qntx("--json", "job", "show", str(job["id"])).document
    assert (done["status"], done["execution"]["stdout"]) == ("completed", "ran\n")


def test_a_job_nobody_runs_waits_and_says_so(qntx: Cli) -> None:
    made = qntx("--json", "job", "create", "plugin.magic", "--payload", '{"a": [1]}', "--priority", "7")
    assert made.code == 0
    job = made.document
    assert (job["status"], job["priority"], job["payload"]) == ("pending", 7, {"a": [1]})
    assert job["waiting"]["code"]
    assert qntx("run", "-", stdin="pass").code == 0
    assert qntx("--json", "job", "show", str(job["id"])).document["status"] == "pending"
    assert "waiting" in qntx("job", "list").out
    cancelled = qntx("--json", "job", "cancel", str(job["id"])).document
    assert cancelled["status"] == "cancelled"


def test_jobs_of_one_reference_join(qntx: Cli) -> None:
    words = ("--json", "job", "create", "plugin.magic", "--payload", "{}", "--reference", "plugin:7")
    first, second = qntx(*words).document, qntx(*words, "--priority", "200").document
    assert first["id"] == second["id"]
    assert (second["priority"], second["reference_type"], second["reference_id"]) == (200, "plugin", "7")


def test_logs_follow_a_run(qntx: Cli) -> None:
    qntx.handler("chatty", _CHATTY)
    queued = qntx("--json", "ix", "chatty", "--no-wait").document["job"]["id"]
    following = qntx.start("--json", "job", "logs", str(queued), "--follow")
    assert qntx("run", "-", stdin="pass").code == 0
    followed = finish(following)
    assert followed.code == 0
    lines = followed.document
    assert [line["message"] for line in lines] == [*(f"line {n}" for n in range(5)), "last"]
    assert {line["level"] for line in lines} == {"info", "error"}
    assert qntx("--json", "job", "logs", str(queued)).document == lines
    assert "error    last" in qntx("job", "logs", str(queued)).out
