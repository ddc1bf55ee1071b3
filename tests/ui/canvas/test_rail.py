from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from qntx_desktop.model.glyph import Viewpoint
from qntx_desktop.ui.rail import PaletteRail
from qntx_desktop.ui.theme import DARK

Stage = Any


@pytest.fixture
def rail(stage: Stage, qtbot: QtBot) -> Iterator[PaletteRail]:
    window = QWidget()
    qtbot.addWidget(window)
    rail = PaletteRail(stage.view.kinds, stage.view, DARK)
    row = QHBoxLayout(window)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(rail)
    row.addWidget(stage.view, 1)
    window.resize(848, 600)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    stage.view.look_at(Viewpoint())
    yield rail
    stage.view.setParent(None)


def slide(button: Any, screen: QPoint) -> None:
    place = QPointF(button.mapFromGlobal(screen))
    left = Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(QEvent.Type.MouseMove, place, QPointF(screen), Qt.MouseButton.NoButton, left, none)
    QApplication.sendEvent(button, event)


def test_a_drag_drops_where_it_is_let_go(stage: Stage, rail: PaletteRail) -> None:
    button = rail.buttons["note"]
    target = stage.view.viewport().mapToGlobal(stage.at(104, 57))
    QTest.mousePress(button, Qt.MouseButton.LeftButton)
    slide(button, button.mapToGlobal(QPoint(60, 60)))
    slide(button, target)
    assert stage.view.adding.placing is not None
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton, pos=button.mapFromGlobal(target))
    (glyph,) = stage.document.canvas.glyphs.values()
    assert (glyph.x, glyph.y) == (80, 40)
    assert stage.view.adding.placing is None
    assert stage.view.editing == glyph.id


def test_a_drag_that_ends_outside_the_canvas_makes_nothing(stage: Stage, rail: PaletteRail) -> None:
    button = rail.buttons["note"]
    outside = stage.view.viewport().mapToGlobal(QPoint(-50, -50))
    QTest.mousePress(button, Qt.MouseButton.LeftButton)
    slide(button, button.mapToGlobal(QPoint(60, 60)))
    slide(button, outside)
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton, pos=button.mapFromGlobal(outside))
    assert not stage.document.canvas.glyphs
    assert stage.view.adding.placing is None


def test_click_then_click_places_and_the_button_shows_it(stage: Stage, rail: PaletteRail) -> None:
    button = rail.buttons["note"]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert button.isChecked()
    QTest.mouseClick(stage.view.viewport(), Qt.MouseButton.LeftButton, pos=stage.at(24, 17))
    assert not button.isChecked()
    (glyph,) = stage.document.canvas.glyphs.values()
    assert (glyph.x, glyph.y) == (0, 0)


def test_a_second_click_and_esc_give_up(stage: Stage, rail: PaletteRail) -> None:
    button = rail.buttons["note"]
    for give_up in (
        lambda: QTest.mouseClick(button, Qt.MouseButton.LeftButton),
        lambda: stage.key(Qt.Key.Key_Escape),
    ):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        give_up()
        assert stage.view.adding.placing is None
        assert not button.isChecked()
    assert not stage.document.canvas.glyphs


def test_the_rail_is_reachable_by_keyboard(stage: Stage, rail: PaletteRail) -> None:
    button = rail.buttons["note"]
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert button.accessibleName() == "Add Note"
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert stage.view.adding.placing is not None
