"""The window in which a plugin is added by the path of its program.

Qt main thread; calls no service. What was typed stays when it is refused.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFormLayout, QHBoxLayout, QLineEdit, QPushButton, QWidget

from qntx_desktop.model.errors import QntxError
from qntx_desktop.model.plugin import name_of_program
from qntx_desktop.ui import told
from qntx_desktop.ui.dialogs.frame import Frame, heading
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.panels.parts import quiet_button, set_tone
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme

WARNING = tr("A plugin runs with your own rights and is not confined: add only programs that you trust.")


class AddForm(Frame):
    """Asks for a program. Signal: chosen(program, args, name); an empty name is the program's own."""

    chosen = Signal(str, object, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(tr("Add a plugin"), theme, parent)
        self.setObjectName("plugin_form")
        self.resize(560, 240)
        self.program, self.args, self.name = QLineEdit(), QLineEdit(), QLineEdit()
        self.browse = quiet_button(tr("Browse…"), tr("Look for the program"))
        self.accept = QPushButton(tr("Add and start"))
        self._said = plain_label(WARNING, wrap=True, tone="dim")
        self._build()
        self.program.setFocus()

    def fail(self, error: QntxError) -> None:
        """Say why it was not added."""
        self.accept.setEnabled(True)
        self._said.setText(f"▲ {told.message(error)}\n{told.hint(error)}".rstrip())
        set_tone(self._said, "bad")
        (self.name if error.details.get("field") == "name" else self.program).setFocus()

    def said(self) -> str:
        """What it says below the fields."""
        return self._said.text()

    def _build(self) -> None:
        self.accept.setProperty("kind", "accent")
        self.program.setPlaceholderText(tr("/path/to/qntx-weather-plugin, or the name of a program"))
        self.args.setPlaceholderText(tr("none"))
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        row = QHBoxLayout()
        row.addWidget(self.program, 1)
        row.addWidget(self.browse)
        form.addRow(tr("Program"), row)
        form.addRow(tr("Name"), self.name)
        form.addRow(tr("Arguments"), self.args)
        for field, name in ((self.program, tr("Program")), (self.name, tr("Name")), (self.args, tr("Arguments"))):
            field.setAccessibleName(name)
            field.returnPressed.connect(self._hand_over)
        self.body.addWidget(heading(tr("Which program?")))
        self.body.addLayout(form)
        below = QHBoxLayout()
        below.addWidget(self._said, 1)
        below.addWidget(self.accept)
        self.body.addStretch(1)
        self.body.addLayout(below)
        self.program.textChanged.connect(self._suggest)
        self.browse.clicked.connect(self._look)
        self.accept.clicked.connect(self._hand_over)
        self._suggest("")

    def _suggest(self, text: str) -> None:
        self.name.setPlaceholderText(name_of_program(text.strip()))
        self.accept.setEnabled(bool(text.strip()))

    def _hand_over(self) -> None:
        if self.accept.isEnabled():
            self.accept.setEnabled(False)
            self.chosen.emit(self.program.text().strip(), tuple(self.args.text().split()), self.name.text().strip())

    def _look(self) -> None:
        dialog = QFileDialog(self, tr("The program of a plugin"), self.program.text())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.program.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
