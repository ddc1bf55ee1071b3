"""Log lines, progress, cost and connections of a run on their way to the store, many in one transaction.

Filled by the thread that listens to a run, emptied by the store's writer. A run is never slowed down by
a slow disk here; what cannot be stored yet stays until the run's end is stored.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field

from qntx_desktop.model.connection import Connection
from qntx_desktop.model.errors import QntxError
from qntx_desktop.store import connections, jobs
from qntx_desktop.store.database import Database, Tx

PROGRESS_EVERY_S = 0.1

Progress = tuple[float, float | None, str]
Line = tuple[str, str]


@dataclass(slots=True)
class Waiting:
    """What was said and is not stored yet."""

    lines: list[Line] = field(default_factory=list)
    progress: Progress | None = None
    cost: float | None = None
    connections: dict[int, Connection] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.lines or self.connections) or self.progress is not None or self.cost is not None

    def after(self, earlier: Waiting) -> None:
        """Put what came earlier before this; of what is one thing the newer stays."""
        self.lines[:0] = earlier.lines
        self.progress = self.progress or earlier.progress
        self.cost = earlier.cost if self.cost is None else self.cost
        self.connections = earlier.connections | self.connections


class Outbox:
    """The waiting lines, the newest progress and the cost of one run."""

    def __init__(self, db: Database, claim: jobs.Claim, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._db = db
        self._claim = claim
        self._monotonic = monotonic
        # Reentrant: a transaction that is over already reports to the thread that asked for it.
        self._guard = threading.RLock()
        self._waiting = Waiting()
        self._progress_at = float("-inf")
        self._on_its_way = False
        self._tried: Waiting | None = None

    def log(self, level: str, message: str) -> None:
        """Add a line; the launcher bounds their number and length."""
        with self._guard:
            self._waiting.lines.append((level, message))
            self._send()

    def connected(self, connection: Connection) -> None:
        """Add an attempt to reach the network, or what is known of it now; the broker bounds their number."""
        with self._guard:
            self._waiting.connections[connection.seq] = connection
            self._send()

    def progress(self, current: float, total: float | None, message: str) -> None:
        """Replace the progress; it is stored at most ten times a second, and when it is complete."""
        with self._guard:
            self._waiting.progress = (current, total, message)
            if current == total or self._monotonic() - self._progress_at >= PROGRESS_EVERY_S:
                self._send()

    def cost(self, usd: float) -> None:
        """Replace what the run has cost so far; stored with the next tick."""
        with self._guard:
            self._waiting.cost = usd

    def tick(self) -> None:
        """Send what waits; the runner calls this a few times a second."""
        with self._guard:
            if self._waiting:
                self._send()

    def empty_into(self, tx: Tx) -> None:
        """Store everything that waits, in the caller's transaction."""
        if self._waiting:
            self._tried = self._take()
            self._store(tx, self._tried)

    def put_back(self) -> None:
        """Take back what `empty_into` took, after its transaction failed."""
        with self._guard:
            if self._tried is not None:
                self._waiting.after(self._tried)
                self._tried = None

    def _send(self) -> None:
        """Have the writer come by, unless it is on its way already. The guard is held."""
        if self._on_its_way:
            return
        self._on_its_way = True
        taken: list[Waiting] = []

        def work(tx: Tx) -> None:
            taken[:] = [self._take()]
            self._store(tx, taken[0])

        try:
            self._db.submit(work).add_done_callback(lambda done: self._arrived(done, taken))
        except QntxError:  # the store is closed; what waits goes with the end of the run, or is lost with it
            self._on_its_way = False

    def _take(self) -> Waiting:
        with self._guard:
            taken, self._waiting = self._waiting, Waiting()
            self._on_its_way = False
            if taken.progress is not None:
                self._progress_at = self._monotonic()
            return taken

    def _store(self, tx: Tx, taken: Waiting) -> None:
        for level, message in taken.lines:
            jobs.add_log(tx, self._claim.execution_id, level, message)
        if taken.connections:
            connections.keep(tx, self._claim.execution_id, taken.connections.values())
        if taken.progress is not None:
            current, total, message = taken.progress
            jobs.record_progress(tx, self._claim, current=current, total=total, message=message)
        if taken.cost is not None:
            jobs.record_cost(tx, self._claim, taken.cost)

    def _arrived(self, done: Future[None], taken: list[Waiting]) -> None:
        """Put back what a failed transaction did not store; the next tick tries again."""
        if done.cancelled() or done.exception() is None:
            return
        with self._guard:
            self._on_its_way = False
            for each in taken:
                self._waiting.after(each)
