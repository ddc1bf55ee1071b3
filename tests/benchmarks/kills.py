"""`kill -9` at 1,000 points of a busy queue, 300 of syncs and 200 of runs: what must hold, holds each time.

Not a ratio but a count: how many points kept every invariant. The figures beside it say what the kills met.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from qntx_desktop.model.job import JobStatus
from tests.benchmarks.figures import Figure, Place
from tests.e2e.crash_runs import ROOT, Crash, Point, calibrate, check_after, look, moments, watching


def measure(place: Place) -> Sequence[Figure]:
    """Kill, start again, check: the queue and syncs in forked processes, then whole runs with their handlers."""
    return [
        forked(place, "killed queue", "kills of a busy queue", "crash_queue", place.points * 5),
        forked(place, "killed syncs", "kills of an app that syncs", "crash_sync", place.points * 3 // 2),
        killed_runs(place),
    ]


def forked(place: Place, name: str, what: str, module: str, wanted: int) -> Figure:
    """Kills in forked processes, many of them at named points of the steps that are taken there."""
    folder = _made(Path(place.folder) / module)
    words = [sys.executable, "-m", f"tests.e2e.{module}", str(wanted), str(place.seed), str(folder)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{name} gave no answer: {done.stderr[-2000:]}")
    answer = json.loads(done.stdout)
    for each in answer["broken"]:
        place.say(each)
    place.say(f"{answer['kills']:,} kills of {answer['homes']:,} homes: {answer['met']}")
    return Figure(
        name=name,
        what=f"{what} that left everything in order, of {wanted:,}",
        unit="kills",
        ours=answer["kills"] - len(answer["broken"]),
        peer=wanted,
        ratio=(answer["kills"] - len(answer["broken"])) / wanted,
        at_least=1.0,
        spread={"met": answer["met"], "broken": answer["broken"]},
    )


def killed_runs(place: Place) -> Figure:
    """Every eighth home is killed a second time while it makes up for the first."""
    folder = Path(place.folder) / "runs"
    starts_s, ends_s = calibrate(_made(folder / "usual"))
    place.say(f"a run begins after {starts_s:.2f} s and ends after {ends_s:.2f} s")
    source = random.Random(place.seed)
    met: Counter[str] = Counter()
    broken: list[str] = []
    for number, at_s in enumerate(moments(place.seed, place.points, starts_s, ends_s)):
        second_s = source.uniform(starts_s, ends_s) if number % 8 == 7 else None
        try:
            points = _one(_made(folder / str(number)), at_s, second_s)
        except AssertionError as error:
            broken.append(f"point {number} at {at_s:.3f} s: {error}")
            place.say(broken[-1])
            continue
        met.update(point.phase for point in points)
        met["rows promised"] += sum(point.acknowledged for point in points)
        if number % 20 == 19:
            place.say(f"{number + 1:,} homes, {len(broken)} broken, {dict(met)}")
    good = place.points - len(broken)
    return Figure(
        name="killed runs",
        what=f"homes in order after kill -9, of {place.points:,}",
        unit="homes",
        ours=good,
        peer=place.points,
        ratio=good / place.points,
        at_least=1.0,
        spread={"met": dict(met), "broken": broken},
    )


def _one(folder: Path, at_s: float, second_s: float | None) -> list[Point]:
    crash = Crash(folder)
    crash.prepare()
    with watching(crash.home) as twice:
        points = [crash.kill_run("counting.py", at_s=at_s)]
        if second_s is not None:
            points.append(crash.kill_run("next.py", at_s=second_s))
        code, answer = crash.finish("next.py")
    assert twice == [], f"I2: two runs at once: {twice[0]}"
    assert code == 0, answer
    check_after(crash, points)
    for job, executions in look(crash.home):
        if job.status is JobStatus.FAILED:
            assert second_s is not None, f"job {job.id} failed after one kill: {job.error}"
            assert (job.error or {}).get("code") == "interrupted_twice", f"job {job.id} failed: {job.error}"
            assert len(executions) == 2, f"I6: given up after {len(executions)} attempts"
        else:
            assert job.status is JobStatus.COMPLETED, f"I3: job {job.id} is {job.status}"
    return points


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder
