"""The live Python editor: numbers, colours, indentation, pairs, marks. One exists at a time, over its glyph.

Qt main thread. Its undo is the widget's own; the canvas takes the text when the person leaves or saves.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QKeyCombination,
    QMimeData,
    QPoint,
    QRectF,
    Qt,
    Signal,
    SignalInstance,
)
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QPainter,
    QPalette,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QTextEdit, QWidget

from qntx_desktop.ui.editor import gutter
from qntx_desktop.ui.editor.brackets import matching
from qntx_desktop.ui.editor.editing import CLOSERS, OPENERS, QUOTES, index_of, pasted, units
from qntx_desktop.ui.editor.highlight import PythonColours
from qntx_desktop.ui.editor.keys import EditingKeys
from qntx_desktop.ui.editor.line_layout import LineLayout
from qntx_desktop.ui.editor.naming import Naming
from qntx_desktop.ui.editor.writing import Writing
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme, mono_font

_MOD = Qt.KeyboardModifier.ControlModifier
_NONE = Qt.KeyboardModifier.NoModifier
_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PLAIN = frozenset(string.printable[:95]) - frozenset(OPENERS + CLOSERS + QUOTES + ":")
"""Characters that do nothing but stand there: typing them is the way that has to be quick."""
_PRESSED, _RELEASED = QEvent.Type.KeyPress, QEvent.Type.KeyRelease
_WRITING = (_NONE, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.KeypadModifier)
MOST_CHARS = 4_000_000
"""A longer text is not taken: no handler is that long, and the editor would stand still."""


@dataclass
class _Mark:
    """A note on a line; the cursor keeps to the line while text above it changes."""

    place: QTextCursor
    message: str
    failed: bool


class CodeEditor(QPlainTextEdit):
    """Edits Python code.

    Signals:
        save_requested: Mod+S.
        run_requested: Mod+Enter.
        wait_requested: Mod+Shift+Enter.
        leave_requested: Esc; the text stays as it is.
    """

    save_requested = Signal()
    run_requested = Signal()
    wait_requested = Signal()
    leave_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as every language of programs is written
        self._theme = theme
        self._scale = 0.0
        self._has_extras = False
        self._first_key: Callable[[QKeyEvent], bool] | None = None
        self._marks: list[_Mark] = []
        self.naming = Naming(self, theme)
        self._keys = EditingKeys(self, self.naming)
        self.setObjectName("code_editor")
        self.setAccessibleName(tr("Python code"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        document = QTextDocument(self)
        self._lines = LineLayout(document)
        document.setDocumentLayout(self._lines)
        document.setDocumentMargin(0)
        self.setDocument(document)
        self.setCursorWidth(2)
        self._gutter = gutter.Gutter(self, self)
        self._colours = PythonColours(self._lines, theme)
        self._writing = Writing(self, self._lines, self._colours)
        self.blockCountChanged.connect(self._lay_out)
        self._seen = (-1, -1)
        self.cursorPositionChanged.connect(self._changed)
        self.textChanged.connect(self._changed)
        self.selectionChanged.connect(self._writing.follow)
        self.set_scale(1.0)
        self.set_theme(theme)

    def code(self) -> str:
        """The text as it stands, no-break spaces and all."""
        return self.document().toRawText().replace("\u2029", "\n")

    def load_code(self, text: str) -> None:
        """Take a text as the beginning: its undo starts here, its marks are gone."""
        self.clear_marks()
        self._put(text)
        self.document().clearUndoRedoStacks()
        self.document().setModified(False)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._paint_extras()

    def replace_code(self, text: str) -> None:
        """Replace the whole text as one step that the editor's undo takes back; nothing when it is equal."""
        if text == self.code():
            return
        place = self.textCursor().position()
        self._put(text)
        cursor = self.textCursor()
        cursor.setPosition(min(place, self.document().characterCount() - 1))
        self.setTextCursor(cursor)

    def _put(self, text: str) -> None:
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text[:MOST_CHARS])
        cursor.endEditBlock()

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of another theme."""
        self._theme = theme
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, QColor(theme.code))
        palette.setColor(QPalette.ColorRole.Window, QColor(theme.code))
        palette.setColor(QPalette.ColorRole.Text, QColor(theme.text))
        selection = QColor(theme.accent)
        selection.setAlpha(70)
        palette.setColor(QPalette.ColorRole.Highlight, selection)
        palette.setColor(QPalette.ColorRole.HighlightedText, QColor(theme.text))
        self.setPalette(palette)
        self.setAutoFillBackground(True)
        self._colours.set_theme(theme)
        self.set_scale(self._scale)
        self._paint_extras()
        self._gutter.update()

    def colour(self, *, python: bool) -> None:
        """Colour the text as Python, or leave that to somebody else."""
        self._colours.set_active(python)

    def set_scale(self, scale: float) -> None:
        """Show everything at this zoom, 1.0 is 100 %."""
        if scale == self._scale and self.font() == mono_font(scale):
            return
        self._scale = scale
        self.setFont(mono_font(scale))
        self.setTabStopDistance(self.fontMetrics().horizontalAdvance(" ") * 4)
        self.setCursorWidth(max(1, round(2 * scale)))
        self.document().setDocumentMargin(self.cursorWidth() + 1)
        self._lay_out()
        self._paint_extras()

    def mark_failed(self, line: int, message: str) -> None:
        """Mark the line (from 1) that a run stopped at; `message` shows when the pointer rests on it."""
        self._mark(line, 1, message, failed=True)

    def mark_problem(self, line: int, column: int, message: str) -> None:
        """Mark where the code cannot be read; line and column from 1. The cursor goes there."""
        self._mark(line, column, message, failed=False)
        self.go_to(line, column)

    def clear_marks(self) -> None:
        """Take all marks away."""
        self._marks = []
        self._paint_extras()
        self._place_gutter()

    def marked_lines(self) -> tuple[int, ...]:
        """The lines (from 1) that carry a mark now."""
        return tuple(mark.place.blockNumber() + 1 for mark in self._marks)

    def go_to(self, line: int, column: int = 1) -> None:
        """Put the cursor at a line and column (from 1) and show it."""
        self.setTextCursor(self._cursor_at(line, column))
        self.centerCursor()

    def _cursor_at(self, line: int, column: int) -> QTextCursor:
        block = self.document().findBlockByNumber(min(max(line, 1), self.blockCount()) - 1)
        text = block.text()
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + units(text, min(max(column, 1) - 1, len(text))))
        return cursor

    def _mark(self, line: int, column: int, message: str, *, failed: bool) -> None:
        self._marks = [mark for mark in self._marks if mark.failed != failed]
        self._marks.append(_Mark(self._cursor_at(line, column), message, failed))
        self._paint_extras()
        self._place_gutter()

    def _paint_extras(self) -> None:
        """Lay marks and the pair of brackets at the cursor over the text."""
        extras = [self._line_tint(mark) for mark in self._marks]
        extras += [self._underline(mark) for mark in self._marks if not mark.failed]
        extras += self._bracket_extras()
        if extras or self._has_extras:
            self._has_extras = bool(extras)
            self.setExtraSelections(extras)

    def _changed(self) -> None:
        """Another place or another text: both are told of most changes, which are looked at once."""
        self._writing.follow()
        seen = (self.textCursor().position(), self.document().revision())
        if seen != self._seen:
            self._seen = seen
            self._paint_extras()

    def _line_tint(self, mark: _Mark) -> QTextEdit.ExtraSelection:
        shape = QTextCharFormat()
        shape.setBackground(gutter.tint(self._theme))
        shape.setProperty(QTextFormat.Property.FullWidthSelection, True)
        cursor = QTextCursor(mark.place)
        cursor.clearSelection()
        return _extra(cursor, shape)

    def _underline(self, mark: _Mark) -> QTextEdit.ExtraSelection:
        shape = QTextCharFormat()
        shape.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        shape.setUnderlineColor(QColor(self._theme.failed))
        cursor = QTextCursor(mark.place)
        if not cursor.movePosition(QTextCursor.MoveOperation.EndOfWord, QTextCursor.MoveMode.KeepAnchor):
            way = QTextCursor.MoveOperation.Left if cursor.atBlockEnd() else QTextCursor.MoveOperation.Right
            cursor.movePosition(way, QTextCursor.MoveMode.KeepAnchor)
        return _extra(cursor, shape)

    def _bracket_extras(self) -> list[QTextEdit.ExtraSelection]:
        cursor = self.textCursor()
        line = cursor.blockNumber()
        found = matching(self._line_at, line, index_of(cursor.block().text(), cursor.positionInBlock()))
        if found is None:
            return []
        own, partner = found
        shape = QTextCharFormat()
        colour = QColor(self._theme.accent if partner else self._theme.failed)
        shape.setForeground(colour)
        colour.setAlpha(48)
        shape.setBackground(colour)
        return [_extra(self._one_character(*place), shape) for place in (own, partner) if place is not None]

    def _one_character(self, line: int, index: int) -> QTextCursor:
        cursor = self._cursor_at(line + 1, index + 1)
        cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor)
        cursor.setKeepPositionOnInsert(True)  # what is typed behind it is not part of it
        return cursor

    def _line_at(self, number: int) -> tuple[str, int] | None:
        block = self.document().findBlockByNumber(number) if number >= 0 else None
        if block is None or not block.isValid():
            return None
        previous = block.previous()
        return block.text(), max(0, previous.userState()) if previous.isValid() else 0

    def width_of_gutter(self) -> int:
        """Width of the strip with numbers, in widget pixels."""
        return round(gutter.gutter_width(self.blockCount(), self.font(), self._scale))

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802 - Qt's name
        """Paint all of it again: Qt would copy pixels, the border of the card that shows through the mask too."""
        super().scrollContentsBy(dx, dy)
        self.viewport().update()
        if dy:
            self._gutter.update()

    def _lay_out(self) -> None:
        room = round(self.document().documentMargin())  # without one the cursor is not seen behind a long line
        self.setViewportMargins(self.width_of_gutter() - room, round(gutter.TOP_PX * self._scale) - room, 0, 0)
        self._place_gutter()

    def _place_gutter(self) -> None:
        """Beside the text, or each letter would paint the numbers, too; of a marked line no pixel stays bare."""
        area, wide = self.contentsRect(), self.width_of_gutter()
        if not self._marks:
            wide -= round(self.document().documentMargin())
        self._gutter.setGeometry(area.left(), area.top(), wide, area.height())
        self._gutter.update()

    def paint_gutter(self, painter: QPainter, exposed: QRectF) -> None:
        """Paint the numbers of the visible lines."""
        painter.fillRect(exposed, QColor(self._theme.code))
        painter.setFont(self.font())
        failed = {mark.place.blockNumber() for mark in self._marks}
        top = self.viewport().y() - self.contentsRect().top()
        painter.setClipRect(QRectF(0, top, self._gutter.width(), self._gutter.height()))
        block = self.firstVisibleBlock()
        while block.isValid():
            row = self.blockBoundingGeometry(block).translated(self.contentOffset()).translated(0, top)
            if row.top() > exposed.bottom():
                break
            below = 0.0 if block.next().isValid() else self.document().documentMargin()
            strip = QRectF(0, row.top(), self.width_of_gutter(), row.height() - below)
            number = block.blockNumber()
            if number in failed:
                painter.fillRect(strip, gutter.tint(self._theme))
            gutter.paint_number(painter, strip, number + 1, self._theme, self._scale, failed=number in failed)
            block = block.next()

    def mark_text_at(self, y: float) -> str:
        """What the mark on the line at this height of the strip says."""
        above = self.viewport().y() - self.contentsRect().top()
        line = self.cursorForPosition(QPoint(0, round(y - above))).blockNumber()
        return "\n".join(mark.message for mark in self._marks if mark.place.blockNumber() == line)

    def event(self, event: QEvent) -> bool:
        """Type plain characters, and keep keys that mean something here from the window's shortcuts."""
        if isinstance(event, QKeyEvent):
            kind = event.type()
            if kind == _RELEASED:
                return True  # it means nothing here, nor to the canvas underneath, which would look at each
            character = event.text()
            if character in _PLAIN and event.modifiers() in _WRITING:
                if kind == _PRESSED and self.naming.list is None and self._writing.write(character):
                    return True
            elif kind != _PRESSED and self._owns(event):
                event.accept()
                return True
        return super().event(event)

    def _owns(self, event: QKeyEvent) -> bool:
        return self.naming.is_open or self._keys.owns(event) or self._signal_of(event) is not None

    def set_meanings(self, meanings: Mapping[QKeyCombination, QKeyCombination | None]) -> None:
        """Heed the keys that a person gave; see `Keymap.meanings`."""
        self._keys.meanings = meanings

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Run, save and leave first, then the habits of editors, then the plain key."""
        if (self._first_key is not None and self._first_key(event)) or self.naming.press(event):
            return
        self._writing.catch_up()
        signal = self._signal_of(event)
        if signal is not None:
            signal.emit()
        elif self.isReadOnly() or not self._keys.press(event):
            super().keyPressEvent(event)
        self.naming.follow()

    def set_first_key(self, taken: Callable[[QKeyEvent], bool]) -> None:
        """Ask this first about each key that writes nothing; True: it was taken."""
        self._first_key = taken

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Names are not offered to somebody who is elsewhere."""
        self.naming.close()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """The list stands beside the editor, not in it."""
        self.naming.close()
        super().hideEvent(event)

    def _signal_of(self, event: QKeyEvent) -> SignalInstance | None:
        modifiers, key = self._keys.meant(event)
        if key == Qt.Key.Key_S and modifiers == _MOD:
            return self.save_requested
        if key in _RETURN and modifiers == _MOD:
            return self.run_requested
        if key in _RETURN and modifiers == _MOD | Qt.KeyboardModifier.ShiftModifier:
            return self.wait_requested
        if key == Qt.Key.Key_Escape and modifiers == _NONE:
            return self.leave_requested
        return None

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Mod the canvas underneath zooms."""
        if event.modifiers() & _MOD:
            event.ignore()
        else:
            super().wheelEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's name
        """Paste as plain text with one kind of line end."""
        if source.hasText() and not self.isReadOnly():
            self.textCursor().insertText(pasted(source.text()[:MOST_CHARS]))
            self.ensureCursorVisible()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the strip as high as the editor."""
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """A style sheet of the window may bring its own font; ours goes with the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_gutter"):
            self._lay_out()
        elif event.type() == QEvent.Type.ReadOnlyChange:
            self._lines.end_run()


def _extra(cursor: QTextCursor, shape: QTextCharFormat) -> QTextEdit.ExtraSelection:
    extra = QTextEdit.ExtraSelection()
    extra.cursor = cursor
    extra.format = shape
    return extra
