"""A glyph of a kind this version does not know: it is kept as it is, shown by name, and can be moved.

Qt main thread; holds no state.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from qntx_desktop.model.glyph import Glyph
from qntx_desktop.ui.glyphs.kind import Button, Chip, EditorSpec, Hotspot, Port
from qntx_desktop.ui.glyphs.live import Live
from qntx_desktop.ui.glyphs.paint import draw_wrapped, inner_width, wrapped
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import LINE_PX, PADDING_PX, TITLE_PX, Theme, ui_font
from qntx_desktop.ui.wording import one_line

SAID = tr("This version does not know it. It is kept as it is.")


@dataclass(frozen=True, slots=True)
class PlaceholderKind:
    """Stands in for the kind called `name`."""

    name: str = "placeholder"
    symbol: str = "▢"
    label: str = tr("Unknown")
    in_palette: bool = False
    default_size: tuple[float, float] = (280.0, 88.0)
    min_size: tuple[float, float] = (160.0, 72.0)

    def new_content(self) -> Mapping[str, Any]:
        """Nothing; none is ever made by hand."""
        return {}

    def title(self, glyph: Glyph) -> str:
        """What it calls itself."""
        return tr("unknown glyph {kind}").format(kind=one_line(glyph.kind, 60)).strip()

    def chips(self, glyph: Glyph, live: Live) -> tuple[Chip, ...]:
        """None."""
        return ()

    def buttons(self, glyph: Glyph, live: Live) -> tuple[Button, ...]:
        """Only the menu, which can delete it."""
        return (Button("menu", symbol="⋯", tooltip=tr("More"), framed=False),)

    def footer(self, glyph: Glyph, live: Live) -> tuple[str, ...]:
        """None."""
        return ()

    def ports(self, glyph: Glyph, live: Live) -> tuple[Port, ...]:
        """None."""
        return ()

    def height_for(self, glyph: Glyph, live: Live) -> float | None:
        """Room for the sentence."""
        lines = wrapped(SAID, inner_width(glyph.width))
        return TITLE_PX + 2 * PADDING_PX + len(lines) * float(LINE_PX)

    def paint_body(self, painter: QPainter, rect: QRectF, glyph: Glyph, live: Live, theme: Theme) -> None:
        """Say that it is kept."""
        width = inner_width(rect.width())
        place = QPointF(rect.left() + PADDING_PX, rect.top() + PADDING_PX)
        draw_wrapped(painter, place, wrapped(SAID, width), theme.dim, ui_font(), width)

    def hotspots(self, rect: QRectF, glyph: Glyph, live: Live) -> tuple[Hotspot, ...]:
        """None."""
        return ()

    def editor(self, glyph: Glyph) -> EditorSpec | None:
        """Nothing to edit."""
        return None
