"""The Pulse panel: a line of time, a table of jobs with filters, one job in full. It calls no service.

Qt main thread. It is told what to show and says what the person wants. Rows only come in by themselves while the
table stands at its top with nothing selected; otherwise a button says how many are newer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from qntx_desktop.model.clock import Clock
from qntx_desktop.model.clock import now_us as wall_clock
from qntx_desktop.model.errors import QntxError
from qntx_desktop.model.job import Job, LogLine
from qntx_desktop.model.pulse import HandlerFigures, Mark, PulseFilter, PulsePage, PulseTotals, Timeline
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.panels.notice import Notice
from qntx_desktop.ui.panels.parts import quiet_button, sheet
from qntx_desktop.ui.panels.pulse.details import Details, JobFacts
from qntx_desktop.ui.panels.pulse.figures import FiguresView
from qntx_desktop.ui.panels.pulse.filters import Filters
from qntx_desktop.ui.panels.pulse.rows import COMMAND, JobRows, JobsTable, StateColour
from qntx_desktop.ui.panels.pulse.schedules import ScheduleLine, SchedulesView
from qntx_desktop.ui.panels.pulse.timeline import TimelineView
from qntx_desktop.ui.panels.pulse.words import ended_words, held_words, totals_words, unseen_words
from qntx_desktop.ui.text import language, tr
from qntx_desktop.ui.theme import Theme, symbol_font
from qntx_desktop.ui.wording import count, counted

EMPTY = tr("Nothing has run yet. Run an IX command on the canvas, or: qntx ix csv ./people.csv")
LOADING = tr("◐ Reading the jobs …")
SEARCHING = tr("◐ Searching …")
ROW_PX, SIDE_LEAST_PX = 24, 200
SPANS = (("1 h", 3_600), ("24 h", 86_400), (tr("7 days"), 7 * 86_400))
"""How long the line of time is, in seconds."""
_WIDTHS = (92 if language() == "en" else 128, 200, 110, 108, 92, 60)


class PulsePanel(QWidget):
    """What ran, what runs, what waits.

    Signals:
        wanted(PulseFilter): Show other jobs; answer with `set_page`, `set_error`.
        more_wanted(before_id): Answer with `append` or `not_appended`.
        picked(job_id): Show a job in full, 0 for none; answer with `set_facts`.
        asked(action, job_id): As of `Details`.
        seen_all: Every failure was seen.
        span_chosen(seconds), refresh_requested, closed.
    """

    wanted = Signal(object)
    more_wanted = Signal(object)
    picked = Signal(int)
    asked = Signal(str, int)
    seen_all = Signal()
    span_chosen = Signal(int)
    refresh_requested = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, clock: Clock = wall_clock) -> None:
        super().__init__(parent)
        self.setObjectName("pulse_panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._clock = clock
        self.filters = Filters()
        self.model = JobRows(theme)
        self.table = JobsTable()
        self._colour = StateColour(self.model)
        self.line = TimelineView(theme)
        self.figures = FiguresView(theme)
        self.schedules = SchedulesView()
        self.details = Details(theme)
        self._totals = plain_label("", tone="dim")
        self._ended = plain_label("", tone="dim")
        self._unseen = QPushButton()
        self._seen = quiet_button(tr("Mark all seen"))
        self._newer = QPushButton()
        self._close = quiet_button("✕", tr("Close the Pulse panel"))
        self._notice = Notice()
        self._stack = QStackedWidget()
        self._side = QStackedWidget()
        self._spans = QButtonGroup(self)
        self._picking = False
        self._build()
        self._connect()
        self.set_theme(theme)
        self.set_loading()

    # Making

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 10)
        column.setSpacing(8)
        column.addLayout(self._header())
        column.addWidget(self.line)
        self._dress_table()
        page = QWidget()
        inside = QVBoxLayout(page)
        inside.setContentsMargins(0, 4, 0, 0)
        inside.addWidget(self._notice)
        inside.addStretch(1)
        self._stack.addWidget(self.table)
        self._stack.addWidget(page)
        left = QWidget()
        below = QVBoxLayout(left)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(8)
        below.addWidget(self.filters)
        below.addWidget(self._newer, 0, Qt.AlignmentFlag.AlignHCenter)
        below.addWidget(self._stack, 1)
        self._newer.hide()
        overview = QWidget()
        inside = QVBoxLayout(overview)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.addWidget(self.schedules)
        inside.addWidget(self.figures)
        inside.addStretch(1)
        self._side.setContentsMargins(10, 0, 0, 0)
        for widget in (overview, self.details):
            scroll = QScrollArea()
            scroll.setWidgetResizable(True)
            scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            scroll.setWidget(widget)
            self._side.addWidget(scroll)
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setChildrenCollapsible(False)
        parts.addWidget(left)
        parts.addWidget(self._side)
        self._side.setMinimumWidth(SIDE_LEAST_PX)
        parts.setStretchFactor(0, 3)
        parts.setStretchFactor(1, 2)
        parts.setSizes([600, 400])
        column.addWidget(parts, 1)
        self.setFocusProxy(self.table)

    def _header(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        sign = plain_label("꩜")
        sign.setFont(symbol_font())
        row.addWidget(sign)
        row.addWidget(plain_label(tr("Pulse"), tone="heading"))
        row.addWidget(self._totals)
        row.addWidget(self._unseen)
        row.addWidget(self._seen)
        row.addStretch(1)
        row.addWidget(self._ended)
        for place, (label, _) in enumerate(SPANS):
            button = quiet_button(label, tr("Line of time: {label}").format(label=label))
            button.setCheckable(True)
            self._spans.addButton(button, place)
            row.addWidget(button)
        self._spans.button(0).setChecked(True)
        row.addWidget(self._close)
        self._unseen.setCheckable(True)
        self._unseen.setToolTip(tr("Show the failures that nobody has seen"))
        self._unseen.hide()
        self._seen.hide()
        return row

    def _dress_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        table.setDragDropMode(QTableView.DragDropMode.DragOnly)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setItemDelegate(self._colour)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setAccessibleName(tr("Jobs"))
        table.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        rows = table.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_PX)
        heads = table.horizontalHeader()
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        heads.setHighlightSections(False)
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for place, width in enumerate(_WIDTHS):
            table.setColumnWidth(place, width)
        heads.setSectionResizeMode(COMMAND, QHeaderView.ResizeMode.Stretch)

    def _connect(self) -> None:
        self.filters.changed.connect(self._ask)
        self.model.more_wanted.connect(lambda: self.more_wanted.emit(self.model.before_id))
        # Not the current row: a table makes its first one current when it gets the focus, and nobody chose that.
        self.table.selectionModel().selectionChanged.connect(self._row_changed)
        self.details.asked.connect(self.asked)
        self.line.mark_picked.connect(self._mark_picked)
        self.line.schedule_picked.connect(self.only_schedule)
        self._notice.retry_requested.connect(self.refresh_requested)
        self._unseen.toggled.connect(lambda _: self._ask())
        self._seen.clicked.connect(self.seen_all)
        self._newer.clicked.connect(self.show_newest)
        self._close.clicked.connect(self.closed)
        self._spans.idToggled.connect(
            lambda place, on: self.span_chosen.emit(SPANS[place][1]) if on else None
        )

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of another theme."""
        self.setStyleSheet(sheet(theme))
        self.model.theme = theme
        for part in (self.line, self.figures, self.details):
            part.set_theme(theme)
        self.table.viewport().update()

    # What is asked

    @property
    def filter(self) -> PulseFilter:
        """Which jobs to show."""
        return replace(self.filters.wanted, unseen=self._unseen.isChecked())

    @property
    def span_s(self) -> int:
        """How long the line of time is, in seconds."""
        return SPANS[max(0, self._spans.checkedId())][1]

    @property
    def selected(self) -> int:
        """The job that is selected, 0 without one."""
        chosen = self.table.selectionModel().selectedRows()
        row = self.model.row(chosen[0].row()) if chosen else None
        return row.id if row is not None else 0

    @property
    def live(self) -> bool:
        """Whether new rows may come in by themselves: the top is in view and nothing is selected."""
        return self.table.verticalScrollBar().value() == 0 and not self.selected

    def show_newest(self) -> None:
        """Go to the newest jobs and let new ones come in."""
        self._forget()
        self.table.scrollToTop()
        self._ask()

    def _ask(self) -> None:
        self._newer.hide()
        self._forget()
        self.wanted.emit(self.filter)

    # What is told

    def set_loading(self) -> None:
        """Say that jobs are being read; rows that are shown already stay."""
        if self.model.rowCount() == 0:
            self._say(SEARCHING if self.filter.text else LOADING)

    def set_error(self, error: QntxError) -> None:
        """Say that the jobs could not be read; what was shown before may be wrong by now, and goes."""
        self.model.replace(PulsePage(rows=(), before_id=None), self._clock())
        self._notice.fail(error)
        self._stack.setCurrentIndex(1)
        self._forget()

    def set_page(self, page: PulsePage) -> None:
        """Show these jobs and nothing else."""
        self._newer.hide()
        self.model.replace(page, self._clock())
        self._show_state()

    def refresh(self, page: PulsePage) -> None:
        """Bring in the newest page as far as nothing moves under the person's hands."""
        fresh = self.model.newer_than_shown(page)
        if self.live or self.model.rowCount() == 0:
            self.model.refresh(page, self._clock())
            self._newer.hide()
            self._show_state()
        elif fresh:
            more = "+" if page.before_id is not None and fresh == len(page.rows) else ""
            self._newer.setText(tr("▲ {fresh}{more} newer").format(fresh=count(fresh), more=more))
            self._newer.show()

    def append(self, page: PulsePage) -> None:
        """Put the next page below what is there."""
        self.model.append(page)
        self._show_state()

    def note(self, jobs: Sequence[Job]) -> None:
        """Show what happened to jobs."""
        self.model.note(jobs)
        now = self._clock()
        for job in jobs:
            self.details.note(job, now)

    def set_totals(self, totals: PulseTotals) -> None:
        """What goes on, and how many failures nobody has seen."""
        self._totals.setText(totals_words(totals))
        self._totals.setToolTip(held_words(totals))
        self._unseen.setText(unseen_words(totals))
        shown = bool(totals.unseen) or self._unseen.isChecked()
        self._unseen.setVisible(shown)
        self._seen.setVisible(bool(totals.unseen))

    def set_line(self, line: Timeline) -> None:
        """Show a stretch of time."""
        self.line.show_line(line, self._clock())
        self._ended.setText(ended_words(line))

    def set_figures(self, figures: tuple[HandlerFigures, ...]) -> None:
        """Show how handlers did."""
        self.figures.show_figures(figures)

    def set_schedules(self, lines: tuple[ScheduleLine, ...]) -> None:
        """Show what is due."""
        self.schedules.show_lines(lines, self._clock())

    def set_facts(self, facts: JobFacts) -> None:
        """Show a job in full; an answer for another than the selected one is dropped."""
        if facts.job.id == self.selected:
            self.details.show_facts(facts, self._clock())
            self._side.setCurrentIndex(1)

    def add_lines(self, lines: Sequence[LogLine]) -> None:
        """Put lines into the log of the job that is shown."""
        self.details.add_lines(lines)

    def select(self, job_id: int) -> bool:
        """Select a job, when it is among the rows."""
        place = self.model.place_of(job_id)
        if place < 0:
            return False
        self.table.setCurrentIndex(self.model.index(place, 0))
        self.table.scrollTo(self.model.index(place, 0))
        return True

    def only_glyph(self, glyph_id: int) -> None:
        """Show the runs of a glyph."""
        self.filters.pick(PulseFilter(glyph_id=glyph_id), tr("this glyph"))

    def only_schedule(self, schedule_id: int) -> None:
        """Show the runs of a schedule."""
        self.filters.pick(
            PulseFilter(schedule_id=schedule_id), tr("schedule {schedule_id}").format(schedule_id=schedule_id)
        )

    def notice(self) -> str:
        """What stands in place of the rows; empty while rows are shown."""
        return self._notice.text() if self._stack.currentIndex() == 1 else ""

    def newer(self) -> str:
        """What the button about newer rows says; empty while it is hidden."""
        return "" if self._newer.isHidden() else self._newer.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow panel its head says less."""
        super().resizeEvent(event)
        self._ended.setVisible(self.width() >= 860)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc lets go of the selection first, then closes the panel."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.selected:
            self._forget()
        else:
            self.closed.emit()

    def _mark_picked(self, mark: Mark) -> None:
        step = max(1, mark.end_us - mark.start_us)
        self.filters.pick_stretch(mark.lane, mark.start_us, mark.start_us + step + 1)

    def _row_changed(self, _now: object, _before: object) -> None:
        if not self.selected:
            self._side.setCurrentIndex(0)
        self.picked.emit(self.selected)

    def _forget(self) -> None:
        self.table.setCurrentIndex(QModelIndex())
        self.table.clearSelection()
        self._side.setCurrentIndex(0)

    def _show_state(self) -> None:
        if self.model.rowCount():
            self._stack.setCurrentIndex(0)
        elif self.model.before_id is not None:
            self._say(SEARCHING)
        elif self.filter == PulseFilter():
            self._say(EMPTY)
        else:
            self._say(tr("No job fits the filters."))

    def _say(self, text: str) -> None:
        self._notice.say(text)
        self._stack.setCurrentIndex(1)

    def told(self) -> str:
        """How many rows are here, in words."""
        return counted(self.model.rowCount(), "job")
