"""Which gesture a press begins, what hovering shows, which keys are held. Qt main thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent

from qntx_desktop.model.marks import is_compact
from qntx_desktop.ui.canvas.gestures.base import Gesture, Pointer
from qntx_desktop.ui.canvas.gestures.marquee import Marquee
from qntx_desktop.ui.canvas.gestures.move import Move
from qntx_desktop.ui.canvas.gestures.pan import Pan
from qntx_desktop.ui.canvas.gestures.port_drag import PortDrag
from qntx_desktop.ui.canvas.gestures.press import Press
from qntx_desktop.ui.canvas.gestures.resize import Resize, edges_at, resize_cursor
from qntx_desktop.ui.canvas.item import GlyphItem
from qntx_desktop.ui.canvas.layout import PlacedPort

if TYPE_CHECKING:
    from qntx_desktop.ui.canvas.view import CanvasView

_LEFT, _MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
CARD = "card"
"""Hover without a part: the pointer is over the card."""


class Hands:
    """The pointer on the canvas: at most one gesture at a time."""

    def __init__(self, view: CanvasView) -> None:
        self._view = view
        self.gesture: Gesture | None = None
        self._button = Qt.MouseButton.NoButton
        self._space = False

    def pointer(self, event: QMouseEvent) -> Pointer:
        """Where the event is."""
        place = event.position()
        return Pointer(view=place, scene=self._view.to_scene(place), modifiers=event.modifiers())

    def hold_space(self, held: bool) -> None:
        """Space makes the left button pan."""
        self._space = held
        if self.gesture is None:
            self._show_cursor(Qt.CursorShape.OpenHandCursor if held else None)

    def press(self, event: QMouseEvent) -> None:
        """Begin the gesture that fits."""
        if self.gesture is not None or event.button() not in (_LEFT, _MIDDLE):
            return
        start = self.pointer(event)
        self._button = event.button()
        if event.button() == _MIDDLE or self._space:
            self.gesture = Pan(self._view, start)
        else:
            self.gesture = self._gesture_at(start)
        if self.gesture.cursor is not None and not isinstance(self.gesture, Move):
            self._show_cursor(self.gesture.cursor)

    def _gesture_at(self, start: Pointer) -> Gesture:
        view = self._view
        port_of, edge_of = self.port_at(start.scene), self._edges_at(start.scene)
        if port_of is not None:
            return PortDrag(view, start, *port_of)
        item = view.scene_of.glyph_at(start.scene)
        if item is not None and item.card_rect.contains(start.scene):
            part = view.part_at(item, start.scene)
            if part:
                return Press(view, start, item, part)
        if edge_of is not None:
            return Resize(view, start, *edge_of)
        if item is not None and item.card_rect.contains(start.scene):
            return Move(view, start, item)
        return Marquee(view, start)

    def port_at(self, point: QPointF) -> tuple[GlyphItem, PlacedPort] | None:
        """The port there that can be pulled or pressed, and whose it is."""
        for item in self._view.scene_of.glyphs_at(point):
            port = item.layout.port_at(point - item.pos())
            if port is not None and port.port.drags:
                return item, port
            if item.card_rect.contains(point):
                return None
        return None

    def _edges_at(self, point: QPointF) -> tuple[GlyphItem, str] | None:
        reach = 8.0 / self._view.zoom
        for item in self._view.scene_of.glyphs_near(point, reach):
            edges = edges_at(item.card_rect, point, self._view.zoom)
            if is_compact(item.glyph):  # as high as its title row
                edges = edges.strip("tb")
            if edges:
                return item, edges
            if item.card_rect.contains(point):
                return None
        return None

    def move(self, event: QMouseEvent) -> None:
        """Follow with the gesture, or show what lies under the pointer."""
        pointer = self.pointer(event)
        if self.gesture is None:
            self.hover(pointer.scene)
            return
        was_dragging = self.gesture.dragging
        self.gesture.moved(pointer)
        if self.gesture.dragging and not was_dragging and self.gesture.cursor is not None:
            self._show_cursor(self.gesture.cursor)
        self._view.viewport().update()

    def release(self, event: QMouseEvent) -> None:
        """End the gesture."""
        if event.button() != self._button or self.gesture is None:
            return
        gesture, self.gesture = self.gesture, None
        pointer = self.pointer(event)
        self._show_cursor(Qt.CursorShape.OpenHandCursor if self._space else None)
        gesture.released(pointer)
        self.hover(pointer.scene)
        self._view.viewport().update()

    def cancel(self) -> bool:
        """Take the gesture back; False when there is none."""
        gesture, self.gesture = self.gesture, None
        if gesture is None:
            return False
        gesture.cancelled()
        self._show_cursor(None)
        self._view.viewport().update()
        return True

    def hover(self, point: QPointF) -> None:
        """Show which part lies under the pointer, and what pressing there would do."""
        view = self._view
        found = self.port_at(point)
        if found is not None:
            view.scene_of.set_hover(found[0].glyph_id, f"port:{found[1].port.id}")
            self._show_cursor(Qt.CursorShape.PointingHandCursor)
            return
        item = view.scene_of.glyph_at(point)
        inside = item is not None and item.card_rect.contains(point)
        part = view.part_at(item, point) if item is not None and inside else ""
        view.scene_of.set_hover(item.glyph_id if item is not None and inside else None, part or CARD)
        edges = None if part else self._edges_at(point)
        if self._space:
            self._show_cursor(Qt.CursorShape.OpenHandCursor)
        elif part and item is not None:
            spot = next((each for each in item.layout.hotspots if each.id == part), None)
            text = spot is not None and spot.role == "field"
            self._show_cursor(Qt.CursorShape.IBeamCursor if text else Qt.CursorShape.PointingHandCursor)
        else:
            self._show_cursor(resize_cursor(edges[1]) if edges else None)

    def _show_cursor(self, shape: Qt.CursorShape | None) -> None:
        port = self._view.viewport()
        if shape is None:
            port.unsetCursor()
        elif port.cursor().shape() != shape:
            port.setCursor(shape)
