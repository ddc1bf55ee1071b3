"""Colours for Python code in a text document, one line at a time; text is never changed.

Qt main thread. The scanner's state is kept as the block state, so a key press costs the lines whose state changes.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QColor, QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from qntx_desktop.ui.editor.editing import units
from qntx_desktop.ui.editor.tokens import Role, scan_line
from qntx_desktop.ui.theme import Theme

MOST_COLOURED_CHARS = 4_000
"""Of a longer line only the beginning is coloured: nobody reads the rest, and each colour costs."""


def role_colours(theme: Theme) -> Mapping[Role, str]:
    """The theme's colour of each role, as `#rrggbb`."""
    return {
        Role.KEYWORD: theme.code_keyword,
        Role.STRING: theme.code_string,
        Role.NUMBER: theme.code_number,
        Role.FUNCTION: theme.code_function,
        Role.COMMENT: theme.code_comment,
        Role.DECORATOR: theme.code_keyword,
        Role.BUILTIN: theme.code_function,
    }


class PythonHighlighter(QSyntaxHighlighter):
    """Colours a document as Python."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._formats: dict[Role, QTextCharFormat] = {}
        self._take(theme)

    def set_theme(self, theme: Theme) -> None:
        """Colour everything again in another theme."""
        self._take(theme)
        self.rehighlight()

    def _take(self, theme: Theme) -> None:
        for role, colour in role_colours(theme).items():
            shape = QTextCharFormat()
            shape.setForeground(QColor(colour))
            if role is Role.COMMENT:
                shape.setFontItalic(False)
            shape.setFontWeight(QFont.Weight.Normal)
            self._formats[role] = shape

    def highlightBlock(self, text: str) -> None:
        """Colour one line and remember how it ends."""
        spans, state = scan_line(text, self.previousBlockState())
        for start, end, role in spans:
            if start >= MOST_COLOURED_CHARS:
                break
            first = units(text, start)
            self.setFormat(first, units(text, end) - first, self._formats[role])
        self.setCurrentBlockState(state)
