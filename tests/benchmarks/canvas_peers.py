"""Our canvas beside other node editors, 500 nodes each: NodeGraphQt and orange-canvas, in turns.

They need another version of Qt, so they get a virtual environment of their own, made here by pip and thrown away
with the folder; the project's lock knows nothing of them. One that cannot be installed or does not run is named.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.canvas import ENDS_S, fill, seen
from tests.benchmarks.figures import Figure, Place, percentile

COUNT = 500
REPEATS = 3
SCENES = ("pan 100 %", "pan at fit", "sweep")
#: Name of a peer, and what it is installed from.
PACKAGES: Mapping[str, tuple[str, ...]] = {
    "NodeGraphQt": ("NodeGraphQt==0.6.44", "PyQt5==5.15.11", "setuptools<81"),
    "orange-canvas": ("orange-canvas-core==0.2.9", "PyQt5==5.15.11", "setuptools<81"),
}


def measure(place: Place) -> Sequence[Figure]:
    """Every peer that can be had, in turns with ours."""
    home = Path(place.folder) / "home"
    fill(home, COUNT)
    pythons = {name: _environment(place, name) for name in PACKAGES}
    found: dict[str, list[dict[str, Any]]] = {name: [] for name, python in pythons.items() if python is not None}
    ours: list[dict[str, Any]] = []
    for _ in range(place.repeats or REPEATS):
        ours.append(seen("ours", str(home)))
        for name in list(found):
            told = _told(place, name, pythons[name])
            if told is None:
                del found[name]
            else:
                found[name].append(told)
    return [figure for name, runs in found.items() for figure in _figures(name, ours, runs)]


def _environment(place: Place, name: str) -> Path | None:
    """The interpreter of an environment with a peer in it; None when that could not be made."""
    folder = Path(place.folder) / name
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True, timeout=ENDS_S)
    python = folder / "bin" / "python"
    command = [str(python), "-m", "pip", "install", "--quiet", *PACKAGES[name]]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=ENDS_S, check=False)
    if ended.returncode:
        place.say(f"{name} is not measured, it could not be installed: {_last_line(ended.stderr)}")
        return None
    return python


def _told(place: Place, name: str, python: Path | None) -> dict[str, Any] | None:
    """What one process of a peer measured; None when it did not run."""
    script = Path(__file__).with_name("canvas_peer_view.py")
    ended = subprocess.run(
        [str(python), str(script), name, str(COUNT)],
        cwd=place.folder,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": ""},
        capture_output=True,
        text=True,
        timeout=ENDS_S,
        check=False,
    )
    if ended.returncode or not ended.stdout.strip():
        place.say(f"{name} is not measured, it did not run: {_last_line(ended.stderr)}")
        return None
    told: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return told


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["nothing was said"])[-1]


def _figures(name: str, ours: Sequence[dict[str, Any]], theirs: Sequence[dict[str, Any]]) -> list[Figure]:
    """A line for the load and for each scene."""
    made = [_figure(f"{name}: load", "load and first paint, median", _loads(ours), _loads(theirs), 50)]
    for scene in SCENES:
        own, other = (
            [took for run in runs for took in run["frames"][scene]] for runs in (ours, theirs)
        )
        what = f"p99 of a frame, all repainted (p50 {percentile(own, 50):.2f} and {percentile(other, 50):.2f})"
        made.append(_figure(f"{name}: {scene}", what, own, other, 99))
    return made


def _loads(runs: Sequence[dict[str, Any]]) -> list[float]:
    return [(run["load_s"] + run["first_s"]) * 1000 for run in runs]


def _figure(name: str, what: str, ours: Sequence[float], theirs: Sequence[float], rank: int) -> Figure:
    own, other = percentile(ours, rank), percentile(theirs, rank)
    return Figure(
        name=name,
        what=f"{COUNT} glyphs: {what}",
        unit="ms",
        ours=own,
        peer=other,
        ratio=own / other,
        at_most=1.0,
        spread={"ours": [min(ours), max(ours)], "peer": [min(theirs), max(theirs)]},
    )
