"""`python -m tests.benchmarks [NAME...]`: measure, print ratios, optionally write them as JSON.

Exit code 1 when a target is missed, so that a script can tell.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from tests.benchmarks.figures import Benchmark, Figure, Place

NAMES = (
    "lookup",
    "attests",
    "window",
    "canvas",
    "canvas_peers",
    "commands",
    "queue",
    "pulse_panel",
    "packages",
    "confined",
    "kills",
    "typed",
    "undo",
    "network",
    "sources",
    "api",
    "plugin",
    "remote",
    "soak",
    "mixed",
)
#: Takes long and says yes or no rather than a ratio; only when named.
ONLY_WHEN_NAMED = ("canvas", "canvas_peers", "kills", "typed", "undo", "remote", "soak", "mixed")


def main() -> int:
    """Measure what was asked for."""
    asked = _arguments()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    figures: list[Figure] = []
    for name in asked.names or [each for each in NAMES if each not in ONLY_WHEN_NAMED]:
        print(f"== {name}", flush=True)
        with tempfile.TemporaryDirectory(prefix="qntx-benchmark-", dir=asked.at) as folder:
            found = _benchmark(name)(_place(asked, Path(folder)))
        for figure in found:
            print(figure.line(), flush=True)
        figures += found
    if asked.json:
        Path(asked.json).write_text(json.dumps(_document(figures), indent=1) + "\n", encoding="utf-8")
    return 0 if all(figure.good for figure in figures) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*NAMES, []], metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--json", metavar="FILE", help="also write the figures there")
    parser.add_argument("--at", metavar="FOLDER", help="measure the disk that holds this folder")
    parser.add_argument("--rows", type=int, default=1_000_000, help="attestations in the large store (lookup)")
    parser.add_argument("--repeats", type=int, help="interleaved repeats")
    parser.add_argument("--points", type=int, default=200, help="how many kills")
    parser.add_argument("--seed", type=int, default=20, help="of the kill times and the rows")
    return parser.parse_args()


def _place(asked: argparse.Namespace, folder: Path) -> Place:
    return Place(
        folder=folder,
        rows=asked.rows,
        repeats=asked.repeats,
        points=asked.points,
        seed=asked.seed,
        say=lambda text: print(f"   {text}", flush=True),
    )


def _benchmark(name: str) -> Benchmark:
    found: Benchmark = import_module(f"tests.benchmarks.{name}").measure
    return found


def _document(figures: list[Figure]) -> dict[str, object]:
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "python": platform.python_version(),
        "system": platform.system(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "figures": [figure.to_json() for figure in figures],
    }


if __name__ == "__main__":
    sys.exit(main())
