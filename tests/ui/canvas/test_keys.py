from __future__ import annotations

import random
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from qntx_desktop.ui.actions import ACTIONS, Where
from qntx_desktop.ui.glyphs.kind import Button, Chip

SHIFT, MOD = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier
Stage = Any


def test_no_key_means_two_things() -> None:
    for focus in ({Where.TEXT}, {Where.CANVAS, Where.GLYPH}):  # the code editor has keys of its own
        here = [action for action in ACTIONS if action.where in focus | {Where.APP}]
        keys = [QKeySequence(key).toString() for action in here for key in action.keys]
        assert all(keys)
        assert len(keys) == len(set(keys))
    assert len({action.id for action in ACTIONS}) == len(ACTIONS)


def test_every_action_of_the_canvas_is_known_to_it(stage: Stage) -> None:
    stage.put(0, 0)
    for action in ACTIONS:
        if action.where not in (Where.APP, Where.TEXT):
            assert action.id in stage.view.commands._table, action.id


def test_nudges_in_a_row_are_one_step(stage: Stage) -> None:
    one = stage.put(0, 0)
    stage.click(100, 15)
    stage.key(Qt.Key.Key_Right, ALT)
    stage.key(Qt.Key.Key_Right, ALT)
    stage.key(Qt.Key.Key_Down, ALT | SHIFT)
    assert stage.place_of(one) == (16, 80)
    stage.key(Qt.Key.Key_Z, MOD)
    assert stage.place_of(one) == (0, 0)
    stage.key(Qt.Key.Key_Y, MOD)
    assert stage.place_of(one) == (16, 80)


def test_arrows_go_to_the_nearest_and_move_nothing(stage: Stage) -> None:
    one, two, three = stage.put(-300, 0), stage.put(0, 0), stage.put(0, 200)
    stage.view.select([one])
    stage.key(Qt.Key.Key_Right)
    assert stage.view.current_glyph() == two
    stage.key(Qt.Key.Key_Down)
    assert stage.view.current_glyph() == three
    stage.key(Qt.Key.Key_Down)
    assert stage.view.current_glyph() == three
    assert stage.document.undo_text == "Add"
    assert stage.view.scene_of.item_of(three).look.focused


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_delete_takes_the_selected_and_undo_brings_them_back(stage: Stage, key: Qt.Key) -> None:
    one, two = stage.put(-300, 0), stage.put(0, 0)
    stage.key(Qt.Key.Key_A, MOD)
    stage.key(key)
    assert not stage.document.canvas.glyphs
    assert not stage.view.scene_of.items_by_id
    stage.key(Qt.Key.Key_Z, MOD)
    assert set(stage.document.canvas.glyphs) == {one, two}


def test_esc_selects_nothing(stage: Stage) -> None:
    stage.view.select([stage.put(0, 0)])
    stage.key(Qt.Key.Key_Escape)
    assert not stage.view.scene_of.selection


def test_run_goes_to_the_selected(stage: Stage) -> None:
    one = stage.put(0, 0)
    stage.key(Qt.Key.Key_Return, MOD)
    assert stage.actions == []
    stage.view.select([one])
    stage.key(Qt.Key.Key_Return, MOD)
    assert stage.actions == [(one, "run")]


def test_zoom_keys(stage: Stage) -> None:
    stage.put(1_000, 1_000)
    stage.key(Qt.Key.Key_Equal, MOD)
    assert stage.view.zoom == 1.25
    stage.key(Qt.Key.Key_Minus, MOD)
    assert stage.view.zoom == 1.0
    stage.key(Qt.Key.Key_Plus, MOD | SHIFT)
    stage.key(Qt.Key.Key_0, MOD)
    assert stage.view.zoom == 1.0
    stage.key(Qt.Key.Key_Exclam, SHIFT)
    assert abs(stage.view.viewpoint.center_x - 1_120) <= 1
    stage.key(Qt.Key.Key_Home)
    assert stage.view.seen().contains(QPointF(1_000, 1_000))


