"""200 jobs over a local cluster of two workers, one of which is killed: none lost, none completed twice."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from qntx_desktop.engines.remote.terms import LEASE_S
from tests.benchmarks.figures import Figure, Place

JOBS = 200
WAIT_S = 600.0


def measure(place: Place) -> Sequence[Figure]:
    """How many of the jobs are in order afterwards."""
    home = Path(place.folder) / "home"
    words = [sys.executable, "-m", "tests.e2e.remote_cluster", str(home), str(JOBS), str(LEASE_S)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=WAIT_S, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    answer = json.loads(done.stdout)
    wrong = answer["ended_twice"] + answer["completed_twice"] + (answer["first"][0][1:] != ["interrupted", 1])
    in_order = min(answer["status"].get("completed", 0), answer["stdout"]) - wrong
    return [
        Figure(
            name="remote",
            what="jobs in order after one of two workers was killed",
            unit="jobs",
            ours=in_order,
            peer=JOBS,
            ratio=in_order / JOBS,
            at_least=1.0,
            spread=answer,
        )
    ]
