"""The links between glyphs, painted. Qt main thread.

A handler link runs in the accent colour from the IX glyph's port to the Python glyph's; a result link in the
colour of lines from the lower edge of what ran to the upper edge of the result.
"""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QPainterPath, QPen

from qntx_desktop.model.glyph import EDGE_HANDLER, Edge
from qntx_desktop.ui.canvas.cells import Area
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


class EdgeItem:
    """Mirrors one edge of the document. Its path is made when it is first asked for: most links are never seen.

    No item of Qt: links are painted by the view, and neither pressed nor read out by themselves.
    """

    __slots__ = ("_path", "_reach", "edge", "source", "target", "theme")

    def __init__(self, edge: Edge, source: GlyphItem, target: GlyphItem, theme: Theme) -> None:
        self.edge, self.source, self.target, self.theme = edge, source, target, theme
        self._path: QPainterPath | None = None
        self._reach: QRectF

    def show_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.theme = theme

    def follow(self) -> None:
        """Run again from one end to the other."""
        self._path = None

    def touches(self, seen: QRectF) -> bool:
        """Whether something of it may be seen there."""
        self.path()
        return self._reach.intersects(seen)

    def path(self) -> QPainterPath:
        """From one end to the other, in canvas units."""
        if self._path is None:
            ends = self._now()
            self._path = sideways(*ends) if self.edge.kind == EDGE_HANDLER else downwards(*ends)
            reach = self._path.controlPointRect()
            self._reach = reach.adjusted(-WIDTH_PX, -WIDTH_PX, WIDTH_PX, WIDTH_PX)
        return self._path

    @property
    def colour(self) -> str:
        """In the theme."""
        return self.theme.accent if self.edge.kind == EDGE_HANDLER else self.theme.line

    def pen(self) -> QPen:
        """How it is drawn."""
        return QPen(QColor(self.colour), WIDTH_PX)

    def line(self) -> QLineF:
        """Straight from card to card: what is seen of it from far away."""
        start, end = self.source.glyph, self.target.glyph
        if self.edge.kind == EDGE_HANDLER:
            middle = start.y + start.height / 2, end.y + end.height / 2
            return QLineF(start.x + start.width, middle[0], end.x, middle[1])
        return QLineF(start.x + start.width / 2, start.y + start.height, end.x + end.width / 2, end.y)

    def area(self) -> Area:
        """A rectangle that its curve does not leave, found without the curve."""
        one, other = self.source.glyph, self.target.glyph
        left, right = min(one.x, other.x), max(one.x + one.width, other.x + other.width)
        top = min(one.y, other.y)
        bottom = max(one.y + self.source.height_px, other.y + self.target.height_px)
        bend = max(SHORTEST_BEND_PX, (right - left) / 2, (bottom - top) / 2)
        return left - bend, top - bend, right + bend, bottom + bend

    def _now(self) -> tuple[QPointF, QPointF]:
        if self.edge.kind == EDGE_HANDLER:
            start = self.source.port_place("right") or _on_edge(self.source.shown_rect, 1.0, 0.5)
            end = self.target.port_place("left") or _on_edge(self.target.shown_rect, 0.0, 0.5)
            return start, end
        return _below(self.source.shown_rect, self.target.shown_rect)


def _on_edge(rect: QRectF, along: float, down: float) -> QPointF:
    return QPointF(rect.left() + rect.width() * along, rect.top() + rect.height() * down)


def _below(source: QRectF, target: QRectF) -> tuple[QPointF, QPointF]:
    """Ends of a result link: at the same x where both cards reach it, so that the line is straight."""
    left, right = max(source.left(), target.left()), min(source.right(), target.right())
    x = (left + right) / 2
    if right - left < 24:
        return QPointF(source.center().x(), source.bottom()), QPointF(target.center().x(), target.top())
    return QPointF(x, source.bottom()), QPointF(x, target.top())
