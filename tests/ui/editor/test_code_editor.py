from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPoint, QRectF, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from qntx_desktop.ui.editor import highlight
from qntx_desktop.ui.editor.code_editor import CodeEditor
from qntx_desktop.ui.editor.factory import make_editor
from qntx_desktop.ui.editor.highlight import PythonColours
from qntx_desktop.ui.editor.line_editor import LineEditor
from qntx_desktop.ui.editor.line_layout import LineLayout
from qntx_desktop.ui.glyphs.kind import EditorSpec
from qntx_desktop.ui.keymap import Keymap
from qntx_desktop.ui.theme import DARK, LIGHT, load_fonts

Key = Qt.Key
MOD, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


@pytest.fixture(scope="module", autouse=True)
def _fonts(qapp):
    load_fonts()


@pytest.fixture
def editor(qtbot):
    widget = CodeEditor(DARK)
    qtbot.addWidget(widget)
    widget.resize(480, 240)
    widget.show()
    widget.setFocus()
    return widget


def press(editor, key, modifiers=Qt.KeyboardModifier.NoModifier, times=1):
    for _ in range(times):
        QTest.keyClick(editor, key, modifiers)


def type_text(editor, text):
    for character in text:
        if character == "\n":
            press(editor, Key.Key_Return)
        else:
            QTest.keyClicks(editor, character)


def put(editor, code):
    """Load code with | where the cursor is."""
    editor.load_code(code.replace("|", ""))
    cursor = editor.textCursor()
    cursor.setPosition(code.index("|"))
    editor.setTextCursor(cursor)


def shown(editor):
    code, place = editor.code(), editor.textCursor().position()
    return code[:place] + "|" + code[place:]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("if x:\ny = 1\nreturn y\nz", "if x:\n    y = 1\n    return y\nz|"),
        ("if x:\n\ny", "if x:\n\n    y|"),
        ('s = """\n    \n', 's = """\n    \n    |"""'),
        ("if x:\ny\nelse:\nz", "if x:\n    y\nelse:\n    z|"),
        ("try:\nfor x in y:\nz\nexcept E:\nz", "try:\n    for x in y:\n        z\nexcept E:\n    z|"),
        ("f(a", "f(a|)"),
        ("f(a)", "f(a)|"),
        ("x = [1, (2)]", "x = [1, (2)]|"),
        ("'a'", "'a'|"),
        ("don't", "don't|"),
        ('x = """', 'x = """|"""'),
        ("# it's (", "# it's (|"),
        ("x = {\n1,", "x = {\n    1,|\n}"),
        ('f"{a}"', 'f"{a}"|'),
        ("def f(a):\npass\n", "def f(a):\n    pass\n|"),
    ],
)
def test_typing(editor, typed, expected):
    type_text(editor, typed)
    assert shown(editor) == expected


@pytest.mark.parametrize(
    ("before", "key", "modifiers", "after"),
    [
        ("    |x", Key.Key_Backspace, None, "|x"),
        ("      |x", Key.Key_Backspace, None, "    |x"),
        ("ab|", Key.Key_Backspace, None, "a|"),
        ("|ab", Key.Key_Backspace, None, "|ab"),
        ("(|)", Key.Key_Backspace, None, "|)"),  # this pair was not typed here, so only one goes
        ("a|", Key.Key_Tab, None, "a   |"),
        ("|a", Key.Key_Tab, None, "    |a"),
        ("    a|", Key.Key_Backtab, SHIFT, "a|"),
        ("  a|", Key.Key_Slash, MOD, "  # a|"),
        ("  # a|", Key.Key_Slash, MOD, "  a|"),
        ("a\nb|\nc", Key.Key_Up, ALT, "b|\na\nc"),
        ("a\nb|\nc", Key.Key_Down, ALT, "a\nc\nb|"),
        ("a|\nb", Key.Key_Up, ALT, "a|\nb"),
        ("a\nb|", Key.Key_Down, ALT, "a\nb|"),
        ("    ab|", Key.Key_Home, None, "    |ab"),
        ("    |ab", Key.Key_Home, None, "|    ab"),
        ("𝕏|", Key.Key_Backspace, None, "|"),
    ],
)
def test_keys(editor, before, key, modifiers, after):
    put(editor, before.replace("𝕏|", "𝕏|"))
    if "𝕏" in before:
        editor.moveCursor(QTextCursor.MoveOperation.End)
    press(editor, key, modifiers or Qt.KeyboardModifier.NoModifier)
    assert shown(editor) == after


