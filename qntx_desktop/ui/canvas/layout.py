"""Where everything of a card stands: computed once per change, used for painting, pointing and screen readers.

Qt main thread (it measures text). Units are canvas units from the card's top left corner.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont

from qntx_desktop.model.glyph import Glyph
from qntx_desktop.model.marks import is_compact, is_disabled, is_locked, title_of
from qntx_desktop.ui.glyphs.kind import RIGHT, Button, Chip, GlyphKind, Hotspot, Port, shown_height
from qntx_desktop.ui.glyphs.live import Live
from qntx_desktop.ui.measure import fitted, width_of
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import (
    FOOTER_PX,
    PADDING_PX,
    TARGET_PX,
    TITLE_PX,
    chip_font,
    fact_font,
    name_font,
)

SYMBOL_WIDTH_PX = 13.0
GAP_PX = 8.0
CHIP_HEIGHT_PX = 18.0
CHIP_SIDE_PX = 8.0
SHORTEST_CHIP_PX = 40.0
SIGN_CHIP_PX = 24.0
LOCK_SIGN = "\ue000"
"""Drawn, since no font that travels with the project has a lock."""
SHORTEST_NAME_PX = 96.0
BUTTON_PX = 24.0
RUNNING = frozenset({"run", "schedule"})
MENU = Button("menu", symbol="⋯", tooltip=tr("More"), framed=False)


@dataclass(frozen=True, slots=True)
class PlacedChip:
    """A chip with its rectangle and the text that fits into it."""

    chip: Chip
    rect: QRectF
    text: str

    @property
    def target(self) -> QRectF:
        """Where the pointer finds it: taller than it is drawn."""
        more = max(0.0, TARGET_PX - self.rect.height()) / 2
        return self.rect.adjusted(0, -more, 0, more)


@dataclass(frozen=True, slots=True)
class PlacedButton:
    """A button of the title row with its rectangle."""

    button: Button
    rect: QRectF


@dataclass(frozen=True, slots=True)
class PlacedPort:
    """A port with its middle."""

    port: Port
    at: QPointF

    @property
    def target(self) -> QRectF:
        """Where the pointer finds it."""
        return QRectF(self.at.x() - TARGET_PX / 2, self.at.y() - TARGET_PX / 2, TARGET_PX, TARGET_PX)


@dataclass(frozen=True, slots=True)
class CardLayout:
    """A card laid out. `footer` holds (text that fits, rectangle, whole text)."""

    width: float
    height: float
    symbol: QRectF
    title: QRectF
    title_text: str
    title_whole: str
    chips: tuple[PlacedChip, ...]
    buttons: tuple[PlacedButton, ...]
    body: QRectF
    footer: tuple[tuple[str, QRectF, str], ...]
    ports: tuple[PlacedPort, ...]
    hotspots: tuple[Hotspot, ...]

    @property
    def rect(self) -> QRectF:
        """The card without ports and focus ring."""
        return QRectF(0, 0, self.width, self.height)

    def port_at(self, point: QPointF) -> PlacedPort | None:
        """The port whose target holds the point."""
        return next((port for port in self.ports if port.target.contains(point)), None)

    def button_at(self, point: QPointF) -> PlacedButton | None:
        """The title row's button there."""
        return next((each for each in self.buttons if each.rect.contains(point)), None)

    def chip_at(self, point: QPointF) -> PlacedChip | None:
        """The chip there."""
        return next((each for each in self.chips if each.target.contains(point)), None)

    def hotspot_at(self, point: QPointF) -> Hotspot | None:
        """The part of the body that can be pressed there; the last one named lies on top."""
        return next((each for each in reversed(self.hotspots) if each.rect.contains(point)), None)

    def tooltip_at(self, point: QPointF) -> str:
        """What to say when the pointer rests there."""
        if button := self.button_at(point):
            return button.button.tooltip
        if chip := self.chip_at(point):
            whole = f"{chip.chip.symbol} {chip.chip.text}".strip()
            return chip.chip.tooltip or (whole if chip.text != whole else "")
        if port := self.port_at(point):
            return port.port.name
        if spot := self.hotspot_at(point):
            return spot.tooltip
        if self.title.contains(point) and self.title_text != self.title_whole:
            return self.title_whole
        return next(
            (whole for text, rect, whole in self.footer if rect.contains(point) and text != whole), ""
        )


