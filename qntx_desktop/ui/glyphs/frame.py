"""The frame: a titled area behind other glyphs; what stands in it moves with it.

Qt main thread; holds no state. The canvas paints it behind everything and lets presses on its inside through.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from qntx_desktop.model.glyph import KIND_FRAME, Glyph
from qntx_desktop.ui.glyphs.kind import Button, Chip, EditorSpec, Hotspot, Port
from qntx_desktop.ui.glyphs.live import Live
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme


class FrameKind:
    """A frame around other glyphs."""

    name = KIND_FRAME
    symbol = "▢"
    label = tr("Frame")
    in_palette = True
    default_size = (480.0, 320.0)
    min_size = (160.0, 96.0)

    def new_content(self) -> Mapping[str, Any]:
        """No title of its own."""
        return {}

    def title(self, glyph: Glyph) -> str:
        """What it is called without a title."""
        return tr("Frame")

    def chips(self, glyph: Glyph, live: Live) -> tuple[Chip, ...]:
        """None."""
        return ()

    def buttons(self, glyph: Glyph, live: Live) -> tuple[Button, ...]:
        """Only the menu, which the canvas adds."""
        return ()

    def footer(self, glyph: Glyph, live: Live) -> tuple[str, ...]:
        """None."""
        return ()

    def ports(self, glyph: Glyph, live: Live) -> tuple[Port, ...]:
        """None."""
        return ()

    def height_for(self, glyph: Glyph, live: Live) -> float | None:
        """Any."""
        return None

    def paint_body(self, painter: QPainter, rect: QRectF, glyph: Glyph, live: Live, theme: Theme) -> None:
        """Nothing: what stands in it is seen."""

    def hotspots(self, rect: QRectF, glyph: Glyph, live: Live) -> tuple[Hotspot, ...]:
        """None."""
        return ()

    def editor(self, glyph: Glyph) -> EditorSpec | None:
        """Its title is its only text; `rename` changes it."""
        return None
