"""The window of the local API: whether it is on and where, who may come in, and what came. Qt main thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QTabWidget, QWidget

from qntx_desktop.api.switch import ApiState
from qntx_desktop.ui import told
from qntx_desktop.ui.dialogs.doors_parts import button, row_of
from qntx_desktop.ui.dialogs.frame import Frame
from qntx_desktop.ui.dialogs.hooks_page import HooksPage
from qntx_desktop.ui.dialogs.tokens_page import TokensPage
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.panels.parts import seen_check_box, set_tone
from qntx_desktop.ui.preferences import Preferences
from qntx_desktop.ui.tasks import Tasks
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme

if TYPE_CHECKING:
    from qntx_desktop.app.container import Services
    from qntx_desktop.ui.doors import Doors

_SWITCHES = (
    ("api.enabled", tr("Answer programs, with tokens")),
    ("api.webhooks", tr("Take webhooks, with secrets")),
)


class DoorsView(Frame):
    """Shows and changes what programs may do from outside the window."""

    def __init__(
        self,
        doors: Doors,
        services: Services,
        tasks: Tasks,
        preferences: Preferences,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("API and webhooks"), theme, parent)
        self.setObjectName("doors_view")
        self.resize(760, 600)
        self._preferences = preferences
        self.place = plain_label(wrap=True)
        self.place.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.copy = button(tr("Copy address"), self._copy)
        self._state = doors.state
        self.switches = {key: self._switch(key, words) for key, words in _SWITCHES}
        self.tokens = TokensPage(services, tasks, theme)
        self.hooks = HooksPage(services, tasks, lambda: self._state.address if self._state.webhooks else None)
        self.body.addLayout(row_of(*self.switches.values()))
        self.body.addLayout(row_of(self.place, self.copy, stretch=0))
        tabs = QTabWidget()
        tabs.addTab(self.tokens, tr("Tokens"))
        tabs.addTab(self.hooks, tr("Webhooks"))
        self.body.addWidget(tabs, 1)
        self.tabs = tabs
        doors.changed.connect(self._show)
        preferences.changed.connect(self._set)
        self._show(doors.state)

    def _switch(self, key: str, words: str) -> QCheckBox:
        box = seen_check_box(self.theme)
        box.setText(words)
        box.setToolTip(key)
        box.setChecked(bool(self._preferences.get(key)))
        box.clicked.connect(lambda on: self._preferences.set(key, on))
        return box

    def _set(self, key: str, value: object) -> None:
        if key in self.switches:
            self.switches[key].setChecked(bool(value))

    def _show(self, state: ApiState) -> None:
        self._state = state
        tone, words = "dim", tr("Off. Nothing listens.")
        if state.error is not None:
            tone, words = "bad", f"▲ {told.message(state.error)}\n{told.hint(state.error)}"
        elif state.address is not None:
            tone, words = (
                "",
                tr("Listens on {address}, reached from this computer only.").format(address=state.address),
            )
        self.place.setText(words)
        set_tone(self.place, tone)
        self.copy.setVisible(state.address is not None)

    def _copy(self) -> None:
        QApplication.clipboard().setText(self._state.address or "")
