"""One job in full: where it stands, what it says while it runs, what came out, and what can be done about it.

Qt main thread. It is told what to show and says what the person wants.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from qntx_desktop.model.code_file import read_code_file
from qntx_desktop.model.confinement import KNOWN_LEVELS, held_words
from qntx_desktop.model.job import PYTHON_SCRIPT, Execution, ExecutionStatus, Job, JobStatus, LogLine
from qntx_desktop.ui import told
from qntx_desktop.ui.dialogs.frame import read_only_text, show_text
from qntx_desktop.ui.glyphs.run_words import attestations_words, job_chip, progress_words, waiting_words
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.panels.flow import Flow
from qntx_desktop.ui.panels.parts import chip_text, quiet_button, set_tone
from qntx_desktop.ui.panels.pulse.words import trigger_words
from qntx_desktop.ui.text import figure, tr
from qntx_desktop.ui.theme import Theme
from qntx_desktop.ui.told import held
from qntx_desktop.ui.wording import DOT, clock, count, counted, duration, one_line, run_time, size

MOST_LINES = 2_000
_STEPS = 1_000
_TONE = {"bad": "bad"}
_ATTEMPTS = {
    ExecutionStatus.RUNNING: tr("running"),
    ExecutionStatus.COMPLETED: tr("done"),
    ExecutionStatus.FAILED: tr("failed"),
    ExecutionStatus.CANCELLED: tr("cancelled"),
    ExecutionStatus.INTERRUPTED: tr("interrupted"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class JobFacts:
    """Everything the details show of a job.

    Args:
        execution: The attempt that is shown, the newest one unless the person chose another.
        attempts: All of them, the first one first.
        lines: The newest log lines of the shown one; `skipped` is how many came before.
    """

    job: Job
    execution: Execution | None = None
    attempts: tuple[Execution, ...] = ()
    lines: tuple[LogLine, ...] = ()
    skipped: int = 0


class Details(QWidget):
    """Shows a job.

    Signals:
        asked(action, job_id): `cancel`, `retry`, `results`, `handler`, `glyph`, `pin`, `only_glyph`,
            `only_schedule`, `create_handler`,
            `show_line` or `allow`.
        attempt_asked(job_id, attempt): Show another attempt at it; 0 for whichever is the newest.
    """

    asked = Signal(str, int)
    attempt_asked = Signal(int, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._execution: Execution | None = None
        self._last_seq = 0
        self._title = plain_label("", tone="heading", wrap=True)
        self._state = plain_label("", wrap=True)
        self._facts = plain_label("", tone="dim", wrap=True)
        self.attempts = QComboBox()
        self.attempts.setAccessibleName(tr("Attempt"))
        self.attempts.activated.connect(self._choose)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        self._bar.setAccessibleName(tr("Progress"))
        self._error = plain_label("", tone="bad", wrap=True)
        self._hint = plain_label("", tone="dim", wrap=True)
        self._buttons = {action: quiet_button(label) for action, label in _BUTTONS.items()}
        for action in ("create_handler", "show_line", "allow"):
            self._buttons[action].setProperty("kind", "accent")
        self._log = read_only_text(tr("Log"))
        self._log.setMaximumBlockCount(MOST_LINES)
        self._output = read_only_text(tr("Output"))
        self._result = read_only_text(tr("Result"))
        self._tabs = QTabWidget()
        self._network = read_only_text(tr("Network"))
        tabs = (
            (self._log, tr("log")),
            (self._output, tr("output")),
            (self._result, tr("result")),
            (self._network, tr("network")),
        )
        for field, name in tabs:
            self._tabs.addTab(field, name)
        self._lay_out()
        self.set_theme(theme)

    def _lay_out(self) -> None:
        deeds = Flow(4)
        for action, button in self._buttons.items():
            button.clicked.connect(self._asker(action))
            deeds.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self._title, self._state, self._bar, self._facts, self._error, self._hint):
            column.addWidget(widget)
        column.addLayout(deeds)
        column.addWidget(self.attempts)
        self._tabs.setMinimumHeight(110)
        column.addWidget(self._tabs, 1)

    def _asker(self, action: str) -> Callable[[], None]:
        def ask() -> None:
            if self._job is not None:
                self.asked.emit(action, self._job.id)

        return ask

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of another theme; they come with the panel's sheet."""
        self._theme = theme

    @property
    def job(self) -> Job | None:
        """The job it shows."""
        return self._job

    @property
    def execution(self) -> Execution | None:
        """The newest attempt at it, None before the first."""
        return self._execution

    def show_facts(self, facts: JobFacts, now_us: int) -> None:
        """Show a job; of the one that is shown already only what is new."""
        other = self._job is None or self._job.id != facts.job.id
        again = self._execution is not None and facts.execution is not None and (
            self._execution.id != facts.execution.id
        )
        self._execution = facts.execution
        self._show_attempts(facts)
        self._put(facts.job, now_us)
        if other or again:
            self._log.clear()
            self._last_seq = 0
            if facts.skipped:
                self._log.appendPlainText(tr("… {skipped} lines before").format(skipped=count(facts.skipped)))
        self.add_lines(facts.lines)
        self._show_output()
        if other:
            self._tabs.setCurrentIndex(1 if facts.job.ended and not facts.lines else 0)

    def note(self, job: Job, now_us: int) -> None:
        """Something happened to the job that is shown."""
        if self._job is not None and job.id == self._job.id and not (self._job.ended and not job.ended):
            self._put(job, now_us)

    def add_lines(self, lines: Sequence[LogLine]) -> None:
        """Put log lines of the shown attempt below; the view follows them when it stands at the end."""
        if self._execution is None:
            return
        fresh = [
            line for line in lines if line.execution_id == self._execution.id and line.seq > self._last_seq
        ]
        if fresh:
            self._last_seq = fresh[-1].seq
            # In one go: a widget is laid out once for a hundred lines, not a hundred times.
            self._log.appendPlainText("\n".join(_log_words(line) for line in fresh))

    def _show_attempts(self, facts: JobFacts) -> None:
        """The newest on top; a job with one attempt has nothing to choose from."""
        newest_first = tuple(reversed(facts.attempts))
        self.attempts.clear()
        for each in newest_first:
            self.attempts.addItem(
                tr("Attempt {attempt}{DOT}{_ATTEMPTS}").format(
                    attempt=each.attempt, DOT=DOT, _ATTEMPTS=_ATTEMPTS[each.status]
                ),
                each.attempt,
            )
        if facts.execution is not None:
            self.attempts.setCurrentIndex(self.attempts.findData(facts.execution.attempt))
        self.attempts.setVisible(len(newest_first) > 1)

    def _choose(self, place: int) -> None:
        if self._job is not None:
            self.attempt_asked.emit(self._job.id, self.attempts.itemData(place) if place else 0)

    def log_text(self) -> str:
        """What stands in the log."""
        return self._log.toPlainText()

    def offers(self) -> tuple[str, ...]:
        """What can be asked for now."""
        return tuple(action for action, button in self._buttons.items() if not button.isHidden())

    def button(self, action: str) -> QPushButton:
        """The button of an action."""
        return self._buttons[action]

    def texts(self) -> tuple[str, ...]:
        """What it says, from top to bottom."""
        labels = (self._title, self._state, self._facts, self._error, self._hint)
        return tuple(label.text() for label in labels if label.text())

    def _put(self, job: Job, now_us: int) -> None:
        self._job = job
        execution = self._execution
        chip = job_chip(job, execution, execution.attestation_count if execution else None)
        parts = (chip_text(chip), *progress_words(job), waiting_words(job))
        command = (execution.command if execution else "") or str(job.payload.get("command") or job.type)
        self._title.setText(one_line(command))
        self._state.setText(DOT.join(part for part in parts if part))
        set_tone(self._state, _TONE.get(chip.tone, ""))
        self._facts.setText(_facts_words(job, execution, now_us))
        self._show_bar(job)
        earlier = execution is not None and execution.attempt < job.attempt
        error: Mapping[str, Any] = (execution.error if execution is not None and earlier else job.error) or {}
        self._say(self._error, told.message(error))
        self._say(self._hint, told.hint(error))
        for action, button in self._buttons.items():
            button.setVisible(action in _offered(job, execution))
        if execution is not None:
            self._buttons["results"].setText(attestations_words(execution.attestation_count))
            handler = one_line(execution.handler_type or "", 28)
            self._buttons["handler"].setText(
                tr("Handler {handler} v{handler_version}").format(
                    handler=handler, handler_version=execution.handler_version
                )
            )
        line = (error.get("details") or {}).get("line")
        self._buttons["show_line"].setText(tr("Show line {line}").format(line=line))

    def _show_bar(self, job: Job) -> None:
        self._bar.setVisible(job.status is JobStatus.RUNNING)
        if job.progress_total and job.progress_total > 0:
            self._bar.setRange(0, _STEPS)
            self._bar.setValue(int(_STEPS * max(0.0, min(1.0, job.progress_current / job.progress_total))))
        else:
            self._bar.setRange(0, _STEPS)
            self._bar.setValue(0)

    def _show_output(self) -> None:
        execution = self._execution
        _show_new(self._output, output_words(execution) if execution is not None else "")
        result = self._job.result if self._job is not None else None
        shown = "" if result is None else json.dumps(result, ensure_ascii=False, indent=2)
        _show_new(self._result, shown)
        self._tabs.setTabVisible(2, result is not None)
        reached = network_words(execution) if execution is not None else ""
        _show_new(self._network, reached)
        self._tabs.setTabVisible(3, bool(reached))

    @staticmethod
    def _say(label: Any, text: str) -> None:
        label.setText(one_line(text, 2_000))
        label.setVisible(bool(text))

    def output_field(self) -> QPlainTextEdit:
        """The field with what the run printed."""
        return self._output


