"""The window in which a source is added or changed: it tries the address and offers its branches and tags.

Qt main thread. It calls no service: it asks, and says what was pressed. What was typed stays when it is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from qntx_desktop.model.errors import QntxError
from qntx_desktop.model.source import GIT, LONGEST_INTERVAL_S, MANUAL, Source
from qntx_desktop.services.syncing import Offers
from qntx_desktop.ui import told
from qntx_desktop.ui.dialogs.frame import Frame, heading
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.panels.parts import quiet_button, set_tone
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme
from qntx_desktop.ui.wording import counted

Look = Callable[[str, str | None, Callable[[Offers], None], Callable[[QntxError], None]], None]
UNITS = ((tr("minutes"), 60), (tr("hours"), 3_600), (tr("days"), 86_400), (tr("seconds"), 1))
DEFAULT, BRANCH, TAG, COMMIT = range(4)
_KINDS = (tr("the default branch"), tr("a branch"), tr("a tag"), tr("one commit"))
_KEYS = {BRANCH: "branch", TAG: "tag", COMMIT: "commit"}
_KEPT = tr("set; leave empty to keep it")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the form says. A token or secret of None stays as it is, an empty one is taken away."""

    name: str
    type: str
    settings: dict[str, Any]
    token: str | None
    interval_seconds: int
    webhook_enabled: bool
    webhook_secret: str | None
    secret_in_query: bool


