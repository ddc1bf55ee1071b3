"""The window with a real home: failures are said, changes are kept, the GUI thread stays out of the store."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qntx_desktop.app.container import build
from qntx_desktop.app.one_window import OneWindow
from qntx_desktop.app.paths import resolve_home
from qntx_desktop.app.window_memory import WindowMemory, read_memory, write_memory
from qntx_desktop.model.diff import update
from qntx_desktop.model.errors import ErrDiskFull
from qntx_desktop.model.events import HandlerSaved
from qntx_desktop.ui.control import links
from qntx_desktop.ui.desktop import Desktop
from tests.window_stage import WAIT_MS, end, start, window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen: no raising, no size hints


def opened_badly(qtbot: QtBot, home: Path) -> Desktop:
    """A window whose store does not open."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setQuitOnLastWindowClosed(False)
    place = OneWindow(resolve_home(str(home)))
    place.take()
    desktop = Desktop(app, resolve_home(str(home)), place)
    desktop.show()
    with qtbot.waitSignal(desktop.failed, timeout=WAIT_MS):
        desktop.begin()
    return desktop


def leave(qtbot: QtBot, desktop: Desktop) -> None:
    with qtbot.waitSignal(desktop.closed, timeout=WAIT_MS):
        desktop.window.close()
    desktop.window.deleteLater()
    desktop.deleteLater()


def test_a_damaged_store_is_said_and_left_alone(qtbot: QtBot, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "qntx.db").write_bytes(b"this is no database" * 100)
    desktop = opened_badly(qtbot, home)
    title, message, hint = desktop.window.state.texts()
    assert "did not open" in title
    assert "damaged" in message
    assert hint
    assert (home / "qntx.db").read_bytes() == b"this is no database" * 100

    # Once it is put right, Try again opens it.
    (home / "qntx.db").unlink()
    with qtbot.waitSignal(desktop.opened, timeout=WAIT_MS):
        desktop.window.state.retry_requested.emit()
    leave(qtbot, desktop)


def test_a_home_that_is_a_file_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("a file")
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    desktop = Desktop(app, resolve_home(str(home)), OneWindow(resolve_home(str(home))))
    desktop.show()
    with qtbot.waitSignal(desktop.failed, timeout=WAIT_MS):
        desktop.begin()
    assert any(str(home) in text for text in desktop.window.state.texts())
    leave(qtbot, desktop)
    assert home.read_text() == "a file"


def test_a_home_that_cannot_even_be_looked_at_is_said_and_the_window_closes(qtbot: QtBot, tmp_path: Path) -> None:
    home = tmp_path / ("x" * 300)  # as one in a folder of somebody else
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    desktop = Desktop(app, resolve_home(str(home)), OneWindow(resolve_home(str(home))))
    desktop.show()
    with qtbot.waitSignal(desktop.failed, timeout=WAIT_MS):
        desktop.begin()
    leave(qtbot, desktop)


def test_a_theme_that_the_desktop_has_no_longer_goes_right_after_the_first_paint(
    qtbot: QtBot, tmp_path: Path
) -> None:
    home = resolve_home(str(tmp_path / "home")).make()
    home.db.mkdir()  # never opens, and that is enough here
    write_memory(home, WindowMemory(drawn="light"))
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    desktop = Desktop(app, home, OneWindow(home))
    desktop.show()
    assert desktop.window.theme.name == "light"
    with qtbot.waitSignal(desktop.failed, timeout=WAIT_MS):
        desktop.begin()
    assert (desktop.theme.name, desktop.window.theme.name) == ("dark", "dark")
    leave(qtbot, desktop)
    assert read_memory(home).drawn == "dark"


