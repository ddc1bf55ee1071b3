"""Who may use the API: make, rotate and revoke tokens. Qt main thread."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from qntx_desktop.model.api_token import ALL_SCOPES, ApiToken, Scope
from qntx_desktop.model.clock import now_us
from qntx_desktop.ui.dialogs.doors_parts import Rows, ShownOnce, TwoStep, button, row_of
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.panels.notice import Notice
from qntx_desktop.ui.panels.parts import seen_check_box
from qntx_desktop.ui.tasks import Tasks
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme
from qntx_desktop.ui.wording import when

if TYPE_CHECKING:
    from qntx_desktop.app.container import Services

Made = tuple[str, ApiToken]


class TokensPage(QWidget):
    """Lists the clients of the API."""

    def __init__(self, services: Services, tasks: Tasks, theme: Theme) -> None:
        super().__init__()
        self._services = services
        self._tasks = tasks
        self._tokens: tuple[ApiToken, ...] = ()
        self.rows = Rows(tr("Clients of the API"), (tr("Client"), tr("May"), tr("Made"), tr("Last used")), wide=1)
        self.name = QLineEdit()
        self.name.setPlaceholderText(tr("name of a client, such as dashboard"))
        self.name.setAccessibleName(tr("Name of a new client"))
        self.name.returnPressed.connect(self._make)
        self.scopes = {scope: seen_check_box(theme) for scope in ALL_SCOPES}
        for scope, box in self.scopes.items():
            box.setText(str(scope))
            box.setChecked(True)
        self.make = button(tr("Make a token"), self._make)
        self.rotate = TwoStep(tr("New token"), tr("The old one ends: sure?"))
        self.revoke = TwoStep(tr("Revoke"), tr("It cannot come back: sure?"))
        self.rotate.meant.connect(lambda: self._with_chosen(self._rotate))
        self.revoke.meant.connect(lambda: self._with_chosen(self._revoke))
        self.shown = ShownOnce()
        self.notice = Notice()
        self.notice.retry_requested.connect(self.read)
        self._lay_out()
        self.rows.itemSelectionChanged.connect(self._choose)
        self.read()

    def read(self) -> None:
        """Read the list again."""
        self.notice.say("")
        self._tasks.run(self, self._services.api_tokens.list, then=self._show, failed=self.notice.fail)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.rows, 1)
        column.addLayout(row_of(self.rotate, self.revoke))
        column.addWidget(self.shown)
        column.addWidget(self.notice)
        words = tr("A token is shown once. It goes into the header Authorization: Bearer TOKEN.")
        column.addWidget(plain_label(words, wrap=True, tone="dim"))
        column.addLayout(row_of(self.name, *self.scopes.values(), self.make, stretch=0))

    def _show(self, tokens: tuple[ApiToken, ...]) -> None:
        self._tokens = tokens
        self.rows.show_rows(
            [
                (
                    each.name,
                    ", ".join(each.scopes),
                    when(each.made_at_us, now_us()),
                    when(each.last_used_at_us, now_us()) if each.last_used_at_us else tr("never"),
                )
                for each in tokens
            ]
        )
        if not tokens:
            self.notice.say(tr("Nobody may use the API yet."))
        self._choose()

    def _choose(self) -> None:
        for each in (self.rotate, self.revoke):
            each.setEnabled(self.rows.chosen() >= 0)

    def _with_chosen(self, do: object) -> None:
        row = self.rows.chosen()
        if 0 <= row < len(self._tokens) and callable(do):
            do(self._tokens[row].name)

    def _make(self) -> None:
        scopes: tuple[Scope, ...] = tuple(scope for scope, box in self.scopes.items() if box.isChecked())
        if not scopes:
            self.notice.say(tr("Choose what it may."))
            return
        call = partial(self._services.api_tokens.create, self.name.text().strip(), scopes)
        self._tasks.run(self, call, then=self._made, failed=self.notice.fail)

    def _rotate(self, name: str) -> None:
        self._tasks.run(self, self._services.api_tokens.rotate, name, then=self._made, failed=self.notice.fail)

    def _revoke(self, name: str) -> None:
        self.shown.show_text("", "")
        self._tasks.run(self, self._services.api_tokens.revoke, name, then=self._gone, failed=self.notice.fail)

    def _made(self, made: Made) -> None:
        token, client = made
        self.name.clear()
        self.read()
        self.shown.show_text(tr("Token of {name}, shown once").format(name=client.name), token)

    def _gone(self, _client: ApiToken) -> None:
        self.read()
