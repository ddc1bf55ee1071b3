"""Ways of links around the cards that lie between their ends. Plain geometry; Qt main thread.

A link keeps its plain way (`routes`) while that runs below no card. Else it goes level and upright with at most
two bends, where such a way is free and not much longer. From port to port it may also turn around the cards it
joins, to pass over or below what stands between. Where it is too crowded for that, the plain way stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath, QPolygonF

from qntx_desktop.ui.canvas.geometry import Box
from qntx_desktop.ui.theme import TITLE_PX

Point = tuple[float, float]
Way = list[Point]

LANE_PX = 16.0
"""How far from cards a way around them runs."""
AIR_PX = 6.0
"""How near to another card it may come."""
TOUCH_PX = 2.0
"""What runs no further than this below a card only touches it."""
CORNER_PX = 16.0
BEND_COST_PX = 40.0
"""A bend is worth a way so much longer."""
MOST_WAYS = 60
MOST_LONGER = 1.6
MORE_PX = 320.0
"""A way around may be so many times, and so much, longer than the shortest one with right angles."""


def flat(path: QPainterPath) -> Way:
    """A path as the corners of straight pieces."""
    points: list[QPointF] = QPolygonF(path.toSubpathPolygons()[0]).toList()
    return [(point.x(), point.y()) for point in points]


def is_free(way: Sequence[Point], cards: Iterable[Box], air_px: float) -> bool:
    """Whether a way keeps its distance from all cards; a negative distance lets it touch them."""
    pieces = list(pairwise(way))
    for card in cards:
        left, top, right, bottom = card.x - air_px, card.y - air_px, card.right + air_px, card.bottom + air_px
        if any(_crosses(one, other, left, top, right, bottom) for one, other in pieces):
            return False
    return True


def _crosses(one: Point, other: Point, left: float, top: float, right: float, bottom: float) -> bool:
    """Whether a straight piece runs through the inside of a rectangle."""
    (x1, y1), (x2, y2) = one, other
    if (x1 <= left and x2 <= left) or (x1 >= right and x2 >= right):
        return False
    if (y1 <= top and y2 <= top) or (y1 >= bottom and y2 >= bottom):
        return False
    if x1 == x2 or y1 == y2:
        return True
    first, last = 0.0, 1.0
    for start, way, low, high in ((x1, x2 - x1, left, right), (y1, y2 - y1, top, bottom)):
        enter, leave = sorted(((low - start) / way, (high - start) / way))
        first, last = max(first, enter), min(last, leave)
    return first < last


def around(ways: Iterable[Way], ends: Sequence[Box], cards: Sequence[Box]) -> QPainterPath | None:
    """The best of some ways that is free.

    Args:
        ends: The cards that the link joins; it may touch them.
        cards: What it goes around.

    Returns:
        The way with round corners; None when none is free.
    """
    ranked = sorted(ways, key=_cost)
    for way in ranked[:MOST_WAYS]:
        if is_free(way, cards, AIR_PX) and is_free(way, ends, -TOUCH_PX) and _is_short(way):
            return rounded(way)
    return None


def _cost(way: Way) -> float:
    return _length(way) + BEND_COST_PX * (len(way) - 2)


def _length(way: Way) -> float:
    return sum(abs(other[0] - one[0]) + abs(other[1] - one[1]) for one, other in pairwise(way))


def _is_short(way: Way) -> bool:
    shortest = _length([way[0], way[-1]])
    return _length(way) <= shortest * MOST_LONGER + MORE_PX


def rounded(way: Way) -> QPainterPath:
    """The way with its corners rounded."""
    path = QPainterPath(QPointF(*way[0]))
    for before, corner, after in zip(way, way[1:], way[2:], strict=False):
        radius = min(CORNER_PX, _length([before, corner]) / 2, _length([corner, after]) / 2)
        path.lineTo(QPointF(*_towards(corner, before, radius)))
        path.quadTo(QPointF(*corner), QPointF(*_towards(corner, after, radius)))
    path.lineTo(QPointF(*way[-1]))
    return path


def _towards(corner: Point, other: Point, radius: float) -> Point:
    dx, dy = other[0] - corner[0], other[1] - corner[1]
    far = max(abs(dx), abs(dy), 1e-9)
    return corner[0] + dx / far * radius, corner[1] + dy / far * radius


def from_port_to_port(start: Point, end: Point, ends: Sequence[Box], cards: Sequence[Box]) -> Iterator[Way]:
    """To the right, up or down between the cards, and to the right; or over or below all that stands between.

    Args:
        ends: The cards with the ports.
    """
    (sx, sy), (ex, ey) = start, end
    if ex - sx >= 2 * LANE_PX:
        yield from _stairs(start, end, cards)
    first, last = sx + LANE_PX, ex - LANE_PX
    between = (min(ends[0].bottom, ends[1].bottom) + max(ends[0].y, ends[1].y)) / 2
    for y in (between, *_beside([(card.y, card.bottom) for card in (*ends, *cards)])):
        yield [(sx, sy), (first, sy), (first, y), (last, y), (last, ey), (ex, ey)]


def _stairs(start: Point, end: Point, cards: Sequence[Box]) -> Iterator[Way]:
    """Level, upright, level: `end` may lie on either side."""
    (sx, sy), (ex, ey) = start, end
    low, high = sorted((sx, ex))
    spans = [(card.x, card.right) for card in cards]
    for x in _lanes(spans, low + LANE_PX, high - LANE_PX):
        yield [(sx, sy), (x, sy), (x, ey), (ex, ey)]


def _lanes(spans: Sequence[tuple[float, float]], low: float, high: float) -> list[float]:
    """Where a piece may run between two bounds: in the middle, at the bounds, and beside each card."""
    return [at for at in ((low + high) / 2, *_beside(spans), low, high) if low <= at <= high]


def _beside(spans: Iterable[tuple[float, float]]) -> list[float]:
    return [edge for first, last in spans for edge in (first - LANE_PX, last + LANE_PX)]


def from_card_to_card(source: Box, target: Box, cards: Sequence[Box], port_y: float | None = None) -> Iterator[Way]:
    """Down into what stands below, out of one side and into one, or over or below what stands between.

    Args:
        port_y: Where on its right edge the source is left; None: at its title row.
    """
    right_y, left_y, to_y = port_y or source.y + TITLE_PX / 2, source.y + TITLE_PX / 2, target.y + TITLE_PX / 2
    if target.y - source.bottom >= TOUCH_PX:
        yield from _downwards(source, target, cards)
    if target.x - source.right >= 2 * LANE_PX:
        yield from _stairs((source.right, right_y), (target.x, to_y), cards)
    elif source.x - target.right >= 2 * LANE_PX:
        yield from _stairs((source.x, left_y), (target.right, to_y), cards)
    tops, bottoms = min(source.y, target.y), max(source.bottom, target.bottom)
    from_x, to_x = source.middle[0], target.middle[0]
    for y in (tops, *(card.y for card in cards)):
        if y <= tops:
            yield [(from_x, source.y), (from_x, y - LANE_PX), (to_x, y - LANE_PX), (to_x, target.y)]
    for y in (bottoms, *(card.bottom for card in cards)):
        if y >= bottoms:
            yield [(from_x, source.bottom), (from_x, y + LANE_PX), (to_x, y + LANE_PX), (to_x, target.bottom)]
    rights, lefts = max(source.right, target.right), min(source.x, target.x)
    for x in (rights, *(card.right for card in cards)):
        if x >= rights:
            yield [(source.right, right_y), (x + LANE_PX, right_y), (x + LANE_PX, to_y), (target.right, to_y)]
    for x in (lefts, *(card.x for card in cards)):
        if x <= lefts:
            yield [(source.x, left_y), (x - LANE_PX, left_y), (x - LANE_PX, to_y), (target.x, to_y)]


def _downwards(source: Box, target: Box, cards: Sequence[Box]) -> Iterator[Way]:
    first, last = max(source.x, target.x) + AIR_PX, min(source.right, target.right) - AIR_PX
    spans = [(card.x, card.right) for card in cards]
    for x in _lanes(spans, first, last) if first <= last else ():
        yield [(x, source.bottom), (x, target.y)]
    from_x, to_x, to_y = source.middle[0], target.middle[0], target.y + TITLE_PX / 2
    if target.x > from_x:
        yield [(from_x, source.bottom), (from_x, to_y), (target.x, to_y)]
    elif target.right < from_x:
        yield [(from_x, source.bottom), (from_x, to_y), (target.right, to_y)]
    for y in _lanes([(card.y, card.bottom) for card in cards], source.bottom + AIR_PX, target.y - AIR_PX):
        yield [(from_x, source.bottom), (from_x, y), (to_x, y), (to_x, target.y)]
