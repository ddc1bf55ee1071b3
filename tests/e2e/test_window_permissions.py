"""A person's yes in the real window: what came from elsewhere waits in sight, and goes on when it is allowed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from qntx_desktop.app.container import build
from qntx_desktop.app.paths import Home
from qntx_desktop.model.job import JobStatus
from tests.window_stage import Stage, window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen: no raising, no size hints

ASKING = '# /// script\n# [tool.qntx]\n# network = ["api.example.com:443"]\n# ///\nattest("a", "b", "c")\n'


def put_ix(stage: Stage, command: str) -> int:
    stage.drag_from_palette("ix", QPoint(120, 100))
    stage.type_text(command)
    QTest.keyClick(stage.editor(), Qt.Key.Key_Escape)
    return stage.only("ix").id


def press(stage: Stage, text: str) -> None:
    """Press a button of the sheet, and wait until it has closed."""
    sheet = stage.top_window("allow_view")
    assert sheet is not None
    button = next(each for each in sheet.findChildren(QPushButton) if each.text() == text)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    stage.until(lambda: stage.top_window("allow_view") is None)


def open_sheet(stage: Stage, glyph_id: int) -> str:
    """Press what the waiting glyph offers; gives what the sheet says."""
    stage.press(glyph_id, "allow_handler")
    stage.until(lambda: stage.top_window("allow_view") is not None)
    sheet = stage.top_window("allow_view")
    assert sheet is not None
    return "\n".join(label.text() for label in sheet.findChildren(QLabel))


def test_what_was_imported_waits_until_it_is_allowed_in_the_sheet(qtbot: QtBot, tmp_path: Path) -> None:
    services = build(Home(root=tmp_path / "home"))
    services.handlers.create("feed", ASKING, source="import", origin="import")
    services.close()
    with window(qtbot, tmp_path / "home") as stage:
        ix = put_ix(stage, "ix feed")
        stage.press(ix, "run")
        stage.until(lambda: "allow_handler" in stage.offers(ix))
        assert "◷ waiting" in stage.chips(ix)
        said = open_sheet(stage, ix)
        assert "connect to api.example.com:443" in said
        assert "a bundle that was imported" in said
        press(stage, "Not now")
        assert stage.live(ix).job is not None
        assert "allow_handler" in stage.offers(ix)
        open_sheet(stage, ix)
        press(stage, "Allow")
        stage.until(lambda: (job := stage.live(ix).job) is not None and job.status is JobStatus.COMPLETED)
        assert "allow_handler" not in stage.offers(ix)


def test_a_file_of_a_code_source_is_allowed_in_the_sheet_too(qtbot: QtBot, tmp_path: Path) -> None:
    services = build(Home(root=tmp_path / "home"))
    services.sources.add("mine", "manual")
    services.sources.editable_files("mine").write("lib/feed.py", ASKING.encode())
    services.close()
    with window(qtbot, tmp_path / "home") as stage:
        ix = put_ix(stage, "ix mine/lib/feed.py")
        stage.press(ix, "run")
        stage.until(lambda: "allow_handler" in stage.offers(ix))
        said = open_sheet(stage, ix)
        assert "Allow mine/lib/feed.py to run?" in said
        assert "connect to api.example.com:443" in said
        assert "the code source mine" in said
        press(stage, "Allow")
        stage.until(lambda: (job := stage.live(ix).job) is not None and job.status is JobStatus.COMPLETED)


def test_saving_says_what_is_asked(qtbot: QtBot, tmp_path: Path) -> None:
    with window(qtbot, tmp_path / "home") as stage:
        services = stage.desktop.work.controller.glyphs  # type: ignore[union-attr]
        services.open_type("feed")
        stage.until(lambda: bool(stage.glyphs("python")))
        python = stage.only("python").id
        for version, code in ((1, "print(1)\n"), (2, ASKING)):
            assert stage.view.open_editor(python)
            stage.paste_code(code)
            QTest.keyClick(stage.editor(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
            stage.until(
                lambda v=version: (stage.canvas.glyphs[python].state.get("saved") or {}).get("version") == v
            )
        banner = stage.work.controller._board.banner
        stage.until(lambda: any("asks for more than v1" in text for text in banner.texts()))
        assert any("network: api.example.com:443" in text for text in banner.texts())
