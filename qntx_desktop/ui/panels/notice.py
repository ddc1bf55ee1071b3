"""The line in place of a view that has nothing to show: loading, empty, or failed with a button to try again.

Qt main thread. A view that cannot read says so; it never looks empty.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from qntx_desktop.model.errors import QntxError
from qntx_desktop.ui import told
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.panels.parts import set_tone
from qntx_desktop.ui.text import tr


class Notice(QWidget):
    """A line that says what a view is doing or what went wrong, with a button to try again.

    Signals:
        retry_requested: The person pressed Try again.
    """

    retry_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = plain_label("", wrap=True)
        self._retry = QPushButton(tr("Try again"))
        self._retry.clicked.connect(self.retry_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._text, 1)
        row.addWidget(self._retry, 0, Qt.AlignmentFlag.AlignTop)

    def say(self, text: str) -> None:
        """Say something that is no failure; an empty text hides the line."""
        self._set(text, "dim", retry=False)

    def fail(self, error: QntxError) -> None:
        """Say what failed and what to do."""
        self._set(f"▲ {told.message(error)}\n{told.hint(error)}".rstrip(), "bad", retry=True)

    def text(self) -> str:
        """What it says now."""
        return self._text.text()

    def _set(self, text: str, tone: str, *, retry: bool) -> None:
        self._text.setText(text)
        set_tone(self._text, tone)
        self._retry.setVisible(retry)
        self.setVisible(bool(text))
