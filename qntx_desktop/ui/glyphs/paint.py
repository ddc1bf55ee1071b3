"""What the bodies of cards are painted from: wrapped text, links, fields, tables' lines. One set of measures.

Qt main thread. Text from data is drawn as it stands; nothing here reads markup.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QTextLayout, QTextOption

from qntx_desktop.ui.measure import fitted, width_of
from qntx_desktop.ui.theme import LINE_PX, PADDING_PX, Theme, fact_font, mono_font, ui_font
from qntx_desktop.ui.wording import ELLIPSIS, one_line

FIELD_PX = 34.0
FIELD_TOP_PX = 10.0
FIELD_RADIUS_PX = 7.0
FIELD_SIDE_PX = 10.0
BUTTON_PX = 28.0
BUTTON_SIDE_PX = 12.0
MOST_WRAPPED_CHARS = 2_000


@lru_cache(maxsize=2_000)
def wrapped(text: str, width: float, font_key: str = "ui", most_lines: int = 12) -> tuple[str, ...]:
    """Break text into lines of at most `width`; the last ends in an ellipsis when there is more.

    Args:
        width: Canvas units.
        font_key: `ui`, `fact` or `mono`.
        most_lines: At least 1.
    """
    font = font_of(font_key)
    lines: list[str] = []
    for paragraph in text[:MOST_WRAPPED_CHARS].splitlines() or [""]:
        lines.extend(_broken(one_line(paragraph, MOST_WRAPPED_CHARS), max(width, 20.0), font))
        if len(lines) > most_lines:
            break
    if len(lines) > most_lines or len(text) > MOST_WRAPPED_CHARS:
        lines = lines[:most_lines]
        lines[-1] = elided(lines[-1] + ELLIPSIS + " ", width, font)
    return tuple(lines)


def _broken(text: str, width: float, font: QFont) -> list[str]:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    units = text.encode("utf-16-le")
    lines = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        start = line.textStart() * 2
        lines.append(units[start : start + line.textLength() * 2].decode("utf-16-le", "replace").rstrip())
    layout.endLayout()
    return lines or [""]


def font_of(key: str) -> QFont:
    """The font behind a key: `ui`, `fact` or `mono`."""
    return {"ui": ui_font, "fact": fact_font, "mono": mono_font}[key]()


def elided(text: str, width: float, font: QFont) -> str:
    """One line of at most `width`, with an ellipsis where it was cut."""
    return fitted(one_line(text), font, width)


def text_width(text: str, font: QFont) -> float:
    """Width of a single line, canvas units."""
    return width_of(text, font)


def draw_line(
    painter: QPainter,
    row: QRectF,
    text: str,
    colour: str,
    font: QFont,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """Draw one line, elided to its row, in the middle of its height."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(row, align | Qt.AlignmentFlag.AlignVCenter, elided(text, row.width() + 0.5, font))


def draw_wrapped(
    painter: QPainter, place: QPointF, lines: tuple[str, ...], colour: str, font: QFont, width: float
) -> float:
    """Draw lines below each other; gives back the height they took."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    for number, line in enumerate(lines):
        row = QRectF(place.x(), place.y() + number * LINE_PX, width + 1, LINE_PX)
        painter.drawText(row, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, line)
    return len(lines) * float(LINE_PX)


def draw_field(painter: QPainter, area: QRectF, theme: Theme) -> None:
    """The frame of a text field."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.setBrush(QColor(theme.code))
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), FIELD_RADIUS_PX, FIELD_RADIUS_PX)
    painter.restore()


def button_width(text: str) -> float:
    """Width of an offered action, canvas units."""
    return text_width(text, ui_font()) + 2 * BUTTON_SIDE_PX + 2


def draw_button(painter: QPainter, area: QRectF, text: str, colour: str) -> None:
    """An offered action: an outlined button."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), 1))
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), FIELD_RADIUS_PX, FIELD_RADIUS_PX)
    painter.setFont(ui_font())
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


def inner_width(card_width: float) -> float:
    """Width of the body inside its padding."""
    return card_width - 2 * PADDING_PX


def draw_rule(painter: QPainter, area: QRectF, y: float, theme: Theme) -> None:
    """A hairline across the body."""
    painter.fillRect(QRectF(area.left(), y, area.width(), 1), QColor(theme.line))
