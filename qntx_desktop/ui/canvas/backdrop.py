"""What lies behind and over the glyphs: the dots, the sentence of an empty canvas, the frame of the focus.

Qt main thread.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from qntx_desktop.ui.theme import DOT_PX, LINE_PX, Theme, fact_font, mono_font, name_font

CLOSEST_PX = 14.0
"""Dots never stand closer than this on screen; zoomed out, every second row is left out."""
DOT_SIZE_PX = 2.0


class Dots:
    """The dots of the grid. One row is kept as a pixmap: to draw 3,000 points for every frame cost 13 ms."""

    def __init__(self) -> None:
        self._row = QPixmap()
        self._stamp: tuple[object, ...] = ()

    def paint(self, painter: QPainter, origin: QPointF, area: QRectF, zoom: float, theme: Theme) -> None:
        """Paint the dots in view pixels; `origin` is where the canvas point (0, 0) is seen."""
        step = float(DOT_PX)
        while step * zoom < CLOSEST_PX:
            step *= 2
        step *= zoom
        ratio = painter.device().devicePixelRatio()
        stamp = (origin.x() % step, step, area.width(), theme.name, ratio)
        if stamp != self._stamp:
            self._row, self._stamp = _row(origin.x() % step, step, area.width(), theme, ratio), stamp
        y = origin.y() % step - step
        while y < area.height() + step:
            painter.drawPixmap(QPointF(0, round((y - DOT_SIZE_PX) * ratio) / ratio), self._row)
            y += step


def _row(first: float, step: float, width: float, theme: Theme, ratio: float) -> QPixmap:
    row = QPixmap(math.ceil(width * ratio), math.ceil(2 * DOT_SIZE_PX * ratio))
    row.setDevicePixelRatio(ratio)
    row.fill(Qt.GlobalColor.transparent)
    painter = QPainter(row)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.dot))
    x = first
    while x < width + step:
        painter.drawEllipse(QPointF(x, DOT_SIZE_PX), DOT_SIZE_PX / 2, DOT_SIZE_PX / 2)
        x += step
    painter.end()
    return row


def paint_notice(painter: QPainter, area: QRectF, lines: tuple[str, ...], theme: Theme) -> None:
    """A quiet sentence in the middle: what this is, what to do, an example."""
    fonts = (name_font(), fact_font(), mono_font())
    colours = (theme.dim, theme.dim, theme.dim)
    height = LINE_PX + 6
    top = area.center().y() - height * len(lines) / 2
    for index, line in enumerate(lines):
        painter.setFont(fonts[min(index, 2)])
        painter.setPen(QColor(colours[min(index, 2)]))
        row = QRectF(area.left(), top + index * height, area.width(), height)
        painter.drawText(row, Qt.AlignmentFlag.AlignCenter, line)


def paint_focus(painter: QPainter, area: QRectF, theme: Theme) -> None:
    """The frame that says the keyboard is at the canvas."""
    painter.setPen(QPen(QColor(theme.accent), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))
