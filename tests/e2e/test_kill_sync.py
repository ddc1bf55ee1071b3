"""A sync is killed at named points and at any moment; what is seen is one whole commit, and the next sync works.

Many more kills are in `python -m tests.benchmarks kills`; here a few, seeded, so that every test run sees some.
"""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("looks at processes through /proc", allow_module_level=True)

from tests.e2e import crash_git, crash_sync

KILLS = 8


@pytest.mark.timeout(300)
def test_killed_while_it_syncs(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "tests.e2e.crash_sync", str(KILLS), "5", str(tmp_path)]
    done = subprocess.run(words, cwd=crash_sync.ROOT, capture_output=True, text=True, timeout=280, check=False)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["broken"] == []
    assert answer["kills"] == KILLS


def test_every_named_point_is_there() -> None:
    assert all(callable(getattr(room, name)) for room, name in crash_sync.POINTS.values())
    for module, name in crash_git.POINTS.values():
        assert callable(getattr(import_module(f"qntx_desktop.engines.git.{module}"), name))
