"""What all windows of their own share: theme, closing by key, fields for text that is only read.

Qt main thread. These windows are shown, never executed, and delete themselves when they are closed.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from qntx_desktop.ui.editor.code_editor import MOST_CHARS
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.panels.parts import sheet
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme, mono_font
from qntx_desktop.ui.wording import count

STEP_PX = 28
TITLE_BAR_PX = 40
"""Room for the bar that the desktop puts over a window."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Frame(QWidget):
    """A window beside the main one. Esc and the platform's close key close it.

    `on_enter` is pressed by Enter anywhere but at a button; none where a yes by accident would give something away.
    """

    on_enter: QPushButton | None = None

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

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of another theme."""
        self.theme = theme
        self.setStyleSheet(sheet(theme))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on the keys that close, press what Enter presses."""
        if event.key() == Qt.Key.Key_Escape or event.matches(QKeySequence.StandardKey.Close):
            self.close()
        elif event.key() in _ENTER and self.on_enter is not None and not event.isAutoRepeat():
            self.on_enter.click()
        else:
            super().keyPressEvent(event)

    def show_at_front(self) -> None:
        """Show the window over the middle of the main one, or bring it forward when it is shown already."""
        if not self.isVisible():
            self._centre()
        self.show()
        self.raise_()
        self.activateWindow()


    def _centre(self) -> None:
        """A little lower and further right for each window that is open, so that none covers another whole."""
        owner = self.parentWidget()
        if owner is None:
            return
        room = owner.screen().availableGeometry()
        most = room.size() - QSize(0, TITLE_BAR_PX)
        self.resize(self.size().boundedTo(most))  # at 200 % a window may be larger than the screen
        place = QRect(QPoint(), self.size())
        place.moveCenter(owner.window().geometry().center())
        beside = sum(1 for each in owner.findChildren(Frame) if each is not self and each.isVisible())
        place.translate(beside * STEP_PX, beside * STEP_PX)
        place.moveRight(min(place.right(), room.right()))
        place.moveBottom(min(place.bottom(), room.bottom()))
        self.move(max(place.left(), room.left()), max(place.top(), room.top()))


_TURNING = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_SPELLED = {ord(each): f"\\u{ord(each):04x}" for each in _TURNING}
_SPELLED[0] = "\ufffd"


def read_only_text(name: str) -> QPlainTextEdit:
    """A field that shows text as it stands and lets it be selected and copied."""
    field = QPlainTextEdit()
    field.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # what programs write
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
    """Put text into a read-only field; gives back a sentence when it was too long to show whole.

    Signs that turn the direction of what follows are spelled: code that waits for a yes must read as it runs.
    """
    field.setPlainText(text[:MOST_CHARS].translate(_SPELLED))
    return (
        ""
        if len(text) <= MOST_CHARS
        else tr("The first {MOST_CHARS} of {text} characters are shown.").format(
            MOST_CHARS=count(MOST_CHARS), text=count(len(text))
        )
    )


def heading(text: str) -> QLabel:
    """A bold line above a part."""
    label = plain_label(text)
    label.setProperty("tone", "heading")
    return label
