"""The Plugins window: the list of plugins, and of the selected one what it does, its jobs, log and settings.

Qt main thread. It is told what to show and says what the person wants; it calls no service.
"""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QListView, QPushButton, QSplitter, QTabWidget, QVBoxLayout, QWidget

from qntx_desktop.model.errors import QntxError
from qntx_desktop.model.plugin import Plugin, PluginState
from qntx_desktop.ui.dialogs.frame import Frame
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.panels.notice import Notice
from qntx_desktop.ui.panels.parts import quiet_button, sheet
from qntx_desktop.ui.panels.plugins.pages import AboutPage, JobsPage, LogPage
from qntx_desktop.ui.panels.plugins.plugin_list import PluginListModel, PluginRow
from qntx_desktop.ui.panels.plugins.settings_page import SettingsPage
from qntx_desktop.ui.panels.plugins.words import facts, trouble
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme

LOADING = tr("◐ Reading the plugins …")
EMPTY = (
    tr("No plugins yet. A plugin is a program of its own, in any language, that does jobs: it serves ix commands, "
    "runs by schedule, keeps connections open.\n\n"
    "Write one in Python: qntx plugin new weather\n"
    "Add one by its path: press Add, or qntx plugin add PATH\n"
    "Or put its program into {folder}")
)
NOT_ADDED = tr(
    "It lies in the plugins folder and was not added. Enable it to run it, with your own rights and not confined."
)
ABOUT, JOBS, LOG, SETTINGS = range(4)
_BUTTONS = (
    ("enable", tr("Enable"), tr("Run this plugin")),
    ("restart", tr("Restart"), tr("End this plugin and start it anew")),
    ("disable", tr("Disable"), tr("Run this plugin no longer")),
    ("remove", tr("Remove"), tr("Forget this plugin")),
)


