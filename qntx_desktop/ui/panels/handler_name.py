"""The field that asks for the name of a new handler and says at once why a name cannot be one.

Qt main thread; the rule itself is the model's.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from qntx_desktop.model.errors import ErrInvalidHandlerName, QntxError
from qntx_desktop.model.ix import check_handler_name
from qntx_desktop.ui import told
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.panels.parts import set_tone
from qntx_desktop.ui.text import tr

RULE = tr("1 to 64 small letters a-z, digits and hyphens.")


class HandlerName(QWidget):
    """Asks for a script type.

    Signals:
        chosen(name): A name that follows the rule.
        left: Esc or Cancel.
    """

    chosen = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None, *, action: str = tr("Create")) -> None:
        super().__init__(parent)
        self._field = QLineEdit()
        self._field.setPlaceholderText(tr("Name, such as rss-feed"))
        self._field.setAccessibleName(tr("Name of the handler"))
        self._say = plain_label(RULE, wrap=True, tone="dim")
        self._accept = QPushButton(action)
        self._accept.setProperty("kind", "accent")
        self._cancel = QPushButton(tr("Cancel"))
        row = QHBoxLayout()
        row.addWidget(self._accept)
        row.addWidget(self._cancel)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._field)
        column.addWidget(self._say)
        column.addLayout(row)
        self._field.textChanged.connect(self._check)
        self._field.returnPressed.connect(self._choose)
        self._accept.clicked.connect(self._choose)
        self._cancel.clicked.connect(self.leave)
        self._check("")

    def begin(self, name: str = "") -> None:
        """Show the field with a first proposal and put the cursor into it."""
        self._field.setText(name)
        self._check(name)
        self.show()
        self._field.setFocus()
        self._field.selectAll()

    def leave(self) -> None:
        """Hide the field without a choice."""
        self.hide()
        self.left.emit()

    def refuse(self, error: QntxError) -> None:
        """Say what is wrong with the name; it stays, and the cursor goes to the bad place."""
        self._tell(f"▲ {told.message(error)}\n{told.hint(error)}".strip(), "bad")
        self._accept.setEnabled(False)
        position = error.details.get("position")
        if isinstance(position, int):
            self._field.setCursorPosition(position - 1)
        self._field.setFocus()

    def message(self) -> str:
        """What stands below the field."""
        return self._say.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _check(self, name: str) -> None:
        self._accept.setEnabled(bool(name))
        if not name:
            self._tell(RULE, "dim")
            return
        try:
            check_handler_name(name)
        except ErrInvalidHandlerName as error:
            self._accept.setEnabled(False)
            self._tell(f"▲ {told.message(error)}\n{told.hint(error)}", "bad")
        else:
            self._tell(tr("For commands that start with  ix {name}").format(name=name), "dim")

    def _choose(self) -> None:
        name = self._field.text()
        try:
            check_handler_name(name)
        except ErrInvalidHandlerName as error:
            self.refuse(error)
        else:
            self.chosen.emit(name)

    def _tell(self, text: str, tone: str) -> None:
        self._say.setText(text)
        set_tone(self._say, tone)
