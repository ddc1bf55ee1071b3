"""From the start of the process to the first painted window: ours, on a home with a canvas, against an empty one.

All are whole processes on the offscreen platform, started in turns: on a home that was open before, and on a new
one, whose window does not know yet which theme the desktop has.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from qntx_desktop.app.container import build
from qntx_desktop.app.paths import Home
from qntx_desktop.app.window_memory import WindowMemory, write_memory
from qntx_desktop.model.diff import CanvasDiff
from qntx_desktop.model.glyph import KIND_IX, KIND_PYTHON, Glyph
from tests.benchmarks.figures import Figure, Place, median

ROOT = Path(__file__).resolve().parents[2]
REPEATS = 9
GLYPHS = 12
ENDS_S = 60.0


def measure(place: Place) -> Sequence[Figure]:
    """Ours and an empty window in turns; the first of each compiles and warms the caches of the system."""
    home, compiled = Path(place.folder) / "home", Path(place.folder) / "compiled"
    prepare(home)
    ours, first, empty = [], [], []
    for turn in range((place.repeats or REPEATS) + 1):
        new = Path(place.folder) / f"new{turn}"
        shown, bare = shown_s(compiled, "ours", str(home)), shown_s(compiled, "empty")
        once = shown_s(compiled, "ours", str(new))
        if turn:
            ours.append(shown)
            empty.append(bare)
            first.append(once)
    return [
        _figure(place, "window shown", "", ours, empty),
        _figure(place, "the first time", ", new home", first, empty),
    ]


def _figure(place: Place, name: str, which: str, ours: list[float], empty: list[float]) -> Figure:
    place.say(f"{name}: {min(ours):.3f} to {max(ours):.3f} s, empty {min(empty):.3f} to {max(empty):.3f} s")
    ratios = [one / other for one, other in zip(ours, empty, strict=True)]
    return Figure(
        name=name,
        what=f"start of the process to the first paint of our window{which} / of an empty 1600 x 1000 window",
        unit="s",
        ours=median(ours),
        peer=median(empty),
        ratio=median(ratios),
        at_most=1.5,
        spread={"ratios": [round(ratio, 3) for ratio in ratios]},
    )


def shown_s(compiled: Path, *words: str) -> float:
    """How long one process takes until its window was painted; modules are compiled once, as in an installation."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environ |= {"QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": str(compiled)}
    start = time.monotonic()
    ended = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.first_paint", *words],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        timeout=ENDS_S,
        check=False,
    )
    if ended.returncode or not ended.stdout.strip():
        raise SystemExit(f"no window was painted: {ended.stderr[-2000:]}")
    return float(ended.stdout.split()[-1]) - start


def prepare(home: Path) -> None:
    """A home with a canvas that somebody has used."""
    services = build(Home(root=home.resolve()))
    try:
        canvas = services.canvas.open_first()
        first = canvas.next_id
        glyphs = {first + number: _glyph(first + number, number) for number in range(GLYPHS)}
        services.canvas.save(canvas.id, CanvasDiff(added=glyphs), "benchmark")
    finally:
        services.close()
    write_memory(Home(root=home.resolve()), WindowMemory(drawn="dark"))


def _glyph(glyph_id: int, number: int) -> Glyph:
    """One of a grid of cards, commands and scripts in turns."""
    script = {"code": "print('hello')\n" * 20, "script_type": None}
    return Glyph(
        id=glyph_id,
        kind=KIND_PYTHON if number % 2 else KIND_IX,
        x=400.0 * (number % 4),
        y=280.0 * (number // 4),
        width=360.0,
        height=240.0,
        content=script if number % 2 else {"text": "ix csv people.csv"},
    )
