"""One glyph in the scene: paints its card from a pixmap, knows its parts, changes nothing.

Qt main thread.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from qntx_desktop.model.glyph import KIND_FRAME, Glyph
from qntx_desktop.ui.canvas.card import Look, paint_card, paint_far, paint_frame
from qntx_desktop.ui.canvas.layout import CardLayout, lay_out
from qntx_desktop.ui.canvas.pixmaps import scale_step
from qntx_desktop.ui.glyphs.kind import GlyphKind
from qntx_desktop.ui.glyphs.live import NOTHING, Live

if TYPE_CHECKING:
    from qntx_desktop.ui.canvas.scene import CanvasScene

MARGIN_PX = 14
"""Ports, focus ring and shadow reach this far beyond the card."""
BORDER_PX = 8.0
"""How wide the edge of a frame is for the pointer; its inside lets presses through."""
BEHIND = -1_000_000.0
"""Frames stand behind all links and cards."""
PLAIN_BELOW = 0.2
"""Below this scale a card is a plain rectangle, with its name and state from `NAMED_FROM` on."""
NAMED_FROM = 0.1


class GlyphItem(QGraphicsItem):
    """Mirrors one glyph of the document."""

    def __init__(self, scene: CanvasScene, kind: GlyphKind, glyph: Glyph) -> None:
        super().__init__()
        self._canvas_scene = scene
        self.kind = kind
        self.glyph = glyph
        self.live: Live = NOTHING
        self.look = Look()
        self.drift = QPointF()
        """How far from its place the card is painted while it glides there."""
        self.grown = 1.0
        self.grows_from = QPointF()
        """The part of its size at which it is painted while it grows out of a point of its edge."""
        self._serial = 0
        self.layout: CardLayout = lay_out(kind, glyph, self.live)
        self._bounds = _bounds(self.layout)
        self.setPos(glyph.x, glyph.y)
        self.setZValue(self._height())
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    @property
    def glyph_id(self) -> int:
        """Id of the glyph."""
        return self.glyph.id

    @property
    def is_frame(self) -> bool:
        """True for a frame: other glyphs stand on it."""
        return self.glyph.kind == KIND_FRAME

    def _height(self) -> float:
        return self.glyph.z + (BEHIND if self.is_frame else 0.0)

    @property
    def card_rect(self) -> QRectF:
        """The card in scene coordinates."""
        return self.layout.rect.translated(self.pos())

    def show_glyph(self, glyph: Glyph) -> None:
        """Take a new value of the glyph."""
        old, self.glyph = self.glyph, glyph
        if (old.x, old.y) != (glyph.x, glyph.y):
            self.setPos(glyph.x, glyph.y)
        self.setZValue(self._height())
        if (old.width, old.height, old.content, old.state) != (
            glyph.width,
            glyph.height,
            glyph.content,
            glyph.state,
        ):
            self.renew()

    def show_live(self, live: Live) -> None:
        """Take new facts."""
        if live != self.live:
            self.live = live
            self.renew()

    def show_look(self, look: Look) -> None:
        """Take selection, focus and hover."""
        if look != self.look:
            self.look = look
            self._serial += 1
            self.update()

    def renew(self) -> None:
        """Lay out and paint again."""
        layout = lay_out(self.kind, self.glyph, self.live)
        if (layout.width, layout.height) != (self.layout.width, self.layout.height):
            self.prepareGeometryChange()
        self.layout = layout
        self._bounds = _bounds(layout)
        self._serial += 1
        self.update()

    @property
    def shown_rect(self) -> QRectF:
        """The card in scene coordinates as it is painted now."""
        return self.card_rect.translated(self.drift)

    def boundingRect(self) -> QRectF:
        """The card with everything that reaches over its edge."""
        return self._bounds

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

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Show the pixmap at the fitting scale; build it while the frame has time."""
        device = painter.device()
        scale = painter.worldTransform().m11() * device.devicePixelRatio()
        if not self.drift.isNull():
            painter.translate(self.drift)
        if self.grown != 1.0:
            painter.translate(self.grows_from)
            painter.scale(self.grown, self.grown)
            painter.translate(-self.grows_from)
        if self.is_frame:  # mostly empty, and often too large for a pixmap
            paint_frame(painter, self.glyph, self.layout, self._canvas_scene.theme, self.look)
            return
        if scale < PLAIN_BELOW:
            self._paint_plain(painter)
            if scale >= NAMED_FROM:
                paint_far(painter, self.layout, self._canvas_scene.theme, scale / device.devicePixelRatio())
            return
        step = scale_step(scale)
        pixmaps = self._canvas_scene.pixmaps
        stamp = (self._serial, step, self._canvas_scene.theme.name)
        kept = pixmaps.get(self.glyph.id)
        if kept is None or kept[0] != stamp:
            built = pixmaps.build(self.glyph.id, stamp, lambda: self._painted(step))
            if built is None:
                self._canvas_scene.repaint_later()
            else:
                kept = (stamp, built)
        if kept is None:
            self._paint_plain(painter)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not math.isclose(scale, step))
        painter.drawPixmap(self.boundingRect(), kept[1], QRectF(kept[1].rect()))

    def _painted(self, step: float) -> QPixmap:
        area = self.boundingRect()
        pixmap = QPixmap(math.ceil(area.width() * step), math.ceil(area.height() * step))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.scale(pixmap.width() / area.width(), pixmap.height() / area.height())
        painter.translate(-area.topLeft())
        paint_card(
            painter, self.kind, self.glyph, self.live, self.layout, self._canvas_scene.theme, self.look
        )
        painter.end()
        return pixmap

    def _paint_plain(self, painter: QPainter) -> None:
        theme = self._canvas_scene.theme
        painter.fillRect(self.layout.rect, QColor(theme.accent if self.look.selected else theme.line))
        inner = self.layout.rect.adjusted(4, 4, -4, -4)
        painter.fillRect(inner, QColor(theme.card))


def _bounds(layout: CardLayout) -> QRectF:
    return layout.rect.adjusted(-MARGIN_PX, -MARGIN_PX, MARGIN_PX, MARGIN_PX)
