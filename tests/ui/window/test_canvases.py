"""Several canvases in one window: each with its own history, and what runs goes on while another one is shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from qntx_desktop.ui.dialogs.allow_view import AllowView
from qntx_desktop.ui.dialogs.bundle_files_view import BundleFilesView
from qntx_desktop.ui.dialogs.bundle_view import BundleView
from qntx_desktop.ui.dialogs.canvas_name import CanvasName
from qntx_desktop.ui.dialogs.canvases_view import CanvasesView
from tests.window_stage import Stage, window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen: no raising, no size hints


def new_canvas(stage: Stage, name: str) -> None:
    stage.view.perform("canvas_new")
    asked = stage.top_window("canvas_name")
    assert isinstance(asked, CanvasName)
    QTest.keyClicks(asked.field, name)
    QTest.keyClick(asked.field, Qt.Key.Key_Return)
    stage.until(lambda: stage.canvas.name == name and stage.work.window.topbar.names() == (name,))


def listed(stage: Stage) -> CanvasesView:
    view = stage.top_window("canvases_view")
    assert isinstance(view, CanvasesView)
    return view


def test_each_canvas_has_its_own_history_and_runs_go_on(qtbot: QtBot, tmp_path: Path) -> None:
    with window(qtbot, tmp_path / "home") as stage:
        control = stage.work.canvases
        first = stage.canvas.id
        note = stage.view.add_glyph("note", QPointF(0, 0))
        stage.type_text("to be kept")
        looked = stage.view.viewpoint
        new_canvas(stage, "Second")  # what was being typed is kept
        assert not stage.canvas.glyphs
        assert not stage.work.document.can_undo
        stage.view.add_glyph("frame", QPointF(500, 500))
        python = stage.view.add_glyph("python", QPointF(0, 0))
        stage.paste_code("print('came')\n")
        stage.view.close_editor()
        stage.press(python, "run")
        control.open(first)  # at once: the run is asked for, but not known yet
        stage.until(lambda: stage.canvas.id == first and not control.switching.under_way)
        assert stage.canvas.glyphs[note].content["text"] == "to be kept"
        assert stage.view.viewpoint == looked
        assert stage.work.document.undo_text == "Edit text"
        jobs = stage.work.services.queue
        stage.until(lambda: any(job.ended for job in jobs.list()))
        stage.until(lambda: len(control.lines) == 2)
        assert stage.view.perform("place_back")
        stage.until(lambda: stage.canvas.name == "Second")
        stage.view.perform("go_to")
        finder = stage.view.commands.finding.finder
        assert finder is not None
        finder.field.setText("canvas 1")
        assert finder.texts() == ("⧉   Canvas 1",)
        finder._choose()
        stage.until(lambda: stage.canvas.id == first and not control.switching.under_way)
        stage.work.pulse._go_to_glyph(python)  # from the Pulse panel, to whichever canvas it stands on
        stage.until(lambda: stage.canvas.name == "Second" and stage.view.current_glyph() == python)
        stage.work.controller.act(python, "make_handler")  # a window about a glyph goes with its canvas
        stage.until(lambda: stage.top_window("name_window") is not None)
        control.open(first)
        stage.until(lambda: stage.canvas.id == first and stage.top_window("name_window") is None)
        control.open_glyph(python)
        stage.until(lambda: stage.canvas.name == "Second" and not control.switching.under_way)
        lives = stage.work.controller._board.lives
        result = stage.only("result").id
        stage.until(lambda: lives.of(result).execution is not None)
        assert lives.of(result).execution.stdout == "came\n"
        while stage.work.document.can_undo:
            stage.view.perform("undo")
        assert not stage.canvas.glyphs
    with window(qtbot, tmp_path / "home") as stage:
        assert stage.canvas.name == "Second"
        assert stage.work.document.can_redo


def test_the_list_renames_deletes_and_restores(qtbot: QtBot, tmp_path: Path) -> None:
    with window(qtbot, tmp_path / "home") as stage:
        first, control = stage.canvas.id, stage.work.canvases
        new_canvas(stage, "Second")
        second = stage.canvas.id
        note = stage.view.add_glyph("note", QPointF(0, 0))
        stage.view.close_editor()
        stage.view.perform("canvas_rename")
        asked = stage.top_window("canvas_name")
        assert isinstance(asked, CanvasName)
        asked.field.setText("Canvas 1")
        QTest.keyClick(asked.field, Qt.Key.Key_Return)
        stage.until(lambda: asked.said.text().startswith("▲ A canvas called 'Canvas 1' exists"))
        asked.field.setText("Notes")
        asked.accept_button.setFocus()
        stage.until(lambda: QApplication.focusWidget() is asked.accept_button)
        QTest.keyClick(asked.accept_button, Qt.Key.Key_Return)  # Return presses the button that has the focus
        stage.until(lambda: stage.work.window.topbar.names() == ("Notes",))
        stage.view.perform("canvases")
        view = listed(stage)
        stage.until(lambda: view.live.list.count() == 2 and view.live.chosen == second)
        view.delete_asked.emit(second)
        stage.until(lambda: stage.canvas.id == first and not control.switching.under_way)
        stage.until(lambda: (view.live.list.count(), view.bin.list.count()) == (1, 1))
        stage.until(lambda: "1 glyph " in f"{view.bin.list.item(0).text()} ")
        assert view.tabs.tabText(1) == "Bin (1)"
        view.tabs.setCurrentIndex(1)
        view.empty_bin.click()
        assert view.empty_bin.text() == "Really delete 1 canvas for good"
        stage.work.window.banner.press("canvas")  # Restore
        stage.until(lambda: stage.canvas.id == second and note in stage.canvas.glyphs)
        stage.until(lambda: view.bin.list.count() == 0)
        control.delete(first)
        stage.until(lambda: view.bin.list.count() == 1)
        view.empty_bin.click()
        view.empty_bin.click()
        stage.until(lambda: len(control.lines) == 1)
        stage.view.perform("canvas_duplicate")
        stage.until(lambda: stage.canvas.name == "Notes 2")
        assert len(stage.canvas.glyphs) == 1
        assert note not in stage.canvas.glyphs


def test_what_was_done_in_the_list_can_be_taken_back_until_the_next_thing(qtbot: QtBot, tmp_path: Path) -> None:
    with window(qtbot, tmp_path / "home") as stage:
        control, banner = stage.work.canvases, stage.work.window.banner
        new_canvas(stage, "Second")
        second = stage.canvas.id
        new_canvas(stage, "Third")
        stage.view.perform("canvases")
        view = listed(stage)
        stage.until(lambda: view.live.list.count() == 3)
        assert not view.undo_button.isVisible()
        view.live.pick(second)
        view.live.list.setFocus()
        stage.until(lambda: QApplication.focusWidget() is view.live.list)

        def live() -> set[str]:
            return {each.name for each in control.lines if not each.in_bin}

        QTest.keyClick(view.live.list, Qt.Key.Key_F2)
        asked = stage.top_window("canvas_name")
        assert isinstance(asked, CanvasName)
        asked.field.setText("Renamed")
        asked.accept_button.click()
        stage.until(lambda: live() == {"Canvas 1", "Renamed", "Third"} and view.undo_button.isVisible())
        QTest.keyClick(view.live.list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        stage.until(lambda: live() == {"Canvas 1", "Second", "Third"})
        assert not view.undo_button.isVisible()
        QTest.keyClick(view.live.list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)  # nothing is left to do
        assert view.live.chosen == second

        view.activateWindow()  # as a desktop does when the window with the name is closed
        view.live.list.setFocus()
        stage.until(lambda: QApplication.focusWidget() is view.live.list)
        QTest.keyClick(view.live.list, Qt.Key.Key_Delete)
        stage.until(lambda: live() == {"Canvas 1", "Third"} and view.undo_button.isVisible())
        assert banner.texts() == ("Second is in the bin.",)
        view.undo_button.click()
        stage.until(lambda: live() == {"Canvas 1", "Second", "Third"} and view.live.chosen == second)
        assert stage.canvas.name == "Third"  # it was not shown before, so it is not now
        assert not banner.texts()

        control.duplicate(second)
        stage.until(lambda: stage.canvas.name == "Second 2" and "Second 2" in live())
        banner.press("canvas")
        stage.until(lambda: stage.canvas.name == "Third" and live() == {"Canvas 1", "Second", "Third"})
        stage.until(lambda: view.bin.list.count() == 1)


def test_a_canvas_on_a_canvas_leads_in_and_out_and_outlives_its_card(qtbot: QtBot, tmp_path: Path) -> None:
    with window(qtbot, tmp_path / "home") as stage:
        outer, names = stage.canvas.id, stage.work.window.topbar.names
        lives = stage.work.controller._board.lives
        door = stage.view.add_glyph("canvas", QPointF(0, 0))
        stage.until(lambda: lives.of(door).inside is not None)
        assert stage.item(door).layout.title_whole == "Sub-canvas"
        middle = stage.item(door).card_rect.center()
        QTest.mouseDClick(stage.view.viewport(), Qt.MouseButton.LeftButton, pos=stage.place(middle))
        stage.until(lambda: names() == ("Canvas 1", "Sub-canvas"))
        inner = stage.canvas.id
        assert not stage.canvas.glyphs
        stage.view.add_glyph("note", QPointF(0, 0))
        stage.type_text("needle")
        stage.view.close_editor()
        assert stage.view.perform("canvas_out")
        stage.until(lambda: stage.canvas.id == outer)
        assert stage.view.current_glyph() == door  # the card one came through
        assert not stage.view.commands.can("canvas_out")
        stage.until(lambda: (found := lives.of(door).inside) is not None and len(found.boxes) == 1)
        stage.view.perform("delete")
        assert not stage.canvas.glyphs
        stage.view.perform("undo")
        stage.until(lambda: (found := lives.of(door).inside) is not None and len(found.boxes) == 1)
        stage.view.perform("find_all")
        finder = stage.view.commands.finding.finder
        assert finder is not None
        finder.field.setText("NEEDLE")
        stage.until(lambda: finder.texts() == ("≡   needle",))
        finder._choose()
        stage.until(lambda: stage.canvas.id == inner and stage.view.current_glyph() == stage.only("note").id)
        stage.view.perform("place_keep")
        asked = stage.top_window("canvas_name")
        assert isinstance(asked, CanvasName)
        QTest.keyClicks(asked.field, "here")
        QTest.keyClick(asked.field, Qt.Key.Key_Return)
        stage.until(lambda: len(stage.work.services.canvases.places()) == 1)
        kept = stage.work.services.canvases.places()[0].viewpoint
        assert stage.view.perform("place_back")
        stage.until(lambda: stage.canvas.id == outer)
        stage.view.perform("places")
        stage.until(lambda: stage.view.commands.finding.finder is not None)
        places = stage.view.commands.finding.finder
        assert places is not None
        assert places.texts() == ("here",)
        places._choose()
        stage.until(lambda: stage.canvas.id == inner)
        assert stage.view.viewpoint.zoom == kept.zoom
        target = tmp_path / "all.qntxcanvas"
        stage.work.canvases.open(outer)
        stage.until(lambda: stage.canvas.id == outer and not stage.work.canvases.switching.under_way)
        stage.work.files.export(str(target))
        stage.until(target.exists)
        stage.work.files.bring(str(target))
        stage.until(lambda: len(stage.glyphs("canvas")) == 2)
        copy = next(each for each in stage.glyphs("canvas") if each.id != door)
        assert copy.content["canvas"] != stage.canvas.glyphs[door].content["canvas"]
        stage.until(lambda: (found := lives.of(copy.id).inside) is not None and len(found.boxes) == 1)
        stage.work.canvases.open(inner)
        stage.until(lambda: stage.canvas.id == inner and not stage.work.canvases.switching.under_way)
        stage.work.canvases.delete(outer)  # which takes the shown one along
        stage.until(lambda: stage.canvas.id not in (outer, inner))
        stage.until(lambda: sum(not each.in_bin for each in stage.work.canvases.lines) == 1)
        stage.work.canvases.restore(outer)
        stage.until(lambda: stage.canvas.id == outer)
        stage.until(lambda: {outer, inner} <= {each.id for each in stage.work.canvases.lines if not each.in_bin})


def test_a_copied_card_opens_a_copy_and_a_cut_one_moves(qtbot: QtBot, tmp_path: Path) -> None:
    with window(qtbot, tmp_path / "home") as stage:
        control, outer = stage.work.canvases, stage.canvas.id
        door = stage.view.add_glyph("canvas", QPointF(0, 0))
        control.enter(door)
        stage.until(lambda: stage.canvas.id != outer and not control.switching.under_way)
        stage.view.add_glyph("note", QPointF(0, 0))
        stage.view.close_editor()
        control.go_out()
        stage.until(lambda: stage.canvas.id == outer and not control.switching.under_way)

        def lying(*, in_bin: bool) -> list[str]:
            return sorted(each.name for each in control.lines if each.in_bin is in_bin)

        stage.view.select([door])
        stage.view.perform("duplicate")
        (copy,) = (each for each in stage.glyphs("canvas") if each.id != door)
        uid = stage.canvas.glyphs[door].content["canvas"]
        assert copy.content["canvas"] != uid
        assert copy.content["copy_of"] == uid
        stage.until(lambda: lying(in_bin=False) == ["Canvas 1", "Sub-canvas", "Sub-canvas 2"])
        lives = stage.work.controller._board.lives
        stage.until(lambda: (found := lives.of(copy.id).inside) is not None and len(found.boxes) == 1)
        stage.view.perform("undo")
        assert len(stage.glyphs("canvas")) == 1
        stage.until(lambda: lying(in_bin=True) == ["Sub-canvas 2"])
        stage.view.perform("redo")
        stage.until(lambda: lying(in_bin=True) == [])
        stage.until(lambda: (found := lives.of(copy.id).inside) is not None and not found.line.in_bin)

        stage.view.select([door])
        stage.view.perform("cut")
        new_canvas(stage, "Other")
        stage.view.perform("paste")
        assert stage.only("canvas").content == {"canvas": uid}
        other = stage.canvas.uid
        stage.until(lambda: any(each.uid == uid and each.parent_uid == other for each in control.lines))
        stage.view.perform("paste")  # once more: a copy
        stage.until(lambda: "Sub-canvas 3" in lying(in_bin=False))
        assert lying(in_bin=True) == []


def test_a_copied_card_takes_what_lies_inside_to_another_home(qtbot: QtBot, tmp_path: Path) -> None:
    with window(qtbot, tmp_path / "here") as stage:
        control, outer = stage.work.canvases, stage.canvas.id
        door = stage.view.add_glyph("canvas", QPointF(0, 0))
        control.enter(door)
        stage.until(lambda: stage.canvas.id != outer and not control.switching.under_way)
        stage.view.add_glyph("python", QPointF(0, 0))
        stage.paste_code("print('inside')")
        stage.view.close_editor()
        control.go_out()
        stage.until(lambda: stage.canvas.id == outer and not control.switching.under_way)
        stage.view.select([door])
        stage.view.perform("copy")
        stage.until(lambda: "inside" in QApplication.clipboard().text())
        stage.view.perform("paste")
        (copy,) = (each for each in stage.glyphs("canvas") if each.id != door)
        assert copy.content["copy_of"] == stage.canvas.glyphs[door].content["canvas"]  # here as ever
    with window(qtbot, tmp_path / "there") as stage:
        stage.view.perform("paste")
        stage.until(lambda: bool(stage.glyphs("canvas")))
        card = stage.only("canvas")
        assert "copy_of" not in card.content
        lives = stage.work.controller._board.lives
        stage.until(lambda: (found := lives.of(card.id).inside) is not None and len(found.boxes) == 1)
        stage.work.canvases.enter(card.id)
        stage.until(lambda: bool(stage.glyphs("python")))
        python = stage.only("python")
        assert python.content["code"] == "print('inside')"
        assert python.state["came"]  # what it asks for needs a yes here


def test_a_new_home_begins_with_an_example_that_runs(qtbot: QtBot, tmp_path: Path) -> None:
    with window(qtbot, tmp_path / "home", example=True) as stage:
        offer = stage.work.canvases.offer.button
        stage.until(lambda: offer.isVisible() and stage.work.window.topbar.names() == ("Start here",))
        assert offer.text().startswith("Start with an empty canvas")
        seen = stage.view.seen()
        assert all(seen.intersects(stage.item(key).card_rect) for key in stage.canvas.glyphs)
        lives = stage.work.controller._board.lives
        assert not lives.of(stage.only("python").id).unsaved
        ix = stage.only("ix").id
        stage.until(lambda: "run" in stage.offers(ix))
        stage.press(ix, "run")
        stage.until(lambda: bool(stage.glyphs("result")))
        stage.until(lambda: lives.of(stage.only("result").id).attestation_total == 5)
        assert stage.work.services.handlers.newest("example-people").version == 1
        (tmp_path / "home" / "inputs" / "example" / "people.csv").write_text("mine", "utf-8")
        assert offer.isVisible()
        QTest.mouseClick(offer, Qt.MouseButton.LeftButton)
        stage.until(lambda: stage.canvas.name == "Canvas 1")  # the one that waited, not another one
        assert not offer.isVisible()
        assert not stage.canvas.glyphs
        stage.view.perform("canvas_new")
        asked = stage.top_window("canvas_name")
        assert isinstance(asked, CanvasName)
        asked.kinds.setCurrentIndex(asked.kinds.findData("example"))
        asked.accept_button.click()
        stage.until(lambda: stage.canvas.name == "Worked example")
        assert stage.work.services.handlers.newest("example-people").version == 1
        assert (tmp_path / "home" / "inputs" / "example" / "people.csv").read_text("utf-8") == "mine"
        assert stage.canvas.folder == str(tmp_path / "home" / "inputs" / "example")
        stage.view.perform("canvas_empty")  # none waits any more: a new one
        stage.until(lambda: stage.canvas.name == "Canvas")


def test_the_only_canvas_of_a_home_offers_the_example_while_it_is_empty(qtbot: QtBot, tmp_path: Path) -> None:
    with window(qtbot, tmp_path / "home") as stage:
        offer = stage.work.canvases.offer.button
        stage.until(offer.isVisible)
        note = stage.view.add_glyph("note", QPointF(0, 0))
        stage.view.close_editor()
        assert not offer.isVisible()
        stage.view.select([note])
        stage.view.perform("delete")
        QTest.mouseClick(offer, Qt.MouseButton.LeftButton)
        stage.until(lambda: stage.work.window.topbar.names() == ("Worked example",))
        assert not offer.isVisible()


LOUD = '# /// script\n# [tool.qntx]\n# network = ["api.example.com:443"]\n# ///\nprint("said")\n'


def test_a_bundle_shows_its_sheet_first_and_its_code_waits_for_a_yes(qtbot: QtBot, tmp_path: Path) -> None:
    path = str(tmp_path / "all.qntx")
    with window(qtbot, tmp_path / "home") as stage:
        services = stage.work.services
        services.handlers.create("loud", LOUD, source="window")
        services.handlers.create("louder", LOUD, source="window")
        (tmp_path / "mine.csv").write_text("mine", "utf-8")
        (tmp_path / "private.csv").write_text("private", "utf-8")
        stage.work.set_folder(str(tmp_path))
        for text, y in (("ix loud ./mine.csv", 0), ("ix louder ./private.csv", 200)):
            stage.view.add_glyph("ix", QPointF(0, y))
            stage.type_text(text)
            stage.view.close_editor()
        stage.view.add_glyph("python", QPointF(400, 0))
        stage.paste_code(LOUD)
        stage.view.close_editor()
        stage.work.files.export(path)
        stage.until(lambda: stage.top_window("bundle_files_view") is not None)
        files = stage.top_window("bundle_files_view")
        assert isinstance(files, BundleFilesView)
        assert [files.files.item(row).text().split()[0] for row in range(files.files.count())] == [
            str(tmp_path / "mine.csv"),
            str(tmp_path / "private.csv"),
        ]
        files.files.item(1).setCheckState(Qt.CheckState.Unchecked)
        QTest.keyClick(files.files, Qt.Key.Key_Return)
        stage.until(lambda: any("2 handlers and 1 file." in each for each in stage.work.window.banner.texts()))
    with window(qtbot, tmp_path / "other") as stage:
        services = stage.work.services
        stage.work.files.bring(path)
        stage.until(lambda: stage.top_window("bundle_view") is not None)
        sheet = stage.top_window("bundle_view")
        assert isinstance(sheet, BundleView)
        assert "connect to api.example.com" in sheet.asks.text()
        assert not services.handlers.entries()
        assert sheet._look.inputs == (("mine.csv", 4),)
        sheet.handlers.item(0).setCheckState(Qt.CheckState.Checked)
        sheet.yes.click()
        stage.until(lambda: len(stage.canvas.glyphs) == 3)
        assert services.handlers.show("loud").allowed
        assert not services.handlers.show("louder").allowed
        python = stage.only("python").id
        stage.press(python, "run")
        stage.until(lambda: stage.top_window("allow_view") is not None)
        assert not services.queue.list()
        allow = stage.top_window("allow_view")
        assert isinstance(allow, AllowView)
        yes = next(each for each in allow.findChildren(QPushButton) if each.text() == "Allow")
        yes.click()
        stage.until(lambda: "The code is allowed." in " ".join(stage.work.window.banner.texts()))
        stage.press(python, "run")
        stage.until(lambda: bool(stage.glyphs("result")))
        lives = stage.work.controller._board.lives
        stage.until(lambda: lives.of(stage.only("result").id).execution is not None)
