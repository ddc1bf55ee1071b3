"""The list of names below the cursor of the code editor. Qt main thread.

It never takes the focus: the editor passes keys on to it while it is open.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPalette
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QPlainTextEdit, QWidget

from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme, mono_font

WIDTH_PX, MOST_ROWS = 260, 8
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -MOST_ROWS, Qt.Key.Key_PageDown: MOST_ROWS}
_TAKE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


class CompletionList(QListWidget):
    """Shows names.

    Signals:
        taken: The name that was chosen.
    """

    taken = Signal(str)

    def __init__(self, editor: QPlainTextEdit, theme: Theme) -> None:
        self._room: QWidget = editor.parentWidget() or editor
        super().__init__(self._room)
        self._editor = editor
        self.setObjectName("completions")
        self.setAccessibleName(tr("Names that fit"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, QColor(theme.raised))
        palette.setColor(QPalette.ColorRole.WindowText, QColor(theme.line))  # its frame
        palette.setColor(QPalette.ColorRole.Text, QColor(theme.text))
        palette.setColor(QPalette.ColorRole.Highlight, QColor(theme.line))
        palette.setColor(QPalette.ColorRole.HighlightedText, QColor(theme.accent))
        self.setPalette(palette)
        self.setFont(mono_font())
        self.itemClicked.connect(lambda item: self.taken.emit(item.text()))
        self.setFrameShape(QFrame.Shape.Box)
        self.setLineWidth(1)
        self.hide()

    def show_names(self, names: tuple[str, ...]) -> None:
        """Show these below the cursor, above it when there is no room; none closes the list."""
        self.clear()
        row_px = self.fontMetrics().height() + 4
        for name in names:
            item = QListWidgetItem(name, self)
            item.setSizeHint(QSize(0, row_px))
        if not names:
            self.hide()
            return
        self.setCurrentRow(0)
        rows = min(len(names), MOST_ROWS)
        self.setFixedSize(WIDTH_PX, rows * row_px + 2 * self.frameWidth())
        self._stand()
        self.show()
        self.raise_()

    def _stand(self) -> None:
        """At the cursor, all of it within the canvas."""
        cursor, room = self._editor.cursorRect(), self._room.rect()
        port = self._editor.viewport()
        below = port.mapTo(self._room, cursor.bottomLeft()) + QPoint(0, 2)
        above = port.mapTo(self._room, cursor.topLeft()) - QPoint(0, self.height() + 2)
        place = below if below.y() + self.height() <= room.bottom() or above.y() < 0 else above
        self.move(max(0, min(place.x(), room.width() - self.width())), place.y())

    def press(self, event: QKeyEvent) -> bool:
        """A key while it is open; False leaves it to the editor."""
        if event.key() in _STEPS and not event.modifiers():
            row = self.currentRow() + _STEPS[Qt.Key(event.key())]
            self.setCurrentRow(max(0, min(self.count() - 1, row)))
            return True
        if event.key() in _TAKE and not event.modifiers() and self.currentItem() is not None:
            self.taken.emit(self.currentItem().text())
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return True
        return False
