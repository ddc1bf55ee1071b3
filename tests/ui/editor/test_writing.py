"""Typing plain characters: what is kept from one to the next is given up as soon as anything else happens."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

import qntx_desktop
from qntx_desktop.ui.editor.code_editor import CodeEditor
from qntx_desktop.ui.theme import DARK, LIGHT, load_fonts

Key, Move = Qt.Key, QTextCursor.MoveOperation
KEEP = QTextCursor.MoveMode.KeepAnchor
MOST_CALLS = 12


@pytest.fixture
def editor(qtbot):
    load_fonts()
    widget = CodeEditor(DARK)
    qtbot.addWidget(widget)
    widget.resize(480, 240)
    widget.show()
    widget.setFocus()
    widget.load_code("for x in y:\n    pass\n")
    widget.moveCursor(Move.EndOfBlock)
    QTest.keyClicks(widget, " a")
    return widget


def select_word_before(editor):
    """As a double click does on the word that the cursor stands behind: the cursor stays where it is."""
    cursor = editor.textCursor()
    place = cursor.position()
    cursor.setPosition(place - 1)
    cursor.setPosition(place, KEEP)
    editor.setTextCursor(cursor)


def insert_before(editor):
    cursor = QTextCursor(editor.document())
    cursor.insertText("é# ")


def compose(editor):
    QApplication.sendEvent(editor, QInputMethodEvent("ka", []))
    done = QInputMethodEvent("", [])
    done.setCommitString("か")
    QApplication.sendEvent(editor, done)


@pytest.mark.parametrize(
    ("happens", "expected"),
    [
        (select_word_before, "for x in y: bc\n    pass\n"),
        (insert_before, "é# for x in y: abc\n    pass\n"),
        (compose, "for x in y: aかbc\n    pass\n"),
        (lambda editor: editor.setReadOnly(True), "for x in y: a\n    pass\n"),
        (lambda editor: editor.undo(), "for x in y:bc\n    pass\n"),
        (lambda editor: editor.load_code("1"), "bc1"),
        (lambda editor: editor.replace_code("import os"), "import osbc"),
        (lambda editor: editor.set_theme(LIGHT), "for x in y: abc\n    pass\n"),
        (lambda editor: editor.set_scale(1.5), "for x in y: abc\n    pass\n"),
        (lambda editor: editor.moveCursor(Move.Left, KEEP), "for x in y: bc\n    pass\n"),
        (lambda editor: editor.moveCursor(Move.Start), "bcfor x in y: a\n    pass\n"),
        (lambda editor: QTest.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(1, 3)), None),
        (lambda editor: QTest.keyClick(editor, Key.Key_Backspace), "for x in y: bc\n    pass\n"),
        (lambda editor: QTest.keyClicks(editor, "()"), "for x in y: a()bc\n    pass\n"),
    ],
)
@pytest.mark.parametrize("later", [False, True])
def test_whatever_happens_between_characters_they_stand_where_the_cursor_is(editor, happens, expected, later):
    if later:
        editor._writing.catch_up()
    happens(editor)
    QTest.keyClicks(editor, "bc")
    assert editor.code() == (expected or "bcfor x in y: a\n    pass\n")
    other = CodeEditor(editor._theme)
    other.load_code(editor.code())
    editor._writing.catch_up()
    assert _colours(editor) == _colours(other)
    other.deleteLater()


def _colours(editor):
    found, block = [], editor.document().begin()
    while block.isValid():
        pieces = block.layout().formats()
        found.append([(each.start, each.length, each.format.foreground().color().name()) for each in pieces])
        block = block.next()
    return found


def test_those_who_listen_hear_of_many_characters_once_and_soon(editor, qtbot):
    editor._writing.catch_up()
    heard = []
    editor.textChanged.connect(lambda: heard.append(editor.code()))
    with qtbot.waitSignal(editor.cursorPositionChanged):
        QTest.keyClicks(editor, "bcd")
        assert heard == []
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["for x in y: abcd\n    pass\n"]
    QTest.keyClicks(editor, "e")
    QTest.keyClick(editor, Key.Key_Right)
    assert heard[1:] == ["for x in y: abcde\n    pass\n"]


def test_undo_takes_back_what_a_plain_editor_takes_back(editor, qtbot):
    plain = QPlainTextEdit()
    qtbot.addWidget(plain)
    plain.show()
    editor.load_code("")
    for widget in (editor, plain):
        QTest.keyClicks(widget, "ab c")
        QTest.keyClick(widget, Key.Key_Left)
        QTest.keyClicks(widget, "xy")
    while plain.document().isUndoAvailable():
        plain.undo()
        editor.undo()
        assert editor.code() == plain.toPlainText()
    assert not editor.document().isUndoAvailable()


def test_a_character_costs_few_calls(editor):
    """Each costs as much as painting a letter: it is their number that made typing slow."""
    QTest.keyClicks(editor, "bcd")
    home, calls = str(Path(qntx_desktop.__file__).parent), []

    def note(frame, event, _):
        if event == "call" and frame.f_code.co_filename.startswith(home):
            calls.append(frame.f_code.co_qualname)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        QTest.keyClick(editor, "e")
    finally:
        sys.setprofile(before)
    assert 1 <= len(calls) <= MOST_CALLS, calls


@pytest.mark.parametrize("scale", [0.5, 1.0, 2.0])
def test_the_cursor_is_seen_behind_the_longest_line(editor, scale):
    editor.set_scale(scale)
    editor.moveCursor(Move.EndOfBlock)
    seen = editor.viewport().rect()
    for _ in range(3):
        QTest.keyClicks(editor, "b" * 70)
        assert seen.contains(editor.cursorRect()), editor.cursorRect()


def test_brackets_follow_what_is_deleted_beside_the_cursor(editor):
    editor.load_code("(a)")
    cursor = editor.textCursor()
    cursor.setPosition(2)
    editor.setTextCursor(cursor)
    assert len(editor.extraSelections()) == 2
    QTest.keyClick(editor, Key.Key_Delete)
    assert editor.extraSelections() == []
    editor.undo()
    assert len(editor.extraSelections()) == 2


@pytest.mark.parametrize("scale", [0.5, 1.0, 2.0])
def test_the_numbers_stand_beside_the_text_so_that_a_letter_does_not_paint_them(editor, scale):
    editor.set_scale(scale)
    assert not editor._gutter.geometry().intersects(editor.viewport().geometry())
    assert editor._gutter.geometry().right() + 1 == editor.viewport().x()


def test_a_marked_line_is_tinted_without_a_gap(editor):
    editor.load_code("a\nb\n")
    editor.mark_failed(2, "why")
    row = editor.viewport().y() + editor.cursorRect(editor._cursor_at(2, 1)).center().y()
    image = editor.grab().toImage()
    text = editor.width_of_gutter()
    shades = {image.pixelColor(x, row).name() for x in range(text - 6, text)}
    assert shades == {image.pixelColor(editor.width() - 40, row).name()}
    assert shades != {DARK.code}
