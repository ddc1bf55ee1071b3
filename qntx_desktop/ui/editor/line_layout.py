"""The layout of a code editor's document: what changes within one line paints one line, and shapes it once.

Qt main thread. Qt's own takes a whole line for two when its colours are set, and paints everything anew; it also
forgets the shapes of letters as soon as a line has its place, to find them again each time it is painted.
"""

from __future__ import annotations

from PySide6.QtGui import QTextBlock, QTextDocument
from PySide6.QtWidgets import QPlainTextDocumentLayout


class LineLayout(QPlainTextDocumentLayout):
    """Lays out plain text; give it to the document before the editor takes that."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._text = document
        self._lines = document.blockCount()
        self._near = -1
        self._typed_in: QTextBlock | None = None

    def foretell(self, block: QTextBlock | None) -> None:
        """The next change is a character in this line that leaves its height as it is; None: anything may come."""
        self._typed_in = block

    def keep_near(self, block: QTextBlock, number: int) -> None:
        """Remember the letters of a line that is typed in and of both beside it, which its painting touches.

        Args:
            block: The line.
            number: Its number, from 0.
        """
        if number != self._near or not block.layout().cacheEnabled():
            self._near = number
            for each in (block.previous(), block, block.next()):
                if each.isValid():
                    each.layout().setCacheEnabled(True)

    def documentChanged(self, at: int, removed: int, added: int) -> None:  # noqa: N802 - Qt's name
        """Tell Qt of one character when the change lies within its line: it looks at the line only."""
        typed_in, self._typed_in = self._typed_in, None
        if typed_in is not None:
            typed_in.clearLayout()
            self.ensureBlockLayout(typed_in)
            self.updateBlock.emit(typed_in)
            return
        lines = self._text.blockCount()
        if lines == self._lines and self._is_one_line(at, at + added):
            super().documentChanged(at, 0, 1)
        else:
            self._lines = lines
            super().documentChanged(at, removed, added)

    def _is_one_line(self, start: int, end: int) -> bool:
        """Whether only this line is another; the end of it may be new and have made the next one."""
        block = self._text.findBlock(start)
        room = block.position() + block.length() - end
        if room or not block.isValid():
            return room > 0
        after = block.next()
        return not after.isValid() or after.revision() != self._text.revision()
