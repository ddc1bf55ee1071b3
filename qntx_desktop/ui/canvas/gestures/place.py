"""Putting a new glyph down: after a click on the rail, or while dragging from it. Qt main thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from qntx_desktop.ui.canvas.geometry import snapped
from qntx_desktop.ui.canvas.ghost import Ghost, paint_ghost
from qntx_desktop.ui.glyphs.kind import GlyphKind
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import GRID_PX, TITLE_PX

if TYPE_CHECKING:
    from qntx_desktop.ui.canvas.view import CanvasView

HOLD_PX = 24.0
"""The ghost hangs at the pointer by this point of its title row."""


class Placing:
    """A ghost follows the pointer until it is put down or given up."""

    def __init__(self, view: CanvasView, kind: GlyphKind, hint: str = tr("click to place")) -> None:
        self.view, self.kind, self._hint = view, kind, hint
        self._at: QPointF | None = None

    def moved(self, point: QPointF) -> None:
        """The pointer is over this point of the canvas."""
        self._at = self.spot(point)
        self.view.viewport().update()

    def spot(self, point: QPointF) -> QPointF:
        """Top left corner of the glyph that is put down with the pointer there."""
        return QPointF(snapped(point.x() - HOLD_PX, GRID_PX), snapped(point.y() - TITLE_PX / 2, GRID_PX))

    def put(self, point: QPointF) -> int:
        """Put the glyph down; returns its id."""
        return self.view.add_glyph(self.kind.name, self.spot(point))

    def paint(self, painter: QPainter) -> None:
        """The ghost, once the pointer is known."""
        if self._at is None:
            return
        rect = QRectF(self._at.x(), self._at.y(), *self.kind.default_size)
        ghost = Ghost(symbol=self.kind.symbol, title=self.kind.label, hint=self._hint, rect=rect)
        paint_ghost(painter, ghost, self.view.theme)
