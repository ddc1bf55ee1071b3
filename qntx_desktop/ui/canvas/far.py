"""The canvas from far away: all cards in one call, their states as colours, their names while there is room.

Qt main thread. Below `PLAIN_BELOW` no item is visited: ten thousand cards cost about as much as twenty at 100 %.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen, QTransform

from qntx_desktop.ui.canvas.card import paint_frame
from qntx_desktop.ui.canvas.item import GlyphItem
from qntx_desktop.ui.collector import uncollected
from qntx_desktop.ui.theme import Theme, chip_font, tone_colour

if TYPE_CHECKING:
    from qntx_desktop.ui.canvas.scene import CanvasScene

PLAIN_BELOW = 0.2
"""Below this scale a card is a plain rectangle, with its name and state from `NAMED_FROM` on."""
NAMED_FROM = 0.125
MOST_NAMES = 900
STRIPE = 0.06
"""Width of the stripe that shows a state, in parts of the card's."""
FRAME_S = 0.003
"""How long finding out states may hold up one frame."""
AIR_PX = 5.0


class FarView:
    """What is painted of a scene from far away; follows it glyph by glyph."""

    def __init__(self, scene: CanvasScene) -> None:
        self._scene = scene
        self.forget()

    def forget(self) -> None:
        """Begin again with what the scene has then."""
        self._cards: dict[int, QRectF] = {}
        self._links: dict[str, list[QLineF]] | None = None
        self._tones: dict[str, dict[int, QRectF]] = {}
        self._tone_of: dict[int, str] = {}
        self._moved: set[int] = set()
        self._changed: dict[int, None] = {}
        self._known = False
        self._signs: dict[int, str] = {}
        self._words: dict[int, tuple[str, int, str]] = {}
        self._advances: dict[str, float] = {}

    def note(self, keys: Iterable[int]) -> None:
        """These glyphs are other ones now, or gone."""
        if self._known:
            self._moved.update(keys)
            self._changed.update(dict.fromkeys(keys))

    def note_links(self) -> None:
        """Links are other ones now, run elsewhere, or have another colour."""
        self._links = None

    @property
    def complete(self) -> bool:
        """True when nothing waits for a later frame."""
        return self._known and not self._changed

    def _catch_up(self) -> None:
        """Every card has its rectangle at once; states follow while the frame has time."""
        if not self._known:
            self._known = True
            items = self._scene.items_by_id
            self._changed = dict.fromkeys(items)
            with uncollected():
                self._cards = {key: item.shown_rect for key, item in items.items() if not item.is_frame}
        for key in self._moved:
            self._place(key)
        self._moved.clear()
        ends_s = time.perf_counter() + FRAME_S
        while self._changed and time.perf_counter() < ends_s:
            for key in list(itertools.islice(self._changed, 32)):
                del self._changed[key]
                self._colour(key)

    def _place(self, key: int) -> None:
        item = self._scene.items_by_id.get(key)
        if item is None or item.is_frame:
            self._cards.pop(key, None)
        else:
            self._cards[key] = item.shown_rect
        if (tone := self._tone_of.get(key)) is not None:
            self._tones[tone].pop(key, None)
            if key in self._cards:
                self._tones[tone][key] = _stripe(self._cards[key])

    def _colour(self, key: int) -> None:
        old = self._tone_of.pop(key, None)
        if old is not None:
            self._tones[old].pop(key, None)
        self._signs.pop(key, None)
        item = self._scene.items_by_id.get(key)
        sign, tone = ("", "") if item is None or item.is_frame else state_of(item)
        if sign:
            self._signs[key] = sign
        if tone:
            self._tone_of[key] = tone
            self._tones.setdefault(tone, {})[key] = _stripe(self._cards[key])

    def paint(self, painter: QPainter, to_view: QTransform, seen: QRectF, scale: float) -> None:
        """Paint everything with a painter in view pixels; asks for another frame when states are still missing."""
        self._catch_up()
        theme = self._scene.theme
        painter.setTransform(to_view)
        for item in self._scene.frames():
            painter.save()
            painter.translate(item.pos() + item.drift)
            paint_frame(painter, item.glyph, item.layout, theme, item.look)
            painter.restore()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._paint_links(painter)
        self.paint_cards(painter, theme, outlined=scale >= NAMED_FROM)
        if scale >= NAMED_FROM:
            self._paint_names(painter, to_view, seen, theme)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._changed:
            self._scene.repaint_later()

    def paint_cards(self, painter: QPainter, theme: Theme, *, outlined: bool) -> None:
        """All cards and their states, in canvas units."""
        self._catch_up()
        painter.setPen(_hairline(theme.faint) if outlined else QPen(Qt.PenStyle.NoPen))
        painter.setBrush(QColor(theme.card if outlined else theme.line))
        painter.drawRects(list(self._cards.values()))
        painter.setPen(Qt.PenStyle.NoPen)
        for tone, stripes in self._tones.items():
            if stripes:
                painter.setBrush(QColor(tone_colour(theme, tone)))
                painter.drawRects(list(stripes.values()))
        chosen = [self._cards[key] for key in self._scene.selection if key in self._cards]
        if chosen:
            painter.setPen(_hairline(theme.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush if outlined else QBrush(QColor(theme.accent)))
            painter.drawRects(chosen)

    def _paint_links(self, painter: QPainter) -> None:
        if self._links is None:
            self._links = {}
            for edge in self._scene.edge_items:
                self._links.setdefault(edge.colour, []).append(edge.line())
        for colour, lines in self._links.items():
            painter.setPen(_hairline(colour))
            painter.drawLines(lines)

    def _paint_names(self, painter: QPainter, to_view: QTransform, seen: QRectF, theme: Theme) -> None:
        """As large as on the screen, whatever the zoom: fonts of one size are quick."""
        found = [item for item in self._scene.glyphs_in(seen) if not item.is_frame]
        if len(found) > MOST_NAMES:
            return
        painter.resetTransform()
        font, scale = chip_font(), to_view.m11()
        painter.setFont(font)
        height = QFontMetricsF(font).capHeight()
        text, dx, dy = QColor(theme.text), to_view.dx(), to_view.dy()
        painter.setPen(text)
        for item in found:
            glyph = item.glyph
            room = glyph.width * scale * (1 - STRIPE) - AIR_PX
            rise = height + min(AIR_PX + 2, (item.height_px * scale - height) / 2)
            place = QPointF((glyph.x + glyph.width * STRIPE) * scale + dx + AIR_PX / 2, glyph.y * scale + dy + rise)
            if sign := self._signs.get(item.glyph_id):
                painter.setPen(QColor(tone_colour(theme, self._tone_of[item.glyph_id])))
                painter.drawText(place, sign)
                painter.setPen(text)
                wide = self._width(f"{sign} ")
                place.setX(place.x() + wide)
                room -= wide
            known = self._words.get(item.glyph_id)
            if known is None or known[:2] != (item.title, int(room)):
                fitted = self._fitted(item.title, room)
                known = self._words[item.glyph_id] = (item.title, int(room), fitted)
            painter.drawText(place, known[2])

    def _fitted(self, text: str, room: float) -> str:
        """As much of a name as there is room for."""
        taken = 0.0
        for index, letter in enumerate(text):
            taken += self._advance(letter)
            if taken > room:
                return text[: max(0, index - 1)] + "…" if index else ""
        return text

    def _width(self, text: str) -> float:
        return sum(self._advance(letter) for letter in text)

    def _advance(self, letter: str) -> float:
        known = self._advances.get(letter)
        if known is None:
            known = self._advances[letter] = QFontMetricsF(chip_font()).horizontalAdvance(letter)
        return known


def state_of(item: GlyphItem) -> tuple[str, str]:
    """Sign and tone of the state that a card shows; empty when it shows none."""
    chips = item.kind.chips(item.glyph, item.live)
    return next(((chip.symbol, chip.tone) for chip in chips if chip.tone != "plain"), ("", ""))


def _stripe(card: QRectF) -> QRectF:
    return QRectF(card.left(), card.top(), max(card.width() * STRIPE, 12.0), card.height())


def _hairline(colour: str, width: int = 1) -> QPen:
    pen = QPen(QColor(colour), width)
    pen.setCosmetic(True)
    return pen
