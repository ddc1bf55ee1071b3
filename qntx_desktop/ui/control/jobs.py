"""Follows the jobs of the glyphs: queued, running, ended; and reads what a run left behind when it has ended.

Qt main thread; reading happens on workers. What a glyph shows always comes from the store or from an event, so that
a window opened later shows the same.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from qntx_desktop.model.attestation import Attestation
from qntx_desktop.model.clock import now_us
from qntx_desktop.model.errors import ErrJobNotFound, QntxError
from qntx_desktop.model.glyph import KIND_PYTHON, KIND_RESULT
from qntx_desktop.model.job import Execution, Job, JobStatus
from qntx_desktop.model.pulse import PulseTotals
from qntx_desktop.ui.control import links
from qntx_desktop.ui.control.board import Board
from qntx_desktop.ui.control.room import make_room

FIRST_ROWS = 50
"""So many attestations of a run are read for its glyph; the table window reads the rest."""
KEPT_JOBS = 500
COUNT_MS = 200
TICK_MS = 1_000


@dataclass(frozen=True, slots=True)
class _Facts:
    job: Job
    execution: Execution | None
    rows: tuple[Attestation, ...]


class Following(QObject):
    """Keeps the glyphs' facts about their jobs up to date.

    Signals:
        counted(running, failed): Jobs that run in this home, and glyphs here whose last run failed.
        ended(Job): A job that a glyph shows has ended.
    """

    counted = Signal(int, int)
    ended = Signal(object)

    def __init__(self, board: Board, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._board = board
        self._seen: OrderedDict[int, Job] = OrderedDict()
        self._reading: set[int] = set()
        self._count_later = QTimer(self)
        self._count_later.setSingleShot(True)
        self._count_later.setInterval(COUNT_MS)
        self._count_later.timeout.connect(self._count)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._show_time)

    def stop(self) -> None:
        """Follow nothing any more."""
        self._count_later.stop()
        self._tick.stop()

    def read_all(self) -> None:
        """Read the facts of every glyph that has a job, as after opening the canvas."""
        by_job: dict[int, list[int]] = {}
        for key, glyph in self._board.canvas.glyphs.items():
            job_id = links.job_of(glyph)
            if job_id is not None:
                by_job.setdefault(job_id, []).append(key)
        for job_id, glyph_ids in by_job.items():
            for glyph_id in glyph_ids:
                self._board.lives.put(glyph_id, loading=True)
            self._read(job_id)
        self._count_soon()

    def read_added(self, glyph_ids: Iterable[int]) -> None:
        """Read the facts of glyphs whose job nobody here follows yet: copies, and what undo brought back."""
        for glyph_id in glyph_ids:
            glyph = self._board.document.glyph(glyph_id)
            job_id = links.job_of(glyph) if glyph is not None else None
            if job_id is not None and self._board.lives.of(glyph_id).job is None:
                self._board.lives.put(glyph_id, loading=True)
                self._read(job_id)

    def read_open(self) -> None:
        """Read again what another process may have changed: jobs that had not ended."""
        for job_id in {links.job_of(g) for k, g in self._board.canvas.glyphs.items() if self._is_open(k)}:
            if job_id is not None:
                self._read(job_id)
        self._count_soon()

    def note(self, job: Job) -> None:
        """A job was made or changed."""
        self._seen[job.id] = job
        self._seen.move_to_end(job.id)
        while len(self._seen) > KEPT_JOBS:
            self._seen.popitem(last=False)
        self._count_soon()
        glyph_ids = links.glyphs_of_job(self._board.canvas, job.id)
        if not glyph_ids:
            return
        for glyph_id in glyph_ids:
            self._show(glyph_id, job)
        if job.ended:
            self._read(job.id)
        elif not self._tick.isActive():
            self._tick.start()

    def begin(self, glyph_id: int, job: Job) -> None:
        """A glyph shows this job from now on; what was heard of it meanwhile counts more than the answer."""
        newest = self._seen.get(job.id, job)
        self._board.lives.put(
            glyph_id, job=newest, execution=None, attestations=(), attestation_total=None, problem=None, view=""
        )
        self.note(newest)

    def _is_open(self, glyph_id: int) -> bool:
        job = self._board.lives.of(glyph_id).job
        return job is None or not job.ended

    def _show(self, glyph_id: int, job: Job) -> None:
        live = self._board.lives.of(glyph_id)
        if live.job is not None and live.job.id == job.id and live.job.ended and not job.ended:
            return
        known = live.execution
        if known is not None and (known.job_id, known.attempt) != (job.id, job.attempt):
            # What an earlier attempt left behind says nothing about this one.
            self._board.lives.put(glyph_id, execution=None, attestations=(), attestation_total=None)
        self._board.lives.put(glyph_id, job=job, now_us=now_us())

    def _read(self, job_id: int) -> None:
        if job_id in self._reading:
            return
        self._reading.add(job_id)
        self._board.ask(self._facts, job_id, then=self._take, failed=partial(self._unread, job_id))

    def _facts(self, job_id: int) -> _Facts:
        """On a worker: everything a glyph shows of a job."""
        services = self._board.services
        job = services.queue.get(job_id)
        execution = services.queue.execution_of(job_id)
        rows = services.ledger.of_execution(execution.id, limit=FIRST_ROWS) if execution is not None else ()
        return _Facts(job, execution, rows)

    def _take(self, facts: _Facts) -> None:
        job, execution = facts.job, facts.execution
        self._reading.discard(job.id)
        newer = self._seen.get(job.id)
        if newer is not None and newer.ended and not job.ended:
            self._read(job.id)
            return
        total = execution.attestation_count if execution is not None else None
        for glyph_id in links.glyphs_of_job(self._board.canvas, job.id):
            self._board.lives.put(
                glyph_id,
                job=job,
                execution=execution,
                attestations=facts.rows,
                attestation_total=total,
                loading=False,
                problem=None,
                now_us=now_us(),
            )
            if job.error is not None and newer is not None:  # it says more now than it did
                make_room(self._board, glyph_id)
        self._mark(job, execution)
        self._count_soon()
        if job.ended:
            self.ended.emit(job)
        elif not self._tick.isActive():
            self._tick.start()

    def _unread(self, job_id: int, error: QntxError) -> None:
        self._reading.discard(job_id)
        for glyph_id in links.glyphs_of_job(self._board.canvas, job_id):
            self._board.lives.put(glyph_id, loading=False, problem=error)
        if not isinstance(error, ErrJobNotFound):
            self._board.banner.fail(error)

    def _mark(self, job: Job, execution: Execution | None) -> None:
        """Mark the line that failed in the glyph whose code ran, and take the mark of an older run away."""
        if not job.ended:
            return
        for glyph_id in links.glyphs_of_job(self._board.canvas, job.id):
            glyph = self._board.document.glyph(glyph_id)
            if glyph is None:
                continue
            if glyph.kind == KIND_RESULT and execution is not None:
                if glyph.state.get("execution_id") != execution.id:
                    self._board.document.amend_state(glyph_id, execution_id=execution.id)
            elif glyph.kind == KIND_PYTHON:
                self._mark_line(glyph_id, job)
        script_type = str(job.payload.get("script_type", ""))
        if job.payload.get("handler") and script_type:
            python = links.python_of_type(self._board.canvas, script_type)
            if python is not None and links.code_of(python) == job.payload.get("script_code"):
                self._mark_line(python.id, job)

    def _mark_line(self, python_id: int, job: Job) -> None:
        line = None
        if job.status is JobStatus.FAILED and job.error is not None:
            line = (job.error.get("details") or {}).get("line")
        glyph = self._board.document.glyph(python_id)
        if glyph is not None and glyph.state.get("failed_line") != line:
            self._board.document.amend_state(python_id, failed_line=line)

    def _show_time(self) -> None:
        running = self._board.lives.running()
        for glyph_id in running:
            self._board.lives.put(glyph_id, now_us=now_us())
        if not running:
            self._tick.stop()

    def _count_soon(self) -> None:
        """A timer that is set again by every word of progress would never ring."""
        if not self._count_later.isActive():
            self._count_later.start()

    def _count(self) -> None:
        self._board.ask(self._board.services.pulse.totals, then=self._counted)

    def _counted(self, totals: PulseTotals) -> None:
        self.counted.emit(totals.of(JobStatus.RUNNING), len(self.failed_glyphs()))

    def failed_glyphs(self) -> tuple[int, ...]:
        """Glyphs on this canvas whose last run failed, results aside: those show the run of another."""
        found = []
        for key, glyph in self._board.canvas.glyphs.items():
            job = self._board.lives.of(key).job
            if glyph.kind != KIND_RESULT and job is not None and job.status is JobStatus.FAILED:
                found.append(key)
        return tuple(found)
