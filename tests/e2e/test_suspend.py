"""The app is suspended in the middle of a run, as when a laptop sleeps: nothing is lost or done twice."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from tests.e2e.cli_process import Cli, finish, until

pytestmark = [
    pytest.mark.timeout(120),
    pytest.mark.skipif(sys.platform == "win32", reason="stops processes by signals"),
]

SLOW = """
import os, sys, time
open(sys.argv[1], "a").write("began\\n")
attest("before", "is", "suspended")
end = time.monotonic() + 60
while not os.path.exists(sys.argv[2]) and time.monotonic() < end:
    time.sleep(0.02)
attest("after", "is", "suspended")
print("done")
"""


@pytest.fixture
def qntx(tmp_path: Path) -> Cli:
    folder = tmp_path / "folder"
    folder.mkdir()
    return Cli(tmp_path / "home", folder)


def test_a_suspended_app_goes_on_with_its_run_and_nobody_takes_it_over(qntx: Cli) -> None:
    qntx.file("next.py", "print('next')")
    qntx.handler("slow", SLOW.replace("sys.argv[1]", "'log.txt'").replace("sys.argv[2]", "'go.txt'"))
    running = qntx.start("--json", "ix", "slow")
    until(lambda: qntx.jobs("running"))
    work = until(lambda: list((qntx.home / "work").glob("*/log.txt")))[0].parent
    os.kill(running.pid, signal.SIGSTOP)
    other = qntx.start("--json", "run", "next.py")  # waits: the home's lock is held, however long nothing happens
    until(lambda: qntx.jobs("pending"))
    (work / "go.txt").touch()
    assert len(qntx.jobs("running")) == 1
    assert other.poll() is None
    os.kill(running.pid, signal.SIGCONT)
    ended = finish(running)
    assert ended.code == 0, ended.err
    document = ended.document
    assert (document["job"]["attempt"], document["job"]["retry_count"]) == (1, 0)
    assert len(document["execution"]["attestation_ids"]) == 2
    assert (work / "log.txt").exists() is False
    after = finish(other)
    assert after.code == 0, after.err
    assert after.document["execution"]["stdout"] == "next\n"
