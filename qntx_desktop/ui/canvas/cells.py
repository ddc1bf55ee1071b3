"""What lies where on a canvas of thousands: rectangles by the cells of a grid. Pure; Qt main thread.

Qt's own index halves the whole scene a dozen times, and the scene is two million units wide: all glyphs end up in a
few leaves, and each question visits every one of them.
"""

from __future__ import annotations

CELL_PX = 1024.0
MOST_CELLS = 64
"""What covers more cells than this is looked at for every question."""

Area = tuple[float, float, float, float]
"""Left, top, right, bottom."""


class Cells:
    """Rectangles by key."""

    def __init__(self, version: int = 0) -> None:
        self.version = version
        """Another number after every change."""
        self._extent: tuple[int, Area | None] = (version, None)
        self._areas: dict[int, Area] = {}
        self._spans: dict[int, tuple[int, int, int, int]] = {}
        self._cells: dict[tuple[int, int], set[int]] = {}
        self._large: set[int] = set()

    def clear(self) -> None:
        """Forget all."""
        self.__init__(self.version + 1)  # type: ignore[misc]

    def put(self, key: int, left: float, top: float, right: float, bottom: float) -> None:
        """Know where something lies, or lies now."""
        self.version += 1
        self._areas[key] = (left, top, right, bottom)
        span = _span(left, top, right, bottom)
        known = self._spans.get(key)
        if known == span:
            return
        if known is not None:
            self._leave(key)
        self._spans[key] = span
        if _count(span) > MOST_CELLS:
            self._large.add(key)
            return
        cells = self._cells
        for cell in _cells(span):
            if (inside := cells.get(cell)) is None:
                cells[cell] = {key}
            else:
                inside.add(key)

    def drop(self, key: int) -> None:
        """It is gone."""
        self.version += 1
        if self._areas.pop(key, None) is not None:
            self._leave(key)

    def area_of(self, key: int) -> Area | None:
        """Where something lies; None when it is not known."""
        return self._areas.get(key)

    def extent(self) -> Area | None:
        """The rectangle around all; None when there is nothing. Found anew only after a change."""
        if self._extent[0] != self.version:
            sides = list(zip(*self._areas.values(), strict=True))
            around = (min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3])) if sides else None
            self._extent = self.version, around
        return self._extent[1]

    def near(self, left: float, top: float, right: float, bottom: float) -> list[int]:
        """The keys of all that touch a rectangle, in no order."""
        span = _span(left, top, right, bottom)
        found: set[int] = set(self._large)
        if _count(span) > len(self._cells):
            found.update(self._areas)
        else:
            for cell in _cells(span):
                found |= self._cells.get(cell, set())
        areas, touching = self._areas, []
        for key in found:
            x1, y1, x2, y2 = areas[key]
            if x1 <= right and x2 >= left and y1 <= bottom and y2 >= top:
                touching.append(key)
        return touching

    def _leave(self, key: int) -> None:
        span = self._spans.pop(key, None)
        if span is None:
            return
        if key in self._large:
            self._large.discard(key)
            return
        for cell in _cells(span):
            self._cells[cell].discard(key)
            if not self._cells[cell]:
                del self._cells[cell]


def _span(left: float, top: float, right: float, bottom: float) -> tuple[int, int, int, int]:
    return (
        int(left // CELL_PX),
        int(top // CELL_PX),
        int(right // CELL_PX),
        int(bottom // CELL_PX),
    )


def _count(span: tuple[int, int, int, int]) -> int:
    return (span[2] - span[0] + 1) * (span[3] - span[1] + 1)


def _cells(span: tuple[int, int, int, int]) -> list[tuple[int, int]]:
    left, top, right, bottom = span
    if left == right and top == bottom:
        return [(left, top)]
    return [(column, row) for column in range(left, right + 1) for row in range(top, bottom + 1)]
