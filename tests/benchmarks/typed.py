"""`kill -9` of a window in which somebody types: what stood there for a second is there again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.figures import Figure, Place, median
from tests.e2e.crash_windows import MAY_BE_LOST_S, delays, kill_and_look


def measure(place: Place) -> Sequence[Figure]:
    """Kill, open again, compare; the figure is the count, the spread says how much was lost in the worst case."""
    broken, lost, lines = [], [], 0
    for number, delay_s in enumerate(delays(place.seed, place.points)):
        folder = Path(place.folder) / str(number)
        folder.mkdir()
        try:
            typed = kill_and_look(folder, delay_s, seed=number)
        except AssertionError as error:
            broken.append(f"point {number} after {delay_s:.3f} s: {error}")
            place.say(broken[-1])
            continue
        lost.append(typed.lost_s)
        lines += typed.lines
        if number % 20 == 19:
            place.say(f"{number + 1:,} windows, {len(broken)} broken, at most {max(lost):.2f} s lost")
    good = place.points - len(broken)
    return [
        Figure(
            name="killed windows",
            what=f"windows that showed all but the last {MAY_BE_LOST_S:g} s after kill -9, of {place.points:,}",
            unit="windows",
            ours=good,
            peer=place.points,
            ratio=good / place.points,
            at_least=1.0,
            spread={
                "lost_s_median": median(lost or [0]),
                "lost_s_most": max(lost, default=0),
                "steps_typed": lines,
                "broken": broken,
            },
        )
    ]
