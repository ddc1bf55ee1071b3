"""Where things go: free places, snapping, neighbours, resizing. Plain numbers, no Qt, no model; any thread.

Units are canvas units, x to the right, y down.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

GAP_PX = 16.0


class Box(NamedTuple):
    """A rectangle by its top left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x just behind it."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y just below it."""
        return self.y + self.height

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre."""
        return self.x + self.width / 2, self.y + self.height / 2

    def grown(self, by: float) -> Box:
        """The same with `by` more on every side."""
        return Box(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)


def overlaps(one: Box, other: Box) -> bool:
    """True when they share more than an edge."""
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def snapped(value: float, grid: float) -> float:
    """The nearest grid line; halves go up, so that equal drags move equally."""
    return math.floor(value / grid + 0.5) * grid


def union(boxes: Iterable[Box]) -> Box | None:
    """The smallest box around all; None for none."""
    every = list(boxes)
    if not every:
        return None
    left, top = min(box.x for box in every), min(box.y for box in every)
    return Box(left, top, max(box.right for box in every) - left, max(box.bottom for box in every) - top)


def free_place(
    wanted: Box, taken: Sequence[Box], *, gap: float = GAP_PX, grid: float = 8.0
) -> tuple[float, float]:
    """The place nearest to the wanted one where the box keeps its distance from all taken ones.

    The nearest free place touches the grown edge of a taken box in each direction it had to move, so only
    those lines are tried, nearest first; behind the outermost box one is always free.

    Returns:
        x and y of the top left corner, on the grid.
    """
    xs, ys = [snapped(wanted.x, grid)], [snapped(wanted.y, grid)]
    grown = [box.grown(gap) for box in taken]
    for box in grown:
        xs += [math.ceil(box.right / grid) * grid, math.floor((box.x - wanted.width) / grid) * grid]
        ys += [math.ceil(box.bottom / grid) * grid, math.floor((box.y - wanted.height) / grid) * grid]
    return _nearest(
        sorted(set(xs), key=lambda x: abs(x - wanted.x)),
        sorted(set(ys), key=lambda y: abs(y - wanted.y)),
        wanted,
        grown,
    )


def _nearest(xs: list[float], ys: list[float], wanted: Box, grown: list[Box]) -> tuple[float, float]:
    """Try the crossings of the lines (each list nearest first) in order of distance."""

    def far(i: int, j: int) -> float:
        return math.hypot(xs[i] - wanted.x, ys[j] - wanted.y)

    heap = [(far(0, j), 0, j) for j in range(len(ys))]
    heapq.heapify(heap)
    while True:
        _, i, j = heapq.heappop(heap)
        here = Box(xs[i], ys[j], wanted.width, wanted.height)
        if not any(overlaps(here, box) for box in grown):
            return here.x, here.y
        if i + 1 < len(xs):
            heapq.heappush(heap, (far(i + 1, j), i + 1, j))


def neighbour(origin: Box, others: Mapping[int, Box], dx: int, dy: int) -> int | None:
    """The nearest box in a direction; what lies aside counts double, what lies behind not at all.

    Args:
        dx: -1, 0 or 1; exactly one of dx and dy is not 0.
    """
    x, y = origin.middle
    best: tuple[float, int] | None = None
    for key, box in others.items():
        ahead = (box.middle[0] - x) * dx + (box.middle[1] - y) * dy
        aside = abs((box.middle[0] - x) * dy) + abs((box.middle[1] - y) * dx)
        if ahead > 0 and (best is None or (ahead + 2 * aside, key) < best):
            best = (ahead + 2 * aside, key)
    return best[1] if best else None


def resized(
    start: Box, edges: str, dx: float, dy: float, smallest: tuple[float, float], *, grid: float = 0.0
) -> Box:
    """The box after its edges were dragged; the opposite edges stay where they are.

    Args:
        edges: Some of `l`, `r`, `t`, `b`.
        smallest: Least width and height.
        grid: Step of the dragged edges; 0 for none.
    """
    left, top, right, bottom = start.x, start.y, start.right, start.bottom

    def at(value: float) -> float:
        return snapped(value, grid) if grid else value

    if "l" in edges:
        left = min(at(left + dx), right - smallest[0])
    if "r" in edges:
        right = max(at(right + dx), left + smallest[0])
    if "t" in edges:
        top = min(at(top + dy), bottom - smallest[1])
    if "b" in edges:
        bottom = max(at(bottom + dy), top + smallest[1])
    return Box(left, top, right - left, bottom - top)
