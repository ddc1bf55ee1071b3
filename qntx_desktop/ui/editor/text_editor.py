"""The editor for plain text of several lines: a note. Esc and Mod+Enter leave it.

Qt main thread. Its undo is the widget's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPalette, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from qntx_desktop.ui.editor.editing import pasted
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import PADDING_PX, Theme, ui_font

_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_WITH = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier
_ITEM = re.compile(r"(\s*)([-*+]|(\d{1,9})[.)])\s(\[[ xX]\]\s)?")
"""What an item of a list begins with: inset, mark, number, box."""
_OVERRIDE, _RELEASED = QEvent.Type.ShortcutOverride, QEvent.Type.KeyRelease


class TextEditor(QPlainTextEdit):
    """Edits text.

    Signals:
        leave_requested: Esc or Mod+Enter; the text stays as it is.
        run_requested: Never; a note does not run.
    """

    leave_requested = Signal()
    run_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first_key: Callable[[QKeyEvent], bool] | None = None
        self.setObjectName("text_editor")
        self.setAccessibleName(tr("Note"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(False)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, QColor(theme.code))
        palette.setColor(QPalette.ColorRole.Text, QColor(theme.text))
        palette.setColor(QPalette.ColorRole.PlaceholderText, QColor(theme.dim))
        self.setPalette(palette)
        self.setPlaceholderText(tr("# heading, **bold**, - [ ] to do"))
        self.set_scale(1.0)

    def set_scale(self, scale: float) -> None:
        """Show the text at this zoom, 1.0 is 100 %."""
        self.setFont(ui_font(scale))
        self.document().setDocumentMargin(max(2.0, PADDING_PX * scale / 2))

    def load_text(self, text: str) -> None:
        """Take a text as the beginning: the field's undo starts here."""
        self.setPlainText(text.replace("\0", "\ufffd"))
        self.moveCursor(QTextCursor.MoveOperation.End)

    def replace_text(self, text: str) -> None:
        """Replace the text as one step that the field's undo takes back; nothing when it is equal."""
        if text != self.toPlainText():
            self.selectAll()
            self.insertPlainText(text)

    def set_first_key(self, taken: Callable[[QKeyEvent], bool]) -> None:
        """Ask this first about each key; True: it was taken."""
        self._first_key = taken

    def event(self, event: QEvent) -> bool:
        """Keep the keys that leave from the window's shortcuts, and what is let go from the canvas underneath."""
        if isinstance(event, QKeyEvent):
            kind = event.type()
            if kind == _RELEASED:
                return True
            if kind == _OVERRIDE and _leaves(event):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave; everything else is the plain field's."""
        if self._first_key is not None and self._first_key(event):
            return
        if _leaves(event):
            self.leave_requested.emit()
        elif event.key() not in _RETURN or event.modifiers() & _WITH or not self._go_on_with_list():
            super().keyPressEvent(event)

    def _go_on_with_list(self) -> bool:
        """Begin the next item of a list, or end the list at an item without words; False outside of lists."""
        cursor = self.textCursor()
        item = _ITEM.match(cursor.block().text())
        if item is None or cursor.hasSelection() or cursor.positionInBlock() < item.end():
            return False
        inset, mark, number, box = item.groups()
        if not cursor.block().text()[item.end() :].strip():
            cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
            return True
        following = f"{int(number) + 1}{mark[-1]}" if number else mark
        cursor.insertText(f"\n{inset}{following} " + ("[ ] " if box else ""))
        self.ensureCursorVisible()
        return True

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's name
        """Pasted and dropped text comes in plain."""
        if source.hasText():
            self.insertPlainText(pasted(source.text()))


def _leaves(event: QKeyEvent) -> bool:
    key = event.key()
    if key in _RETURN:
        return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return key == Qt.Key.Key_Escape
