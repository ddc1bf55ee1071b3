"""The app is killed at random points of a run; whoever comes next finds everything in order.

Many more points are in `python -m tests.benchmarks kills`; here a few, seeded, so that every test run sees some.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from qntx_desktop.model.job import JobStatus
from tests.e2e.crash_runs import Crash, Point, calibrate, check_after, look, moments, watching

pytestmark = [
    pytest.mark.timeout(300),
    pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc"),
]
SEED = 2
POINTS = 5
ROWS = 300


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> tuple[float, float]:
    """How long a run takes here until it starts, and until it ends."""
    return calibrate(tmp_path_factory.mktemp("usual"), ROWS)


@pytest.fixture
def crash(tmp_path: Path) -> Crash:
    """A home to be harmed."""
    crash = Crash(tmp_path, ROWS)
    crash.prepare()
    return crash


@pytest.mark.parametrize("number", range(POINTS))
def test_killed_at_any_moment_and_finished_by_the_next_process(
    crash: Crash, usual: tuple[float, float], number: int
) -> None:
    at_s = list(moments(SEED, POINTS, *usual))[number]
    with watching(crash.home) as twice:
        point = crash.kill_run("counting.py", at_s=at_s)
        _next_process_finishes(crash)
    assert twice == [], "I2: two runs at once"
    _in_order(crash, point)


@pytest.mark.parametrize("rows", [1, 60, 180])
def test_killed_while_it_attests_and_run_once_more(crash: Crash, rows: int) -> None:
    with watching(crash.home) as twice:
        point = crash.kill_run("counting.py", at_rows=rows)
        _next_process_finishes(crash)
    assert twice == [], "I2: two runs at once"
    assert point.phase == "running"
    _in_order(crash, point)
    (job, executions), _ = look(crash.home)
    assert [str(each.status) for each in executions] == ["interrupted", "completed"]
    assert executions[0].attestation_count >= rows
    assert executions[1].attestation_count == ROWS
    assert job.retry_count == 1


def test_killed_twice_is_given_up_as_interrupted_twice(crash: Crash) -> None:
    with watching(crash.home) as twice:
        # The second call runs the lost job first; it is killed in the middle of that.
        lost = [crash.kill_run("counting.py", at_rows=120), crash.kill_run("next.py", at_rows=60)]
        _next_process_finishes(crash)
    assert twice == [], "I2: two runs at once"
    check_after(crash, lost)
    (job, executions), *others = look(crash.home)
    assert job.status is JobStatus.FAILED
    assert job.error is not None
    assert job.error["code"] == "interrupted_twice"
    assert [str(each.status) for each in executions] == ["interrupted", "interrupted"]
    assert [str(other.status) for other, _ in others] == ["completed", "completed"]


def _next_process_finishes(crash: Crash) -> None:
    code, answer = crash.finish("next.py")
    assert code == 0, answer
    assert answer["job"]["status"] == "completed"


def _in_order(crash: Crash, point: Point) -> None:
    check_after(crash, [point])
    for job, executions in look(crash.home):
        assert job.status is JobStatus.COMPLETED, f"{point}: job {job.id} is {job.status}: {job.error}"
        assert len(executions) == 1 + job.retry_count
