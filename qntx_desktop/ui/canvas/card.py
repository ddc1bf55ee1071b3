"""How a card looks: border, title row, chips, buttons, footer, ports. The body is painted by the kind.

Qt main thread; paints with any painter, in canvas units.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen

from qntx_desktop.model.glyph import Glyph
from qntx_desktop.model.marks import tag_of
from qntx_desktop.ui.canvas.layout import LOCK_SIGN, CardLayout, PlacedButton, PlacedChip, PlacedPort
from qntx_desktop.ui.glyphs.kind import GlyphKind
from qntx_desktop.ui.glyphs.live import Live
from qntx_desktop.ui.theme import (
    FOOTER_PX,
    PORT_PX,
    RADIUS_PX,
    TITLE_PX,
    Theme,
    chip_font,
    fact_font,
    name_font,
    symbol_font,
    tone_colour,
    ui_font,
)

_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_CENTRE = Qt.AlignmentFlag.AlignCenter
_LINE = Qt.TextFlag.TextSingleLine


STRIPE_PX = 4.0


@dataclass(frozen=True, slots=True)
class Look:
    """What pointer, keyboard, selection and links do to a card. `hover` is the id of the part under the pointer."""

    selected: bool = False
    focused: bool = False
    hover: str = ""
    linked: frozenset[str] = frozenset()
    """The sides where a handler link begins or ends: their ports are filled."""


def card_path(rect: QRectF, inset: float = 0.5) -> QPainterPath:
    """The outline, on half pixels so that the hairline is one pixel wide."""
    path = QPainterPath()
    radius = RADIUS_PX - inset
    path.addRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)
    return path


def paint_card(
    painter: QPainter, kind: GlyphKind, glyph: Glyph, live: Live, layout: CardLayout, theme: Theme, look: Look
) -> None:
    """Paint a whole card with its origin at (0, 0)."""
    paint_base(painter, layout.rect, theme)
    paint_content(painter, kind, glyph, live, layout, theme, look)


def paint_base(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """The empty card and its shadow: the same for all cards of one size."""
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    _shadow(painter, rect, theme)
    painter.fillPath(card_path(rect), QColor(theme.card))


def paint_content(
    painter: QPainter, kind: GlyphKind, glyph: Glyph, live: Live, layout: CardLayout, theme: Theme, look: Look
) -> None:
    """All that stands on the empty card."""
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.save()
    if layout.footer:  # no round corner is near, and a clip of rectangles is quick
        painter.setClipRect(layout.body.adjusted(1, 0, -1, 0))
    else:
        painter.setClipPath(card_path(layout.rect, 1.0))
        painter.setClipRect(layout.body, Qt.ClipOperation.IntersectClip)
    if layout.body.height() > 0:
        kind.paint_body(painter, layout.body, glyph, live, theme)
    painter.restore()
    if tag_of(glyph):
        _stripe(painter, layout, tag_colour(theme, tag_of(glyph)))
    _hover_spot(painter, layout, theme, look)
    _hairlines(painter, layout, theme)
    _title(painter, kind, layout, theme)
    for chip in layout.chips:
        paint_chip(painter, chip, theme, hover=bool(chip.chip.action) and look.hover == chip.chip.action)
    for button in layout.buttons:
        _button(painter, button, theme, hover=look.hover == button.button.id)
    _footer(painter, layout, theme)
    _border(painter, layout, theme, look)
    for port in layout.ports:
        _port(painter, port, theme, look)


def tag_colour(theme: Theme, tag: str) -> QColor:
    """The colour of a tag in a theme."""
    named = {"red": theme.failed, "amber": theme.waiting, "green": theme.done, "blue": theme.running}
    return QColor(named.get(tag, theme.code_keyword))


def _stripe(painter: QPainter, layout: CardLayout, colour: QColor) -> None:
    painter.save()
    painter.setClipPath(card_path(layout.rect, 1.0))
    painter.fillRect(QRectF(0, 0, STRIPE_PX, layout.height), colour)
    painter.restore()


def paint_frame(painter: QPainter, glyph: Glyph, layout: CardLayout, theme: Theme, look: Look) -> None:
    """Paint a frame: a tinted area with its title; what stands on it is painted by itself."""
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    tint = tag_colour(theme, tag_of(glyph)) if tag_of(glyph) else QColor(theme.text)
    tint.setAlpha(14)
    painter.fillPath(card_path(layout.rect), tint)
    painter.setPen(QColor(theme.text))
    painter.setFont(name_font())
    painter.drawText(
        layout.title.adjusted(layout.symbol.left() - layout.title.left(), 0, 1, 0),
        _MIDDLE | _LINE,
        layout.title_text,
    )
    for chip in layout.chips:
        paint_chip(painter, chip, theme)
    for button in layout.buttons:
        _button(painter, button, theme, hover=look.hover == button.button.id)
    _border(painter, layout, theme, look)


def _shadow(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    for spread, alpha in ((2.0, 14), (1.0, 20)):
        shade = QColor(0, 0, 0, alpha if not theme.dark else alpha * 2)
        painter.fillPath(card_path(rect.translated(0, spread), 0.0), shade)


def _hairlines(painter: QPainter, layout: CardLayout, theme: Theme) -> None:
    painter.setPen(QPen(QColor(theme.line), 1))
    if layout.body.height() > 0:
        painter.drawLine(QLineF(1, TITLE_PX - 0.5, layout.width - 1, TITLE_PX - 0.5))
    if layout.footer:
        y = layout.height - FOOTER_PX + 0.5
        painter.drawLine(QLineF(1, y, layout.width - 1, y))


def _title(painter: QPainter, kind: GlyphKind, layout: CardLayout, theme: Theme) -> None:
    painter.setPen(QColor(theme.accent))
    painter.setFont(sign_font(kind.symbol))
    painter.drawText(layout.symbol, _CENTRE | _LINE, kind.symbol)
    painter.setPen(QColor(theme.text))
    painter.setFont(name_font())
    painter.drawText(layout.title.adjusted(0, 0, 1, 0), _MIDDLE | _LINE, layout.title_text)


def sign_font(symbol: str, scale: float = 1.0) -> QFont:
    """Signs are drawn large, words such as `py` like names."""
    return name_font() if symbol.isascii() else symbol_font(scale)


def paint_chip(painter: QPainter, placed: PlacedChip, theme: Theme, *, hover: bool = False) -> None:
    """Paint one chip; the chosen one of several is filled."""
    chosen = placed.chip.chosen
    painter.setPen(QPen(QColor(theme.faint if hover else theme.line), 1))
    painter.setBrush(QColor(theme.chosen) if chosen else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(placed.rect.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QColor(theme.text if chosen or hover else tone_colour(theme, placed.chip.tone)))
    if placed.text == LOCK_SIGN:
        _paint_lock(painter, placed.rect.center())
        return
    painter.setFont(chip_font())
    painter.drawText(placed.rect, _CENTRE | _LINE, placed.text)


def _paint_lock(painter: QPainter, middle: QPointF) -> None:
    """A padlock in the colour of the pen, 8 by 10 units."""
    colour = painter.pen().color()
    painter.setPen(QPen(colour, 1.3))
    painter.drawArc(QRectF(middle.x() - 2.5, middle.y() - 5, 5, 6), 0, 180 * 16)
    painter.fillRect(QRectF(middle.x() - 4, middle.y() - 1.5, 8, 6), colour)


def _button(painter: QPainter, placed: PlacedButton, theme: Theme, *, hover: bool) -> None:
    button, rect = placed.button, placed.rect.adjusted(0.5, 0.5, -0.5, -0.5)
    if button.framed or hover:
        painter.setPen(QPen(QColor(theme.accent if button.primary else theme.line), 1))
        painter.setBrush(QColor(theme.chosen if hover and button.enabled else theme.raised))
        painter.drawRoundedRect(rect, 6, 6)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    colour = theme.accent if button.primary else theme.text if button.framed or hover else theme.dim
    painter.setPen(QColor(colour if button.enabled else theme.faint))
    painter.setFont(ui_font() if button.text else fact_font())
    painter.drawText(placed.rect, _CENTRE | _LINE, button.text or button.symbol)


def _hover_spot(painter: QPainter, layout: CardLayout, theme: Theme, look: Look) -> None:
    spot = next((each for each in layout.hotspots if each.id == look.hover), None)
    if spot is None or spot.role == "field" or not spot.enabled:
        return
    tint = QColor(theme.accent if spot.role == "button" else theme.text)
    tint.setAlpha(26)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tint)
    rounding = 7.0 if spot.role == "button" else 0.0
    painter.drawRoundedRect(spot.rect, rounding, rounding)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _footer(painter: QPainter, layout: CardLayout, theme: Theme) -> None:
    painter.setPen(QColor(theme.dim))
    painter.setFont(fact_font())
    for text, rect, _whole in layout.footer:
        painter.drawText(rect.adjusted(0, 0, 1, 0), _MIDDLE | _LINE, text)


def _border(painter: QPainter, layout: CardLayout, theme: Theme, look: Look) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if look.selected:
        painter.strokePath(card_path(layout.rect, 0.0), QPen(QColor(theme.accent), 2))
    else:
        painter.strokePath(card_path(layout.rect), QPen(QColor(theme.faint if look.hover else theme.line), 1))
    if look.focused:
        ring = QPainterPath()
        ring.addRoundedRect(layout.rect.adjusted(-4, -4, 4, 4), RADIUS_PX + 4, RADIUS_PX + 4)
        colour = QColor(theme.accent)
        colour.setAlpha(255 if theme.strong else 150)
        painter.strokePath(ring, QPen(colour, 3.0 if theme.strong else 1.5))


def _port(painter: QPainter, placed: PlacedPort, theme: Theme, look: Look) -> None:
    active = placed.port.active or placed.port.side in look.linked
    if active or placed.port.drags:
        hover = look.hover == f"port:{placed.port.id}"
        paint_port(painter, placed.at, theme, active=active, hover=hover)


def paint_port(painter: QPainter, at: QPointF, theme: Theme, *, active: bool, hover: bool = False) -> None:
    """A dot on the edge: filled when something is linked or offered."""
    radius = PORT_PX / 2 - 1 + (1.5 if hover else 0)
    painter.setPen(QPen(QColor(theme.accent if active or hover else theme.faint), 2))
    painter.setBrush(QColor(theme.accent if active else theme.card))
    painter.drawEllipse(at, radius, radius)
    painter.setBrush(Qt.BrushStyle.NoBrush)
