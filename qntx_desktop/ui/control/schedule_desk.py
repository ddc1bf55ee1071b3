"""Schedules from the Pulse panel: run now, pause, change, and new ones that belong to no glyph.

Qt main thread; everything is read and kept on workers. The panel learns of what came of it by events.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from qntx_desktop.model.errors import QntxError
from qntx_desktop.model.schedule import MissedPolicy, Schedule, Timing
from qntx_desktop.ui.control.board import Board
from qntx_desktop.ui.control.runs import Runs
from qntx_desktop.ui.control.windows import Windows
from qntx_desktop.ui.dialogs.schedule_view import Preview, ScheduleView

if TYPE_CHECKING:
    from qntx_desktop.services.schedules import Schedules

NEW, EDIT = "new", "edit"


def deed(schedules: Schedules, verb: str) -> Callable[[int], object]:
    """What a button does with a schedule.

    Args:
        verb: `pause`, `resume`, `run`, `duplicate` or `remove`.
    """
    acts: dict[str, Callable[[int], object]] = {
        "pause": schedules.pause,
        "resume": schedules.resume,
        "run": schedules.run_now,
        "duplicate": schedules.duplicate,
        "remove": schedules.remove,
    }
    return acts[verb]


class ScheduleDesk:
    """Does what the panel's schedules ask for."""

    def __init__(self, board: Board, runs: Runs, windows: Windows, parent: QWidget) -> None:
        self._board = board
        self._runs = runs
        self._windows = windows
        self._parent = parent

    def act(self, action: str, schedule_id: int) -> None:
        """Do it; `new` and `edit` open a window.

        Args:
            schedule_id: Of no meaning with `new`.
        """
        if action in (NEW, EDIT):
            read = partial(self._read, schedule_id if action == EDIT else None)
            self._board.ask(read, then=self._show)
        else:
            self._board.ask(deed(self._board.services.schedules, action), schedule_id, then=lambda _done: None)

    def _read(self, schedule_id: int | None) -> tuple[Schedule | None, str, tuple[str, ...]]:
        service = self._board.services.schedules
        schedule = service.get(schedule_id) if schedule_id is not None else None
        return schedule, service.local_zone(), service.zones()

    def _show(self, found: tuple[Schedule | None, str, tuple[str, ...]]) -> None:
        schedule, zone, zones = found
        command = schedule.command if schedule is not None else ""

        def make() -> ScheduleView:
            theme, parent, new = self._board.theme(), self._parent, schedule is None
            view = ScheduleView(
                command, schedule, False, zone, zones, self._preview, theme, parent, writes=new
            )
            view.chosen.connect(partial(self._keep, view, schedule))
            view.pressed.connect(lambda verb: self.act(verb, schedule.id if schedule is not None else 0))
            return view

        self._windows.show(f"schedule of the panel {schedule.id if schedule is not None else NEW}", make)

    def _preview(
        self, timing: Timing, then: Callable[[Preview], None], failed: Callable[[QntxError], None]
    ) -> None:
        self._board.ask(self._board.services.schedules.preview, timing, then=then, failed=failed)

    def _keep(self, view: ScheduleView, old: Schedule | None, timing: Timing, missed: MissedPolicy) -> None:
        service = self._board.services.schedules

        def failed(error: QntxError) -> None:
            if isValid(view):
                view.fail(error)

        def kept(_schedule: Schedule) -> None:
            if isValid(view):
                view.close()

        if old is not None:
            self._board.ask(service.change, old.id, timing, missed, then=kept, failed=failed)
        else:
            base = Path(self._runs.folder) if self._runs.folder else None
            add = partial(service.add_ix, view.typed(), timing, missed, base=base, bare=True)
            self._board.ask(add, then=kept, failed=failed)
