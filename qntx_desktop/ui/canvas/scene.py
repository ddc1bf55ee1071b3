"""The scene: one item per glyph and edge, following the document. It edits nothing.

Qt main thread. Its items are none of Qt's: the view paints them, finds them by `cells`, and tells screen readers.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from operator import attrgetter

from PySide6.QtCore import QObject, QPointF, QRectF, QTimer, Signal
from PySide6.QtWidgets import QGraphicsScene

from qntx_desktop.model.diff import CanvasDiff
from qntx_desktop.model.glyph import EDGE_HANDLER, Edge, Glyph
from qntx_desktop.ui.canvas.card import Look
from qntx_desktop.ui.canvas.carried import Carried
from qntx_desktop.ui.canvas.cells import Cells
from qntx_desktop.ui.canvas.document import Document
from qntx_desktop.ui.canvas.edges import EdgeItem
from qntx_desktop.ui.canvas.far import FarView
from qntx_desktop.ui.canvas.geometry import Box
from qntx_desktop.ui.canvas.item import MARGIN_PX, GlyphItem
from qntx_desktop.ui.canvas.pixmaps import PixmapStore
from qntx_desktop.ui.canvas.wayfinder import Wayfinder
from qntx_desktop.ui.collector import set_aside, uncollected
from qntx_desktop.ui.glyphs.kind import GlyphKind
from qntx_desktop.ui.glyphs.live import Live
from qntx_desktop.ui.theme import Theme

KindOf = Callable[[str], GlyphKind]
"""Finds the kind by name; must answer for unknown names too (a placeholder kind)."""
_ORDER = attrgetter("order")
MANY = 1_000
"""What so many glyphs are made of is kept from the cycle collector; they are freed without it when they go."""
AHEAD_MS = 20
"""While a canvas is new, the look from far away is made ready this often, a few milliseconds each time."""


class CanvasScene(QGraphicsScene):
    """Mirrors a `Document`.

    Signals:
        selection_changed: The set of selected glyph ids is another.
        live_shown(glyph id): A card shows other facts.
    """

    selection_changed = Signal()
    live_shown = Signal(int)

    def __init__(
        self, document: Document, kind_of: KindOf, theme: Theme, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.document, self._kind_of, self.theme = document, kind_of, theme
        self.pixmaps = PixmapStore()
        self.far = FarView(self)
        self.items_by_id: dict[int, GlyphItem] = {}
        self._frames: set[int] = set()
        self._edges: dict[int, EdgeItem] = {}
        self._places, self._ways = Cells(), Cells()
        self.wayfinder = Wayfinder(self, self._places, self._ways)
        self._touching: dict[int, set[int]] = {}
        self._changed: dict[int, None] = {}
        self._shown: tuple[object, list[GlyphItem]] | None = None
        self._shown_ways: tuple[object, list[EdgeItem]] | None = None
        self.carried = Carried(self)
        self._selected: set[int] = set()
        self._focus_id: int | None = None
        self._hover: tuple[int, str] | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.repaint)
        self._ahead = QTimer(self)
        self._ahead.setInterval(AHEAD_MS)
        self._ahead.timeout.connect(self._prepare)
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.setSceneRect(QRectF(-1_000_000, -1_000_000, 2_000_000, 2_000_000))
        document.changed.connect(self._mirror)
        document.reset.connect(self._rebuild)
        self._rebuild()

    def repaint(self) -> None:
        """Ask for a frame. Not by `update` of the scene or an item: the views paint by themselves."""
        for view in self.views():
            view.viewport().update()

    def repaint_later(self) -> None:
        """Paint once more when this frame is out."""
        self._later.start()

    def _prepare(self) -> None:
        if self.far.prepare():
            self._ahead.stop()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self.theme = theme
        self.pixmaps.clear()
        for edge in self._edges.values():
            edge.show_theme(theme)
        self.repaint()

    def item_of(self, glyph_id: int) -> GlyphItem | None:
        """The item of a glyph."""
        return self.items_by_id.get(glyph_id)

    def set_live(self, glyph_id: int, live: Live) -> None:
        """Show new facts about a glyph; unknown ids are ignored, the glyph may just have been deleted."""
        item = self.items_by_id.get(glyph_id)
        if item is None:
            return
        if item.show_live(live):
            self.far.note_state(glyph_id)
            if not self._changed:
                self.repaint()
            self._changed[glyph_id] = None
        self.live_shown.emit(glyph_id)

    @property
    def changing(self) -> bool:
        """Whether cards show other facts than in the last frame."""
        return bool(self._changed)

    def settle(self, most_s: float = math.inf) -> bool:
        """Have what shows other facts cover what it covers by them; False when time was short.

        Hundreds of cards may change between two frames, and again before anybody looked: so it is found out for a
        frame, those that wait longest first, or when somebody asks what lies where.
        """
        ends_s, moved = time.perf_counter() + most_s, list[int]()
        while self._changed:
            key = next(iter(self._changed))
            del self._changed[key]
            item = self.items_by_id.get(key)
            if item is not None and item.reshaped():
                moved.append(key)
            if time.perf_counter() > ends_s:
                break
        if moved:
            self._moved(moved)
        return not self._changed

    def live_of(self, glyph_id: int) -> Live | None:
        """The facts a glyph shows now."""
        item = self.items_by_id.get(glyph_id)
        return item.live if item else None

    @property
    def selection(self) -> frozenset[int]:
        """Ids of the selected glyphs."""
        return frozenset(self._selected)

    def select(self, glyph_ids: Iterable[int]) -> None:
        """Select exactly these."""
        wanted = {key for key in glyph_ids if key in self.items_by_id}
        if wanted == self._selected:
            return
        changed = wanted ^ self._selected
        self._selected = wanted
        self._show_looks(changed)
        self.selection_changed.emit()

    def set_hover(self, glyph_id: int | None, part: str = "") -> None:
        """Show which part of which glyph lies under the pointer."""
        new = None if glyph_id is None else (glyph_id, part)
        old, self._hover = self._hover, new
        if old != new:
            self._show_looks({pair[0] for pair in (old, new) if pair})

    def set_focus_glyph(self, glyph_id: int | None) -> None:
        """Show which glyph the keyboard is at (None: focus is elsewhere)."""
        old, self._focus_id = self._focus_id, glyph_id
        if old != glyph_id:
            self._show_looks({key for key in (old, glyph_id) if key is not None})

    def _show_looks(self, keys: Iterable[int]) -> None:
        for key in keys:
            item = self.items_by_id.get(key)
            if item is not None:
                hover = self._hover[1] if self._hover and self._hover[0] == key else ""
                chosen, focused = key in self._selected, key == self._focus_id
                item.show_look(Look(selected=chosen, focused=focused, hover=hover, linked=self._linked(key)))

    def glyph_at(self, point: QPointF) -> GlyphItem | None:
        """The topmost glyph whose card or port lies there; cards win over ports of cards below."""
        return next(iter(self.glyphs_at(point)), None)

    def glyphs_at(self, point: QPointF) -> list[GlyphItem]:
        """All glyphs whose card or port lies there, topmost first."""
        found = self.glyphs_in(QRectF(point, point))
        return [item for item in reversed(found) if item.shape().contains(point - item.pos())]

    def glyphs_in(self, area: QRectF) -> list[GlyphItem]:
        """The glyphs whose painted area touches a rectangle, lowest first."""
        self.settle()
        return self._found_in(area)

    def _found_in(self, area: QRectF) -> list[GlyphItem]:
        keys = self._places.near(area.left(), area.top(), area.right(), area.bottom())
        return sorted((self.items_by_id[key] for key in keys), key=_ORDER)

    def shown_in(self, area: QRectF) -> Sequence[GlyphItem]:
        """The glyphs that are painted in a rectangle, lowest first; what is carried lies over all others."""
        if not self.carried.items:
            asked = area, self._places.version
            if self._shown is None or self._shown[0] != asked:
                self._shown = asked, self._found_in(area)
            return self._shown[1]
        found = self._found_in(area)
        there = self._found_in(area.translated(-self.carried.way))
        carried = self.carried.items
        return [item for item in found if item.glyph.id not in carried] + [
            item for item in there if item.glyph.id in carried
        ]

    def glyphs_near(self, point: QPointF, reach: float) -> list[GlyphItem]:
        """The glyphs whose painted area lies within `reach` of a point, topmost first."""
        area = QRectF(point.x() - reach, point.y() - reach, 2 * reach, 2 * reach)
        return self.glyphs_in(area)[::-1]

    def ways_in(self, area: QRectF, *, carried: bool = False) -> Sequence[EdgeItem]:
        """The links that may be seen in a rectangle, oldest first.

        Args:
            carried: Those between two cards that are carried, where they were before; else all others.
        """
        asked = area, self._ways.version, self.carried.ways, carried
        if self._shown_ways is None or self._shown_ways[0] != asked:
            keys: Iterable[int] = self._ways.near(area.left(), area.top(), area.right(), area.bottom())
            if carried:
                keys = self.carried.ways.intersection(keys)
            elif self.carried.ways:
                keys = set(keys).difference(self.carried.ways)
            self._shown_ways = asked, [self._edges[key] for key in sorted(keys)]
        return self._shown_ways[1]

    def ways_of(self, keys: Iterable[int]) -> set[int]:
        """The links that touch one of these glyphs."""
        return {edge for glyph_id in keys for edge in self._touching.get(glyph_id, ())}

    def edge_of(self, key: int) -> EdgeItem | None:
        """The link with this id."""
        return self._edges.get(key)

    @property
    def edge_items(self) -> tuple[EdgeItem, ...]:
        """The links as they are shown."""
        return tuple(self._edges.values())

    def frames(self) -> list[GlyphItem]:
        """The frames, lowest first."""
        found = [self.items_by_id[key] for key in self._frames]
        return sorted(found, key=_ORDER)

    def inside(self, frame: Glyph) -> tuple[int, ...]:
        """The glyphs that stand in a frame whole."""
        area = QRectF(frame.x, frame.y, frame.width, frame.height)
        found = self.items_by_id.items()
        return tuple(key for key, item in found if key != frame.id and area.contains(item.card_rect))

    def extent(self) -> Box | None:
        """The rectangle around all cards and frames; None on an empty canvas."""
        self.settle()
        area = self._places.extent()
        if area is None:
            return None
        left, top, right, bottom = area
        return Box(left + MARGIN_PX, top + MARGIN_PX, right - left - 2 * MARGIN_PX, bottom - top - 2 * MARGIN_PX)

    def boxes(self, without: Iterable[int] = (), *, frames: bool = True) -> dict[int, Box]:
        """The cards as they are shown now; frames are no obstacle for what stands on them."""
        left_out = set(without)
        return {
            key: Box(item.glyph.x, item.glyph.y, item.glyph.width, item.height_px)
            for key, item in self.items_by_id.items()
            if key not in left_out and (frames or not item.is_frame)
        }

    def _mirror(self, diff: CanvasDiff) -> None:
        for key in diff.edges_removed:
            self._drop_edge(key)
        self.wayfinder.stir(diff.removed)
        for key in diff.removed:
            self._drop_glyph(key)
        for glyph in diff.added.values():
            self._add_glyph(glyph)
        self.wayfinder.stir(diff.added)
        self.far.note((*diff.added, *diff.removed))
        for key, (_old, new) in diff.updated.items():
            if key in self.items_by_id:
                self.items_by_id[key].show_glyph(new)
        for edge in diff.edges_added.values():
            self._add_edge(edge)
            self._show_looks((edge.source_id, edge.target_id))
        self._moved([key for key in diff.updated if key in self.items_by_id])
        gone = self._selected - self.items_by_id.keys()
        if gone:
            self.select(self._selected - gone)

    def _rebuild(self) -> None:
        self.far.forget()
        self.wayfinder.forget()
        self.carried.put_down()
        self.pixmaps.clear()
        self._places.clear()
        self._ways.clear()
        self.items_by_id, self._edges, self._touching = {}, {}, {}
        self._frames, self._focus_id = set(), None
        self._changed.clear()
        canvas = self.document.canvas
        with uncollected():
            for glyph in canvas.glyphs.values():
                self._add_glyph(glyph)
            for edge in canvas.edges.values():
                self._add_edge(edge)
            for key in self._touching:
                if sides := self._linked(key):
                    self.items_by_id[key].look = Look(linked=sides)
        if len(self.items_by_id) > MANY:
            set_aside()
        self._ahead.start()
        if self._selected:
            self._selected = set()
            self.selection_changed.emit()

    def _add_glyph(self, glyph: Glyph) -> None:
        item = GlyphItem(self, self._kind_of(glyph.kind), glyph)
        self.items_by_id[glyph.id] = item
        if item.is_frame:
            self._frames.add(glyph.id)
        self._places.put(glyph.id, *item.area)

    def _drop_glyph(self, key: int) -> None:
        self.items_by_id.pop(key, None)
        self._frames.discard(key)
        self._places.drop(key)
        self.pixmaps.drop(key)
        if self._focus_id == key:
            self._focus_id = None

    def _add_edge(self, edge: Edge) -> None:
        source, target = self.items_by_id.get(edge.source_id), self.items_by_id.get(edge.target_id)
        if source is None or target is None:
            return
        item = EdgeItem(edge, source, target, self.theme)
        self._edges[edge.id] = item
        self._ways.put(edge.id, *item.area())
        self.far.note_links((edge.id,))
        for end in (edge.source_id, edge.target_id):
            self._touching.setdefault(end, set()).add(edge.id)

    def _drop_edge(self, key: int) -> None:
        item = self._edges.pop(key, None)
        self._ways.drop(key)
        self.far.note_links((key,))
        if item is not None:
            for end in (item.edge.source_id, item.edge.target_id):
                self._touching[end].discard(key)
            self._show_looks((item.edge.source_id, item.edge.target_id))

    def _linked(self, glyph_id: int) -> frozenset[str]:
        """The sides of a glyph where handler links are."""
        edges = [self._edges[key].edge for key in self._touching.get(glyph_id, ())]
        links = [edge for edge in edges if edge.kind == EDGE_HANDLER]
        return frozenset("right" if edge.source_id == glyph_id else "left" for edge in links)

    def _moved(self, keys: Collection[int]) -> None:
        """These glyphs stand elsewhere, or look otherwise."""
        self.wayfinder.stir(keys)
        for key in keys:
            self._places.put(key, *self.items_by_id[key].area)
        self.far.note(keys)
        self.follow_edges(keys)

    def follow_edges(self, keys: Iterable[int] | Mapping[int, object]) -> None:
        """Draw the links of these glyphs again from end to end."""
        self.follow_ways(self.ways_of(keys))

    def follow_ways(self, ways: Collection[int]) -> None:
        """Draw these links again from end to end."""
        for key in ways:
            if (edge := self._edges.get(key)) is not None:
                edge.follow()
                self._ways.put(key, *edge.area())
        self.far.note_links(ways)