def test_the_gui_thread_never_touches_the_store(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    touched: list[str] = []
    gui = threading.get_ident()
    connect: Callable[..., Any] = sqlite3.connect

    def watched(*args: Any, **kwargs: Any) -> Any:
        connection = connect(*args, **kwargs)
        if threading.get_ident() == gui:
            touched.append("connect")
        connection.set_trace_callback(lambda sql: touched.append(sql) if threading.get_ident() == gui else None)
        return connection

    monkeypatch.setattr(sqlite3, "connect", watched)
    with window(qtbot, tmp_path / "home") as stage:
        ix = stage.view.add_glyph("ix", QPointF(0, 0))
        stage.type_text("ix nobody knows")
        QTest.keyClick(stage.editor(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        stage.until(lambda: stage.canvas.glyphs[ix].state.get("error") is not None)
        stage.press(ix, "create_handler")
        stage.until(lambda: bool(stage.glyphs("python")))
        stage.press(stage.only("python").id, "save")
        stage.until(lambda: bool(stage.only("python").state.get("saved")))
        stage.until(lambda: stage.work.autosave.clean)
    assert touched == []


def test_what_cannot_be_saved_is_kept_said_and_saved_later(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    with window(qtbot, home) as stage:
        service = stage.work.services.canvas
        save = service.save

        def full(*_args: Any, **_options: Any) -> int:
            raise ErrDiskFull(str(home))

        monkeypatch.setattr(service, "save", full)
        glyph_id = stage.view.add_glyph("ix", QPointF(0, 0))
        stage.type_text("ix csv precious")
        stage.view.close_editor()
        bar = stage.desktop.window.topbar
        stage.until(lambda: "not saved: disk full" in bar.saved_text())
        stage.work._board(stage.work).refuse(glyph_id, ErrDiskFull(str(home / "qntx.db")))  # as a run is then
        (said,) = stage.desktop.window.banner.texts()
        assert "disk is full" in said
        monkeypatch.setattr(service, "save", save)
        stage.until(lambda: bar.saved_text().startswith("saved "))
        assert stage.desktop.window.banner.texts() == ()
    with window(qtbot, home) as stage:
        assert stage.canvas.glyphs[glyph_id].content["text"] == "ix csv precious"


def test_closing_with_a_full_disk_asks_once_and_then_leaves(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = start(qtbot, tmp_path / "home")

    def full(*_args: Any, **_options: Any) -> int:
        raise ErrDiskFull("home")

    monkeypatch.setattr(stage.work.services.canvas, "save", full)
    stage.view.add_glyph("ix", QPointF(0, 0))
    stage.desktop.window.close()
    stage.until(lambda: any("Close again" in text for text in stage.desktop.window.banner.texts()))
    assert stage.desktop.window.isVisible()
    with qtbot.waitSignal(stage.desktop.closed, timeout=WAIT_MS):
        stage.desktop.window.close()
    assert not stage.desktop.window.isVisible()
    end(stage)


def test_what_others_save_and_retire_shows(qtbot: QtBot, tmp_path: Path) -> None:
    with window(qtbot, tmp_path / "home") as stage:
        ix = stage.view.add_glyph("ix", QPointF(0, 0))
        stage.type_text("ix csv x")
        stage.view.close_editor()
        stage.press(ix, "run")
        stage.until(lambda: "create_handler" in stage.offers(ix))
        handlers = stage.work.services.handlers
        worker = threading.Thread(target=lambda: handlers.create("csv", "print(1)", source="cli"))
        worker.start()
        stage.until(lambda: stage.canvas.glyphs[ix].state.get("error") is None)
        stage.until(lambda: "goto_handler" in stage.offers(ix))
        worker.join()
        worker = threading.Thread(target=lambda: handlers.retire("csv"))
        worker.start()
        stage.until(lambda: "create_handler" in stage.offers(ix))
        worker.join()


def test_a_run_that_its_glyph_does_not_know_of_is_shown_again(qtbot: QtBot, tmp_path: Path) -> None:
    with window(qtbot, tmp_path / "home") as stage:
        ix = stage.view.add_glyph("ix", QPointF(0, 0))
        stage.type_text("ix csv x")
        stage.view.close_editor()
    # What a window leaves that is killed before it keeps the number of the job.
    services = build(resolve_home(str(tmp_path / "home")))
    try:
        services.handlers.create("csv", "attest('a', 'is', 'b')", source="window")
        job = services.runs.ix("ix csv x", base=None, bare=True, reference=("glyph", str(ix)))
    finally:
        services.close()
    with window(qtbot, tmp_path / "home") as stage:
        stage.until(lambda: stage.canvas.glyphs[ix].state.get("job_id") == job.id)
        result = stage.only("result")
        stage.until(lambda: stage.live(result.id).attestation_total == 1)
        assert stage.live(ix).job is not None
    with window(qtbot, tmp_path / "home") as stage:
        assert stage.only("result").id == result.id


def test_undo_takes_the_handler_away_in_one_step(qtbot: QtBot, tmp_path: Path) -> None:
    with window(qtbot, tmp_path / "home") as stage:
        ix = stage.view.add_glyph("ix", QPointF(0, 0))
        stage.type_text("ix csv x")
        stage.view.close_editor()
        stage.press(ix, "run")
        stage.until(lambda: "create_handler" in stage.offers(ix))
        stage.work.controller.act(ix, "create_handler")
        stage.work.controller.act(ix, "create_handler")
        stage.until(lambda: bool(stage.glyphs("python")))
        assert len(stage.glyphs("python")) == 1
        stage.view.close_editor()
        stage.work.document.undo()
        assert stage.glyphs("python") == []
        assert dict(stage.canvas.edges) == {}
        assert [each.id for each in stage.glyphs("ix")] == [ix]


def test_what_is_saved_runs_as_the_handler_and_a_result_makes_room(qtbot: QtBot, tmp_path: Path) -> None:
    with window(qtbot, tmp_path / "home") as stage:
        handlers = stage.work.services.handlers
        stage.work.panel.create_requested.emit("csv")
        stage.until(lambda: bool(stage.glyphs("python")))
        python = stage.only("python").id
        stage.paste_code("print('saved')")
        stage.work.controller.act(python, "run")
        stage.until(lambda: stage.live(python).execution is not None)
        assert handlers.entries() == ()
        stage.work.controller.act(python, "save")
        stage.until(lambda: bool(stage.only("python").state.get("saved")))
        assert handlers.entries()[0].last_run is None
        stage.work.controller.act(python, "run")
        stage.until(lambda: handlers.entries()[0].last_run is not None)
        stage.until(lambda: (job := stage.live(python).job) is not None and job.ended)

        stage.view.close_editor()
        ix = stage.view.add_glyph("ix", QPointF(600, 0))
        stage.type_text("ix csv")
        stage.view.close_editor()
        stage.press(ix, "run")
        stage.until(lambda: (job := stage.live(ix).job) is not None and job.ended)
        result = links.result_of(stage.canvas, ix)
        assert result is not None
        near = stage.item(ix).glyph.y + stage.item(ix).height_px + 16
        stage.work.document.amend(update(stage.canvas, result.id, y=near))
        stage.view.open_editor(ix)
        stage.type_text("ix nobody-knows-this")
        stage.view.close_editor()
        stage.press(ix, "run")
        stage.until(lambda: "create_handler" in stage.offers(ix))
        boxes = stage.view.scene_of.boxes()
        assert boxes[result.id].y >= boxes[ix].bottom
        assert not stage.work.document.undo_text.startswith("Move")


def test_two_saves_at_once_are_one_version(qtbot: QtBot, tmp_path: Path) -> None:
    with window(qtbot, tmp_path / "home") as stage:
        stage.work.panel.create_requested.emit("csv")
        stage.until(lambda: bool(stage.glyphs("python")))
        python = stage.only("python").id
        stage.work.controller.act(python, "save")
        stage.work.controller.act(python, "save")
        with qtbot.waitSignal(
            stage.desktop._bus.happened, check_params_cb=lambda event: isinstance(event, HandlerSaved)
        ):
            stage.until(lambda: bool(stage.only("python").state.get("saved")))
            stage.work.controller.act(python, "save")
        stage.until(lambda: stage.only("python").state["saved"]["version"] == 2)
        assert [each.version for each in stage.work.services.handlers.history("csv")] == [2, 1]


def test_the_window_looks_as_it_did(qtbot: QtBot, tmp_path: Path) -> None:
    home = tmp_path / "home"
    with window(qtbot, home) as stage:
        stage.desktop.window.resize(700, 600)
        stage.desktop.window.show_panel(False)
        stage.desktop.set_theme("light")
        assert stage.desktop.window.theme.name == "light"
        stage.work.outline.toggle()
        stage.work.preferences.set("window.text_percent", 125)
        banner = stage.desktop.window.banner
        stage.until(lambda: any("125 %" in text for text in banner.texts()))
    assert read_memory(resolve_home(str(home))).text_percent == 125
    with window(qtbot, home) as stage:
        shown = stage.desktop.window
        assert (shown.width(), shown.height(), stage.work.panel.isHidden()) == (700, 600, True)
        assert (stage.desktop.theme_name, shown.theme.name) == ("light", "light")
        assert shown.outline_shown
        assert not any("125 %" in text for text in shown.banner.texts())
        stage.desktop.window.toggle_panel()
        assert not stage.work.panel.isHidden()


def test_the_sheet_of_keys_has_every_key(qtbot: QtBot, tmp_path: Path) -> None:
    with window(qtbot, tmp_path / "home") as stage:
        QTest.keyClicks(stage.view, "?")
        stage.until(lambda: stage.top_window("keys_view") is not None)
        sheet = stage.top_window("keys_view")
        assert sheet is not None
        rows = dict(sheet.rows())
        assert rows["Undo"] == "Ctrl+Z"
        assert "Ctrl+Q" in rows["Quit"]
        sheet.close()


def test_keys_of_the_window_itself_can_be_changed_and_its_actions_found(qtbot: QtBot, tmp_path: Path) -> None:
    with window(qtbot, tmp_path / "home") as stage:
        stage.work.show_keys()
        sheet = stage.top_window("keys_view")
        assert sheet is not None
        sheet.buttons["settings"].click()
        QTest.keyClick(sheet.catcher, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
        assert "Quit" in sheet.said()
        sheet.buttons["settings"].click()
        QTest.keyClick(sheet.catcher, Qt.Key.Key_F9)
        bound = {entry.text(): entry for entry in stage.desktop.window.actions()}["Settings…"]
        stage.until(lambda: [key.toString() for key in bound.shortcuts()] == ["F9"])
        sheet.close()
        bound.trigger()
        stage.until(lambda: stage.top_window("settings_view") is not None)
        stage.top_window("settings_view").close()
        stage.view.perform("palette")
        finder = stage.view.commands.finding.finder
        assert {"Settings…", "Theme: Light", "Canvas folder…", "Quit"} <= set(finder.texts())
        finder.close_now()


def test_what_runs_is_counted_while_it_says_how_far_it_is(qtbot: QtBot, tmp_path: Path) -> None:
    code = "import qntx, time\nfor n in range(10_000):\n    qntx.progress(n, 10_000)\n    time.sleep(0.01)\n"
    with window(qtbot, tmp_path / "home") as stage:
        counts: list[tuple[int, int]] = []
        stage.work.controller.following.counted.connect(lambda *now: counts.append(now))
        python = stage.view.add_glyph("python", QPointF(0, 0))
        stage.paste_code(code)
        stage.view.close_editor()
        stage.press(python, "run")
        stage.until(lambda: (1, 0) in counts)
        stage.press(python, "cancel")
        stage.until(lambda: counts[-1] == (0, 0))


def test_a_command_typed_into_quick_add_becomes_an_ingest_glyph(qtbot: QtBot, tmp_path: Path) -> None:
    with window(qtbot, tmp_path / "home") as stage:
        QTest.keyClick(stage.view.viewport(), Qt.Key.Key_Tab)
        popup = stage.view.adding.popup
        assert popup is not None
        QTest.keyClicks(popup.search, "ix csv ./my people.csv")
        assert [popup.list.item(row).text() for row in range(popup.list.count())] == ["Ingest"]
        QTest.keyClick(popup.search, Qt.Key.Key_Return)
        (glyph,) = stage.work.document.canvas.glyphs.values()
        assert (glyph.kind, glyph.content["text"]) == ("ix", "ix csv ./my people.csv")
        assert stage.view.editing == glyph.id
