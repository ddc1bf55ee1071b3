"""Puts cards on the screen from their pixmaps, and has pixmaps painted while the frame has time. Qt main thread.

One loop over what is seen, with little in it: at 20 % that is 500 cards sixty times a second.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QTransform

from qntx_desktop.ui.canvas.card import card_path
from qntx_desktop.ui.canvas.item import NOWHERE, GlyphItem, origin_of
from qntx_desktop.ui.canvas.pixmaps import scale_step

if TYPE_CHECKING:
    from qntx_desktop.ui.canvas.view import CanvasView

MOST_PIXELS = 8_000_000
"""The most one pixmap may have; a larger card is stretched."""
NEAREST, FARTHEST = 0.75, 4.0
"""Between these parts of the scale wanted, a pixmap is stretched, not painted again, while the zoom changes."""
MOST_SMOOTH = 60
"""With more cards than this a stretched pixmap is stretched plainly: to smooth it costs five times as much, and a
better one comes in a tenth of a second."""
ROUNDED_FROM = 0.5
"""Below this scale a card without pixmap has square corners."""


class Cards:
    """Paints the cards of one view."""

    def __init__(self, view: CanvasView) -> None:
        self._view = view
        self.late = False
        """Whether something waits for a better pixmap."""

    def paint(
        self, painter: QPainter, items: Sequence[GlyphItem], to_view: QTransform, *, rests: bool
    ) -> None:
        """Paint cards, lowest first, with a painter in view pixels; each corner lies on a whole pixel.

        Args:
            rests: Paint pixmaps at the exact scale; else the zoom is changing, and any near one will do.
        """
        zoom, ratio = self._view.zoom, painter.device().devicePixelRatio()
        scale, dx, dy = zoom * ratio, to_view.dx(), to_view.dy()
        wanted = scale if rests else scale_step(scale)
        least, most = (wanted, wanted) if rests else (NEAREST * scale, FARTHEST * scale)
        smooth = rests and len(items) <= MOST_SMOOTH
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        pixmaps, origins = self._view.scene_of.pixmaps, dict[float, int]()
        plain: list[tuple[GlyphItem, QRectF]] = []
        self.late = False
        for item in items:
            glyph = item.glyph
            x, y = glyph.x, glyph.y
            if item.drift is not NOWHERE:
                x, y = x + item.drift.x(), y + item.drift.y()
            left, top = round((x * zoom + dx) * ratio), round((y * zoom + dy) * ratio)
            kept = pixmaps.get(glyph.id)
            if kept is None or kept[0][0] != item.serial or not least <= kept[0][1] <= most:
                kept = self._better(item, wanted, ratio) or kept
                if kept is None:
                    plain.append((item, QRectF(left, top, glyph.width * scale, item.height_px * scale)))
                    continue
            painted_at, pixmap = kept[0][1], kept[1]
            origin = origins.get(painted_at)
            if origin is None:
                origin = origins[painted_at] = origin_of(painted_at)
            if painted_at == scale:
                painter.drawPixmap(QPointF((left - origin) / ratio, (top - origin) / ratio), pixmap)
                continue
            part, wide, high = scale / painted_at, pixmap.width(), pixmap.height()
            target = QRectF(left - origin * part, top - origin * part, wide * part, high * part)
            painter.drawPixmap(_shrunk(target, ratio), pixmap, QRectF(0, 0, wide, high))
        self._paint_plain(painter, plain, ratio)

    def _better(
        self, item: GlyphItem, wanted: float, ratio: float
    ) -> tuple[tuple[int, float], QPixmap] | None:
        """A pixmap at the scale wanted, if it is there or the frame has time for it."""
        area = item.glyph.width * item.height_px
        if area * wanted * wanted > MOST_PIXELS:
            wanted = (MOST_PIXELS / area) ** 0.5
        pixmaps, stamp = self._view.scene_of.pixmaps, (item.serial, wanted)
        kept = pixmaps.get(item.glyph_id)
        if kept is not None and kept[0] == stamp:
            return kept
        built = pixmaps.build(item.glyph_id, stamp, partial(item.painted, wanted, ratio))
        if built is None:
            self.late = True
            return None
        return stamp, built

    def _paint_plain(
        self, painter: QPainter, plain: Sequence[tuple[GlyphItem, QRectF]], ratio: float
    ) -> None:
        """Cards that have no pixmap yet, in one call for the selected and one for the others."""
        theme = self._view.theme
        painter.setBrush(QColor(theme.card))
        for selected, colour in ((False, theme.line), (True, theme.accent)):
            rects = [_shrunk(rect, ratio) for item, rect in plain if item.look.selected == selected]
            painter.setPen(QPen(QColor(colour), 1))
            if self._view.zoom < ROUNDED_FROM:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
                painter.drawRects(rects)
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            else:
                for rect in rects:
                    painter.drawPath(card_path(rect))


def _shrunk(rect: QRectF, ratio: float) -> QRectF:
    """From pixels of the screen to those of the painter."""
    if ratio == 1.0:
        return rect
    return QRectF(rect.x() / ratio, rect.y() / ratio, rect.width() / ratio, rect.height() / ratio)
