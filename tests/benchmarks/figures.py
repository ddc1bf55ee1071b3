"""What a measurement gives: a ratio of two figures of the same run, and whether it is where it should be. Pure."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of the table.

    Args:
        ours: Median of our figure, in `unit`.
        peer: Median of what it is compared with, in the same unit.
        ratio: `ours / peer` unless said otherwise in `what`.
        at_most: The ratio may not be above; None when it has no upper target.
        at_least: The ratio may not be below; None when it has no lower target.
        spread: Further facts, such as p99 and the single repeats.
    """

    name: str
    what: str
    unit: str
    ours: float
    peer: float
    ratio: float
    at_most: float | None = None
    at_least: float | None = None
    spread: dict[str, Any] = field(default_factory=dict)

    @property
    def good(self) -> bool:
        """Whether the target is met; a figure without target always is."""
        above = self.at_most is not None and self.ratio > self.at_most
        below = self.at_least is not None and self.ratio < self.at_least
        return not (above or below)

    @property
    def target(self) -> str:
        """The target as text."""
        if self.at_most is not None:
            return f"at most {self.at_most:g}x"
        return f"at least {self.at_least:g}x" if self.at_least is not None else "none"

    def line(self) -> str:
        """For the terminal."""
        verdict = "met" if self.good else "MISSED"
        if self.at_most is None and self.at_least is None:
            verdict = "shown only"
        return (
            f"{self.name:<22} {self.what}\n"
            f"{'':<22} {self.ours:,.4g} against {self.peer:,.4g} {self.unit}: {self.ratio:,.3g}x"
            f"  (target {self.target}: {verdict})"
        )

    def to_json(self) -> dict[str, Any]:
        """JSON-ready, with target and verdict."""
        return {**asdict(self), "target": self.target, "met": self.good}


Benchmark = Callable[["Place"], Sequence[Figure]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where and how much to measure.

    Args:
        folder: An empty folder on the disk that is measured.
        rows: For the look-up, in the large store.
        repeats: Interleaved repeats; None takes the benchmark's own number.
        points: How many times `kills` kills.
        seed: Of everything random.
    """

    folder: Any
    rows: int
    repeats: int | None
    points: int
    seed: int
    say: Callable[[str], None]


def median(values: Sequence[float]) -> float:
    """The middle one."""
    return statistics.median(values)


def percentile(values: Sequence[float], percent: float) -> float:
    """The value that `percent` of all are not above."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, round(percent / 100 * (len(ranked) - 1)))]
