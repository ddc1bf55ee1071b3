"""The whole canvas as a picture: PNG, SVG or PDF, painted as lines and text, not from the pixmaps of the screen.

Qt main thread. QtSvg is imported when it is needed.
"""

from __future__ import annotations

import math
from operator import attrgetter

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSize, QSizeF
from PySide6.QtGui import QColor, QImage, QPageSize, QPainter, QPdfWriter

from qntx_desktop.ui.canvas.card import Look, paint_card, paint_frame
from qntx_desktop.ui.canvas.item import MARGIN_PX, GlyphItem
from qntx_desktop.ui.canvas.scene import CanvasScene
from qntx_desktop.ui.theme import Theme

SCALE, MOST_PIXELS = 2.0, 40_000_000
AIR_PX = 24.0
POINTS_PER_PX = 0.75


def area_of(scene: CanvasScene) -> QRectF:
    """What the picture shows: every card with some air."""
    area = QRectF()
    for item in scene.items_by_id.values():
        area = area.united(item.card_rect)
    return area.adjusted(-AIR_PX, -AIR_PX, AIR_PX, AIR_PX)


def picture(scene: CanvasScene, theme: Theme, form: str) -> bytes:
    """The canvas as a file.

    Args:
        form: `png`, `svg` or `pdf`.
    """
    area = area_of(scene)
    if form == "png":
        return _png(scene, theme, area)
    kept = QByteArray()
    device = QBuffer(kept)
    device.open(QIODevice.OpenModeFlag.WriteOnly)
    if form == "svg":
        _svg(device, scene, theme, area)
    else:
        _pdf(device, scene, theme, area)
    device.close()
    return bytes(kept.data())


def _png(scene: CanvasScene, theme: Theme, area: QRectF) -> bytes:
    scale = min(SCALE, math.sqrt(MOST_PIXELS / max(1.0, area.width() * area.height())))
    size = QSize(max(1, math.ceil(area.width() * scale)), max(1, math.ceil(area.height() * scale)))
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor(theme.canvas))
    painter = QPainter(image)
    painter.scale(scale, scale)
    _paint(painter, scene, theme, area)
    painter.end()
    kept = QByteArray()
    device = QBuffer(kept)
    device.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(device, "PNG")  # type: ignore[call-overload]
    device.close()
    return bytes(kept.data())


def _svg(device: QIODevice, scene: CanvasScene, theme: Theme, area: QRectF) -> None:
    from PySide6.QtSvg import QSvgGenerator  # late: nothing else needs it

    writer = QSvgGenerator()
    writer.setOutputDevice(device)
    writer.setTitle(scene.document.canvas.name)
    writer.setSize(QSize(math.ceil(area.width()), math.ceil(area.height())))
    writer.setViewBox(QRectF(0, 0, area.width(), area.height()))
    painter = QPainter(writer)
    painter.fillRect(QRectF(0, 0, area.width(), area.height()), QColor(theme.canvas))
    _paint(painter, scene, theme, area)
    painter.end()


def _pdf(device: QIODevice, scene: CanvasScene, theme: Theme, area: QRectF) -> None:
    writer = QPdfWriter(device)
    writer.setTitle(scene.document.canvas.name)
    size = QSizeF(area.width() * POINTS_PER_PX, area.height() * POINTS_PER_PX)
    writer.setPageSize(QPageSize(size, QPageSize.Unit.Point))
    writer.setPageMargins(QMarginsF())
    writer.setResolution(96)
    painter = QPainter(writer)
    painter.fillRect(QRectF(0, 0, area.width(), area.height()), QColor(theme.canvas))
    _paint(painter, scene, theme, area)
    painter.end()


def _paint(painter: QPainter, scene: CanvasScene, theme: Theme, area: QRectF) -> None:
    """Frames, then links, then cards, each in its order."""
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.translate(-area.topLeft())
    items = sorted(scene.items_by_id.values(), key=attrgetter("order"))
    for item in (each for each in items if each.is_frame):
        _card(painter, item, theme)
    scene.wayfinder.route(scene.edge_items, most_s=float("inf"))
    for edge in scene.edge_items:
        painter.strokePath(edge.path(), edge.pen())
    for item in (each for each in items if not each.is_frame):
        _card(painter, item, theme)


def _card(painter: QPainter, item: GlyphItem, theme: Theme) -> None:
    painter.save()
    painter.translate(item.pos())
    look = Look(linked=item.look.linked)
    if item.is_frame:
        paint_frame(painter, item.glyph, item.layout, theme, look)
    else:
        painter.setClipRect(item.layout.rect.adjusted(-MARGIN_PX, -MARGIN_PX, MARGIN_PX, MARGIN_PX))
        paint_card(painter, item.kind, item.glyph, item.live, item.layout, theme, look)
    painter.restore()
