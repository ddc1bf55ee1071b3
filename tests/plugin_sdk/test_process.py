"""A plugin as a process of its own: its port, its log, its end, and what it imports."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import grpc
import pytest

from qntx_desktop.protocol import domain_pb2 as pb
from qntx_desktop.protocol.services import PLUGIN, Stub

ROOT = Path(__file__).resolve().parents[2]
WAIT_S = 60
CODE = """
import sys, threading
from qntx_desktop.plugin_sdk import Job, Plugin, handler, run

class Stubborn(Plugin):
    name = "stubborn"
    version = "1"

    def start(self):
        self.log.warning("begins")

    @handler("modules")
    def modules(self, job: Job):
        return sorted(sys.modules)

    @handler("hang")
    def hang(self, job: Job):
        job.log("hangs now")
        threading.Event().wait()

if __name__ == "__main__":
    run(Stubborn)
"""


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]


@pytest.fixture
def process(tmp_path: Path, taken_port: int) -> Iterator[subprocess.Popen[str]]:
    path = tmp_path / "plugin.py"
    path.write_text(CODE, encoding="utf-8")
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, str(path), "--port", str(taken_port), "--verbose"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environ,
        text=True,
    ) as running:
        yield running
        running.kill()


def _own_line(stream: IO[str]) -> str:
    """The next line that the plugin wrote; libraries write there, too."""
    return next(line for line in stream if line.startswith("{"))


def test_a_process_takes_another_port_says_so_imports_little_and_ends(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    assert process.stderr is not None
    name, _, port = process.stdout.readline().strip().partition("=")
    assert name == "QNTX_PLUGIN_PORT"
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        stub = Stub(channel, PLUGIN)
        stub.Initialize(pb.InitializeRequest(), timeout=WAIT_S)
        answer = stub.ExecuteJob(pb.ExecuteJobRequest(job_id="7", handler_name="modules"), timeout=WAIT_S)
        hanging = stub.ExecuteJob.future(pb.ExecuteJobRequest(job_id="8", handler_name="hang"), timeout=WAIT_S)
        lines = [json.loads(_own_line(process.stderr)) for _ in range(2)]
        stub.Shutdown(pb.Empty(), timeout=WAIT_S)
        assert process.wait(WAIT_S) == 1  # the job that hangs is left behind, and the process says so
        assert hanging.exception(WAIT_S) is not None
    rooms = {name.split(".")[1] for name in json.loads(answer.result) if name.startswith("qntx_desktop.")}
    assert rooms == {"plugin_sdk", "protocol"}
    assert not {"PySide6", "sqlite3", "sqlmodel"} & set(json.loads(answer.result))
    assert [(line["level"], line["message"], line.get("job")) for line in lines] == [
        ("warn", "begins", None),
        ("info", "hangs now", "8"),
    ]
    assert "did not end" in process.stderr.read()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM to send")
def test_a_process_without_jobs_ends_well_at_sigterm(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    assert process.stdout.readline().startswith("QNTX_PLUGIN_PORT=")
    process.send_signal(signal.SIGTERM)
    assert process.wait(WAIT_S) == 0
