"""The secrets of a home: names and facts, never values; and the key that they are sealed with.

Qt main thread. It shows what it is told and says what was pressed. A value that is typed leaves its field as soon
as it is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from qntx_desktop.model.errors import QntxError
from qntx_desktop.model.secret import KeySource, SecretFacts
from qntx_desktop.ui import told
from qntx_desktop.ui.dialogs.frame import Frame, heading
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.panels.notice import Notice
from qntx_desktop.ui.panels.parts import quiet_button, set_tone
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme, mono_font
from qntx_desktop.ui.wording import DOT, one_line, when

SURE_MS = 5_000
"""How long the second press of a removal is waited for."""
_SOURCES = {
    KeySource.NONE: tr("There is no key yet: it is made with the first secret."),
    KeySource.KEYRING: tr("Their key lies in the keyring of this computer."),
    KeySource.PASSPHRASE: tr("Their key is sealed under a passphrase."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFacts:
    """What is known about the key; `trouble` is None while nobody asked, or when all is well."""

    source: KeySource
    recoverable: bool
    trouble: QntxError | None = None
    asked: bool = False


class SecretsView(Frame):
    """Sets, replaces and removes secrets, and looks after their key.

    Signals:
        set_wanted(name, value, session_only), remove_wanted(name): As it says.
        run_wanted(execution_id): Show the run that used a secret last.
        rotate_wanted, code_wanted, ask_again_wanted: A new key, a recovery code, to ask the keyring again.
        passphrase_given(text), code_given(code, passphrase): Ways to a key that the keyring does not give; the
            passphrase is to keep it under, and may be empty.
    """

    set_wanted = Signal(str, str, bool)
    remove_wanted = Signal(str)
    run_wanted = Signal(int)
    rotate_wanted = Signal()
    code_wanted = Signal()
    ask_again_wanted = Signal()
    passphrase_given = Signal(str)
    code_given = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(tr("Secrets"), theme, parent)
        self.setObjectName("secrets_view")
        self.resize(680, 520)
        self._key = plain_label(tr("Looking for the key…"), tone="dim", wrap=True)
        self.rotate = _Twice(tr("New key…"), tr("Really a new key"), tr("Seal everything with a new key"))
        self.rotate.sure.connect(self.rotate_wanted)
        self.code = quiet_button(
            tr("Recovery code…"), tr("Make a recovery code; the one before is then worth nothing")
        )
        self.code.clicked.connect(self.code_wanted)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.bar.setAccessibleName(tr("Progress of the new key"))
        self.bar.hide()
        self.notice = Notice()
        self.notice.retry_requested.connect(self.ask_again_wanted)
        self.notice.say("")
        self.ways = _Ways()
        self.ways.passphrase_given.connect(self.passphrase_given)
        self.ways.code_given.connect(self.code_given)
        self.ways.hide()
        self.shown_code = _CodeLine()
        self.shown_code.hide()
        self.rows: dict[str, QWidget] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        self._build()

    def show_key(self, facts: KeyFacts) -> None:
        """Say where the key is, and what can be done when it cannot be had."""
        said = _SOURCES[facts.source]
        if facts.source is not KeySource.NONE:
            said += tr(" There is a recovery code.") if facts.recoverable else tr(" There is no recovery code yet.")
        if not facts.asked:
            said += tr(" Asking for it…") if facts.source is not KeySource.NONE else ""
        self._key.setText(said)
        well = facts.trouble is None
        self.rotate.setEnabled(well and facts.source is not KeySource.NONE)
        self.code.setEnabled(well and facts.source is not KeySource.NONE)
        if facts.trouble is None:
            self.notice.say("")
        else:
            self.notice.fail(facts.trouble)
        self.ways.show_for(facts)

    def show_secrets(self, found: Sequence[SecretFacts], now_us: int) -> None:
        """Show every secret that is set or asked for."""
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = {}
        for facts in found:
            row = _Row(facts, now_us)
            row.set_pressed.connect(self._begin)
            row.remove.sure.connect(lambda name=facts.name: self.remove_wanted.emit(name))
            row.run_pressed.connect(self.run_wanted)
            self.rows[facts.name] = row
            self._list.addWidget(row)
        if not found:
            empty = tr('No secrets yet. A handler that declares one gets it by name: qntx.secret("api-token").')
            self._list.addWidget(plain_label(empty, tone="dim", wrap=True))

    def show_progress(self, done: float | None, total: float | None = None) -> None:
        """How far the new key is; None when no rotation runs."""
        self.bar.setVisible(done is not None)
        self.rotate.setDisabled(done is not None)
        if done is not None:
            self.bar.setRange(0, int(total or 0))
            self.bar.setValue(int(done))

    def show_code(self, code: str) -> None:
        """Show a recovery code, until the window closes."""
        self.shown_code.show_code(code)
        self.shown_code.show()

    def kept(self) -> None:
        """What was typed is kept; the fields are free for the next."""
        self.name.clear()
        self.value.clear()

    def say(self, text: str) -> None:
        """Say that something was done."""
        self._said.setText(text)
        set_tone(self._said, "dim")

    def fail(self, error: QntxError) -> None:
        """Say what could not be done; what was typed stays."""
        self._said.setText(f"▲ {told.whole(error)}")
        set_tone(self._said, "bad")

    def said(self) -> str:
        """What it says below the fields."""
        return self._said.text()

    def _build(self) -> None:
        key = QHBoxLayout()
        key.addWidget(self._key, 1)
        key.addWidget(self.code, 0, Qt.AlignmentFlag.AlignTop)
        key.addWidget(self.rotate, 0, Qt.AlignmentFlag.AlignTop)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._list)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        self.body.addLayout(key)
        for part in (self.bar, self.notice, self.ways, self.shown_code):
            self.body.addWidget(part)
        self.body.addWidget(scroll, 1)
        self.body.addWidget(heading(tr("Set a secret")))
        self.body.addLayout(self._fields())
        self._said = plain_label(wrap=True, tone="dim")
        self.body.addWidget(self._said)

    def _fields(self) -> QGridLayout:
        self.name = _field(tr("Name"), "api-token")
        self.value = _field(tr("Value"), "", hidden=True)
        self.session = QCheckBox(tr("for this session only"))
        self.session.setToolTip(tr("Kept in memory, and gone when QNTX Desktop is closed. Needs no key."))
        self.keep = QPushButton(tr("Keep"))
        self.keep.setProperty("kind", "accent")
        self.keep.clicked.connect(self._hand_over)
        self.value.returnPressed.connect(self._hand_over)
        self.name.returnPressed.connect(self.value.setFocus)
        grid = QGridLayout()
        grid.addWidget(self.name, 0, 0)
        grid.addWidget(self.value, 0, 1)
        grid.addWidget(self.session, 0, 2)
        grid.addWidget(self.keep, 0, 3)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _begin(self, name: str) -> None:
        self.name.setText(name)
        self.value.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hand_over(self) -> None:
        self.set_wanted.emit(self.name.text().strip(), self.value.text(), self.session.isChecked())


class _Row(QWidget):
    """One secret. Signals: set_pressed(name), run_pressed(execution_id)."""

    set_pressed = Signal(str)
    run_pressed = Signal(int)

    def __init__(self, facts: SecretFacts, now_us: int) -> None:
        super().__init__()
        self.facts = facts
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        name = plain_label(one_line(facts.name, 60))
        name.setFont(mono_font())
        row.addWidget(name)
        self.state = plain_label(_state(facts), tone="bad" if not facts.is_set else "dim")
        row.addWidget(self.state)
        row.addStretch(1)
        self.used = plain_label(_use(facts, now_us), tone="dim")
        row.addWidget(self.used)
        if facts.last_execution_id is not None:
            run = quiet_button(
                tr("run").capitalize(), tr("Show the run that used {name} last").format(name=facts.name)
            )
            run.clicked.connect(lambda: self.run_pressed.emit(facts.last_execution_id))
            row.addWidget(run)
        self.set = quiet_button(
            tr("Replace") if facts.is_set else tr("Set"), tr("Set {name}").format(name=facts.name)
        )
        self.set.clicked.connect(lambda: self.set_pressed.emit(facts.name))
        row.addWidget(self.set)
        self.remove = _Twice(tr("Remove"), tr("Really remove"), tr("Remove {name}").format(name=facts.name))
        self.remove.setEnabled(facts.is_set)
        row.addWidget(self.remove)


class _Twice(QPushButton):
    """A button that acts on its second press. Signal: sure."""

    sure = Signal()

    def __init__(self, text: str, again: str, name: str) -> None:
        super().__init__(text)
        self._text, self._again = text, again
        self.setProperty("kind", "quiet")
        self.setAccessibleName(name)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SURE_MS)
        self._timer.timeout.connect(self._calm)
        self.clicked.connect(self._press)

    def _press(self) -> None:
        if self._timer.isActive():
            self._calm()
            self.sure.emit()
        else:
            self._dress(self._again, "danger")
            self._timer.start()

    def _calm(self) -> None:
        self._timer.stop()
        self._dress(self._text, "quiet")

    def _dress(self, text: str, kind: str) -> None:
        self.setText(text)
        self.setProperty("kind", kind)
        self.style().unpolish(self)
        self.style().polish(self)


class _Ways(QWidget):
    """Ways to the key when the keyring does not give it. Signals: passphrase_given(text), code_given(code,
    passphrase)."""

    passphrase_given = Signal(str)
    code_given = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._trouble = self._needed = False
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        self.passphrase = _field(tr("Passphrase"), tr("Passphrase"), hidden=True)
        self.use = QPushButton(tr("Use passphrase"))
        self.code = _field(tr("Recovery code"), tr("Recovery code"))
        self.bring = QPushButton(tr("Bring the key back"))
        for row, (field, button) in enumerate(((self.passphrase, self.use), (self.code, self.bring))):
            grid.addWidget(field, row, 0)
            grid.addWidget(button, row, 1)
        self.use.clicked.connect(self._give_passphrase)
        self.passphrase.returnPressed.connect(self._give_passphrase)
        self.bring.clicked.connect(self._give_code)
        self.code.returnPressed.connect(self._give_code)

    def show_for(self, facts: KeyFacts) -> None:
        """Offer what helps in this trouble."""
        self._trouble = facts.trouble is not None
        self.setVisible(self._trouble or self._needed)
        for part in (self.code, self.bring):
            part.setVisible(facts.recoverable)

    def need(self, needed: bool) -> None:
        """Offer them because a secret could not be kept, or no longer for that."""
        self._needed = needed
        self.setVisible(self._trouble or needed)

    def _give_passphrase(self) -> None:
        text = self.passphrase.text()
        self.passphrase.clear()
        self.passphrase_given.emit(text)

    def _give_code(self) -> None:
        passphrase = self.passphrase.text()
        self.passphrase.clear()
        self.code_given.emit(self.code.text(), passphrase)


class _CodeLine(QWidget):
    """A recovery code, to be copied or printed."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        said = (
            tr("Write this recovery code down and keep it apart from this computer. It is shown once; "
            "a code from before is worth nothing now.")
        )
        column.addWidget(plain_label(said, wrap=True))
        row = QHBoxLayout()
        self.field = QLineEdit()
        self.field.setReadOnly(True)
        self.field.setFont(mono_font())
        self.field.setAccessibleName(tr("Recovery code"))
        copy = QPushButton(tr("Copy"))
        copy.clicked.connect(lambda: QApplication.clipboard().setText(self.field.text()))
        row.addWidget(self.field, 1)
        row.addWidget(copy)
        column.addLayout(row)

    def show_code(self, code: str) -> None:
        """Show this code, selected."""
        self.field.setText(code)
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)


def _field(name: str, hint: str, *, hidden: bool = False) -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(name)
    field.setPlaceholderText(hint or name)
    if hidden:
        field.setEchoMode(QLineEdit.EchoMode.Password)
    return field


def _state(facts: SecretFacts) -> str:
    if facts.session_only:
        return tr("◐ set for this session")
    return tr("● set") if facts.is_set else tr("▲ not set")


def _use(facts: SecretFacts, now_us: int) -> str:
    parts = [tr("for {join}").format(join=one_line(', '.join(facts.used_by), 40))] if facts.used_by else []
    if facts.last_used_at_us is not None:
        parts.append(tr("used {last_used_at_us}").format(last_used_at_us=when(facts.last_used_at_us, now_us)))
    return DOT.join(parts)
