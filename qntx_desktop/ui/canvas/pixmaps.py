"""Painted cards kept as pixmaps, least recently shown dropped first. Qt main thread.

Own pixmaps, since QStaticText and DeviceCoordinateCache cost hundreds of milliseconds a frame while zooming.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtGui import QPixmap

MOST_BYTES = 96 * 1024 * 1024
FRAME_S = 0.004
"""How long building pixmaps may hold up one frame; the rest is painted in the next."""
FIRST_FRAME_S = 0.05
"""The same while nothing is kept yet: a canvas that opens, another theme. Nobody moves anything then."""
Stamp = tuple[int, float]
"""What a pixmap shows: the serial of its item, and the scale at which it was painted."""
SMALLEST_SCALE, LARGEST_SCALE = 0.25, 4.0


def scale_step(scale: float) -> float:
    """The power of two, not below `scale`, at which a card is painted: shrinking a pixmap keeps it sharp."""
    step = float(2.0 ** math.ceil(math.log2(max(scale, 1e-6)) - 1e-6))
    return min(max(step, SMALLEST_SCALE), LARGEST_SCALE)


class PixmapStore:
    """Pixmaps by glyph id, each with the stamp of what it shows."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._kept: OrderedDict[int, tuple[Stamp, QPixmap]] = OrderedDict()
        self._spent_s = 0.0
        self._frame_s = FRAME_S

    def begin_frame(self) -> None:
        """Give the coming frame its time."""
        self._spent_s = 0.0
        self._frame_s = FRAME_S if self._kept else FIRST_FRAME_S

    def allow(self, least_bytes: int) -> None:
        """Keep at least this much: a large screen needs more than a small one to show all its cards at once."""
        self._most_bytes = max(self._most_bytes, least_bytes)

    def build(self, key: int, stamp: Stamp, paint: Callable[[], QPixmap]) -> QPixmap | None:
        """Paint and keep a pixmap, or None when this frame has spent its time; each frame gets one at least."""
        if self._spent_s >= self._frame_s:
            return None
        began_s = time.perf_counter()
        pixmap = paint()
        self.put(key, stamp, pixmap)
        self._spent_s += time.perf_counter() - began_s
        return pixmap

    def get(self, key: int) -> tuple[Stamp, QPixmap] | None:
        """What is kept for a glyph, stale or not."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def put(self, key: int, stamp: Stamp, pixmap: QPixmap) -> None:
        """Keep a pixmap, and drop the least recently shown beyond the budget."""
        self.drop(key)
        self._kept[key] = (stamp, pixmap)
        self._bytes += _size(pixmap)
        while self._bytes > self._most_bytes and len(self._kept) > 1:
            self.drop(next(iter(self._kept)))

    def drop(self, key: int) -> None:
        """Forget one."""
        found = self._kept.pop(key, None)
        if found is not None:
            self._bytes -= _size(found[1])

    def clear(self) -> None:
        """Forget all."""
        self._kept.clear()
        self._bytes = 0

    @property
    def total_bytes(self) -> int:
        """What all kept pixmaps take."""
        return self._bytes


def _size(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4