def test_quick_add_by_tab_search_and_enter(stage: Stage, qtbot: QtBot) -> None:
    stage.key(Qt.Key.Key_Tab)
    popup = stage.view.adding.popup
    assert popup is not None
    assert popup.search.hasFocus()
    QTest.keyClicks(popup.search, "zzz")
    assert popup.list.count() == 0
    QTest.keyClick(popup.search, Qt.Key.Key_Return)
    assert stage.view.adding.popup is popup
    enter = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Enter, Qt.KeyboardModifier.NoModifier)
    assert popup.eventFilter(popup.search, enter)  # never goes on to the canvas, where it would open a glyph
    popup.search.clear()
    QTest.keyClicks(popup.search, "NO")
    QTest.keyClick(popup.search, Qt.Key.Key_Return)
    assert stage.view.adding.popup is None
    (glyph,) = stage.document.canvas.glyphs.values()
    assert glyph.kind == "note"
    assert stage.view.editing == glyph.id
    assert stage.document.undo_text == "Add Note"


def test_quick_add_by_double_click_stands_at_the_pointer_and_covers_nothing(stage: Stage) -> None:
    stage.put(-100, -100)
    QTest.mouseDClick(stage.view.viewport(), Qt.MouseButton.LeftButton, pos=stage.at(-104, -160))
    popup = stage.view.adding.popup
    assert popup is not None
    QTest.keyClick(popup.search, Qt.Key.Key_Return)
    first, second = stage.view.scene_of.items_by_id.values()
    assert not first.card_rect.intersects(second.card_rect)
    assert abs(second.card_rect.top() + 160) <= 100


def test_esc_closes_quick_add_and_the_canvas_has_the_keys_again(stage: Stage) -> None:
    stage.key(Qt.Key.Key_A, SHIFT)
    QTest.keyClick(stage.view.adding.popup.search, Qt.Key.Key_Escape)
    assert stage.view.adding.popup is None
    assert stage.view.hasFocus()
    assert not stage.document.canvas.glyphs


