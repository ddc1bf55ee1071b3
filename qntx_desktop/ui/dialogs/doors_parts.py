"""What the pages of the window of the API share: rows, a text that is shown once, a button pressed twice.

Qt main thread.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import mono_font
from qntx_desktop.ui.wording import plain_tip

ROW_PX = 28
SURE_MS = 4_000


class Rows(QTableWidget):
    """Rows of text, one of which is chosen."""

    def __init__(self, name: str, columns: Sequence[str], wide: int) -> None:
        super().__init__(0, len(columns))
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(list(columns))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_PX)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these; the chosen place stays chosen."""
        chosen = self.chosen()
        self.setRowCount(len(rows))
        for index, row in enumerate(rows):
            for column, text in enumerate(row):
                item = QTableWidgetItem(text)
                item.setToolTip(plain_tip(text))
                self.setItem(index, column, item)
        if rows:
            self.selectRow(min(max(chosen, 0), len(rows) - 1))

    def chosen(self) -> int:
        """The chosen row, -1 without one."""
        found = self.selectionModel().selectedRows()
        return found[0].row() if found else -1


class ShownOnce(QWidget):
    """A token or a secret, which is never shown again, with a button that copies it."""

    def __init__(self) -> None:
        super().__init__()
        self._label = plain_label()
        self.field = QLineEdit()
        self.field.setReadOnly(True)
        self.field.setFont(mono_font())
        copy = QPushButton(tr("Copy"))
        copy.clicked.connect(lambda: QApplication.clipboard().setText(self.field.text()))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self._label, self.field, copy):
            row.addWidget(widget)
        row.setStretch(1, 1)
        self.hide()

    def show_text(self, what: str, text: str) -> None:
        """Show it; an empty text hides it again."""
        self._label.setText(what)
        self.field.setText(text)
        self.field.setAccessibleName(what)
        self.field.setCursorPosition(0)
        self.setVisible(bool(text))
        if text:
            self.field.setFocus()
            self.field.selectAll()


class TwoStep(QPushButton):
    """A button that asks whether it is meant before it does something.

    Signals:
        meant: It was pressed twice.
    """

    meant = Signal()

    def __init__(self, text: str, sure: str) -> None:
        super().__init__(text)
        self._texts = (text, sure)
        self._asking = QTimer(self)
        self._asking.setSingleShot(True)
        self._asking.setInterval(SURE_MS)
        self._asking.timeout.connect(self._calm)
        self.clicked.connect(self._pressed)

    def _pressed(self) -> None:
        if self._asking.isActive():
            self._calm()
            self.meant.emit()
            return
        self._asking.start()
        self._look(self._texts[1], "danger")

    def _calm(self) -> None:
        self._asking.stop()
        self._look(self._texts[0], "")

    def _look(self, text: str, kind: str) -> None:
        self.setText(text)
        self.setProperty("kind", kind)
        self.style().unpolish(self)
        self.style().polish(self)


def row_of(*widgets: QWidget, stretch: int = -1) -> QHBoxLayout:
    """Widgets beside each other; `stretch` is the place of the one that gets the room, -1: an empty end."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for index, widget in enumerate(widgets):
        row.addWidget(widget, 1 if index == stretch else 0)
    if stretch < 0:
        row.addStretch(1)
    return row


def button(text: str, call: Callable[[], object]) -> QPushButton:
    """A button that calls something."""
    made = QPushButton(text)
    made.clicked.connect(lambda: call())
    return made
