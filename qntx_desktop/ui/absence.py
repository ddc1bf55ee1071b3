"""What happens while the window is not in front: word of runs that ended, Pulse in the tray, what would be missed.

Qt main thread.
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from qntx_desktop.model.job import HOUSEKEEPING, Job, JobStatus
from qntx_desktop.model.schedule import Schedule, ScheduleState
from qntx_desktop.model.source import Source
from qntx_desktop.ui import told
from qntx_desktop.ui.preferences import Preferences
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.window import Window
from qntx_desktop.ui.wording import count, counted, one_line, when

GATHER_MS = 1_500
"""Runs that end within this time are told together."""
NOTIFY, KEEP = "window.notifications", "window.keep_pulse_in_tray"
CLOSING_KEY = "closing"


class Speaker(Protocol):
    """What `Tray` does for this room; tests have one of their own."""

    def available(self) -> bool:
        """Whether there is a tray."""

    def show(self, tip: str) -> None:
        """Put the icon there."""

    def hide(self) -> None:
        """Take it away."""

    def tell(self, title: str, text: str, *, bad: bool) -> None:
        """Say something."""


class Absence(QObject):
    """Speaks for the window while nobody looks at it.

    Signals:
        job_wanted(job_id): The person pressed the word of this run.
    """

    job_wanted = Signal(int)

    def __init__(self, window: Window, tray: Speaker, preferences: Preferences, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._tray = tray
        self._preferences = preferences
        self._ended: list[Job] = []
        self._newest = 0
        self._warned = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(GATHER_MS)
        self._later.timeout.connect(self._tell)

    @property
    def looked_at(self) -> bool:
        """Whether the window is in front."""
        return self._window.isVisible() and self._window.isActiveWindow() and not self._window.isMinimized()

    def note(self, job: Job) -> None:
        """A job ended."""
        told = job.status is JobStatus.FAILED or (job.status is JobStatus.COMPLETED and job.type != HOUSEKEEPING)
        if told and not self.looked_at and self._preferences.get(NOTIFY):
            self._ended.append(job)
            if not self._later.isActive():
                self._later.start()

    def stop(self) -> None:
        """Say nothing more."""
        self._later.stop()
        self._ended.clear()

    def pressed(self) -> None:
        """The person pressed the last word: come forward, with the run it was about."""
        self._window.come_forward()
        if self._newest:
            self.job_wanted.emit(self._newest)

    def came_back(self) -> None:
        """The window is looked at again."""
        self._warned = False
        self._tray.hide()

    def may_close(self, missed: str) -> bool:
        """Decide what a press on the window's close button does.

        Args:
            missed: What will be missed, in words; empty for nothing.

        Returns:
            False when the window stays: hidden with Pulse in the tray, or shown with word of what will be missed.
        """
        if self._preferences.get(KEEP) and self._tray.available():
            self._tray.show(tr("QNTX Desktop: Pulse goes on"))
            self._window.hide()
            return False
        if not missed or self._warned:
            return True
        self._warned = True
        hint = tr("Close again to leave.")
        if self._tray.available():
            hint += tr(" Settings: go on running in the tray.")
        self._window.banner.say(missed, hint, key=CLOSING_KEY)
        return False

    def _tell(self) -> None:
        ended, self._ended = self._ended, []
        if not ended or self.looked_at:
            return
        failed = [job for job in ended if job.status is JobStatus.FAILED]
        self._newest = (failed or ended)[-1].id
        if len(ended) == 1:
            title, text = words_of(ended[0])
        else:
            title = tr("{runs} ended").format(runs=counted(len(ended), 'run'))
            text = tr("{failed} failed.").format(failed=count(len(failed))) if failed else tr("All went well.")
        self._tray.tell(title, text, bad=bool(failed))


def words_of(job: Job) -> tuple[str, str]:
    """Title and text of one run that ended."""
    command = one_line(str(job.payload.get("command") or job.type), 80)
    if job.status is JobStatus.FAILED:
        return tr("{command} failed").format(command=command), one_line(
            told.message(job.error), 200
        )
    return tr("{command} is done").format(command=command), ""


def missed_words(schedules: tuple[Schedule, ...], now_us: int, sources: tuple[Source, ...] = ()) -> str:
    """What does not happen while no window runs jobs; empty for nothing.

    `2 schedules do not run and 1 source is not synced while this window is closed; next: ix csv, today 12:05.`
    """
    runs = [
        (each.next_run_at_us, one_line(each.command, 60))
        for each in schedules
        if each.state is ScheduleState.ACTIVE and each.next_run_at_us is not None
    ]
    syncs = [
        (each.next_sync_at_us, tr("sync of {name}").format(name=one_line(each.name, 60)))
        for each in sources
        if each.enabled and each.next_sync_at_us is not None
    ]
    parts = [
        _not_done(len(runs), tr("{schedules} does not run"), tr("{schedules} do not run"), "schedule")
    ] * bool(runs)
    parts += [
        _not_done(len(syncs), tr("{sources} is not synced"), tr("{sources} are not synced"), "source")
    ] * bool(syncs)
    if not parts:
        return ""
    at, first = min([*runs, *syncs], key=lambda each: each[0])
    return tr("{join} while this window is closed; next: {first}, {at}.").format(
        join=tr(" and ").join(parts), first=first, at=when(at, now_us)
    )


def _not_done(number: int, one: str, many: str, thing: str) -> str:
    return (one if number == 1 else many).format(**{f"{thing}s": counted(number, thing)})
