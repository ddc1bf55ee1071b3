"""Says aloud, to those who listen with a screen reader, how the runs of this canvas go and what came in the way.

Qt main thread. It tells what begins and ends while the window is open, never what it finds when it opens.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from qntx_desktop.model.diff import CanvasDiff
from qntx_desktop.model.job import Job, JobStatus, Trigger
from qntx_desktop.ui import told
from qntx_desktop.ui.access.words import name_of, state_of
from qntx_desktop.ui.actions import BY_ID
from qntx_desktop.ui.canvas.item import GlyphItem
from qntx_desktop.ui.canvas.view import CanvasView
from qntx_desktop.ui.control import links
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.wording import one_line

MOST_CHARS = 300
Politeness = QAccessible.AnnouncementPoliteness


class Announcer(QObject):
    """Announces runs.

    Signals:
        said(str, bool): What was said, and whether it interrupts what is being read.
    """

    said = Signal(str, bool)

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view)
        self._view = view
        self._open: set[int] = set()
        self._begun: set[int] = set()
        view.document.changed.connect(self._changed)

    def note(self, job: Job) -> None:
        """A job was made or changed; its end is told by `ended`, when what it left behind has been read."""
        if job.ended:
            return
        self._open.add(job.id)
        asked = job.schedule_id is None and job.trigger == Trigger.MANUAL
        if asked and job.status is JobStatus.RUNNING and job.id not in self._begun:
            self._begun.add(job.id)
            for name, _state in self._told(job):
                self.say(tr("{name}: running").format(name=name))

    def ended(self, job: Job) -> None:
        """A job has ended and the cards show how. A run of a time table is told only when it failed."""
        failed = job.status is JobStatus.FAILED
        known = job.id in self._open
        self._open.discard(job.id)
        self._begun.discard(job.id)
        if known and (failed or job.schedule_id is None):
            for name, state in self._told(job):
                reason = one_line(told.message(job.error), MOST_CHARS) if failed else ""
                how = state or told.said(str(job.status))
                self.say(f"{name}: {how}" + (f". {reason}" if reason else ""), urgent=failed)

    def _changed(self, diff: CanvasDiff) -> None:
        """What was asked of a glyph and could not be done, and what was saved; both are kept in its state."""
        for glyph_id, (old, new) in diff.updated.items():
            if old.state is new.state or (item := self._view.scene_of.item_of(glyph_id)) is None:
                continue
            error, saved = new.state.get("error"), new.state.get("saved")
            if isinstance(error, Mapping) and error != old.state.get("error"):
                words = f"{told.message(error)} {self._offer(item) or told.hint(error)}"
                self.say(one_line(f"{name_of(item)}: {words}", MOST_CHARS), urgent=True)
            elif isinstance(saved, Mapping) and saved != old.state.get("saved"):
                self.say(
                    tr("{name_of}: version {get} is saved").format(
                        name_of=name_of(item), get=saved.get("version")
                    )
                )

    def _offer(self, item: GlyphItem) -> str:
        """What the card offers to do about it, with the key that does it."""
        spot = next((each for each in item.layout.hotspots if each.role == "button" and each.enabled), None)
        key = self._view.commands.keymap.shown(BY_ID["offer"])
        return f"{key}: {spot.name}" if spot is not None else ""

    def say(self, words: str, *, urgent: bool = False) -> None:
        """Say something; `urgent` interrupts what is being read."""
        self.said.emit(words, urgent)
        if QAccessible.isActive():
            event = QAccessibleAnnouncementEvent(self._view, words)
            event.setPoliteness(Politeness.Assertive if urgent else Politeness.Polite)
            QAccessible.updateAccessibility(event)

    def _told(self, job: Job) -> list[tuple[str, str]]:
        """Name and state of each card that runs the job; result cards only show it."""
        canvas = self._view.document.canvas
        found = []
        for glyph_id in links.glyphs_of_job(canvas, job.id):
            item = self._view.scene_of.item_of(glyph_id)
            if item is not None and links.runner_of(canvas, glyph_id) is None:
                found.append((name_of(item), state_of(item)))
        return found
