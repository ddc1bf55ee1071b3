"""The colours of one line of code, as Qt takes them, and how they make room for a character that is typed.

Qt main thread.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtGui import QTextCharFormat, QTextLayout

from qntx_desktop.ui.editor.editing import units
from qntx_desktop.ui.editor.tokens import Role, Span

MOST_COLOURED_CHARS = 4_000
"""Of a longer line only the beginning is coloured: nobody reads the rest, and each colour costs."""


class LineColours:
    """The coloured pieces of a line, ascending, never overlapping.

    Attributes:
        pieces: What `QTextLayout.setFormats` takes.
        is_ascii: Whether all of the line was ASCII when it was read.
    """

    __slots__ = ("_ends", "_roles", "is_ascii", "pieces")

    def __init__(self, text: str, spans: Sequence[Span], formats: Mapping[Role, QTextCharFormat]) -> None:
        self.is_ascii = text.isascii()
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
