"""The window in which a person says when a glyph or a command shall run again and again.

Qt main thread. It reads nothing and keeps nothing: it asks for a preview and says what was pressed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)
from shiboken6 import isValid

from qntx_desktop.model.clock import now_us
from qntx_desktop.model.errors import ErrInvalidSchedule, QntxError
from qntx_desktop.model.schedule import MAX_INTERVAL_S, MissedPolicy, Schedule, ScheduleState, Timing
from qntx_desktop.ui import told
from qntx_desktop.ui.dialogs.frame import Frame, heading
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.panels.parts import set_tone
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme
from qntx_desktop.ui.told import timed
from qntx_desktop.ui.wording import DOT, one_line, when

Preview = tuple[str, tuple[int, ...]]
AskPreview = Callable[[Timing, Callable[[Preview], None], Callable[[QntxError], None]], None]

TYPED_MS = 150
UNITS = ((tr("seconds"), 1), (tr("minutes"), 60), (tr("hours"), 3600), (tr("days"), 86_400))
MISSED = (
    (MissedPolicy.ONCE, tr("one run for all that was missed")),
    (MissedPolicy.SKIP, tr("nothing")),
    (MissedPolicy.ALL, tr("a run for each, at most 100")),
)
_CRON_EXAMPLE = "0 9 * * MON-FRI"
_COMMAND_EXAMPLE = "ix csv ./people.csv"


class ScheduleView(Frame):
    """Makes or changes a schedule.

    Args:
        command: What shall run.
        changed: Whether that is something else than the schedule runs until now.
        schedule: The schedule that is there already, if any.
        zone: This machine's time zone.
        zones: The names to choose from.
        writes: The person writes the command here.
        ask_preview: Called with a time table; answers with its words and next moments, or what is wrong.

    Signals:
        chosen(timing, missed): Keep this.
        pressed(verb): `pause`, `resume`, `run`, `duplicate` or `remove`.
    """

    chosen = Signal(object, object)
    pressed = Signal(str)

    def __init__(
        self,
        command: str,
        schedule: Schedule | None,
        changed: bool,
        zone: str,
        zones: Sequence[str],
        ask_preview: AskPreview,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        writes: bool = False,
    ) -> None:
        super().__init__(tr("Schedule"), theme, parent)
        self._writes = writes
        self.setObjectName("schedule_view")
        self.resize(500, 420)
        self._ask_preview = ask_preview
        self._asked = 0
        self._schedule = schedule
        self._here = zone
        self._typed = QTimer(self)
        self._typed.setSingleShot(True)
        self._typed.setInterval(TYPED_MS)
        self._typed.timeout.connect(self._preview)
        timing = schedule.timing if schedule is not None else Timing(interval_s=300, timezone=zone)
        self.command = QLineEdit(command)
        what = one_line(command, 60) or (tr("a command") if writes else tr("this script"))
        self.body.addWidget(heading(tr("Run again and again: {what}").format(what=what)))
        if schedule is not None and changed:
            old = tr("Until now it runs: {command}").format(command=one_line(schedule.command, 120))
            self.body.addWidget(plain_label(old, tone="dim", wrap=True))
        self._add_fields(timing, schedule.missed if schedule is not None else MissedPolicy.ONCE, zone, zones)
        self.says = plain_label(wrap=True)
        self.says.setMinimumHeight(6 * self.fontMetrics().lineSpacing())
        self.says.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self.says, 1)
        self.body.addLayout(self._buttons())
        self._form.setRowVisible(self.command, writes)
        self._show_fields()
        if not writes:
            (self.amount if timing.cron is None else self.cron).setFocus()
        else:
            self.command.setFocus()

    def timing(self) -> Timing:
        """What the fields say, unchecked."""
        zone = self.zone.currentText().strip()
        if self.kind.currentIndex() == 1:
            return Timing(cron=self.cron.text(), timezone=zone)
        return Timing(interval_s=self.amount.value() * int(self.unit.currentData()), timezone=zone)

    def typed(self) -> str:
        """The command that was written here."""
        return self.command.text().strip()

    def fail(self, error: QntxError) -> None:
        """Say why it cannot be kept; the fields stay as they are."""
        self._say(told.whole(error), bad=True)

    def _add_fields(self, timing: Timing, missed: MissedPolicy, zone: str, zones: Sequence[str]) -> None:
        self.command.setAccessibleName(tr("Command"))
        self.command.setPlaceholderText(_COMMAND_EXAMPLE)
        self.command.returnPressed.connect(self._choose)
        self.kind = _combo(tr("When"), [(tr("at intervals"), 0), (tr("by a cron line"), 1)])
        self.amount = QSpinBox()
        self.amount.setAccessibleName(tr("Every how many"))
        self.amount.setRange(1, MAX_INTERVAL_S)
        self.amount.lineEdit().setTextMargins(7, 0, 0, 0)
        self.unit = _combo(tr("Unit of the interval"), UNITS)
        self._set_interval(timing.interval_s or 300)
        self.cron = QLineEdit(timing.cron or "")
        self.cron.setAccessibleName(tr("Cron line"))
        self.cron.setPlaceholderText(_CRON_EXAMPLE)
        self.zone = QComboBox()
        self.zone.setAccessibleName(tr("Time zone of the cron line"))
        self.zone.setEditable(True)
        self.zone.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.zone.addItems(list(zones))
        completer = QCompleter(list(zones), self.zone)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.zone.setCompleter(completer)
        self.zone.setCurrentText(timing.timezone if timing.cron is not None else zone)
        self.missed = _combo(tr("What was missed"), [(text, policy) for policy, text in MISSED])
        self.missed.setCurrentIndex([policy for policy, _ in MISSED].index(missed))
        self.kind.setCurrentIndex(0 if timing.cron is None else 1)
        every = QHBoxLayout()
        every.addWidget(self.amount, 1)
        every.addWidget(self.unit, 1)
        self._form = QFormLayout()
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.setVerticalSpacing(10)
        self._every = QWidget()
        self._every.setLayout(every)
        every.setContentsMargins(0, 0, 0, 0)
        for label, field in (
            (tr("Command"), self.command),
            (tr("When"), self.kind),
            (tr("Every"), self._every),
            (tr("Cron line"), self.cron),
            (tr("Time zone"), self.zone),
            (tr("What was missed gets"), self.missed),
        ):
            self._form.addRow(label, field)
        self.body.addLayout(self._form)
        self.kind.currentIndexChanged.connect(self._show_fields)
        for signal in (
            self.amount.valueChanged,
            self.unit.currentIndexChanged,
            self.cron.textChanged,
            self.zone.currentTextChanged,
        ):
            signal.connect(self._later)
        self.cron.returnPressed.connect(self._choose)

    def _set_interval(self, seconds: int) -> None:
        for index in range(len(UNITS) - 1, -1, -1):
            size = UNITS[index][1]
            if seconds % size == 0:
                self.unit.setCurrentIndex(index)
                self.amount.setValue(seconds // size)
                return

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        schedule = self._schedule
        if schedule is not None:
            paused = schedule.state is ScheduleState.PAUSED
            self.remove = self._button(tr("Remove it"), "")
            self.remove.setMinimumWidth(self.remove.sizeHint().width() + 24)
            self.remove.setText(tr("Remove"))
            self.remove.clicked.connect(self._remove)
            row.addWidget(self.remove)
            row.addWidget(self._button(tr("Go on") if paused else tr("Pause"), "resume" if paused else "pause"))
            row.addWidget(self._button(tr("Run now"), "run"))
            row.addWidget(self._button(tr("Duplicate"), "duplicate"))
        row.addStretch(1)
        self.save = QPushButton(tr("Keep") if schedule is not None else tr("Schedule"))
        self.save.setProperty("kind", "accent")
        self.save.clicked.connect(self._choose)
        row.addWidget(self.save)
        return row

    def _button(self, text: str, verb: str) -> QPushButton:
        button = QPushButton(text)
        if verb:
            button.clicked.connect(lambda: self.pressed.emit(verb))
            button.clicked.connect(self.close)
        return button

    def _remove(self) -> None:
        """The second press does it."""
        if self.remove.property("kind") == "danger":
            self.pressed.emit("remove")
            self.close()
            return
        self.remove.setText(tr("Remove it"))
        self.remove.setProperty("kind", "danger")
        self.remove.style().unpolish(self.remove)  # a style sheet only looks again when it is told to
        self.remove.style().polish(self.remove)
        self._say(tr("Its runs stay. Press again to remove the schedule."))

    def _show_fields(self) -> None:
        by_cron = self.kind.currentIndex() == 1
        self._form.setRowVisible(self._every, not by_cron)
        self._form.setRowVisible(self.cron, by_cron)
        self._form.setRowVisible(self.zone, by_cron)
        self._preview()

    def _later(self) -> None:
        self._typed.start()

    def _preview(self) -> None:
        self._typed.stop()
        if self.kind.currentIndex() == 1 and not self.cron.text().strip():
            self._say(
                tr("Minute, hour, day of the month, month, day of the week: {_CRON_EXAMPLE}").format(
                    _CRON_EXAMPLE=_CRON_EXAMPLE
                )
            )
            return
        self._asked += 1
        number = self._asked
        timing = self.timing()
        elsewhere = timing.cron is not None and timing.timezone != self._here

        def wanted() -> bool:  # the window may have been closed, and deleted, meanwhile
            return isValid(self) and number == self._asked

        def answered(preview: Preview) -> None:
            if wanted():
                self._say(preview_words(preview, timing, elsewhere=elsewhere))

        def failed(error: QntxError) -> None:
            if wanted():
                self.fail(error)

        self._ask_preview(timing, answered, failed)

    def _choose(self) -> None:
        if self._writes and not self.typed():
            hint = tr("One looks like this: {_COMMAND_EXAMPLE}").format(_COMMAND_EXAMPLE=_COMMAND_EXAMPLE)
            self.fail(ErrInvalidSchedule("command", "there is no command", hint))
            return
        if self.kind.currentIndex() == 1 and not self.cron.text().strip():
            self.fail(
                ErrInvalidSchedule(
                    "cron",
                    "there is no cron line",
                    tr("One looks like this: {_CRON_EXAMPLE}").format(_CRON_EXAMPLE=_CRON_EXAMPLE),
                )
            )
            return
        self._typed.stop()
        self._asked += 1  # what a look at the times still answers must not take the place of why it is refused
        self.chosen.emit(self.timing(), self.missed.currentData())

    def _say(self, text: str, *, bad: bool = False) -> None:
        self.says.setText(text)
        set_tone(self.says, "bad" if bad else "dim")


def preview_words(preview: Preview, timing: Timing, *, elsewhere: bool) -> str:
    """`Every 5 minutes · next:` and the next moments; `elsewhere`: the zone is not this machine's."""
    words, moments = timed(preview[0], timing), preview[1]
    now = now_us()
    head = f"{words[:1].upper()}{words[1:]}{DOT}{tr('next')}{tr(', by the clock here') if elsewhere else ''}:"
    return "\n".join([head, *(when(at, now) for at in moments)])


def _combo(name: str, entries: Sequence[tuple[str, object]]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for text, value in entries:
        box.addItem(text, value)
    return box
