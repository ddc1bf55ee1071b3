"""Colours for text that is no Python."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextDocument

from qntx_desktop.ui.editor.languages import MOST_CHARS, colours_for, spans_of
from qntx_desktop.ui.editor.tokens import Role
from qntx_desktop.ui.theme import DARK


def pieces(path: str, text: str) -> list[list[tuple[str, Role]]]:
    lines = text.split("\n")
    return [[(lines[n][start:end], role) for start, end, role in row] for n, row in enumerate(spans_of(path, text))]


def test_json_toml_and_a_string_over_lines() -> None:
    assert ("12", Role.NUMBER) in pieces("a.json", '{"a": 12}')[0]
    assert pieces("a.toml", "# why\na = 1")[0] == [("# why", Role.COMMENT)]
    rows = pieces("a.js", "x = `one\ntwo`\ny")
    assert any(role is Role.STRING for _, role in rows[0])
    assert any(role is Role.STRING for _, role in rows[1])
    assert len(rows) == 3


@pytest.mark.parametrize("path", ["", "unknown.zzz", "LICENSE"])
def test_what_is_not_known_stays_plain(path: str) -> None:
    assert not any(spans_of(path, "some text 12"))


def test_a_long_text_stays_plain() -> None:
    assert spans_of("a.json", "[" * (MOST_CHARS + 1)) == [[]]


def test_a_document_is_coloured_and_keeps_its_text(qtbot) -> None:
    document = QTextDocument('{"a": 12}')
    colours = colours_for("a.json", document, DARK)
    qtbot.waitUntil(lambda: bool(document.firstBlock().layout().formats()), timeout=30_000)
    assert document.toPlainText() == '{"a": 12}'
    colours.take("", DARK)
    assert colours.document() is None
