"""Keeps the canvas: each change is on its way to the store within a second, in order, and tried again on failure.

Qt main thread; the writing itself happens on a worker, one diff at a time.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from qntx_desktop.model.diff import CanvasDiff
from qntx_desktop.model.errors import QntxError
from qntx_desktop.model.glyph import Viewpoint
from qntx_desktop.model.history import HistoryChange
from qntx_desktop.ui.canvas.document import Document
from qntx_desktop.ui.tasks import Tasks

QUIET_MS = 250
"""A change waits this long for the next one ..."""
LONGEST_MS = 600
"""... but never longer than this in all."""
RETRY_MS = 2_000

SaveDiff = Callable[[int, CanvasDiff, HistoryChange, int], int]
"""Keeps a diff of a canvas, the steps it comes from and the first id not given out; answers when it was saved."""
SaveView = Callable[[int, Viewpoint], None]


class Autosave(QObject):
    """Saves a document's changes and its viewpoint.

    Signals:
        saving: Something changed that is not saved yet.
        saved(at_us): Everything is in the store since then (microseconds since 1970 UTC).
        failed(QntxError): The store did not take it; nothing is lost, it is tried again.
        flushed(bool): Answer to `flush`: whether everything is in the store.
    """

    saving = Signal()
    saved = Signal(object)
    failed = Signal(object)
    flushed = Signal(bool)

    def __init__(
        self, document: Document, tasks: Tasks, save: SaveDiff, save_view: SaveView, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._tasks = tasks
        self._save = save
        self._save_view = save_view
        self._viewpoint: Viewpoint | None = None
        self._since: float | None = None
        self._under_way = False
        self._flushing = False
        self._failing = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._write)
        document.changed.connect(self._changed)
        document.history_changed.connect(self._changed)

    @property
    def clean(self) -> bool:
        """True when everything is in the store."""
        return not self._under_way and not self._document.has_unsaved and self._viewpoint is None

    def note_viewpoint(self, viewpoint: Viewpoint) -> None:
        """Keep where the person looks; not an edit, so nothing says `saving`."""
        self._viewpoint = viewpoint
        if not self._timer.isActive() and not self._failing:
            self._timer.start(LONGEST_MS)

    def flush(self) -> None:
        """Save everything now; `flushed` answers."""
        self._flushing = True
        self._timer.stop()
        self._write()

    def stop(self) -> None:
        """Save nothing any more."""
        self._timer.stop()
        self._document.changed.disconnect(self._changed)
        self._document.history_changed.disconnect(self._changed)

    def _changed(self, _diff: CanvasDiff | None = None) -> None:
        if not self._document.has_unsaved:
            return
        now = time.monotonic()
        if self._since is None:
            self._since = now
            self.saving.emit()
        if self._failing:
            return
        left_ms = LONGEST_MS - (now - self._since) * 1000
        self._timer.start(max(0, min(QUIET_MS, int(left_ms))))

    def _write(self) -> None:
        if self._under_way:
            return
        diff, steps, viewpoint = (
            self._document.take_unsaved(),
            self._document.take_unsaved_steps(),
            self._viewpoint,
        )
        next_id = self._document.first_unused_id
        self._since, self._viewpoint = None, None
        edited = not (diff.empty and steps.empty)
        if not edited and viewpoint is None:
            self._end_flush(True)
            return
        self._under_way = True
        canvas_id = self._document.canvas.id

        def work() -> int | None:
            if viewpoint is not None:  # first: it may be kept twice, a diff may not
                self._save_view(canvas_id, viewpoint)
            return self._save(canvas_id, diff, steps, next_id) if edited else None

        def failed(error: QntxError) -> None:
            self._document.return_unsaved(diff, steps)
            self._refused(viewpoint, error)

        self._tasks.run(self, work, then=self._written, failed=failed)

    def _written(self, at_us: int | None) -> None:
        self._under_way = self._failing = False
        if self._document.has_unsaved or self._viewpoint is not None:
            self._go_on()
            return
        if at_us is not None:
            self.saved.emit(at_us)
        self._end_flush(True)

    def _go_on(self) -> None:
        """Something came while the last diff was written."""
        if self._flushing:
            self._write()
        elif not self._timer.isActive():
            self._timer.start(QUIET_MS)

    def _refused(self, viewpoint: Viewpoint | None, error: QntxError) -> None:
        self._under_way = False
        self._failing = True
        self._viewpoint = self._viewpoint or viewpoint
        self._since = time.monotonic()
        self.failed.emit(error)
        self._timer.start(RETRY_MS)
        self._end_flush(False)

    def _end_flush(self, good: bool) -> None:
        if self._flushing:
            self._flushing = False
            self.flushed.emit(good)