def test_a_pair_just_typed_goes_with_one_backspace(editor):
    type_text(editor, "f(")
    press(editor, Key.Key_Backspace)
    assert shown(editor) == "f|"


def test_tab_moves_whole_selected_lines_and_undo_takes_it_back_in_one_step(editor):
    editor.load_code("a\n\n  b\nc")
    editor.selectAll()
    press(editor, Key.Key_Tab)
    assert editor.code() == "    a\n\n      b\n    c"
    press(editor, Key.Key_Backtab, SHIFT)
    assert editor.code() == "a\n\n  b\nc"
    press(editor, Key.Key_Z, MOD, times=2)
    assert editor.code() == "a\n\n  b\nc"
    press(editor, Key.Key_Y, MOD)
    assert editor.code() == "    a\n\n      b\n    c"


def test_a_selection_is_surrounded(editor):
    editor.load_code("abc")
    editor.selectAll()
    QTest.keyClicks(editor, "(")
    assert editor.code() == "(abc)"
    assert editor.textCursor().selectedText() == "abc"


def test_next_match_selects_the_word_and_then_the_next_of_it_and_wraps(editor):
    put(editor, "row = row + Row\n|row")
    press(editor, Key.Key_D, MOD)
    assert editor.textCursor().selectedText() == "row"
    starts = []
    for _ in range(3):
        press(editor, Key.Key_D, MOD)
        starts.append(editor.textCursor().selectionStart())
    assert starts == [0, 6, 16]


