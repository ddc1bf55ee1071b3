"""Paints the canvas on the screen: the dots, the links, the cards from their pixmaps, and what floats over them.

Qt main thread. The view paints by itself rather than through the items: a call of Python for each item and frame
is what a canvas of thousands cannot afford. While the zoom changes, pixmaps of a near power of two are stretched;
when it rests they are painted again at the exact scale, so that text is as sharp at 37 % as at 100 %.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QTransform

from qntx_desktop.ui.canvas.backdrop import Dots, paint_focus, paint_notice
from qntx_desktop.ui.canvas.cards import Cards
from qntx_desktop.ui.canvas.edges import EdgeItem
from qntx_desktop.ui.canvas.far import PLAIN_BELOW
from qntx_desktop.ui.canvas.item import GlyphItem

if TYPE_CHECKING:
    from qntx_desktop.ui.canvas.view import CanvasView

REST_MS = 120
"""The zoom rests when it has not changed for so long."""
THIN_BELOW = 0.4
"""Below this scale links are hairlines."""
MOVING_S, CHANGING_S = 0.0055, 0.005
"""What a frame may take in all while things move, and while cards change where they stand."""
SETTLE_S = 0.0005
"""How long finding out how tall changed cards are by now may hold up one frame."""
SCREENS = 3
"""How many times what fills the screen is kept at least."""


class CanvasPainter(QObject):
    """Paints one view."""

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view)
        self._view, self._scene = view, view.scene_of
        self._dots = Dots()
        self._cards = Cards(view)
        self._zoom = 0.0
        self._before = QTransform()
        self._late = False
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(REST_MS)
        self._resting.timeout.connect(view.viewport().update)

    @property
    def complete(self) -> bool:
        """True when the last frame showed everything as it will stay."""
        far = self._scene.far
        return not self._late and not self._resting.isActive() and (self._zoom >= PLAIN_BELOW or far.complete)

    def paint(self, event: QPaintEvent) -> None:
        """Paint the part of the view that is asked for."""
        view, began_s = self._view, time.perf_counter()
        if view.zoom != self._zoom:
            if self._zoom:
                self._resting.start()
            self._zoom = view.zoom
        changing = self._scene.changing
        self._late = not self._scene.settle(SETTLE_S)
        painter = QPainter(view.viewport())
        painter.setRenderHints(view.renderHints())
        painter.setClipRegion(event.region())
        to_view = view.viewportTransform()
        area = QRectF(view.viewport().rect())
        painter.fillRect(event.rect(), QColor(view.theme.canvas))
        self._dots.paint(painter, to_view.map(QPointF()), area, view.zoom, view.theme)
        seen = to_view.inverted()[0].mapRect(QRectF(event.rect()))
        if view.zoom < PLAIN_BELOW:
            self._scene.far.paint(painter, to_view, seen, view.zoom)
        else:
            moves = to_view != self._before or bool(self._scene.carried.items)
            most_s = MOVING_S if moves else CHANGING_S if changing else None
            self._paint_near(painter, to_view, seen, None if most_s is None else began_s + most_s)
        self._before = to_view
        self._paint_over(painter, to_view, area)
        painter.end()
        if self._late:
            self._scene.repaint_later()

    def _paint_near(self, painter: QPainter, to_view: QTransform, seen: QRectF, ends_s: float | None) -> None:
        """Frames, then links, then cards; what grows over all that has its size."""
        size, ratio = self._view.viewport().size(), painter.device().devicePixelRatio()
        self._scene.pixmaps.allow(round(SCREENS * 4 * size.width() * size.height() * ratio * ratio))
        found = self._scene.shown_in(seen)
        for item in found:
            if item.is_frame:
                self._paint_item(painter, item, to_view)
        self._paint_links(painter, to_view, seen)
        painter.resetTransform()
        cards = [item for item in found if not item.is_frame]
        grown = [item for item in cards if not item.growing]
        self._cards.paint(painter, grown, to_view, rests=not self._resting.isActive(), ends_s=ends_s)
        self._late = self._cards.late or self._late
        for item in cards:
            if item.growing:
                self._paint_item(painter, item, to_view)

    def _paint_item(self, painter: QPainter, item: GlyphItem, to_view: QTransform) -> None:
        """What is too large for a pixmap, or another picture in every frame."""
        painter.save()
        painter.setTransform(QTransform.fromTranslate(item.glyph.x, item.glyph.y) * to_view)
        item.paint(painter)
        painter.restore()

    def _paint_links(self, painter: QPainter, to_view: QTransform, seen: QRectF) -> None:
        """Those of cards that stand, then those that are carried with both their cards."""
        self._paint_ways(painter, to_view, seen, self._scene.ways_in(seen))
        if self._scene.carried.ways:
            way = self._scene.carried.way
            there = QTransform.fromTranslate(way.x(), way.y()) * to_view
            before = seen.translated(-way)
            self._paint_ways(painter, there, before, self._scene.ways_in(before, carried=True))

    def _paint_ways(
        self, painter: QPainter, to_view: QTransform, seen: QRectF, edges: Sequence[EdgeItem]
    ) -> None:
        painter.setTransform(to_view)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._view.zoom < THIN_BELOW:
            self._paint_thin_links(painter, edges)
            return
        shown = [edge for edge in edges if edge.touches(seen)]
        self._late = not self._scene.wayfinder.route(shown) or self._late
        for edge in shown:
            painter.setPen(edge.pen())
            painter.drawPath(edge.path())

    def _paint_thin_links(self, painter: QPainter, edges: Sequence[EdgeItem]) -> None:
        """Hairlines, those in the accent colour over the others, each colour in one call."""
        theme = self._view.theme
        if not self._resting.isActive():
            self._late = not self._scene.wayfinder.route(edges) or self._late
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for prominent, colour in ((False, theme.line), (True, theme.accent)):
            pen = QPen(QColor(colour), 1)
            pen.setCosmetic(True)
            painter.setPen(pen)
            painter.drawLines([line for edge in edges if edge.prominent is prominent for line in edge.lines()])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _paint_over(self, painter: QPainter, to_view: QTransform, area: QRectF) -> None:
        """What the gesture shows, then what belongs to the screen."""
        view = self._view
        painter.setTransform(to_view)
        for shown in (view.hands.gesture, view.adding.placing, view.adding.pulled):
            if shown is not None:
                shown.paint(painter)
        painter.resetTransform()
        if not view.document.canvas.glyphs and view.adding.placing is None and view.adding.popup is None:
            paint_notice(painter, area, view.notice, view.theme)
        if view.shows_focus and not self._scene.selection:
            paint_focus(painter, area, view.theme)
