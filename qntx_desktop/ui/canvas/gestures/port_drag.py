"""Pulling a link out of a port: a ghost stands where the new glyph will, letting go makes it. Qt main thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from qntx_desktop.ui.canvas.gestures.base import Gesture, Pointer
from qntx_desktop.ui.canvas.ghost import Ghost, paint_ghost, paint_ghost_line
from qntx_desktop.ui.canvas.item import GlyphItem
from qntx_desktop.ui.canvas.layout import PlacedPort
from qntx_desktop.ui.canvas.routes import sideways
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import TITLE_PX

if TYPE_CHECKING:
    from qntx_desktop.ui.canvas.view import CanvasView

ASIDE_PX = 160.0
"""How far beside its glyph a new one stands when the port was only clicked."""


class PortDrag(Gesture):
    """Ends in `CanvasView.port_dropped`, after a choice where several kinds fit.

    Letting go over the own card does nothing.
    """

    cursor = Qt.CursorShape.DragLinkCursor

    def __init__(self, view: CanvasView, start: Pointer, item: GlyphItem, port: PlacedPort) -> None:
        super().__init__(view, start)
        self._item_id, self._port = item.glyph_id, port.port
        self._from = item.pos() + port.at
        self._ghost: QRectF | None = None
        view.scene_of.select([item.glyph_id])

    def drag(self, pointer: Pointer) -> None:
        """Keep the ghost at the pointer, beside whatever stands there already."""
        item = self.view.scene_of.item_of(self._item_id)
        if item is None or item.card_rect.contains(pointer.scene):
            self._ghost = None
        else:
            self._ghost = self._spot(pointer.scene - QPointF(0, TITLE_PX / 2))
        self.view.viewport().update()

    def _spot(self, wanted: QPointF) -> QRectF:
        width, height = self._port.ghost_size or self.view.kind_of(self._port.ghost_kind).default_size
        left = wanted.x() - (width if self._port.side == "left" else 0.0)
        at = self.view.free_spot(QRectF(left, wanted.y(), width, height))
        return QRectF(at.x(), at.y(), width, height)

    def released(self, pointer: Pointer) -> None:
        """Drop where the ghost stands; a click drops beside the glyph. What is not clear yet is asked there."""
        item = self.view.scene_of.item_of(self._item_id)
        if item is not None and not self.dragging:
            self.click(item)
        elif item is not None and self._ghost is not None:
            self._decide()

    def click(self, item: GlyphItem, kind: str = "") -> None:
        """Drop beside the glyph, as a glyph of this kind when one is named."""
        left = self._port.side == "left"
        beside = item.card_rect.left() - ASIDE_PX if left else item.card_rect.right() + ASIDE_PX
        self._ghost = self._spot(QPointF(beside, item.card_rect.top()))
        if kind:
            self.become(kind)
        else:
            self._decide()

    def _decide(self) -> None:
        if len(self._port.fits) > 1:
            self.view.adding.ask_what(self)
        else:
            self.become(self._port.fits[0][0] if self._port.fits else self._port.ghost_kind)

    @property
    def fits(self) -> tuple[tuple[str, str], ...]:
        """What can be pulled out of the port."""
        return self._port.fits

    @property
    def place(self) -> QPointF:
        """Where the ghost stands."""
        return self._ghost.topLeft() if self._ghost is not None else self._from

    def become(self, kind: str) -> None:
        """Let the ghost become a glyph of this kind."""
        self.view.port_dropped.emit(self._item_id, self._port.id, kind, self.place)

    def paint(self, painter: QPainter) -> None:
        """The dashed line and the ghost."""
        if self._ghost is None:
            return
        ghost = Ghost(
            symbol=self._port.ghost_symbol,
            title=self._port.ghost_title,
            hint=tr("drop to choose") if self._port.fits else tr("drop to create"),
            rect=self._ghost,
        )
        end = QPointF(self._ghost.left(), self._ghost.top() + TITLE_PX / 2)
        line = sideways(self._from, end)
        if self._port.side == "left":
            line = sideways(QPointF(self._ghost.right(), end.y()), self._from)
        paint_ghost_line(painter, line, self.view.theme)
        paint_ghost(painter, ghost, self.view.theme)
