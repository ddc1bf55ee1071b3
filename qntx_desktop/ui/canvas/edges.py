"""The links between glyphs, painted. Qt main thread.

A handler link runs in the accent colour from the IX glyph's port to the Python glyph's; a result link in the
colour of lines from the lower edge of what ran to the upper edge of the result.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem

from qntx_desktop.model.glyph import EDGE_HANDLER, Edge
from qntx_desktop.ui.canvas.item import GlyphItem
from qntx_desktop.ui.theme import Theme

WIDTH_PX = 2.0
SHORTEST_BEND_PX = 32.0


def sideways(start: QPointF, end: QPointF) -> QPainterPath:
    """A curve that leaves to the right and arrives from the left."""
    bend = max(SHORTEST_BEND_PX, abs(end.x() - start.x()) / 2)
    path = QPainterPath(start)
    path.cubicTo(start + QPointF(bend, 0), end - QPointF(bend, 0), end)
    return path


def downwards(start: QPointF, end: QPointF) -> QPainterPath:
    """Straight when one stands below the other, else a curve that leaves and arrives upright."""
    path = QPainterPath(start)
    if abs(start.x() - end.x()) < 1 and end.y() > start.y():
        path.lineTo(end)
    else:
        bend = max(SHORTEST_BEND_PX, abs(end.y() - start.y()) / 2)
        path.cubicTo(start + QPointF(0, bend), end - QPointF(0, bend), end)
    return path


class EdgeItem(QGraphicsPathItem):
    """Mirrors one edge of the document."""

    def __init__(self, edge: Edge, source: GlyphItem, target: GlyphItem, theme: Theme) -> None:
        super().__init__()
        self.edge, self.source, self.target = edge, source, target
        self.setZValue(-1)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.show_theme(theme)
        self.follow()

    def show_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        colour = theme.accent if self.edge.kind == EDGE_HANDLER else theme.line
        self.setPen(QPen(QColor(colour), WIDTH_PX))

    def follow(self) -> None:
        """Run again from one end to the other."""
        if self.edge.kind == EDGE_HANDLER:
            start = _port(self.source, "right") or _on_edge(self.source.shown_rect, 1.0, 0.5)
            end = _port(self.target, "left") or _on_edge(self.target.shown_rect, 0.0, 0.5)
            self.setPath(sideways(start, end))
        else:
            self.setPath(downwards(*_below(self.source.shown_rect, self.target.shown_rect)))


def _port(item: GlyphItem, side: str) -> QPointF | None:
    return next((item.pos() + item.drift + port.at for port in item.layout.ports if port.port.side == side), None)


def _on_edge(rect: QRectF, along: float, down: float) -> QPointF:
    return QPointF(rect.left() + rect.width() * along, rect.top() + rect.height() * down)


def _below(source: QRectF, target: QRectF) -> tuple[QPointF, QPointF]:
    """Ends of a result link: at the same x where both cards reach it, so that the line is straight."""
    left, right = max(source.left(), target.left()), min(source.right(), target.right())
    x = (left + right) / 2
    if right - left < 24:
        return QPointF(source.center().x(), source.bottom()), QPointF(target.center().x(), target.top())
    return QPointF(x, source.bottom()), QPointF(x, target.top())
