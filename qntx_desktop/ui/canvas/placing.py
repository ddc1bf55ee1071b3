"""Where a new glyph stands so that it covers nothing. Pure, apart from Qt's rectangles."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF

from qntx_desktop.model.glyph import Canvas
from qntx_desktop.ui.canvas.geometry import GAP_PX, Box, free_place
from qntx_desktop.ui.theme import GRID_PX


def free_spot(canvas: Canvas, wanted: QRectF, avoid: Iterable[QRectF] = ()) -> QPointF:
    """The top left corner nearest to the wanted one where the rectangle covers no glyph and nothing of `avoid`.

    Glyphs count with their stored size; a view knows their shown size (`CanvasView.free_spot`).
    """
    taken = [Box(each.x, each.y, each.width, each.height) for each in canvas.glyphs.values()]
    taken += [Box(rect.x(), rect.y(), rect.width(), rect.height()) for rect in avoid]
    box = Box(wanted.x(), wanted.y(), wanted.width(), wanted.height())
    return QPointF(*free_place(box, taken, gap=GAP_PX, grid=GRID_PX))
