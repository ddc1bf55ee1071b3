"""The fields for a command and for a note, over a canvas: what a key costs it, and which keys stay outside."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from qntx_desktop.ui.editor.code_editor import CodeEditor
from qntx_desktop.ui.editor.line_editor import LineEditor
from qntx_desktop.ui.editor.text_editor import TextEditor
from qntx_desktop.ui.theme import DARK

MADE = (LineEditor, TextEditor, CodeEditor)


class Watch(QObject):
    """Counts what comes to some widgets."""

    def __init__(self, *watched):
        super().__init__()
        self.seen = []
        for each in watched:
            each.installEventFilter(self)

    def eventFilter(self, watched, event):
        if event.type() in (QEvent.Type.Paint, QEvent.Type.KeyRelease):
            self.seen.append((watched, event.type()))
        return False


@pytest.fixture
def canvas(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(400, 300)
    widget.show()
    return widget


@pytest.mark.parametrize("make", MADE)
def test_a_letter_paints_the_field_and_not_the_canvas_underneath(canvas, qtbot, make):
    field = make(DARK, canvas)
    field.setGeometry(40, 40, 240, 60)
    field.show()
    field.setFocus()
    painted = getattr(field, "viewport", lambda: field)()
    watch = Watch(canvas, painted)
    qtbot.waitUntil(lambda: (painted, QEvent.Type.Paint) in watch.seen)
    watch.seen.clear()
    QTest.keyClicks(field, "a")
    qtbot.waitUntil(lambda: (painted, QEvent.Type.Paint) in watch.seen)
    assert canvas not in [widget for widget, _ in watch.seen]


@pytest.mark.parametrize("make", MADE)
def test_keys_of_the_window_work_while_somebody_writes_and_keys_of_text_do_not_reach_it(canvas, make):
    field, heard = make(DARK, canvas), []
    for key in ("F6", "Esc", "Ctrl+Return", "Ctrl+Z", "a", "Delete"):
        QShortcut(QKeySequence(key), canvas).activated.connect(lambda key=key: heard.append(key))
    left = []
    field.leave_requested.connect(lambda: left.append(1))
    field.show()
    canvas.activateWindow()
    field.setFocus()
    for key in (Qt.Key.Key_F6, Qt.Key.Key_A, Qt.Key.Key_Delete, Qt.Key.Key_Escape):
        QTest.keyClick(field, key)
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert heard == ["F6"]
    assert left


@pytest.mark.parametrize("make", MADE)
def test_a_key_of_the_canvas_is_asked_about_first(canvas, make):
    field, asked = make(DARK, canvas), []

    def taken(event):
        asked.append(event.key())
        return event.key() == Qt.Key.Key_F11

    field.set_first_key(taken)
    field.show()
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_F11)
    QTest.keyClick(field, Qt.Key.Key_End)
    assert asked == [Qt.Key.Key_F11, Qt.Key.Key_End]


def test_return_goes_on_with_a_list_and_ends_it_at_an_item_without_words(qtbot: QtBot) -> None:
    field = TextEditor(DARK)
    qtbot.addWidget(field)
    for text, wanted in (
        ("- one", "- one\n- "),
        ("  * [x] done", "  * [x] done\n  * [ ] "),
        ("9. nine", "9. nine\n10. "),
        ("- one\n- ", "- one\n"),
        ("no list", "no list\n"),
    ):
        field.load_text(text)
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert field.toPlainText() == wanted
    field.load_text("- one")
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert "- " not in field.toPlainText()[5:]
    field.undo()
    assert field.toPlainText() == "- one"
