"""Jobs over a real cluster on this computer, of which one worker is killed: none is lost, none is completed twice.

The long version, with 200 jobs, is `python -m tests.benchmarks remote`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.e2e.crash_runs import ROOT

pytestmark = [
    pytest.mark.skipif(find_spec("distributed") is None, reason="without the extra everything runs here"),
    pytest.mark.timeout(300),
    pytest.mark.skipif(sys.platform == "win32", reason="kills a process"),
]
JOBS = 8
LEASE_S = 5


def test_a_killed_worker_loses_no_job_and_none_is_completed_twice(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "tests.e2e.remote_cluster", str(tmp_path / "home"), str(JOBS), str(LEASE_S)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=270, check=False)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert (answer["status"], answer["errors"]) == ({"completed": JOBS}, [])
    assert (answer["ended_twice"], answer["completed_twice"], answer["stdout"]) == (0, 0, JOBS)
    assert answer["first"] == [[1, "interrupted", 1], [2, "completed", 2]]
    assert set(answer["notes"]) == {"away"}
