"""The canvas with 2,000 and 10,000 glyphs: frames, load, memory, typing; beside a widget in a proxy for each glyph.

The targets are milliseconds of one machine (issue 6), so `peer` is the target where one is named and the proxies'
own figure stands in the spread of the same run; each line is our p99 against the most it may be.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from qntx_desktop.app.container import build
from qntx_desktop.app.paths import Home
from tests.benchmarks.canvas_made import made
from tests.benchmarks.figures import Figure, Place, percentile

ROOT = Path(__file__).resolve().parents[2]
ENDS_S = 300.0
FEW, MANY = 2_000, 10_000
FRAME_MS, FAST_FRAME_MS = 16.7, 8.3
#: Name of a scene, and the most its p99 may be with few and with many glyphs, in milliseconds.
SCENES: tuple[tuple[str, float, float], ...] = (
    ("pan 100 %", FAST_FRAME_MS, FRAME_MS),
    ("pan 100 % at once", FAST_FRAME_MS, FRAME_MS),
    ("pan 50 %", FAST_FRAME_MS, FRAME_MS),
    ("pan at fit", FAST_FRAME_MS, FRAME_MS),
    ("sweep", FAST_FRAME_MS, FRAME_MS),
    ("sweep again", FAST_FRAME_MS, FRAME_MS),
    ("drag", FRAME_MS, FRAME_MS),
    ("running", FRAME_MS, FRAME_MS),
    ("running at 25 %", FRAME_MS, FRAME_MS),
    ("running at 20 %", FRAME_MS, FRAME_MS),
)


def measure(place: Place) -> Sequence[Figure]:
    """Each size once for ours and once for the proxies."""
    found: list[Figure] = []
    for count in (FEW, MANY):
        home = Path(place.folder) / f"home-{count}"
        fill(home, count)
        ours, proxies = seen("ours", str(home)), seen("proxy", str(count))
        found += frames(count, ours, proxies)
        found += totals(count, ours, proxies)
    return found


def fill(home: Path, count: int) -> None:
    """A home with that many glyphs on its canvas."""
    services = build(Home(root=home.resolve()))
    try:
        canvas = services.canvas.open_first()
        services.canvas.save(canvas.id, made(count, canvas.next_id), "benchmark")
    finally:
        services.close()


def seen(*words: str) -> dict[str, Any]:
    """What one process measured."""
    environ = os.environ | {"QT_QPA_PLATFORM": os.environ.get("QNTX_BENCHMARK_PLATFORM", "offscreen")}
    ended = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.canvas_view", *words],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        timeout=ENDS_S,
        check=False,
    )
    if ended.returncode or not ended.stdout.strip():
        raise SystemExit(f"nothing was measured: {ended.stderr[-2000:]}")
    told: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return told


def frames(count: int, ours: Mapping[str, Any], proxies: Mapping[str, Any]) -> list[Figure]:
    """A line for each scene."""
    made_of: list[Figure] = []
    for name, few_ms, many_ms in SCENES:
        taken = ours["frames"][name]
        peer = proxies["frames"].get(name)
        most_ms = few_ms if count == FEW else many_ms
        p99 = percentile(taken, 99)
        made_of.append(
            Figure(
                name=f"{count:,}: {name}",
                what=f"p99 of a frame / the most it may be (p50 {percentile(taken, 50):.2f}, worst {max(taken):.1f}"
                + (f"; a proxy each: p50 {percentile(peer, 50):.0f}" if peer else "")
                + ")",
                unit="ms",
                ours=p99,
                peer=most_ms,
                ratio=p99 / most_ms,
                at_most=1.0,
                spread={"p50": percentile(taken, 50), "proxy_p50": percentile(peer, 50) if peer else None},
            )
        )
    return made_of


def totals(count: int, ours: Mapping[str, Any], proxies: Mapping[str, Any]) -> list[Figure]:
    """Load, memory and typing."""
    loaded = (ours["load_s"] + ours["first_s"]) * 1000
    theirs = (proxies["load_s"] + proxies["first_s"]) * 1000
    whole = loaded + ours["read_s"] * 1000
    return [
        _line(
            f"{count:,}: load",
            f"load and first paint (a proxy each: {theirs:,.0f})",
            "ms",
            loaded,
            0.025 * count,
        ),
        _line(f"{count:,}: open", "the same with reading the store", "ms", whole, 0.06 * count),
        _line(
            f"{count:,}: memory",
            f"above an empty view, after all scenes (at first {ours['loaded_mb']:.0f}; a proxy each: "
            f"{proxies['loaded_mb']:.0f})",
            "MB",
            ours["memory_mb"],
            150.0,
        ),
        _typed(count, ours, "typing", 2.0),
        _typed(count, ours, "slow", None),
    ]


def _typed(count: int, ours: Mapping[str, Any], scene: str, at_most: float | None) -> Figure:
    live, alone = ours["frames"][scene], ours["frames"][f"{scene} alone"]
    pace = ", as fast as a person types" if scene == "slow" else ""
    return Figure(
        name=f"{count:,}: {scene}",
        what=f"key press to paint, p50, in the live editor / in a plain editor alone{pace}",
        unit="ms",
        ours=percentile(live, 50),
        peer=percentile(alone, 50),
        ratio=percentile(live, 50) / percentile(alone, 50),
        at_most=at_most,
        spread={"p99": percentile(live, 99), "alone_p99": percentile(alone, 99)},
    )


def _line(name: str, what: str, unit: str, ours: float, most: float) -> Figure:
    return Figure(
        name=name, what=f"{what} / the most", unit=unit, ours=ours, peer=most, ratio=ours / most, at_most=1.0
    )
