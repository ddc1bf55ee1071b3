"""A whole handler without a mouse: made, written, run and read by keys alone, and once more from the outline."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from qntx_desktop.model.glyph import EDGE_HANDLER
from tests.window_stage import Stage, window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen: no raising, no size hints

Key = Qt.Key
NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
CODE = 'attest(["Ada"], ["lives_in"], ["London"])'


class Keyboard:
    """Ten fingers: every key goes to whatever has the focus."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    @property
    def at(self) -> QWidget:
        widget = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert widget is not None, "the focus is nowhere"
        return widget

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.at, key, held)

    def type(self, text: str) -> None:
        QTest.keyClicks(self.at, text)


def read(stage: Stage, glyph_id: int) -> QAccessibleInterface:
    """What a screen reader is told of a glyph."""
    canvas = QAccessible.queryAccessibleInterface(stage.view)
    assert canvas is not None
    children = (canvas.child(number) for number in range(canvas.childCount()))
    return next(each for each in children if getattr(each.object(), "glyph_id", None) == glyph_id)


def names_in(glyph: QAccessibleInterface) -> list[str]:
    """The names of its parts."""
    return [glyph.child(number).text(QAccessible.Text.Name) for number in range(glyph.childCount())]


def test_a_handler_is_made_run_and_read_by_keys_alone(qtbot: QtBot, tmp_path: Path) -> None:
    with window(qtbot, tmp_path / "home") as stage:
        keys = Keyboard(stage)
        said: list[str] = []
        stage.work.announcer.said.connect(lambda words, _urgent: said.append(words))
        stage.until(stage.view.hasFocus)

        # An IX glyph, its command, a run that finds no handler, and the handler.
        keys.press(Key.Key_Tab)
        keys.type("ing")
        keys.press(Key.Key_Return)
        keys.type("ix people Ada")
        keys.press(Key.Key_Return, CTRL)
        ix = stage.only("ix").id
        stage.until(lambda: stage.canvas.glyphs[ix].state.get("error") is not None)
        keys.press(Key.Key_Escape)
        assert stage.view.hasFocus()
        assert "Create handler for people" in names_in(read(stage, ix))
        assert said[0].startswith("Ingest: people: Nothing knows 'people' yet. ")
        assert said[0].endswith(": Create handler for people")
        keys.press(Key.Key_Return, ALT)
        stage.until(lambda: bool(stage.glyphs("python")))
        python = stage.only("python").id
        assert [(e.kind, e.source_id, e.target_id) for e in stage.canvas.edges.values()] == [
            (EDGE_HANDLER, ix, python)
        ]

        # The code, written and saved.
        stage.until(lambda: stage.view.editing == python)
        keys.press(Key.Key_A, CTRL)
        keys.type(CODE)
        keys.press(Key.Key_S, CTRL)
        stage.until(lambda: bool(stage.canvas.glyphs[python].state.get("saved")))
        assert stage.canvas.glyphs[python].content["code"] == CODE
        keys.press(Key.Key_Escape)
        assert stage.view.current_glyph() == python

        # Back to the command, moved and made wider; the link leads to the handler.
        keys.press(Key.Key_Left)
        assert stage.view.current_glyph() == ix
        before = stage.canvas.glyphs[ix]
        keys.press(Key.Key_Up, ALT)
        keys.press(Key.Key_Right, CTRL | SHIFT)
        after = stage.canvas.glyphs[ix]
        assert (after.y, after.width) == (before.y - 8, before.width + 8)
        keys.press(Key.Key_C)
        stage.until(lambda: stage.view.editing == python)
        assert len(stage.glyphs("python")) == 1  # the one that is there
        keys.press(Key.Key_Escape)
        keys.press(Key.Key_Left)
        assert stage.view.current_glyph() == ix

        # Run, and hear and read what came of it.
        keys.press(Key.Key_Return, CTRL)
        stage.until(lambda: any("done, 1 in" in words for words in said))
        assert said[-1].startswith("Ingest: ")
        (result,) = stage.glyphs("result")
        stage.until(lambda: stage.live(result.id).attestation_total == 1)
        assert any("Ada is lives_in of London" in name for name in names_in(read(stage, result.id)))
        assert not read(stage, ix).state().invalid

        # The outline does the same: run again from it, rename, delete the handler's glyph and bring it back.
        keys.press(Key.Key_O, CTRL | ALT)
        outline = stage.work.outline.panel
        assert outline is not None
        stage.until(outline.tree.hasFocus)
        stage.until(lambda: set(outline.glyph_ids()) == {ix, python, result.id})
        assert next(outline.glyph_ids()) == ix
        keys.press(Key.Key_Home)
        assert stage.view.current_glyph() == ix
        said.clear()
        keys.press(Key.Key_Return, CTRL)
        stage.until(lambda: any("done, 1 in" in words for words in said))
        keys.press(Key.Key_F2)
        stage.until(lambda: not outline.tree.hasFocus())
        keys.type("People")
        keys.press(Key.Key_Return)
        stage.until(outline.tree.hasFocus)
        assert stage.canvas.glyphs[ix].content["title"] == "People"
        keys.press(Key.Key_F10, SHIFT)
        assert isinstance(keys.at, QMenu)
        keys.press(Key.Key_Escape)
        keys.press(Key.Key_Delete)
        assert ix not in stage.canvas.glyphs
        keys.press(Key.Key_Z, CTRL)
        assert ix in stage.canvas.glyphs
        keys.press(Key.Key_Escape)
        stage.until(stage.view.hasFocus)
        stage.until(lambda: stage.work.autosave.clean)