_BUTTONS = {
    "create_handler": tr("Create handler"),
    "show_line": tr("Show line"),
    "allow": tr("Allow…"),
    "cancel": tr("Cancel"),
    "retry": tr("Retry"),
    "results": tr("Attestations"),
    "handler": tr("Handler"),
    "glyph": tr("Go to glyph"),
    "only_glyph": tr("Runs of this glyph"),
    "only_schedule": tr("Runs of this schedule"),
    "pin": tr("Put on the canvas"),
}


def _offered(job: Job, execution: Execution | None) -> set[str]:
    """What can be done about a job now."""
    code = str((job.error or {}).get("code", ""))
    details = (job.error or {}).get("details") or {}
    offered = {"retry"} if job.ended else set() if job.cancel_requested else {"cancel"}
    if code == "no_ingest_script":
        offered.add("create_handler")
    if code in ("handler_failed", "syntax_error") and details.get("line") and script_type_of(job, execution):
        offered.add("show_line")
    if job.waiting_code == "permission_required":
        offered.add("allow")
    if execution is not None and execution.attestation_count:
        offered.add("results")
    if execution is not None and execution.handler_version:
        offered.add("handler")
    if job.reference_type == "glyph":
        offered |= {"glyph", "only_glyph"}
    if job.schedule_id is not None:
        offered.add("only_schedule")
    if execution is not None and job.ended:
        offered.add("pin")
    return offered


