"""The one-line editor for a command: monospace, Enter runs it, Esc leaves it.

Qt main thread. Its undo is the widget's own.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QColor, QDropEvent, QKeyEvent, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from qntx_desktop.ui.editor.editing import pasted, units
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme, mono_font

SIDE_PX = 8
_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MEANT = (*_RETURN, Qt.Key.Key_Escape, Qt.Key.Key_V)
_OVERRIDE, _RELEASED = QEvent.Type.ShortcutOverride, QEvent.Type.KeyRelease
_MOD = Qt.KeyboardModifier.ControlModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier


class LineEditor(QLineEdit):
    """Edits one line of text.

    Signals:
        run_requested: Enter or Mod+Enter.
        wait_requested: Mod+Shift+Enter.
        leave_requested: Esc; the text stays as it is.
    """

    run_requested = Signal()
    wait_requested = Signal()
    leave_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scale = 1.0
        self._first_key: Callable[[QKeyEvent], bool] | None = None
        self.setObjectName("line_editor")
        self.setAccessibleName(tr("Command"))
        self.setFrame(False)
        self.setPlaceholderText("ix csv ./people.csv")
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of another theme."""
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, QColor(theme.code))
        palette.setColor(QPalette.ColorRole.Text, QColor(theme.text))
        palette.setColor(QPalette.ColorRole.PlaceholderText, QColor(theme.dim))
        self.setPalette(palette)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)  # or each letter would have the canvas underneath painted, too
        self.set_scale(self._scale)

    def set_scale(self, scale: float) -> None:
        """Show the text at this zoom, 1.0 is 100 %."""
        self._scale = scale
        self.setFont(mono_font(scale))
        side = round(SIDE_PX * scale)
        self.setTextMargins(side, 0, side, 0)

    def load_text(self, text: str) -> None:
        """Take a text as the beginning: the field's undo starts here."""
        self.setText(text)

    def replace_text(self, text: str) -> None:
        """Replace the text as one step that the field's undo takes back; nothing when it is equal."""
        if text != self.text():
            self.selectAll()
            self.insert(text)

    def go_to(self, column: int) -> None:
        """Put the cursor before the character at `column`, from 1."""
        text = self.text()
        self.setCursorPosition(units(text, min(max(column, 1) - 1, len(text))))

    def set_first_key(self, taken: Callable[[QKeyEvent], bool]) -> None:
        """Ask this first about each key; True: it was taken."""
        self._first_key = taken

    def event(self, event: QEvent) -> bool:
        """Keep keys that mean something here from the window's shortcuts, and what is let go from the canvas."""
        if isinstance(event, QKeyEvent):
            kind = event.type()
            if kind == _RELEASED:
                return True
            if kind == _OVERRIDE and _owns(event):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Run and leave; everything else is the plain field's."""
        if self._first_key is not None and self._first_key(event):
            return
        if event.key() not in _MEANT:
            super().keyPressEvent(event)
            return
        modifiers = event.modifiers() & ~_KEYPAD
        if event.key() in _RETURN and modifiers in (_MOD, Qt.KeyboardModifier.NoModifier):
            self.run_requested.emit()
        elif event.key() in _RETURN and modifiers == _MOD | Qt.KeyboardModifier.ShiftModifier:
            self.wait_requested.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave_requested.emit()
        elif event.key() == Qt.Key.Key_V and modifiers == _MOD:
            self._paste()
        else:
            super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take dropped text as pasted text is taken."""
        self._take(event.mimeData())
        event.acceptProposedAction()

    def _paste(self) -> None:
        self._take(QApplication.clipboard().mimeData())

    def _take(self, source: QMimeData) -> None:
        """Several lines become one: a line end is a space, as between tokens."""
        if source.hasText():
            self.insert(" ".join(pasted(source.text()).splitlines()))


def _owns(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Escape or event.key() in _RETURN
