"""The menu of the window, made from the table of actions.

Qt main thread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from qntx_desktop.ui.actions import ACTIONS, BY_ID, Where
from qntx_desktop.ui.keymap import Keymap
from qntx_desktop.ui.text import tr


@dataclass(frozen=True, slots=True, kw_only=True)
class Deeds:
    """How the entries do what they say."""

    theme_name: Callable[[], str]
    perform: Callable[[str], object]
    can: Callable[[str], bool]
    keymap: Keymap


#: Menus in order, and which groups of the table stand in each.
_GROUPS = (
    (tr("Canvas"), (tr("Canvas"),)),
    (tr("Add and run"), (tr("Add"), tr("Glyph"))),
    (tr("Edit"), (tr("Edit"), tr("Select"))),
    (tr("Arrange"), (tr("Arrange"), tr("Colour"))),
    (tr("View"), (tr("View"), tr("Find"), tr("Places"))),
)
_PANELS = (
    ("outline", tr("Outline")),
    ("handlers_panel", tr("Handlers panel")),
    ("pulse_panel", tr("Pulse panel")),
)
THEMES = {
    "system": tr("As the system"),
    "dark": tr("Dark"),
    "light": tr("Light"),
    "contrast": tr("High contrast"),
}


class WindowMenu(QMenu):
    """The whole menu; entries that can do nothing now are grey each time it opens."""

    def __init__(self, window: QWidget, deeds: Deeds) -> None:
        super().__init__(window)
        self._window, self._deeds = window, deeds
        self.setAccessibleName(tr("Menu"))
        self._entries: list[tuple[QAction, str]] = []
        self._shortcuts: dict[str, QAction] = {}
        file = self.addMenu(tr("File"))
        for name in ("folder", "settings", "sources", "plugins", "secrets", "doors"):
            self._bound(file, name, BY_ID[name].label)
        file.addSeparator()
        self._from_table(file, (tr("File"),))
        file.addSeparator()
        self._bound(file, "quit", BY_ID["quit"].label)
        for title, groups in _GROUPS:
            part = self.addMenu(title)
            self._from_table(part, groups)
        part.addSeparator()  # the last of them is View
        for name, label in _PANELS:
            self._bound(part, name, label)
        self._themes(part)
        help_menu = self.addMenu(tr("Help"))
        self._entries.append((self._entry(help_menu, "shortcuts", tr("Keys")), "shortcuts"))
        self._entry(help_menu, "about", BY_ID["about"].label)
        for action in ACTIONS:
            if action.where is Where.APP and action.id not in self._shortcuts:
                self._bind(QAction(action.label, window), action.id)
        self.show_keys()
        self.aboutToShow.connect(self._refresh)

    def show_keys(self) -> None:
        """Take the keys as they are now, also those that count everywhere in the window."""
        for name, entry in self._shortcuts.items():
            entry.setShortcuts([QKeySequence(key) for key in self._deeds.keymap.keys_of(BY_ID[name])])

    def _refresh(self) -> None:
        for entry, name in self._entries:
            entry.setEnabled(self._deeds.can(name))
            label = entry.text().partition("\t")[0]
            entry.setText(f"{label}\t{self._deeds.keymap.shown(BY_ID[name])}")

    def _from_table(self, part: QMenu, groups: tuple[str, ...]) -> None:
        for group in groups:
            if not part.isEmpty():
                part.addSeparator()
            for action in ACTIONS:
                if action.group == group and action.in_menu:
                    # Shown, not bound: the keys belong to the canvas and must not fire while text has the focus.
                    self._entries.append((self._entry(part, action.id, action.label), action.id))

    def _entry(self, part: QMenu, name: str, label: str) -> QAction:
        entry = part.addAction(label)
        entry.triggered.connect(self._performer(name))
        return entry

    def _bound(self, part: QMenu, name: str, label: str) -> None:
        entry = part.addAction(label)
        self._bind(entry, name)

    def _bind(self, entry: QAction, name: str) -> None:
        entry.triggered.connect(self._performer(name))
        self._shortcuts[name] = entry
        self._window.addAction(entry)

    def _performer(self, name: str) -> Callable[[], object]:
        return lambda: self._deeds.perform(name)

    def _themes(self, part: QMenu) -> None:
        themes = part.addMenu(tr("Theme"))
        group = QActionGroup(themes)
        entries = {}
        for name, label in THEMES.items():
            entry = entries[name] = self._entry(themes, f"theme_{name}", label)
            entry.setCheckable(True)
            group.addAction(entry)
        themes.aboutToShow.connect(lambda: entries[self._deeds.theme_name()].setChecked(True))
