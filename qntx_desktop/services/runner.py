"""The runner (Pulse): takes jobs from the queue and has them run, one process per home at a time.

Owns one thread, `pulse`, while started; `run_until` does the same on the caller's thread for a single call of
the command line. Claims only under the home's lock, and only after what an earlier process left behind was
cleared away. Wakes at once for work of this process, and looks a few times a second for work of others.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence

from qntx_desktop.model.clock import Clock, now_us
from qntx_desktop.model.errors import ErrJobNotCancellable, ErrUnexpected, QntxError
from qntx_desktop.model.events import Event, JobChanged, PluginChanged, Publish, RunnerRole, ScheduleChanged
from qntx_desktop.model.job import HOUSEKEEPING, Job, JobRequest, JobStatus, Priority, Trigger
from qntx_desktop.services.attempt import QUIT
from qntx_desktop.services.crew import Crew
from qntx_desktop.services.gate import Gate
from qntx_desktop.services.jobs import JOB_TYPES
from qntx_desktop.services.jobs.job_type import JobType, Workbench
from qntx_desktop.services.jobs.plugin_job import LANE_WIDTH
from qntx_desktop.services.limits import Limits
from qntx_desktop.services.ports import HomeLock, Lanes
from qntx_desktop.services.queue import Queue
from qntx_desktop.services.scheduler import Scheduler
from qntx_desktop.services.store_watch import StoreWatch
from qntx_desktop.store import jobs
from qntx_desktop.store.database import Database

_log = logging.getLogger(__name__)

POLL_S = 0.25
IDLE_POLL_S = 0.4
"""Between looks for work of other processes while nothing runs: an idle app wakes less than five times a second."""
LOOK_ANYWAY_S = 5.0
"""Everybody who has work says so; this is for the day when somebody does not. Finding none writes nothing."""
RETRY_S = 1.0
FOLLOW_S = 0.1
GRACE_S = 10.0
CLOCK_CHANGED_US = 5_000_000
"""A clock that went on by so much more or less than time itself was changed, or the machine slept."""
TOLD_EVERY_S = 0.2
SLOT_S = 0.01
"""The least time to sleep while a slot of a schedule is near."""
SYNC_LOOK_S = 1.0
"""How often to look whether a code source is due."""
TIDY_LOOK_S = 900.0
"""How often to look whether housekeeping is due."""
KILL_S = 15.0
"""How long a run that was told to stop may take until its process is gone (the launcher ends sooner)."""

_TURN = "turn"
"""Owner of the gate's reason when a turn of the runner failed as a whole."""

OnWait = Callable[[float, int], None]
"""Told while quitting waits: seconds left, and how many jobs still run."""


