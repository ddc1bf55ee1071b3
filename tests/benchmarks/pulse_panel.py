"""The Pulse panel on a home with 100,000 jobs: its first page, and what holds the window up while jobs end.

The window is a process of its own on the offscreen platform, with everything a person has: canvas, panels, runner.
A timer of two milliseconds rings in its event loop; how late it rings is how long the loop was held up.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qntx_desktop.app.container import Services, build
from qntx_desktop.app.paths import Home
from qntx_desktop.model.clock import now_us
from qntx_desktop.model.pulse import PulseFilter
from tests.benchmarks.figures import Figure, Place, median, percentile

JOBS = 100_000
RATE = 200
SECONDS = 10.0
SPACE_US = 5_000_000
"""Between two runs: all are younger than a week, so that no retention takes them away meanwhile."""
REPEATS = 3
ENDS_S = 180.0
PAGE_LIMIT_MS, BLOCK_LIMIT_MS = 100.0, 16.0
ROOT = Path(__file__).resolve().parents[2]


def measure(place: Place) -> Sequence[Figure]:
    """The panel in a window, and its searches without one."""
    home = Path(place.folder) / "home"
    services = build(Home(root=home.resolve()))
    try:
        fill(services, JOBS)
        page_ms, search_ms = asked(services)
    finally:
        services.close()
    runs = [window(home) for _ in range(place.repeats or REPEATS)]
    first = [run["first_ms"] for run in runs]
    longest = [max(run["busy"]) for run in runs]
    idle = [max(run["idle"]) for run in runs]
    own = [max(run["own"]) for run in runs]
    rates = [run["ended_per_s"] for run in runs]
    place.say(f"jobs ended a second: {', '.join(f'{rate:.0f}' for rate in rates)}")
    busy_p99 = median([percentile(run["busy"], 99) for run in runs])
    idle_p99 = median([percentile(run["idle"], 99) for run in runs])
    return [
        _against(
            "first page",
            f"from asking for the panel to its first {runs[0]['rows']} of {JOBS:,} jobs painted / the limit",
            median(first),
            PAGE_LIMIT_MS,
            spread={"runs": first, "read_ms": page_ms},
        ),
        _against(
            "longest block",
            f"longest hold-up of the loop in {SECONDS:g} s while {RATE} jobs a second end / the limit",
            max(longest),
            BLOCK_LIMIT_MS,
            spread={"runs": longest, "idle": idle, "ended_per_s": rates},
        ),
        _against(
            "longest own work",
            "most that the window's thread computed in one go meanwhile, its waits not counted / the limit",
            max(own),
            BLOCK_LIMIT_MS,
            spread={"runs": own},
        ),
        Figure(
            name="hold-up against idle",
            what=f"p99 of the hold-ups of the loop, {RATE} jobs a second end / nothing happens",
            unit="ms",
            ours=busy_p99,
            peer=idle_p99,
            ratio=busy_p99 / max(idle_p99, 0.001),
        ),
        _against("whole search", f"a text that stands nowhere in {JOBS:,} runs / a second", search_ms, 1_000.0),
    ]


def _against(
    name: str, what: str, ours: float, limit: float, spread: dict[str, Any] | None = None
) -> Figure:
    return Figure(
        name=name, what=what, unit="ms", ours=ours, peer=limit, ratio=ours / limit, at_most=1.0, spread=spread or {}
    )


def asked(services: Services) -> tuple[float, float]:
    """Milliseconds of reading the first page, and of a search through all that finds nothing."""
    pages, searches = [], []
    for _ in range(5):
        began = time.perf_counter()
        found = services.pulse.page(PulseFilter())
        pages.append((time.perf_counter() - began) * 1000)
        assert len(found.rows) == 100
        began = time.perf_counter()
        assert services.pulse.find(PulseFilter(text="nowhere at all"), 1) == ()
        searches.append((time.perf_counter() - began) * 1000)
    return median(pages), median(searches)


def window(home: Path) -> dict[str, Any]:
    """One window, from its start to its end."""
    ended = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.pulse_window", str(home), str(RATE), str(SECONDS)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=ENDS_S,
        check=False,
    )
    if ended.returncode or not ended.stdout.strip():
        raise SystemExit(f"the window failed: {ended.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return found


def fill(services: Services, number: int) -> None:
    """Six days of runs: 23 handlers, one in seventeen fails, each printed a little."""
    start = now_us() - number * SPACE_US

    def work(tx: Any) -> None:
        for each in range(1, number + 1):
            failed, handler = each % 17 == 0, f"type-{each % 23}"
            status, at = "failed" if failed else "completed", start + each * SPACE_US
            error = json.dumps({"code": "handler_failed", "message": f"row {each}", "details": {"line": 3}})
            command = f"ix {handler} ./file-{each}.csv"
            code = "x = 1\n" * 200
            payload = json.dumps({"script_code": code, "script_type": handler, "args": [], "command": command})
            tx.connection.execute(
                """INSERT INTO job_queue (id, type, status, priority, payload, error, attempt, "trigger",
                    created_at_us, started_at_us, completed_at_us, limit_key)
                    VALUES (?, 'python.script', ?, 0, ?, ?, 1, 'manual', ?, ?, ?, ?)""",
                (each, status, payload, error if failed else None, at, at, at + 90_000, handler),
            )
            tx.connection.execute(
                """INSERT INTO execution (id, job_id, attempt, status, command, handler_type, handler_version,
                    handler_asid, started_at_us, duration_ms, error, "trigger", stdout)
                    VALUES (?, ?, 1, ?, ?, ?, 1, 'AS-1', ?, 90, ?, 'manual', ?)""",
                (each, each, status, command, handler, at, error if failed else None, f"read {each} rows\n" * 20),
            )

    services.db.write(work)
