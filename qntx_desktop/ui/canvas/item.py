"""One glyph in the scene: knows its parts and how its card looks as a pixmap, changes nothing.

Qt main thread. No item of Qt: `painting` puts the pixmaps on the screen, and ten thousand objects that nobody asks
anything cost a tenth of a second when a canvas opens. What stands where on a card is found out when it is first
asked for.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPixmap

from qntx_desktop.model.glyph import KIND_FRAME, Glyph
from qntx_desktop.model.marks import title_of
from qntx_desktop.ui.canvas.card import Look, paint_base, paint_card, paint_content, paint_frame
from qntx_desktop.ui.canvas.cells import Area
from qntx_desktop.ui.canvas.layout import CardLayout, lay_out, port_point
from qntx_desktop.ui.glyphs.kind import GlyphKind, shown_height
from qntx_desktop.ui.glyphs.live import NOTHING, Live

if TYPE_CHECKING:
    from qntx_desktop.ui.canvas.scene import CanvasScene

MARGIN_PX = 14
"""Ports, focus ring and shadow reach this far beyond the card."""
BORDER_PX = 8.0
"""How wide the edge of a frame is for the pointer; its inside lets presses through."""
BEHIND = -1_000_000.0
"""Frames stand behind all links and cards."""

NOWHERE = QPointF()
"""Shared by all items that rest; put another point in its place, never change it."""


class GlyphItem:
    """Mirrors one glyph of the document. What rests is the same for all items and stands in the class."""

    live: Live = NOTHING
    look: Look = Look()
    drift: QPointF = NOWHERE
    """How far from its place the card is painted while it glides there."""
    grown = 1.0
    grows_from: QPointF = NOWHERE
    """The part of its size at which it is painted while it grows out of a point of its edge."""
    serial = 0
    """Another number after every change of what the card shows."""
    _before: tuple[float | None, dict[str, QPointF] | None] | None = None
    """Height and ports when `reshaped` was last asked, while it shows something else since."""
    _layout: CardLayout | None = None
    _title: str | None = None
    _height_px: float | None = None
    _ports: dict[str, QPointF] | None = None

    def __init__(self, scene: CanvasScene, kind: GlyphKind, glyph: Glyph) -> None:
        self._canvas_scene = scene
        self.kind = kind
        self.glyph = glyph
        self.is_frame = glyph.kind == KIND_FRAME
        """True for a frame: other glyphs stand on it."""
        self.order = (glyph.z + BEHIND if self.is_frame else glyph.z, glyph.id)
        """Who lies over whom: frames below all, then as the person put them, then the newer over the older."""

    @property
    def glyph_id(self) -> int:
        """Id of the glyph."""
        return self.glyph.id

    def pos(self) -> QPointF:
        """Its top left corner on the canvas."""
        return QPointF(self.glyph.x, self.glyph.y)

    @property
    def layout(self) -> CardLayout:
        """Where everything of the card stands."""
        if self._layout is None:
            self._layout = lay_out(self.kind, self.glyph, self.live)
        return self._layout

    @property
    def height_px(self) -> float:
        """How tall the card is shown."""
        if self._height_px is None:
            self._height_px = shown_height(self.kind, self.glyph, self.live)
        return self._height_px

    @property
    def area(self) -> Area:
        """What it covers on the canvas with everything that reaches over its edge."""
        glyph = self.glyph
        return (
            glyph.x - MARGIN_PX,
            glyph.y - MARGIN_PX,
            glyph.x + glyph.width + MARGIN_PX,
            glyph.y + self.height_px + MARGIN_PX,
        )

    @property
    def title(self) -> str:
        """Its whole name."""
        if self._title is None:
            self._title = title_of(self.glyph) or self.kind.title(self.glyph)
        return self._title

    @property
    def card_rect(self) -> QRectF:
        """The card in scene coordinates."""
        return QRectF(self.glyph.x, self.glyph.y, self.glyph.width, self.height_px)

    @property
    def shown_rect(self) -> QRectF:
        """The card in scene coordinates as it is painted now."""
        rect = self.card_rect
        return rect if self.drift is NOWHERE else rect.translated(self.drift)

    def port_at(self, side: str) -> QPointF | None:
        """The middle of the first port on a side, from the corner of the card."""
        return self._ports_now().get(side)

    def _ports_now(self) -> dict[str, QPointF]:
        """The first port on each side, from the corner of the card."""
        if self._ports is None:
            ports = reversed(self.kind.ports(self.glyph, self.live))
            self._ports = {each.side: port_point(each, self.glyph.width, self.height_px) for each in ports}
        return self._ports

    def show_glyph(self, glyph: Glyph) -> None:
        """Take a new value of the glyph."""
        old, self.glyph = self.glyph, glyph
        if old.z != glyph.z:
            self.order = (glyph.z + BEHIND if self.is_frame else glyph.z, glyph.id)
        if (old.width, old.height, old.content, old.state) != (
            glyph.width,
            glyph.height,
            glyph.content,
            glyph.state,
        ):
            self.renew()
            self._canvas_scene.repaint()

    def show_live(self, live: Live) -> bool:
        """Take new facts; True when they are others."""
        if live == self.live:
            return False
        self.live = live
        self.renew()
        return True

    def show_look(self, look: Look) -> None:
        """Take selection, focus and hover."""
        if look != self.look:
            self.look = look
            self.serial += 1
            self._canvas_scene.repaint()

    def renew(self) -> None:
        """Lay out and paint again when that is asked for."""
        if self._before is None:
            self._before = self._height_px, self._ports
        self._layout = self._height_px = self._ports = self._title = None
        self.serial += 1

    def reshaped(self) -> bool:
        """Whether what it shows since this was last asked made it taller or shorter, or moved a port."""
        if self._before is None:
            return False
        (height_px, ports), self._before = self._before, None
        return self.height_px != height_px or (ports is not None and ports != self._ports_now())

    def shape(self) -> QPainterPath:
        """The card and its ports."""
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)  # else the inner half of every port would be a hole
        path.addRect(self.layout.rect)
        if self.is_frame:
            inside = QPainterPath()
            inside.addRect(self.layout.body.adjusted(BORDER_PX, 0, -BORDER_PX, -BORDER_PX))
            return path.subtracted(inside)
        for port in self.layout.ports:
            path.addRect(port.target)
        return path

    def paint(self, painter: QPainter) -> None:
        """The card as lines and text, where it glides or grows and how large it is by then."""
        if not self.drift.isNull():
            painter.translate(self.drift)
        if self.grown != 1.0:
            painter.translate(self.grows_from)
            painter.scale(self.grown, self.grown)
            painter.translate(-self.grows_from)
        theme = self._canvas_scene.theme
        if self.is_frame:
            paint_frame(painter, self.glyph, self.layout, theme, self.look)
        else:
            paint_card(painter, self.kind, self.glyph, self.live, self.layout, theme, self.look)

    @property
    def growing(self) -> bool:
        """True while it grows: another size in every frame."""
        return self.grown != 1.0

    def painted(self, scale: float) -> QPixmap:
        """The card at a scale in pixels of the screen; its corner lies `origin_of(scale)` from both edges."""
        origin, rect = origin_of(scale), self.layout.rect
        size = QSize(
            math.ceil((rect.width() + MARGIN_PX) * scale) + origin,
            math.ceil((rect.height() + MARGIN_PX) * scale) + origin,
        )
        theme, look = self._canvas_scene.theme, self.look

        def empty() -> QPixmap:
            base = QPixmap(size)
            base.fill(Qt.GlobalColor.transparent)
            painter = _on(base, scale)
            paint_base(painter, rect, theme)
            painter.end()
            return base

        stamp = (rect.width(), rect.height(), scale)
        pixmap = self._canvas_scene.pixmaps.base(stamp, size.width() * size.height(), empty)
        painter = _on(pixmap, scale)
        paint_content(painter, self.kind, self.glyph, self.live, self.layout, theme, look)
        painter.end()
        return pixmap


def _on(pixmap: QPixmap, scale: float) -> QPainter:
    """A painter that begins at the corner of the card."""
    painter, origin = QPainter(pixmap), origin_of(scale)
    painter.translate(origin, origin)
    painter.scale(scale, scale)
    return painter


def origin_of(scale: float) -> int:
    """Where the corner of a card lies in its pixmap, in pixels from the left and from the top."""
    return math.ceil(MARGIN_PX * scale)
