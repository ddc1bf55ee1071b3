from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qntx_desktop.ui.canvas.geometry import (
    GAP_PX,
    Box,
    free_place,
    neighbour,
    overlaps,
    resized,
    snapped,
    union,
)

numbers = st.integers(-2_000, 2_000).map(float)
sizes = st.integers(8, 600).map(float)
boxes = st.builds(Box, numbers, numbers, sizes, sizes)


@given(boxes, st.lists(boxes, max_size=12))
def test_a_free_place_keeps_its_distance_and_lies_on_the_grid(wanted: Box, taken: list[Box]) -> None:
    x, y = free_place(wanted, taken)
    here = Box(x, y, wanted.width, wanted.height)
    assert not any(overlaps(here, box.grown(GAP_PX)) for box in taken)
    assert (x % 8, y % 8) == (0, 0)


@given(boxes, boxes)
def test_no_place_on_the_grid_is_nearer(wanted: Box, taken: Box) -> None:
    x, y = free_place(wanted, [taken])
    way = abs(x - wanted.x) + abs(y - wanted.y)
    reach = max(taken.width + wanted.width, taken.height + wanted.height) + 2 * GAP_PX + 16
    assert way <= 2 * reach
    straight = [
        Box(snapped(wanted.x, 8) + dx, snapped(wanted.y, 8), *wanted[2:]) for dx in range(-2000, 2000, 8)
    ]
    nearest = min(
        (abs(box.x - wanted.x) for box in straight if not overlaps(box, taken.grown(GAP_PX))), default=None
    )
    if nearest is not None:
        assert ((x - wanted.x) ** 2 + (y - wanted.y) ** 2) ** 0.5 <= nearest + 8 + 1e-6


def test_a_wanted_place_that_is_free_is_taken() -> None:
    assert free_place(Box(96, 40, 100, 50), [Box(400, 0, 50, 50)]) == (96, 40)


def test_beside_a_wall_of_boxes() -> None:
    wall = [Box(0, y, 100, 100) for y in range(-5_000, 5_000, 100)]
    x, _ = free_place(Box(10, 0, 100, 50), wall)
    assert x >= 116 or x <= -116


@given(st.floats(-1e6, 1e6), st.sampled_from([1.0, 8.0, 24.0]))
def test_snapping_is_stable_and_near(value: float, grid: float) -> None:
    line = snapped(value, grid)
    assert abs(line - value) <= grid / 2 + 1e-6
    assert snapped(line, grid) == line


@given(boxes, st.sampled_from(["l", "r", "t", "b", "lt", "rb", "lb", "rt"]), numbers, numbers)
def test_resizing_keeps_the_opposite_edges_and_the_least_size(
    box: Box, edges: str, dx: float, dy: float
) -> None:
    new = resized(box, edges, dx, dy, (40, 30), grid=8)
    if "l" not in edges:
        assert new.x == box.x
    if "l" in edges:
        assert new.right == box.right
        assert new.width >= 40
    if "t" in edges:
        assert new.bottom == box.bottom
        assert new.height >= 30
    if "r" not in edges and "l" not in edges:
        assert new.width == box.width


def test_neighbours() -> None:
    origin = Box(0, 0, 100, 50)
    others = {
        1: Box(200, 0, 100, 50),
        2: Box(400, 0, 100, 50),
        3: Box(120, 400, 100, 50),
        4: Box(0, -200, 9, 9),
    }
    assert neighbour(origin, others, 1, 0) == 1
    assert neighbour(origin, others, 0, 1) == 3
    assert neighbour(origin, others, 0, -1) == 4
    assert neighbour(others[2], others | {2: origin}, 1, 0) is None


def test_union() -> None:
    assert union([]) is None
    assert union([Box(0, 0, 10, 10), Box(-5, 20, 10, 10)]) == Box(-5, 0, 15, 30)
