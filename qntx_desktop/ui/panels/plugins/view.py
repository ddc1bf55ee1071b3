"""The Plugins window: the list of plugins, and of the selected one what it does, its jobs, log and settings.

Qt main thread. It is told what to show and says what the person wants; it calls no service.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from qntx_desktop.model.plugin import Plugin, PluginState
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.panels.list_and_one import ListAndOne, Words
from qntx_desktop.ui.panels.plugins.pages import AboutPage, JobsPage, LogPage
from qntx_desktop.ui.panels.plugins.plugin_list import PluginListModel
from qntx_desktop.ui.panels.plugins.settings_page import SettingsPage
from qntx_desktop.ui.panels.plugins.words import facts, trouble
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme

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
WORDS = Words(
    title=tr("Plugins"),
    loading=tr("◐ Reading the plugins …"),
    add=tr("Add…"),
    remove=tr("Remove it"),
    keep=tr("Keep this plugin"),
    buttons=(
        ("enable", tr("Enable"), tr("Run this plugin")),
        ("restart", tr("Restart"), tr("End this plugin and start it anew")),
        ("disable", tr("Disable"), tr("Run this plugin no longer")),
        ("remove", tr("Remove"), tr("Forget this plugin")),
    ),
)


class PluginsView(ListAndOne[Plugin]):
    """Plugins.

    `selected` tells a name, `page_shown` ABOUT, JOBS, LOG or SETTINGS, `asked` also `enable`, `restart`, `disable`
    and `remove`.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.about, self.jobs, self.log, self.settings = AboutPage(theme), JobsPage(), LogPage(), SettingsPage()
        super().__init__(theme, WORDS, PluginListModel(), parent)
        self.setObjectName("plugins_view")
        self.resize(940, 600)
        self._now_us = 0
        self._nothing = plain_label("", wrap=True, tone="dim")
        self._build()
        self.show_loading()

    def _build(self) -> None:
        self._nothing.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._nothing.setContentsMargins(12, 4, 0, 0)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._left.setMinimumWidth(190)
        self.parts.addWidget(self._nothing)
        self.parts.setStretchFactor(2, 1)
        self.parts.setSizes([230, 680, 680])
        for page, title in (
            (self.about, tr("Handlers")),
            (self.jobs, tr("Jobs")),
            (self.log, tr("Log")),
            (self.settings, tr("Settings")),
        ):
            self.pages.addTab(page, title)

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of another theme."""
        super().set_theme(theme)
        self.about.set_theme(theme)

    @property
    def plugin(self) -> Plugin | None:
        """The plugin that is looked at."""
        return self._one

    def show_loading(self) -> None:
        """Say that the plugins are being read."""
        super().show_loading()
        self._nothing.hide()

    def set_plugins(self, plugins: tuple[Plugin, ...], folder: str, now_us: int) -> None:
        """Show these; the one that is looked at stays so, else the first is.

        Args:
            folder: Where programs are found without being added.
        """
        self._now_us = now_us
        self._model.set_things(plugins)
        self._notice.say("")
        self._nothing.setText(EMPTY.format(folder=folder))
        self._nothing.setVisible(not plugins)
        if not plugins and self.list.hasFocus():
            self.add.setFocus()
        self.choose(self._again([each.name for each in plugins]))

    def list_said(self) -> str:
        """What stands over the list, or in the place of everything."""
        return super().list_said() or (self._nothing.text() if self._one is None else "")

    def _nobody(self) -> str:
        return ""

    def _unsaved(self, *, closing: bool) -> str:
        if self._one is None or not self.settings.unsaved:
            return ""
        self.pages.setCurrentIndex(SETTINGS)
        said = (
            tr("The settings of {name} are not kept. Keep them, or lose what was typed.")
            if closing
            else tr("The settings of {name} are not kept. Keep them first, or give them up.")
        )
        return said.format(name=self._one.name)

    def _give_up(self) -> None:
        if self._one is not None:
            self.settings.set_plugin(self._one, again=True)

    def _removable(self, thing: Plugin) -> bool:
        return thing.state is not PluginState.FOUND

    def _show(self, thing: Plugin, *, other: bool) -> None:
        self._show_facts(thing, self._now_us)
        self.about.set_plugin(thing)
        self.settings.set_plugin(thing, again=other)

    def _show_facts(self, plugin: Plugin, now_us: int) -> None:
        found = plugin.state is PluginState.FOUND
        self._facts.setText(f"{plugin.path}\n{NOT_ADDED}" if found else facts(plugin, now_us))
        said = trouble(plugin, now_us)
        self._trouble.setText(said)
        self._trouble.setVisible(bool(said))

    def _show_buttons(self) -> None:
        plugin = self._one
        if plugin is None:
            return
        added = plugin.state is not PluginState.FOUND
        self.buttons["enable"].setVisible(not plugin.enabled)
        self.buttons["disable"].setVisible(plugin.enabled)
        self.buttons["restart"].setVisible(plugin.enabled)
        for page in (JOBS, LOG, SETTINGS):
            self.pages.setTabVisible(page, added)
        self.about.setEnabled(added)
