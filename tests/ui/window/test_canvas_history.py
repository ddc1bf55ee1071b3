"""What was done before a restart can be taken back after it, and a result that comes back shows its run."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from tests.window_stage import window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen: no raising, no size hints

CODE = "from qntx import attest\nattest(['a'], ['is'], ['b'])\n"


def test_a_deleted_result_comes_back_after_a_restart_with_its_run(qtbot: QtBot, tmp_path: Path) -> None:
    with window(qtbot, tmp_path / "home") as stage:
        python = stage.view.add_glyph("python", QPointF(0, 0))
        stage.paste_code(CODE)
        stage.view.close_editor()
        stage.press(python, "run")
        stage.until(lambda: bool(stage.glyphs("result")))
        result = stage.only("result").id
        lives = stage.work.controller._board.lives
        stage.until(lambda: lives.of(result).attestation_total == 1)
        stage.view.select([result])
        stage.view.perform("delete")
        assert stage.work.document.undo_text == "Delete glyph"
        usual = stage.canvas.folder
        stage.work.set_folder(str(tmp_path))
        assert stage.work.controller.runs.folder == str(tmp_path) != usual
    with window(qtbot, tmp_path / "home") as stage:
        assert not stage.glyphs("result")
        assert stage.canvas.folder == str(tmp_path)
        assert stage.work.document.undo_text == "Change the canvas folder"
        stage.view.perform("undo")
        assert stage.work.controller.runs.folder == usual
        stage.view.perform("redo")
        stage.view.perform("undo")
        stage.view.perform("undo")
        lives = stage.work.controller._board.lives
        stage.until(lambda: lives.of(result).attestation_total == 1)
        stage.view.select([result])
        stage.view.perform("duplicate")
        (copy,) = stage.view.scene_of.selection
        stage.until(lambda: lives.of(copy).attestation_total == 1)
        assert not lives.of(copy).loading
        stage.view.perform("undo")
        while stage.work.document.can_undo:
            stage.view.perform("undo")
        assert not stage.canvas.glyphs