class Runner:
    """Runs the jobs of a home, or waits for the process that does."""

    def __init__(
        self,
        *,
        db: Database,
        bench: Workbench,
        lanes: Lanes,
        lock: HomeLock,
        instance_id: str,
        publish: Publish,
        watch: StoreWatch,
        reap: Callable[[], object],
        job_types: Sequence[JobType] = JOB_TYPES,
        clock: Clock = now_us,
    ) -> None:
        self._db = db
        self._queue = Queue(db, job_types)
        self._lock = lock
        self._instance_id = instance_id
        self._publish = publish
        self._watch = watch
        self._reap = reap
        self._gate = Gate(publish)
        self.crew = Crew(
            db=db,
            bench=bench,
            lanes=lanes,
            gate=self._gate,
            limits=Limits(bench.handlers),
            publish=publish,
            instance_id=instance_id,
            job_types=job_types,
            may_claim=self._may_claim,
            worker_free=self._worker_free,
        )
        self._scheduler = Scheduler(db, self._queue, clock)
        self._changed = threading.Condition()
        self._clock = clock
        self._clock_ahead_us = self._ahead_us()
        self._release_us: int | None = None
        self._retention = bench.retention
        self._tidies = any(each.name == HOUSEKEEPING for each in job_types)
        self._tidy_at = self._sync_at = 0.0
        self._syncing = bench.syncing
        self._plugins = bench.plugins
        self._look_at = 0.0
        self._woken = True
        self._look = True
        self._ready = False
        self._stopping = False
        self._hurried = False
        self._next_try = 0.0
        self._thread: threading.Thread | None = None
        self._only: int | None = None

    @property
    def active(self) -> bool:
        """Whether this process runs the jobs of the home."""
        return self._ready

    @property
    def stopping(self) -> bool:
        """Whether it was told to stop."""
        return self._stopping

    @property
    def paused(self) -> QntxError | None:
        """Why no job is claimed at the moment, None while all is well."""
        return self._gate.error

    def start(self) -> None:
        """Begin, on a thread of its own; as a client of another process if that one holds the home's lock."""
        self._stopping = False
        self.crew.begin()
        self._thread = threading.Thread(target=self._serve, name="pulse")
        self._thread.start()

    def wake(self) -> None:
        """Look at the queue now."""
        with self._changed:
            self._woken = self._look = True
            self._changed.notify_all()

    def _worker_free(self, must_look: bool) -> None:
        """A worker found nothing more to do; what was asked for since then is known by `_look`."""
        if must_look or self._look or self._only is not None:
            self.wake()

    def on_event(self, event: Event) -> None:
        """Wake for new work and cancel requests; called for every event, on the thread that publishes."""
        self._scheduler.on_event(event)
        self._plugins.on_event(event)
        if isinstance(event, (ScheduleChanged, PluginChanged)):
            self.wake()
        if isinstance(event, JobChanged) and event.job.cancel_requested:
            self.wake()
        elif isinstance(event, JobChanged) and event.job.status is JobStatus.PENDING:
            self._look = True  # before asking: a worker that is just done looks at it after it has said so
            if not (self._may_claim() and self.crew.is_full(event.job.type)):
                self.wake()

    def cancel(self, job_id: int) -> Job:
        """Cancel a job: at once if it is pending, as soon as its process is gone if it runs.

        Raises:
            ErrJobNotFound, ErrJobNotCancellable: There is none, or it has ended.
        """
        job = self._queue.cancel(job_id)
        self.crew.cancel(job_id)
        return job

    def stop(self, grace_s: float = GRACE_S, on_wait: OnWait | None = None) -> None:
        """Stop claiming, let what runs finish for a while, then stop it and put its jobs back.

        A second call, also from another thread, cuts the wait short; both return when all is over.

        Args:
            grace_s: How long running jobs may still take, in seconds.
            on_wait: Told a few times a second how long and for how many jobs.
        """
        with self._changed:
            self._hurried = self._stopping
        self.crew.nudge()
        self._stop_thread()
        self._wait_for_runs(grace_s, on_wait)
        self.crew.stop(QUIT, KILL_S)
        self._step_down()

    def run_until(self, job_id: int, on_change: Callable[[Job], None] | None = None) -> Job:
        """Work through the queue until a job has ended, or wait for the process that does.

        For a call of the command line, which has not started the runner. Runs one job at a time and steps down on
        return. Left by an exception (Ctrl-C), it cancels the job if this process is the one to run it.

        Args:
            on_change: Told the job whenever it is seen changed, first at once.

        Returns:
            The job, ended - or pending with a `waiting_code`.

        Raises:
            ErrJobNotFound: There is no such job.
            QntxError: The store takes no work.
        """
        if self._thread is not None:
            return self._follow(job_id, on_change)
        self._stopping, self._only = False, job_id
        self.crew.begin()
        # A thread of its own claims and runs: an interruption of the caller never hits a write half-way.
        self._thread = threading.Thread(target=self._serve, name="pulse")
        self._thread.start()
        try:
            return self._follow(job_id, on_change)
        except BaseException:
            self._stop_thread()
            self._abandon(job_id)
            raise
        finally:
            self._stop_thread()
            self._thread = self._only = None
            self._step_down()

    # One turn of the thread

    def _serve(self) -> None:
        self._publish(RunnerRole(active=False))
        while not self._stopping:
            try:
                self._turn()
            except Exception as error:  # noqa: BLE001 - the thread must outlive a defect of ours
                _log.exception("the runner stumbled")
                self._gate.pause(_TURN, error if isinstance(error, QntxError) else ErrUnexpected(str(error)))
                self._look, self._next_try = True, time.monotonic() + RETRY_S
            else:
                self._gate.resume(_TURN)
            self._rest(self._pause_s())

    def _turn(self) -> None:
        if self._watch.check():
            self._look = True
            self._scheduler.look_again()
        if time.monotonic() >= self._look_at:
            self._look, self._look_at = True, time.monotonic() + LOOK_ANYWAY_S
        if not self._leads():
            return
        self.crew.tend()
        self._tend_plugins()
        clock_changed = self._clock_changed()
        self._release_held(clock_changed)
        if self._only is None:  # a call of the command line serves its own job only
            self._scheduler.tend(clock_changed=clock_changed)
            self._sync_sources(clock_changed=clock_changed)
            self._plugins.serve_watchers()
        self._tidy()
        while not self._stopping and self._claim():
            pass

    def _tend_plugins(self) -> None:
        types = self._plugins.tend()
        if types is not None:
            self.crew.learn(types, LANE_WIDTH)
            self._look = True

    def _pause_s(self) -> float:
        if self._only is not None:
            return FOLLOW_S
        return POLL_S if self.crew.running else IDLE_POLL_S

    def _rest(self, at_most_s: float) -> None:
        slot_s = self._scheduler.wait_s() if self._ready and self._only is None else None
        if slot_s is not None:
            at_most_s = min(at_most_s, max(slot_s, SLOT_S))
        with self._changed:
            self._changed.wait_for(lambda: self._woken or self._stopping, timeout=at_most_s)
            self._woken = False

    def _leads(self) -> bool:
        """Whether this process runs the jobs; takes the lock and clears up when nobody else does."""
        if self._ready:
            return True
        if time.monotonic() < self._next_try:
            return False
        self._next_try = time.monotonic() + RETRY_S
        try:
            if not self._lock.held and not self._lock.acquire():
                return False
            self._reap()
            self._db.write(lambda tx: jobs.recover(tx, self._instance_id))
            self._plugins.begin(eager=self._only is None)
        except QntxError as error:
            self._gate.pause(self, error)
            return False
        self._gate.resume(self)
        self._next_try = 0.0
        self._ready = self._look = True
        self._publish(RunnerRole(active=True))
        return True

    def _clock_changed(self) -> bool:
        """Whether the clock was set, or the machine slept, since the last turn."""
        ahead_us, before_us = self._ahead_us(), self._clock_ahead_us
        self._clock_ahead_us = ahead_us
        return abs(ahead_us - before_us) > CLOCK_CHANGED_US

    def _release_held(self, changed: bool) -> None:
        """Let jobs whose moment has come be claimed again; when the clock was changed, all of them."""
        if self._look:
            with self._db.read() as connection:
                self._release_us = jobs.next_release_us(connection)
        if self._release_us is not None and (changed or self._release_us <= self._clock()):
            self._db.write(lambda tx: jobs.release_held(tx, all_of_them=changed))
            self._look = True

    def _sync_sources(self, *, clock_changed: bool) -> None:
        """Make the jobs of code sources whose interval is over."""
        if time.monotonic() < self._sync_at and not clock_changed:
            return
        self._sync_at = time.monotonic() + SYNC_LOOK_S
        if self._syncing.enqueue_due(self._clock(), self._queue.enqueue, clock_changed=clock_changed):
            self._look = True

    def _tidy(self) -> None:
        """Ask for housekeeping when it is due; in a call of the command line it goes first and is soon over."""
        if time.monotonic() < self._tidy_at:
            return
        self._tidy_at = time.monotonic() + TIDY_LOOK_S
        if self._tidies and self._retention.due():
            self._queue.enqueue(
                JobRequest(
                    type=HOUSEKEEPING,
                    payload={},
                    priority=Priority.SCHEDULED if self._only is None else Priority.MANUAL + 1,
                    reference_type="app",
                    reference_id=HOUSEKEEPING,
                    trigger=Trigger.SCHEDULE,
                )
            )
            self._look = True

    def _ahead_us(self) -> int:
        """How far the clock on the wall is ahead of one that nobody changes."""
        return self._clock() - time.monotonic_ns() // 1000

    def _may_claim(self) -> bool:
        """Whether a worker may go on by itself; a call of the command line looks first, after each job."""
        return self._ready and not self._stopping and self._only is None and self._gate.error is None

    def _claim(self) -> bool:
        """Claim one job and hand it to its lane; False when there is nothing to do or no room for it."""
        if not self._look or self._gate.blocked_by_others(self) or time.monotonic() < self._next_try:
            return False
        if self._one_is_enough():
            return False
        with self.crew.reserving() as types:
            return bool(types) and self._claim_of(types)

    def _claim_of(self, types: Sequence[str]) -> bool:
        self._look = False
        try:
            claim = self._db.write(lambda tx: self.crew.claim(tx, types))
        except QntxError as error:
            self._gate.pause(self, error)
            self._look, self._next_try = True, time.monotonic() + RETRY_S
            return False
        self._gate.resume(self)
        if claim is None:
            return False
        self._look = True
        self.crew.hand_over(claim)
        return True

    # Ending

    def _wait_for_runs(self, at_most_s: float, on_wait: OnWait | None) -> None:
        end = time.monotonic() + at_most_s
        while (left := end - time.monotonic()) > 0:
            count = len(self.crew.running)
            if not count or self._hurried:
                return
            if on_wait is not None:
                on_wait(left, count)
            self.crew.wait(min(left, TOLD_EVERY_S), until=lambda: self._hurried)

    def _step_down(self) -> None:
        """Let another process run the jobs, unless something still runs here."""
        self._plugins.end()
        if self.crew.running:
            return
        was, self._ready = self._ready, False
        self._lock.release()
        if was:
            self._publish(RunnerRole(active=False))

    # A single call of the command line

    def _follow(self, job_id: int, on_change: Callable[[Job], None] | None) -> Job:
        seen: Job | None = None
        while True:
            job = self._queue.get(job_id)
            if job != seen and on_change is not None:
                on_change(job)
            seen = job
            if job.waiting_code is not None and not job.ended:
                return job
            busy = self._only is not None and bool(self.crew.running)
            if job.ended and not busy:
                return job
            error = self._gate.error
            if error is not None and not busy and self._only is not None:
                raise error
            with self._changed:
                self._changed.wait(FOLLOW_S)

    def _one_is_enough(self) -> bool:
        """Whether `run_until` should not claim now: something runs here, or its job needs nothing any more."""
        if self._only is None:
            return False
        if self.crew.running:
            return True
        job = self._queue.get(self._only)
        return job.status is not JobStatus.PENDING or job.waiting_code is not None

    def _stop_thread(self) -> None:
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        thread = self._thread
        if thread is not None:
            thread.join()
            self._thread = None

    def _abandon(self, job_id: int) -> None:
        """Before an exception goes on: stop what this process runs, the followed job for good."""
        if not self._ready:
            return
        try:
            self.cancel(job_id)
        except ErrJobNotCancellable:
            _log.info("job %d had ended already", job_id)
        except QntxError as error:
            _log.warning("job %d could not be cancelled: %s", job_id, error)
        self.crew.stop(QUIT, KILL_S)
