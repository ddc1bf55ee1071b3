"""The Pulse panel in its window: made, joined to what happens, and to the places its buttons lead to.

Qt main thread.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from qntx_desktop.model.clock import now_us
from qntx_desktop.model.errors import QntxError
from qntx_desktop.model.events import (
    Event,
    JobChanged,
    QueuePaused,
    RunLogged,
    RunnerRole,
    ScheduleChanged,
    SourceChanged,
    StoreChangedElsewhere,
)
from qntx_desktop.model.pulse import PulseTotals
from qntx_desktop.model.schedule import Schedule
from qntx_desktop.model.source import Source
from qntx_desktop.ui import told
from qntx_desktop.ui.control.board import Board
from qntx_desktop.ui.control.pulse import PulseControl
from qntx_desktop.ui.control.schedule_desk import ScheduleDesk
from qntx_desktop.ui.panels.pulse.panel import PulsePanel
from qntx_desktop.ui.panels.pulse.words import held_words, schedules_words, totals_words
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme
from qntx_desktop.ui.window import Window
from qntx_desktop.ui.wording import DOT

if TYPE_CHECKING:
    from qntx_desktop.ui.control.controller import Controller
    from qntx_desktop.ui.panels.handlers import HandlersPanel


class PulsePlace(QObject):
    """The panel, its control, and what the bars say of the queue.

    Signals:
        glyph_elsewhere(int): A glyph is asked for that is not on the canvas that is shown.
    """

    glyph_elsewhere = Signal(int)

    def __init__(
        self,
        window: Window,
        make_board: Callable[[QObject], Board],
        controller: Controller,
        handlers: HandlersPanel,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._controller = controller
        self._handlers = handlers
        self._paused: QntxError | None = None
        self._totals = PulseTotals()
        self.runs_here = False
        self.schedules: tuple[Schedule, ...] = ()
        self.sources: tuple[Source, ...] = ()
        self._board = make_board(self)
        self.panel = PulsePanel(window.theme)
        self.control = PulseControl(self._board, self.panel, self)
        self._desk = ScheduleDesk(self._board, controller.runs, controller.windows, window)
        self.panel.schedules.asked.connect(self._desk.act)
        self.panel.closed.connect(window.toggle_pulse)
        window.pulse_shown.connect(self.control.set_shown)
        window.set_pulse(self.panel)
        self.control.totals_known.connect(self._show_totals)
        self.control.results_asked.connect(controller.windows.results)
        self.control.glyph_asked.connect(self._go_to_glyph)
        self.control.code_asked.connect(controller.glyphs.open_type)
        self.control.handler_asked.connect(self._show_handler)
        self.control.allow_asked.connect(self._ask_to_allow)

    def begin(self) -> None:
        """Read what stands in the bars, and what goes on by itself."""
        self.control.begin()
        self._read_schedules()
        self._read_sources()

    def stop(self) -> None:
        """Ask for nothing any more."""
        self.control.stop()
        self.panel.setEnabled(False)

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of another theme."""
        self.panel.set_theme(theme)

    def on_event(self, event: Event) -> None:
        """Something happened in the store or the runner."""
        if isinstance(event, JobChanged):
            self.control.note(event.job)
        elif isinstance(event, RunLogged):
            self.control.log(event.line)
        elif isinstance(event, ScheduleChanged):
            self.control.schedules_changed()
            self._read_schedules()
        elif isinstance(event, SourceChanged):
            self._read_sources()
        elif isinstance(event, StoreChangedElsewhere):
            self.control.look_again()
            self._read_sources()
        elif isinstance(event, QueuePaused):
            self._paused = event.error
            self._say()
        elif isinstance(event, RunnerRole):
            self.runs_here = event.active

    def show_job(self, job_id: int) -> None:
        """Show the panel with this job."""
        self._window.show_pulse(True)
        self.control.show_job(job_id)

    def _read_schedules(self) -> None:
        """Know what is due also at the moment the window is closed, when nothing can be read any more."""
        self._board.ask(self._board.services.schedules.list, then=self._take_schedules)

    def _read_sources(self) -> None:
        """Those with an interval are missed, too, when the window is closed."""
        self._board.ask(self._board.services.sources.every, then=self._take_sources)

    def _take_sources(self, sources: tuple[Source, ...]) -> None:
        self.sources = sources

    def _take_schedules(self, schedules: tuple[Schedule, ...]) -> None:
        self.schedules = schedules
        self._say()

    def _show_totals(self, totals: PulseTotals) -> None:
        self._totals = totals
        self._say()

    def _say(self) -> None:
        words, why = totals_words(self._totals), held_words(self._totals)
        if self._paused is not None:
            words = tr("paused: {reason}").format(reason=told.message(self._paused).rstrip(".")) + DOT + words
            why = f"{told.whole(self._paused)}\n{why}".strip()
        words = DOT.join(part for part in (words, *schedules_words(self.schedules, now_us())) if part)
        self._window.status.show_pulse(words, why)

    def _go_to_glyph(self, glyph_id: int) -> None:
        if not self._controller.go_to(glyph_id):
            self.glyph_elsewhere.emit(glyph_id)

    def _ask_to_allow(self, script_type: str, file: str, code: str) -> None:
        """Open the sheet that the glyph and the panel of handlers open, too."""
        allowing = self._controller.allowing
        if file:
            allowing.ask_file(file)
        elif script_type:
            allowing.ask(script_type)
        elif code:
            allowing.ask_script(code)

    def _show_handler(self, script_type: str, version: int) -> None:
        self._window.show_panel(True)
        self._handlers.select_version(script_type, version)
        self._handlers.setFocus()
