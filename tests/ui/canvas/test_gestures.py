from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qntx_desktop.model.diff import CanvasDiff
from qntx_desktop.model.glyph import Edge, Viewpoint
from qntx_desktop.ui.canvas.menus import glyph_menu
from qntx_desktop.ui.glyphs.kind import Port

SHIFT, MOD = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
Stage = Any


def selected(stage: Stage) -> set[int]:
    return set(stage.view.scene_of.selection)


def test_a_click_selects_shift_toggles_the_background_clears(stage: Stage) -> None:
    one, two = stage.put(-300, -200), stage.put(0, -200)
    stage.click(-200, -185)
    assert selected(stage) == {one}
    stage.click(100, -185, SHIFT)
    assert selected(stage) == {one, two}
    stage.click(100, -185, SHIFT)
    assert selected(stage) == {one}
    stage.click(100, 200)
    assert selected(stage) == set()
    assert stage.document.undo_text == "Add"


def test_a_marquee_selects_what_it_touches_and_esc_takes_it_back(stage: Stage) -> None:
    one, two, three = stage.put(-300, -200), stage.put(0, -200), stage.put(-300, 100)
    stage.drag((-350, -250), (20, -150))
    assert selected(stage) == {one, two}
    stage.drag((-350, 60), (-290, 120), SHIFT)
    assert selected(stage) == {one, two, three}
    stage.press(300, 200)
    stage.move(350, 250)
    assert selected(stage) == set()
    stage.key(Qt.Key.Key_Escape)
    assert selected(stage) == {one, two, three}


def test_a_drag_snaps_and_is_one_step(stage: Stage) -> None:
    one = stage.put(-300, -200)
    stage.drag((-200, -185), (-147, -130))
    assert stage.place_of(one) == (-248, -144)
    assert stage.document.undo_text == "Move glyph"
    stage.key(Qt.Key.Key_Z, MOD)
    assert stage.place_of(one) == (-300, -200)
    stage.key(Qt.Key.Key_Z, MOD | SHIFT)
    assert stage.place_of(one) == (-248, -144)
    stage.key(Qt.Key.Key_Z, MOD)
    stage.key(Qt.Key.Key_Y, MOD)
    assert stage.place_of(one) == (-248, -144)


def test_a_drag_of_several_keeps_their_distances(stage: Stage) -> None:
    one, two = stage.put(-300, -200), stage.put(3, -197)
    stage.key(Qt.Key.Key_A, MOD)
    stage.drag((-200, -185), (-160, -145))
    assert stage.place_of(one) == (-256, -160)
    assert stage.place_of(two) == (47, -157)
    assert stage.document.undo_text == "Move 2 glyphs"


def test_mod_pressed_while_dragging_does_not_snap_and_shift_keeps_one_axis(stage: Stage) -> None:
    one = stage.put(-304, -200)
    stage.press(-200, -185)
    stage.move(-160, -184)
    stage.move(-147, -182, MOD)
    stage.release(-147, -182, MOD)
    assert stage.place_of(one) == (-251, -197)
    stage.view.scene_of.select([])
    stage.drag((-150, -182), (-110, -170), SHIFT)
    assert stage.place_of(one) == (-208, -197)
    assert selected(stage) == {one}


def test_mod_held_at_the_press_moves_a_copy_and_let_go_and_pressed_again_it_does_not_snap(stage: Stage) -> None:
    one = stage.put(-304, -200)
    stage.drag((-200, -185), (-147, -130), MOD)
    (copy,) = selected(stage)
    assert copy != one
    assert (stage.place_of(one), stage.place_of(copy)) == ((-304, -200), (-248, -144))
    assert stage.document.undo_text == "Duplicate glyph"
    stage.key(Qt.Key.Key_Z, MOD)
    stage.press(-200, -185, MOD)
    stage.move(-160, -150, MOD)
    stage.move(-150, -140)
    stage.move(-147, -132, MOD)
    stage.release(-147, -132, MOD)
    (copy,) = selected(stage)
    assert (stage.place_of(one), stage.place_of(copy)) == ((-304, -200), (-251, -147))


