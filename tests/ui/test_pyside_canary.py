"""Watches that the Qt binding does not lose references of None and True.

PySide6 6.12.0 on Python 3.10 and 3.11 drops one with many a call and aborts the process after some thousands; a
small test suite passes all the same. From Python 3.12 on these objects are immortal: their count is a constant that
nothing can lower, so there the tests check just that, and any further count would prove nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QApplication, QGraphicsRectItem, QLabel

REPEATS = 200
#: A lost reference per repeat is 200; what caches and the test tool take and give stays far below.
ALLOWED = 20
IMMORTAL_FROM = (3, 12)


class Sender(QObject):
    """Signals of the kinds that the app uses."""

    plain = Signal()
    thing = Signal(object)
    flag = Signal(bool)


class Watcher(QObject):
    """An event filter in Python: called by Qt, returns a bool to it."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return False


class Item(QGraphicsRectItem):
    """An override that Qt calls and that returns nothing."""

    def paint(self, painter: QPainter, option: object, widget: object = None) -> None:
        painter.drawRect(self.rect())


def lost(work: Callable[[], object]) -> dict[str, int]:
    """Return how far the counts of None, True and False fell over the repeats of `work`."""
    kept: list[object] = [None, True, False]
    work()
    before = [sys.getrefcount(thing) for thing in kept]
    for _ in range(REPEATS):
        work()
    after = [sys.getrefcount(thing) for thing in kept]
    return {repr(thing): old - new for thing, old, new in zip(kept, before, after, strict=True)}


def assert_nothing_lost(work: Callable[[], object]) -> None:
    """Fail when a count fell; from IMMORTAL_FROM on also when it is not the constant of an immortal object."""
    fallen = {name: count for name, count in lost(work).items() if count > ALLOWED}
    assert fallen == {}
    if sys.version_info >= IMMORTAL_FROM:
        assert sys.getrefcount(None) == sys.getrefcount(True) > 2**28


def test_emitting_signals_loses_nothing(qapp: QApplication) -> None:
    sender = Sender()
    seen: list[object] = []
    sender.plain.connect(lambda: None)
    sender.thing.connect(seen.append)
    sender.flag.connect(lambda flag: None)

    def emit() -> None:
        sender.plain.emit()
        sender.thing.emit(None)
        sender.flag.emit(True)
        seen.clear()

    assert_nothing_lost(emit)


def test_setters_lose_nothing(qtbot: object) -> None:
    label = QLabel()

    def call() -> None:
        label.setText("text")
        label.setEnabled(True)
        label.setVisible(False)
        label.setToolTip("tip")
        label.isEnabled()
        label.parent()
        label.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)

    assert_nothing_lost(call)
    label.deleteLater()


def test_painting_loses_nothing(qapp: QApplication) -> None:
    image = QImage(64, 64, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    item = Item(0, 0, 10, 10)

    def paint() -> None:
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(QPen(QColor("teal")))
        painter.fillRect(QRectF(0, 0, 8, 8), QColor("black"))
        painter.drawText(QPoint(2, 20), "x")
        item.paint(painter, None)
        painter.end()

    assert_nothing_lost(paint)


def test_the_event_loop_and_filters_lose_nothing(qapp: QApplication) -> None:
    watched, watcher = QObject(), Watcher()
    watched.installEventFilter(watcher)

    def turn() -> None:
        QApplication.sendEvent(watched, QEvent(QEvent.Type.User))
        QApplication.processEvents()

    assert_nothing_lost(turn)


@pytest.mark.skipif(sys.version_info >= IMMORTAL_FROM, reason="immortal objects keep no count")
def test_a_reference_that_is_lost_would_be_seen() -> None:
    held: list[object] = [None] * (2 * REPEATS)
    assert lost(held.pop)["None"] > ALLOWED
