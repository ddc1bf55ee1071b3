"""The sheet of keys and gestures, made from the same table as the menus. Qt main thread."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QWidget

from qntx_desktop.ui.actions import ACTIONS, GESTURES
from qntx_desktop.ui.dialogs.frame import Frame, heading
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.menu import OWN_KEYS
from qntx_desktop.ui.theme import Theme

NATIVE = QKeySequence.SequenceFormat.NativeText
GAP_PX = 10
EDITOR_KEYS = (
    ("Save the handler", "Ctrl+S"),
    ("Run", "Ctrl+Return"),
    ("Comment lines in or out", "Ctrl+/"),
    ("Move lines up or down", "Alt+Up"),
    ("Leave the text", "Esc"),
)


class KeysView(Frame):
    """Shows every key."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("Keys", theme, parent)
        self.setObjectName("keys_view")
        self.resize(620, 640)
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, 12, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self._fill()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        self.body.addWidget(area)

    def rows(self) -> tuple[tuple[str, str], ...]:
        """What it says: what an action does, and its keys."""
        found = []
        for row in range(self._grid.rowCount()):
            found.append((self._text(row, 0), self._text(row, 1)))
        return tuple(found)

    def _text(self, row: int, column: int) -> str:
        cell = self._grid.itemAtPosition(row, column)
        label = cell.widget() if cell is not None else None
        return label.text() if isinstance(label, QLabel) else ""

    def _fill(self) -> None:
        for group in dict.fromkeys(action.group for action in ACTIONS):
            lines = [(each.label, _keys(each.keys)) for each in ACTIONS if each.group == group and each.keys]
            self._part("Go to and select" if group == "Select" else group, lines)
        self._part("Window", [(label, _keys((key,))) for label, key in OWN_KEYS])
        self._part("In text", [(label, _keys((key,))) for label, key in EDITOR_KEYS])
        self._part("Pointer", list(GESTURES))

    def _part(self, title: str, lines: list[tuple[str, str]]) -> None:
        row = self._grid.rowCount()
        if row > 1:
            self._grid.setRowMinimumHeight(row, GAP_PX)
            row += 1
        self._grid.addWidget(heading(title), row, 0, 1, 2)
        for label, keys in lines:
            row = self._grid.rowCount()
            self._grid.addWidget(plain_label(label), row, 0)
            self._grid.addWidget(plain_label(keys, tone="dim"), row, 1, Qt.AlignmentFlag.AlignRight)


def _keys(keys: tuple[str, ...]) -> str:
    return "  or  ".join(QKeySequence(key).toString(NATIVE) for key in keys)
