"""Ways to put a new glyph on the canvas: quick-add at the pointer, and placing from the rail. Qt main thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QCursor

from qntx_desktop.ui.canvas.dropping import Dropping
from qntx_desktop.ui.canvas.gestures.place import Placing
from qntx_desktop.ui.canvas.gestures.port_drag import PortDrag
from qntx_desktop.ui.canvas.quick_add import QuickAdd

if TYPE_CHECKING:
    from qntx_desktop.ui.canvas.view import CanvasView


class Adding:
    """Holds the open quick-add list and the ghost that follows the pointer; at most one of each."""

    def __init__(self, view: CanvasView) -> None:
        self._view = view
        self.placing: Placing | None = None
        self.popup: QuickAdd | None = None
        self.pulled: PortDrag | None = None
        """A link that was let go and waits for what it shall lead to."""
        self._spot = QPointF()
        self.dropping = Dropping(view)

    def quick_add(self, at: QPoint | None) -> None:
        """Open quick-add at a place of the viewport, by default at the pointer when it is over the canvas."""
        view = self._view
        view.close_editor()
        self.close_popup()
        place = at if at is not None else view.viewport().mapFromGlobal(QCursor.pos())
        if not view.viewport().rect().contains(place):
            place = view.viewport().rect().center()
        self._spot = view.to_scene(QPointF(place))
        choices = [(kind.name, kind.symbol, kind.label) for kind in view.kinds if kind.in_palette]
        self._open(QuickAdd(choices, view.theme, view), place)

    def ask_what(self, pulled: PortDrag) -> None:
        """Ask what a link that was let go shall lead to: only what fits its port."""
        view = self._view
        self.close_popup()
        self.pulled = pulled
        choices = [(name, view.kind_of(name).symbol, label) for name, label in pulled.fits]
        place = view.viewportTransform().map(pulled.place).toPoint()
        self._open(QuickAdd(choices, view.theme, view), place)

    def _open(self, popup: QuickAdd, place: QPoint) -> None:
        popup.chosen.connect(self._chosen)
        popup.given_up.connect(self.close_popup)
        self.popup = popup
        popup.open_at(place)

    def _chosen(self, kind_name: str) -> None:
        pulled, command = self.pulled, self.popup.command if self.popup is not None else ""
        self.close_popup()
        if pulled is not None:
            pulled.become(kind_name)
            return
        view = self._view
        size = view.kind_of(kind_name).default_size
        spot = view.free_spot(QRectF(self._spot.x(), self._spot.y(), *size))
        view.add_glyph(kind_name, spot, {"text": command} if command else None)

    def close_popup(self) -> None:
        """Close quick-add; the focus goes back to the canvas when it was there."""
        popup, self.popup = self.popup, None
        self.pulled = None
        self._view.viewport().update()
        if popup is not None:
            had_focus = popup.search.hasFocus()
            popup.hide()
            popup.deleteLater()
            if had_focus:
                self._view.setFocus()

    def start_placing(self, kind_name: str, hint: str) -> None:
        """Let a ghost of this kind follow the pointer until it is put down."""
        self.stop_placing()
        self.placing = Placing(self._view, self._view.kind_of(kind_name), hint)
        self._view.viewport().setCursor(Qt.CursorShape.CrossCursor)
        self._view.placing_changed.emit(kind_name)

    def stop_placing(self) -> bool:
        """Give up placing; False when nothing was being placed."""
        if self.placing is None:
            return False
        self.placing = None
        self._view.viewport().unsetCursor()
        self._view.viewport().update()
        self._view.placing_changed.emit(None)
        return True

    def moved_to(self, place: QPoint) -> None:
        """The pointer is at this place of the screen."""
        if self.placing is not None:
            self.placing.moved(self._view.to_scene(QPointF(self._view.viewport().mapFromGlobal(place))))

    def place_at(self, place: QPoint) -> int | None:
        """Put down what is being placed, when the place of the screen is on the canvas; returns the new id."""
        spot = self._view.viewport().mapFromGlobal(place)
        placing = self.placing
        self.stop_placing()
        if placing is None or not self._view.viewport().rect().contains(spot):
            return None
        return placing.put(self._view.to_scene(QPointF(spot)))
