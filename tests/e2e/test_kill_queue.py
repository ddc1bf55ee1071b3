"""A busy queue is killed at named points and at any moment; the next process finds everything in order.

Many more kills are in `python -m tests.benchmarks kills`; here a few, seeded, so that every test run sees some.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.crash_queue import POINTS
from tests.e2e.crash_runs import ROOT

pytestmark = [
    pytest.mark.timeout(300),
    pytest.mark.skipif(sys.platform == "win32", reason="forks"),
]
KILLS = 16


@pytest.mark.parametrize("seed", [3, 4])
def test_killed_while_it_makes_runs_holds_back_and_deletes_jobs(tmp_path: Path, seed: int) -> None:
    words = [sys.executable, "-m", "tests.e2e.crash_queue", str(KILLS), str(seed), str(tmp_path)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["broken"] == []
    assert answer["kills"] == KILLS
    named = (number for name, number in answer["met"].items() if name.rpartition(" ")[0] in POINTS)
    assert sum(named) >= 2


def test_every_named_point_is_there() -> None:
    assert all(callable(getattr(room, name)) for room, name in POINTS.values())
