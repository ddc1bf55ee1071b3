"""Between the Pulse panel and the services: reads what it shows, does what it asks, keeps up with what happens.

Qt main thread; reading happens on workers. However many jobs end in a second, the panel is brought up to date a few
times a second, and only while it is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from qntx_desktop.model.errors import ErrJobNotFound, QntxError
from qntx_desktop.model.job import Execution, Job, JobStatus, LogLine
from qntx_desktop.model.pulse import PulseFilter, PulsePage, PulseTotals
from qntx_desktop.ui.canvas.dropping import JOBS_MIME, rows_brought
from qntx_desktop.ui.control.board import Board
from qntx_desktop.ui.control.pulse_reading import PulseReading
from qntx_desktop.ui.panels.pulse.details import JobFacts, code_file_of, script_type_of
from qntx_desktop.ui.panels.pulse.panel import PulsePanel

ROWS_MS, TOTALS_MS, LINE_MS, LOG_MS = 250, 400, 1_000, 120
STILL_MS = 15_000
"""So often the line of time moves on while nothing happens."""
SEARCHED_ROWS = 100
"""A search goes on by itself until so many rows are found; scrolling asks for more."""


class PulseControl(QObject):
    """Keeps the panel.

    Signals:
        totals_known(PulseTotals): Whether or not the panel is shown.
        ended(Job): A job of this home has ended.
        glyph_asked(glyph_id), handler_asked(script_type, version), code_asked(script_type), results_asked(job_id).
        allow_asked(script_type, code_file, code): One of them is not empty.
    """

    totals_known = Signal(object)
    ended = Signal(object)
    glyph_asked = Signal(int)
    handler_asked = Signal(str, int)
    code_asked = Signal(str)
    allow_asked = Signal(str, str, str)
    results_asked = Signal(int)

    def __init__(self, board: Board, panel: PulsePanel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._board = board
        self._panel = panel
        self._reading_of = PulseReading(board.services)
        self._shown = False
        self._asked = 0
        self._attempt = (0, 0)
        self._changed: dict[int, Job] = {}
        self._lines: list[LogLine] = []
        self._reading: set[str] = set()
        self._stale: set[str] = set()
        self._timers: list[QTimer] = []
        self._stopped = False
        self._rows_later = self._later(ROWS_MS, self._bring_rows)
        self._totals_later = self._later(TOTALS_MS, self._read_totals)
        self._line_later = self._later(LINE_MS, self._read_line)
        self._log_later = self._later(LOG_MS, self._bring_lines)
        self._schedules_later = self._later(TOTALS_MS, self._read_schedules)
        self._still = QTimer(self)
        self._still.setInterval(STILL_MS)
        self._still.timeout.connect(self._read_line)
        panel.wanted.connect(self._read_first)
        panel.more_wanted.connect(self._read_more)
        panel.picked.connect(self._read_job)
        panel.asked.connect(self._act)
        panel.details.attempt_asked.connect(self._choose_attempt)
        panel.seen_all.connect(self._mark_all)
        panel.span_chosen.connect(lambda _: self._read_line())
        panel.refresh_requested.connect(self.refresh)

    def begin(self) -> None:
        """Read what stands in the bars, whether or not the panel is shown."""
        self._read_totals()

    def stop(self) -> None:
        """Ask for nothing any more."""
        self._stopped = True
        for timer in self._timers:
            timer.stop()
        self._still.stop()

    def set_shown(self, shown: bool) -> None:
        """The panel was shown or hidden; while hidden it costs nothing."""
        if shown == self._shown or self._stopped:
            return
        self._shown = shown
        if shown:
            self._still.start()
            self.refresh()
        else:
            self._still.stop()

    def refresh(self) -> None:
        """Read everything that is shown."""
        self._read_first(self._panel.filter)
        self._read_line()
        self._read_schedules()
        self._read_totals()

    def note(self, job: Job) -> None:
        """A job was made or changed."""
        if job.ended:
            self.ended.emit(job)
        _soon(self._totals_later)
        if self._shown:
            self._changed[job.id] = job
            _soon(self._rows_later)
            _soon(self._line_later)

    def log(self, line: LogLine) -> None:
        """A run logged a line."""
        execution = self._panel.details.execution
        if self._shown and execution is not None and line.execution_id == execution.id:
            self._lines.append(line)
            _soon(self._log_later)

    def schedules_changed(self) -> None:
        """A schedule was made, changed, or had a slot."""
        if self._shown:
            _soon(self._schedules_later)
            _soon(self._line_later)

    def look_again(self) -> None:
        """Another process changed something."""
        _soon(self._totals_later)
        if self._shown:
            _soon(self._rows_later)
            self.schedules_changed()
            self._read_job(self._panel.selected)

    def show_job(self, job_id: int) -> None:
        """Show a job, whatever the filters say."""
        if not self._panel.select(job_id):
            self._panel.filters.clear()
            self._board.ask(
                partial(self._board.services.pulse.page, before_id=job_id + 1),
                PulseFilter(),
                then=partial(self._show_from, job_id),
            )

    def mark_seen(self, job_id: int) -> None:
        """The person has seen this failure."""
        self._board.ask(self._board.services.pulse.mark_seen, (job_id,), then=self._take_totals)

    # Rows

    def _read_first(self, wanted: PulseFilter) -> None:
        self._asked += 1
        self._panel.set_loading()
        self._ask_page(wanted, None, self._asked, self._panel.set_page)
        self._board.ask(
            self._board.services.pulse.kinds, then=lambda kinds: self._panel.filters.set_kinds(*kinds)
        )
        self._board.ask(self._board.services.pulse.figures, then=self._panel.set_figures)

    def _read_more(self, before_id: int) -> None:
        self._ask_page(self._panel.filter, before_id, self._asked, self._panel.append)

    def _ask_page(
        self, wanted: PulseFilter, before_id: int | None, asked: int, show: Callable[[PulsePage], None]
    ) -> None:
        def then(page: PulsePage) -> None:
            if asked != self._asked:
                return  # the person has asked for something else meanwhile
            show(page)
            if wanted.text and page.before_id is not None and self._panel.model.rowCount() < SEARCHED_ROWS:
                self._ask_page(wanted, page.before_id, asked, self._panel.append)

        def failed(error: QntxError) -> None:
            if asked == self._asked:
                self._panel.set_error(error)

        read = partial(self._board.services.pulse.page, before_id=before_id)
        self._board.ask(read, wanted, then=then, failed=failed)

    def _bring_rows(self) -> None:
        changed, self._changed = self._changed, {}
        self._panel.note(tuple(changed.values()))
        shown = self._panel.details.job
        if shown is not None and shown.id in changed and shown.id == self._panel.selected:
            self._follow(changed[shown.id])
        wanted, asked = self._panel.filter, self._asked
        if wanted.text:
            return  # a search is not begun again by itself
        self._once("rows", self._board.services.pulse.page, wanted, then=partial(self._refreshed, asked))

    def _refreshed(self, asked: int, page: PulsePage) -> None:
        if asked == self._asked:
            self._panel.refresh(page)

    def _show_from(self, job_id: int, page: PulsePage) -> None:
        self._asked += 1
        self._panel.set_page(page)
        self._panel.select(job_id)

    # One job

    def _read_job(self, job_id: int) -> None:
        self._lines.clear()
        chosen, attempt = self._attempt
        if job_id:
            wanted = attempt if chosen == job_id else 0
            self._board.ask(self._reading_of.facts, job_id, wanted, then=self._show_job, failed=self._job_unread)

    def _choose_attempt(self, job_id: int, attempt: int) -> None:
        self._attempt = (job_id, attempt)
        self._read_job(job_id)

    def _show_job(self, facts: JobFacts) -> None:
        self._panel.set_facts(facts)
        if facts.job.status is JobStatus.FAILED and facts.job.id == self._panel.selected:
            self.mark_seen(facts.job.id)

    def _job_unread(self, error: QntxError) -> None:
        if isinstance(error, ErrJobNotFound):
            self._read_first(self._panel.filter)  # past its retention meanwhile
        else:
            self._board.banner.fail(error)

    def _follow(self, job: Job) -> None:
        """A job that begins has another attempt, one that ended has left more behind than its events say."""
        execution = self._panel.details.execution
        if job.ended or execution is None or execution.attempt != job.attempt:
            self._read_job(job.id)

    def _bring_lines(self) -> None:
        lines, self._lines = self._lines, []
        self._panel.add_lines(lines)

    # Figures

    def _read_totals(self) -> None:
        self._once("totals", self._board.services.pulse.totals, then=self._take_totals)

    def _take_totals(self, totals: PulseTotals) -> None:
        self._panel.set_totals(totals)
        self.totals_known.emit(totals)

    def _read_line(self) -> None:
        if self._shown:
            self._once("line", self._reading_of.line, self._panel.span_s, then=self._panel.set_line)

    def _read_schedules(self) -> None:
        if self._shown:
            self._once("schedules", self._reading_of.schedules, then=self._panel.set_schedules)

    def _mark_all(self) -> None:
        def then(totals: PulseTotals) -> None:
            self._take_totals(totals)
            self._read_first(self._panel.filter)

        self._board.ask(self._board.services.pulse.mark_seen, then=then)

    # Deeds

    def _act(self, action: str, job_id: int) -> None:
        queue, job = self._board.services.queue, self._panel.details.job
        execution = self._panel.details.execution
        if action == "cancel":
            self._board.ask(queue.cancel, job_id, then=self.note)
        elif action == "retry":
            self._board.ask(queue.retry, job_id, then=self._retried)
        elif action == "results":
            self.results_asked.emit(job_id)
        elif action == "pin":  # as if its row were dragged there
            self._board.sight.take(rows_brought(JOBS_MIME, [job_id], ""))
        elif job is not None and job.id == job_id:
            self._go(action, job, execution)

    def _go(self, action: str, job: Job, execution: Execution | None) -> None:
        glyph_id = int(job.reference_id) if job.reference_type == "glyph" and job.reference_id else 0
        if action == "only_glyph":
            self._panel.only_glyph(glyph_id)
        elif action == "only_schedule":
            self._panel.only_schedule(job.schedule_id or 0)
        elif action == "glyph":
            self.glyph_asked.emit(glyph_id)
        elif action == "handler":
            version = execution.handler_version if execution is not None else None
            self.handler_asked.emit(script_type_of(job, execution), version or 0)
        elif action == "allow":
            file = code_file_of(job)
            name = "" if file else script_type_of(job, execution)
            code = "" if file or name else str(job.payload.get("script_code") or "")
            self.allow_asked.emit(name, file, code)
        else:  # create_handler, show_line: both end at the code
            self.code_asked.emit(script_type_of(job, execution))

    def _retried(self, job: Job) -> None:
        self.note(job)
        self.show_job(job.id)

    # Asking

    def _once(self, what: str, call: Callable[..., object], *args: object, then: Callable[..., None]) -> None:
        """Ask; while the same is on its way only note that its answer may be too old, and ask again after it."""
        if self._stopped:
            return
        if what in self._reading:
            self._stale.add(what)
            return
        self._reading.add(what)

        def answered(value: object) -> None:
            self._answered(what)
            then(value)

        def failed(error: QntxError) -> None:
            self._answered(what)
            if what == "rows":
                self._panel.set_error(error)
            else:
                self._board.banner.fail(error, key=f"pulse {what}")

        self._board.ask(call, *args, then=answered, failed=failed)

    def _answered(self, what: str) -> None:
        self._reading.discard(what)
        if what in self._stale and not self._stopped:
            self._stale.discard(what)
            later = {
                "rows": self._rows_later,
                "totals": self._totals_later,
                "line": self._line_later,
                "schedules": self._schedules_later,
            }
            _soon(later[what])

    def _later(self, wait_ms: int, call: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(wait_ms)
        timer.timeout.connect(call)
        self._timers.append(timer)
        return timer


def _soon(timer: QTimer) -> None:
    """A timer that is set again by every event would never ring."""
    if not timer.isActive():
        timer.start()
