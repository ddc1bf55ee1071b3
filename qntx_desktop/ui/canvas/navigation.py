"""Where the view looks: panning, zooming, fitting. Changes no coordinate of any glyph. Qt main thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QTransform, QWheelEvent

from qntx_desktop.model.glyph import Viewpoint
from qntx_desktop.ui.canvas.geometry import Box, union

if TYPE_CHECKING:
    from qntx_desktop.ui.canvas.view import CanvasView

LEAST_ZOOM, MOST_ZOOM = 0.05, 4.0
FARTHEST_ZOOM = 0.002
"""A canvas that is too large for `LEAST_ZOOM` is shown whole down to this scale."""
STEP = 1.25
FIT_MARGIN_PX = 48.0
NOTCH_PX = 60.0
"""How far one notch of a wheel moves the canvas, in view pixels."""


class Navigator:
    """Moves and scales a view."""

    def __init__(self, view: CanvasView) -> None:
        self._view = view
        self.zoom = 1.0
        self.wheel_zooms = False
        """The wheel zooms without Mod, as in node editors; two fingers on a trackpad still move the canvas."""
        self._wanted: Viewpoint | None = None

    def least(self) -> float:
        """How small the canvas may be shown: no further out than where all of it is seen, or the usual least."""
        area = self.whole()
        fitting = self._fitting(area) if area is not None else LEAST_ZOOM
        return max(FARTHEST_ZOOM, min(LEAST_ZOOM, fitting, self.zoom))

    def whole(self) -> Box | None:
        """The rectangle around all glyphs as they are shown; None on an empty canvas."""
        return self._view.scene_of.extent()

    def _fitting(self, area: Box) -> float:
        """The scale at which an area fills the view, with some air."""
        port = self._view.viewport().rect()
        room_x, room_y = (max(1.0, each - 2 * FIT_MARGIN_PX) for each in (port.width(), port.height()))
        return min(room_x / max(area.width, 1.0), room_y / max(area.height, 1.0))

    def zoom_to(self, zoom: float, at: QPointF | None = None) -> None:
        """Zoom, keeping the canvas point at viewport position `at` (its middle by default) where it is."""
        view = self._view
        wanted = min(zoom, MOST_ZOOM)
        if wanted < LEAST_ZOOM:
            wanted = max(wanted, self.least())
        place = at if at is not None else QPointF(view.viewport().rect().center())
        before = view.to_scene(place)
        self.zoom = wanted
        view.setTransform(QTransform.fromScale(wanted, wanted))
        after = view.viewportTransform().map(before)
        self.pan_by(after.x() - place.x(), after.y() - place.y())
        view.looked()

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom by a factor; near 100 % it stops there once."""
        wanted = self.zoom * factor
        if (self.zoom < 0.995 and wanted > 1.0) or (self.zoom > 1.005 and wanted < 1.0):
            wanted = 1.0
        self.zoom_to(wanted, at)

    def pan_by(self, dx: float, dy: float) -> None:
        """Move what is seen by view pixels."""
        across, down = self._view.horizontalScrollBar(), self._view.verticalScrollBar()
        across.setValue(across.value() + round(dx))
        down.setValue(down.value() + round(dy))

    def fit(self, boxes: list[Box], most: float = 1.0) -> None:
        """Show all boxes with some air, at no more than `most`."""
        area = union(boxes)
        if area is None:
            return
        self.zoom_to(min(self._fitting(area), most))
        self._view.centerOn(*area.middle)
        self._view.looked()

    def show(self, rect: QRectF) -> None:
        """Pan just so far that the rectangle is seen, where it fits."""
        seen = self._view.seen()
        if seen.contains(rect):
            return
        dx = _way(seen.left(), seen.right(), rect.left() - 24, rect.right() + 24)
        dy = _way(seen.top(), seen.bottom(), rect.top() - 24, rect.bottom() + 24)
        self.pan_by(dx * self.zoom, dy * self.zoom)
        self._view.looked()

    @property
    def viewpoint(self) -> Viewpoint:
        """Where the view looks now."""
        middle = self._view.seen().center()
        return Viewpoint(center_x=middle.x(), center_y=middle.y(), zoom=self.zoom)

    def look_at(self, viewpoint: Viewpoint) -> None:
        """Look where a viewpoint says, also when the view gets its size only afterwards."""
        self._wanted = viewpoint
        self.zoom_to(viewpoint.zoom)
        self._view.centerOn(viewpoint.center_x, viewpoint.center_y)
        self._view.looked()

    def resized(self) -> None:
        """The view has another size: a viewpoint nobody has seen yet still counts, else its corner stays."""
        if self._wanted is not None:
            self.look_at(self._wanted)
        else:
            self._view.looked()

    def settle(self) -> None:
        """The view was painted: from now on it stays where it is."""
        self._wanted = None

    def wheel(self, event: QWheelEvent) -> None:
        """Wheel pans, Shift sideways, Mod zooms at the pointer; trackpads move by their pixels."""
        pixels, angle = event.pixelDelta(), event.angleDelta()
        plain = not event.modifiers() and pixels.isNull()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier or (self.wheel_zooms and plain):
            turned = angle.y() or angle.x() or pixels.y() * 4
            self.zoom_to(self.zoom * 1.0018**turned, event.position())
            return
        if not pixels.isNull():
            dx, dy = float(pixels.x()), float(pixels.y())
        else:
            dx, dy = angle.x() / 120 * NOTCH_PX, angle.y() / 120 * NOTCH_PX
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not dx:
            dx, dy = dy, 0.0
        self.pan_by(-dx, -dy)
        self._view.looked()


def _way(low: float, high: float, wanted_low: float, wanted_high: float) -> float:
    if wanted_high - wanted_low > high - low or wanted_low < low:
        return wanted_low - low
    return max(0.0, wanted_high - high)
