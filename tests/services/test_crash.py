"""A process that is killed in the middle of a run: the job runs once more, and a second time never."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qntx_desktop.app.paths import Home
from qntx_desktop.model.events import JobsRecovered
from qntx_desktop.model.job import Job

RUNS = """
import sys
from pathlib import Path
from qntx_desktop.app.container import build
from qntx_desktop.app.paths import Home
services = build(Home(root=Path(sys.argv[1])))
job = services.queue.get(int(sys.argv[2]))
print("ready", flush=True)
services.runner.run_until(job.id)
"""
#: Attests, says so through a file, and stays - unless the file says that it may end.
STAYS = """
# /// script
# [tool.qntx]
# write = ["{sign}"]
# ///
import pathlib, sys, time, qntx
attest("run", "began", "here")
sign = pathlib.Path(qntx.args[0])
with sign.open("a") as file:
    file.write("began\\n")
while "end" not in sign.read_text():
    time.sleep(0.01)
"""


@contextmanager
def killed_while_running(home: Home, job: Job, sign: Path, began: int) -> Iterator[None]:
    """Run the job in a process, and kill that one once the code has begun for the given time."""
    process = subprocess.Popen(
        [sys.executable, "-c", RUNS, str(home.root), str(job.id)], stdout=subprocess.PIPE, text=True
    )
    with process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            for _ in range(3000):
                if sign.read_text().count("began") >= began:
                    break
                try:
                    process.wait(0.01)
                except subprocess.TimeoutExpired:
                    continue
                raise AssertionError("the process ended before its job began")
            else:
                raise AssertionError("the job did not begin")
            yield
        finally:
            process.kill()


def make_job(open_services, sign: Path) -> Job:
    sign.write_text("")
    services = open_services()
    services.handlers.create("stays", STAYS.format(sign=sign), source="test")
    job = services.runs.ix(["stays", str(sign)], base=None, bare=True)
    services.close()
    return job


def test_a_job_of_a_killed_process_runs_once_more(home: Home, open_services, heard, tmp_path: Path) -> None:
    sign = tmp_path / "sign"
    job = make_job(open_services, sign)
    with killed_while_running(home, job, sign, 1):
        pass
    sign.write_text("began\nend")
    services = open_services()
    assert services.queue.get(job.id).status == "running"
    ended = services.runner.run_until(job.id)
    assert (ended.status, ended.attempt, ended.retry_count) == ("completed", 2, 1)
    attempts = services.queue.executions(job.id)
    assert [(each.attempt, each.status) for each in attempts] == [(1, "interrupted"), (2, "completed")]
    assert heard.wait(JobsRecovered).report.restarted == (job.id,)
    made = services.ledger.ax("is began")
    assert sorted(each.execution_id or 0 for each in made) == [each.id for each in attempts]
    assert not list(home.work.iterdir())


def test_a_job_that_is_lost_twice_is_not_started_again(home: Home, open_services, tmp_path: Path) -> None:
    sign = tmp_path / "sign"
    job = make_job(open_services, sign)
    for number in (1, 2):
        with killed_while_running(home, job, sign, number):
            pass
    services = open_services()
    ended = services.runner.run_until(job.id)
    assert (ended.status, ended.attempt, ended.retry_count) == ("failed", 2, 2)
    assert ended.error is not None
    assert ended.error["code"] == "interrupted_twice"
    assert sign.read_text().count("began") == 2


def test_somebody_who_waits_takes_over(home: Home, open_services, tmp_path: Path) -> None:
    sign = tmp_path / "sign"
    job = make_job(open_services, sign)
    services = open_services()
    with killed_while_running(home, job, sign, 1):
        assert services.queue.get(job.id).status == "running"
        assert not services.lock.acquire()
    sign.write_text("began\nend")
    assert services.runner.run_until(job.id).attempt == 2