@pytest.mark.parametrize(
    ("signal", "key", "modifiers"),
    [
        ("save_requested", Key.Key_S, MOD),
        ("run_requested", Key.Key_Return, MOD),
        ("run_requested", Key.Key_Enter, MOD),
        ("leave_requested", Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
    ],
)
def test_signals(editor, qtbot, signal, key, modifiers):
    editor.load_code("x = 1")
    with qtbot.waitSignal(getattr(editor, signal), timeout=1000):
        press(editor, key, modifiers)
    assert editor.code() == "x = 1"


def test_keys_of_the_editor_do_not_reach_shortcuts_of_the_window(editor, qtbot):
    fired = []
    for keys in ("Ctrl+D", "Ctrl+/", "Ctrl+S", "Esc", "Tab", "Alt+Up", "Ctrl+Return"):
        QShortcut(QKeySequence(keys), editor).activated.connect(lambda keys=keys: fired.append(keys))
    for key, modifiers in ((Key.Key_D, MOD), (Key.Key_S, MOD), (Key.Key_Slash, MOD), (Key.Key_Up, ALT)):
        press(editor, key, modifiers)
    press(editor, Key.Key_Tab)
    press(editor, Key.Key_Escape)
    press(editor, Key.Key_Return, MOD)
    assert fired == []


def test_pasting_normalises_line_ends_and_indentation(editor):
    source = QMimeData()
    source.setText("if x:\r\n\ty = 'a\tb\u00a0c'\u2029z")
    editor.insertFromMimeData(source)
    assert editor.code() == "if x:\n    y = 'a\tb\u00a0c'\nz"


def test_a_new_text_can_be_undone_and_a_loaded_one_cannot(editor):
    editor.load_code("first")
    assert not editor.document().isUndoAvailable()
    editor.replace_code("second")
    assert editor.code() == "second"
    editor.replace_code("second")
    press(editor, Key.Key_Z, MOD)
    assert editor.code() == "first"


def test_marks_keep_to_their_line_and_say_why(editor):
    editor.load_code("a\nb\nc")
    editor.mark_failed(2, "KeyError: 'name'")
    assert editor.marked_lines() == (2,)
    put_at_start = editor.textCursor()
    put_at_start.setPosition(0)
    editor.setTextCursor(put_at_start)
    type_text(editor, "\n")
    assert editor.marked_lines() == (3,)
    middle = editor.viewport().y() + editor.cursorRect(cursor_on(editor, 3)).center().y()
    assert editor.mark_text_at(middle) == "KeyError: 'name'"
    editor.clear_marks()
    assert editor.marked_lines() == ()


def cursor_on(editor, line):
    return QTextCursor(editor.document().findBlockByNumber(line - 1))


def test_a_failed_line_is_seen(editor, qtbot):
    editor.load_code("a\nb\nc")
    plain = editor.grab().toImage()
    editor.mark_failed(2, "no")
    marked = editor.grab().toImage()
    ratio = marked.devicePixelRatio()
    row = editor.viewport().y() + editor.cursorRect(cursor_on(editor, 2)).center().y()
    assert marked.pixelColor(round(1 * ratio), round(row * ratio)).name() == DARK.failed
    place = QPoint(round(300 * ratio), round(row * ratio))
    assert plain.pixelColor(place).name() == DARK.code
    assert marked.pixelColor(place).name() != DARK.code


def test_a_syntax_error_puts_the_cursor_at_its_column(editor):
    editor.load_code("x = 1\n𝕏y = = 2")
    editor.mark_problem(2, 6, "invalid syntax")
    assert editor.textCursor().blockNumber() == 1
    assert editor.textCursor().positionInBlock() == 6  # one character counts two units


def test_a_mark_outside_the_text_goes_to_the_last_line(editor):
    editor.load_code("a\nb")
    editor.mark_problem(99, 99, "unexpected end")
    assert editor.marked_lines() == (2,)


def test_brackets_at_the_cursor_are_marked_as_a_pair(editor):
    put(editor, "f(1, [2])|")
    places = [extra.cursor.selectionStart() for extra in editor.extraSelections()]
    assert places == [8, 1]


def test_the_gutter_is_wide_enough_for_its_numbers(editor):
    editor.load_code("\n" * 12_000)
    digits = editor.fontMetrics().horizontalAdvance("12001")
    assert editor.width_of_gutter() >= digits + 12
    text = editor.viewport().x() + editor.document().documentMargin()
    assert text == editor.width_of_gutter()


def test_scale_and_theme(editor):
    small = editor.fontMetrics().height()
    editor.set_scale(2.0)
    assert editor.fontMetrics().height() >= 2 * small - 2
    assert editor.width_of_gutter() >= 76
    editor.set_theme(LIGHT)
    image = editor.grab().toImage()
    assert image.pixelColor(image.width() - 20, image.height() // 2).name() == LIGHT.code


def test_a_key_press_colours_its_own_line_only(editor, qtbot, monkeypatch):
    editor.load_code("\n".join(f"x = {number}" for number in range(3_000)))
    seen = []
    real = highlight.scan_line
    monkeypatch.setattr(highlight, "scan_line", lambda *words: (seen.append(words), real(*words))[1])
    type_text(editor, "y")
    qtbot.waitUntil(lambda: not editor._colours.is_behind)
    assert 1 <= len(seen) <= 2
    press(editor, Key.Key_Backspace)
    assert len(seen) <= 4


def colours_of(editor, line):
    """Start, length and colour of each piece of a line that is coloured."""
    pieces = editor.document().findBlockByNumber(line - 1).layout().formats()
    return [(each.start, each.length, each.format.foreground().color().name()) for each in pieces]


def settled(editor):
    """The colours after everything that was left for later."""
    editor._writing.catch_up()
    return [colours_of(editor, line + 1) for line in range(editor.blockCount())]


def fresh(code):
    """The colours of a text that was loaded as it is."""
    other = CodeEditor(DARK)
    other.load_code(code)
    return settled(other)


@pytest.mark.parametrize(
    ("before", "typed", "at_once"),
    [
        ("for x in y|", "s", [(0, 3), (6, 2)]),
        ("for x| in y", "s", [(0, 3), (7, 2)]),
        ("|for x", "s", [(1, 3)]),
        ("# a|", "b", [(0, 4)]),
        ("# |a", "b", [(0, 4)]),
        ("x = 'a|'", "b", [(4, 4)]),
        ("x = 'a'|", "b", [(4, 3)]),
        ("x = 1|", "2", [(4, 2)]),
        ("", "x", []),
    ],
)
def test_colours_make_room_for_a_character_before_the_line_is_read(editor, before, typed, at_once):
    put(editor, before) if before else editor.load_code("")
    type_text(editor, typed)
    assert [piece[:2] for piece in colours_of(editor, 1)] == at_once
    assert settled(editor) == fresh(editor.code())


def test_colours_follow_when_there_is_time(editor, qtbot):
    type_text(editor, "fo")
    assert colours_of(editor, 1) == []
    type_text(editor, "r")
    qtbot.waitUntil(lambda: colours_of(editor, 1) == [(0, 3, DARK.code_keyword)])


KEYS = st.lists(
    st.one_of(
        st.text(alphabet="aforin x1.#=:,", min_size=1, max_size=6),
        st.sampled_from(["'", '"', "(", ")", "\n", "{", "\x08", "\x1a", "<", ">", '"""', "é", "𝕏", "\t"]),
    ),
    max_size=14,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(KEYS)
def test_however_it_was_typed_the_colours_are_those_of_the_text(editor, keys):
    editor.load_code("s = 'a'\nfor x in y:  # z\n    pass")
    names = {"\x08": Key.Key_Backspace, "<": Key.Key_Left, ">": Key.Key_Right, "\t": Key.Key_Tab}
    for each in keys:
        if each == "\x1a":
            press(editor, Key.Key_Z, MOD)
        elif each in names:
            press(editor, names[each])
        elif each in "é𝕏":
            editor.insertPlainText(each)
        else:
            type_text(editor, each)
    assert settled(editor) == fresh(editor.code())


def test_a_character_typed_beside_a_marked_bracket_is_not_marked(editor):
    type_text(editor, "f(a")
    assert sorted(extra.cursor.selectedText() for extra in editor.extraSelections()) == ["(", ")"]
    editor._writing.catch_up()
    assert sorted(extra.cursor.selectedText() for extra in editor.extraSelections()) == ["(", ")"]


def test_brackets_follow_when_there_is_time(editor, qtbot):
    put(editor, "(a)|")
    assert len(editor.extraSelections()) == 2
    type_text(editor, "b")
    qtbot.waitUntil(lambda: editor.extraSelections() == [])


def test_a_line_that_was_not_typed_into_is_not_painted_again(editor, qtbot):
    """Colours count as a change of the document; Qt would paint everything for them."""
    editor.load_code("for x in y\n" * 8)
    painted = []
    editor.document().documentLayout().update.connect(lambda *_: painted.append(1))
    type_text(editor, "s")
    qtbot.waitUntil(lambda: not editor._colours.is_behind)
    assert painted == []
    type_text(editor, "\n")
    assert painted


def test_lines_that_change_together_are_all_laid_out(editor):
    """A line end that moves leaves the number of lines as it was."""
    editor.load_code("a\nb\n\nc")
    editor.grab()
    cursor = editor.textCursor()
    cursor.beginEditBlock()
    cursor.setPosition(1)
    cursor.deleteChar()
    cursor.setPosition(2)
    cursor.insertText("\nlonger")
    cursor.endEditBlock()
    assert editor.code() == "ab\nlonger\n\nc"
    for line in range(editor.blockCount()):
        block = editor.document().findBlockByNumber(line)
        editor.document().documentLayout().ensureBlockLayout(block)
        assert block.layout().lineAt(0).textLength() == len(block.text())


def test_numbers_are_painted_again_only_when_they_move(editor, qtbot):
    editor.load_code("x\n" * 40)
    editor.grab()
    asked = []
    editor._gutter.update = lambda: asked.append(1)
    type_text(editor, "abc")
    qtbot.waitUntil(lambda: not editor._colours.is_behind)
    assert asked == []
    type_text(editor, "\n")
    editor.verticalScrollBar().setValue(3)
    assert len(asked) >= 2


def test_colours_can_be_left_to_somebody_else(editor):
    editor.load_code("for x in y")
    editor.colour(python=False)
    assert colours_of(editor, 1) == []
    type_text(editor, "z")
    assert settled(editor) == [[]]
    editor.colour(python=True)
    assert settled(editor) == fresh(editor.code())


TEXT = st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=200)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.lists(TEXT, max_size=6).map("\n".join))
def test_colouring_never_changes_text(qapp, text):
    document = QTextDocument()
    document.setPlainText(text)
    before = document.toRawText()
    lines = LineLayout(document)
    document.setDocumentLayout(lines)
    PythonColours(lines, DARK).set_theme(LIGHT)
    assert document.toRawText() == before


@pytest.mark.parametrize("text", ["", "a", "a\n", "\n\n", "a\u00a0b", "𝕏\té", "x = '\u200b'"])
def test_code_comes_back_as_it_was_given(editor, text):
    editor.load_code(text)
    assert editor.code() == text


def test_the_factory_makes_both_editors(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    for mode, text in (("code", "a\nb"), ("line", "ix csv")):
        made = make_editor(EditorSpec("text", mode, QRectF()), DARK, parent)
        made.load(text)
        assert made.read() == text
        with qtbot.waitSignal(made.changed):
            made.replace("other")
        made.widget.undo()
        assert made.read() == text
        with qtbot.waitSignal(made.leave):
            QTest.keyClick(made.widget, Key.Key_Escape)
        with qtbot.waitSignal(made.run):
            QTest.keyClick(made.widget, Key.Key_Return, MOD)
        made.set_scale(1.5)
        assert (made.save is not None) == (mode == "code")


def test_a_line_stays_one_line(qtbot):
    line = LineEditor(DARK)
    qtbot.addWidget(line)
    QApplication.clipboard().setText("ix csv\r\n./people.csv")
    QTest.keyClick(line, Key.Key_V, MOD)
    assert line.text() == "ix csv ./people.csv"
    with qtbot.waitSignal(line.run_requested):
        QTest.keyClick(line, Key.Key_Return)
    line.go_to(4)
    assert line.cursorPosition() == 3


def test_keys_that_a_person_gave_take_the_place_of_the_usual_ones(editor):
    keymap = Keymap()
    editor.set_meanings(keymap.meanings)
    put(editor, "x = 1|")
    press(editor, Key.Key_Slash, MOD)
    assert editor.code() == "# x = 1"
    assert keymap.bind("text_comment", "Ctrl+D").id == "text_match"
    assert keymap.bind("text_comment", "Ctrl+Q").id == "quit"
    assert keymap.bind("text_match", "Ctrl+K") is None  # the canvas has it, but not in text
    assert keymap.bind("text_comment", "Ctrl+D") is None
    press(editor, Key.Key_Slash, MOD)
    assert editor.code() == "# x = 1"
    press(editor, Key.Key_D, MOD)
    assert editor.code() == "x = 1"
    heard = []
    editor.save_requested.connect(lambda: heard.append("saved"))
    keymap.bind("text_save", "F9")
    press(editor, Key.Key_S, MOD)
    assert heard == []
    press(editor, Key.Key_F9)
    assert heard == ["saved"]
    keymap.reset_all()
    assert keymap.meanings == {}
    press(editor, Key.Key_S, MOD)
    assert heard == ["saved", "saved"]
