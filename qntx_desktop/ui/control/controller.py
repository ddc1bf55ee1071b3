"""The middle between canvas and services: actions go down, events come up.

Qt main thread. It makes the parts, one a noun, and passes on to each what is its business.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from qntx_desktop.model.confinement import SandboxReport, held_words
from qntx_desktop.model.diff import CanvasDiff, update
from qntx_desktop.model.errors import QntxError
from qntx_desktop.model.events import (
    Attested,
    CanvasesChanged,
    Event,
    HandlerAllowed,
    HandlerRetired,
    HandlerSaved,
    JobChanged,
    JobsRecovered,
    QueuePaused,
    RunnerRole,
    ScheduleChanged,
    StoreChangedElsewhere,
)
from qntx_desktop.model.glyph import KIND_IX, KIND_PYTHON
from qntx_desktop.model.job import RecoveryReport
from qntx_desktop.model.marks import substance
from qntx_desktop.services.confinement import sandbox_report
from qntx_desktop.ui.control import links
from qntx_desktop.ui.control.allowing import Allowing
from qntx_desktop.ui.control.autosave import Autosave
from qntx_desktop.ui.control.board import Board
from qntx_desktop.ui.control.failures import Failures
from qntx_desktop.ui.control.handlers import HandlerGlyphs
from qntx_desktop.ui.control.jobs import Following
from qntx_desktop.ui.control.name_window import NameWindow
from qntx_desktop.ui.control.pulling import Pulling
from qntx_desktop.ui.control.registry import Registry
from qntx_desktop.ui.control.runs import Runs
from qntx_desktop.ui.control.scheduling import Scheduling
from qntx_desktop.ui.control.sub_canvases import SubCanvases
from qntx_desktop.ui.control.waiting import Waiting
from qntx_desktop.ui.control.windows import Windows
from qntx_desktop.ui.glyphs.note import text_of, ticked
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.wording import counted

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from qntx_desktop.ui.panels.handlers import HandlersPanel

_log = logging.getLogger(__name__)

LOOK_UP_MS = 400
TOTAL_MS = 300
SCHEDULES_MS = 100
PAUSED_KEY = "queue"


class Controller(QObject):
    """Carries out what is asked for on the canvas and in the panel, and shows what comes back.

    Signals:
        total_known(int): How many attestations the store holds.
        canvas_asked(int): A glyph that opens a canvas was pressed.
        role_known(bool): Whether this process runs the jobs.
        held_known(SandboxReport): How far handlers are confined on this machine.
    """

    total_known = Signal(int)
    role_known = Signal(bool)
    canvas_asked = Signal(int)
    held_known = Signal(object)

    def __init__(self, make_board: Callable[[QObject], Board], panel: HandlersPanel, window: QWidget) -> None:
        super().__init__(window)
        self._board = board = make_board(self)
        self.more_acts: dict[str, Callable[[int, str], None]] = {}
        """What other parts do for glyphs, by action id."""
        self._changed_text: set[int] = set()
        self.following = Following(board, self)
        self.runs = Runs(board, self.following)
        self.waiting = Waiting(board, self.following, self)
        self.glyphs = HandlerGlyphs(board)
        self.pulling = Pulling(board, self.glyphs)
        self.windows = Windows(board, window)
        self.failures = Failures(board, self.runs, self.glyphs, self.windows, window)
        self.more_acts |= self.failures.acts
        self.allowing = Allowing(board, self.windows, window)
        self.runs.ask_allow = self.allowing.ask_script
        self.inner = SubCanvases(board)
        self.scheduling = Scheduling(board, self.runs, self.windows, window)
        self.registry = Registry(board, panel, self.glyphs, self.windows, self.allowing, self)
        services = board.services
        self.autosave = Autosave(
            board.document,
            board.tasks,
            lambda canvas_id, diff, steps, next_id: services.canvas.save(
                canvas_id, diff, services.instance_id, next_id=next_id, steps=steps
            ),
            services.canvas.set_viewpoint,
            self,
        )
        self._look_up = self._later(LOOK_UP_MS, self._look_up_types)
        self._total = self._later(TOTAL_MS, self._read_total)
        self._schedules = self._later(SCHEDULES_MS, self.scheduling.refresh)
        board.document.changed.connect(self._edited)

    def begin(self) -> None:
        """Read everything that the canvas does not keep itself."""
        self._read_canvas()
        self.registry.refresh()
        self._total.start()
        self._board.ask(sandbox_report, then=self._held)

    @property
    def busy(self) -> bool:
        """True while an answer is on its way that changes the canvas it was asked for on."""
        return self.runs.starting or self.glyphs.busy

    def canvas_opened(self) -> None:
        """Another canvas is shown; what ran while it was not is found in the store."""
        self._changed_text.clear()
        self.windows.close_of_glyphs()
        self._board.lives.forget()
        self._read_canvas()

    def _read_canvas(self) -> None:
        self.following.read_all()
        self.runs.adopt()
        self.glyphs.refresh_types()
        for glyph_id in self._board.canvas.glyphs:
            self.glyphs.check_unsaved(glyph_id)
        self.scheduling.refresh()
        self.inner.refresh()

    def stop(self) -> None:
        """Ask for nothing any more; answers on their way are dropped."""
        for timer in (self._look_up, self._total, self._schedules):
            timer.stop()
        self._board.document.changed.disconnect(self._edited)
        self.following.stop()
        self.registry.stop()
        self.autosave.stop()
        self.windows.close_all()

    def act(self, glyph_id: int, action_id: str) -> None:
        """Do what was pressed on a glyph."""
        verb, _, argument = action_id.partition(":")
        act = self._acts().get(verb) or self.more_acts.get(verb)
        if act is None:
            _log.warning("no such action on a glyph: %s", action_id)
            return
        act(glyph_id, argument)

    def on_event(self, event: Event) -> None:
        """Something happened in the store or the runner."""
        if isinstance(event, JobChanged):
            self.scheduling.note(event.job)
            self.following.note(event.job)
            if event.job.ended:
                self.registry.refresh()
        elif isinstance(event, Attested):
            if not self._total.isActive():
                self._total.start()
        elif isinstance(event, CanvasesChanged):
            self.inner.refresh()
        elif isinstance(event, ScheduleChanged):
            self._schedules.start()
        elif isinstance(event, HandlerSaved):
            self._handlers_changed(event.handler.script_type)
        elif isinstance(event, (HandlerRetired, HandlerAllowed)):
            self._handlers_changed(event.script_type)
        elif isinstance(event, JobsRecovered):
            self._board.banner.say(recovered_words(event.report), key="recovered")
            self.following.read_open()
        elif isinstance(event, StoreChangedElsewhere):
            self._handlers_changed(None)
            self.following.read_open()
            self._total.start()
            self._schedules.start()
        elif isinstance(event, QueuePaused):
            self._paused(event.error)
        elif isinstance(event, RunnerRole):
            self.role_known.emit(event.active)

    def go_to(self, glyph_id: int) -> bool:
        """Go to a glyph; False when the canvas has none of this number."""
        if self._board.document.glyph(glyph_id) is None:
            return False
        self._board.sight.go_to(glyph_id)
        return True

    def go_to_failed(self) -> None:
        """Go to the glyphs whose last run failed, one after the other."""
        self._go_round(self.following.failed_glyphs())

    def go_to_running(self) -> None:
        """Go to the glyphs that run, one after the other."""
        self._go_round(self._board.lives.running())

    def _acts(self) -> dict[str, Callable[[int, str], None]]:
        return {
            "run": lambda glyph_id, _: self._run(glyph_id),
            "run_wait": lambda glyph_id, _: self._run(glyph_id, wait=True),
            "schedule": lambda glyph_id, _: self.scheduling.open(glyph_id),
            "cancel": lambda glyph_id, _: self.runs.cancel(glyph_id),
            "create_handler": lambda glyph_id, _: self.glyphs.create_for(glyph_id),
            "allow_handler": lambda glyph_id, _: self._allow(glyph_id),
            "goto_handler": lambda glyph_id, _: self.glyphs.create_for(glyph_id),
            "save": lambda glyph_id, _: self._save(glyph_id),
            "make_handler": lambda glyph_id, _: self._ask_name(glyph_id),
            "open_attestation": lambda _, asid: self.windows.attestation(asid),
            "open_results": lambda glyph_id, _: self._open_results(glyph_id),
            "open_output": lambda glyph_id, _: self._open_results(glyph_id, output=True),
            "check": self._tick,
            "open_canvas": lambda glyph_id, _: self.canvas_asked.emit(glyph_id),
            "show_table": lambda glyph_id, _: self._board.lives.put(glyph_id, view="table"),
            "show_output": lambda glyph_id, _: self._board.lives.put(glyph_id, view="output"),
        }

    def _run(self, glyph_id: int, *, wait: bool = False) -> None:
        """Run; waiting is for the run that was asked for last."""
        self.waiting.begin(glyph_id if wait else None)
        if not self.failures.run_again(glyph_id):
            self.runs.run(glyph_id)

    def _held(self, report: SandboxReport) -> None:
        self.glyphs.show_held(held_words(report.level, report.missing))
        self.held_known.emit(report)

    def _save(self, glyph_id: int) -> None:
        """Save as a handler; code without a type is asked for its type first."""
        glyph = self._board.document.glyph(glyph_id)
        if glyph is not None and glyph.kind == KIND_PYTHON and not links.type_of(glyph):
            self._ask_name(glyph_id)
        else:
            self.glyphs.save(glyph_id)

    def _allow(self, glyph_id: int) -> None:
        glyph = self._board.document.glyph(glyph_id)
        if glyph is not None and glyph.kind == KIND_IX:
            self.allowing.ask_command(links.text_of(glyph))
        elif glyph is not None and links.type_of(glyph):
            self.allowing.ask(links.type_of(glyph))

    def _tick(self, glyph_id: int, number: str) -> None:
        """A box of a note's checklist was pressed."""
        glyph = self._board.document.glyph(glyph_id)
        if glyph is not None:
            content = {**glyph.content, "text": ticked(text_of(glyph), int(number))}
            self._board.document.seal()
            self._board.document.edit(update(self._board.canvas, glyph_id, content=content), tr("Tick"))

    def _ask_name(self, glyph_id: int) -> None:
        theme, window = self._board.theme(), self.parent()
        make = partial(NameWindow, theme, window, partial(self.glyphs.make_handler, glyph_id))
        self.windows.show(f"name {glyph_id}", make)

    def _open_results(self, glyph_id: int, *, output: bool = False) -> None:
        glyph = self._board.document.glyph(glyph_id)
        job_id = links.job_of(glyph) if glyph is not None else None
        if job_id is not None:
            self.windows.results(job_id, output=output)

    def _edited(self, diff: CanvasDiff) -> None:
        """After each change: look up types that changed, compare code that changed, show what came back."""
        self._board.lives.again(diff.added)
        if diff.added:  # later: who makes a glyph for a run says at once what it shows
            QTimer.singleShot(0, self, partial(self.following.read_added, tuple(diff.added)))
        self.scheduling.glyphs_changed(diff)
        self.inner.follow(diff)
        for glyph_id in diff.added:
            self.glyphs.check_unsaved(glyph_id)
            self._changed_text.add(glyph_id)
        for glyph_id, (old, new) in diff.updated.items():
            if substance(old.content) != substance(new.content):
                self._changed_text.add(glyph_id)
                # Later, but before anything that is asked for now can be answered.
                QTimer.singleShot(0, self, partial(self._drop_stale, glyph_id))
            if new.kind == KIND_PYTHON and (old.content != new.content or old.state != new.state):
                self.glyphs.check_unsaved(glyph_id)
        if self._changed_text:
            self._look_up.start()

    def _look_up_types(self) -> None:
        changed, self._changed_text = self._changed_text, set()
        for glyph_id in changed:
            glyph = self._board.document.glyph(glyph_id)
            if glyph is None:
                continue
            if glyph.kind == KIND_IX and links.type_of(glyph):
                self.glyphs.refresh_types(links.type_of(glyph))

    def _drop_stale(self, glyph_id: int) -> None:
        """What was wrong with the old text is not true of the new one."""
        glyph = self._board.document.glyph(glyph_id)
        if glyph is None:
            return
        script_type = links.type_of(glyph)
        error = glyph.state.get("error") or {}
        missing = error.get("code") == "no_ingest_script"
        if error and not (missing and (error.get("details") or {}).get("script_type") == script_type):
            self._board.clear_error(glyph_id)
        if glyph.state.get("failed_line") is not None:
            self._board.document.amend_state(glyph_id, failed_line=None)
        live = self._board.lives.of(glyph_id)
        if glyph.kind == KIND_IX and live.handler is not None and live.handler.script_type != script_type:
            self._board.lives.put(glyph_id, handler=None)

    def _handlers_changed(self, script_type: str | None) -> None:
        self.registry.refresh()
        self.glyphs.refresh_types(script_type)

    def _paused(self, error: QntxError | None) -> None:
        if error is None:
            self._board.banner.clear(PAUSED_KEY)
            self._board.banner.store_writes()
        else:
            self._board.banner.fail(error, key=PAUSED_KEY)

    def _read_total(self) -> None:
        self._board.ask(self._board.services.ledger.total, then=self.total_known.emit)

    def _go_round(self, glyph_ids: tuple[int, ...]) -> None:
        """Go to the one after the one that is selected."""
        if not glyph_ids:
            return
        ordered = sorted(glyph_ids)
        chosen = self._board.sight.chosen()
        after = [each for each in ordered if chosen is not None and each > chosen]
        self._board.sight.go_to((after or ordered)[0])

    def _later(self, wait_ms: int, call: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(wait_ms)
        timer.timeout.connect(call)
        return timer


def recovered_words(report: RecoveryReport) -> str:
    """What a start says about jobs of a process that was lost, in one line."""
    parts = []
    if report.restarted:
        one, many = tr("{jobs} was interrupted and runs again."), tr("{jobs} were interrupted and run again.")
        parts.append(_of_jobs(len(report.restarted), one, many))
    if report.failed:
        one = tr("{jobs} was interrupted twice and is not started again.")
        many = tr("{jobs} were interrupted twice and are not started again.")
        parts.append(_of_jobs(len(report.failed), one, many))
    if report.superseded:
        one = tr("{jobs} was replaced by a newer one.")
        many = tr("{jobs} were replaced by a newer one.")
        parts.append(_of_jobs(len(report.superseded), one, many))
    return " ".join(parts)


def _of_jobs(number: int, one: str, many: str) -> str:
    return (one if number == 1 else many).format(jobs=counted(number, "job"))
