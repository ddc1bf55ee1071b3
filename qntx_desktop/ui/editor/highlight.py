"""Colours for Python code in a text document, one line at a time; text is never changed.

Qt main thread. The scanner's state is kept as the block state, so a change costs the lines whose state changes.
It is no `QSyntaxHighlighter`: that one reads and colours the line within each key press. Here the colours of a line
make room for a typed character, and the line is read when there is time.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QTextBlock, QTextCharFormat, QTextDocument, QTextLayout

from qntx_desktop.ui.editor.editing import units
from qntx_desktop.ui.editor.tokens import Role, Span, scan_line
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


class PythonColours(QObject):
    """Colours a document as Python: at once after each change but those that were foretold."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._text = document
        self._active, self._busy = True, False
        self._foretold: tuple[QTextBlock, int, str] | None = None
        self._behind: tuple[int, int] | None = None
        self._line: _Line | None = None
        self._formats: dict[Role, QTextCharFormat] = {}
        document.contentsChange.connect(self._changed)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Colour everything again in another theme."""
        for role, colour in role_colours(theme).items():
            shape = QTextCharFormat()
            shape.setForeground(QColor(colour))
            self._formats[role] = shape
        if self._active:
            self._colour_all()

    def set_active(self, active: bool) -> None:
        """Colour, or take all colours away and leave the document to somebody else."""
        if active != self._active:
            self._colour_all(plain=not active)
            self._active = active

    @property
    def is_behind(self) -> bool:
        """True while foretold changes wait for their colours."""
        return self._behind is not None

    def foretell(self, block: QTextBlock, number: int, at: int, character: str) -> bool:
        """Let the colours of a line only make room for the character that is typed next; `catch_up` reads it later.

        Args:
            block: Its line.
            number: The number of that, from 0.
            at: Where in the line, in UTF-16 units.
            character: One ASCII character.

        Returns:
            Whether that will be done, and all of the line is ASCII.
        """
        if not self._active:
            return False
        if self._line is None or self._line.number != number:
            self._line = self._read(block, number)[0]
        self._foretold = (block, at, character)
        return self._line.is_ascii

    def forget(self) -> None:
        """The key is through: what was foretold and did not come will not come."""
        self._foretold = None

    def catch_up(self) -> None:
        """Read the lines that have changed since, and those whose state changes with them."""
        if self._behind is None:
            return
        start, end = self._behind
        self._behind = self._line = None
        block = self._text.findBlock(start)
        until = self._text.findBlock(end)
        last = until.blockNumber() if until.isValid() else self._text.blockCount() - 1
        self._busy = True
        number = block.blockNumber()
        while block.isValid():
            line, state = self._read(block, number)
            self._line = self._line or line
            self._colour(block, line.pieces)
            same = block.userState() == state
            block.setUserState(state)
            if number >= last and same:
                break
            block, number = block.next(), number + 1
        self._busy = False

    def _changed(self, position: int, removed: int, added: int) -> None:
        if self._busy or not self._active:
            return
        self._note(position, removed, added)
        if self._foretold is None or self._line is None or added - removed != 1:
            self.catch_up()
            return
        block, at, character = self._foretold
        if self._line.make_room(at, character):
            block.layout().setFormats(self._line.pieces)

    def _note(self, position: int, removed: int, added: int) -> None:
        start, end = position, position + added
        if self._behind is not None:
            start = min(start, self._behind[0])
            end = max(end, self._behind[1] + added - removed)
        self._behind = (start, end)

    def _read(self, block: QTextBlock, number: int) -> tuple[_Line, int]:
        previous = block.previous()
        text = block.text()
        spans, state = scan_line(text, previous.userState() if previous.isValid() else -1)
        return _Line(number, text, spans, self._formats), state

    def _colour(self, block: QTextBlock, pieces: list[QTextLayout.FormatRange]) -> None:
        layout = block.layout()
        old = layout.formats()
        typing = len(layout.preeditAreaText())
        if typing:
            pieces = _around(pieces, old, layout.preeditAreaPosition(), typing)
        if pieces != old:
            layout.setFormats(pieces)
            self._text.markContentsDirty(block.position(), block.length())

    def _colour_all(self, *, plain: bool = False) -> None:
        if not plain:
            self._behind = (0, self._text.characterCount())
            self.catch_up()
            return
        self._busy, self._behind, self._line = True, None, None
        block = self._text.begin()
        while block.isValid():
            self._colour(block, [])
            block.setUserState(-1)
            block = block.next()
        self._busy = False


class _Line:
    """The colours of one line, as Qt takes them."""

    def __init__(
        self, number: int, text: str, spans: list[Span], formats: Mapping[Role, QTextCharFormat]
    ) -> None:
        self.number, self.is_ascii = number, text.isascii()
        self.pieces: list[QTextLayout.FormatRange] = []
        self._ends: list[int] = []
        self._roles: list[Role] = []
        for start, end, role in spans:
            if start >= MOST_COLOURED_CHARS:
                break
            piece = QTextLayout.FormatRange()
            first, after = units(text, start), units(text, end)
            piece.start, piece.length, piece.format = first, after - first, formats[role]
            self.pieces.append(piece)
            self._ends.append(after)
            self._roles.append(role)

    def make_room(self, at: int, character: str) -> bool:
        """Move what stands behind a new character, and stretch what it stands in; False when nothing did."""
        ends = self._ends
        if not ends or ends[-1] < at:
            return False
        moved = False
        for index, piece in enumerate(self.pieces):
            end = ends[index]
            if end < at or (end == at and not self._goes_on(index, character)):
                continue
            moved = True
            ends[index] = end + 1
            start = piece.start
            if start >= at:
                piece.start = start + 1
            else:
                piece.length += 1
        return moved

    def _goes_on(self, index: int, character: str) -> bool:
        """Whether a character at the end of a piece will most likely belong to it."""
        role = self._roles[index]
        return role is Role.COMMENT or (role is not Role.STRING and (character.isalnum() or character == "_"))


def _around(
    pieces: list[QTextLayout.FormatRange], old: list[QTextLayout.FormatRange], at: int, length: int
) -> list[QTextLayout.FormatRange]:
    """The pieces with room for what an input method composes, whose own look is kept."""
    kept = [each for each in old if each.start >= at and each.start + each.length <= at + length]
    for piece in pieces:
        if piece.start >= at:
            piece.start += length
        elif piece.start + piece.length > at:
            piece.length += length
    return kept + pieces
