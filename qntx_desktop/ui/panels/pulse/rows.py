"""The rows of the jobs table: pages that came from the store, brought up to date by what happens.

Qt main thread. It reads nothing itself: `more_wanted` asks for the next page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from qntx_desktop.model.job import Job
from qntx_desktop.model.pulse import PulsePage, PulseRow
from qntx_desktop.ui.canvas.dropping import JOBS_MIME, rows_brought
from qntx_desktop.ui.panels.parts import chip_text
from qntx_desktop.ui.panels.pulse.words import (
    command_words,
    duration_words,
    handler_words,
    state_chip,
    trigger_words,
)
from qntx_desktop.ui.text import language, tr
from qntx_desktop.ui.theme import Theme, tone_colour
from qntx_desktop.ui.wording import run_time

Index = QModelIndex | QPersistentModelIndex
HEADS = (tr("State"), tr("Command"), tr("Handler"), tr("Asked by"), tr("Began"), tr("Took"))
STATE, COMMAND, HANDLER, TRIGGER, BEGAN, TOOK = range(6)
_MORE_PX = 0 if language() == "en" else 60
LEAST_PX = {TRIGGER: 540 + _MORE_PX, HANDLER: 430 + _MORE_PX, BEGAN: 330 + _MORE_PX, TOOK: 250 + _MORE_PX}
"""How wide the table must be to show a column."""


class JobRows(QAbstractTableModel):
    """Jobs, newest first.

    Signals:
        more_wanted: The view has come to the end of what is here, and there is more.
    """

    more_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.now_us = 0
        self._rows: list[PulseRow] = []
        self._place: dict[int, int] = {}
        self._before_id: int | None = None
        self._asked = False

    @property
    def before_id(self) -> int | None:
        """Where the next page begins; None when all is here."""
        return self._before_id

    def row(self, place: int) -> PulseRow | None:
        """The job in a row, None outside."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def place_of(self, job_id: int) -> int:
        """The row of a job, -1 when it is not here."""
        return self._place.get(job_id, -1)

    def replace(self, page: PulsePage, now_us: int) -> None:
        """Show this page and nothing else."""
        self.beginResetModel()
        self.now_us = now_us
        self._rows, self._before_id, self._asked = list(page.rows), page.before_id, False
        self._number()
        self.endResetModel()

    def append(self, page: PulsePage) -> None:
        """Put the next page below."""
        self._asked = False
        self._before_id = page.before_id
        fresh = [row for row in page.rows if row.id not in self._place]
        if fresh:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(fresh) - 1)
            self._rows += fresh
            self._number(first)
            self.endInsertRows()

    def not_appended(self) -> None:
        """The next page could not be read; scrolling asks once more."""
        self._asked = False

    def refresh(self, page: PulsePage, now_us: int) -> None:
        """Bring the newest page in: new rows above, changed ones in their place; what is below stays."""
        known = self._rows[0].id if self._rows else 0
        fresh = [row for row in page.rows if row.id > known]
        if len(fresh) == len(page.rows) and (self._rows or page.rows):
            self.replace(page, now_us)  # nothing in common: what lies between is not here
            return
        self.now_us = now_us
        if fresh:
            self.beginInsertRows(QModelIndex(), 0, len(fresh) - 1)
            self._rows[:0] = fresh
            self._number()
            self.endInsertRows()
        for row in page.rows[len(fresh) :]:
            self._put(row)

    def newer_than_shown(self, page: PulsePage) -> int:
        """How many rows of the newest page are not here."""
        return sum(row.id not in self._place for row in page.rows)

    def note(self, jobs: Sequence[Job]) -> None:
        """Show what happened to jobs that are here."""
        for job in jobs:
            place = self._place.get(job.id)
            if place is not None:
                self._put(changed(self._rows[place], job))

    def _put(self, row: PulseRow) -> None:
        place = self._place.get(row.id)
        if place is not None and self._rows[place] != row and not (self._rows[place].ended and not row.ended):
            self._rows[place] = row
            self.dataChanged.emit(self.index(place, 0), self.index(place, len(HEADS) - 1))

    def _number(self, first: int = 0) -> None:
        if first == 0:
            self._place.clear()
        for place in range(first, len(self._rows)):
            self._place[self._rows[place].id] = place

    def canFetchMore(self, parent: Index) -> bool:
        """Whether scrolling on brings more."""
        return not parent.isValid() and self._before_id is not None and not self._asked

    def fetchMore(self, parent: Index) -> None:
        """Ask for the next page."""
        if self.canFetchMore(parent):
            self._asked = True
            self.more_wanted.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many are here."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """One for each head."""
        return 0 if parent.isValid() else len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """The heads."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words; the state in the colour of its tone; the whole row for screen readers."""
        row = self.row(index.row())
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(row, index.column())
        if role == Qt.ItemDataRole.ForegroundRole:
            if index.column() == STATE:
                return QColor(tone_colour(self.theme, state_chip(row).tone))
            return QColor(self.theme.text if index.column() == COMMAND else self.theme.dim)
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == TOOK:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(words for column in range(len(HEADS)) if (words := self._words(row, column)))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows can be dragged to the canvas."""
        return super().flags(index) | (Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else Qt.ItemFlag(0))

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802 - Qt's name
        """What leaves with dragged rows."""
        rows = [row for place in sorted({index.row() for index in indexes}) if (row := self.row(place))]
        return rows_brought(JOBS_MIME, [row.id for row in rows], "\n".join(command_words(row) for row in rows))

    def _words(self, row: PulseRow, column: int) -> str:
        if column == STATE:
            return chip_text(state_chip(row))
        if column == COMMAND:
            return command_words(row)
        if column == HANDLER:
            return handler_words(row)
        if column == TRIGGER:
            return trigger_words(row.trigger)
        if column == BEGAN:
            return run_time(row.started_at_us, self.now_us) if row.started_at_us else ""
        return duration_words(row)


class JobsTable(QTableView):
    """A table in which the columns that say least make room for the command, where it is narrow."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the columns that there is room for."""
        super().resizeEvent(event)
        for column, least_px in LEAST_PX.items():
            self.setColumnHidden(column, self.width() < least_px)


class StateColour(QStyledItemDelegate):
    """Keeps the colour of a state in the row that is selected, too, and marks that row at its left."""

    def __init__(self, rows: JobRows) -> None:
        super().__init__()
        self._rows = rows

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Selected text is as it is otherwise; a style sheet would paint it in one colour."""
        own = QStyleOptionViewItem(option)
        colour = index.data(Qt.ItemDataRole.ForegroundRole)
        if isinstance(colour, QColor):
            own.palette.setColor(QPalette.ColorRole.HighlightedText, colour)
        super().paint(painter, own, index)
        if index.column() == STATE and option.state & QStyle.StateFlag.State_Selected:
            area = option.rect
            painter.fillRect(area.left(), area.top(), 2, area.height(), QColor(self._rows.theme.accent))


def changed(row: PulseRow, job: Job) -> PulseRow:
    """A row after what happened to its job; what only the store knows stays as it was."""
    took = row.duration_ms
    if job.ended and took is None and job.started_at_us and job.completed_at_us:
        took = max(0.0, (job.completed_at_us - job.started_at_us) / 1000)
    return replace(
        row,
        status=job.status,
        attempt=job.attempt,
        started_at_us=job.started_at_us,
        completed_at_us=job.completed_at_us,
        duration_ms=took,
        waiting_code=job.waiting_code,
        waiting_message=job.waiting_message,
        progress_current=job.progress_current,
        progress_total=job.progress_total,
        error=job.error,
        cancel_requested=job.cancel_requested,
    )
