"""A stage for tests of the whole window: the real one, with hands that press, type and drag."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from qntx_desktop.app.one_window import OneWindow
from qntx_desktop.app.paths import resolve_home
from qntx_desktop.model.glyph import Canvas, Glyph
from qntx_desktop.ui.canvas.item import GlyphItem
from qntx_desktop.ui.canvas.view import CanvasView
from qntx_desktop.ui.desktop import Desktop
from qntx_desktop.ui.glyphs.live import Live
from qntx_desktop.ui.workplace import Workplace

WAIT_MS = 30_000
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


class Stage:
    """The open window of a home."""

    def __init__(self, qtbot: QtBot, desktop: Desktop) -> None:
        self.qtbot, self.desktop = qtbot, desktop

    @property
    def work(self) -> Workplace:
        assert self.desktop.work is not None
        return self.desktop.work

    @property
    def view(self) -> CanvasView:
        return self.work.view

    @property
    def canvas(self) -> Canvas:
        return self.work.document.canvas

    def glyphs(self, kind: str) -> list[Glyph]:
        return [each for _, each in sorted(self.canvas.glyphs.items()) if each.kind == kind]

    def only(self, kind: str) -> Glyph:
        (found,) = self.glyphs(kind)
        return found

    def live(self, glyph_id: int) -> Live:
        found = self.view.scene_of.live_of(glyph_id)
        assert found is not None
        return found

    def item(self, glyph_id: int) -> GlyphItem:
        found = self.view.scene_of.item_of(glyph_id)
        assert found is not None
        return found

    def until(self, true: Callable[[], bool], timeout_ms: int = WAIT_MS) -> None:
        self.qtbot.waitUntil(true, timeout=timeout_ms)

    def place(self, point: QPointF) -> QPoint:
        return self.view.viewportTransform().map(point).toPoint()

    def click_at(self, rect: QRectF, glyph_id: int) -> None:
        """Press the middle of a part of a card, moved into view first."""
        self.view.show_glyph(glyph_id)
        point = self.item(glyph_id).pos() + rect.center()
        QTest.mouseClick(self.view.viewport(), LEFT, NONE, self.place(point))

    def press(self, glyph_id: int, part: str) -> None:
        """Press a button, chip or hotspot by its action id."""
        layout = self.item(glyph_id).layout
        for button in layout.buttons:
            if button.button.id == part:
                self.click_at(button.rect, glyph_id)
                return
        for chip in layout.chips:
            if chip.chip.action == part:
                self.click_at(chip.rect, glyph_id)
                return
        spot = next(each for each in layout.hotspots if each.id == part)
        self.click_at(spot.rect, glyph_id)

    def offers(self, glyph_id: int) -> set[str]:
        layout = self.item(glyph_id).layout
        return {each.button.id for each in layout.buttons} | {each.id for each in layout.hotspots}

    def chips(self, glyph_id: int) -> list[str]:
        return [f"{each.chip.symbol} {each.chip.text}" for each in self.item(glyph_id).layout.chips]

    def drag_from_palette(self, kind: str, to: QPoint) -> None:
        """Pull a kind from the rail and let it go over a place of the viewport."""
        button = self.work.rail.buttons[kind]
        start = button.rect().center()
        QTest.mousePress(button, LEFT, NONE, start)
        screen = self.view.viewport().mapToGlobal(to)
        for part in (0.2, 0.6, 1.0):
            at = button.mapToGlobal(start) + (screen - button.mapToGlobal(start)) * part
            self.slide(button, QPointF(button.mapFromGlobal(at)))
        QTest.mouseRelease(button, LEFT, NONE, button.mapFromGlobal(screen))

    def drag_port(self, glyph_id: int, port_id: str, to: QPointF) -> None:
        """Pull a link out of a port and let it go over a canvas point."""
        item = self.item(glyph_id)
        port = next(each for each in item.layout.ports if each.port.id == port_id)
        first, last = self.place(item.pos() + port.at), self.place(to)
        QTest.mousePress(self.view.viewport(), LEFT, NONE, first)
        for part in (0.3, 0.7, 1.0):
            self.slide(self.view.viewport(), QPointF(first + (last - first) * part))
        QTest.mouseRelease(self.view.viewport(), LEFT, NONE, last)

    def slide(self, widget: QWidget, place: QPointF) -> None:
        screen = QPointF(widget.mapToGlobal(place.toPoint()))
        none = Qt.MouseButton.NoButton
        QApplication.sendEvent(widget, QMouseEvent(QEvent.Type.MouseMove, place, screen, none, LEFT, NONE))

    def editor(self) -> QWidget:
        editor = self.view.editor
        assert editor is not None
        return editor.widget

    def type_text(self, text: str) -> None:
        """Type over everything in the open editor, and leave it."""
        widget = self.editor()
        QTest.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(widget, text)

    def paste_code(self, code: str) -> None:
        """Paste over everything in the open code editor."""
        QApplication.clipboard().setText(code)
        widget = self.editor()
        QTest.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(widget, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    def top_window(self, name: str) -> QWidget | None:
        found = (w for w in QApplication.topLevelWidgets() if w.objectName() == name and w.isVisible())
        return next(found, None)


def start(qtbot: QtBot, home: Path, *, example: bool = False) -> Stage:
    """Open the window of a home and wait for its canvas.

    Args:
        example: A new home begins with the example, as for a person; else with an empty canvas.
    """
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setQuitOnLastWindowClosed(False)
    place = OneWindow(resolve_home(str(home)))
    assert place.take()
    desktop = Desktop(app, resolve_home(str(home)), place)
    desktop.example = example
    desktop.show()
    with qtbot.waitSignal(desktop.opened, timeout=WAIT_MS):
        desktop.begin()
    stage = Stage(qtbot, desktop)
    desktop.window.activateWindow()
    return stage


def end(stage: Stage) -> None:
    """Close the window as a person does and wait until everything behind it is closed."""
    desktop = stage.desktop
    if desktop.work is not None or desktop.window.isVisible():
        with stage.qtbot.waitSignal(desktop.closed, timeout=WAIT_MS):
            desktop.window.close()
            if not desktop._closing:
                desktop.close()  # it said what will be missed first, or went into the tray
    desktop.window.deleteLater()
    desktop.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@contextmanager
def window(qtbot: QtBot, home: Path, *, example: bool = False) -> Iterator[Stage]:
    """The window of a home, closed at the end whatever happened."""
    stage = start(qtbot, home, example=example)
    try:
        yield stage
    finally:
        end(stage)