def _show_new(field: QPlainTextEdit, text: str) -> None:
    """A field that shows the same already keeps its place and what is selected in it."""
    if text != field.toPlainText():
        show_text(field, text)


def output_words(execution: Execution) -> str:
    """What a run printed, and how much of it was not kept."""
    parts = [part for part in (execution.stdout, execution.stderr) if part]
    dropped = execution.stdout_dropped_bytes + execution.stderr_dropped_bytes
    parts += [tr("… {dropped} more were dropped").format(dropped=size(dropped))] * bool(dropped)
    return "\n".join(parts)


def network_words(execution: Execution) -> str:
    """Whom a run reached for, one attempt a line; the first of very many."""
    shown = execution.connections[:MOST_LINES]
    lines = [f"{clock(each.at_us)}  {each.target}  {told.said(each.sentence)}" for each in shown]
    more = len(execution.connections) - len(shown)
    return "\n".join([*lines, *[f"… {counted(more, 'more connection')}"] * bool(more)])


def script_type_of(job: Job, execution: Execution | None) -> str:
    """The handler that a job asks for, empty for a plain script."""
    details = (job.error or {}).get("details") or {}
    known = execution.handler_type if execution is not None else None
    named = job.payload.get("script_type") if job.payload.get("handler") or job.limit_key else None
    return str(known or details.get("script_type") or named or "")


def code_file_of(job: Job) -> str:
    """The file of a code source that a job runs, `source/path/file.py`; empty for others."""
    file = job.payload.get("code_file")
    return read_code_file(file).reference if isinstance(file, Mapping) else ""


def _facts_words(job: Job, execution: Execution | None, now_us: int) -> str:
    """`Job 7 · by hand · made 12:01:02 · took 0.8 s · attempt 2 · confined`."""
    parts = [
        tr("Job {id}").format(id=count(job.id)),
        trigger_words(execution.trigger if execution else job.trigger),
    ]
    parts.append(tr("made {run_time}").format(run_time=run_time(job.created_at_us, now_us)))
    if execution is not None:
        parts.append(tr("began {run_time}").format(run_time=run_time(execution.started_at_us, now_us)))
        parts += [tr("took {duration_ms}").format(duration_ms=duration(execution.duration_ms))] * (
            execution.duration_ms is not None
        )
        parts += [tr("attempt {attempt}").format(attempt=execution.attempt)] * (execution.attempt > 1)
        parts += [tr("exit code {exit_code}").format(exit_code=execution.exit_code)] * bool(execution.exit_code)
        parts += [tr("cost {cost}").format(cost=figure(f"{execution.cost:g}"))] * bool(execution.cost)
        parts += [confined_words(job, execution)] * (execution.sandbox in KNOWN_LEVELS)
    if job.retry_of is not None:
        parts.append(tr("does job {retry_of} again").format(retry_of=count(job.retry_of)))
    return DOT.join(parts)


def confined_words(job: Job, execution: Execution) -> str:
    """`confined`; of what the app does by itself that it is the app's own, since nobody else's code runs there."""
    own = job.type != PYTHON_SCRIPT and execution.handler_type is None
    return tr("the app's own code") if own else held(held_words(execution.sandbox))


def _log_words(line: LogLine) -> str:
    level = "" if line.level == "info" else f"{line.level}: "
    return f"{clock(line.at_us)}  {level}{one_line(line.message, 2_000)}"
