"""What stands where the canvas will be: that the store opens, or why it cannot and what can be done.

Qt main thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.text import tr

if TYPE_CHECKING:
    from qntx_desktop.model.error_shape import QntxError

OPENING = tr("Opening the store…")
TEXT_PX = 560
_CENTRED, _BY_MOUSE = 0x84, 1
"""`Qt.AlignmentFlag.AlignCenter` and `Qt.TextInteractionFlag.TextSelectableByMouse`; see `labels`."""


class StateView(QFrame):
    """Says opening or failed in place of the canvas.

    Signals:
        retry_requested, quit_requested: The person pressed the button.
    """

    retry_requested = Signal()
    quit_requested = Signal()

    def __init__(self, folder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("state_view")
        self._folder = folder
        self._title = _label("title")
        self._message = _label("message")
        self._hint = _label("hint")
        self._buttons: QWidget | None = None
        self._retry: QPushButton | None = None
        self._column = QVBoxLayout(self)
        self._column.setSpacing(8)
        self._column.addStretch(2)
        self._column.addWidget(self._title)
        for label in (self._message, self._hint):
            self._column.addLayout(_in_the_middle(label))
        self._column.addStretch(3)
        self.show_opening()

    def show_opening(self) -> None:
        """Say that the store opens."""
        self._title.setText(OPENING)
        self._message.hide()
        self._hint.hide()
        if self._buttons is not None:
            self._buttons.hide()

    def show_waiting(self, text: str) -> None:
        """Say what is being waited for."""
        self.show_opening()
        self._title.setText(text)

    def show_failure(self, error: QntxError) -> None:
        """Say why there is no canvas and what can be done."""
        from qntx_desktop.ui import told  # late: the first paint says nothing of failures

        self._title.setText(tr("▲ The store did not open"))
        self._message.setText(told.message(error))
        self._hint.setText(told.hint(error))
        self._message.show()
        self._hint.setVisible(bool(error.hint))
        if self._buttons is None:  # made only now: the first paint needs none
            self._buttons = self._make_buttons()
            self._column.insertWidget(self._column.count() - 1, self._buttons)
        self._buttons.show()
        if self._retry is not None:
            self._retry.setFocus()

    def texts(self) -> tuple[str, ...]:
        """What it says now."""
        labels = (self._title, self._message, self._hint)
        return tuple(label.text() for label in labels if not label.isHidden())

    def _make_buttons(self) -> QWidget:
        buttons = QWidget()
        self._retry = QPushButton(tr("Try again"))
        self._retry.setProperty("kind", "accent")
        folder = QPushButton(tr("Open folder"))
        leave = QPushButton(tr("Quit"))
        self._retry.clicked.connect(self.retry_requested)
        folder.clicked.connect(self._open_folder)
        leave.clicked.connect(self.quit_requested)
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 8, 0, 0)
        row.setSpacing(8)
        row.addStretch(1)
        for button in (self._retry, folder, leave):
            row.addWidget(button)
        row.addStretch(1)
        return buttons

    def _open_folder(self) -> None:
        from PySide6.QtCore import QUrl  # late, with what follows: the first paint needs neither
        from PySide6.QtGui import QDesktopServices

        QDesktopServices.openUrl(QUrl.fromLocalFile(self._folder))


def _in_the_middle(label: QLabel) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(label)
    row.addStretch(1)
    return row


def _label(part: str) -> QLabel:
    label = plain_label(part=part, wrap=part != "title")
    label.setProperty("alignment", _CENTRED)
    if part != "title":
        label.setFixedWidth(TEXT_PX)
    label.setProperty("textInteractionFlags", _BY_MOUSE)
    return label
