"""Log lines and progress of a run on their way to the store, many in one transaction when they come fast.

Filled by the thread that listens to a run, emptied on the store's writer thread. A run is never slowed down by
a slow disk here; what cannot be stored yet stays until the run's end is stored.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future

from qntx_desktop.model.errors import QntxError
from qntx_desktop.store import jobs
from qntx_desktop.store.database import Database, Tx

PROGRESS_EVERY_S = 0.1

Progress = tuple[float, float | None, str]
Line = tuple[str, str]


class Outbox:
    """The waiting lines and the newest progress of one run."""

    def __init__(self, db: Database, claim: jobs.Claim, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._db = db
        self._claim = claim
        self._monotonic = monotonic
        # Reentrant: a transaction that is over already reports to the thread that asked for it.
        self._guard = threading.RLock()
        self._lines: list[Line] = []
        self._progress: Progress | None = None
        self._progress_at = float("-inf")
        self._on_its_way = False
        self._tried: tuple[list[Line], Progress | None] = ([], None)

    def log(self, level: str, message: str) -> None:
        """Add a line; the launcher bounds their number and length."""
        with self._guard:
            self._lines.append((level, message))
            self._send()

    def progress(self, current: float, total: float | None, message: str) -> None:
        """Replace the progress; it is stored at most ten times a second, and when it is complete."""
        with self._guard:
            self._progress = (current, total, message)
            if current == total or self._monotonic() - self._progress_at >= PROGRESS_EVERY_S:
                self._send()

    def tick(self) -> None:
        """Send what waits; the runner calls this a few times a second."""
        with self._guard:
            if self._lines or self._progress is not None:
                self._send()

    def empty_into(self, tx: Tx) -> None:
        """Store everything that waits, in the caller's transaction."""
        self._tried = self._take()
        self._store(tx, *self._tried)

    def put_back(self) -> None:
        """Take back what `empty_into` took, after its transaction failed."""
        with self._guard:
            (lines, progress), self._tried = self._tried, ([], None)
            self._lines[:0] = lines
            self._progress = self._progress or progress

    def _send(self) -> None:
        """Have the writer come by, unless it is on its way already. The guard is held."""
        if self._on_its_way:
            return
        self._on_its_way = True
        taken: list[tuple[list[Line], Progress | None]] = []

        def work(tx: Tx) -> None:
            taken[:] = [self._take()]
            self._store(tx, *taken[0])

        try:
            self._db.submit(work).add_done_callback(lambda done: self._arrived(done, taken))
        except QntxError:  # the store is closed; what waits goes with the end of the run, or is lost with it
            self._on_its_way = False

    def _take(self) -> tuple[list[Line], Progress | None]:
        with self._guard:
            taken = self._lines, self._progress
            self._lines, self._progress = [], None
            self._on_its_way = False
            if taken[1] is not None:
                self._progress_at = self._monotonic()
            return taken

    def _store(self, tx: Tx, lines: list[Line], progress: Progress | None) -> None:
        for level, message in lines:
            jobs.add_log(tx, self._claim.execution_id, level, message)
        if progress is not None:
            current, total, message = progress
            jobs.record_progress(tx, self._claim, current=current, total=total, message=message)

    def _arrived(self, done: Future[None], taken: list[tuple[list[Line], Progress | None]]) -> None:
        """Put back what a failed transaction did not store; the next tick tries again."""
        if done.cancelled() or done.exception() is None:
            return
        with self._guard:
            self._on_its_way = False
            for lines, progress in taken:
                self._lines[:0] = lines
                self._progress = self._progress or progress
