"""A failure in a window: all of it as text, to read, select and copy.

Qt main thread.
"""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from qntx_desktop.ui.dialogs.frame import Frame, heading, read_only_text, show_text
from qntx_desktop.ui.panels.parts import quiet_button
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme
from qntx_desktop.ui.wording import one_line


class ErrorView(Frame):
    """Shows the text of a failure."""

    def __init__(self, title: str, text: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(one_line(title, 120), theme, parent)
        self.setObjectName("error_view")
        self.resize(760, 480)
        self.body.addWidget(heading(one_line(title, 200)))
        self.field = read_only_text(tr("Failure"))
        show_text(self.field, text)
        self.body.addWidget(self.field, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        copy = quiet_button(tr("Copy all as text"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
        row.addWidget(copy)
        self.body.addLayout(row)
