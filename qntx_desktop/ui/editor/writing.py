"""Typing plain characters: within the key press only what is seen at once is done, the rest waits a moment.

Qt main thread. Each call from Python to Qt costs as much as painting a letter does, so what was looked up for one
character is kept for the next, as long as nothing else happens to the text, the cursor or the selection.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QTextBlock
from PySide6.QtWidgets import QPlainTextEdit

from qntx_desktop.ui.editor.highlight import PythonColours
from qntx_desktop.ui.editor.line_layout import LineLayout, Run

SOON_MS = 25
"""The colours, the pair of brackets and those who listen may follow a typed character by so much."""


class Writing:
    """Puts characters into one editor."""

    def __init__(self, editor: QPlainTextEdit, lines: LineLayout, colours: PythonColours) -> None:
        self._editor, self._lines, self._colours = editor, lines, colours
        self._is_late = False
        self._soon = QTimer(editor)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self.catch_up)

    def write(self, character: str) -> bool:
        """Type one ASCII character, without a word to those who listen to the editor; False does nothing."""
        run = self._lines.run or self._begun()
        if run is None:
            return False
        run.are_moved = run.colours.make_room(run.at, character)
        run.at += 1
        run.is_coming = True
        editor, cursor = self._editor, run.cursor
        editor.blockSignals(True)
        cursor.insertText(character)
        editor.setTextCursor(cursor)  # shows it, too, should it just have blinked
        editor.blockSignals(False)
        if not self._is_late:
            self._fall_behind(run.block)
        return True

    def catch_up(self) -> None:
        """Do what characters left for later: their colours, and what follows from the editor's signals."""
        if self._is_late:
            self._is_late = False
            self._soon.stop()
            self._colours.catch_up()
            self._editor.cursorPositionChanged.emit()
            self._editor.textChanged.emit()

    def follow(self) -> None:
        """The cursor or the selection may have changed; if so, the next character begins a new run."""
        run = self._lines.run
        if run is not None:
            cursor = self._editor.textCursor()
            if cursor.hasSelection() or cursor != run.cursor:
                self._lines.run = None

    def _begun(self) -> Run | None:
        editor = self._editor
        cursor = editor.textCursor()
        block = cursor.block()
        if cursor.hasSelection() or editor.isReadOnly() or editor.overwriteMode():
            return None
        if block.layout().preeditAreaText():
            return None
        colours = self._colours.colours_of(block)
        self._lines.keep_near(block)
        run = Run(cursor, cursor.positionInBlock(), block, colours, colours.is_ascii and self._colours.is_active)
        self._lines.run = run
        self._fall_behind(block)
        return run

    def _fall_behind(self, block: QTextBlock) -> None:
        self._colours.fall_behind(block)
        if not self._is_late:
            self._is_late = True
            self._soon.start()
