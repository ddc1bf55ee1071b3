"""Colours for text that is no Python: pygments reads the whole text once it stands still. Hides pygments.

Qt main thread. Long texts stay plain: reading them would be felt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from qntx_desktop.ui.editor.editing import units
from qntx_desktop.ui.editor.highlight import role_colours
from qntx_desktop.ui.editor.tokens import Role, Span
from qntx_desktop.ui.theme import Theme

if TYPE_CHECKING:
    from pygments.lexer import Lexer

MOST_CHARS = 60_000
STILL_MS = 200


def colours_for(path: str, document: QTextDocument, theme: Theme) -> LanguageColours:
    """Colours for a document, in the language that its file's name says."""
    colours = LanguageColours(document)
    colours.take(path, theme)
    return colours


def spans_of(path: str, text: str) -> list[list[Span]]:
    """The coloured pieces of each line; none for a language that is not known or a text that is too long."""
    lexer = _lexer(path) if len(text) <= MOST_CHARS else None
    lines: list[list[Span]] = [[]]
    if lexer is None:
        return lines
    at = 0
    for kind, value in lexer.get_tokens(text):
        role = _role(str(kind))
        for number, piece in enumerate(value.split("\n")):
            if number:
                lines.append([])
                at = 0
            if piece and role is not None:
                lines[-1].append((at, at + len(piece), role))
            at += len(piece)
    return lines


class LanguageColours(QSyntaxHighlighter):
    """Colours a document by what pygments found in it."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._text, self._path, self._busy = document, "", False
        self._spans: list[list[Span]] = []
        self._formats: dict[Role, QTextCharFormat] = {}
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(STILL_MS)
        self._later.timeout.connect(self._read)
        document.contentsChanged.connect(self._changed)

    def take(self, path: str, theme: Theme) -> None:
        """Colour as the language of this file, in a theme; an empty path colours nothing."""
        self._path, self._spans = path, []
        self.setDocument(self._text if path else None)  # one document has one who colours it
        for role, colour in role_colours(theme).items():
            self._formats[role] = QTextCharFormat()
            self._formats[role].setForeground(QColor(colour))
        if path:
            self._later.start()

    def highlightBlock(self, text: str) -> None:
        """Colour one line as it was when the text was read."""
        number = self.currentBlock().blockNumber()
        for start, end, role in self._spans[number] if number < len(self._spans) else ():
            first = units(text, min(start, len(text)))
            self.setFormat(first, units(text, min(end, len(text))) - first, self._formats[role])

    def _changed(self) -> None:
        if self._path and not self._busy:
            self._later.start()

    def _read(self) -> None:
        if not self._path:
            return
        self._spans = spans_of(self._path, self._text.toPlainText())
        self._busy = True  # colouring counts as a change of the document
        self.rehighlight()
        self._busy = False


def _lexer(path: str) -> Lexer | None:
    from pygments.lexers import get_lexer_for_filename  # late: looks through a table of five hundred
    from pygments.util import ClassNotFound

    try:
        found: Lexer = get_lexer_for_filename(path, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None
    return found


def _role(kind: str) -> Role | None:
    return next((role for start, role in _ROLES if kind.startswith(start)), None)


_ROLES = (
    ("Token.Comment", Role.COMMENT),
    ("Token.Keyword", Role.KEYWORD),
    ("Token.Name.Tag", Role.KEYWORD),
    ("Token.Name.Attribute", Role.FUNCTION),
    ("Token.Name.Function", Role.FUNCTION),
    ("Token.Name.Class", Role.FUNCTION),
    ("Token.Name.Builtin", Role.BUILTIN),
    ("Token.Literal.String", Role.STRING),
    ("Token.Literal.Number", Role.NUMBER),
    ("Token.Generic.Heading", Role.KEYWORD),
)
