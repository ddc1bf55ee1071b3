"""What all windows of their own share: theme, closing by key, fields for text that is only read.

Qt main thread. These windows are shown, never executed, and delete themselves when they are closed.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from qntx_desktop.ui.editor.code_editor import MOST_CHARS
from qntx_desktop.ui.panels.parts import plain_label, sheet
from qntx_desktop.ui.theme import Theme, mono_font


class Frame(QWidget):
    """A window beside the main one. Esc and the platform's close key close it."""

    def __init__(self, title: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(title)
        self.theme = theme
        self.setStyleSheet(sheet(theme))
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 14, 16, 14)
        self.body.setSpacing(10)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on the keys that close."""
        if event.key() == Qt.Key.Key_Escape or event.matches(QKeySequence.StandardKey.Close):
            self.close()
        else:
            super().keyPressEvent(event)

    def show_at_front(self) -> None:
        """Show the window, or bring it forward when it is shown already."""
        self.show()
        self.raise_()
        self.activateWindow()


def read_only_text(name: str) -> QPlainTextEdit:
    """A field that shows text as it stands and lets it be selected and copied."""
    field = QPlainTextEdit()
    field.setReadOnly(True)
    field.setAccessibleName(name)
    field.setFont(mono_font())
    field.setUndoRedoEnabled(False)
    field.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    field.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return field


def show_text(field: QPlainTextEdit, text: str) -> str:
    """Put text into a read-only field; gives back a sentence when it was too long to show whole."""
    field.setPlainText(text[:MOST_CHARS].replace("\0", "\ufffd"))
    return "" if len(text) <= MOST_CHARS else f"The first {MOST_CHARS:,} of {len(text):,} characters are shown."


def heading(text: str) -> QLabel:
    """A bold line above a part."""
    label = plain_label(text)
    label.setProperty("tone", "heading")
    return label