class SourceForm(Frame):
    """Makes or changes a source.

    Args:
        source: What is changed; None: a new one is made.
        look: Tries an address with a token; answers with what it offers or why not.

    Signals:
        chosen(Wanted): Keep this.
    """

    chosen = Signal(object)

    def __init__(self, source: Source | None, look: Look, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(tr("Change the source") if source else tr("Add a source"), theme, parent)
        self.setObjectName("source_form")
        self.resize(540, 460)
        self._source, self._look, self._asked = source, look, 0
        self._offers: Offers | None = None
        self.body.addWidget(heading(source.name if source else tr("Where does the code come from?")))
        self.kind = QComboBox()
        self.name, self.url, self.token = QLineEdit(), QLineEdit(), QLineEdit()
        self.follow, self.ref = QComboBox(), QComboBox()
        self.every, self.unit = QSpinBox(), QComboBox()
        self.by_itself = QCheckBox(tr("Sync by itself every"))
        self.review = QCheckBox(tr("Hold new revisions until I have looked at them"))
        self.webhook = QCheckBox(tr("Let webhooks ask for a sync"))
        self.secret = QLineEdit()
        self.drop_token = QCheckBox(tr("Take the token away"))
        self.drop_secret = QCheckBox(tr("Take the webhook secret away: anyone who reaches the port may then ask"))
        self.in_query = QCheckBox(tr("The secret may come in the address, as ?secret=, where logs may keep it"))
        self.test = quiet_button(tr("Test"), tr("Try the address and list branches and tags"))
        self.says = plain_label(wrap=True, tone="dim")
        self.accept = QPushButton(tr("Keep") if source else tr("Add"))
        self._fill_fields()
        self._lay_out()
        self._take(source)
        self._show_fields()
        (self.url if source else self.name).setFocus()

    def wanted(self) -> Wanted:
        """What the fields say, unchecked."""
        is_git = self.kind.currentIndex() == 0
        follow = self.follow.currentIndex()
        settings: dict[str, Any] = {}
        if is_git:
            settings = {"url": self.url.text().strip(), "review": self.review.isChecked()}
            settings |= dict.fromkeys(_KEYS.values())
            if follow in _KEYS:
                settings[_KEYS[follow]] = self.ref.currentText().strip()
        interval = self.every.value() * int(self.unit.currentData()) if self.by_itself.isChecked() else 0
        return Wanted(
            name=self.name.text().strip(),
            type=GIT if is_git else MANUAL,
            settings=settings,
            token="" if self.drop_token.isChecked() else self.token.text() or None,
            interval_seconds=interval if is_git else 0,
            webhook_enabled=self.webhook.isChecked(),
            webhook_secret="" if self.drop_secret.isChecked() else self.secret.text() or None,
            secret_in_query=self.in_query.isChecked(),
        )

    def fail(self, error: QntxError) -> None:
        """Say why it cannot be kept; the cursor goes to the field."""
        self.accept.setEnabled(True)
        self._say(f"▲ {told.whole(error)}", bad=True)
        places = {"name": self.name, "token": self.token, "webhook_secret": self.secret, "commit": self.ref}
        places |= {"branch": self.ref, "tag": self.ref, "interval_seconds": self.every}
        field = self.url if error.code == "invalid_url" else places.get(str(error.details.get("field", "")))
        if field is not None:
            field.setFocus()

    def event(self, event: QEvent) -> bool:
        """Stay tall enough for what is said."""
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self.setMinimumHeight(max(0, self.body.totalHeightForWidth(self.width())))
        return done

    def _fill_fields(self) -> None:
        self.kind.addItems([tr("a git repository"), tr("a folder of my own")])
        self.follow.addItems(list(_KINDS))
        self.ref.setEditable(True)
        self.ref.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        for text, seconds in UNITS:
            self.unit.addItem(text, seconds)
        self.every.setRange(1, LONGEST_INTERVAL_S)
        self.every.setGroupSeparatorShown(True)
        self.every.setValue(15)
        self.name.setPlaceholderText(tr("Name, such as my-repo"))
        self.url.setPlaceholderText("https://…/project.git")
        for field in (self.token, self.secret):
            field.setEchoMode(QLineEdit.EchoMode.Password)
        self.token.setPlaceholderText(tr("None needed for public repositories"))
        self.secret.setPlaceholderText(
            tr("At least 16 characters; without one anyone who reaches the port may ask")
        )
        named: tuple[tuple[QWidget, str], ...] = (
            (self.kind, tr("Kind of source")),
            (self.name, tr("Name")),
            (self.url, tr("Address")),
            (self.token, tr("Access token")),
            (self.follow, tr("What to follow")),
            (self.ref, tr("Branch, tag or commit")),
            (self.every, tr("Every how many")),
            (self.unit, tr("Unit of the interval")),
            (self.secret, tr("Webhook secret")),
        )
        for widget, name in named:
            widget.setAccessibleName(name)

    def _lay_out(self) -> None:
        self._form = form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setVerticalSpacing(10)
        self._where = _row(self.url, self.test)
        self._ref_row = _row(self.follow, self.ref)
        self._every_row = _row(self.by_itself, self.every, self.unit)
        form.addRow(tr("Kind"), self.kind)
        form.addRow(tr("Name"), self.name)
        form.addRow(tr("Address"), self._where)
        form.addRow(tr("Token"), self.token)
        form.addRow("", self.drop_token)
        form.addRow(tr("Follow"), self._ref_row)
        form.addRow("", self._every_row)
        form.addRow("", self.review)
        form.addRow("", self.webhook)
        form.addRow(tr("Webhook secret"), self.secret)
        form.addRow("", self.drop_secret)
        form.addRow("", self.in_query)
        self.body.addLayout(form)
        self.body.addWidget(self.says)
        self.body.addStretch(1)
        cancel = QPushButton(tr("Cancel"))
        self.accept.setProperty("kind", "accent")
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.accept)
        self.body.addLayout(buttons)
        cancel.clicked.connect(self.close)
        self.accept.clicked.connect(self._choose)
        self.test.clicked.connect(self._try)
        for field in (self.name, self.url, self.token, self.secret):
            field.returnPressed.connect(self._choose)
        self.kind.currentIndexChanged.connect(self._show_fields)
        self.follow.currentIndexChanged.connect(self._show_fields)
        self.follow.currentIndexChanged.connect(self._offer)
        self.by_itself.toggled.connect(self._show_fields)
        self.webhook.toggled.connect(self._show_fields)
        self.drop_secret.toggled.connect(self._show_fields)

    def _take(self, source: Source | None) -> None:
        self.drop_token.setVisible(False)
        self.drop_secret.setVisible(False)
        if source is None:
            return
        self.name.setText(source.name)
        self.name.setEnabled(False)
        self.kind.setCurrentIndex(0 if source.syncable else 1)
        self.kind.setEnabled(False)
        settings = source.settings
        self.url.setText(str(settings.get("url") or ""))
        for index, key in _KEYS.items():
            if settings.get(key):
                self.follow.setCurrentIndex(index)
                self.ref.setCurrentText(str(settings[key]))
        self.review.setChecked(bool(settings.get("review")))
        self.webhook.setChecked(source.sync.webhook_enabled)
        self.in_query.setChecked(source.sync.secret_in_query)
        if source.has_token:
            self.token.setPlaceholderText(_KEPT)
        if source.has_webhook_secret:
            self.secret.setPlaceholderText(_KEPT)
        if source.sync.interval_seconds:
            self.by_itself.setChecked(True)
            self._set_interval(source.sync.interval_seconds)

    def _set_interval(self, seconds: int) -> None:
        unit = max((each for _, each in UNITS if seconds % each == 0), default=1)
        self.unit.setCurrentIndex([each for _, each in UNITS].index(unit))
        self.every.setValue(seconds // unit)

    def _show_fields(self) -> None:
        is_git = self.kind.currentIndex() == 0
        for field in (self._where, self.token, self._ref_row, self._every_row, self.review):
            self._form.setRowVisible(field, is_git)
        self._form.setRowVisible(self.drop_token, is_git and bool(self._source and self._source.has_token))
        hooked, drops = self.webhook.isChecked(), self.drop_secret.isChecked()
        self._form.setRowVisible(self.secret, hooked)
        has_secret = self._source is not None and self._source.has_webhook_secret
        self._form.setRowVisible(self.drop_secret, hooked and has_secret)
        self._form.setRowVisible(self.in_query, hooked)
        self.secret.setEnabled(not drops)
        self.in_query.setEnabled(not drops)
        self.ref.setVisible(self.follow.currentIndex() != DEFAULT)
        for widget in (self.every, self.unit):
            widget.setEnabled(self.by_itself.isChecked())
        if not is_git:
            self._say(tr("Its files lie in your home, and are listed, edited and searched here."))
        else:
            self._say(tr("Only https, or http on this computer. The token is sent to this server only."))

    def _choose(self) -> None:
        self.accept.setEnabled(False)
        self.chosen.emit(self.wanted())

    def _try(self) -> None:
        self._asked += 1
        asked = self._asked
        self._say(tr("◐ Asking the server …"))
        self.test.setEnabled(False)

        def then(offers: Offers) -> None:
            if asked == self._asked:
                self._show_offers(offers)

        def failed(error: QntxError) -> None:
            if asked == self._asked:
                self.test.setEnabled(True)
                self._say(f"▲ {told.whole(error)}", bad=True)

        token = "" if self.drop_token.isChecked() else self.token.text() or None
        self._look(self.url.text(), token, then, failed)

    def _show_offers(self, offers: Offers) -> None:
        self.test.setEnabled(True)
        typed = self.ref.currentText()
        self.ref.clear()
        self.ref.addItems(list(offers.tags if self.follow.currentIndex() == TAG else offers.branches))
        self.ref.setCurrentText(typed or offers.default_branch or "")
        self._offers = offers
        default = (
            tr(", by default {default_branch}").format(default_branch=offers.default_branch)
            if offers.default_branch
            else ""
        )
        branches = counted(len(offers.branches), "branch", "branches")
        self._say(
            tr("● It answers: {branches}{default}; {tags}.").format(
                branches=branches, default=default, tags=counted(len(offers.tags), "tag")
            )
        )

    def _offer(self) -> None:
        if self._offers is None:
            return
        names = {BRANCH: self._offers.branches, TAG: self._offers.tags}.get(self.follow.currentIndex(), ())
        self.ref.clear()
        self.ref.addItems(list(names))

    def _say(self, text: str, *, bad: bool = False) -> None:
        self.says.setText(text)
        set_tone(self.says, "bad" if bad else "dim")


def _row(*fields: QWidget) -> QWidget:
    row = QWidget()
    inside = QHBoxLayout(row)
    inside.setContentsMargins(0, 0, 0, 0)
    for field in fields:
        inside.addWidget(field, 1 if isinstance(field, QLineEdit | QComboBox) else 0)
    return row
