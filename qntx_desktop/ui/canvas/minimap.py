"""The whole canvas small in a corner, with what is seen of it; a press looks there.

Qt main thread. The cards are kept as a picture, so that looking elsewhere moves only the frame over it.
"""

from __future__ import annotations

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
CROWDED_DOT_PX = 1.0
AT_ONCE = 500
"""The picture of more cards than these is made anew a moment after they changed, once for many changes."""
LATER_MS = 100


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

    def _changed(self, *_: object) -> None:
        """The cards are others, or look otherwise."""
        if self.isHidden() or len(self._view.document.canvas.glyphs) <= AT_ONCE:
            self._draw_again()
        elif not self._later.isActive():
            self._later.start()

    def _draw_again(self) -> None:
        self._picture = QPixmap()
        self.settle()

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
        if self._picture.isNull() or theme.name != self._theme_name:
            self._draw(theme)
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.setBrush(QColor(theme.window))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        cards, edge = self._cards_area(), LEAST_DOT_PX * scale / self._drawn_at
        place = QRectF(cards.topLeft() * scale + offset, cards.size() * scale)
        painter.drawPixmap(place.adjusted(-edge, -edge, edge, edge), self._picture, QRectF(self._picture.rect()))
        seen = self._view.seen()
        painter.setPen(QPen(QColor(theme.text), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(seen.topLeft() * scale + offset, seen.size() * scale))

    def _draw(self, theme: Theme) -> None:
        """Make the picture of the cards, each in the colour of its state."""
        area, ratio = self._cards_area(), self.devicePixelRatioF()
        scale, _ = self._scale(area)
        edge = 2 * LEAST_DOT_PX
        size = QSizeF(area.width() * scale + edge, area.height() * scale + edge) * ratio
        self._picture = QPixmap(size.toSize().expandedTo(QSize(1, 1)))
        self._picture.fill(Qt.GlobalColor.transparent)
        self._drawn_at, self._theme_name = scale, theme.name
        painter = QPainter(self._picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(ratio, ratio)
        painter.translate(LEAST_DOT_PX, LEAST_DOT_PX)
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, places in self._dots(theme, area.topLeft(), scale).items():
            painter.setBrush(QColor(colour))
            painter.drawRects(places)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.faint), 1))
        frames = (item.card_rect.translated(-area.topLeft()) for item in self._view.scene_of.frames())
        painter.drawRects([QRectF(frame.topLeft() * scale, frame.size() * scale) for frame in frames])
        painter.end()

    def _dots(self, theme: Theme, corner: QPointF, scale: float) -> dict[str, list[QRectF]]:
        """The cards in pixels of the picture by their colours, selected ones last and so on top."""
        cards, tones, complete = self._view.scene_of.far.places()
        if not complete:
            self._later.start()
        selection, left, top = self._view.scene_of.selection, corner.x(), corner.y()
        least = LEAST_DOT_PX if len(cards) <= AT_ONCE else CROWDED_DOT_PX
        dots: dict[str, list[QRectF]] = {theme.faint: [], theme.accent: []}
        for key, card in cards.items():
            tone = tones.get(key)
            colour = theme.accent if key in selection else tone_colour(theme, tone) if tone else theme.faint
            wide, high = max(least, card.width() * scale), max(least, card.height() * scale)
            place = QRectF((card.x() - left) * scale, (card.y() - top) * scale, wide, high)
            dots.setdefault(colour, []).append(place)
        dots[theme.accent] = dots.pop(theme.accent)
        return dots

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