def test_esc_during_a_drag_leaves_no_trace(stage: Stage) -> None:
    one = stage.put(-304, -200)
    stage.press(-200, -185)
    stage.move(-100, -100)
    item = stage.view.scene_of.item_of(one)
    assert item.shown_rect.topLeft() == QPointF(-200, -112)
    stage.key(Qt.Key.Key_Escape)
    assert item.shown_rect.topLeft() == QPointF(-304, -200)
    stage.release(-100, -100)
    assert stage.place_of(one) == (-304, -200)
    assert (stage.document.undo_text, stage.document.can_redo) == ("Add", False)


@pytest.mark.parametrize("zoom", [1.0, 0.3, 0.2])
def test_what_is_carried_is_seen_where_it_will_be_put_down(stage: Stage, qtbot: QtBot, zoom: float) -> None:
    """Cards, the link between two of them and the link to one that stays, before and after the drop."""
    one, two, three = stage.put(-300, -200), stage.put(-300, 0), stage.put(200, -200)
    for source, target in ((one, two), (two, three)):
        link = Edge(id=stage.document.next_id(), kind="handler", source_id=source, target_id=target)
        stage.document.edit(CanvasDiff(edges_added={link.id: link}), "Link")
    stage.view.look_at(Viewpoint(zoom=zoom))
    stage.view.select([one, two])
    before = stage.document.canvas

    def seen() -> QImage:
        stage.view.scene_of.set_hover(None)
        qtbot.waitUntil(lambda: bool(stage.view.grab()) and stage.view.painting.complete, timeout=30_000)
        return stage.view.grab().toImage()

    at_rest = seen()
    corner = stage.view.viewportTransform().map(QPointF(-180, -182)).toPoint()
    QTest.mousePress(stage.view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, corner)
    for way in (QPoint(10, 5), QPoint(40, 30)):
        stage.slide(corner + way, MOD)
    assert stage.document.canvas is before
    carried = seen()
    QTest.mouseRelease(stage.view.viewport(), LEFT, MOD, corner + QPoint(40, 30))
    assert stage.place_of(one) == pytest.approx((-300 + 40 / zoom, -200 + 30 / zoom), abs=1e-6)
    assert seen() == carried != at_rest


def test_edges_resize_down_to_the_least_size(stage: Stage) -> None:
    one = stage.put(-304, -200)
    stage.drag((-64, -116), (0, -116))
    assert stage.document.canvas.glyphs[one].width == 304
    stage.drag((0, -104), (-500, -500))
    now = stage.document.canvas.glyphs[one]
    assert (now.x, now.y, now.width, now.height) == (-304, -200, 120, 72)
    stage.key(Qt.Key.Key_Z, MOD)
    stage.key(Qt.Key.Key_Z, MOD)
    now = stage.document.canvas.glyphs[one]
    assert (now.width, now.height) == (240, 96)


def test_the_upper_left_corner_keeps_the_lower_right(stage: Stage) -> None:
    one = stage.put(-304, -200)
    stage.drag((-304, -200), (-344, -240))
    now = stage.document.canvas.glyphs[one]
    assert (now.x, now.y, now.x + now.width, now.y + now.height) == (-344, -240, -64, -104)


def test_middle_drag_and_space_drag_pan_and_edit_nothing(stage: Stage) -> None:
    one = stage.put(-304, -200)
    before = stage.view.viewpoint
    stage.drag((0, 0), (50, 30), button=MIDDLE)
    after = stage.view.viewpoint
    assert (after.center_x, after.center_y) == (before.center_x - 50, before.center_y - 30)
    QTest.keyPress(stage.view, Qt.Key.Key_Space)
    stage.drag((-200, -185), (-150, -185))
    QTest.keyRelease(stage.view, Qt.Key.Key_Space)
    assert stage.view.viewpoint.center_x == before.center_x - 100
    assert stage.place_of(one) == (-304, -200)
    assert selected(stage) == set()


