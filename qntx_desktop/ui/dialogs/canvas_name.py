"""Asks for the name of a canvas. Qt main thread; shown, never executed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QWidget

from qntx_desktop.model.canvases import MOST_NAME_CHARS
from qntx_desktop.model.errors import QntxError
from qntx_desktop.ui import told
from qntx_desktop.ui.dialogs.frame import Frame
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.panels.parts import set_tone
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme

HINT = tr("Without a name it gets one that is free.")


class CanvasName(Frame):
    """A field for a name; it stays until the name was taken.

    Args:
        thing: What gets the name.
        choices: What it can begin with: (id, label, sentence).

    Signals:
        chosen(name): Enter or the button.
    """

    chosen = Signal(str)

    def __init__(
        self,
        title: str,
        button: str,
        name: str,
        theme: Theme,
        parent: QWidget,
        *,
        thing: str = "canvas",
        choices: Sequence[tuple[str, str, str]] = (),
    ) -> None:
        super().__init__(title, theme, parent)
        self._needed = bool(name) or thing != "canvas"
        self.setObjectName("canvas_name")
        self.resize(460, 170 if choices else 140)
        self.field = QLineEdit(name)
        self.field.setMaxLength(MOST_NAME_CHARS)
        self.field.setPlaceholderText(tr("Name"))
        self.field.setAccessibleName(tr("Name of the canvas") if thing == "canvas" else tr("Name of the place"))
        self.said = plain_label("" if self._needed else HINT, wrap=True, tone="dim")
        self.accept_button = QPushButton(button)
        self.accept_button.setProperty("kind", "accent")
        self.accept_button.setEnabled(bool(name) or not self._needed)
        cancel = QPushButton(tr("Cancel"))
        row = QHBoxLayout()
        row.addWidget(self.accept_button)
        row.addWidget(cancel)
        row.addStretch(1)
        self.body.addWidget(self.field)
        self.body.addWidget(self.said)
        self.kinds = QComboBox()
        self.kinds.setAccessibleName(tr("What it begins with"))
        self.kinds.setVisible(bool(choices))
        for key, label, sentence in choices:
            self.kinds.addItem(f"{label}: {sentence[:1].lower()}{sentence[1:].rstrip('.')}", key)
        self.body.addWidget(self.kinds)
        self.body.addLayout(row)
        self.body.addStretch(1)
        self.field.returnPressed.connect(self._choose)
        self.field.textChanged.connect(self._typed)
        self.accept_button.clicked.connect(self._choose)
        cancel.clicked.connect(self.close)
        self.field.selectAll()
        self.field.setFocus()

    @property
    def choice(self) -> str:
        """What it shall begin with."""
        return str(self.kinds.currentData() or "")

    def refuse(self, error: QntxError) -> None:
        """Say what is wrong with the name; it stays in the field."""
        self.said.setText(f"▲ {told.whole(error)}")
        set_tone(self.said, "bad")
        self.field.setFocus()

    def _typed(self, text: str) -> None:
        self.said.setText("" if self._needed else HINT)
        set_tone(self.said, "dim")
        self.accept_button.setEnabled(bool(text.strip()) or not self._needed)

    def _choose(self) -> None:
        if self.accept_button.isEnabled():
            self.chosen.emit(self.field.text().strip())
