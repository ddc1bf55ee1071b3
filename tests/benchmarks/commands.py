"""What a call of `qntx` costs as a whole process, on a home with 10,000 of everything, against a bare Python.

The bare Python imports argparse and sqlite3, which is the least that a program of this kind needs. Both are started
in turns, and both find their modules compiled.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from qntx_desktop.app.paths import Home
from qntx_desktop.model.attestation import check_draft
from qntx_desktop.model.events import Event
from qntx_desktop.model.job import JobRequest
from qntx_desktop.store import attestations, handlers, jobs
from qntx_desktop.store.database import Database, Tx
from tests.benchmarks.figures import Figure, Place, median

ROOT = Path(__file__).resolve().parents[2]
REPEATS = 15
COUNT = 10_000
TYPES = 100
"""Among which the 10,000 handler versions are spread; in the other home each is a type of its own."""
BATCH = 1_000
ENDS_S = 60.0
CALLS = (("job list", ("job", "list")), ("handler list", ("handler", "list")), ("ax", ("ax", "is lives_in")))


def measure(place: Place) -> Sequence[Figure]:
    """One figure for each verb that is called most."""
    home, crowded = Path(place.folder) / "home", Path(place.folder) / "crowded"
    compiled = Path(place.folder) / "compiled"
    prepare(home, TYPES)
    prepare(crowded, COUNT)
    place.say(f"{COUNT:,} jobs, {COUNT:,} handler versions of {TYPES} types and {COUNT:,} attestations")
    found = [_figure(place, name, words, home, compiled) for name, words in CALLS]
    extreme = _figure(place, "handler list", ("handler", "list"), crowded, compiled)
    return [*found, replace(extreme, name="10,000 types", at_most=None)]


def _figure(place: Place, name: str, words: Sequence[str], home: Path, compiled: Path) -> Figure:
    ours, bare = [], []
    for turn in range((place.repeats or REPEATS) + 1):
        called = taken_s(compiled, "-m", "qntx_desktop.cli", "--home", str(home), *words)
        least = taken_s(compiled, "-c", "import argparse, sqlite3")
        if turn:  # the first of each compiles and warms the caches of the system
            ours.append(called)
            bare.append(least)
    ratios = [one / other for one, other in zip(ours, bare, strict=True)]
    return Figure(
        name=f"qntx {name}",
        what="a whole process / python -c 'import argparse, sqlite3'",
        unit="s",
        ours=median(ours),
        peer=median(bare),
        ratio=median(ratios),
        at_most=5.0,
        spread={"ratios": [round(ratio, 2) for ratio in ratios]},
    )


def taken_s(compiled: Path, *words: str) -> float:
    """How long one process takes, its start included."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environ |= {"PYTHONPYCACHEPREFIX": str(compiled)}
    start = time.monotonic()
    ended = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=environ, capture_output=True, timeout=ENDS_S, check=False
    )
    taken = time.monotonic() - start
    if ended.returncode:
        raise SystemExit(f"{' '.join(words)} failed: {ended.stderr.decode()[-2000:]}")
    return taken


def prepare(root: Path, types: int) -> None:
    """A home with many jobs, versions of so many types, and attestations, through the store's own functions."""
    home = Home(root=root.resolve()).make()
    db = Database.open(home.db, publish=_unheard, app_version="benchmark")
    try:
        for first in range(0, COUNT, BATCH):
            db.write(lambda tx, first=first: _fill(tx, range(first, first + BATCH), types))
    finally:
        db.close()


def _fill(tx: Tx, numbers: Sequence[int], types: int) -> None:
    code = "import qntx\nprint(qntx.args)\n"
    for number in numbers:
        name = f"type-{number % types}"
        handlers.save_version(
            tx, script_type=name, code=code, description=f"number {number}", requires={}, source="cli"
        )
        payload = {"script_code": code, "script_type": f"type-{number}", "args": [], "command": f"ix type-{number}"}
        jobs.enqueue(tx, JobRequest(type="python.script", payload=payload))
    attestations.insert(
        tx,
        [
            check_draft(
                subjects=[f"person {number}"],
                predicates=["lives_in"],
                contexts=[f"town {number % 100}"],
                actors=["benchmark"],
                timestamp_us=1_700_000_000_000_000 + number,
                source="benchmark",
            )
            for number in numbers
        ],
    )


def _unheard(_event: Event) -> None:
    """Nobody listens."""
