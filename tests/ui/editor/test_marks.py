from __future__ import annotations

from qntx_desktop.model.errors import ErrHandlerFailed, ErrInvalidCommand, ErrSyntax
from qntx_desktop.ui.editor.code_editor import CodeEditor
from qntx_desktop.ui.editor.line_editor import LineEditor
from qntx_desktop.ui.editor.marks import show_error
from qntx_desktop.ui.theme import DARK


def test_a_syntax_error_is_marked_and_shown_once(qtbot):
    editor = CodeEditor(DARK)
    qtbot.addWidget(editor)
    editor.load_code("a\nbc\nd")
    error = ErrSyntax("no", 2, 2).to_json()
    show_error(editor, error)
    assert editor.marked_lines() == (2,)
    assert (editor.textCursor().blockNumber(), editor.textCursor().positionInBlock()) == (1, 1)
    editor.go_to(3)
    show_error(editor, error)
    assert editor.textCursor().blockNumber() == 2
    show_error(editor, None)
    assert editor.marked_lines() == ()


def test_a_failed_run_is_marked_without_moving_the_cursor(qtbot):
    editor = CodeEditor(DARK)
    qtbot.addWidget(editor)
    editor.load_code("a\nbc\nd")
    show_error(editor, ErrHandlerFailed("KeyError", "x", 3).to_json())
    assert editor.marked_lines() == (3,)
    assert editor.textCursor().position() == 0
    show_error(editor, ErrHandlerFailed("KeyError", "x", None).to_json())
    assert editor.marked_lines() == ()


def test_a_command_error_moves_the_cursor_to_its_column(qtbot):
    line = LineEditor(DARK)
    qtbot.addWidget(line)
    line.load_text("ix csv 'x")
    show_error(line, ErrInvalidCommand("The quote ' is not closed", 8).to_json())
    assert line.cursorPosition() == 7
