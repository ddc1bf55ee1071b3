from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qntx_desktop.ui.editor.tokens import CODE, Role, is_inside, scan_line


def pieces(text: str, state: int = CODE) -> list[tuple[str, str]]:
    return [(text[start:end], role.name) for start, end, role in scan_line(text, state)[0]]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("import csv", [("import", "KEYWORD")]),
        ("attest([a], ['b'])", [("attest", "BUILTIN"), ("'b'", "STRING")]),
        ("csv.DictReader(f)", [("DictReader", "FUNCTION")]),
        ("x.match(1)", [("match", "FUNCTION"), ("1", "NUMBER")]),
        ("match x:", [("match", "KEYWORD")]),
        ("match = 3", [("3", "NUMBER")]),
        ("def foo(): pass", [("def", "KEYWORD"), ("foo", "FUNCTION"), ("pass", "KEYWORD")]),
        ("@a.b(1)", [("@a.b", "DECORATOR"), ("1", "NUMBER")]),
        ("a @ b", []),
        ("a = 0x1F + 1_0.5e-3 + x1", [("0x1F", "NUMBER"), ("1_0.5e-3", "NUMBER")]),
        ("'#' # '", [("'#'", "STRING"), ("# '", "COMMENT")]),
        (r"'a\'b' c", [(r"'a\'b'", "STRING")]),
        (r"r'\' x", [(r"r'\' x", "STRING")]),
        ("rb'x'", [("rb'x'", "STRING")]),
        ("f'a {len(b)} {{c}}'", [("f'a {", "STRING"), ("len", "BUILTIN"), ("} {{c}}'", "STRING")]),
        ("x.open(1)", [("open", "FUNCTION"), ("1", "NUMBER")]),
        ("für = 'ß'", [("'ß'", "STRING")]),
    ],
)
def test_roles(line, expected):
    assert pieces(line) == expected


def test_a_triple_quoted_string_goes_on_over_lines():
    spans, state = scan_line('x = """first')
    assert state != CODE
    assert spans == [(4, 12, Role.STRING)]
    spans, state = scan_line("def middle():  # all of it text", state)
    assert [role for *_, role in spans] == [Role.STRING]
    spans, state = scan_line('end""" + len(x)', state)
    assert state == CODE
    assert pieces('end""" + len(x)', scan_line('"""')[1]) == [('end"""', "STRING"), ("len", "BUILTIN")]


def test_the_other_kind_of_quote_does_not_close_it():
    assert scan_line("it's '''", scan_line('"""')[1])[1] != CODE
    assert scan_line('it is """', scan_line("'''")[1])[1] != CODE


def test_an_open_single_quote_ends_with_its_line_unless_continued():
    assert scan_line("x = 'abc")[1] == CODE
    state = scan_line("x = 'abc\\")[1]
    assert state != CODE
    assert scan_line("def'", state) == ([(0, 4, Role.STRING)], CODE)


def test_a_triple_quoted_format_string_keeps_its_fields_on_later_lines():
    state = scan_line('f"""')[1]
    assert ("len", "BUILTIN") in pieces("a {len(x)} b", state)


def test_is_inside_tells_strings_from_code():
    spans, _ = scan_line("a('b') # c")
    assert is_inside(spans, 2) is None
    assert is_inside(spans, 3) is Role.STRING
    assert is_inside(spans, 6) is None
    assert is_inside(spans, 9) is Role.COMMENT


CODE_LIKE = st.text(alphabet="ab1 .'\"\\{}()[]#@frb:=\t\u00a0\U0001d54f", max_size=60)


@given(CODE_LIKE, st.integers(-1, 31))
@example("{'\"", 10)
@example("f{#}}", 25)
def test_spans_are_in_order_and_never_overlap(line, state):
    spans, after = scan_line(line, state)
    last = 0
    for start, end, _ in spans:
        assert last <= start < end <= len(line)
        last = end
    assert after >= 0


@given(st.lists(CODE_LIKE, max_size=8))
def test_the_scanner_ends_on_any_text(lines):
    state = CODE
    for line in lines:
        state = scan_line(line, state)[1]
