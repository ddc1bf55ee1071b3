"""Twenty confined handlers a second for ten minutes: nothing may pile up. `--repeats` gives other minutes.

Looked at before and after, in the app and in its warm launcher: descriptors, threads, processes, memory, files.
"""

from __future__ import annotations

import gc
import os
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.confined import launchers, run_one
from tests.benchmarks.figures import Figure, Place, median

A_SECOND = 20
MINUTES = 10
WARM_UP_S = 15.0
_MEGABYTE = 1 << 20


def measure(place: Place) -> Sequence[Figure]:
    """Run for a long time; growth, and whether the pace was held."""
    folder = Path(place.folder)
    seconds = 60.0 * (place.repeats or MINUTES)
    with launchers(folder) as warm:
        (process,) = warm.pids()

        def pace(for_s: float) -> list[float]:
            took = []
            began = time.monotonic()
            for turn in range(int(for_s * A_SECOND)):
                time.sleep(max(0.0, began + turn / A_SECOND - time.monotonic()))
                took.append(run_one(folder, warm))
            place.say(f"{len(took)} handlers in {time.monotonic() - began:.1f} s")
            return took

        early = pace(WARM_UP_S)
        before = held(process, folder)
        late = pace(seconds)
        after = held(process, folder)
        same = warm.pids() == [process]
    place.say(f"before {before}")
    place.say(f"after  {after}")
    if not same:
        raise SystemExit("the launcher was replaced on the way")
    growth = [
        Figure(
            name=f"soak: {name}",
            what=f"after {len(late):,} handlers, against before",
            unit=unit,
            ours=after[name],
            peer=before[name],
            ratio=(after[name] + 1) / (before[name] + 1),
            at_most=allowed,
        )
        for name, unit, allowed in (
            ("descriptors", "open", 1.0),
            ("threads", "alive", 1.0),
            ("launcher descriptors", "open", 1.25),
            ("processes", "alive", 1.34),
            ("files", "left", 1.0),
            ("memory", "MB", 1.1),
            ("launcher memory", "MB", 1.1),
        )
    ]
    tail, head = median(late[-200:]), median(early)
    slower = Figure(
        name="soak: time",
        what="median of the last handlers, against the first",
        unit="ms",
        ours=tail,
        peer=head,
        ratio=tail / head,
        at_most=1.5,
    )
    return [*growth, slower]


def held(launcher: int, folder: Path) -> dict[str, float]:
    """What is held right now."""
    gc.collect()
    time.sleep(1.0)  # until the watch over the last run has ended, and two children wait
    children = Path(f"/proc/{launcher}/task/{launcher}/children").read_text(encoding="ascii").split()
    return {
        "descriptors": len(list(Path("/proc/self/fd").iterdir())),
        "threads": threading.active_count(),
        "launcher descriptors": len(list(Path(f"/proc/{launcher}/fd").iterdir())),
        "processes": 1 + len(children),
        "files": len(list((folder / "work").iterdir())),
        "memory": resident_mb(os.getpid()),
        "launcher memory": resident_mb(launcher),
    }


def resident_mb(process: int) -> float:
    """Memory of a process that is in RAM, in MB."""
    pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / _MEGABYTE
