"""The links between glyphs, painted. Qt main thread.

A handler link runs in the accent colour from the IX glyph's port to the Python glyph's; other links in the colour
of lines, from the side of a card that faces what came out of it.
"""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QPainterPath, QPen, QTransform

from qntx_desktop.model.glyph import EDGE_FROM, EDGE_HANDLER, Edge
from qntx_desktop.ui.canvas.cells import Area
from qntx_desktop.ui.canvas.item import GlyphItem
from qntx_desktop.ui.canvas.routes import SHORTEST_BEND_PX, between, sideways
from qntx_desktop.ui.theme import Theme

WIDTH_PX = 2.0
FEW_PIECES, WHOLE_SIZE = QTransform.fromScale(0.25, 0.25), QTransform.fromScale(4, 4)
"""A curve in no more straight pieces than are seen where links are hairlines, and back to canvas units."""


class EdgeItem:
    """Mirrors one edge of the document. Its path is made when it is first asked for: most links are never seen.

    No item of Qt: links are painted by the view, and neither pressed nor read out by themselves.
    """

    __slots__ = (
        "_at",
        "_beside",
        "_lines",
        "_path",
        "_reach",
        "_stale",
        "edge",
        "prominent",
        "routed",
        "source",
        "target",
        "theme",
    )

    def __init__(self, edge: Edge, source: GlyphItem, target: GlyphItem, theme: Theme) -> None:
        self.edge, self.source, self.target, self.theme = edge, source, target, theme
        self.prominent = edge.kind == EDGE_HANDLER
        """Whether it is drawn in the accent colour."""
        self._path: QPainterPath | None = None
        self._lines: list[QLineF] | None = None
        self._stale = False
        self._beside = 0.0
        self.routed = False
        """Whether its way was looked for; the plain way is there at once."""
        self._at: tuple[tuple[object, ...], float, float] = ((), 0.0, 0.0)
        self._reach: QRectF

    def show_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.theme = theme

    def follow(self) -> None:
        """Run again from one end to the other."""
        self._stale = True

    def touches(self, seen: QRectF) -> bool:
        """Whether something of it may be seen there."""
        self.path()
        return self._reach.intersects(seen)

    def path(self) -> QPainterPath:
        """From one end to the other, in canvas units."""
        if self._path is None or (self._stale and not self._carry(self._path)):
            self._take(self._now())
            self._at = self._anchor()
            self.routed, self._beside = False, 0.0
        self._stale = False
        assert self._path is not None
        return self._path

    def _take(self, path: QPainterPath) -> None:
        reach = path.controlPointRect()
        self._path, self._lines = path, None
        self._reach = reach.adjusted(-WIDTH_PX, -WIDTH_PX, WIDTH_PX, WIDTH_PX)

    def go(self, path: QPainterPath | None) -> None:
        """Take the way that was found; None: the plain one is good."""
        self.routed = True
        if path is not None:
            left, top, right, bottom = self.area()
            self._take(path)
            reach = self._reach
            beyond = (left - reach.left(), top - reach.top(), reach.right() - right, reach.bottom() - bottom)
            self._beside = max(0.0, *beyond)

    def look_again(self) -> None:
        """Something lies elsewhere: take the plain way until another one is found."""
        self._path, self.routed, self._beside = None, False, 0.0

    def _anchor(self) -> tuple[tuple[object, ...], float, float]:
        """All that the shape of the path hangs on, and where it is."""
        (x, y), (end_x, end_y) = self._corners()
        return (self.source.serial, self.target.serial, (end_x - x, end_y - y)), x, y

    def _corners(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Where its cards are painted, but for what both have in common."""
        one, other = self.source, self.target
        if one.drift is other.drift:
            return (one.glyph.x, one.glyph.y), (other.glyph.x, other.glyph.y)
        return (
            (one.glyph.x + one.drift.x(), one.glyph.y + one.drift.y()),
            (other.glyph.x + other.drift.x(), other.glyph.y + other.drift.y()),
        )

    def _carry(self, path: QPainterPath) -> bool:
        """Move the path as it is when both cards moved together, as in a drag of many; False when they did not."""
        shape, x, y = self._anchor()
        if shape != self._at[0]:
            return False
        path.translate(x - self._at[1], y - self._at[2])
        self._reach.translate(x - self._at[1], y - self._at[2])
        self._at = (shape, x, y)
        self._lines = None
        return True

    def lines(self) -> list[QLineF]:
        """The same way in straight pieces, for hairlines: all links of a frame go into one call."""
        if self._stale or self._path is None or self._lines is None:
            pieces = self.path().toSubpathPolygons(FEW_PIECES)[0]
            self._lines = [QLineF(one, other) for one, other in pairwise(WHOLE_SIZE.map(pieces).toList())]
        return self._lines

    @property
    def colour(self) -> str:
        """In the theme."""
        return self.theme.accent if self.prominent else self.theme.line

    def pen(self) -> QPen:
        """How it is drawn."""
        return QPen(QColor(self.colour), WIDTH_PX)

    def line(self) -> QLineF:
        """Straight from card to card: what is seen of it from far away."""
        start, end = self.source.glyph, self.target.glyph
        (x, y), (end_x, end_y) = self._corners()
        if self.prominent:
            return QLineF(x + start.width, y + start.height / 2, end_x, end_y + end.height / 2)
        return QLineF(x + start.width / 2, y + start.height, end_x + end.width / 2, end_y)

    def area(self) -> Area:
        """A rectangle that its curve does not leave, found without the curve."""
        (x, y), (end_x, end_y) = self._corners()
        left, right = min(x, end_x), max(x + self.source.glyph.width, end_x + self.target.glyph.width)
        top, bottom = min(y, end_y), max(y + self.source.height_px, end_y + self.target.height_px)
        bend = max(SHORTEST_BEND_PX, (right - left) / 2, (bottom - top) / 2) + self._beside
        return left - bend, top - bend, right + bend, bottom + bend

    def _now(self) -> QPainterPath:
        source, target = (
            QRectF(x, y, item.glyph.width, item.height_px)
            for (x, y), item in zip(self._corners(), (self.source, self.target), strict=True)
        )
        port = self.source.port_at("right")
        if self.prominent:
            other = self.target.port_at("left")
            start = source.topLeft() + port if port is not None else _on_edge(source, 1.0, 0.5)
            end = target.topLeft() + other if other is not None else _on_edge(target, 0.0, 0.5)
            return sideways(start, end)
        begins = source.topLeft() + port if port is not None and self.edge.kind == EDGE_FROM else None
        return between(source, target, begins)

    def port(self) -> QPointF | None:
        """Where on the right of its source it begins when it goes there; None: at the title row."""
        at = self.source.port_at("right") if self.edge.kind == EDGE_FROM else None
        return None if at is None else self.source.pos() + at


def _on_edge(rect: QRectF, along: float, down: float) -> QPointF:
    return QPointF(rect.left() + rect.width() * along, rect.top() + rect.height() * down)
