"""Names of cards seen from far away: as large as on the screen, whatever the zoom, cut to the room there is.

Qt main thread. Each name is written once, on a strip of its own; a frame only copies as much of the strip as fits.
"""

from __future__ import annotations

import bisect
import math
import time
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPixmap, QTransform

from qntx_desktop.ui.canvas.item import NOWHERE, GlyphItem
from qntx_desktop.ui.theme import Theme, chip_font, tone_colour
from qntx_desktop.ui.wording import ELLIPSIS

AIR_PX = 5.0
STRIPE = 0.06
"""Width of the stripe that shows a state, in parts of the card's."""
MOST_LETTERS = 60
MOST_STRIPS = 3_000
Sign = tuple[str, str]
"""Sign and tone of a state; both empty when a card shows none."""
NO_SIGN: Sign = ("", "")


@dataclass(slots=True, kw_only=True)
class Strip:
    """A name as it was written, in pixels of the screen; `cuts` are the places behind each of its letters."""

    serial: int
    title: str
    sign: Sign
    pixmap: QPixmap
    cuts: Sequence[float]
    backwards: bool


class FarNames:
    """The names of one scene."""

    def __init__(self) -> None:
        self.complete = True
        """False when the last frame had no time for all names."""
        self._strips: dict[int, Strip] = {}
        self._theme: Theme | None = None
        self._ratio = 1.0
        self._advances: dict[str, float] = {}
        self._ellipsis = QPixmap()

    def paint(
        self,
        painter: QPainter,
        items: Sequence[GlyphItem],
        to_view: QTransform,
        theme: Theme,
        signs: Mapping[int, Sign],
        ends_s: float,
    ) -> None:
        """Paint the names of these cards.

        Args:
            signs: The states there are, by glyph id.
            ends_s: When no more names may be written in this frame, by `time.perf_counter`.
        """
        ratio = painter.device().devicePixelRatio()
        self._begin(theme, ratio, len(items))
        painter.setTransform(QTransform.fromScale(1 / ratio, 1 / ratio))
        scale, dx, dy = to_view.m11() * ratio, to_view.dx() * ratio, to_view.dy() * ratio
        metrics, air = QFontMetricsF(chip_font()), AIR_PX * ratio
        high, ascent = metrics.capHeight() * ratio, metrics.ascent() * ratio
        draw, strips, ellipsis = painter.drawPixmap, self._strips, self._ellipsis
        wide = self._width(ELLIPSIS) * ratio
        for item in items:
            glyph = item.glyph
            strip, sign = strips.get(glyph.id), signs.get(glyph.id, NO_SIGN)
            if strip is None or strip.serial != item.serial or strip.sign != sign:
                strip = self._follow(item, sign, strip, ends_s)
                if strip is None:
                    continue
            room = glyph.width * scale * (1 - STRIPE) - air
            rise = high + min(air + 2 * ratio, (item.height_px * scale - high) / 2) - ascent
            x, y = glyph.x + glyph.width * STRIPE, glyph.y
            if item.drift is not NOWHERE:
                x, y = x + item.drift.x(), y + item.drift.y()
            left, top = round(x * scale + dx + air / 2), round(y * scale + dy + rise)
            if strip.cuts[-1] <= room:
                draw(left, top, strip.pixmap)
                continue
            fitting = bisect.bisect_right(strip.cuts, room - wide)
            if not fitting:
                continue
            cut, tall = math.ceil(strip.cuts[fitting - 1]), strip.pixmap.height()
            if strip.backwards:
                draw(left, top, ellipsis)
                draw(left + round(wide), top, strip.pixmap, strip.pixmap.width() - cut, 0, cut, tall)
            else:
                draw(left, top, strip.pixmap, 0, 0, cut, tall)
                draw(left + cut, top, ellipsis)

    def _begin(self, theme: Theme, ratio: float, shown: int) -> None:
        self.complete = True
        if self._theme != theme or self._ratio != ratio:
            self._theme, self._ratio = theme, ratio
            self._strips.clear()
            self._ellipsis = self._written(((ELLIPSIS, theme.text),))
        while len(self._strips) > MOST_STRIPS + shown:
            del self._strips[next(iter(self._strips))]

    def _follow(self, item: GlyphItem, sign: Sign, strip: Strip | None, ends_s: float) -> Strip | None:
        """The strip of a card that changed; what there was before when there is no time to write another."""
        if strip is not None and strip.sign == sign and strip.title == item.title:
            strip.serial = item.serial
            return strip
        if time.perf_counter() >= ends_s or self._theme is None:
            self.complete = False
            return strip
        whole = item.title
        title = whole.replace("\n", " ")[:MOST_LETTERS]
        mark = f"{sign[0]} " if sign[0] else ""
        pieces = [(mark, tone_colour(self._theme, sign[1]))] if mark else []
        advances = (self._advance(letter) * self._ratio for letter in mark + title)
        made = self._strips[item.glyph.id] = Strip(
            serial=item.serial,
            title=whole,
            sign=sign,
            pixmap=self._written((*pieces, (title, self._theme.text))),
            cuts=(0.0, *accumulate(advances))[1:] or (0.0,),
            backwards=runs_backwards(title),
        )
        return made

    def _written(self, pieces: Sequence[tuple[str, str]]) -> QPixmap:
        """Pieces of text in their colours, one behind the other."""
        metrics, ratio = QFontMetricsF(chip_font()), self._ratio
        width = sum(self._width(text) for text, _colour in pieces)
        pixmap = QPixmap(max(1, math.ceil(width * ratio) + 1), math.ceil(metrics.height() * ratio))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.scale(ratio, ratio)
        painter.setFont(chip_font())
        left = 0.0
        for text, colour in pieces:
            painter.setPen(QColor(colour))
            painter.drawText(QPointF(left, metrics.ascent()), text)
            left += self._width(text)
        painter.end()
        return pixmap

    def _width(self, text: str) -> float:
        return sum(self._advance(letter) for letter in text)

    def _advance(self, letter: str) -> float:
        known = self._advances.get(letter)
        if known is None:
            known = self._advances[letter] = QFontMetricsF(chip_font()).horizontalAdvance(letter)
        return known


def runs_backwards(text: str) -> bool:
    """Whether a text is read from right to left, by its first letter that says so."""
    ways = (unicodedata.bidirectional(letter) for letter in text)
    return next((way in ("R", "AL") for way in ways if way in ("L", "R", "AL")), False)
