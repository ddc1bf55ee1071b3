"""A card that is not there yet: dashed outline, sign, name, and what letting go will do. Qt main thread."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from qntx_desktop.ui.canvas.card import card_path, sign_font
from qntx_desktop.ui.canvas.layout import GAP_PX, symbol_width, text_width
from qntx_desktop.ui.theme import PADDING_PX, TITLE_PX, Theme, name_font, ui_font

_FLAGS = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Ghost:
    """What the ghost says, and where the card will stand."""

    symbol: str
    title: str
    hint: str
    rect: QRectF


def paint_ghost(painter: QPainter, ghost: Ghost, theme: Theme) -> None:
    """Paint a ghost in canvas units."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    card = QColor(theme.card)
    card.setAlpha(200)
    painter.fillPath(card_path(ghost.rect), card)
    pen = QPen(QColor(theme.accent), 1)
    pen.setDashPattern([5, 4])
    painter.strokePath(card_path(ghost.rect), pen)
    row = QRectF(
        ghost.rect.left() + PADDING_PX, ghost.rect.top(), ghost.rect.width() - 2 * PADDING_PX, TITLE_PX
    )
    painter.setPen(QColor(theme.accent))
    painter.setFont(sign_font(ghost.symbol))
    painter.drawText(row, _FLAGS, ghost.symbol)
    row.setLeft(row.left() + symbol_width(ghost.symbol) + GAP_PX)
    hint = text_width(ghost.hint, ui_font())
    title = QFontMetricsF(name_font()).elidedText(
        ghost.title, Qt.TextElideMode.ElideRight, max(40.0, row.width() - hint - GAP_PX)
    )
    painter.setPen(QColor(theme.text))
    painter.setFont(name_font())
    painter.drawText(row, _FLAGS, title)
    row.setLeft(row.left() + text_width(title, name_font()) + GAP_PX)
    painter.setPen(QColor(theme.dim))
    painter.setFont(ui_font())
    painter.drawText(row, _FLAGS, ghost.hint)
    painter.restore()


def paint_ghost_line(painter: QPainter, path: QPainterPath, theme: Theme) -> None:
    """The dashed link to a ghost."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(QColor(theme.accent), 2)
    pen.setDashPattern([2.5, 2.5])
    painter.strokePath(path, pen)
    painter.restore()
