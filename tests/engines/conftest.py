"""Runs scripts through the real launcher, and sees after each that no process, file or descriptor is left."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qntx_desktop.engines.git.port import GitProcesses
from qntx_desktop.engines.sandbox.launcher import CancelToken, RunSpec, launch
from qntx_desktop.engines.sandbox.warm import WarmLaunchers
from qntx_desktop.model.job import Outcome
from tests.engines.runs import RecordingSink, Run, descriptors, marked
from tests.git_server import Repository, Server, trusted


@pytest.fixture
def sink() -> RecordingSink:
    return RecordingSink()


@pytest.fixture
def home_id() -> str:
    return f"test-{uuid.uuid4().hex}"


@pytest.fixture
def run(tmp_path: Path, sink: RecordingSink, home_id: str) -> Iterator[Run]:
    """Run code; afterwards nothing of any run may be left."""
    before = descriptors()
    work = tmp_path / "work"

    def start(
        code: str, *, cancel: CancelToken | None = None, warm: WarmLaunchers | None = None, **changes: Any
    ) -> Outcome:
        run_id = uuid.uuid4().hex
        chosen: dict[str, Any] = {
            "filename": "csv.py",
            "command": "ix csv",
            "script_type": "csv",
            "args": (),
            "timeout_s": 30.0,
            "memory_bytes": 512 << 20,
            "work_dir": work / run_id,
            "run_id": run_id,
            "home_id": home_id,
        }
        spec = RunSpec(code=code, **(chosen | changes))
        return launch(spec, sink, cancel or CancelToken(), warm)

    yield start
    assert marked(home_id) == []
    assert not work.exists() or list(work.iterdir()) == []
    assert descriptors(before) <= before


@pytest.fixture(scope="module")
def git_serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, GitProcesses]]:
    """One server and one git process for a whole file: to start them for each test would take most of its time.

    The process keeps the surroundings of the test that asks it first, whichever that is; `trusted` sets them.
    """
    processes = GitProcesses(60)
    with trusted(tmp_path_factory.mktemp("served")) as running:
        yield running, processes
        processes.close()


@pytest.fixture
def server(git_serving: tuple[Server, GitProcesses]) -> Server:
    """The server of the file, as if nobody had asked it before."""
    server = git_serving[0]
    server.mood, server.token, server.seen = "", None, []
    server.free.clear()
    server.asked.clear()
    return server


@pytest.fixture
def processes(git_serving: tuple[Server, GitProcesses]) -> GitProcesses:
    return git_serving[1]


@pytest.fixture
def repository(server: Server) -> Repository:
    """An empty one at `server.url()`."""
    shutil.rmtree(server.root / "r.git", ignore_errors=True)
    return Repository(server.root / "r.git")
