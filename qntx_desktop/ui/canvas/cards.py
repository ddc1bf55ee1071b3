"""Puts cards on the screen from their pixmaps, and has pixmaps painted while the frame has time. Qt main thread.

Two loops over what is seen, with little in them: at 20 % that is 500 cards sixty times a second. Where a pixmap is
much larger than what is shown of it, most of the time goes into fetching it from memory: it is shrunk once instead.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen, QTransform

from qntx_desktop.ui.canvas.card import card_path
from qntx_desktop.ui.canvas.item import NOWHERE, GlyphItem, origin_of
from qntx_desktop.ui.canvas.pixmaps import Kept, scale_step
from qntx_desktop.ui.theme import TITLE_PX

if TYPE_CHECKING:
    from qntx_desktop.ui.canvas.view import CanvasView

PAINT, SHRINK = "paint", "shrink"
MOST_PIXELS = 8_000_000
"""The most one pixmap may have; a larger card is stretched."""
NEAREST, FARTHEST = 0.75, 1.5
"""Between these parts of the scale shown, a pixmap is stretched, not made anew, while the zoom changes."""
MOST_SMOOTH = 60
"""With more cards than this a stretched pixmap is stretched plainly: to smooth it costs five times as much, and a
better one comes in a tenth of a second."""
LEAST_S = 0.001
"""The time for pixmaps in a frame that has none left: else what runs on hundreds of cards would stand still."""
ROUNDED_FROM = 0.75
"""Below this scale a card without pixmap has square corners."""


class Cards:
    """Paints the cards of one view."""

    def __init__(self, view: CanvasView) -> None:
        self._view = view
        self.late = False
        """Whether something waits for a better pixmap."""
        self._show_s = 0.0

    def paint(
        self,
        painter: QPainter,
        items: Sequence[GlyphItem],
        to_view: QTransform,
        *,
        rests: bool,
        ends_s: float | None,
    ) -> None:
        """Paint cards, lowest first, with a painter in view pixels; each corner lies on a whole pixel.

        Args:
            rests: Paint pixmaps at the exact scale; else the zoom is changing, and any near one will do.
            ends_s: When this frame should be done, by `time.perf_counter`: the time for pixmaps is what all else
                leaves. None: nobody waits for it, since nothing moves.
        """
        ratio = painter.device().devicePixelRatio()
        scale = self._view.zoom * ratio
        if ends_s is not None:
            left_s = ends_s - self._show_s - time.perf_counter()
            self._view.scene_of.pixmaps.hurry(max(left_s, LEAST_S))
        self._provide(items, scale, rests=rests)
        provided_s = time.perf_counter()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, rests and len(items) <= MOST_SMOOTH)
        painter.save()
        painter.scale(1 / ratio, 1 / ratio)
        self._show(painter, items, scale, to_view)
        painter.restore()
        self._show_s = time.perf_counter() - provided_s

    def _provide(self, items: Sequence[GlyphItem], scale: float, *, rests: bool) -> None:
        """Have pixmaps made as long as this frame has time: first for cards without any, from the middle outwards.

        Then those that wait longest.
        """
        store = self._view.scene_of.pixmaps
        wanted = scale if rests else scale_step(NEAREST * scale)
        least, most = (wanted, wanted) if rests else (NEAREST * scale, FARTHEST * scale)
        kept_of, tick = store.kept.get, store.tick
        waiting: list[tuple[int, float, int, GlyphItem]] = []
        middle = self._view.seen().center()
        for place, item in enumerate(items):
            kept = kept_of(item.glyph.id)
            if kept is None:
                waiting.append((-1, _apart(item, middle), place, item))
                continue
            kept.shown = tick
            if kept.serial != item.serial or not least <= kept.scale <= most or (rests and not kept.crisp):
                waiting.append((kept.built, 0.0, place, item))
        self.late = False
        out_of_time: set[str] = set()
        for _built, _apart_px, _place, item in sorted(waiting):
            if (work := self._improve(item, wanted, out_of_time, rests=rests)) is not None:
                self.late = True
                out_of_time.add(work)
                if PAINT in out_of_time and (rests or SHRINK in out_of_time):
                    break

    def _improve(self, item: GlyphItem, wanted: float, out_of_time: set[str], *, rests: bool) -> str | None:
        """Have the pixmap of a card made at the scale wanted; the work that the frame has no time for, or None."""
        area = item.glyph.width * item.height_px
        if area * wanted * wanted > MOST_PIXELS:
            wanted = (MOST_PIXELS / area) ** 0.5
        store, key = self._view.scene_of.pixmaps, item.glyph_id
        kept = store.kept.get(key)
        fresh = kept is not None and kept.serial == item.serial
        if kept is not None and fresh and kept.scale == wanted and (kept.crisp or not rests):
            return None
        shrinks = kept is not None and fresh and not rests and kept.scale > wanted
        work = SHRINK if shrinks else PAINT
        if work in out_of_time or not store.has_time(work):
            return work
        make = partial(kept.shrunk, wanted) if kept is not None and shrinks else partial(_painted, item, wanted)
        store.build(key, work, make)
        return None

    def _show(
        self, painter: QPainter, items: Sequence[GlyphItem], scale: float, to_view: QTransform
    ) -> None:
        """Put everything on the screen with a painter in its pixels; cards without pixmap lie below all others."""
        kept_of, plain = self._view.scene_of.pixmaps.kept.get, list[tuple[GlyphItem, QRectF]]()
        ratio = painter.device().devicePixelRatio()
        dx, dy = to_view.dx() * ratio, to_view.dy() * ratio
        shown: list[tuple[Kept, int, int]] = []
        for item in items:
            glyph = item.glyph
            x, y = glyph.x, glyph.y
            if item.drift is not NOWHERE:
                x, y = x + item.drift.x(), y + item.drift.y()
            left, top = round(x * scale + dx), round(y * scale + dy)
            kept = kept_of(glyph.id)
            if kept is None:
                plain.append((item, QRectF(left, top, glyph.width * scale, item.height_px * scale)))
            else:
                shown.append((kept, left, top))
        if plain:
            self._show_plain(painter, plain, scale)
            painter.save()
            middle = self._view.seen().center()
            named = sorted((item for item, _rect in plain), key=lambda item: _apart(item, middle))
            self._view.scene_of.far.paint_names(painter, named, to_view)
            painter.restore()
        draw = painter.drawPixmap
        for kept, left, top in shown:
            if kept.scale == scale:
                draw(left - round(kept.origin), top - round(kept.origin), kept.pixmap)
                continue
            part = scale / kept.scale
            before = kept.origin * part
            draw(QRectF(left - before, top - before, kept.wide * part, kept.high * part), kept.pixmap, kept.whole)

    def _show_plain(self, painter: QPainter, plain: Sequence[tuple[GlyphItem, QRectF]], scale: float) -> None:
        """Cards that have no pixmap yet, in few calls for the selected and the others."""
        theme, band = self._view.theme, TITLE_PX * scale
        square = scale < ROUNDED_FROM
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, not square)
        for chosen, colour in ((False, theme.line), (True, theme.accent)):
            rects = [rect for item, rect in plain if item.look.selected == chosen]
            painter.setPen(QPen(QColor(colour), 1))
            painter.setBrush(QColor(theme.card))
            if square:
                painter.drawRects(rects)
            else:
                for rect in rects:
                    painter.drawPath(card_path(rect))
            lines = [
                QLineF(rect.left(), rect.top() + band, rect.right(), rect.top() + band)
                for rect in rects
                if rect.height() > band + 1
            ]
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.drawLines(lines)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def _apart(item: GlyphItem, middle: QPointF) -> float:
    """How far from the middle of the view a card is."""
    glyph = item.glyph
    return abs(glyph.x + glyph.width / 2 - middle.x()) + abs(glyph.y + glyph.height / 2 - middle.y())


def _painted(item: GlyphItem, scale: float) -> Kept:
    return Kept(serial=item.serial, scale=scale, origin=origin_of(scale), pixmap=item.painted(scale))
