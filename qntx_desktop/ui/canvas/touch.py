"""Fingers on the canvas, and the pinch of a trackpad: one finger pans, two zoom, held still it opens the menu.

Qt main thread. A finger that goes down on a selected glyph or on a port does what the pointer would do there. Taps
become presses of the pointer, so that everything that can be clicked can be tapped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import (
    QContextMenuEvent,
    QEventPoint,
    QGuiApplication,
    QMouseEvent,
    QNativeGestureEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QApplication

from qntx_desktop.ui.canvas.gestures.base import Gesture, Pointer
from qntx_desktop.ui.canvas.gestures.move import Move
from qntx_desktop.ui.canvas.gestures.pan import Pan
from qntx_desktop.ui.canvas.gestures.port_drag import PortDrag

if TYPE_CHECKING:
    from qntx_desktop.ui.canvas.view import CanvasView

TAP_PX = 12.0
"""A finger is less steady than a mouse: within this many view pixels it was a tap."""
_LEFT, _NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
_BEGIN = (QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd, QEvent.Type.TouchCancel)


class Touch(QObject):
    """Watches the viewport of a view."""

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view)
        self._view = view
        self._start = QPointF()
        self._spread = 0.0
        self._middle = QPointF()
        self._pinched = self._moved = self._held = False
        self.twice_ms = QApplication.doubleClickInterval()
        """Two taps within this time are a double-click."""
        self._tapped_at: tuple[int, QPointF] | None = None
        self.hold = QTimer(self)
        self.hold.setSingleShot(True)
        self.hold.setInterval(QGuiApplication.styleHints().mousePressAndHoldInterval())
        self.hold.timeout.connect(self._held_still)
        view.viewport().setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take fingers and pinches; everything else is the view's."""
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() != Qt.NativeGestureType.ZoomNativeGesture:
                return False
            self._view.navigator.zoom_to(self._view.zoom * (1 + event.value()), event.position())
            return True
        if isinstance(event, QTouchEvent) and event.type() in _BEGIN:
            self._touched(event)
            event.accept()
            return True
        return False

    def _touched(self, event: QTouchEvent) -> None:
        points = [each for each in event.points() if each.state() != QEventPoint.State.Released]
        if event.type() == QEvent.Type.TouchCancel:
            self._give_up()
        elif event.type() == QEvent.Type.TouchBegin:
            self._begin(event.points()[0].position())
        elif event.type() == QEvent.Type.TouchEnd:
            self._end(event)
        elif len(points) >= 2:
            self._pinch(points[0].position(), points[1].position())
        elif points and not self._pinched:
            self._drag(points[0].position())

    def _begin(self, place: QPointF) -> None:
        self._start = place
        self._pinched = self._moved = self._held = False
        self._spread = 0.0
        self.hold.start()

    def _drag(self, place: QPointF) -> None:
        if self._held or (not self._moved and (place - self._start).manhattanLength() < TAP_PX):
            return
        if not self._moved:
            self._moved = True
            self.hold.stop()
            self._view.hands.gesture = self._gesture_at(self._pointer(self._start))
        gesture = self._view.hands.gesture
        if gesture is not None:
            gesture.moved(self._pointer(place))
            self._view.viewport().update()

    def _gesture_at(self, start: Pointer) -> Gesture:
        view = self._view
        found = view.hands.port_at(start.scene)
        if found is not None:
            return PortDrag(view, start, *found)
        item = view.scene_of.glyph_at(start.scene)
        if item is not None and item.glyph_id in view.scene_of.selection and view.editing is None:
            return Move(view, start, item)
        return Pan(view, start)

    def _pinch(self, one: QPointF, two: QPointF) -> None:
        """Both fingers keep the canvas points below them."""
        self.hold.stop()
        self._view.cancel_gesture()
        middle, way = (one + two) / 2, two - one
        spread = max(1.0, (way.x() ** 2 + way.y() ** 2) ** 0.5)
        if self._spread:
            self._view.pan_by(self._middle.x() - middle.x(), self._middle.y() - middle.y())
            self._view.navigator.zoom_to(self._view.zoom * spread / self._spread, middle)
        self._pinched, self._spread, self._middle = True, spread, middle

    def _end(self, event: QTouchEvent) -> None:
        self.hold.stop()
        gesture = self._view.hands.gesture if self._moved else None
        place = event.points()[0].position()
        if gesture is not None:
            self._view.hands.gesture = None
            gesture.released(self._pointer(place))
            self._view.viewport().update()
        elif not (self._pinched or self._moved or self._held):
            self._tap(place, event.timestamp())

    def _tap(self, place: QPointF, at_ms: int) -> None:
        """A press of the pointer; the second of two nearby is a double-click."""
        last, self._tapped_at = self._tapped_at, (at_ms, place)
        twice = (
            last is not None
            and at_ms - last[0] <= self.twice_ms
            and (place - last[1]).manhattanLength() < 2 * TAP_PX
        )
        if twice:
            self._tapped_at = None
            self._send(QEvent.Type.MouseButtonDblClick, place, _LEFT)
        else:
            self._send(QEvent.Type.MouseButtonPress, place, _LEFT)
        self._send(QEvent.Type.MouseButtonRelease, place, _NONE)

    def _held_still(self) -> None:
        self._held = True
        place = self._start.toPoint()
        port = self._view.viewport()
        reason = QContextMenuEvent.Reason.Mouse
        QApplication.sendEvent(port, QContextMenuEvent(reason, place, port.mapToGlobal(place)))

    def _send(self, kind: QEvent.Type, place: QPointF, buttons: Qt.MouseButton) -> None:
        port = self._view.viewport()
        screen = QPointF(port.mapToGlobal(place.toPoint()))
        unheld = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(port, QMouseEvent(kind, place, screen, _LEFT, buttons, unheld))

    def _give_up(self) -> None:
        self.hold.stop()
        self._view.cancel_gesture()

    def _pointer(self, place: QPointF) -> Pointer:
        return Pointer(view=place, scene=self._view.to_scene(place))
