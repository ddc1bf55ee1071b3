"""Lining cards up: aligning, distributing, tidying, and the guides while dragging. Plain numbers; any thread.

Every function answers with new places of the cards that move, by id; none changes a size.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from qntx_desktop.ui.canvas.geometry import Box, snapped, union

Places = dict[int, tuple[float, float]]
COLUMN_GAP_PX, ROW_GAP_PX = 64.0, 24.0


class Guide(NamedTuple):
    """A line that two cards share: upright at `at` when `upright`, from `start` to `end` along it."""

    upright: bool
    at: float
    start: float
    end: float


def aligned(boxes: Mapping[int, Box], side: str) -> Places:
    """All cards with one edge or their middles on one line.

    Args:
        side: `left`, `right`, `top`, `bottom`, `middle` (one below the other) or `centre` (side by side).
    """
    area = union(boxes.values())
    if area is None:
        return {}
    places: Places = {}
    for key, box in boxes.items():
        x, y = box.x, box.y
        if side == "left":
            x = area.x
        elif side == "right":
            x = area.right - box.width
        elif side == "top":
            y = area.y
        elif side == "bottom":
            y = area.bottom - box.height
        elif side == "middle":
            x = area.middle[0] - box.width / 2
        else:
            y = area.middle[1] - box.height / 2
        places[key] = (x, y)
    return _moved(boxes, places)


def distributed(boxes: Mapping[int, Box], *, across: bool) -> Places:
    """The same distance between neighbours; the outermost two stay where they are. Fewer than three stay."""
    if len(boxes) < 3:
        return {}
    start, extent = (0, 2) if across else (1, 3)
    ordered = sorted(boxes, key=lambda key: (boxes[key][start], key))
    first, last = boxes[ordered[0]], boxes[ordered[-1]]
    room = last[start] + last[extent] - first[start] - sum(box[extent] for box in boxes.values())
    gap, at = room / (len(ordered) - 1), first[start]
    places: Places = {}
    for key in ordered:
        box = boxes[key]
        places[key] = (at, box.y) if across else (box.x, at)
        at += box[extent] + gap
    places[ordered[-1]] = (last.x, last.y)
    return _moved(boxes, places)


def tidied(boxes: Mapping[int, Box], links: Iterable[tuple[int, int]], grid: float) -> Places:
    """Layers from left to right along the links, one column a layer, in the order the cards stood in.

    The top left corner of all stays where it was.
    """
    area = union(boxes.values())
    if area is None:
        return {}
    columns: dict[int, list[int]] = {}
    for key, depth in _depths(boxes, links).items():
        columns.setdefault(depth, []).append(key)
    places, x = Places(), snapped(area.x, grid)
    for depth in sorted(columns):
        y = snapped(area.y, grid)
        column = sorted(columns[depth], key=lambda key: (boxes[key].y, boxes[key].x, key))
        for key in column:
            places[key] = (x, y)
            y += -(-(boxes[key].height + ROW_GAP_PX) // grid) * grid
        x += -(-(max(boxes[key].width for key in column) + COLUMN_GAP_PX) // grid) * grid
    return _moved(boxes, places)


def _depths(boxes: Mapping[int, Box], links: Iterable[tuple[int, int]]) -> dict[int, int]:
    """How many links lead to each card at most; a circle is cut where it comes back to a card on the way."""
    sources: dict[int, list[int]] = {}
    for source, target in links:
        if source in boxes and target in boxes and source != target:
            sources.setdefault(target, []).append(source)
    depths: dict[int, int] = {}
    for key in sorted(boxes):
        stack, way = [key], {key}
        while stack:
            here = stack[-1]
            open_ones = [each for each in sources.get(here, ()) if each not in depths and each not in way]
            if open_ones:
                stack.append(open_ones[0])
                way.add(open_ones[0])
                continue
            depths[here] = max(
                (depths[each] + 1 for each in sources.get(here, ()) if each in depths), default=0
            )
            way.discard(stack.pop())
    return depths


def attracted(
    moving: Box, others: Iterable[Box], reach: float
) -> tuple[float | None, float | None, tuple[Guide, ...]]:
    """How far a dragged box should jump so that an edge or middle meets one of another card.

    Args:
        reach: The farthest jump, in canvas units.

    Returns:
        The jump across and down (None where nothing is near), and the guides to show after the jump.
    """
    every = list(others)
    across = _nearest_line(moving, every, reach, upright=True)
    down = _nearest_line(moving, every, reach, upright=False)
    placed = moving._replace(x=moving.x + (across or 0.0), y=moving.y + (down or 0.0))
    guides = []
    for upright, jump in ((True, across), (False, down)):
        if jump is not None:
            guides += _guides(placed, every, upright=upright)
    return across, down, tuple(guides)


def _lines(box: Box, *, upright: bool) -> tuple[float, float, float]:
    return (box.x, box.middle[0], box.right) if upright else (box.y, box.middle[1], box.bottom)


def _nearest_line(moving: Box, others: list[Box], reach: float, *, upright: bool) -> float | None:
    mine = _lines(moving, upright=upright)
    jumps = [line - own for other in others for line in _lines(other, upright=upright) for own in mine]
    best = min(jumps, key=abs, default=None)
    return best if best is not None and abs(best) <= reach else None


def _guides(placed: Box, others: list[Box], *, upright: bool) -> list[Guide]:
    found: dict[float, Guide] = {}
    for other in others:
        for line in _lines(other, upright=upright):
            if any(abs(line - own) < 0.01 for own in _lines(placed, upright=upright)):
                low = min(placed.y, other.y) if upright else min(placed.x, other.x)
                high = max(placed.bottom, other.bottom) if upright else max(placed.right, other.right)
                before = found.get(round(line, 2))
                if before is not None:
                    low, high = min(low, before.start), max(high, before.end)
                found[round(line, 2)] = Guide(upright, line, low, high)
    return list(found.values())


def _moved(boxes: Mapping[int, Box], places: Places) -> Places:
    return {key: place for key, place in places.items() if place != (boxes[key].x, boxes[key].y)}
