"""The strip with line numbers and marks at the left of code, live and painted: one set of measures for both.

Qt main thread.
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QToolTip, QWidget

from qntx_desktop.ui.theme import Theme
from qntx_desktop.ui.wording import plain_tip

TOP_PX = 10.0
NUMBER_GAP_PX = 12.0
LEAST_WIDTH_PX = 40.0
MARK_PX = 3.0
MARK_ROOM_PX = 14.0
"""Left of the numbers, so that a mark touches no digit."""
TINT_ALPHA = 38


def gutter_width(lines: int, font: QFont, scale: float) -> float:
    """Width of the strip for so many lines, the gap to the code included; `font` is already scaled."""
    digits = QFontMetricsF(font).horizontalAdvance("9" * len(str(max(lines, 1))))
    return max(LEAST_WIDTH_PX * scale, digits + (NUMBER_GAP_PX + MARK_ROOM_PX) * scale)


def tint(theme: Theme) -> QColor:
    """The colour that lies over a failed line."""
    colour = QColor(theme.failed)
    colour.setAlpha(TINT_ALPHA)
    return colour


def paint_number(
    painter: QPainter, row: QRectF, number: int, theme: Theme, scale: float, *, failed: bool
) -> None:
    """Paint one line number, right-aligned; a failed line also gets a bar and a triangle, not colour alone."""
    right = row.adjusted(0, 0, -NUMBER_GAP_PX * scale, 0)
    if failed:
        _paint_mark(painter, row, QColor(theme.failed), scale)
    painter.setPen(QColor(theme.failed if failed else theme.faint))
    painter.drawText(right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(number))


def _paint_mark(painter: QPainter, row: QRectF, colour: QColor, scale: float) -> None:
    painter.fillRect(QRectF(row.left(), row.top(), MARK_PX * scale, row.height()), colour)
    left, middle = row.left() + 5 * scale, row.center().y()
    half = 3 * scale
    corners = (
        QPointF(left, middle + half),
        QPointF(left + 2 * half, middle + half),
        QPointF(left + half, middle - half),
    )
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF(corners))
    painter.restore()


class Numbered(Protocol):
    """What the strip needs of its editor."""

    def paint_gutter(self, painter: QPainter, exposed: QRectF) -> None:
        """Paint the numbers that lie in `exposed`."""

    def mark_text_at(self, y: float) -> str:
        """What the mark on the line at this height says; empty without one."""

    def width_of_gutter(self) -> int:
        """Width in widget pixels."""


class Gutter(QWidget):
    """The strip beside a live editor; it only forwards to the editor, which knows its lines."""

    def __init__(self, editor: QWidget, numbered: Numbered) -> None:
        super().__init__(editor)
        self._numbered = numbered
        self.setCursor(Qt.CursorShape.ArrowCursor)

    def sizeHint(self) -> QSize:
        """As wide as the numbers need."""
        return QSize(self._numbered.width_of_gutter(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the visible numbers."""
        painter = QPainter(self)
        self._numbered.paint_gutter(painter, QRectF(event.rect()))
        painter.end()

    def event(self, event: QEvent) -> bool:
        """Show what a mark says when the pointer rests on it."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            text = self._numbered.mark_text_at(event.pos().y())
            QToolTip.showText(event.globalPos(), plain_tip(text), self)
            return True
        return super().event(event)
