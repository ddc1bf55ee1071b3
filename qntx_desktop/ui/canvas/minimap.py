"""The whole canvas small in a corner, with what is seen of it; a press looks there.

Qt main thread. The cards are kept as a picture, so that looking elsewhere moves only the frame over it. A picture
of thousands is made a few milliseconds at a time, so that no frame of the canvas waits for it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, QSizeF, Qt, QTimer
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme, tone_colour

if TYPE_CHECKING:
    from qntx_desktop.ui.canvas.view import CanvasView

WIDTH_PX, HEIGHT_PX, AIR_PX, CORNER_PX = 200, 140, 8.0, 12
LEAST_DOT_PX = 2.0
LEAST_MARK_PX, MOST_MARK_PX = 5.0, 9.0
CROWDED_DOT_PX = 1.0
AT_ONCE = 500
"""The picture of more cards than these is made anew a moment after they changed, once for many changes."""
LATER_MS = 100
SLICE_MS, SLICE_S, DOTS_AT_ONCE = 12, 0.002, 128
"""A large picture is drawn this often, for so long each time, so many dots before the clock is looked at."""


class Minimap(QWidget):
    """A child of the view, over its lower right corner."""

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view)
        self._view = view
        self._picture, self._drawn_at, self._theme_name = QPixmap(), 1.0, ""
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(LATER_MS)
        self._later.timeout.connect(self._draw_again)
        self._drawing: Iterator[None] | None = None
        self._slices = QTimer(self)
        self._slices.setInterval(SLICE_MS)
        self._slices.timeout.connect(self._draw_on)
        self.setObjectName("minimap")
        self.setAccessibleName(tr("Overview of the canvas"))
        self.setFixedSize(WIDTH_PX, HEIGHT_PX)
        self.hide()
        view.installEventFilter(self)
        view.viewpoint_changed.connect(self.settle)
        view.document.changed.connect(self._changed)
        view.document.reset.connect(self._draw_again)
        view.scene_of.selection_changed.connect(self._changed)
        view.scene_of.live_shown.connect(self._changed)

    def settle(self, *_: object) -> None:
        """Stand in the corner and show what is so now."""
        if not self.isHidden():
            self.move(self._view.width() - WIDTH_PX - CORNER_PX, self._view.height() - HEIGHT_PX - CORNER_PX)
            self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner when the view has another size."""
        if event.type() == QEvent.Type.Resize:
            self.settle()
        return super().eventFilter(watched, event)

    @property
    def _large(self) -> bool:
        return len(self._view.document.canvas.glyphs) > AT_ONCE

    def _changed(self, *_: object) -> None:
        """The cards are others, or look otherwise."""
        if self.isHidden() or not self._large:
            self._draw_again()
        elif not self._later.isActive():
            self._later.start()

    def _draw_again(self) -> None:
        """Of a large canvas the last picture stands until there is another one."""
        if self.isHidden() or not self._large:
            self._drawing, self._picture = None, QPixmap()
            self._slices.stop()
            self.settle()
        else:
            self._draw(self._view.theme)

    def _draw(self, theme: Theme) -> None:
        """Make the picture of the cards: now, or that of a large canvas from now on."""
        self._drawing = self._drawn(theme)
        if self._large:
            self._slices.start()
        else:
            for _ in self._drawing:
                continue
            self._drawing = None

    def _draw_on(self) -> None:
        ends_s = time.perf_counter() + SLICE_S
        while self._drawing is not None and time.perf_counter() < ends_s:
            if next(self._drawing, self) is self:
                self._drawing = None
        if self._drawing is None:
            self._slices.stop()
            self.update()

    def _area(self) -> QRectF:
        """The part of the canvas that is shown: every card and what is seen."""
        return self._view.seen().united(self._cards_area())

    def _cards_area(self) -> QRectF:
        whole = self._view.navigator.whole()
        return QRectF(*whole) if whole is not None else QRectF()

    def _scale(self, area: QRectF) -> tuple[float, QPointF]:
        inner = QRectF(self.rect()).adjusted(AIR_PX, AIR_PX, -AIR_PX, -AIR_PX)
        scale = min(inner.width() / max(area.width(), 1.0), inner.height() / max(area.height(), 1.0))
        return scale, inner.center() - area.center() * scale

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cards, and the view as a frame."""
        theme = self._view.theme
        scale, offset = self._scale(self._area())
        if theme.name != self._theme_name:
            self._picture, self._drawing, self._theme_name = QPixmap(), None, theme.name
        if self._picture.isNull() and self._drawing is None:
            self._draw(theme)
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.setBrush(QColor(theme.window))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        cards, edge = self._cards_area(), LEAST_DOT_PX * scale / self._drawn_at
        place = QRectF(cards.topLeft() * scale + offset, cards.size() * scale)
        if not self._picture.isNull():
            shown = place.adjusted(-edge, -edge, edge, edge)
            painter.drawPixmap(shown, self._picture, QRectF(self._picture.rect()))
        seen = self._view.seen()
        painter.setPen(QPen(QColor(theme.text), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(seen.topLeft() * scale + offset, seen.size() * scale))

    def _drawn(self, theme: Theme) -> Iterator[None]:
        """Draw the cards, each in the colour of its state, in steps; the picture counts when all are done."""
        area, ratio = self._cards_area(), self.devicePixelRatioF()
        scale, _ = self._scale(area)
        edge = 2 * LEAST_DOT_PX
        size = QSizeF(area.width() * scale + edge, area.height() * scale + edge) * ratio
        picture = QPixmap(size.toSize().expandedTo(QSize(1, 1)))
        picture.fill(Qt.GlobalColor.transparent)
        for colour, cards in self._colours(theme):
            for first in range(0, len(cards), DOTS_AT_ONCE):
                places = self._places(cards[first : first + DOTS_AT_ONCE], area.topLeft(), scale)
                painter = _on(picture, ratio)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(colour))
                painter.drawRects(places)
                _mark(painter, theme, colour, places)
                painter.end()
                yield
        painter = _on(picture, ratio)
        painter.setPen(QPen(QColor(theme.faint), 1))
        frames = (item.card_rect.translated(-area.topLeft()) for item in self._view.scene_of.frames())
        painter.drawRects([QRectF(frame.topLeft() * scale, frame.size() * scale) for frame in frames])
        painter.end()
        self._picture, self._drawn_at = picture, scale

    def _colours(self, theme: Theme) -> list[tuple[str, list[QRectF]]]:
        """The cards by their colours, selected ones last and so on top."""
        cards, tones, complete = self._view.scene_of.far.places()
        if not complete:
            self._later.start()
        selection, found = self._view.scene_of.selection, {theme.faint: list[QRectF]()}
        for key, card in cards.items():
            if key not in selection:
                tone = tones.get(key)
                found.setdefault(tone_colour(theme, tone) if tone else theme.faint, []).append(card)
        return [*found.items(), (theme.accent, [card for key, card in cards.items() if key in selection])]

    def _places(self, cards: Sequence[QRectF], corner: QPointF, scale: float) -> list[QRectF]:
        """Cards in pixels of the picture."""
        left, top = corner.x(), corner.y()
        least = CROWDED_DOT_PX if self._large else LEAST_DOT_PX
        return [
            QRectF(
                (card.x() - left) * scale,
                (card.y() - top) * scale,
                max(least, card.width() * scale),
                max(least, card.height() * scale),
            )
            for card in cards
        ]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Look where the press is."""
        self._look(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._look(event)

    def _look(self, event: QMouseEvent) -> None:
        scale, offset = self._scale(self._area())
        self._view.centerOn((event.position() - offset) / scale)
        self._view.looked()


def _mark(painter: QPainter, theme: Theme, colour: str, places: Sequence[QRectF]) -> None:
    """Say a state by a shape, too, where a card is large enough for one: failed, running, waiting."""
    tone = next((each for each in ("bad", "run", "wait") if tone_colour(theme, each) == colour), "")
    if not tone:
        return
    painter.setBrush(QColor(theme.window))
    for place in places:
        wide = min(MOST_MARK_PX, min(place.width(), place.height()) - 2)
        if wide < LEAST_MARK_PX:
            continue
        box = QRectF(0, 0, wide, wide)
        box.moveCenter(place.center())
        if tone == "bad":
            painter.drawPolygon([box.bottomLeft(), QPointF(place.center().x(), box.top()), box.bottomRight()])
        elif tone == "run":
            painter.drawPie(box, 90 * 16, 180 * 16)
        else:
            painter.drawEllipse(box)


def _on(picture: QPixmap, ratio: float) -> QPainter:
    """A painter in pixels of the screen, with air for dots at the edge."""
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(ratio, ratio)
    painter.translate(LEAST_DOT_PX, LEAST_DOT_PX)
    return painter
