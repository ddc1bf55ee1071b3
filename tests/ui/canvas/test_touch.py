"""Fingers: one pans, two zoom, held still it opens the menu, taps press."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QContextMenuEvent, QPointingDevice
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

Stage = Any
WAIT_MS = 30_000


@pytest.fixture(scope="module")
def screen() -> QPointingDevice:
    return QTest.createTouchDevice()


@pytest.fixture(autouse=True)
def _patient(stage: Stage) -> None:
    """A slow machine neither holds a finger still nor taps too slowly."""
    stage.view.touch.hold.setInterval(10 * WAIT_MS)
    stage.view.touch.twice_ms = 10 * WAIT_MS


def stroke(stage: Stage, screen: QPointingDevice, start: tuple[float, float], *way: tuple[float, float]) -> None:
    """One finger from one canvas point along others, and up."""
    port = stage.view.viewport()
    places = [stage.at(*each) for each in (start, *way)]
    QTest.touchEvent(port, screen).press(0, places[0], port).commit()
    for place in places[1:]:
        QTest.touchEvent(port, screen).move(0, place, port).commit()
    QTest.touchEvent(port, screen).release(0, places[-1], port).commit()


def test_one_finger_pans_and_on_a_selected_glyph_it_moves_that(stage: Stage, screen: QPointingDevice) -> None:
    one = stage.put(-304, -200)
    before = stage.view.viewpoint
    stroke(stage, screen, (-200, -185), (-170, -175), (-150, -155))
    assert stage.view.viewpoint.center_x == before.center_x - 50
    assert stage.place_of(one) == (-304, -200)
    stage.view.scene_of.select([one])
    stroke(stage, screen, (-200, -185), (-180, -160), (-120, -105))
    assert stage.place_of(one) == (-224, -120)
    assert stage.document.undo_text == "Move glyph"


def test_two_fingers_zoom_about_their_middle(stage: Stage, screen: QPointingDevice) -> None:
    one = stage.put(-304, -200)
    port, middle = stage.view.viewport(), stage.at(0, 0)
    left, right, far = QPoint(-40, 0), QPoint(40, 0), QPoint(40, 0)
    QTest.touchEvent(port, screen).press(0, middle + left, port).press(1, middle + right, port).commit()
    QTest.touchEvent(port, screen).move(0, middle + left, port).move(1, middle + right, port).commit()
    QTest.touchEvent(port, screen).move(0, middle + left - far, port).move(1, middle + right + far, port).commit()
    QTest.touchEvent(port, screen).release(0, middle, port).release(1, middle, port).commit()
    assert stage.view.zoom == pytest.approx(2.0)
    assert (stage.at(0, 0) - middle).manhattanLength() <= 2
    assert stage.place_of(one) == (-304, -200)


def test_a_tap_selects_and_two_taps_on_the_background_add(stage: Stage, screen: QPointingDevice) -> None:
    one = stage.put(-304, -200)
    stroke(stage, screen, (-200, -185))
    assert stage.view.scene_of.selection == {one}
    stroke(stage, screen, (200, 100))
    stroke(stage, screen, (200, 100))
    assert stage.view.adding.popup is not None
    stage.view.adding.close_popup()


class Menus(QObject):
    """Counts where menus are asked for, and lets none open."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[QPoint] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QContextMenuEvent):
            self.asked.append(event.pos())
            return True
        return False


def test_a_finger_held_still_asks_for_the_menu_and_presses_nothing(
    stage: Stage, screen: QPointingDevice, qtbot: QtBot
) -> None:
    stage.put(-304, -200)
    stage.view.touch.hold.setInterval(1)
    port, menus = stage.view.viewport(), Menus()
    port.installEventFilter(menus)
    QTest.touchEvent(port, screen).press(0, stage.at(-200, -185), port).commit()
    qtbot.waitUntil(lambda: menus.asked == [stage.at(-200, -185)], timeout=WAIT_MS)
    QTest.touchEvent(port, screen).release(0, stage.at(-200, -185), port).commit()
    port.removeEventFilter(menus)
    assert stage.view.scene_of.selection == frozenset()
    assert (stage.actions, stage.view.hands.gesture) == ([], None)
