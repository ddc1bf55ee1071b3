from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qntx_desktop.model.diff import removal, update
from qntx_desktop.model.glyph import Viewpoint

MOD = Qt.KeyboardModifier.ControlModifier
Stage = Any


def text_of(stage: Stage, glyph_id: int) -> str:
    return str(stage.document.canvas.glyphs[glyph_id].content["text"])


def test_a_click_on_the_text_opens_the_editor_where_the_text_is(stage: Stage) -> None:
    one = stage.put(-100, -100, "ix csv")
    stage.click(-60, -48)
    widget = stage.view.editor.widget
    assert stage.view.editing == one
    assert widget.hasFocus()
    assert widget.text() == "ix csv"
    assert widget.geometry().topLeft() == stage.at(-88, -60)


def test_typing_reaches_the_document_while_typing_and_is_one_step(stage: Stage, qtbot: QtBot) -> None:
    one = stage.put(-100, -100)
    stage.document.take_unsaved()
    assert stage.view.open_editor(one)
    QTest.keyClicks(stage.view.editor.widget, "ix csv")
    qtbot.waitUntil(lambda: text_of(stage, one) == "ix csv", timeout=1_000)
    assert not stage.document.take_unsaved().empty
    QTest.keyClicks(stage.view.editor.widget, " ./people.csv")
    QTest.keyClick(stage.view.editor.widget, Qt.Key.Key_Escape)
    assert text_of(stage, one) == "ix csv ./people.csv"
    assert stage.view.editing is None
    assert stage.view.hasFocus()
    stage.key(Qt.Key.Key_Z, MOD)
    assert text_of(stage, one) == ""
    assert stage.document.undo_text == "Add"


def test_two_sessions_are_two_steps(stage: Stage) -> None:
    one = stage.put(-100, -100)
    for word in ("a", "b"):
        stage.view.open_editor(one)
        QTest.keyClicks(stage.view.editor.widget, word)
        stage.view.close_editor()
    after = text_of(stage, one)
    assert len(after) == 2
    stage.key(Qt.Key.Key_Z, MOD)
    assert text_of(stage, one) == "a"


def test_closing_without_commit_leaves_the_text_as_it_was(stage: Stage, qtbot: QtBot) -> None:
    one = stage.put(-100, -100, "old")
    stage.view.open_editor(one)
    stage.view.editor.widget.setText("new")
    qtbot.waitUntil(lambda: text_of(stage, one) == "new", timeout=1_000)
    stage.view.close_editor(commit=False)
    assert text_of(stage, one) == "old"
    assert stage.document.undo_text == "Add"


