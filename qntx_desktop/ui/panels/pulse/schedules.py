"""The schedules at the side of the Pulse panel: what is due next, with Run now, Pause and Edit, and New.

Qt main thread. It is told what to show and says what the person wants.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from qntx_desktop.model.schedule import Schedule, ScheduleState
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.panels.parts import Elided, quiet_button
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.wording import DOT, count, one_line, when

MOST_SHOWN = 50
BESIDE_PX = 350
EMPTY = tr("Nothing is scheduled.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleLine:
    """A schedule and its time table in words."""

    schedule: Schedule
    phrase: str


class _Row(QWidget):
    """One schedule."""

    def __init__(self) -> None:
        super().__init__()
        self.command = Elided()
        self.due = Elided("dim")
        self.run = quiet_button(tr("Run now"))
        self.pause = quiet_button(tr("Pause"))
        self.edit = quiet_button(tr("Edit"))
        self.paused = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(0)
        column.addWidget(self.command)
        buttons = QWidget()
        beside = QHBoxLayout(buttons)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(4)
        for button in (self.run, self.pause, self.edit):
            beside.addWidget(button)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(4)
        self._row.addWidget(self.due, 1)
        self._row.addWidget(buttons, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the buttons stand below."""
        super().resizeEvent(event)
        beside = self.width() >= BESIDE_PX
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def show_line(self, line: ScheduleLine, now_us: int) -> None:
        schedule = line.schedule
        self.paused = schedule.state is ScheduleState.PAUSED
        command = one_line(schedule.command, 200)
        self.command.setText(command)
        self.due.setText(due_words(line, now_us))
        self.pause.setText(tr("Resume") if self.paused else tr("Pause"))
        self.run.setAccessibleName(tr("Run {command} now").format(command=command))
        self.edit.setAccessibleName(tr("Edit {command}").format(command=command))
        self.pause.setAccessibleName(f"{self.pause.text()} {command}")


class SchedulesView(QWidget):
    """The schedules, those due first on top.

    Signals:
        asked(action, schedule_id): `run`, `pause`, `resume`, `edit`, or `new` with 0.
    """

    asked = Signal(str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[int, _Row] = {}
        self._column = QVBoxLayout()
        self._more = plain_label("", tone="dim")
        self.new = quiet_button(tr("New"), tr("New schedule"))
        self.new.clicked.connect(lambda: self.asked.emit("new", 0))
        head = QHBoxLayout()
        head.addWidget(plain_label(tr("Schedules"), tone="heading"), 1)
        head.addWidget(self.new)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(2)
        column.addLayout(head)
        column.addLayout(self._column)
        column.addWidget(self._more)
        self.show_lines((), 0)

    def show_lines(self, lines: tuple[ScheduleLine, ...], now_us: int) -> None:
        """Show these; rows that stay are not made again, so that a button keeps the focus."""
        ordered = sorted(lines, key=_order)[:MOST_SHOWN]
        wanted = [line.schedule.id for line in ordered]
        if wanted != list(self._rows):
            self._make(wanted)
        for line in ordered:
            self._rows[line.schedule.id].show_line(line, now_us)
        more = len(lines) - MOST_SHOWN
        self._more.setText(
            tr("… and {more} more: qntx schedule list").format(more=count(more)) if more > 0 else EMPTY
        )
        self._more.setVisible(more > 0 or not lines)

    def words(self) -> tuple[str, ...]:
        """What the rows say, from top to bottom."""
        return tuple(f"{row.command.text()}: {row.due.text()}" for row in self._rows.values())

    def press(self, action: str, schedule_id: int) -> None:
        """Press a button of a row, as by hand."""
        row = self._rows[schedule_id]
        {"run": row.run, "pause": row.pause, "edit": row.edit}[action].click()

    def _make(self, wanted: list[int]) -> None:
        kept = {key: row for key, row in self._rows.items() if key in wanted}
        for key, row in self._rows.items():
            self._column.removeWidget(row)
            if key not in kept:
                row.hide()
                row.deleteLater()
        self._rows = {key: kept.get(key) or self._new(key) for key in wanted}
        for row in self._rows.values():
            self._column.addWidget(row)

    def _new(self, schedule_id: int) -> _Row:
        row = _Row()
        row.run.clicked.connect(lambda: self.asked.emit("run", schedule_id))
        row.edit.clicked.connect(lambda: self.asked.emit("edit", schedule_id))
        row.pause.clicked.connect(lambda: self.asked.emit("resume" if row.paused else "pause", schedule_id))
        return row


def due_words(line: ScheduleLine, now_us: int) -> str:
    """`next today 12:05 · every 5 minutes`, or why there is no next one; what matters most is cut last."""
    schedule = line.schedule
    if schedule.state is ScheduleState.PAUSED:
        told = tr("paused")
    elif schedule.next_run_at_us is None:
        told = tr("no more runs")
    else:
        told = tr("next {next_run_at_us}").format(next_run_at_us=when(schedule.next_run_at_us, now_us))
    return f"{told}{DOT}{line.phrase}"


def _order(line: ScheduleLine) -> tuple[bool, int, int]:
    schedule = line.schedule
    paused = schedule.state is ScheduleState.PAUSED or schedule.next_run_at_us is None
    return paused, schedule.next_run_at_us or 0, schedule.id
