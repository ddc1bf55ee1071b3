from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qntx_desktop.ui.editor import editing
from qntx_desktop.ui.editor.brackets import matching
from qntx_desktop.ui.editor.tokens import scan_line


@pytest.mark.parametrize(
    ("line", "indent"),
    [
        ("for x in y:", 4),
        ("    if x:  # why", 8),
        ("    x = 1", 4),
        ("    return x", 0),
        ("        pass", 4),
        ("    continue  # next", 0),
        ("    returned = 1", 4),
        ("foo(a,", 4),
        ("foo('(', a)", 0),
        ("x = 'a:'", 0),
        ("# a:", 0),
        ("", 0),
        ("return", 0),
        ("def f(", 4),
        ("x = {", 4),
    ],
)
def test_indent_after(line, indent):
    assert editing.indent_after(line) == " " * indent


def test_inside_a_long_string_the_indent_is_kept():
    state = scan_line('"""')[1]
    assert editing.indent_after("  return:", state) == "  "


def test_comments_toggle_there_and_back():
    lines = ["    a", "", "        b"]
    commented = editing.toggled_comment(lines)
    assert commented == ["    # a", "", "    #     b"]
    assert editing.toggled_comment(commented) == lines


@given(st.lists(st.text(alphabet="ab# \t", max_size=8), max_size=5))
def test_commenting_twice_gives_the_lines_back_unless_all_were_comments(lines):
    full = [line for line in lines if line.strip()]
    if full and all(line.lstrip().startswith("#") for line in full):
        return
    assert editing.toggled_comment(editing.toggled_comment(lines)) == lines


@pytest.mark.parametrize(
    ("opener", "before", "after", "expected"),
    [
        ("(", "foo", "", True),
        ("(", "foo", "bar", False),
        ("(", "foo", ")", True),
        ("(", "# foo", "", False),
        ("(", "'foo", "", False),
        ("(", "'foo'", "", True),
        ('"', "x = ", "", True),
        ('"', "x = f", "", True),
        ('"', "x = ab", "", False),
        ("'", "# don", "", False),
        ("'", '"don', "", False),
        ("'", "'", "", False),
    ],
)
def test_closes(opener, before, after, expected):
    assert editing.closes(opener, before, after) is expected


def test_pasted_text_is_normalised_but_keeps_what_may_be_content():
    assert editing.pasted("a\r\nb\rc\u2029d\u2028e\0") == "a\nb\nc\nd\ne"
    assert editing.pasted("\tif x:\n\t\ty = 'a\tb'\n  \tz") == "    if x:\n        y = 'a\tb'\n    z"
    assert editing.pasted("'a\u00a0b'") == "'a\u00a0b'"


@given(st.text())
def test_pasting_twice_is_pasting_once(text):
    once = editing.pasted(text)
    assert editing.pasted(once) == once
    assert not set("\r\0\u2028\u2029") & set(once)


@given(st.text(max_size=30).filter(lambda text: text.isprintable()), st.integers(0, 30))
def test_places_go_to_qt_and_back(text, index):
    index = min(index, len(text))
    assert editing.index_of(text, editing.units(text, index)) == index
    assert editing.units(text, len(text)) == len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize(("before", "width"), [("", 1), ("    ", 4), ("      ", 2), ("  x", 1), (" ", 1)])
def test_backspace_width(before, width):
    assert editing.backspace_width(before) == width


def reader(code: str):
    lines, states, state = code.split("\n"), [], 0
    for line in lines:
        states.append(state)
        state = scan_line(line, state)[1]
    return lambda number: (lines[number], states[number]) if 0 <= number < len(lines) else None


@pytest.mark.parametrize(
    ("code", "cursor", "expected"),
    [
        ("a(b)", (0, 2), ((0, 1), (0, 3))),
        ("a(b)", (0, 4), ((0, 3), (0, 1))),
        ("a(b", (0, 2), ((0, 1), None)),
        ("a(b]", (0, 2), ((0, 1), None)),
        ("f(')')", (0, 2), ((0, 1), (0, 5))),
        ("f([\n  1,\n])", (0, 2), ((0, 1), (2, 1))),
        ("f([\n  1,\n])", (2, 2), ((2, 1), (0, 1))),
        ("f([\n  1,\n])", (2, 1), ((2, 0), (0, 2))),
        ('f("""\n)\n""")', (0, 2), ((0, 1), (2, 3))),
        ("abc", (0, 1), None),
    ],
)
def test_matching(code, cursor, expected):
    assert matching(reader(code), *cursor) == expected


@pytest.mark.parametrize(
    ("line", "above", "indent"),
    [
        ("        else", ["        y", "    if x:", "def f():"], "    "),
        ("    else", ["    y", "if x:"], ""),
        ("else", ["    y", "if x:"], None),
        ("    else", ["    z", "        y", "    if x:", "for a in b:"], ""),
        ("        elif a", ["        y", "    elif x:"], "    "),
        ("        except OSError", ["", "        y", "    # say", "    try:"], "    "),
        ("        finally", ["        y", "    else:"], "    "),
        ("    else", ["    y", "async for x in z:"], ""),
        ("    else", ["    y", "with x:"], None),
        ("            case 2", ["            y", "        case 1:"], "        "),
        ("        case 1", ["    match x:"], None),
        ("    case", ["    y", "case 1:"], None),
        ("    elsewhere", ["    y", "if x:"], None),
        ("    x", ["    y", "if x:"], None),
        ("    else", [], None),
    ],
)
def test_a_branch_goes_where_what_it_belongs_to_stands(line, above, indent):
    assert editing.branch_indent(line, above) == indent