def test_no_key_of_the_canvas_fires_while_text_has_the_focus(stage: Stage) -> None:
    one = stage.put(-100, -100, "x")
    stage.view.open_editor(one)
    widget = stage.view.editor.widget
    for key in (
        Qt.Key.Key_Delete,
        Qt.Key.Key_Backspace,
        Qt.Key.Key_Tab,
        Qt.Key.Key_Home,
        Qt.Key.Key_Question,
    ):
        QTest.keyClick(widget, key)
    QTest.keyClick(widget, Qt.Key.Key_A, MOD)
    QTest.keyClick(widget, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(widget, Qt.Key.Key_Space)
    assert set(stage.document.canvas.glyphs) == {one}
    assert stage.place_of(one) == (-100, -100)
    assert stage.view.adding.popup is None


def test_the_editor_follows_pan_and_zoom(stage: Stage) -> None:
    one = stage.put(-100, -100)
    stage.view.open_editor(one)
    stage.view.navigator.zoom_to(2.0)
    widget = stage.view.editor.widget
    assert widget.scales[-1] == 2.0
    assert abs(widget.geometry().width() - 260) <= 1
    stage.view.pan_by(30, 40)
    corner = stage.view.viewportTransform().map(QPointF(-88, -60))
    assert abs(widget.geometry().x() - corner.x()) <= 1
    assert abs(widget.geometry().y() - corner.y()) <= 1


def test_at_a_small_zoom_the_view_goes_to_the_glyph(stage: Stage) -> None:
    one = stage.put(4_000, 4_000)
    stage.view.look_at(Viewpoint(zoom=0.1))
    stage.view.open_editor(one)
    assert stage.view.zoom == 1.0
    assert stage.view.seen().contains(stage.view.scene_of.item_of(one).card_rect)


def test_what_is_added_or_edited_by_a_key_out_of_sight_comes_into_view(stage: Stage) -> None:
    one = stage.view.add_glyph("note", QPointF(2_000, 1_600))
    assert stage.view.editing == one
    assert stage.view.seen().contains(stage.view.scene_of.item_of(one).card_rect)
    stage.view.close_editor()
    stage.view.look_at(Viewpoint())
    stage.key(Qt.Key.Key_Return)
    assert stage.view.editing == one
    assert stage.view.seen().contains(stage.view.scene_of.item_of(one).card_rect)


def test_the_editor_leaves_the_border_of_its_card_bare(stage: Stage, kind: Any) -> None:
    kind.editor_mode = "text"
    one = stage.put(-101, -103)
    stage.view.look_at(Viewpoint(zoom=0.89))
    stage.view.open_editor(one)
    widget = stage.view.editor.widget
    item = stage.view.scene_of.item_of(one)
    field = stage.view.viewportTransform().mapRect(item.kind.editor(item.glyph).rect.translated(item.pos()))
    covered = widget.mask().boundingRect().translated(widget.pos())
    assert field.adjusted(0.89, 0.89, -0.89, -0.89).contains(QRectF(covered))


def test_enter_edits_and_run_has_the_newest_text(stage: Stage) -> None:
    one = stage.put(-100, -100)
    stage.view.select([one])
    stage.key(Qt.Key.Key_Return)
    assert stage.view.editing == one
    QTest.keyClicks(stage.view.editor.widget, "ix csv a")
    seen: list[str] = []
    stage.view.action.connect(lambda *_: seen.append(text_of(stage, one)))
    QTest.keyClick(stage.view.editor.widget, Qt.Key.Key_Return)
    assert seen == ["ix csv a"]
    assert stage.actions == [(one, "run")]


def test_deleting_the_glyph_closes_its_editor(stage: Stage) -> None:
    one = stage.put(-100, -100)
    stage.view.open_editor(one)
    QTest.keyClicks(stage.view.editor.widget, "abc")
    stage.document.edit(removal(stage.document.canvas, {one}), "Delete")
    assert stage.view.editing is None


def test_a_text_that_changes_elsewhere_is_taken(stage: Stage) -> None:
    one = stage.put(-100, -100, "old")
    stage.view.open_editor(one)
    stage.document.amend(update(stage.document.canvas, one, content={"text": "new"}))
    assert stage.view.editor.widget.text() == "new"
    assert text_of(stage, one) == "new"


def test_a_press_elsewhere_keeps_the_text(stage: Stage) -> None:
    one = stage.put(-100, -100)
    stage.view.open_editor(one)
    QTest.keyClicks(stage.view.editor.widget, "kept")
    stage.click(300, 200)
    assert stage.view.editing is None
    assert text_of(stage, one) == "kept"


def test_loading_another_canvas_drops_the_editor_and_types_nothing_into_it(
    stage: Stage, qtbot: QtBot
) -> None:
    one = stage.put(-100, -100, "old")
    other = stage.document.canvas
    stage.view.open_editor(one)
    QTest.keyClicks(stage.view.editor.widget, "typed")
    stage.document.load(other)
    assert stage.view.editing is None
    assert text_of(stage, one) == "old"
    assert not stage.document.has_unsaved


def test_a_text_covers_the_canvas_and_stands_on_its_card_again(stage: Stage, kind: Any) -> None:
    one = stage.put(-100, -100, "kept")
    stage.view.select([one])
    stage.key(Qt.Key.Key_F11)  # a line has no use for it: the card is shown as large as fits
    assert (stage.view.editing, stage.view.zoom) == (None, 2.0)
    kind.editor_mode = "text"
    stage.key(Qt.Key.Key_F11)
    widget, room = stage.view.editor.widget, stage.view.viewport().rect()
    assert stage.view.editing == one
    assert (widget.width(), widget.height()) == (room.width() - 24, room.height() - 24)
    assert widget.mask().isEmpty()
    stage.view.pan_by(40, 0)
    assert widget.width() == room.width() - 24
    QTest.keyClicks(widget, "m")
    assert widget.text() == "keptm"
    QTest.keyClick(widget, Qt.Key.Key_F11)
    assert widget.width() < room.width() - 24
    QTest.keyClick(widget, Qt.Key.Key_F11)
    assert widget.width() == room.width() - 24
    stage.view.close_editor()
    assert text_of(stage, one) == "keptm"
