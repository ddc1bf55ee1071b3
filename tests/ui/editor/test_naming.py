"""Completing names and finding where they are defined, as text and by keys."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolTip, QWidget
from pytestqt.qtbot import QtBot

import qntx_desktop
from qntx_desktop.ui.editor.code_editor import CodeEditor
from qntx_desktop.ui.editor.completing import SDK_NAMES, candidates, definition_of, wanted, word_at
from qntx_desktop.ui.theme import DARK

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen: no raising of tool tips
Key, MOD = Qt.Key, Qt.KeyboardModifier.ControlModifier
CODE = """import json, os.path as path
from qntx import attest as claim

LIMIT: int = 3
left, right = 1, 2


def read(place, *, most=LIMIT):
    for row, cell in enumerate(place):
        with open(place) as file:
            if (size := len(row)) == 2:
                left = size
    return left == right


class Reader:
    async def run(self): ...
"""


def test_the_names_after_qntx_are_those_that_it_offers() -> None:
    source = Path(qntx_desktop.__file__).parent / "sdk" / "qntx" / "__init__.py"
    lists = [
        ast.literal_eval(each.value)
        for each in ast.parse(source.read_text("utf-8")).body
        if isinstance(each, ast.Assign) and ast.unparse(each.targets[0]) == "__all__"
    ]
    assert [list(SDK_NAMES)] == lists


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", ("", "")),
        ("x = qntx.att", ("qntx", "att")),
        ("pri", ("", "pri")),
        ("a.b.c", ("b", "c")),
        ("f(", ("", "")),
    ],
)
def test_what_stands_before_the_cursor(line: str, said: tuple[str, str]) -> None:
    assert wanted(line) == said


def test_names_of_the_text_come_first_and_the_word_itself_never() -> None:
    assert candidates("price = 1\npri", "", "pri") == ("price", "print")
    assert candidates("", "qntx", "att") == ("attest", "attest_many")
    assert candidates("row.value\nrow.", "row", "") == ("value",)
    assert candidates("", "", "imp") == ("import",)
    assert word_at("a = total + 1", 9) == "total"
    assert word_at("= ", 2) == ""


@pytest.mark.parametrize(
    ("name", "line", "place"),
    [
        ("json", 8, (1, 8)),
        ("path", 8, (1, 25)),
        ("claim", 8, (2, 28)),
        ("attest", 3, None),
        ("LIMIT", 8, (4, 1)),
        ("right", 13, (5, 7)),
        ("left", 13, (12, 17)),
        ("left", 8, (5, 1)),
        ("read", 20, (8, 5)),
        ("read", 1, (8, 5)),
        ("place", 9, (8, 10)),
        ("most", 9, (8, 20)),
        ("cell", 10, (9, 14)),
        ("file", 11, (10, 29)),
        ("size", 12, (11, 17)),
        ("Reader", 20, (16, 7)),
        ("run", 20, (17, 15)),
        ("nowhere", 3, None),
    ],
)
def test_where_a_name_is_defined(name: str, line: int, place: tuple[int, int] | None) -> None:
    assert definition_of(CODE, name, line) == place


def test_a_hostile_text_takes_no_long_time() -> None:
    assert definition_of("for " + "a," * 900 + "\n" + "x" * 100_000, "x", 1) is None
    assert definition_of("def f(" + "(," * 900, "x", 1) is None


@pytest.fixture
def editor(qtbot: QtBot) -> Iterator[CodeEditor]:
    stand = QWidget()
    qtbot.addWidget(stand)
    stand.resize(600, 400)
    widget = CodeEditor(DARK, stand)
    widget.resize(480, 240)
    stand.show()
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)
    yield widget
    stand.close()


def at(editor: CodeEditor, code: str) -> None:
    """Load code with | where the cursor is."""
    editor.load_code(code.replace("|", ""))
    cursor = editor.textCursor()
    cursor.setPosition(code.index("|"))
    editor.setTextCursor(cursor)


def names(editor: CodeEditor) -> list[Any]:
    shown = editor.naming.list
    return [shown.item(row).text() for row in range(shown.count())] if shown is not None else []


def test_completing_offers_follows_and_puts_in(editor: CodeEditor) -> None:
    at(editor, "qntx.|")
    QTest.keyClick(editor, Key.Key_Space, MOD)
    assert editor.naming.is_open
    QTest.keyClicks(editor, "at")
    assert names(editor) == ["attest", "attest_many"]
    QTest.keyClick(editor, Key.Key_Down)
    QTest.keyClick(editor, Key.Key_Return)
    assert (editor.code(), editor.naming.is_open) == ("qntx.attest_many", False)
    editor.undo()
    assert editor.code() == "qntx."  # what was typed and what was put in are one word


def test_the_only_name_is_put_in_at_once_and_esc_closes_without_leaving(editor: CodeEditor, qtbot: QtBot) -> None:
    at(editor, "cancell = 1\ncanc|")
    QTest.keyClick(editor, Key.Key_Space, MOD)
    assert editor.code() == "cancell = 1\ncancell"
    left: list[bool] = []
    editor.leave_requested.connect(lambda: left.append(True))
    at(editor, "pr|")
    QTest.keyClick(editor, Key.Key_Space, MOD)
    QTest.keyClick(editor, Key.Key_Escape)
    assert (editor.naming.is_open, left, editor.code()) == (False, [], "pr")
    QTest.keyClick(editor, Key.Key_Escape)
    assert left == [True]
    at(editor, "|")
    QTest.keyClick(editor, Key.Key_Space, MOD)
    assert editor.naming.is_open
    editor.hide()
    assert not editor.naming.is_open


def test_f12_goes_to_the_definition_or_says_that_there_is_none(editor: CodeEditor) -> None:
    at(editor, "def read():\n    pass\n\n\nre|ad()\n")
    QTest.keyClick(editor, Key.Key_F12)
    cursor = editor.textCursor()
    assert (cursor.blockNumber(), cursor.positionInBlock()) == (0, 4)
    at(editor, "abse|nt()\n")
    QTest.keyClick(editor, Key.Key_F12)
    assert editor.textCursor().position() == 4
    assert QToolTip.text() == "absent is not defined in this text."
    QToolTip.hideText()