def test_a_button_fires_when_let_go_over_it(stage: Stage) -> None:
    one = stage.put(-304, -200)
    spot = _button(stage, one, "run")
    stage.click(spot.x(), spot.y())
    assert stage.actions == [(one, "run")]
    stage.press(spot.x(), spot.y())
    stage.release(spot.x(), spot.y() + 200)
    off = _button(stage, one, "off")
    stage.click(off.x(), off.y())
    assert stage.actions == [(one, "run")]


def test_a_body_button_fires_and_a_drag_from_it_moves(stage: Stage) -> None:
    one = stage.put(-304, -200)
    stage.click(-130, -150)
    assert stage.actions == [(one, "create_handler")]
    stage.drag((-130, -150), (-50, -150))
    assert stage.place_of(one) == (-224, -200)
    assert stage.actions == [(one, "create_handler")]


def test_dragging_a_port_shows_a_ghost_and_drops_where_it_stands(stage: Stage, qtbot: QtBot) -> None:
    one = stage.put(-304, -200)
    dropped: list[tuple[int, str, str, QPointF]] = []
    stage.view.port_dropped.connect(lambda *args: dropped.append(args))
    stage.drag((-64, -140), (40, -100))
    assert dropped == [(one, "handler", "note", QPointF(40, -120))]
    other = stage.put(40, -120)
    stage.drag((-64, -140), (40, -100))
    ghost = QRectF(dropped[1][3].x(), dropped[1][3].y(), 240, 96)
    assert not any(ghost.intersects(stage.view.scene_of.item_of(key).card_rect) for key in (one, other))


def test_a_port_click_drops_beside_and_back_on_the_card_drops_nothing(stage: Stage) -> None:
    one = stage.put(-304, -200)
    dropped: list[tuple[int, str, str, QPointF]] = []
    stage.view.port_dropped.connect(lambda *args: dropped.append(args))
    stage.click(-64, -140)
    assert dropped == [(one, "handler", "note", QPointF(96, -200))]
    stage.drag((-64, -140), (-200, -140))
    stage.press(-64, -140)
    stage.move(100, 100)
    stage.key(Qt.Key.Key_Escape)
    stage.release(100, 100)
    assert len(dropped) == 1


def test_a_port_with_several_fits_asks_what_and_only_those(stage: Stage, kind: Any, qtbot: QtBot) -> None:
    fits = (("note", "A note of it"), ("other", "Something else"))
    kind.shown_ports = (Port("out", "right", 60, drags=True, ghost_kind="note", fits=fits),)
    one = stage.put(-304, -200)
    dropped: list[tuple[int, str, str, QPointF]] = []
    stage.view.port_dropped.connect(lambda *args: dropped.append(args))
    stage.drag((-64, -140), (40, -100))
    popup = stage.view.adding.popup
    labels = [popup.list.item(row).text() for row in range(popup.list.count())]
    assert labels == ["A note of it", "Something else"]
    assert stage.view.adding.pulled is not None
    QTest.keyClick(popup.search, Qt.Key.Key_Escape)
    assert (stage.view.adding.pulled, dropped) == (None, [])
    stage.drag((-64, -140), (40, -100))
    QTest.keyClicks(stage.view.adding.popup.search, "else")
    QTest.keyClick(stage.view.adding.popup.search, Qt.Key.Key_Return)
    assert dropped == [(one, "out", "other", QPointF(40, -120))]
    item = stage.view.scene_of.item_of(one)
    menu = glyph_menu(stage.view, item)
    next(each for each in menu.actions() if each.text() == "A note of it").trigger()
    menu.deleteLater()
    assert dropped[1] == (one, "out", "note", QPointF(96, -200))