def test_question_mark_asks_for_the_sheet(stage: Stage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(stage.view.shortcuts_requested):
        stage.key(Qt.Key.Key_Question, SHIFT)


@pytest.mark.qt_log_ignore("does not support raise", "does not support grabbing", extend=True)
def test_the_menu_button_opens_what_the_glyph_offers(stage: Stage, qtbot: QtBot) -> None:
    one = stage.put(0, 0)
    item = stage.view.scene_of.item_of(one)
    rect = next(each.rect for each in item.layout.buttons if each.button.id == "menu")
    stage.click(rect.center().x(), rect.center().y())
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    entries = {action.text().split("\t")[0]: action for action in menu.actions() if action.text()}
    assert {"Create handler", "Edit or open", "Run", "Delete"} <= set(entries)
    assert "Cancel the run" not in entries, "what it cannot do is not there"
    entries["Create handler"].trigger()
    entries["Delete"].trigger()
    menu.close()
    assert stage.actions == [(one, "create_handler")]
    assert not stage.document.canvas.glyphs


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_everything_on_a_card_is_reached_by_keyboard(stage: Stage) -> None:
    kind = stage.view.kind_of("note")
    kind.shown_chips = (Chip("3 attestations", end=True, action="show_table", tooltip="Show the attestations"),)
    one = stage.put(0, 0)
    stage.put(400, 0)
    stage.view.select([one])
    stage.view.setFocus()
    stage.key(Qt.Key.Key_Return, ALT)
    assert stage.actions == [(one, "create_handler")], "the offered step by its key"
    for press in (lambda: stage.key(Qt.Key.Key_F10, SHIFT), lambda: ask_for_menu(stage)):
        press()
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        entries = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
        assert entries[:2] == ["Create handler", "Show the attestations"]
        assert menu.activeAction().text() == "Create handler", "Enter takes the first"
        QTest.keyClick(menu, Qt.Key.Key_Down)
        QTest.keyClick(menu, Qt.Key.Key_Return)
        assert stage.actions[-1] == (one, "show_table")


def ask_for_menu(stage: Stage) -> None:
    reason, place = QContextMenuEvent.Reason.Keyboard, stage.view.viewport().rect().center()
    screen = stage.view.viewport().mapToGlobal(place)
    QApplication.sendEvent(stage.view.viewport(), QContextMenuEvent(reason, place, screen, NONE))


def test_enter_opens_what_has_no_text(stage: Stage) -> None:
    kind = stage.view.kind_of("note")
    kind.editor = lambda glyph: None
    kind.buttons = lambda glyph, live: (Button("open_results", symbol="⤢", tooltip="Open in a window"),)
    one = stage.put(0, 0)
    stage.view.select([one])
    stage.key(Qt.Key.Key_Return)
    assert stage.actions == [(one, "open_results")]


def test_a_thousand_random_keys_and_drags_are_all_undone(stage: Stage) -> None:
    dice = random.Random(7)
    plain = Qt.KeyboardModifier.NoModifier
    keys = [
        (Qt.Key.Key_Right, ALT),
        (Qt.Key.Key_Down, ALT | SHIFT),
        (Qt.Key.Key_Left, ALT),
        (Qt.Key.Key_Right, plain),
        (Qt.Key.Key_Delete, plain),
        (Qt.Key.Key_Z, MOD),
        (Qt.Key.Key_Y, MOD),
        (Qt.Key.Key_A, MOD),
    ]
    stage.put(-200, -100)
    start = stage.document.canvas.glyphs
    stage.document.load(stage.document.canvas)
    for _ in range(1_000):
        roll = dice.random()
        spot = (dice.randrange(-350, 350), dice.randrange(-250, 250))
        if roll < 0.06:
            stage.put(*spot)
        elif roll < 0.2:
            stage.drag(spot, (spot[0] + dice.randrange(-80, 80), spot[1] + dice.randrange(-80, 80)))
        elif roll < 0.3:
            stage.click(*spot)
        else:
            stage.key(*dice.choice(keys))
        stage.view.close_editor()
    assert stage.document.can_undo or stage.document.can_redo
    while stage.document.can_undo:
        stage.document.undo()
    assert stage.document.canvas.glyphs == start
    assert set(stage.view.scene_of.items_by_id) == set(start)


def test_keys_resize_as_dragging_an_edge_does(stage: Stage) -> None:
    one = stage.put(0, 0)
    stage.view.select([one])
    for _ in range(3):
        stage.key(Qt.Key.Key_Right, MOD | SHIFT)
    stage.key(Qt.Key.Key_Down, MOD | ALT | SHIFT)
    glyph = stage.document.canvas.glyphs[one]
    assert (glyph.x, glyph.y, glyph.width, glyph.height) == (0, 0, 264, 176)
    for _ in range(3):
        stage.key(Qt.Key.Key_Left, MOD | ALT | SHIFT)
    assert stage.document.canvas.glyphs[one].width == 120  # no smaller than its kind can be
    stage.key(Qt.Key.Key_Z, MOD)
    glyph = stage.document.canvas.glyphs[one]
    assert (glyph.width, glyph.height) == (240, 96)  # one step, as one drag is
    stage.key(Qt.Key.Key_L, SHIFT)
    stage.key(Qt.Key.Key_Right, MOD | SHIFT)
    assert stage.document.canvas.glyphs[one].width == 240


def test_shift_and_arrows_select_more_and_ctrl_and_arrows_look_further(stage: Stage) -> None:
    one, two, three = stage.put(-300, 0), stage.put(0, 0), stage.put(300, 0)
    stage.view.select([one])
    stage.key(Qt.Key.Key_Right, SHIFT)
    assert stage.view.scene_of.selection == {one, two}
    stage.key(Qt.Key.Key_Right, SHIFT)
    assert stage.view.scene_of.selection == {one, two, three}
    before = stage.view.viewpoint
    stage.key(Qt.Key.Key_Right, MOD)
    stage.key(Qt.Key.Key_Up, MOD)
    after = stage.view.viewpoint
    assert (after.center_x, after.center_y) == (before.center_x + 120, before.center_y - 120)


def test_a_link_is_pulled_out_by_key(stage: Stage) -> None:
    dropped: list[tuple[Any, ...]] = []
    stage.view.port_dropped.connect(lambda *given: dropped.append(given))
    stage.put(0, 0)
    beside = stage.put(400, 0)
    stage.key(Qt.Key.Key_C)
    assert dropped == []  # nothing is selected
    stage.view.select([1])
    stage.key(Qt.Key.Key_C)
    ((glyph_id, port, kind, place),) = dropped
    assert (glyph_id, port, kind) == (1, "handler", "note")
    box = stage.view.scene_of.boxes()[beside]
    assert place.x() >= box.right or place.y() >= box.bottom or place.y() + 96 <= box.y