def lay_out(kind: GlyphKind, glyph: Glyph, live: Live) -> CardLayout:
    """Lay out a card."""
    width, height = glyph.width, shown_height(kind, glyph, live)
    footer = () if is_compact(glyph) else kind.footer(glyph, live)
    body = QRectF(0, TITLE_PX, width, max(0.0, height - TITLE_PX - (FOOTER_PX if footer else 0)))
    buttons = _buttons(_allowed(kind.buttons(glyph, live), glyph), width)
    sign = symbol_width(kind.symbol)
    start = PADDING_PX + sign + GAP_PX
    end = (buttons[0].rect.left() if buttons else width - PADDING_PX) - GAP_PX
    whole = title_of(glyph) or kind.title(glyph)
    name_width, chips = _title_row(whole, (*kind.chips(glyph, live), *_mark_chips(glyph)), start, end)
    return CardLayout(
        width=width,
        height=height,
        symbol=QRectF(PADDING_PX, 0, sign, TITLE_PX),
        title=QRectF(start, 0, name_width, TITLE_PX),
        title_text=_fitted(whole, name_font(), name_width),
        title_whole=whole,
        chips=chips,
        buttons=buttons,
        body=body,
        footer=_footer(footer, width, height) if footer else (),
        ports=tuple(PlacedPort(port, port_point(port, width, height)) for port in kind.ports(glyph, live)),
        hotspots=_hotspots(kind, body, glyph, live),
    )


def _hotspots(kind: GlyphKind, body: QRectF, glyph: Glyph, live: Live) -> tuple[Hotspot, ...]:
    """Of a compact card nothing of the body can be pressed, but its menu still has it."""
    spots = kind.hotspots(body, glyph, live)
    return tuple(replace(spot, rect=QRectF()) for spot in spots) if is_compact(glyph) else spots


def _allowed(buttons: tuple[Button, ...], glyph: Glyph) -> tuple[Button, ...]:
    """A disabled glyph offers no run."""
    if not is_disabled(glyph):
        return buttons
    return tuple(replace(each, enabled=False) if each.id in RUNNING else each for each in buttons)


def _mark_chips(glyph: Glyph) -> tuple[Chip, ...]:
    chips: tuple[Chip, ...] = ()
    if is_locked(glyph):
        why = tr("It is not moved, resized or deleted (Shift+L)")
        chips = (Chip(tr("locked"), tooltip=why, short=LOCK_SIGN),)
    if is_disabled(glyph):
        chips = (*chips, Chip(tr("disabled"), "wait", tooltip=tr("It does not run (D)"), short="⏸"))
    return chips


def _fitted(text: str, font: QFont, width: float) -> str:
    return fitted(text.replace("\n", " "), font, width)


def text_width(text: str, font: QFont) -> float:
    """Width of a text on one line, with half a unit of air against rounding."""
    return width_of(text, font) + 0.5


def symbol_width(symbol: str) -> float:
    """Room for a kind's sign; words such as `py` take what they need."""
    return text_width(symbol, name_font()) if symbol.isascii() else SYMBOL_WIDTH_PX


def _buttons(buttons: tuple[Button, ...], width: float) -> tuple[PlacedButton, ...]:
    """From the right: the menu last, text buttons as wide as their text."""
    every = buttons if any(button.id == MENU.id for button in buttons) else (*buttons, MENU)
    right = width - GAP_PX
    placed: list[PlacedButton] = []
    for button in reversed(every):
        wide = text_width(button.text, name_font()) + 20 if button.text else BUTTON_PX
        placed.append(PlacedButton(button, QRectF(right - wide, (TITLE_PX - BUTTON_PX) / 2, wide, BUTTON_PX)))
        right -= wide + 6
    return tuple(reversed(placed))


