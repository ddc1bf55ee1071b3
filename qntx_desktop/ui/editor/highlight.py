"""Colours for Python code in a text document, one line at a time; text is never changed.

Qt main thread. The scanner's state is kept as the block state, so a change costs the lines whose state changes.
It is no `QSyntaxHighlighter`: that one reads and colours the line within each key press. Here the colours of a line
make room for a typed character, and the line is read when there is time.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QTextBlock, QTextCharFormat, QTextLayout

from qntx_desktop.ui.editor.line_colours import LineColours
from qntx_desktop.ui.editor.line_layout import LineLayout
from qntx_desktop.ui.editor.tokens import Role, Span, scan_line
from qntx_desktop.ui.theme import Theme


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
    """Colours a document as Python: at once after each change but for characters typed in a run."""

    def __init__(self, lines: LineLayout, theme: Theme) -> None:
        super().__init__(lines)
        self._lines, self._text = lines, lines.document()
        self._active = True
        self._behind: tuple[int, int] | None = None
        self._formats: dict[Role, QTextCharFormat] = {}
        lines.colour = self._changed
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Colour everything again in another theme."""
        for role, colour in role_colours(theme).items():
            shape = QTextCharFormat()
            shape.setForeground(QColor(colour))
            self._formats[role] = shape
        if self._active:
            self._lines.recolour(self._colour_all)

    def set_active(self, active: bool) -> None:
        """Colour, or take all colours away and leave the document to somebody else."""
        if active != self._active:
            self._active = active
            self._lines.recolour(self._colour_all if active else self._uncolour_all)

    @property
    def is_active(self) -> bool:
        """False while colours are left to somebody else."""
        return self._active

    @property
    def is_behind(self) -> bool:
        """True while typed characters wait for their colours."""
        return self._behind is not None

    def colours_of(self, block: QTextBlock) -> LineColours:
        """The colours of a line as it is now; none while somebody else colours."""
        text = block.text()
        return LineColours(text, self._scan(block, text)[0] if self._active else (), self._formats)

    def fall_behind(self, block: QTextBlock) -> None:
        """Leave this line, in which somebody types, for `catch_up`."""
        if self._active:
            start = block.position()
            self._note(start, 0, 0)

    def catch_up(self) -> None:
        """Read the lines that have changed since, and those whose state changes with them."""
        if self._behind is not None:
            self._lines.recolour(self._read_behind)

    def _changed(self, position: int, removed: int, added: int) -> None:
        if self._active:
            self._note(position, removed, added)
            self._read_behind()

    def _note(self, position: int, removed: int, added: int) -> None:
        start, end = position, position + added
        if self._behind is not None:
            start = min(start, self._behind[0])
            end = max(end, self._behind[1] + added - removed)
        self._behind = (start, end)

    def _read_behind(self) -> None:
        start, end = self._behind or (0, 0)
        self._behind = None
        block = self._text.findBlock(start)
        until = self._text.findBlock(end)
        last = until.blockNumber() if until.isValid() else self._text.blockCount() - 1
        number = block.blockNumber()
        while block.isValid():
            text = block.text()
            spans, state = self._scan(block, text)
            line = LineColours(text, spans, self._formats)
            self._lines.tell_run(block, line)
            self._colour(block, line.pieces)
            same = block.userState() == state
            block.setUserState(state)
            if number >= last and same:
                break
            block, number = block.next(), number + 1

    def _scan(self, block: QTextBlock, text: str) -> tuple[list[Span], int]:
        previous = block.previous()
        return scan_line(text, previous.userState() if previous.isValid() else -1)

    def _colour(self, block: QTextBlock, pieces: list[QTextLayout.FormatRange]) -> None:
        layout = block.layout()
        old = layout.formats()
        typing = len(layout.preeditAreaText())
        if typing:
            pieces = _around(pieces, old, layout.preeditAreaPosition(), typing)
        if pieces != old:
            layout.setFormats(pieces)
            self._text.markContentsDirty(block.position(), block.length())

    def _colour_all(self) -> None:
        self._behind = (0, self._text.characterCount())
        self._read_behind()

    def _uncolour_all(self) -> None:
        self._behind = None
        block = self._text.begin()
        while block.isValid():
            self._colour(block, [])
            block.setUserState(-1)
            block = block.next()


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
