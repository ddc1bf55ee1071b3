"""What lies behind and over the glyphs: the dots, the sentence of an empty canvas, the frame of the focus.

Qt main thread.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from qntx_desktop.ui.theme import DOT_PX, LINE_PX, Theme, fact_font, mono_font, name_font

CLOSEST_PX = 14.0
"""Dots never stand closer than this on screen; zoomed out, every second row is left out."""


def paint_dots(painter: QPainter, seen: QRectF, zoom: float, theme: Theme) -> None:
    """Dots on the grid within the part of the canvas that is seen."""
    step = float(DOT_PX)
    while step * zoom < CLOSEST_PX:
        step *= 2
    pen = QPen(QColor(theme.dot), 2.0)
    pen.setCosmetic(True)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    first_x, first_y = math.floor(seen.left() / step), math.floor(seen.top() / step)
    columns = range(first_x, math.ceil(seen.right() / step) + 1)
    rows = range(first_y, math.ceil(seen.bottom() / step) + 1)
    painter.drawPoints([QPointF(x * step, y * step) for x in columns for y in rows])


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
