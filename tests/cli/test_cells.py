"""Widths, cuts and tables on a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qntx_desktop.cli.cells import cells, cut, lay_out, shown


@pytest.mark.parametrize(
    ("text", "width"), [("abc", 3), ("東京", 4), ("Zoë", 3), ("e\u0301", 1), ("", 0), ("a\u200bb", 2)]
)
def test_width(text: str, width: int) -> None:
    assert cells(text) == width


@given(st.text(), st.integers(min_value=0, max_value=40))
def test_a_cut_text_fits(text: str, width: int) -> None:
    assert cells(cut(shown(text), width)) <= width


@given(st.text())
def test_what_is_shown_cannot_drive_a_terminal(text: str) -> None:
    assert shown(text).isprintable()


def test_line_breaks_and_escapes_are_spelled() -> None:
    assert shown("a\nb\x1b[31m\u202e") == "a\\nb\\x1b[31m\\u202e"


def test_columns_are_aligned_by_cells() -> None:
    lines = lay_out(("TOWN", "N"), [("東京", "1"), ("Oslo", "2"), ("e\u0301", "3")], None)
    assert lines == ["TOWN  N", "東京  1", "Oslo  2", "e\u0301     3"]


def test_a_narrow_terminal_cuts_the_widest_column() -> None:
    lines = lay_out(("ID", "TEXT"), [("17", "x" * 500)], 30)
    assert lines[1] == "17  " + "x" * 25 + "…"


def test_the_id_of_a_row_is_whole_on_a_usual_terminal() -> None:
    row = ("AS-01M7ZH45CQ-99MRFY3C", "2026-11-21 17:05:37", "Eve and two lines", "ix_handler", "Paris", "csv@v3")
    (_, line) = lay_out(("ID", "WHEN", "SUBJECTS", "PREDICATES", "CONTEXTS", "ACTORS"), [row], 80)
    assert line.startswith("AS-01M7ZH45CQ-99MRFY3C  2026-11-21")
    assert cells(line) <= 80
    assert lay_out(("NAME", "A"), [("n" * 70, "a" * 70)], 42)[1] == "n" * 19 + "…  " + "a" * 19 + "…"


def test_nothing_is_cut_where_nobody_looks() -> None:
    lines = lay_out(("ID", "TEXT", "C"), [("1", "x" * 500, "end"), ("2", "y", "end")], None)
    assert lines[1] == "1   " + "x" * 500 + "  end"
    assert len(lines[2]) < 80


@given(st.lists(st.tuples(st.text(max_size=90), st.text(max_size=90)), max_size=5), st.integers(20, 120))
def test_a_row_fits_the_terminal(rows: list[tuple[str, str]], columns: int) -> None:
    assert all(cells(line) <= columns for line in lay_out(("A", "B"), rows, columns))
