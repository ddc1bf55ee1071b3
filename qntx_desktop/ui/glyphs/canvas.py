"""The sub-canvas: a card that opens a canvas of its own, and shows in small what stands on it.

Qt main thread; holds no state. What is inside belongs to that canvas, so deleting the card deletes nothing of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from qntx_desktop.model.canvases import new_uid
from qntx_desktop.model.glyph import KIND_CANVAS, Glyph
from qntx_desktop.ui.glyphs.kind import RIGHT, Button, Chip, EditorSpec, Hotspot, Port
from qntx_desktop.ui.glyphs.live import Live
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import PADDING_PX, Theme, ui_font
from qntx_desktop.ui.wording import clock, counted, one_line

EMPTY = tr("Nothing is on it yet. Enter opens it.")
OPEN = "open_canvas"


class CanvasKind:
    """A canvas on a canvas."""

    name = KIND_CANVAS
    symbol = "⧉"
    label = tr("Sub-canvas")
    in_palette = True
    default_size = (280.0, 176.0)
    min_size = (160.0, 96.0)

    def new_content(self) -> Mapping[str, Any]:
        """The name of a canvas that is made when it is opened."""
        return {"canvas": new_uid()}

    def title(self, glyph: Glyph) -> str:
        """What the canvas was called when it was last looked at."""
        name = glyph.state.get("name")
        return one_line(name, 80) if isinstance(name, str) and name else tr("Sub-canvas")

    def chips(self, glyph: Glyph, live: Live) -> tuple[Chip, ...]:
        """Only that it is in the bin."""
        line = live.inside.line if live.inside is not None else None
        return (Chip(tr("in the bin"), "wait", "○"),) if line is not None and line.in_bin else ()

    def buttons(self, glyph: Glyph, live: Live) -> tuple[Button, ...]:
        """The way in, and the menu, which the canvas adds."""
        line = live.inside.line if live.inside is not None else None
        if line is not None and line.in_bin:
            tip = tr("Take it out of the bin and open it (Enter)")
            return (Button(OPEN, text=tr("Restore"), tooltip=tip, primary=True),)
        return (Button(OPEN, text=tr("Open"), tooltip=tr("Open this canvas (Enter)")),)

    def footer(self, glyph: Glyph, live: Live) -> tuple[str, ...]:
        """How much is on it, and since when."""
        line = live.inside.line if live.inside is not None else None
        if line is None:
            return (tr("not opened yet"),) if live.inside is not None else ()
        saved = (
            (RIGHT + tr("saved {clock}").format(clock=clock(line.saved_at_us)),)
            if line.saved_at_us is not None
            else ()
        )
        return (counted(line.glyphs, "glyph"), *saved)

    def ports(self, glyph: Glyph, live: Live) -> tuple[Port, ...]:
        """None."""
        return ()

    def height_for(self, glyph: Glyph, live: Live) -> float | None:
        """Any; the small picture fits itself."""
        return None

    def paint_body(self, painter: QPainter, rect: QRectF, glyph: Glyph, live: Live, theme: Theme) -> None:
        """The cards on it as they stand, in small."""
        boxes = live.inside.boxes if live.inside is not None else ()
        inner = rect.adjusted(PADDING_PX, PADDING_PX / 2, -PADDING_PX, -PADDING_PX / 2)
        if not boxes:
            painter.setPen(QColor(theme.dim))
            painter.setFont(ui_font())
            painter.drawText(inner, Qt.TextFlag.TextWordWrap, "" if live.inside is None else EMPTY)
            return
        area = QRectF()
        for x, y, width, height in boxes:
            area = area.united(QRectF(x, y, width, height))
        scale = min(inner.width() / max(area.width(), 1.0), inner.height() / max(area.height(), 1.0), 0.25)
        left = inner.center().x() - area.center().x() * scale
        top = inner.center().y() - area.center().y() * scale
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.setBrush(QColor(theme.raised))
        for x, y, width, height in boxes:
            small = QRectF(left + x * scale, top + y * scale, max(2.0, width * scale), max(2.0, height * scale))
            painter.drawRoundedRect(small, 2, 2)

    def hotspots(self, rect: QRectF, glyph: Glyph, live: Live) -> tuple[Hotspot, ...]:
        """None; the button and a double-click open it."""
        return ()

    def editor(self, glyph: Glyph) -> EditorSpec | None:
        """No text of its own."""
        return None
