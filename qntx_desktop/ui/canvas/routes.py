"""The ways of links: from which side of a card to which side of another, so that few run below cards between them.

Qt main thread; plain geometry.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

from qntx_desktop.ui.theme import TITLE_PX

SHORTEST_BEND_PX = 32.0
CORNER_PX = 20.0
SHARED_PX = 24.0
"""Cards that share at least this width are joined by a straight line."""


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


def elbow(start: QPointF, end: QPointF) -> QPainterPath:
    """Upright first, then level, with a round corner: along the gaps between columns and rows."""
    corner = QPointF(start.x(), end.y())
    across, down = end.x() - start.x(), end.y() - start.y()
    bend = min(CORNER_PX, abs(across), abs(down))
    path = QPainterPath(start)
    path.lineTo(corner - QPointF(0, bend if down > 0 else -bend))
    path.quadTo(corner, corner + QPointF(bend if across > 0 else -bend, 0))
    path.lineTo(end)
    return path


def between(source: QRectF, target: QRectF, port: QPointF | None = None) -> QPainterPath:
    """The way from a card to what came out of it.

    Args:
        port: Where on the right edge of the source a link begins that goes to the right; None: at its title row.
    """
    shared = min(source.right(), target.right()) - max(source.left(), target.left())
    below = target.top() >= source.bottom()
    if shared >= SHARED_PX or not (target.left() >= source.right() or target.right() <= source.left()):
        return _upright(source, target, shared)
    level = target.top() + TITLE_PX / 2
    on_right = target.left() >= source.right()
    end = QPointF(target.left() if on_right else target.right(), level)
    if below and port is None:
        return elbow(QPointF(source.center().x(), source.bottom()), end)
    if on_right:
        return sideways(port or QPointF(source.right(), source.top() + TITLE_PX / 2), end)
    return sideways(end, QPointF(source.left(), source.top() + TITLE_PX / 2)).toReversed()


def _upright(source: QRectF, target: QRectF, shared: float) -> QPainterPath:
    """At the same x where both cards reach it, so that the line is straight; from above when it stands above."""
    start_x, end_x = source.center().x(), target.center().x()
    if shared >= SHARED_PX:
        start_x = end_x = max(source.left(), target.left()) + shared / 2
    if target.bottom() <= source.top():
        return downwards(QPointF(end_x, target.bottom()), QPointF(start_x, source.top())).toReversed()
    return downwards(QPointF(start_x, source.bottom()), QPointF(end_x, target.top()))
