"""The canvas from far away: all cards in one call, their states as colours, their names while there is room.

Qt main thread. Below `PLAIN_BELOW` no item is visited: ten thousand cards cost about as much as twenty at 100 %.
"""

from __future__ import annotations

import itertools
import math
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QTransform

from qntx_desktop.ui.canvas.card import paint_frame
from qntx_desktop.ui.canvas.far_names import STRIPE, FarNames, Sign
from qntx_desktop.ui.canvas.item import NOWHERE, GlyphItem
from qntx_desktop.ui.collector import uncollected
from qntx_desktop.ui.theme import Theme, tone_colour

if TYPE_CHECKING:
    from qntx_desktop.ui.canvas.scene import CanvasScene

Rects = Mapping[int, QRectF]
PLAIN_BELOW = 0.25
"""Below this scale, where nobody can read a card, it is a plain rectangle, with its name and state in letters that
can be read from `NAMED_FROM` on."""
NAMED_FROM = 0.125
MOST_NAMES = 900
FRAME_S = 0.003
"""How long finding out places and states and writing names may hold up one frame."""
NAMES_S = 0.0006
"""How long naming cards that wait for their pixmaps may hold up one frame from near by."""
AT_ONCE = 32
"""So many are followed before the clock is looked at again."""


class FarView:
    """What is painted of a scene from far away; follows it glyph by glyph."""

    def __init__(self, scene: CanvasScene) -> None:
        self._scene = scene
        self.forget()

    def forget(self) -> None:
        """Begin again with what the scene has then."""
        self._cards: dict[int, QRectF] = {}
        self._links: dict[bool, dict[int, QLineF]] = {True: {}, False: {}}
        self._changed_links: dict[int, None] = {}
        self._tones: dict[str, dict[int, QRectF]] = {}
        self._tone_of: dict[int, str] = {}
        self._names = FarNames()
        self._moved: dict[int, None] = {}
        self._changed: dict[int, None] = {}
        self._known = self._opening = False
        self._signs: dict[int, Sign] = {}

    def note(self, keys: Iterable[int]) -> None:
        """These glyphs are other ones now, or gone."""
        if self._known:
            self._moved.update(dict.fromkeys(keys))
            self._changed.update(dict.fromkeys(keys))

    def note_state(self, key: int) -> None:
        """This glyph shows another state, and stands where it stood."""
        if self._known:
            self._changed[key] = None

    def note_links(self, keys: Iterable[int]) -> None:
        """These links are other ones now, run elsewhere, or are gone."""
        if self._known:
            self._changed_links.update(dict.fromkeys(keys))

    @property
    def complete(self) -> bool:
        """True when nothing waits for a later frame."""
        return self._known and not self._waits and self._names.complete

    @property
    def _waits(self) -> bool:
        return bool(self._moved or self._changed_links or self._changed)

    def places(self) -> tuple[Mapping[int, QRectF], Mapping[int, str], bool]:
        """The rectangles of cards and the tones of states known so far, and whether that is all of them."""
        self._catch_up(time.perf_counter() + FRAME_S)
        return self._cards, self._tone_of, not self._waits

    def prepare(self) -> bool:
        """Get ready before anybody looks from far away, a little at a time; True when that is done."""
        self._catch_up(time.perf_counter() + FRAME_S)
        return not self._waits

    def _begin(self) -> None:
        """Every card waits for its rectangle, every link for its line."""
        self._known = self._opening = True
        self._moved = dict.fromkeys(self._scene.items_by_id)
        self._changed = dict.fromkeys(self._moved)
        self._changed_links = dict.fromkeys(edge.edge.id for edge in self._scene.edge_items)

    def _catch_up(self, ends_s: float) -> None:
        """Where cards stand, where links run, then states, as many as there is time for.

        Cards and links that moved follow at once, or they would jump back for a frame; a whole canvas does not.
        """
        if not self._known:
            self._begin()
        at_once_s = ends_s if self._opening else math.inf
        with uncollected():
            self._follow(self._moved, self._place, at_once_s)
            self._follow(self._changed_links, self._link, at_once_s)
            self._opening = self._opening and bool(self._moved or self._changed_links)
            if not self._opening:
                self._follow(self._changed, self._colour, ends_s)

    def _follow(self, waiting: dict[int, None], follow: Callable[[int], None], ends_s: float) -> None:
        """Those that wait longest first, some in any case, until it is so late by `time.perf_counter`."""
        while waiting:
            for key in list(itertools.islice(waiting, AT_ONCE)):
                del waiting[key]
                follow(key)
            if time.perf_counter() >= ends_s:
                return

    def _link(self, key: int) -> None:
        for lines in self._links.values():
            lines.pop(key, None)
        edge = self._scene.edge_of(key)
        if edge is not None:
            self._links[edge.prominent][key] = edge.line()

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
        item, old = self._scene.items_by_id.get(key), self._tone_of.get(key)
        sign, tone = ("", "") if item is None or item.is_frame else state_of(item)
        if tone and tone == old and self._signs.get(key) == (sign, tone):
            return
        if old is not None:
            del self._tone_of[key]
            self._tones[old].pop(key, None)
        self._signs.pop(key, None)
        if sign:
            self._signs[key] = (sign, tone)
        if tone:
            self._tone_of[key] = tone
            self._tones.setdefault(tone, {})[key] = _stripe(self._cards[key])

    def paint(self, painter: QPainter, to_view: QTransform, seen: QRectF, scale: float) -> None:
        """Paint everything with a painter in view pixels; asks for another frame when something is missing."""
        ends_s = time.perf_counter() + FRAME_S
        self._catch_up(ends_s)
        theme, named = self._scene.theme, scale >= NAMED_FROM
        found = [item for item in self._scene.shown_in(seen) if not item.is_frame] if named else []
        few = named and len(found) <= MOST_NAMES
        if few and self._moved:
            self._place_first(found)
        painter.setTransform(to_view)
        for item in self._scene.frames():
            painter.save()
            painter.translate(item.pos() + item.drift)
            paint_frame(painter, item.glyph, item.layout, theme, item.look)
            painter.restore()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._paint_links(painter, theme, [edge.edge.id for edge in self._scene.ways_in(seen)] if few else None)
        self._paint_cards(painter, theme, [item.glyph.id for item in found] if few else None, outlined=named)
        if few:
            self._names.paint(painter, found, to_view, theme, self._signs, ends_s)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.complete:
            self._scene.repaint_later()

    def paint_names(self, painter: QPainter, items: Sequence[GlyphItem], to_view: QTransform) -> None:
        """Paint the names of cards that have nothing better yet, in this order, as many as there is time for."""
        ends_s = time.perf_counter() + NAMES_S
        for first in range(0, len(items), AT_ONCE):
            some = items[first : first + AT_ONCE]
            self._names.paint(painter, some, to_view, self._scene.theme, self._signs, ends_s)
            if time.perf_counter() >= ends_s:
                return

    def _place_first(self, items: Iterable[GlyphItem]) -> None:
        """What is looked at from near by does not wait."""
        for key in [item.glyph.id for item in items if item.glyph.id in self._moved]:
            del self._moved[key]
            self._place(key)

    def _paint_cards(
        self, painter: QPainter, theme: Theme, keys: Sequence[int] | None, *, outlined: bool
    ) -> None:
        """These cards, or all, and their states, in canvas units; what is carried over all others."""
        carried = self._scene.carried
        shown = self._cards if keys is None else {key: self._cards[key] for key in keys if key in self._cards}
        if not carried.items:
            self._paint_layer(painter, theme, shown, self._tones, outlined=outlined)
            return
        for taken, way in ((False, NOWHERE), (True, carried.way)):
            cards = {key: card for key, card in shown.items() if (key in carried.items) == taken}
            tones = {
                tone: {key: stripe for key, stripe in stripes.items() if (key in carried.items) == taken}
                for tone, stripes in self._tones.items()
            }
            painter.translate(way)
            self._paint_layer(painter, theme, cards, tones, outlined=outlined)
            painter.translate(-way)

    def _paint_layer(
        self, painter: QPainter, theme: Theme, cards: Rects, tones: Mapping[str, Rects], *, outlined: bool
    ) -> None:
        painter.setPen(_hairline(theme.faint) if outlined else QPen(Qt.PenStyle.NoPen))
        painter.setBrush(QColor(theme.card if outlined else theme.line))
        painter.drawRects(list(cards.values()))
        painter.setPen(Qt.PenStyle.NoPen)
        for tone, stripes in tones.items():
            if stripes:
                painter.setBrush(QColor(tone_colour(theme, tone)))
                painter.drawRects(list(stripes.values()))
        chosen = [cards[key] for key in self._scene.selection if key in cards]
        if chosen:
            painter.setPen(_hairline(theme.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush if outlined else QBrush(QColor(theme.accent)))
            painter.drawRects(chosen)

    def _paint_links(self, painter: QPainter, theme: Theme, keys: Sequence[int] | None) -> None:
        """These links, or all, in canvas units; those that are carried over the others of their colour."""
        carried = self._scene.carried
        for prominent, every in self._links.items():
            lines = every
            if keys is not None and not carried.ways:
                lines = {key: every[key] for key in keys if key in every}
            painter.setPen(_hairline(theme.accent if prominent else theme.line))
            if not carried.ways:
                painter.drawLines(list(lines.values()))
                continue
            painter.drawLines([line for key, line in lines.items() if key not in carried.ways])
            painter.translate(carried.way)
            painter.drawLines([lines[key] for key in carried.ways if key in lines])
            painter.translate(-carried.way)


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
