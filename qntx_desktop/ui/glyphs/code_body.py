"""Code painted on a card exactly where the live editor shows it: same font, same numbers, same padding.

Qt main thread. Only the lines that fit are read for painting; what is left out is said in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QTextCharFormat, QTextLayout, QTextOption

from qntx_desktop.ui.editor.editing import units
from qntx_desktop.ui.editor.gutter import TOP_PX, gutter_width, paint_number, tint
from qntx_desktop.ui.editor.highlight import role_colours
from qntx_desktop.ui.editor.tokens import CODE, Span, scan_line
from qntx_desktop.ui.glyphs.paint import draw_line, text_width
from qntx_desktop.ui.theme import Theme, fact_font, mono_font
from qntx_desktop.ui.wording import ELLIPSIS, counted

MOST_PAINTED_CHARS = 300
MOST_LAID_OUT = 600
"""Lines of code kept as they were laid out, a few kilobytes each."""


@lru_cache(maxsize=64)
def scanned(code: str) -> tuple[tuple[str, tuple[Span, ...]], ...]:
    """Every line with its coloured pieces; kept for the cards that are on screen."""
    lines, state = [], CODE
    for line in code.split("\n"):
        spans, state = scan_line(line, state)
        lines.append((line, tuple(spans)))
    return tuple(lines)


@lru_cache(maxsize=1)
def line_height() -> float:
    """Height of a line of code in canvas units, as the editor lays it out."""
    return float(_layout("x").boundingRect().height())


def first_line(total: int, fitting: int, failed_line: int | None) -> int:
    """The first line (from 0) to show: the beginning, or further down so that a failed line is seen."""
    if failed_line is None or failed_line <= fitting or total <= fitting:
        return 0
    return min(failed_line - 1 - fitting // 2, total - fitting)


def paint_code(
    painter: QPainter, rect: QRectF, code: str, theme: Theme, failed_line: int | None = None
) -> None:
    """Paint code into the body of a card; `failed_line` counts from 1."""
    painter.fillRect(rect, QColor(theme.code))
    lines = scanned(code)
    pitch = line_height()
    fitting = max(1, int((rect.height() - TOP_PX + 1) / pitch))
    first = first_line(len(lines), fitting, failed_line)
    rest = len(lines) - first - fitting
    shown = lines[first : first + fitting - (1 if rest > 0 else 0)]
    gutter = gutter_width(len(lines), mono_font(), 1.0)
    painter.save()
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    for index, (text, spans) in enumerate(shown):
        row = QRectF(rect.left(), rect.top() + TOP_PX + index * pitch, rect.width(), pitch)
        number = first + index + 1
        if number == failed_line:
            painter.fillRect(row, tint(theme))
        painter.setFont(mono_font())
        paint_number(
            painter, QRectF(row.left(), row.top(), gutter, pitch), number, theme, 1.0, failed=number == failed_line
        )
        _paint_text(painter, row.adjusted(gutter, 0, 0, 0), text, spans, theme)
    painter.restore()
    if rest > 0:
        top = rect.top() + TOP_PX + (fitting - 1) * pitch
        row = QRectF(rect.left() + gutter, top, rect.width() - gutter, pitch)
        words = f"{ELLIPSIS} {counted(len(lines) - first - len(shown), 'more line')}"
        draw_line(painter, row, words, theme.dim, fact_font())


def _paint_text(painter: QPainter, row: QRectF, text: str, spans: tuple[Span, ...], theme: Theme) -> None:
    clipped = text[:MOST_PAINTED_CHARS]
    layout = _coloured(clipped, spans, theme)
    painter.setPen(QColor(theme.text))
    layout.draw(painter, QPointF(row.left(), row.top()))
    if len(text) > len(clipped) or layout.maximumWidth() > row.width():
        _paint_cut(painter, row, theme)


@lru_cache(maxsize=MOST_LAID_OUT)
def _coloured(clipped: str, spans: tuple[Span, ...], theme: Theme) -> QTextLayout:
    """A line laid out in its colours: half of what a card with code takes, and mostly the same as before."""
    colours = role_colours(theme)
    formats = []
    for start, end, role in spans:
        if start >= len(clipped):
            break
        shape = QTextCharFormat()
        shape.setForeground(QColor(colours[role]))
        piece = QTextLayout.FormatRange()
        piece.start = units(clipped, start)
        piece.length = units(clipped, min(end, len(clipped))) - piece.start
        piece.format = shape
        formats.append(piece)
    return _layout(clipped, formats)


def _paint_cut(painter: QPainter, row: QRectF, theme: Theme) -> None:
    """An ellipsis at the right end: the line goes on."""
    one = text_width(" ", mono_font())
    whole = int((row.width() - text_width(ELLIPSIS, mono_font()) - 8) / one) * one
    end = row.adjusted(whole, 0, 0, 0)
    painter.fillRect(end, QColor(theme.code))
    draw_line(painter, end, ELLIPSIS, theme.dim, mono_font())


def _layout(text: str, formats: Sequence[QTextLayout.FormatRange] = ()) -> QTextLayout:
    layout = QTextLayout(text, mono_font())
    layout.setFormats(formats)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    option.setTabStopDistance(text_width(" ", mono_font()) * 4)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(1e6)
    line.setPosition(QPointF(0, 0))
    layout.endLayout()
    return layout
