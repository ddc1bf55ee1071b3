"""The settings, one line each, made from their declarations. What is changed counts at once.

Qt main thread.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QScrollArea, QSpinBox, QWidget

from qntx_desktop.model.errors import QntxError
from qntx_desktop.model.option import Option, OptionKind, Setting
from qntx_desktop.ui.dialogs.frame import Frame, heading
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.panels.notice import Notice
from qntx_desktop.ui.panels.parts import quiet_button, seen_check_box, show_frame
from qntx_desktop.ui.preferences import Preferences
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme

TYPING_MS = 600
ROOMS = {
    "api": tr("Local API"),
    "network": tr("Network"),
    "plugins": tr("Plugins"),
    "pulse": tr("Pulse"),
    "remote": tr("Remote"),
    "window": tr("Window"),
}
"""Headings, by the first part of the keys below them."""
CHOICES = {
    "contrast": tr("contrast"),
    "dark": tr("dark"),
    "fail": tr("fail"),
    "light": tr("light"),
    "pans": tr("pans"),
    "system": tr("system"),
    "wait": tr("wait"),
    "zooms": tr("zooms"),
}
Field = QCheckBox | QSpinBox | QComboBox | QLineEdit


class SettingsView(Frame):
    """Shows and changes settings."""

    def __init__(self, preferences: Preferences, path: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(tr("Settings"), theme, parent)
        self.setObjectName("settings_view")
        self.resize(660, 560)
        self._preferences = preferences
        self._notice = Notice()
        self.fields: dict[str, Field] = {}
        self.resets: dict[str, QWidget] = {}
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setColumnStretch(0, 1)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(10)
        room = ""
        for setting in preferences.all():
            if setting.option.key.partition(".")[0] != room:
                room = setting.option.key.partition(".")[0]
                grid.addWidget(heading(ROOMS.get(room, room.capitalize())), grid.rowCount(), 0, 1, 3)
            self._add(grid, grid.rowCount(), setting.option)
        grid.setRowStretch(grid.rowCount(), 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        self.body.addWidget(scroll, 1)
        self.body.addWidget(self._notice)
        place = plain_label(tr("Kept in {path}").format(path=path), tone="dim", wrap=True)
        place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(place)
        self._notice.retry_requested.connect(self._show_all)
        preferences.changed.connect(self._changed)
        self._show_all()

    def set_theme(self, theme: Theme) -> None:
        """The theme may be changed right here."""
        super().set_theme(theme)
        for field in self.fields.values():
            if isinstance(field, QCheckBox):
                show_frame(field, theme)

    def said(self) -> str:
        """What it says went wrong; empty when all is well."""
        return self._notice.text()

    def _add(self, grid: QGridLayout, row: int, option: Option) -> None:
        label = plain_label(f"{tr(option.help)}.", wrap=True)
        field = self._field(option)
        field.setAccessibleName(tr(option.help))
        field.setToolTip(option.key)
        reset = quiet_button(tr("Default"), tr("Default of: {help}").format(help=tr(option.help)))
        kept = reset.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        reset.setSizePolicy(kept)
        reset.clicked.connect(lambda: self._preferences.reset(option.key, self._fail))
        label.setBuddy(field)
        grid.addWidget(label, row, 0)
        grid.addWidget(field, row, 1)
        grid.addWidget(reset, row, 2)
        self.fields[option.key], self.resets[option.key] = field, reset

    def _field(self, option: Option) -> Field:
        if option.kind is OptionKind.FLAG:
            box = seen_check_box(self.theme)
            box.clicked.connect(lambda on: self._set(option.key, on))
            return box
        if option.kind is OptionKind.CHOICE:
            choice = QComboBox()
            for each in option.choices:
                choice.addItem(CHOICES.get(each, each), each)
            choice.activated.connect(lambda _: self._set(option.key, choice.currentData()))
            return choice
        if option.kind is OptionKind.TEXT:
            line = QLineEdit()
            line.editingFinished.connect(lambda: self._set(option.key, line.text().strip()))
            return line
        return self._number(option)

    def _number(self, option: Option) -> QSpinBox:
        spin = QSpinBox()
        spin.setRange(option.minimum or 0, option.maximum or 0)
        spin.setGroupSeparatorShown(True)
        spin.lineEdit().setTextMargins(7, 0, 0, 0)
        spin.setSuffix(f" {tr(option.unit)}" if option.unit else "")
        later = QTimer(spin)  # not for each digit
        later.setSingleShot(True)
        later.setInterval(TYPING_MS)
        later.timeout.connect(lambda: self._set(option.key, spin.value()))
        spin.valueChanged.connect(lambda _: later.start())
        return spin

    def _set(self, key: str, value: object) -> None:
        if value != self._preferences.get(key):
            self._notice.say("")
            self._preferences.set(key, value, self._fail)

    def _fail(self, error: QntxError) -> None:
        self._show_all()
        self._notice.fail(error)

    def _changed(self, key: str, _value: object) -> None:
        """Only this one: another may be in the middle of being typed."""
        self._notice.say("")
        for setting in self._preferences.all():
            if setting.option.key == key:
                self._show(setting)

    def _show_all(self) -> None:
        self._notice.say("")
        for setting in self._preferences.all():
            self._show(setting)

    def _show(self, setting: Setting) -> None:
        field = self.fields[setting.option.key]
        quiet: Callable[[bool], bool] = field.blockSignals
        quiet(True)
        if isinstance(field, QCheckBox):
            field.setChecked(bool(setting.value))
        elif isinstance(field, QSpinBox):
            field.setValue(int(setting.value))
        elif isinstance(field, QLineEdit):
            field.setText(str(setting.value))
        else:
            field.setCurrentIndex(field.findData(str(setting.value)))
        quiet(False)
        self.resets[setting.option.key].setVisible(setting.value != setting.option.default)
