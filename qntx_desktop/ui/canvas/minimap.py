"""The whole canvas small in a corner, with what is seen of it; a press looks there. Qt main thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import tone_colour

if TYPE_CHECKING:
    from qntx_desktop.ui.canvas.view import CanvasView

WIDTH_PX, HEIGHT_PX, AIR_PX, CORNER_PX = 200, 140, 8.0, 12
LEAST_DOT_PX = 2.0


class Minimap(QWidget):
    """A child of the view, over its lower right corner."""

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view)
        self._view = view
        self.setObjectName("minimap")
        self.setAccessibleName(tr("Overview of the canvas"))
        self.setFixedSize(WIDTH_PX, HEIGHT_PX)
        self.hide()
        view.installEventFilter(self)
        view.viewpoint_changed.connect(self.settle)
        view.document.changed.connect(self.settle)
        view.document.reset.connect(self.settle)

    def settle(self, *_: object) -> None:
        """Stand in the corner and show what is so now."""
        if not self.isHidden():
            self.move(self._view.width() - WIDTH_PX - CORNER_PX, self._view.height() - HEIGHT_PX - CORNER_PX)
            self.raise_()
            self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner when the view has another size."""
        if event.type() == QEvent.Type.Resize:
            self.settle()
        return super().eventFilter(watched, event)

    def _area(self) -> QRectF:
        """The part of the canvas that is shown: every card and what is seen."""
        area = QRectF(self._view.seen())
        for item in self._view.scene_of.items_by_id.values():
            area = area.united(item.card_rect)
        return area

    def _scale(self, area: QRectF) -> tuple[float, QPointF]:
        inner = QRectF(self.rect()).adjusted(AIR_PX, AIR_PX, -AIR_PX, -AIR_PX)
        scale = min(inner.width() / max(area.width(), 1.0), inner.height() / max(area.height(), 1.0))
        return scale, inner.center() - area.center() * scale

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cards in the colour of their state, the view as a frame."""
        theme, area = self._view.theme, self._area()
        scale, offset = self._scale(area)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.setBrush(QColor(theme.window))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        selection = self._view.scene_of.selection
        for key, item in self._view.scene_of.items_by_id.items():
            state = next((chip.chip.tone for chip in item.layout.chips if chip.chip.tone != "plain"), None)
            colour = QColor(tone_colour(theme, state) if state else theme.faint)
            if key in selection:
                colour = QColor(theme.accent)
            card = item.card_rect
            width, height = (max(LEAST_DOT_PX, each * scale) for each in (card.width(), card.height()))
            place = QRectF(card.left() * scale + offset.x(), card.top() * scale + offset.y(), width, height)
            if item.is_frame:
                painter.setPen(QPen(colour, 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(place)
            else:
                painter.fillRect(place, colour)
        seen = self._view.seen()
        painter.setPen(QPen(QColor(theme.text), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(seen.topLeft() * scale + offset, seen.size() * scale))

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