def _title_row(
    name: str, chips: tuple[Chip, ...], start: float, end: float
) -> tuple[float, tuple[PlacedChip, ...]]:
    """Width of the name, and the chips that fit: signs and the name keep their least width, then chips in order."""
    natural = text_width(name, name_font())
    room = max(0.0, end - start)
    signs = sum(SIGN_CHIP_PX + GAP_PX for chip in chips if chip.short)
    left = room - min(natural, SHORTEST_NAME_PX) - GAP_PX - signs
    widths: list[tuple[Chip, float, str]] = []
    crowded = False
    for chip in chips:
        left += SIGN_CHIP_PX + GAP_PX if chip.short else 0.0
        whole = f"{chip.symbol} {chip.text}".strip()
        wanted = text_width(whole, chip_font()) + 2 * CHIP_SIDE_PX
        wide = min(wanted, left)
        if chip.short and wide < wanted:
            if sum(each + GAP_PX for _, each, _ in widths) + SIGN_CHIP_PX + GAP_PX <= room:
                widths.append((chip, SIGN_CHIP_PX, chip.short))
                left -= SIGN_CHIP_PX + GAP_PX
            continue
        crowded = crowded or (wide < SHORTEST_CHIP_PX and wide < wanted)
        if not crowded:
            widths.append((chip, wide, _fitted(whole, chip_font(), wide - 2 * CHIP_SIDE_PX + 0.5)))
            left -= wide + GAP_PX
    used = sum(wide + GAP_PX for _, wide, _ in widths)
    name_width = min(natural, room - used)
    return name_width, _placed_chips(widths, start + name_width + GAP_PX, end)


def _placed_chips(widths: list[tuple[Chip, float, str]], left: float, right: float) -> tuple[PlacedChip, ...]:
    top = (TITLE_PX - CHIP_HEIGHT_PX) / 2
    placed: list[PlacedChip] = []
    for chip, wide, text in (each for each in widths if not each[0].end):
        placed.append(PlacedChip(chip, QRectF(left, top, wide, CHIP_HEIGHT_PX), text))
        left += wide + GAP_PX
    for chip, wide, text in reversed([each for each in widths if each[0].end]):
        placed.append(PlacedChip(chip, QRectF(right - wide, top, wide, CHIP_HEIGHT_PX), text))
        right -= wide + GAP_PX
    return tuple(placed)


def _footer(parts: tuple[str, ...], width: float, height: float) -> tuple[tuple[str, QRectF, str], ...]:
    """Right parts first, so that they stay; the left ones share the rest and the last is shortened."""
    font, top = fact_font(), height - FOOTER_PX
    left, right = float(PADDING_PX), width - PADDING_PX
    placed: list[tuple[str, QRectF, str]] = []
    for part in reversed([each[len(RIGHT) :] for each in parts if each.startswith(RIGHT)]):
        wide = min(text_width(part, font), right - left)
        placed.append((_fitted(part, font, wide), QRectF(right - wide, top, wide, FOOTER_PX), part))
        right -= wide + PADDING_PX
    for part in (each for each in parts if each and not each.startswith(RIGHT)):
        wide = min(text_width(part, font), right - left)
        if wide < 16:
            break
        placed.append((_fitted(part, font, wide), QRectF(left, top, wide, FOOTER_PX), part))
        left += wide + PADDING_PX
    return tuple(placed)


def port_point(port: Port, width: float, height: float) -> QPointF:
    """The middle of a port on a card of this size."""
    if port.side == "bottom":
        return QPointF(min(port.offset_px, width), height)
    down = port.offset_px if port.offset_px <= height else height / 2  # of a compact card: at its title
    return QPointF(0 if port.side == "left" else width, down)
