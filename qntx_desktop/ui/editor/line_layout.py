"""The layout of a code editor's document: what changes within one line paints one line, and shapes it once.

Qt main thread. Qt's own takes a whole line for two when its colours are set, and paints everything anew; it also
forgets the shapes of letters as soon as a line has its place, to find them again each time it is painted. Whoever
colours hears of a change here instead of by a signal, before the lines get their places.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument
from PySide6.QtWidgets import QPlainTextDocumentLayout

from qntx_desktop.ui.editor.line_colours import LineColours


@dataclass(slots=True)
class Run:
    """Characters typed one after the other in one line, while nothing else happens to text, cursor or selection.

    Attributes:
        cursor: Behind the last of them.
        at: The same place within the line, in UTF-16 units.
        block: The line.
        colours: Those of the line; changed with it.
        keeps_height: Whether no character that is typed can make the line higher.
        is_coming: The next change of the document is one of these characters.
        are_moved: Whether it moves colours.
    """

    cursor: QTextCursor
    at: int
    block: QTextBlock
    colours: LineColours
    keeps_height: bool
    is_coming: bool = False
    are_moved: bool = False


class LineLayout(QPlainTextDocumentLayout):
    """Lays out plain text; give it to the document before the editor takes that.

    Attributes:
        run: What is being typed; None as soon as anything else changed.
        colour: Called with place, characters removed and added of each change that is no part of the run.
    """

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._text = document
        self._lines = document.blockCount()
        self._coloured: tuple[int, int] | None = None
        self._gathers = False
        self.run: Run | None = None
        self.colour: Callable[[int, int, int], None] | None = None

    def end_run(self) -> None:
        """What is typed next looks at everything again."""
        self.run = None

    def keep_near(self, block: QTextBlock) -> None:
        """Remember the letters of a line that is typed in and of both beside it, which its painting touches."""
        for each in (block.previous(), block, block.next()):
            if each.isValid():
                each.layout().setCacheEnabled(True)

    def tell_run(self, block: QTextBlock, colours: LineColours) -> None:
        """The colours of a line were read anew; what is typed in it goes on with those."""
        if self.run is not None and self.run.block == block:
            self.run.colours = colours

    def recolour(self, work: Callable[[], None]) -> None:
        """Have colours changed by `work`, of a text that stays as it is, and show them."""
        seen = self._gathered(work)
        if seen is not None:
            start, end = seen
            self._lay_out(start, end - start, end - start)

    def documentChanged(self, at: int, removed: int, added: int) -> None:  # noqa: N802 - Qt's name
        """Lay out and paint what changed; of a typed character its line only."""
        run = self.run
        if run is not None and run.is_coming:
            run.is_coming = False
            if run.are_moved:
                run.block.layout().setFormats(run.colours.pieces)
            if run.keeps_height:
                run.block.clearLayout()
                self.updateBlock.emit(run.block)
            else:
                super().documentChanged(at, 0, 1)
        elif self._gathers:
            start, end = self._coloured or (at, at)
            self._coloured = min(start, at), max(end, at + added)
        else:
            self.run = None
            self._lay_out(*self._with_colours(at, removed, added))

    def _with_colours(self, at: int, removed: int, added: int) -> tuple[int, int, int]:
        """Have a change coloured; gives it with all that got other colours."""
        colour = self.colour
        seen = self._gathered(lambda: colour(at, removed, added)) if colour is not None else None
        if seen is None:
            return at, removed, added
        start, end = min(at, seen[0]), max(at + added, seen[1])
        more = end - start - added
        return start, removed + more, added + more

    def _gathered(self, work: Callable[[], None]) -> tuple[int, int] | None:
        """Where `work` changed colours; Qt tells of each line at once, and takes it for a change of the text."""
        self._gathers, self._coloured = True, None
        try:
            work()
        finally:
            self._gathers = False
        return self._coloured

    def _lay_out(self, at: int, removed: int, added: int) -> None:
        """Tell Qt of one character when the change lies within its line: it looks at the line only."""
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
