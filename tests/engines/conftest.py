"""Runs scripts through the real launcher, and sees after each that no process, file or descriptor is left."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qntx_desktop.engines.sandbox.launcher import CancelToken, RunSpec, launch
from qntx_desktop.engines.sandbox.warm import WarmLaunchers
from qntx_desktop.model.job import Outcome
from tests.engines.runs import RecordingSink, Run, descriptors, marked


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