def test_a_port_on_the_left_drops_its_glyph_on_the_left(stage: Stage, kind: Any) -> None:
    kind.shown_ports = (Port("type", "left", 60, drags=True, ghost_kind="note"),)
    one = stage.put(0, -200)
    dropped: list[tuple[int, str, str, QPointF]] = []
    stage.view.port_dropped.connect(lambda *args: dropped.append(args))
    stage.click(0, -140)
    assert dropped == [(one, "type", "note", QPointF(-400, -200))]
    stage.click(8, -140)  # the half of the port inside the card
    assert len(dropped) == 2


def test_wheel_pans_shift_sideways_mod_zooms_and_no_coordinate_changes(stage: Stage, qtbot: QtBot) -> None:
    one = stage.put(-304, -200)
    before = stage.document.canvas
    turn(stage, QPoint(0, -120))
    assert stage.view.viewpoint.center_y == 60
    turn(stage, QPoint(0, -120), SHIFT)
    assert stage.view.viewpoint.center_x == 60
    at = QPointF(200, 150)
    under = stage.view.to_scene(at)
    for _ in range(7):
        turn(stage, QPoint(0, 120), MOD)
        now = stage.view.to_scene(at)
        assert abs(now.x() - under.x()) * stage.view.zoom <= 1.0 + 7
    assert stage.view.zoom > 2
    for _ in range(60):
        turn(stage, QPoint(0, 120), MOD)
    assert stage.view.zoom == 4.0
    for _ in range(80):
        turn(stage, QPoint(0, -120), MOD)
    assert stage.view.zoom == 0.05
    assert stage.document.canvas is before
    assert stage.place_of(one) == (-304, -200)


def test_a_canvas_too_large_for_five_percent_is_shown_whole_and_no_smaller(stage: Stage) -> None:
    keys = [stage.put(0, 0), stage.put(60_000, 0), stage.put(0, 24_000)]
    stage.view.perform("fit")
    seen = stage.view.seen()
    assert all(seen.contains(stage.view.scene_of.items_by_id[key].card_rect) for key in keys)
    whole = stage.view.zoom
    assert 0.005 < whole < 0.05
    turn(stage, QPoint(0, -1200), MOD)
    assert stage.view.zoom == whole
    kept = stage.view.viewpoint
    stage.view.perform("zoom_100")
    stage.view.look_at(kept)  # as at the next start
    assert stage.view.zoom == pytest.approx(whole)
    stage.view.select(keys[1:])
    stage.view.perform("delete")
    stage.view.perform("zoom_100")
    turn(stage, QPoint(0, -12_000), MOD)
    assert stage.view.zoom == 0.05


def turn(stage: Stage, angle: QPoint, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    at = QPointF(200, 150)
    event = QWheelEvent(
        at,
        QPointF(stage.view.viewport().mapToGlobal(at.toPoint())),
        QPoint(),
        angle,
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(stage.view.viewport(), event)


def test_a_viewpoint_comes_back(stage: Stage) -> None:
    stage.view.look_at(Viewpoint(center_x=1234, center_y=-567, zoom=0.75))
    seen = stage.view.viewpoint
    assert seen.zoom == 0.75
    assert abs(seen.center_x - 1234) <= 1
    assert abs(seen.center_y + 567) <= 1


def test_drag_while_zoomed_moves_by_canvas_units(stage: Stage) -> None:
    one = stage.put(-80, -40)
    stage.view.look_at(Viewpoint(zoom=2.0))
    stage.drag((0, -24), (40, -24))
    assert stage.place_of(one) == (-40, -40)


def _button(stage: Stage, glyph_id: int, name: str) -> QPointF:
    item = stage.view.scene_of.item_of(glyph_id)
    rect = next(each.rect for each in item.layout.buttons if each.button.id == name)
    return item.pos() + rect.center()
