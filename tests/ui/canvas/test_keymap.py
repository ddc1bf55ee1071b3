"""Keys a person gave: kept as text, conflicts named, the usual ones back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qntx_desktop.model.errors import ErrInvalidPayload
from qntx_desktop.model.option import find_option, read_value
from qntx_desktop.services.key_files import read_keys, write_keys
from qntx_desktop.ui.actions import ACTIONS, BY_ID
from qntx_desktop.ui.dialogs.keys_view import KeysView
from qntx_desktop.ui.keymap import OPTION, Keymap
from qntx_desktop.ui.theme import DARK

MOD, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
Stage = Any


def test_a_key_given_counts_at_once_and_the_usual_one_no_more(stage: Stage) -> None:
    stage.put(0, 0)
    keymap = stage.view.commands.keymap
    assert keymap.bind("select_all", "Ctrl+Alt+Shift+A") is None
    stage.key(Qt.Key.Key_A, MOD)
    assert not stage.view.scene_of.selection
    stage.key(Qt.Key.Key_A, MOD | ALT | SHIFT)
    assert stage.view.scene_of.selection
    keymap.read("")
    stage.key(Qt.Key.Key_Escape)
    stage.key(Qt.Key.Key_A, MOD)
    assert stage.view.scene_of.selection


def test_what_is_kept_comes_back_and_nonsense_is_left_out() -> None:
    keymap = Keymap()
    keymap.bind("zoom_in", "Ctrl+=")
    keymap.bind("copy", "")
    again = Keymap(keymap.text + " nobody=Ctrl+1 paste=Nonsense+++ cut")
    assert again.text.startswith("copy= ")
    assert "zoom_in=Ctrl+=" in again.text
    assert "nobody" not in again.text
    assert again.keys_of(BY_ID["copy"]) == ()
    assert again.keys_of(BY_ID["paste"]) == BY_ID["paste"].keys
    assert read_value(find_option(OPTION), again.text) == again.text


def test_a_key_that_is_taken_is_named_and_changes_nothing() -> None:
    keymap = Keymap()
    taken = keymap.bind("copy", "Ctrl+V")
    assert taken is not None
    assert (taken.id, keymap.text) == ("paste", "")
    keymap.bind("paste", "Ctrl+Alt+V")
    assert keymap.bind("copy", "Ctrl+V") is None
    in_the_way = keymap.reset("paste")
    assert in_the_way is not None
    assert in_the_way.id == "copy"
    keymap.reset_all()
    assert all(keymap.keys_of(action) == action.keys for action in ACTIONS)


def test_the_sheet_gives_takes_and_copies_keys(qtbot: QtBot, qapp: QApplication) -> None:
    kept: list[str] = []
    keymap = Keymap()
    view = KeysView(DARK, None, keymap, kept.append)
    qtbot.addWidget(view)
    view.show()

    def press(key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        view.buttons["copy"].click()
        QTest.keyClick(view.catcher, key, keys)
        assert view.catcher is None

    press(Qt.Key.Key_V, MOD)
    assert "Paste" in view.said()
    assert kept == []
    press(Qt.Key.Key_P, MOD | ALT)
    assert "Pulse" in view.said()
    press(Qt.Key.Key_Escape)
    assert kept == []
    press(Qt.Key.Key_J, MOD)
    assert kept == ["copy=Ctrl+J"]
    assert ("Copy", "Ctrl+J") in view.rows()
    press(Qt.Key.Key_Backspace)
    assert kept[-1] == "copy="
    assert ("Copy", "no key") in view.rows()
    view.resets["copy"].click()
    assert (kept[-1], view.buttons["copy"].text()) == ("", "Ctrl+C")
    keymap.bind("cut", "Ctrl+J")
    view.reset_all.setEnabled(True)
    view.reset_all.click()
    assert keymap.text == ""


def test_the_sheet_shows_what_is_looked_for(qtbot: QtBot) -> None:
    view = KeysView(DARK, None, Keymap(), lambda _text: None)
    qtbot.addWidget(view)
    view.show()
    QTest.keyClicks(view.field, "ctrl+k")
    assert [name for name, button in view.buttons.items() if button.isVisible()] == ["palette"]
    view.field.setText("edit copy")
    assert [name for name, button in view.buttons.items() if button.isVisible()] == ["copy"]
    QApplication.processEvents()
    assert view.buttons["copy"].mapTo(view, QPoint()).y() < 120  # what does not fit takes no room
    view.field.clear()
    assert all(button.isVisible() for button in view.buttons.values())


def test_keys_go_to_a_file_and_come_back_without_what_cannot_be(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    path = str(tmp_path / "mine.qntxkeys")
    here = Keymap()
    assert here.bind("copy", "Ctrl+J") is None
    assert here.bind("cut", "") is None
    write_keys(path, here.given)
    assert read_keys(path) == {"copy": "Ctrl+J", "cut": ""}

    swapped = {"copy": "Ctrl+V", "paste": "Ctrl+C", "undo": "Ctrl+Y", "later": "F7", "cut": "no key of any board"}
    write_keys(path, swapped)
    kept: list[str] = []
    there = Keymap("redo=F9 select_all=Ctrl+V")
    view = KeysView(DARK, None, there, kept.append)
    qtbot.addWidget(view)
    view.take(read_keys(path))
    assert kept == ["copy=Ctrl+V paste=Ctrl+C"]
    assert "Undo" in view.said()
    assert "Redo" in view.said()
    assert "cut, later" in view.said()
    assert "Ctrl+V" in dict(view.rows())["Copy"]
    for wrong in (b"", b"{}", b"\xff", b'{"format": "qntx-keys", "version": 2, "keys": {}}', b"[" * 100_000):
        (tmp_path / "mine.qntxkeys").write_bytes(wrong)
        with pytest.raises(ErrInvalidPayload):
            read_keys(path)
