"""The real `qntx serve`: says where it answers, runs what it is asked, ends in good order."""

from __future__ import annotations

import ctypes
import json
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.e2e.cli_process import PATIENCE_S, Cli, finish, until

pytestmark = pytest.mark.skipif(os.name == "nt", reason="ends by signals")


@pytest.fixture
def serve(qntx: Cli) -> Iterator[Any]:
    started: list[subprocess.Popen[bytes]] = []

    def begin(*words: str) -> tuple[subprocess.Popen[bytes], dict[str, Any]]:
        process = qntx.start("--json", "serve", *words)
        started.append(process)
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line, finish(process).err
        return process, json.loads(line)

    yield begin
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


def test_it_runs_jobs_and_answers_until_it_is_told_to_end(qntx: Cli, serve: Any) -> None:
    token = qntx("--json", "api", "token").document["token"]
    qntx.handler("hello", "print('hello')")
    process, told = serve("--api", "--port", "0")
    assert (told["runner"], told["webhooks"]) == (True, None)
    with httpx.Client(
        base_url=told["api"], headers={"Authorization": f"Bearer {token}"}, timeout=PATIENCE_S
    ) as client:
        run = client.post("/api/ix?wait=1", json={"command": "hello"}).json()
        assert run["execution"]["stdout"] == "hello\n"
        # What another process puts into the queue is run here, too.
        job = qntx("--json", "ix", "hello", "--no-wait").document["job"]
        until(lambda: client.get(f"/api/pulse/jobs/{job['id']}").json()["status"] == "completed")
        # A long run goes back to pending when the server ends.
        qntx.handler("long", "import time\ntime.sleep(600)")
        job = client.post("/api/ix", json={"command": "long"}).json()["job"]
        until(lambda: client.get(f"/api/pulse/jobs/{job['id']}").json()["status"] == "running")
    process.send_signal(signal.SIGTERM)
    assert process.stderr is not None
    assert process.stderr.readline().startswith(b"Stopping")
    process.send_signal(signal.SIGTERM)  # again: it does not wait for the long run
    assert finish(process).code == 0
    shown = qntx("--json", "job", "show", str(job["id"])).document
    assert (shown["status"], shown["retry_count"]) == ("pending", 0)
    with pytest.raises(httpx.ConnectError):
        httpx.get(told["api"])


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="names the threads of a process by Linux's /proc")
def test_it_hears_a_signal_that_another_thread_took(serve: Any) -> None:
    process, _ = serve()
    threads = sorted(int(entry.name) for entry in Path(f"/proc/{process.pid}/task").iterdir())
    other = next(thread for thread in reversed(threads) if thread != process.pid)
    assert ctypes.CDLL(None).tgkill(process.pid, other, int(signal.SIGTERM)) == 0
    assert finish(process).code == 0


def test_a_taken_port_ends_it_with_5(qntx: Cli, serve: Any) -> None:
    first, told = serve("--api", "--port", "0")
    port = told["api"].rpartition(":")[2]
    refused = qntx("--json", "serve", "--api", "--port", port)
    assert refused.code == 5
    assert refused.error["code"] == "port_taken"
    first.send_signal(signal.SIGINT)
    assert finish(first).code == 0


def test_two_of_one_home_run_nothing_twice_and_the_second_takes_over(qntx: Cli, serve: Any) -> None:
    first, told = serve()
    assert told == {"home": str(qntx.home), "runner": True, "api": None, "webhooks": None}
    second, told = serve()
    assert told["runner"] is False
    first.send_signal(signal.SIGTERM)
    assert finish(first).code == 0
    qntx.handler("hello", "print('hello')")
    job = qntx("--json", "ix", "hello", "--no-wait").document["job"]
    until(lambda: qntx("--json", "job", "show", str(job["id"])).document["status"] == "completed")
    second.send_signal(signal.SIGHUP)
    assert finish(second).code == 0
