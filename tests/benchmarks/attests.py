"""10,000 durable `attest()` calls in one run, against a loop of append and fdatasync on the same disk.

Ours is the whole chain: a handler's process, its pipe, the checks, the store's writer, a commit, the answer. The
rate is what the script itself measures between its first and its last call; the start of its process is not in it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path

from qntx_desktop.app.container import build
from qntx_desktop.app.paths import Home
from qntx_desktop.model.job import JobStatus
from tests.benchmarks.figures import Figure, Place, median

CALLS = 10_000
APPEND_BYTES = 4_120  # one page of the store with its frame header in the write-ahead log
SYNCS = 2_000
REPEATS = 5

SCRIPT = f"""
from time import perf_counter
attest("warm", "up", "once")
start = perf_counter()
for n in range({CALLS}):
    attest(f"person {{n}}", "lives_in", f"town {{n % 200}}", attributes={{"n": n}})
print(perf_counter() - start)
"""


def measure(place: Place) -> Sequence[Figure]:
    """Runs and sync loops in turns; each run is compared with the loops right before and after it."""
    home = Home(root=Path(place.folder) / "home")
    ours, peers, ratios = [], [], []
    for _ in range(place.repeats or REPEATS):
        before = syncs_per_s(Path(place.folder) / "synced")
        rate = attests_per_s(home)
        after = syncs_per_s(Path(place.folder) / "synced")
        ours.append(rate)
        peers.append((before + after) / 2)
        ratios.append(rate / peers[-1])
        place.say(f"{rate:,.0f} attests/s, {before:,.0f} and {after:,.0f} syncs/s: {ratios[-1]:.2f}x")
    return [
        Figure(
            name="durable attest",
            what=f"{CALLS:,} attest() calls in one run / append of {APPEND_BYTES:,} bytes and fdatasync",
            unit="per second",
            ours=median(ours),
            peer=median(peers),
            ratio=median(ratios),
            at_least=0.5,
            spread={"ratios": [round(ratio, 3) for ratio in ratios]},
        )
    ]


def attests_per_s(home: Home) -> float:
    """The rate within one run of `SCRIPT` in this home."""
    services = build(home)
    try:
        job = services.runs.script(SCRIPT, [])
        job = services.runner.run_until(job.id)
        execution = services.queue.execution_of(job.id)
    finally:
        services.close()
    if job.status is not JobStatus.COMPLETED or execution is None:
        raise SystemExit(f"the run failed: {job.error}")
    if execution.attestation_count != CALLS + 1:
        raise SystemExit(f"{execution.attestation_count:,} attestations instead of {CALLS + 1:,}")
    return CALLS / float(execution.stdout)


def syncs_per_s(path: Path) -> float:
    """How often a second this disk makes an append durable."""
    block = b"x" * APPEND_BYTES
    sync = getattr(os, "fdatasync", os.fsync)
    descriptor = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    try:
        start = time.perf_counter()
        for _ in range(SYNCS):
            os.write(descriptor, block)
            sync(descriptor)
        return SYNCS / (time.perf_counter() - start)
    finally:
        os.close(descriptor)
        path.unlink()
