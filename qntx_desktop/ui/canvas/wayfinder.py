"""Sends links around cards: a little in each frame, and again where cards came, went or moved.

Qt main thread. A way that was found is kept until a card near it is another one. While many cards move at once,
links take their plain ways; when the cards rest, the ways are looked for again.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from qntx_desktop.model.glyph import EDGE_HANDLER
from qntx_desktop.ui.canvas.cells import Area, Cells
from qntx_desktop.ui.canvas.detours import (
    TOUCH_PX,
    Way,
    around,
    flat,
    from_card_to_card,
    from_port_to_port,
    is_free,
)
from qntx_desktop.ui.canvas.edges import EdgeItem
from qntx_desktop.ui.canvas.geometry import Box
from qntx_desktop.ui.canvas.item import NOWHERE, GlyphItem

if TYPE_CHECKING:
    from PySide6.QtGui import QPainterPath

    from qntx_desktop.ui.canvas.scene import CanvasScene

FRAME_S = 0.001
"""How long looking for ways may hold up one frame."""
REST_MS = 150
"""Cards rest when none has moved for so long."""
BESIDE_PX = 240.0
"""How far beside its plain way a link may go."""
MOST_CARDS = 60
"""Where more cards than these lie about, a link keeps its plain way."""
FEW = 20
"""Links of so many cards find their ways while these move."""


class Wayfinder(QObject):
    """Works for one scene."""

    def __init__(self, scene: CanvasScene, places: Cells, ways: Cells) -> None:
        super().__init__(scene)
        self._scene, self._places, self._ways = scene, places, ways
        self._stirred: dict[int, Area] = {}
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._settle)

    def forget(self) -> None:
        """Another canvas is shown."""
        self._stirred.clear()
        self._rest.stop()

    def stir(self, keys: Iterable[int]) -> None:
        """These cards come, go or move; called before they do and after they came."""
        for key in keys:
            if key not in self._stirred and (area := self._places.area_of(key)) is not None:
                self._stirred[key] = area
        self._rest.start()

    def route(self, edges: Iterable[EdgeItem], most_s: float = FRAME_S) -> bool:
        """Look for ways of links that have not got theirs yet; False when time was short."""
        waiting = [edge for edge in edges if not edge.routed]
        if not waiting or len(self._stirred) > FEW:
            return True
        ends_s = time.perf_counter() + most_s
        for edge in waiting:
            if edge.source.drift is not NOWHERE or edge.target.drift is not NOWHERE:
                continue
            edge.go(self._found(edge))
            self._ways.put(edge.edge.id, *edge.area())
            if time.perf_counter() > ends_s:
                return edge is waiting[-1]
        return True

    def _found(self, edge: EdgeItem) -> QPainterPath | None:
        """A way around what the plain way runs below; None: the plain one."""
        path = edge.path()
        reach = path.controlPointRect()
        plain = (reach.left(), reach.top(), reach.right(), reach.bottom())
        ends, linked = [_box(edge.source), _box(edge.target)], edge.edge.kind == EDGE_HANDLER
        below = self._cards(edge, plain)
        below += ends if linked else []  # a port leads away from its own card, too
        if not below or is_free(flat(path), below, -TOUCH_PX):
            return None
        wide = (plain[0] - BESIDE_PX, plain[1] - BESIDE_PX, plain[2] + BESIDE_PX, plain[3] + BESIDE_PX)
        cards = self._cards(edge, wide)
        if len(cards) > MOST_CARDS:
            return None
        start, end = path.elementAt(0), path.currentPosition()
        if linked:
            ways = from_port_to_port((start.x, start.y), (end.x(), end.y()), ends, cards)
        else:
            port = edge.port()
            ways = from_card_to_card(ends[0], ends[1], cards, port.y() if port is not None else None)
        return around((way for way in ways if _within(way, wide)), ends, cards)

    def _cards(self, edge: EdgeItem, area: Area) -> list[Box]:
        """The cards that touch an area, without those at the ends of a link."""
        own = (edge.source, edge.target)
        found = (self._scene.items_by_id[key] for key in self._places.near(*area))
        boxes = [_box(item) for item in found if not item.is_frame and item not in own]
        return [box for box in boxes if _touches(box, area)]

    def _settle(self) -> None:
        """Cards rest: links near where they were and are look for their ways again."""
        areas = list(self._stirred.values())
        areas += [area for key in self._stirred if (area := self._places.area_of(key)) is not None]
        self._stirred.clear()
        if len(areas) > 2 * FEW:
            lefts, tops, rights, bottoms = zip(*areas, strict=True)
            areas = [(min(lefts), min(tops), max(rights), max(bottoms))]
        for key in {key for area in areas for key in self._ways.near(*area)}:
            edge = self._scene.edge_of(key)
            if edge is not None:
                edge.look_again()
        if areas:
            self._scene.repaint()


def _box(item: GlyphItem) -> Box:
    return Box(item.glyph.x, item.glyph.y, item.glyph.width, item.height_px)


def _touches(box: Box, area: Area) -> bool:
    return box.x < area[2] and box.right > area[0] and box.y < area[3] and box.bottom > area[1]


def _within(way: Way, area: Area) -> bool:
    return all(area[0] <= x <= area[2] and area[1] <= y <= area[3] for x, y in way)
