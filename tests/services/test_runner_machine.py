"""The runner with three workers, conducted step by step.

Whatever is asked, ended, cancelled or stopped in any order: no job and no reference runs twice at once, and nothing
that could run waits.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections import Counter
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from qntx_desktop.app.container import build
from qntx_desktop.app.paths import Home
from qntx_desktop.app.thread_lanes import ThreadLanes
from qntx_desktop.model.errors import ErrCancelled, ErrJobNotCancellable
from qntx_desktop.model.job import ExecutionStatus, Job, JobFilter, JobStatus, Outcome
from tests.services.test_queue_faults import request, runner_of

WORKERS = 3
WAIT_S = 30.0
REFERENCES = [None, None, 1, 2]


class Conducted:
    """Runs go on until the test ends them; it notices when two share a job or a reference."""

    name = "watched"
    lane = "light"

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.alive: dict[int, Any] = {}
        self.twice: list[str] = []
        self._stays: set[int] = set()

    def check(self, payload: Any) -> None:
        """Anything goes."""

    def run(self, context: Any) -> Outcome:
        """Stay until let go, or until the app wants it to stop."""
        number, run = context.payload["n"], int(context.run_id)
        context.cancel.on_cancel(self._look)
        with self.changed:
            keys = Counter(
                key
                for each in (*self.alive.values(), context)
                for key in (f"job {each.payload['n']}", f"reference {each.payload['reference']}")
                if key != "reference None"
            )
            self.twice += [key for key, count in keys.items() if count > 1]
            self.alive[run] = context
            self._stays.add(run)
            self.changed.notify_all()
            ended = self.changed.wait_for(lambda: run not in self._stays or context.cancel.requested, WAIT_S)
            assert ended, f"job {number} was forgotten"
            stopped = run in self._stays
            self._stays.discard(run)
            del self.alive[run]
            self.changed.notify_all()
        if stopped:
            error = ErrCancelled(context.cancel.reason).to_json()
            return Outcome(status=ExecutionStatus.CANCELLED, error=error)
        return Outcome(status=ExecutionStatus.COMPLETED, sandbox="none")

    def let_go(self, run: int) -> None:
        """End one run well."""
        with self.changed:
            self._stays.discard(run)
            self.changed.notify_all()

    def _look(self) -> None:
        with self.changed:
            self.changed.notify_all()


class RunnerMachine(RuleBasedStateMachine):
    """After each step it waits until as many run as can, and no longer."""

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="qntx-machine-"))
        self.services = build(
            Home(root=self.folder), lanes=ThreadLanes({"light": WORKERS}), publish=lambda _event: None
        )
        self.watched = Conducted()
        self.runner = runner_of(self.services, self.watched)  # type: ignore[arg-type]
        self.runner.start()
        self.number = 0

    def teardown(self) -> None:
        if not hasattr(self, "folder"):
            return
        self.runner.stop(0.0)
        left = self.jobs()
        self.services.close()
        shutil.rmtree(self.folder)
        assert not [job for job in left if job.status is JobStatus.RUNNING]
        assert not [job for job in left if job.retry_count], "quitting uses up no retry"

    @rule(reference=st.sampled_from(REFERENCES), same=st.booleans(), concurrent=st.booleans())
    def ask(self, reference: int | None, same: bool, concurrent: bool) -> None:
        self.number += not same
        number = -(reference or 0) - 1 if same else self.number
        before = {job.id for job in self.jobs(JobStatus.PENDING)}
        alone = concurrent and reference is None
        if same and reference is None:
            return
        job = self.services.queue.enqueue(request(number, reference, concurrent=alone))
        assert job.id in before or not job.ended
        self.settle()

    @precondition(lambda self: self.watched.alive)
    @rule(data=st.data())
    def end(self, data: st.DataObject) -> None:
        run = data.draw(st.sampled_from(sorted(self.watched.alive)))
        job = self.services.queue.execution(run)
        assert job is not None
        self.watched.let_go(run)
        self.until(lambda: self.services.queue.get(job.job_id).ended, "its end is stored")
        self.settle()

    @precondition(lambda self: self.number)
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        job = data.draw(st.sampled_from(sorted(self.jobs(), key=lambda job: job.id)))
        try:
            self.runner.cancel(job.id)
        except ErrJobNotCancellable:
            assert job.ended
            return
        self.until(lambda: self.services.queue.get(job.id).status is JobStatus.CANCELLED, "it is cancelled")
        self.settle()

    @rule()
    def cancel_all(self) -> None:
        self.services.queue.cancel_all()
        self.settle()

    @rule()
    def stop_and_start(self) -> None:
        running = {job.id for job in self.jobs(JobStatus.RUNNING)}
        self.runner.stop(0.0)
        assert not self.watched.alive
        assert not self.jobs(JobStatus.RUNNING)
        put_back = {job.id for job in self.jobs() if job.id in running and job.status is JobStatus.PENDING}
        superseded = {job.id for job in self.jobs() if job.id in running and job.status is JobStatus.CANCELLED}
        assert put_back | superseded == running
        self.runner.start()
        self.settle()

    def jobs(self, status: JobStatus | None = None) -> tuple[Job, ...]:
        return self.services.queue.list(JobFilter(status=status, limit=1_000))

    def settle(self) -> None:
        """Wait until as many run as workers and references allow; never are there two of one."""
        self.until(self._as_many_as_can, "what could run waits")
        assert self.watched.twice == []

    def _as_many_as_can(self) -> bool:
        jobs = self.jobs()
        running = [job for job in jobs if job.status is JobStatus.RUNNING]
        held = {job.reference_id for job in running if job.reference_id is not None and not job.concurrent}
        assert len(running) <= WORKERS
        ready = {
            job.reference_id or f"job {job.id}"
            for job in jobs
            if job.status is JobStatus.PENDING and (job.concurrent or job.reference_id not in held)
        }
        full = len(running) == WORKERS or not ready
        return full and len(self.watched.alive) == len(running)

    def until(self, true: Any, what: str) -> None:
        """Looks every few milliseconds: the end of a run is stored by a thread that tells nobody."""
        pause = threading.Event()
        for _ in range(int(WAIT_S / 0.005)):
            if true():
                return
            pause.wait(0.005)
        raise AssertionError(what)


TestRunnerMachine = RunnerMachine.TestCase
TestRunnerMachine.settings = settings(max_examples=8, stateful_step_count=20, deadline=None)
