"""The settings of a plugin as a form made from what it declares, and those that it does not declare as lines.

Qt main thread; calls no service. What was typed and not kept stays until it is kept or given up, whatever is read
meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from qntx_desktop.model.errors import QntxError
from qntx_desktop.model.plugin import ConfigField, Plugin
from qntx_desktop.ui import told
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.panels.parts import quiet_button, set_tone
from qntx_desktop.ui.panels.plugins.words import field_hint
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import mono_font

NONE = tr("It declares no settings.")
SECRETS = tr("A value secret:NAME stands for a kept secret; the plugin gets its value, the settings keep the name.")
MORE_PX = 64
_ON, _OFF = "true", "false"


class SettingsPage(QWidget):
    """The form.

    Signals:
        keep_wanted(config): The person pressed Keep; a mapping of texts.
        touched: Something was typed, or what was typed was given up.
    """

    keep_wanted = Signal(object)
    touched = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, QLineEdit | QComboBox] = {}
        self._declared: tuple[ConfigField, ...] = ()
        self._config: Mapping[str, str] = {}
        self._name = ""
        self.more = QPlainTextEdit()
        self.keep = QPushButton(tr("Keep and restart"))
        self.give_up = quiet_button(tr("Give up"), tr("Give up what was typed"))
        self._head = plain_label(NONE, tone="dim", wrap=True)
        self._said = plain_label("", wrap=True, tone="dim")
        self._scroll = QScrollArea()
        self._build()
        self._mark()

    @property
    def unsaved(self) -> bool:
        """Whether something was typed that is not kept."""
        return bool(self._name) and self.wanted() != dict(self._config)

    def set_plugin(self, plugin: Plugin, *, again: bool = False) -> None:
        """Show the settings of a plugin; what is being typed about the same one stays, unless `again`."""
        declared, config = plugin.announced.fields, dict(plugin.config)
        same = plugin.name == self._name and declared == self._declared
        if same and not again and (self.unsaved or config == self._config):
            return
        self._name, self._declared, self._config = plugin.name, declared, config
        self._fill()
        self.say("")

    def wanted(self) -> dict[str, str]:
        """What the form says: the settings that are set."""
        found = {name: _text(field) for name, field in self.fields.items()}
        config = {name: text for name, text in found.items() if text}
        for line in self.more.toPlainText().splitlines():
            name, equals, value = line.partition("=")
            if name.strip() and equals:
                config[name.strip()] = value.strip()
        return config

    def say(self, text: str) -> None:
        """Say something that is no failure."""
        self._said.setText(text)
        set_tone(self._said, "dim")

    def fail(self, error: QntxError) -> None:
        """Say why it was not kept; the cursor goes to the setting."""
        self._said.setText(f"▲ {told.message(error)}\n{told.hint(error)}".rstrip())
        set_tone(self._said, "bad")
        field = self.fields.get(str(error.details.get("field", "")))
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def said(self) -> str:
        """What it says below the form."""
        return self._said.text()

    def _build(self) -> None:
        self.keep.setProperty("kind", "accent")
        self.keep.clicked.connect(lambda: self.keep_wanted.emit(self.wanted()))
        self.give_up.clicked.connect(self._give_up)
        self.more.setAccessibleName(tr("Other settings, name = value on each line"))
        self.more.setPlaceholderText("name = value")
        self.more.setFont(mono_font())
        self.more.setFixedHeight(MORE_PX)
        self.more.setTabChangesFocus(True)
        self.more.textChanged.connect(self._mark)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout()
        row.addWidget(self._said, 1)
        row.addWidget(self.give_up, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._head)
        column.addWidget(self._scroll, 1)
        column.addWidget(plain_label(tr("Other settings"), tone="heading"))
        column.addWidget(self.more)
        column.addWidget(plain_label(SECRETS, tone="dim", wrap=True))
        column.addLayout(row)

    def _fill(self) -> None:
        at = next((name for name, field in self.fields.items() if field.hasFocus()), "")
        inside = QWidget()
        form = QFormLayout(inside)
        form.setContentsMargins(0, 0, 8, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.fields = {}
        for declared in self._declared:
            field = self.fields[declared.name] = _field(declared, self._config.get(declared.name, ""))
            if isinstance(field, QLineEdit):
                field.textChanged.connect(self._mark)
                field.returnPressed.connect(self.keep.click)
            else:
                field.currentIndexChanged.connect(self._mark)
            label = plain_label(declared.name)
            label.setBuddy(field)
            label.setMinimumHeight(field.sizeHint().height())
            form.addRow(label, _with_hint(declared, field))
        self._scroll.setWidget(inside)
        self._order()
        self._scroll.setVisible(bool(self._declared))
        if at in self.fields:
            self.fields[at].setFocus()  # the field that the keyboard was in is another one now
        self._head.setVisible(not self._declared)
        others = {name: value for name, value in self._config.items() if name not in self.fields}
        self.more.setPlainText("\n".join(f"{name} = {value}" for name, value in sorted(others.items())))
        self._mark()

    def _order(self) -> None:
        """Tab goes through the fields from above, then on; they were made after what stands below them."""
        places = [*self.fields.values(), self.more, self.give_up, self.keep]
        for before, after in pairwise(places):
            QWidget.setTabOrder(before, after)

    def _give_up(self) -> None:
        self._fill()
        self.say("")

    def _mark(self) -> None:
        unsaved = self.unsaved
        self.keep.setEnabled(unsaved)
        self.give_up.setVisible(unsaved)
        self.touched.emit()


def _field(declared: ConfigField, value: str) -> QLineEdit | QComboBox:
    field: QLineEdit | QComboBox
    if declared.type == "boolean" and value in ("", _ON, _OFF):
        field = QComboBox()
        usual = declared.default or tr("not set")
        for text, data in ((tr("as usual: {usual}").format(usual=usual), ""), (tr("on"), _ON), (tr("off"), _OFF)):
            field.addItem(text, data)
        field.setCurrentIndex(max(0, field.findData(value)))
    else:
        field = QLineEdit(value)
        field.setPlaceholderText(declared.default)
    field.setAccessibleName(declared.name)
    field.setAccessibleDescription(field_hint(declared))
    return field


def _with_hint(declared: ConfigField, field: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addWidget(field)
    hint = field_hint(declared)
    if hint:
        column.addWidget(plain_label(hint, tone="bad" if declared.problem else "dim", wrap=True))
    return column


def _text(field: QLineEdit | QComboBox) -> str:
    return field.text().strip() if isinstance(field, QLineEdit) else str(field.currentData() or "")
