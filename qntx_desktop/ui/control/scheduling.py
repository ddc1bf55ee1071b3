"""Schedules of glyphs: the window in which they are made, and what the cards say of them.

Qt main thread; everything is read and kept on workers. A glyph has one schedule at most: what is kept in the
window takes the place of the one before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from qntx_desktop.model.diff import CanvasDiff
from qntx_desktop.model.errors import QntxError
from qntx_desktop.model.glyph import KIND_IX, Glyph
from qntx_desktop.model.job import Job, JobFilter
from qntx_desktop.model.schedule import MissedPolicy, Schedule, ScheduleState, Timing
from qntx_desktop.ui.control import links
from qntx_desktop.ui.control.board import Board
from qntx_desktop.ui.control.runs import Runs
from qntx_desktop.ui.control.schedule_desk import deed
from qntx_desktop.ui.control.windows import Windows
from qntx_desktop.ui.dialogs.schedule_view import Preview, ScheduleView
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.told import timed
from qntx_desktop.ui.wording import count, one_line

KEY = "schedule"
LEFT_KEY = "schedules left"


@dataclass(frozen=True, slots=True)
class _Known:
    """A schedule as a card shows it."""

    schedule: Schedule
    phrase: str


@dataclass(frozen=True, slots=True)
class _Found:
    """What the window of a glyph begins with."""

    schedule: Schedule | None
    changed: bool
    zone: str
    zones: tuple[str, ...]


class Scheduling:
    """Makes, changes and shows the schedules of glyphs."""

    def __init__(self, board: Board, runs: Runs, windows: Windows, parent: QWidget) -> None:
        self._board = board
        self._runs = runs
        self._windows = windows
        self._parent = parent
        self._glyph_of: dict[int, int] = {}
        self._left: dict[int, Schedule] = {}

    def glyphs_changed(self, diff: CanvasDiff) -> None:
        """A glyph that goes leaves its schedule behind, which is said; one that comes back finds it again."""
        if self._left.keys() & diff.added.keys():
            self._left = {}
            self._board.banner.clear(LEFT_KEY)
            self.refresh()
        gone = {key: self._board.lives.of(key) for key in diff.removed}
        left = {
            key: live
            for key, live in gone.items()
            if live.schedule is not None and live.schedule.state is ScheduleState.ACTIVE
        }
        if not left:
            return
        self._left = {key: live.schedule for key, live in left.items() if live.schedule is not None}
        hint, button = tr("Its schedule is still there, and its runs are in Pulse."), tr("Remove schedule")
        if len(left) == 1:
            (live,) = left.values()
            (schedule,) = self._left.values()
            text = tr("{command} still runs {schedule_phrase}, without its glyph.").format(
                command=one_line(schedule.command, 60), schedule_phrase=live.schedule_phrase
            )
        else:
            text = tr("{left} schedules still run without their glyphs.").format(left=count(len(left)))
            hint, button = tr("They are in Pulse."), tr("Remove schedules")
        self._board.banner.offer(text, hint, button, self._remove_left, LEFT_KEY)

    def refresh(self) -> None:
        """Read what the cards say again."""
        self._board.ask(self._read_all, then=self._show_all)

    def note(self, job: Job) -> None:
        """A job was made or changed: the glyph of its schedule shows the newest."""
        glyph_id = self._glyph_of.get(job.schedule_id) if job.schedule_id is not None else None
        glyph = self._board.document.glyph(glyph_id) if glyph_id is not None else None
        if glyph is not None and job.id > (links.job_of(glyph) or 0):
            self._runs.show(glyph.id, job)

    def open(self, glyph_id: int) -> None:
        """Show the window for a glyph's schedule."""
        self._board.sight.commit()
        glyph = self._board.document.glyph(glyph_id)
        if glyph is not None:
            self._board.ask(self._read_one, glyph, self._base(), then=partial(self._show_window, glyph_id))

    def _read_all(self) -> dict[int, tuple[_Known, Job | None]]:
        services = self._board.services
        found: dict[int, tuple[_Known, Job | None]] = {}
        for schedule in services.schedules.list():
            if schedule.glyph_id is None or schedule.glyph_id in found:
                continue
            kind, number = schedule.reference
            newest = services.queue.list(JobFilter(reference_type=kind, reference_id=number, limit=1))
            known = _Known(schedule, timed(services.schedules.phrase(schedule.timing), schedule.timing))
            found[schedule.glyph_id] = known, newest[0] if newest else None
        return found

    def _show_all(self, found: Mapping[int, tuple[_Known, Job | None]]) -> None:
        self._glyph_of = {known.schedule.id: glyph_id for glyph_id, (known, _) in found.items()}
        for glyph_id in self._board.canvas.glyphs:
            known, job = found.get(glyph_id, (None, None))
            self._board.lives.put(
                glyph_id,
                schedule=known.schedule if known is not None else None,
                schedule_phrase=known.phrase if known is not None else "",
            )
            if job is not None:
                self.note(job)

    def _read_one(self, glyph: Glyph, base: Path | None) -> _Found:
        service = self._board.services.schedules
        known = service.list(glyph_id=glyph.id)
        schedule = known[0] if known else None
        changed = schedule is not None and not self._is_same(glyph, base, schedule)
        return _Found(schedule, changed, service.local_zone(), service.zones())

    def _is_same(self, glyph: Glyph, base: Path | None, schedule: Schedule) -> bool:
        """Whether the schedule runs what the glyph says now."""
        if glyph.kind != KIND_IX:
            return bool(schedule.payload.get("script_code") == links.code_of(glyph))
        try:
            command, _ = self._board.services.runs.request_ix(links.text_of(glyph), base=base, bare=True)
        except QntxError:
            return False
        return command == schedule.command

    def _show_window(self, glyph_id: int, found: _Found) -> None:
        glyph = self._board.document.glyph(glyph_id)
        if glyph is None:
            return
        schedule = found.schedule

        def make() -> ScheduleView:
            view = ScheduleView(
                _words(glyph),
                schedule,
                found.changed,
                found.zone,
                found.zones,
                self._preview,
                self._board.theme(),
                self._parent,
            )
            view.chosen.connect(lambda timing, missed: self._keep(view, glyph_id, schedule, timing, missed))
            view.pressed.connect(lambda verb: self._press(schedule, verb))
            return view

        self._windows.show(f"{KEY} {glyph_id}", make)

    def _preview(
        self, timing: Timing, then: Callable[[Preview], None], failed: Callable[[QntxError], None]
    ) -> None:
        self._board.ask(self._board.services.schedules.preview, timing, then=then, failed=failed)

    def _keep(
        self, view: ScheduleView, glyph_id: int, old: Schedule | None, timing: Timing, missed: MissedPolicy
    ) -> None:
        self._board.sight.commit()
        glyph = self._board.document.glyph(glyph_id)
        if glyph is None:
            return

        def failed(error: QntxError) -> None:
            if isValid(view):
                view.fail(error)

        def kept(_schedule: Schedule) -> None:
            if isValid(view):
                view.close()
            self.refresh()

        self._board.ask(self._write, self._adding(glyph), old, timing, missed, then=kept, failed=failed)

    def _base(self) -> Path | None:
        return Path(self._runs.folder) if self._runs.folder else None

    def _adding(self, glyph: Glyph) -> Callable[[Timing, MissedPolicy], Schedule]:
        """How a schedule of this glyph, as it is now, is made."""
        service = self._board.services.schedules
        base = self._base()
        if glyph.kind == KIND_IX:
            return partial(service.add_ix, links.text_of(glyph), base=base, bare=True, glyph_id=glyph.id)
        name = links.type_of(glyph) or "script"
        return partial(service.add_script, links.code_of(glyph), (), base=base, name=name, glyph_id=glyph.id)

    def _write(
        self,
        add: Callable[[Timing, MissedPolicy], Schedule],
        old: Schedule | None,
        timing: Timing,
        missed: MissedPolicy,
    ) -> Schedule:
        """On a worker: what the glyph says now takes the place of what was scheduled before."""
        service = self._board.services.schedules
        made = add(timing, missed)
        if old is None:
            return made
        if (made.command, made.payload) == (old.command, old.payload):
            service.remove(made.id)
            return service.change(old.id, timing, missed)
        service.remove(old.id)
        return made

    def _remove_left(self) -> None:
        numbers, self._left = [each.id for each in self._left.values()], {}
        service = self._board.services.schedules
        said = tr("The schedule is removed") if len(numbers) == 1 else tr("The schedules are removed")

        def remove() -> None:
            there = {each.id for each in service.list()}
            for number in numbers:
                if number in there:
                    service.remove(number)

        self._board.ask(
            remove,
            then=lambda _: self._board.banner.say(
                tr("{said}; past runs stay.").format(said=said), key=LEFT_KEY
            ),
        )

    def _press(self, schedule: Schedule | None, verb: str) -> None:
        if schedule is not None:
            act = deed(self._board.services.schedules, verb)
            self._board.ask(act, schedule.id, then=lambda _done: self.refresh())


def _words(glyph: Glyph) -> str:
    return links.text_of(glyph) if glyph.kind == KIND_IX else (links.type_of(glyph) or tr("script"))
