"""A list at the top of the canvas that is searched by typing: actions, glyphs, text in glyphs. Qt main thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from qntx_desktop.ui.canvas.finder_rows import PARTS, RowPainter
from qntx_desktop.ui.canvas.quick_add import sheet_of
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme, ui_font

WIDTH_PX, ROW_PX, MOST_ROWS, SEEN_ROWS = 520, 30, 200, 12
TOP_PX = 24
_STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -SEEN_ROWS,
    Qt.Key.Key_PageDown: SEEN_ROWS,
}
_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Found:
    """One row: what it says, what stands at its end, what choosing it does; a sign before it, and more about it."""

    text: str
    hint: str
    choose: Callable[[], object]
    sign: str = ""
    detail: str = ""

    @property
    def said(self) -> str:
        """The sign and the text."""
        return f"{self.sign}   {self.text}" if self.sign else self.text


Search = Callable[[str], Sequence[Found]]
"""Answers with what fits the words that were typed; all of it for none."""


class Finder(QFrame):
    """Closes on choosing, Esc or a press elsewhere.

    Args:
        title: What it is for, said in the empty field.
        search: Finds the rows.
        parent: The canvas view. Not its viewport: the overview in the corner would lie over the list.
        stays: True: Enter goes to one row after the other, and Esc closes.
    """

    def __init__(
        self, title: str, search: Search, theme: Theme, parent: QWidget, *, stays: bool = False
    ) -> None:
        super().__init__(parent)
        self._search, self._stays, self._room = search, stays, parent
        self._rows: Sequence[Found] = ()
        self._gone = False
        self.setLayoutDirection(QGuiApplication.layoutDirection())  # the canvas runs from left to right always
        self.setObjectName("quick_add")
        self.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.setSpacing(4)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(title)
        self.field.setAccessibleName(title)
        self.list = QListWidget(self)
        self.list.setAccessibleName(tr("Found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._painter = RowPainter(theme)
        self.list.setItemDelegate(self._painter)
        self.none = QLabel(tr("Nothing fits."), self)
        for part in (self.field, self.list, self.none):
            part.setFont(ui_font())
            column.addWidget(part)
        self.setStyleSheet(sheet_of(theme))
        self.field.textChanged.connect(self._fill)
        self.list.itemClicked.connect(lambda: self._choose())
        self.field.installEventFilter(self)
        self._fill("")

    def open(self) -> None:
        """Show it at the top, in the middle."""
        width = min(WIDTH_PX, self._room.width() - 2 * TOP_PX)
        self.setFixedWidth(max(200, width))
        self.adjustSize()
        self.move((self._room.width() - self.width()) // 2, TOP_PX)
        self.show()
        self.raise_()
        self.field.setFocus()

    def again(self) -> None:
        """Look for the words once more: what was asked for elsewhere has arrived."""
        if not self._gone:
            self._fill(self.field.text())

    def texts(self) -> tuple[str, ...]:
        """What the rows say."""
        return tuple(row.said for row in self._rows)

    def _fill(self, typed: str) -> None:
        self._rows = list(self._search(typed))[:MOST_ROWS]
        self.list.clear()
        for row in self._rows:
            item = QListWidgetItem("    ".join(filter(None, (row.text, row.detail, row.hint))))
            item.setData(PARTS, (row.sign, row.text, row.detail, row.hint))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setVisible(bool(self._rows))
        self.none.setVisible(not self._rows)
        self.list.setFixedHeight(ROW_PX * max(1, min(len(self._rows), SEEN_ROWS)) + 2)
        self.adjustSize()

    def _choose(self) -> None:
        row = self.list.currentRow()
        if not 0 <= row < len(self._rows):
            return
        chosen = self._rows[row]
        if not self._stays:
            self.close_now()
            chosen.choose()
            return
        chosen.choose()
        self.list.setCurrentRow((row + 1) % len(self._rows))
        self.field.setFocus()

    def close_now(self) -> None:
        """Take it away; the focus goes back to the canvas when it was here."""
        if self._gone:
            return
        self._gone = True
        self.field.removeEventFilter(self)
        had_focus = self.field.hasFocus()
        self.hide()
        self.deleteLater()
        if had_focus:
            self._room.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down move in the list while typing goes on; Enter chooses, Esc and losing the focus close."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            if key == Qt.Key.Key_Escape:
                self.close_now()
            elif key in _RETURN:
                self._choose()
            elif key in _STEPS and self._rows:
                self.list.setCurrentRow((self.list.currentRow() + _STEPS[key]) % len(self._rows))
            else:
                return False
            return True
        if event.type() == QEvent.Type.FocusOut and not self._stays:
            self.close_now()
        return super().eventFilter(watched, event)
