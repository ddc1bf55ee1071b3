"""Glyphs that are being dragged: seen elsewhere, while nothing of the canvas changes yet. Qt main thread.

They move as one: each frame costs one offset for all of them, and the links from them to cards that stay. What is
put down becomes one edit of the document.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from qntx_desktop.ui.canvas.item import NOWHERE, GlyphItem

if TYPE_CHECKING:
    from qntx_desktop.ui.canvas.scene import CanvasScene


class Carried:
    """What is carried on one scene, and how far."""

    def __init__(self, scene: CanvasScene) -> None:
        self._scene = scene
        self.items: dict[int, GlyphItem] = {}
        self.way = NOWHERE
        """From where they stand to where they are seen, canvas units; the same object as the drift of each."""
        self.ways: frozenset[int] = frozenset()
        """The links between two of them."""
        self._outward: frozenset[int] = frozenset()

    def pick_up(self, keys: Collection[int]) -> None:
        """Carry these glyphs from now on."""
        self.put_down()
        items = self._scene.items_by_id
        self.items = {key: items[key] for key in keys if key in items}
        touching = self._scene.ways_of(self.items)
        edges = {key: edge.edge for key in touching if (edge := self._scene.edge_of(key)) is not None}
        self.ways = frozenset(
            key for key, edge in edges.items() if edge.source_id in self.items and edge.target_id in self.items
        )
        self._outward = frozenset(edges) - self.ways

    def move(self, dx: float, dy: float) -> None:
        """Show them so far from where they stand."""
        self.way = QPointF(dx, dy)
        self._drift(self.way)

    def put_down(self) -> None:
        """Show them where they stand."""
        if self.items:
            self._drift(NOWHERE)
            self.items, self.way = {}, NOWHERE
            self.ways = self._outward = frozenset()

    def _drift(self, way: QPointF) -> None:
        for item in self.items.values():
            item.drift = way
        self._scene.follow_ways(self._outward)
        self._scene.repaint()
