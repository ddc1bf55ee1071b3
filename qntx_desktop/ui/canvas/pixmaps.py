"""Painted cards kept as pixmaps, least recently shown dropped first. Qt main thread.

Own pixmaps, since QStaticText and DeviceCoordinateCache cost hundreds of milliseconds a frame while zooming.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPixmap

MOST_BYTES = 96 * 1024 * 1024
FRAME_S = 0.004
"""How long building pixmaps may hold up one frame; the rest is painted in the next."""
FIRST_FRAME_S = 0.05
"""The same while nothing is kept yet: a canvas that opens, another theme. Nobody moves anything then."""
SMALLEST_SCALE, LARGEST_SCALE = 0.25, 4.0
MOST_BASES, MOST_BASE_PIXELS = 24, 500_000


def scale_step(scale: float) -> float:
    """The power of two, not below `scale`, at which a card is painted: shrinking a pixmap keeps it sharp."""
    step = float(2.0 ** math.ceil(math.log2(max(scale, 1e-6)) - 1e-6))
    return min(max(step, SMALLEST_SCALE), LARGEST_SCALE)


@dataclass(slots=True, kw_only=True)
class Kept:
    """A pixmap and what it shows.

    Args:
        serial: Of the item, when it was painted.
        scale: Pixels of the screen for a unit of the canvas.
        origin: Where the corner of the card lies, in pixels from the left and from the top.
        crisp: Painted at this scale; False: shrunk from a larger one.
    """

    serial: int
    scale: float
    origin: float
    pixmap: QPixmap
    crisp: bool = True
    shown: int = 0
    built: int = 0
    wide: int = field(init=False)
    high: int = field(init=False)
    whole: QRectF = field(init=False)

    def __post_init__(self) -> None:
        self.wide, self.high = self.pixmap.width(), self.pixmap.height()
        self.whole = QRectF(0, 0, self.wide, self.high)

    @property
    def bytes_taken(self) -> int:
        """What it takes in memory."""
        return self.wide * self.high * 4

    def shrunk(self, scale: float) -> Kept:
        """The same card smaller: a tenth of the time it takes to paint it, and as good while things move."""
        part = scale / self.scale
        pixmap = self.pixmap.scaled(
            max(1, round(self.wide * part)),
            max(1, round(self.high * part)),
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        return Kept(serial=self.serial, scale=scale, origin=self.origin * part, pixmap=pixmap, crisp=False)


class PixmapStore:
    """Pixmaps by glyph id."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self.kept: dict[int, Kept] = {}
        """For the loop over all cards that are seen, which notes `tick` in what it shows."""
        self.tick = 0
        """Another number in each frame."""
        self._oldest: list[tuple[int, int]] = []
        self._bases: OrderedDict[Hashable, QPixmap] = OrderedDict()
        self._spent_s = 0.0
        self._usual_s: dict[str, float] = {}
        self._due, self._hurried, self._refused = True, False, False
        self._frame_s = FRAME_S

    def begin_frame(self) -> None:
        """Give the coming frame its time."""
        self.tick += 1
        self._due = not (self._hurried and self._refused and self._spent_s)
        self._spent_s, self._hurried, self._refused = 0.0, False, False
        self._frame_s = FRAME_S if self.kept else FIRST_FRAME_S

    def allow(self, least_bytes: int) -> None:
        """Keep at least this much: a large screen needs more than a small one to show all its cards at once."""
        self._most_bytes = max(self._most_bytes, least_bytes)

    def has_time(self, work: str) -> bool:
        """Whether this frame may do another piece of work: no more than will be done in time, but one in any case.

        Frames that hurry do one in any case only when the one before did none.

        Args:
            work: What kind of work; each is known by how long it took lately.
        """
        if not self._spent_s and (self._due or not self._hurried):
            return True
        fits = self._spent_s + self._usual_s.get(work, 0.0) <= self._frame_s
        self._refused = self._refused or not fits
        return fits

    def hurry(self, left_s: float) -> None:
        """Spend no more than this on building, if it is less: the frame has other things to do."""
        if self.kept:
            self._frame_s, self._hurried = min(self._frame_s, left_s), True

    def build(self, key: int, work: str, paint: Callable[[], Kept]) -> Kept:
        """Make and keep a pixmap, on account of this frame."""
        began_s = time.perf_counter()
        made = paint()
        self.put(key, made)
        took_s = time.perf_counter() - began_s
        self._spent_s += took_s
        self._usual_s[work] = (took_s + 3 * self._usual_s.get(work, took_s)) / 4
        return made

    def get(self, key: int) -> Kept | None:
        """What is kept for a glyph, stale or not; shown with this."""
        found = self.kept.get(key)
        if found is not None:
            self.tick += 1
            found.shown = self.tick
        return found

    def put(self, key: int, made: Kept) -> None:
        """Keep a pixmap, and drop the least recently shown beyond the budget."""
        self.drop(key)
        made.shown = made.built = self.tick
        self.kept[key] = made
        self._bytes += made.bytes_taken
        while self._bytes > self._most_bytes and len(self.kept) > 1:
            self._drop_oldest()

    def _drop_oldest(self) -> None:
        """In the order of a list that is made again only when all of it was used up."""
        if not self._oldest:
            found = ((kept.shown, place, key) for place, (key, kept) in enumerate(self.kept.items()))
            self._oldest = [(shown, key) for shown, _place, key in sorted(found, reverse=True)]
        shown, key = self._oldest.pop()
        kept = self.kept.get(key)
        if kept is not None and kept.shown == shown:
            self.drop(key)

    def drop(self, key: int) -> None:
        """Forget one."""
        found = self.kept.pop(key, None)
        if found is not None:
            self._bytes -= found.bytes_taken

    def clear(self) -> None:
        """Forget all."""
        self.kept.clear()
        self._oldest.clear()
        self._bases.clear()
        self._bytes = 0

    def base(self, size: Hashable, pixels: float, paint: Callable[[], QPixmap]) -> QPixmap:
        """An empty card to paint on, a copy of the one painted first: the shadow takes half of a card's time.

        Args:
            size: All that it looks like.
            pixels: How many it has; a very large one is not kept.
        """
        if pixels > MOST_BASE_PIXELS:
            return paint()
        found = self._bases.get(size)
        if found is None:
            found = self._bases[size] = paint()
            if len(self._bases) > MOST_BASES:
                self._bases.popitem(last=False)
        self._bases.move_to_end(size)
        return found.copy()

    @property
    def total_bytes(self) -> int:
        """What all kept pixmaps take."""
        return self._bytes
