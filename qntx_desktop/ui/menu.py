"""The menu of the window, made from the table of actions and from the few things that are the window's own.

Qt main thread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from qntx_desktop.ui.actions import ACTIONS, BY_ID, Action
from qntx_desktop.ui.parts_order import BACK_KEY, NEXT_KEY
from qntx_desktop.ui.text import tr


@dataclass(frozen=True, slots=True, kw_only=True)
class Deeds:
    """What the window's own entries do."""

    choose_folder: Callable[[], None]
    quit: Callable[[], None]
    toggle_panel: Callable[[], None]
    toggle_pulse: Callable[[], None]
    toggle_outline: Callable[[], None]
    settings: Callable[[], None]
    secrets: Callable[[], None]
    doors: Callable[[], None]
    sources: Callable[[], None]
    plugins: Callable[[], None]
    set_theme: Callable[[str], None]
    theme_name: Callable[[], str]
    keys: Callable[[], None]
    about: Callable[[], None]
    perform: Callable[[str], object]
    can: Callable[[str], bool]
    keys_shown: Callable[[Action], str]


#: Menus in order, and which groups of the table stand in each.
_GROUPS = (
    (tr("Canvas"), (tr("Canvas"),)),
    (tr("Add and run"), (tr("Add"), tr("Glyph"))),
    (tr("Edit"), (tr("Edit"), tr("Select"))),
    (tr("Arrange"), (tr("Arrange"), tr("Colour"))),
    (tr("View"), (tr("View"), tr("Find"), tr("Places"))),
)
PANEL_KEY, PULSE_KEY, QUIT_KEY, FOLDER_KEY = "Ctrl+Alt+H", "Ctrl+Alt+P", "Ctrl+Q", "Ctrl+Shift+O"
SETTINGS_KEY, SECRETS_KEY, DOORS_KEY = "Ctrl+,", "Ctrl+Alt+S", "Ctrl+Alt+A"
PLUGINS_KEY = "Ctrl+Alt+G"
SOURCES_KEY, OUTLINE_KEY = "Ctrl+Alt+C", "Ctrl+Alt+O"
OWN_KEYS = (
    (tr("Show or hide the Handlers panel"), PANEL_KEY),
    (tr("Show or hide the Pulse panel"), PULSE_KEY),
    (tr("Show or hide the outline of the canvas"), OUTLINE_KEY),
    (tr("Folder of the canvas"), FOLDER_KEY),
    (tr("Settings"), SETTINGS_KEY),
    (tr("Code sources"), SOURCES_KEY),
    (tr("Plugins"), PLUGINS_KEY),
    (tr("Secrets"), SECRETS_KEY),
    (tr("API and webhooks"), DOORS_KEY),
    (tr("To the next part of the window"), NEXT_KEY),
    (tr("To the part before"), BACK_KEY),
    (tr("Menu"), "F10"),
    (tr("Quit"), QUIT_KEY),
)
_THEMES = (
    ("system", tr("As the system")),
    ("dark", tr("Dark")),
    ("light", tr("Light")),
    ("contrast", tr("High contrast")),
)


def window_menu(parent: QWidget, deeds: Deeds) -> QMenu:
    """The whole menu; entries that can do nothing now are grey each time it opens."""
    menu = QMenu(parent)
    menu.setAccessibleName(tr("Menu"))
    tabled: list[tuple[QAction, str]] = []
    file = menu.addMenu(tr("File"))
    _own(file, tr("Canvas folder…"), FOLDER_KEY, deeds.choose_folder)
    _own(file, tr("Settings…"), SETTINGS_KEY, deeds.settings)
    _own(file, tr("Code sources…"), SOURCES_KEY, deeds.sources)
    _own(file, tr("Plugins…"), PLUGINS_KEY, deeds.plugins)
    _own(file, tr("Secrets…"), SECRETS_KEY, deeds.secrets)
    _own(file, tr("API and webhooks…"), DOORS_KEY, deeds.doors)
    file.addSeparator()
    tabled += _from_table(file, (tr("File"),), deeds)
    file.addSeparator()
    _own(file, tr("Quit"), QUIT_KEY, deeds.quit)
    for title, groups in _GROUPS:
        part = menu.addMenu(title)
        tabled += _from_table(part, groups, deeds)
        if title == "View":
            part.addSeparator()
            _own(part, tr("Outline"), OUTLINE_KEY, deeds.toggle_outline)
            _own(part, tr("Handlers panel"), PANEL_KEY, deeds.toggle_panel)
            _own(part, tr("Pulse panel"), PULSE_KEY, deeds.toggle_pulse)
            _themes(part, deeds)
    help_menu = menu.addMenu(tr("Help"))
    _plain(help_menu, tr("Keys	{part}").format(part=deeds.keys_shown(BY_ID['shortcuts'])), deeds.keys)
    _plain(help_menu, tr("About QNTX Desktop"), deeds.about)

    def refresh() -> None:
        for entry, action_id in tabled:
            entry.setEnabled(deeds.can(action_id))
            entry.setText(f"{BY_ID[action_id].label}\t{deeds.keys_shown(BY_ID[action_id])}")

    menu.aboutToShow.connect(refresh)
    return menu


def _from_table(part: QMenu, groups: tuple[str, ...], deeds: Deeds) -> list[tuple[QAction, str]]:
    made = []
    for group in groups:
        if not part.isEmpty():
            part.addSeparator()
        for action in ACTIONS:
            if action.group == group and action.in_menu:
                # Shown, not bound: the keys belong to the canvas and must not fire while text has the focus.
                entry = _plain(
                    part, f"{action.label}\t{deeds.keys_shown(action)}", _performer(deeds, action.id)
                )
                made.append((entry, action.id))
    return made


def _performer(deeds: Deeds, action_id: str) -> Callable[[], object]:
    return lambda: deeds.perform(action_id)


def _own(part: QMenu, label: str, key: str, call: Callable[[], None]) -> None:
    entry = part.addAction(label)
    entry.setShortcut(QKeySequence(key))
    entry.triggered.connect(lambda: call())
    window = part.window().parent()
    host = part.parentWidget()
    while host is not None and host.parentWidget() is not None:
        host = host.parentWidget()
    if host is not None:
        host.addAction(entry)
    elif isinstance(window, QWidget):
        window.addAction(entry)


def _plain(part: QMenu, label: str, call: Callable[[], object]) -> QAction:
    entry = part.addAction(label)
    entry.triggered.connect(lambda: call())
    return entry


def _themes(part: QMenu, deeds: Deeds) -> None:
    themes = part.addMenu(tr("Theme"))
    group = QActionGroup(themes)
    entries = {}
    for name, label in _THEMES:
        entry = themes.addAction(label)
        entry.setCheckable(True)
        group.addAction(entry)
        entry.triggered.connect(_chooser(deeds, name))
        entries[name] = entry
    themes.aboutToShow.connect(lambda: entries[deeds.theme_name()].setChecked(True))


def _chooser(deeds: Deeds, name: str) -> Callable[[], None]:
    return lambda: deeds.set_theme(name)
