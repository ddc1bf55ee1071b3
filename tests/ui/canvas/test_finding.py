"""Getting about by words: the palette, glyphs, text, places, and the overview."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qntx_desktop.model.diff import CanvasDiff, update
from qntx_desktop.model.glyph import Glyph, Viewpoint
from qntx_desktop.ui.canvas.finding import _after_name
from qntx_desktop.ui.canvas.menus import glyph_menu
from qntx_desktop.ui.glyphs.kind import Chip
from qntx_desktop.ui.glyphs.note import _boxes
from qntx_desktop.ui.theme import LIGHT

MOD, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
Stage = Any


def finder_of(stage: Stage, qtbot: QtBot) -> Any:
    finder = stage.view.commands.finding.finder
    qtbot.waitUntil(finder.field.hasFocus)
    return finder


def test_the_palette_does_what_is_chosen_and_names_only_what_can_be_done(stage: Stage, qtbot: QtBot) -> None:
    one = stage.put(0, 0)
    stage.key(Qt.Key.Key_K, MOD)
    finder = finder_of(stage, qtbot)
    assert "Select all" in finder.texts()
    assert "Delete" not in finder.texts()
    QTest.keyClicks(finder.field, "selec all")
    assert finder.texts() == ("Select all",)
    QTest.keyClick(finder.field, Qt.Key.Key_Return)
    assert set(stage.view.scene_of.selection) == {one}
    qtbot.waitUntil(stage.view.hasFocus)


def test_the_overview_covers_no_list(stage: Stage, qtbot: QtBot) -> None:
    stage.put(0, 0)
    stage.key(Qt.Key.Key_M, ALT)
    overview = stage.view.commands.finding.minimap
    stage.view.quick_add(overview.geometry().center())
    popup = stage.view.adding.popup
    stage.view.pan_by(8, 8)
    shared = popup.geometry().intersected(overview.geometry())
    assert not shared.isEmpty()
    assert popup.isAncestorOf(stage.view.childAt(shared.center()))


def test_a_row_shows_name_detail_and_keys_apart(stage: Stage, qtbot: QtBot) -> None:
    stage.put(0, 0)
    stage.key(Qt.Key.Key_K, MOD)
    finder = finder_of(stage, qtbot)
    QTest.keyClicks(finder.field, "select all")
    assert finder.list.item(0).text() == "Select all    Ctrl+A"
    picture = finder.list.grab().toImage()
    right = [picture.pixelColor(x, 15) for x in range(picture.width() * 3 // 4, picture.width())]
    assert QColor(stage.view.theme.accent) not in right
    assert len({each.rgb() for each in right}) > 2
    assert _after_name("Plan", "# Plan first this") == "first this"
    assert _after_name("csv", "ix csv a.csv") == "ix csv a.csv"


@pytest.fixture
def mirrored(qapp: QApplication) -> Iterator[None]:
    before = qapp.layoutDirection()
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(before)


@pytest.mark.usefixtures("mirrored")
def test_a_mirrored_row_begins_at_the_right_and_ends_with_its_keys(stage: Stage, qtbot: QtBot) -> None:
    stage.put(0, 0)
    stage.key(Qt.Key.Key_K, MOD)
    finder = finder_of(stage, qtbot)
    QTest.keyClicks(finder.field, "select all")
    picture = finder.list.grab().toImage()
    for colour, wanted in ((stage.view.theme.accent, True), (stage.view.theme.dim, False)):
        there = [x for x in range(picture.width()) for y in range(30) if picture.pixelColor(x, y) == QColor(colour)]
        assert there
        assert {x > picture.width() // 2 for x in there} == {wanted}


def test_the_palette_goes_to_glyphs_behind_what_can_be_done(stage: Stage, qtbot: QtBot) -> None:
    stage.put(0, 0, "all of it")
    far = stage.put(9_000, 9_000, "nothing else")
    stage.key(Qt.Key.Key_K, MOD)
    finder = finder_of(stage, qtbot)
    QTest.keyClicks(finder.field, "all")
    assert finder.texts()[0] == "Select all"
    assert finder.texts()[-1].endswith("all of it")
    finder.field.setText("nothing else")
    QTest.keyClick(finder.field, Qt.Key.Key_Return)
    assert set(stage.view.scene_of.selection) == {far}


def test_names_that_begin_with_the_words_come_first_and_numbers_nobody_sees_fit_nothing(
    stage: Stage, qtbot: QtBot
) -> None:
    one = stage.put(0, 0, "the plan")
    hidden = stage.document.glyph(one).content | {"canvas": "c62b55e4", "copy_of": "c62b55e4"}
    stage.document.edit(update(stage.document.canvas, one, content=hidden), "Edit")
    stage.put(400, 0, "plan")
    stage.key(Qt.Key.Key_P, MOD)
    finder = finder_of(stage, qtbot)
    QTest.keyClicks(finder.field, "plan")
    assert [each.split()[-1] for each in finder.texts()] == ["plan", "plan"]
    assert finder.texts()[0].endswith("   plan")
    finder.field.setText("c62b55e4")
    assert finder.texts() == ()


def test_esc_and_words_that_fit_nothing_do_nothing(stage: Stage, qtbot: QtBot) -> None:
    stage.put(0, 0)
    stage.key(Qt.Key.Key_K, MOD)
    finder = finder_of(stage, qtbot)
    QTest.keyClicks(finder.field, "xyzzy")
    QTest.keyClick(finder.field, Qt.Key.Key_Return)
    assert finder.isVisible()
    assert finder.none.isVisible()
    QTest.keyClick(finder.field, Qt.Key.Key_Escape)
    assert stage.view.commands.finding.finder is None or not finder.isVisible()
    assert not stage.view.scene_of.selection


def test_go_to_a_glyph_and_back_to_where_one_looked(stage: Stage, qtbot: QtBot) -> None:
    stage.put(0, 0, "near")
    far = stage.put(9_000, 9_000, "far away")
    before = stage.view.viewpoint
    stage.key(Qt.Key.Key_P, MOD)
    finder = finder_of(stage, qtbot)
    QTest.keyClicks(finder.field, "away far")
    QTest.keyClick(finder.field, Qt.Key.Key_Return)
    assert stage.view.current_glyph() == far
    there = stage.view.viewpoint
    assert there.center_x > 8_000
    qtbot.waitUntil(stage.view.hasFocus)
    stage.key(Qt.Key.Key_Left, MOD | ALT)
    assert stage.view.viewpoint.center_x == pytest.approx(before.center_x, abs=2)
    stage.key(Qt.Key.Key_Right, MOD | ALT)
    assert stage.view.viewpoint.center_x == pytest.approx(there.center_x, abs=2)


def test_find_steps_through_the_glyphs_that_hold_the_text(stage: Stage, qtbot: QtBot) -> None:
    one, _, three = stage.put(0, 0, "Berlin"), stage.put(300, 0, "Rome"), stage.put(-300, 0, "in berlin")
    stage.key(Qt.Key.Key_F, MOD)
    finder = finder_of(stage, qtbot)
    assert finder.texts() == ()
    QTest.keyClicks(finder.field, "BERLIN")
    assert len(finder.texts()) == 2
    visited = []
    for _ in range(3):
        QTest.keyClick(finder.field, Qt.Key.Key_Return)
        visited.append(stage.view.current_glyph())
    assert visited == [one, three, one]
    assert finder.isVisible()
    QTest.keyClick(finder.field, Qt.Key.Key_Escape)
    assert not finder.isVisible()


def test_the_overview_tells_states_by_shapes_too(stage: Stage, kind: Any) -> None:
    stage.view.perform("minimap")
    minimap, window = stage.view.commands.finding.minimap, QColor(stage.view.theme.window)
    shapes = set()
    for tone in ("ok", "bad", "run", "wait"):
        kind.shown_chips = (Chip("so", tone),)
        stage.put(0, 0)
        minimap.grab()
        drawn = minimap._picture.toImage()
        places = ((x, y) for x in range(drawn.width()) for y in range(drawn.height()))
        shapes.add(frozenset((x, y) for x, y in places if drawn.pixelColor(x, y) == window))
        stage.document.undo()
    assert frozenset() in shapes
    assert len(shapes) == 4


def test_the_overview_shows_and_a_press_looks_there(stage: Stage) -> None:
    stage.put(-4_000, 0)
    stage.put(4_000, 0)
    stage.view.look_at(Viewpoint())
    stage.view.perform("minimap")
    minimap = stage.view.commands.finding.minimap
    assert minimap.isVisible()
    minimap.grab()
    kept = minimap._picture.cacheKey()
    stage.view.pan_by(40, 40)
    moved = minimap.grab().toImage()
    assert minimap._picture.cacheKey() == kept  # looking elsewhere paints no card again
    first = next(iter(stage.document.canvas.glyphs))
    stage.document.edit(update(stage.document.canvas, first, y=-900.0), "Move")
    assert minimap.grab().toImage() != moved
    stage.document.undo()
    assert minimap.grab().toImage() == moved
    stage.view.select([first])
    assert minimap.grab().toImage() != moved
    stage.view.select([])
    QTest.mousePress(minimap, Qt.MouseButton.LeftButton, pos=QPoint(190, 70))
    assert stage.view.viewpoint.center_x > 3_000
    stage.view.resize(700, 500)
    assert minimap.geometry().right() < 700
    stage.view.perform("minimap")
    assert not minimap.isVisible()


def test_the_overview_of_a_large_canvas_is_drawn_beside_the_frames(stage: Stage, qtbot: QtBot) -> None:
    """The last picture stands until the next one is done, and every card is on it."""
    many = {
        key: Glyph(id=key, kind="note", x=key % 40 * 300.0, y=key // 40 * 200.0, width=240, height=96)
        for key in range(1, 601)
    }
    stage.document.edit(CanvasDiff(added=many), "Add")
    qtbot.waitUntil(stage.view.scene_of.far.prepare, timeout=30_000)
    stage.view.perform("minimap")
    minimap = stage.view.commands.finding.minimap
    qtbot.waitUntil(lambda: bool(minimap.grab()) and not minimap._picture.isNull(), timeout=30_000)
    first = minimap._picture.toImage()
    stage.view.select([1])
    assert minimap._picture.toImage() == first
    qtbot.waitUntil(lambda: minimap._picture.toImage() != first, timeout=30_000)
    stage.view.select([])
    qtbot.waitUntil(lambda: minimap._picture.toImage() == first, timeout=30_000)
    stage.view.set_theme(LIGHT)
    minimap.grab()
    assert minimap._picture.isNull()
    qtbot.waitUntil(lambda: not minimap._picture.isNull(), timeout=30_000)


def test_a_submenu_can_be_opened_when_one_of_its_entries_can_be_chosen(stage: Stage) -> None:
    one = stage.put(0, 0)
    stage.view.select([one])
    menu = glyph_menu(stage.view, stage.view.scene_of.item_of(one))
    arrange = next(entry for entry in menu.actions() if entry.text() == "Arrange")
    states = {entry.text().split("\t")[0]: entry.isEnabled() for entry in arrange.menu().actions()}
    assert arrange.isEnabled()
    assert (states["Bring to front"], states["Align left edges"]) == (True, False)


def test_boxes_of_a_checklist_stand_a_target_apart_and_a_quote_has_none(stage: Stage) -> None:
    found = _boxes("- [ ] one\n- [x] two\n- [ ] three\n\n> quoted\n", 260.0)
    assert [words for _, _, words, _ in found] == ["one", "two", "three"]
    assert [done for _, _, _, done in found] == [False, True, False]
    assert all(b[0] - a[0] >= 24 for a, b in itertools.pairwise(found))
