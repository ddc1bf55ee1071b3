"""The crew: what runs now, on which lane, and what each worker does next.

Workers live on the lanes. One that ends a job claims its next in the same transaction, so that a job costs one
commit; a job that is made while a worker idles is claimed in the transaction that makes it. Any thread may call.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from qntx_desktop.engines.sandbox.launcher import CancelReason
from qntx_desktop.model.events import Event, JobChanged, Publish
from qntx_desktop.model.job import Job
from qntx_desktop.services.attempt import CANCELLED, QUIT, Attempt
from qntx_desktop.services.gate import Gate
from qntx_desktop.services.jobs.job_type import Foreseeing, JobType, Workbench
from qntx_desktop.services.limits import Limits
from qntx_desktop.services.ports import Lanes
from qntx_desktop.services.run_record import note
from qntx_desktop.store import jobs
from qntx_desktop.store.database import Database, Tx

_log = logging.getLogger(__name__)

HELD_AT_ONCE = 100
"""So many jobs are held back in one transaction at most; the next look goes on."""


class Crew:
    """Claims jobs for workers and keeps track of what they run."""

    def __init__(
        self,
        *,
        db: Database,
        bench: Workbench,
        lanes: Lanes,
        gate: Gate,
        limits: Limits,
        publish: Publish,
        instance_id: str,
        job_types: Sequence[JobType],
        may_claim: Callable[[], bool],
        worker_free: Callable[[bool], None],
    ) -> None:
        self._db = db
        self._bench = bench
        self._lanes = lanes
        self._gate = gate
        self._limits = limits
        self._publish = publish
        self._instance_id = instance_id
        self._types = {each.name: each for each in job_types}
        self._foreseeing = {each.name: each for each in job_types if isinstance(each, Foreseeing)}
        self._own = tuple(job_types)
        self._on_lane = _by_lane(job_types)
        self._may_claim = may_claim
        self._tell = worker_free
        self._changed = threading.Condition()
        self._running: dict[int, Attempt] = {}
        self._promised: dict[str, int] = {}
        self._busy: dict[str, int] = {}
        self._stop: CancelReason | None = None
        self._given_up = threading.Event()

    @property
    def running(self) -> Mapping[int, Attempt]:
        """What runs now, by job."""
        with self._changed:
            return dict(self._running)

    def learn(self, job_types: Sequence[JobType], width: int) -> None:
        """Work on these types, too, in the place of those learned before; what runs goes on.

        Args:
            width: How many at once, for lanes that are new.
        """
        for lane in {each.lane for each in job_types}:
            if not self._lanes.width(lane):
                self._lanes.resize(lane, width)
        with self._changed:
            self._types.update({each.name: each for each in job_types})
            self._foreseeing.update({each.name: each for each in job_types if isinstance(each, Foreseeing)})
            self._on_lane = _by_lane((*self._own, *job_types))

    def is_full(self, job_type: str) -> bool:
        """Whether every worker for this type runs something, after which each looks for more by itself.

        What is only promised does not count: it may come to nothing, and then nobody looks.
        """
        known = self._types.get(job_type)
        if known is None:
            return False
        with self._changed:
            return 0 < self._lanes.width(known.lane) <= self._busy.get(known.lane, 0)

    def begin(self) -> None:
        """Work from now on; takes back an earlier `stop`."""
        self._stop = None
        self._given_up.clear()

    @contextmanager
    def reserving(self) -> Iterator[tuple[str, ...]]:
        """Keep a worker free on every lane with room until a claim has been made and handed over.

        Without it, a job that is made meanwhile would be given the same worker.

        Yields:
            The types of these lanes.
        """
        with self._changed:
            lanes = [lane for lane in self._on_lane if self._room(lane) > 0]
            for lane in lanes:
                self._promised[lane] = self._promised.get(lane, 0) + 1
        try:
            yield tuple(name for lane in lanes for name in self._on_lane.get(lane, ()))
        finally:
            for lane in lanes:
                self._let_go(lane)

    def claim(self, tx: Tx, types: Sequence[str]) -> jobs.Claim | None:
        """Claim the next job of these types that its limits let through; those that they do not, wait."""
        for _ in range(HELD_AT_ONCE):
            job = jobs.take(tx, instance_id=self._instance_id, types=types)
            if job is None:
                return None
            hold = self._limits.hold(tx, job)
            if hold is None:
                claim, foreseeing = jobs.begin_attempt(tx, job), self._foreseeing.get(job.type)
                return note(tx, claim, foreseeing.foresee(tx, job)) if foreseeing is not None else claim
            jobs.hold_back(tx, job, hold)
        return None

    @contextmanager
    def recruiting(self) -> Iterator[Callable[[Tx, Job], Job]]:
        """For a transaction that makes a job: if a worker idles, it claims the next job in that transaction.

        Yields:
            A function for the transaction, which gets the job made and returns it. Leaving the block well has the
            worker begin; leaving it by an exception lets it idle on.
        """
        lanes: list[str] = []
        claims: list[jobs.Claim] = []

        def recruit(tx: Tx, job: Job) -> Job:
            lane = self._reserve(job.type)
            if lane is not None:
                lanes.append(lane)
                claim = self.claim(tx, self._on_lane.get(lane, ()))
                if claim is not None:
                    claims.append(claim)
                    # It never stood pending for anybody to see; nobody needs to be woken for it.
                    tx.events[:] = [each for each in tx.events if claim.job.id != job.id or not _says(each, job)]
            return job

        try:
            yield recruit
            for claim in claims:
                self.hand_over(claim)
        finally:
            for lane in lanes:
                self._let_go(lane)

    def _reserve(self, job_type: str) -> str | None:
        """Keep a worker of the lane of this type free; None when there is none to keep."""
        known = self._types.get(job_type)
        if known is None or not self._may_claim():
            return None
        with self._changed:
            if self._stop is not None or self._room(known.lane) <= 0:
                return None
            self._promised[known.lane] = self._promised.get(known.lane, 0) + 1
        return known.lane

    def _let_go(self, lane: str) -> None:
        with self._changed:
            self._promised[lane] -= 1
            self._changed.notify_all()

    def hand_over(self, claim: jobs.Claim) -> None:
        """Have a worker run what was claimed, and go on from there."""
        lane = self._types[claim.job.type].lane
        attempt = self._enlisted(claim)
        try:
            self._lanes.submit(lane, lambda: self._work(lane, attempt))
        except RuntimeError:  # the lanes closed in between: the job goes back as when quitting
            attempt.cancel(QUIT)
            self._work(lane, attempt)

    def cancel(self, job_id: int) -> None:
        """Stop a run, if it is here."""
        attempt = self.running.get(job_id)
        if attempt is not None:
            attempt.cancel(CANCELLED)

    def tend(self) -> None:
        """Pass cancel requests on to what runs, and bring its log lines and progress to the store."""
        running = self.running
        if not running:
            return
        for attempt in running.values():
            attempt.tick()
        with self._db.read() as connection:
            asked = jobs.cancel_requested(connection, self._instance_id)
        for job_id in asked:
            if job_id in running:
                running[job_id].cancel(CANCELLED)

    def wait(self, timeout_s: float, until: Callable[[], bool] = lambda: False) -> bool:
        """Wait until nothing runs, or something else is so; False when the time is over before."""
        with self._changed:
            return self._changed.wait_for(lambda: self._idle() or until(), timeout=timeout_s)

    def nudge(self) -> None:
        """Have `wait` look again."""
        with self._changed:
            self._changed.notify_all()

    def stop(self, reason: CancelReason, within_s: float) -> None:
        """Stop everything that runs and wait until it is gone and stored, within bounds."""
        with self._changed:
            self._stop = reason
            running = list(self._running.values())
        for attempt in running:
            attempt.cancel(reason)
        if self.wait(within_s):
            return
        self._given_up.set()
        if not self.wait(within_s):
            _log.error("%d jobs still run", len(self._running))

    def _idle(self) -> bool:
        return not self._running and not any(self._promised.values())

    def _room(self, lane: str) -> int:
        """How many more jobs this lane could begin; what is promised to a job being made counts as begun."""
        return self._lanes.width(lane) - self._busy.get(lane, 0) - self._promised.get(lane, 0)

    def _work(self, lane: str, attempt: Attempt) -> None:
        """Run one job after the other until there is none for this lane, or no more room on it."""
        following: Attempt | None = attempt
        while following is not None:
            before, claim = following, None
            try:
                claim = before.run(lambda tx, attempt=before: self._next(tx, lane, attempt))  # type: ignore[misc]
            finally:
                following = self._enlist(claim, before)

    def _next(self, tx: Tx, lane: str, before: Attempt) -> jobs.Claim | None:
        if self._stop is not None or not self._may_claim() or self._room(lane) < 0:
            return None
        before.has_looked = True
        return self.claim(tx, self._on_lane.get(lane, ()))

    def _enlist(self, claim: jobs.Claim | None, before: Attempt) -> Attempt | None:
        """Note what begins in the place of what ended, at once: nobody must see an idle crew in between."""
        if claim is not None:
            return self._enlisted(claim, before.job.id)
        with self._changed:
            self._running.pop(before.job.id, None)
            self._busy[before.lane] -= 1
            # Not before, when a look finds no room here, and not after, when somebody sees an idle crew and nothing
            # to look for. Another lane may have waited for the reference.
            self._tell(not before.has_looked or before.job.reference_id is not None)
            self._changed.notify_all()
        return None

    def _enlisted(self, claim: jobs.Claim, instead_of: int | None = None) -> Attempt:
        attempt = self._attempt(claim)
        with self._changed:
            if instead_of is not None:
                self._running.pop(instead_of, None)
            else:
                self._busy[attempt.lane] = self._busy.get(attempt.lane, 0) + 1
            self._running[claim.job.id] = attempt
            stop = self._stop
        if stop is not None:
            attempt.cancel(stop)
        return attempt

    def _attempt(self, claim: jobs.Claim) -> Attempt:
        return Attempt(
            db=self._db,
            claim=claim,
            job_type=self._types[claim.job.type],
            bench=self._bench,
            gate=self._gate,
            publish=self._publish,
            given_up=self._given_up,
        )




def _by_lane(job_types: Sequence[JobType]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for each in job_types:
        found[each.lane] = (*found.get(each.lane, ()), each.name)
    return found


def _says(event: Event, job: Job) -> bool:
    return isinstance(event, JobChanged) and event.job is job