class PluginsView(Frame):
    """Plugins.

    Signals:
        selected(name): Another plugin is looked at, empty for none.
        page_shown(index): ABOUT, JOBS, LOG or SETTINGS.
        asked(verb): `add`, `enable`, `restart`, `disable`, `remove` or `refresh`.
        closing: The window closes; what is unsaved was given up.
    """

    selected = Signal(str)
    page_shown = Signal(int)
    asked = Signal(str)
    closing = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(tr("Plugins"), theme, parent)
        self.setObjectName("plugins_view")
        self.resize(940, 600)
        self._model, self._row = PluginListModel(), PluginRow(theme)
        self._plugin: Plugin | None = None
        self._now_us = 0
        self.list = QListView()
        self.about, self.jobs, self.log, self.settings = AboutPage(theme), JobsPage(), LogPage(), SettingsPage()
        self.pages = QTabWidget()
        self.add = QPushButton(tr("Add…"))
        self._notice, self._said = Notice(), Notice()
        self._title = plain_label("", wrap=True, tone="heading")
        self._facts = plain_label("", wrap=True, tone="dim")
        self._trouble = plain_label("", wrap=True, tone="bad")
        self.buttons = {verb: quiet_button(label, name) for verb, label, name in _BUTTONS}
        self._sure = QPushButton(tr("Remove it"))
        self._stay = quiet_button(tr("Keep it"), tr("Keep this plugin"))
        self._leave = QPushButton(tr("Close and lose it"))
        self._right, self._nothing = QWidget(), plain_label("", wrap=True, tone="dim")
        self._build()
        self.show_loading()

    def _build(self) -> None:
        for button in (self._sure, self._leave):
            button.setProperty("kind", "danger")
        self._leave.hide()
        self.list.setModel(self._model)
        self.list.setItemDelegate(self._row)
        self.list.setAccessibleName(tr("Plugins"))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._nothing.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._nothing.setContentsMargins(12, 4, 0, 0)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        head = QHBoxLayout()
        head.addWidget(plain_label(tr("Plugins"), tone="heading"), 1)
        head.addWidget(self.add)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self._notice)
        column.addWidget(self.list, 1)
        left.setMinimumWidth(190)
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setChildrenCollapsible(False)
        for part in (left, self._right, self._nothing):
            parts.addWidget(part)
            parts.setStretchFactor(parts.indexOf(part), int(part is not left))
        parts.setSizes([230, 680, 680])
        self.body.addWidget(parts, 1)
        self._build_right()
        self.add.clicked.connect(lambda: self.asked.emit("add"))
        self._notice.retry_requested.connect(lambda: self.asked.emit("refresh"))
        self.list.selectionModel().currentChanged.connect(self._current)
        self.pages.currentChanged.connect(self.page_shown)
        self.list.setFocus()

    def _build_right(self) -> None:
        column = QVBoxLayout(self._right)
        column.setContentsMargins(12, 0, 0, 0)
        column.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self._title, 1)
        for verb, button in self.buttons.items():
            row.addWidget(button)
            if verb != "remove":
                button.clicked.connect(lambda _=False, verb=verb: self.asked.emit(verb))
        row.addWidget(self._stay)
        row.addWidget(self._sure)
        self.buttons["remove"].clicked.connect(lambda: self._ask_remove(True))
        self._stay.clicked.connect(lambda: self._ask_remove(False))
        self._sure.clicked.connect(lambda: self.asked.emit("remove"))
        self._leave.clicked.connect(self._close_anyway)
        column.addLayout(row)
        for each in (self._facts, self._trouble):
            each.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(each)
        said = QHBoxLayout()
        said.addWidget(self._said, 1)
        said.addWidget(self._leave)
        column.addLayout(said)
        for page, title in (
            (self.about, tr("Handlers")),
            (self.jobs, tr("Jobs")),
            (self.log, tr("Log")),
            (self.settings, tr("Settings")),
        ):
            self.pages.addTab(page, title)
        column.addWidget(self.pages, 1)

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of another theme."""
        self.theme = theme
        self.setStyleSheet(sheet(theme))
        self._row.theme = theme
        self.about.set_theme(theme)

    @property
    def plugin(self) -> Plugin | None:
        """The plugin that is looked at."""
        return self._plugin

    def show_loading(self) -> None:
        """Say that the plugins are being read."""
        self._notice.say(LOADING)
        self._right.hide()
        self._nothing.hide()

    def set_error(self, error: QntxError) -> None:
        """Say that the plugins could not be read."""
        self._notice.fail(error)

    def set_plugins(self, plugins: tuple[Plugin, ...], folder: str, now_us: int) -> None:
        """Show these; the one that is looked at stays so, else the first is.

        Args:
            folder: Where programs are found without being added.
        """
        wanted = self._plugin.name if self._plugin is not None else ""
        self._now_us = now_us
        self._model.set_plugins(plugins)
        self._notice.say("")
        self._nothing.setText(EMPTY.format(folder=folder))
        self._nothing.setVisible(not plugins)
        if not plugins and self.list.hasFocus():
            self.add.setFocus()
        row = max(0, self._model.row_of(wanted))
        self.choose(plugins[row].name if plugins else "")
        if self._plugin is not None:
            self._show_facts(self._plugin, now_us)

    def choose(self, name: str) -> None:
        """Look at a plugin."""
        row = self._model.row_of(name)
        plugin = self._model.plugin(row)
        if row >= 0:
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.list.selectionModel().setCurrentIndex(self._model.index(row), flag)
        self._take(plugin)

    def say(self, text: str) -> None:
        """Say something about the plugin that is looked at; empty takes it away."""
        self._said.say(text)
        self._leave.hide()

    def fail(self, error: QntxError) -> None:
        """Say why something asked of it was not done."""
        self._said.fail(error)
        self._ask_remove(False)

    def said(self) -> str:
        """What it says of the plugin that is looked at."""
        return "\n".join(filter(None, (self._trouble.text(), self._said.text())))

    def list_said(self) -> str:
        """What stands over the list, or in the place of everything."""
        return self._notice.text() or (self._nothing.text() if self._plugin is None else "")

    def facts_text(self) -> str:
        """What it says there is to know."""
        return self._facts.text()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Settings that were typed and not kept are not lost by a press of a key."""
        if self.settings.unsaved and self._plugin is not None:
            event.ignore()
            self.pages.setCurrentIndex(SETTINGS)
            self._said.say(
                tr("The settings of {name} are not kept. Keep them, or lose what was typed.").format(
                    name=self._plugin.name
                )
            )
            self._leave.show()
            return
        self.closing.emit()
        super().closeEvent(event)

    def _close_anyway(self) -> None:
        if self._plugin is not None:
            self.settings.set_plugin(self._plugin, again=True)
        self.close()

    def _current(self, index: QModelIndex, _before: QModelIndex) -> None:
        plugin = self._model.plugin(index.row())
        if plugin is None or (self._plugin is not None and plugin.name == self._plugin.name):
            return
        if self.settings.unsaved and self._plugin is not None:
            self.pages.setCurrentIndex(SETTINGS)
            self.say(
                tr("The settings of {name} are not kept. Keep them first, or give them up.").format(
                    name=self._plugin.name
                )
            )
            row = self._model.index(self._model.row_of(self._plugin.name))
            self.list.selectionModel().setCurrentIndex(row, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            return
        self._take(plugin)

    def _take(self, plugin: Plugin | None) -> None:
        before, self._plugin = self._plugin, plugin
        self._right.setVisible(plugin is not None)
        if plugin is None:
            self.selected.emit("")
            return
        self._title.setText(plugin.name)
        if before is None or before.name != plugin.name:
            self.say("")
            self._ask_remove(False)
            self._show_facts(plugin, self._now_us)
            self.settings.set_plugin(plugin, again=True)
            self.selected.emit(plugin.name)
        self.about.set_plugin(plugin)
        self.settings.set_plugin(plugin)
        self._show_buttons(plugin)

    def _show_facts(self, plugin: Plugin, now_us: int) -> None:
        found = plugin.state is PluginState.FOUND
        self._facts.setText(f"{plugin.path}\n{NOT_ADDED}" if found else facts(plugin, now_us))
        said = trouble(plugin, now_us)
        self._trouble.setText(said)
        self._trouble.setVisible(bool(said))

    def _ask_remove(self, asked: bool) -> None:
        self._sure.setVisible(asked)
        self._stay.setVisible(asked)
        self.buttons["remove"].setVisible(
            not asked and self._plugin is not None and self._plugin.state is not PluginState.FOUND
        )
        if asked:
            self._stay.setFocus()

    def _show_buttons(self, plugin: Plugin) -> None:
        added = plugin.state is not PluginState.FOUND
        self.buttons["enable"].setVisible(not plugin.enabled)
        self.buttons["disable"].setVisible(plugin.enabled)
        self.buttons["restart"].setVisible(plugin.enabled)
        if not self._sure.isVisibleTo(self._right):
            self.buttons["remove"].setVisible(added)
        for page in (JOBS, LOG, SETTINGS):
            self.pages.setTabVisible(page, added)
        self.about.setEnabled(added)
