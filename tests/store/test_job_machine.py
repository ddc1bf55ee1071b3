"""The queue against a model of it: any order of requests, claims, endings, losses and starts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from qntx_desktop.model.errors import ErrJobNotCancellable, QntxError
from qntx_desktop.model.job import ENDED, TRANSITIONS, ExecutionStatus, JobRequest, JobStatus, Outcome, Waiting
from qntx_desktop.model.limit import Hold
from qntx_desktop.store import jobs, retention
from qntx_desktop.store.transaction import TermCache, Tx
from tests.store.conftest import START_US, in_memory

TYPES = ("a", "b")


@dataclass
class Expected:
    """What the model knows of a job."""

    type: str
    text: str
    reference: str | None
    concurrent: bool
    priority: int
    status: str = "pending"
    instance: str | None = None
    losses: int = 0
    cancel: bool = False
    held: bool = False
    attempts: int = 0


class QueueMachine(RuleBasedStateMachine):
    """Does to the queue and to a plain dict the same, and compares them after each step."""

    @initialize()
    def open(self) -> None:
        self.connection = in_memory()
        self.expected: dict[int, Expected] = {}
        self.claims: list[jobs.Claim] = []
        self.instance = 1
        self.seen: dict[int, JobStatus] = {}

    def teardown(self) -> None:
        if hasattr(self, "connection"):
            self.connection.close()

    def tx(self) -> Tx:
        return Tx(self.connection, START_US, TermCache())

    def pending_of(self, reference: str | None) -> int | None:
        found = [
            key
            for key, each in self.expected.items()
            if each.status == "pending" and not each.concurrent and each.reference == reference is not None
        ]
        assert len(found) <= 1
        return found[0] if found else None

    @rule(
        kind=st.sampled_from(TYPES),
        text=st.sampled_from("xy"),
        reference=st.sampled_from([None, "1", "2"]),
        concurrent=st.booleans(),
        priority=st.sampled_from([0, 50, 100]),
    )
    def enqueue(self, kind: str, text: str, reference: str | None, concurrent: bool, priority: int) -> None:
        request = JobRequest(
            type=kind,
            payload={"t": text},
            reference_type="glyph" if reference else None,
            reference_id=reference,
            concurrent=concurrent,
            priority=priority,
            limit_key=kind,
        )
        twin = None if concurrent else self.pending_of(reference)
        job = jobs.enqueue(self.tx(), request)
        if twin is not None and (self.expected[twin].type, self.expected[twin].text) == (kind, text):
            assert job.id == twin
            self.expected[twin].priority = max(priority, self.expected[twin].priority)
            return
        assert job.id not in self.expected
        if twin is not None:
            self.expected[twin].status = "cancelled"
        self.expected[job.id] = Expected(kind, text, reference, concurrent, priority)

    @rule(types=st.sampled_from([("a",), ("b",), TYPES]))
    def claim(self, types: tuple[str, ...]) -> None:
        busy = {
            each.reference
            for each in self.expected.values()
            if each.status == "running" and not each.concurrent
        }
        ready = [
            (-each.priority, key)
            for key, each in self.expected.items()
            if each.status == "pending"
            and not each.held
            and each.type in types
            and (each.concurrent or each.reference is None or each.reference not in busy)
        ]
        claim = jobs.claim(self.tx(), instance_id=str(self.instance), types=types)
        if not ready:
            assert claim is None
            return
        assert claim is not None
        assert claim.job.id == min(ready)[1]
        self.expected[claim.job.id].status = "running"
        self.expected[claim.job.id].instance = str(self.instance)
        self.expected[claim.job.id].cancel = False
        self.expected[claim.job.id].attempts += 1
        assert claim.job.attempt == self.expected[claim.job.id].attempts
        self.claims.append(claim)

    @rule(types=st.sampled_from([("a",), ("b",), TYPES]), after_us=st.integers(1, 3))
    def hold(self, types: tuple[str, ...], after_us: int) -> None:
        """The next job is taken and turns out to be over its limit: it and its like wait, as if never taken."""
        tx = self.tx()
        job = jobs.take(tx, instance_id=str(self.instance), types=types)
        if job is None:
            return
        jobs.hold_back(
            tx, job, Hold(code=Waiting.RATE_LIMIT, message="later", until_us=START_US + after_us)
        )
        for each in self.expected.values():
            if each.status == "pending" and each.type == job.limit_key:
                each.held = True

    @rule(now_us=st.integers(0, 4), all_of_them=st.booleans())
    def let_go(self, now_us: int, all_of_them: bool) -> None:
        due = {
            row[0]
            for row in self.connection.execute(
                "SELECT id FROM job_queue WHERE status = 'pending' AND waiting_until_us IS NOT NULL"
                " AND (waiting_until_us <= ? OR ?)",
                (START_US + now_us, all_of_them),
            )
        }
        assert due <= {key for key, each in self.expected.items() if each.held}
        released = jobs.release_held(Tx(self.connection, START_US + now_us, TermCache()), all_of_them=all_of_them)
        assert released == len(due)
        for key in due:
            self.expected[key].held = False

    @precondition(lambda self: self.expected)
    @rule(data=st.data())
    def forget(self, data: Any) -> None:
        """Retention takes an ended job; asked for one that has not ended it takes nothing."""
        tx = self.tx()
        key = data.draw(st.sampled_from(sorted(self.expected)))
        ended = self.expected[key].status in ENDED
        assert retention.delete_jobs(tx, [key]) == int(ended)
        if not ended:
            return
        del self.expected[key]
        self.seen.pop(key, None)
        self.claims = [claim for claim in self.claims if claim.job.id != key]

    def holds(self, claim: jobs.Claim) -> bool:
        latest = [each for each in self.claims if each.job.id == claim.job.id][-1]
        return latest is claim and self.expected[claim.job.id].status == "running"

    @precondition(lambda self: self.claims)
    @rule(
        data=st.data(),
        status=st.sampled_from(
            [ExecutionStatus.COMPLETED, ExecutionStatus.FAILED, ExecutionStatus.CANCELLED]
        ),
    )
    def finish(self, data: Any, status: ExecutionStatus) -> None:
        claim = data.draw(st.sampled_from(self.claims))
        holds = self.holds(claim)
        try:
            jobs.finish(self.tx(), claim, Outcome(status=status))
        except QntxError as error:
            stale = error.details.get("reason")
            refused = stale == "stale_claim"
            assert refused is not holds
        else:
            assert holds
            self.expected[claim.job.id].status = str(status)

    @precondition(lambda self: self.claims)
    @rule(data=st.data())
    def release(self, data: Any) -> None:
        claim = data.draw(st.sampled_from(self.claims))
        holds, model = self.holds(claim), self.expected[claim.job.id]
        twin = None if model.concurrent else self.pending_of(model.reference)
        try:
            jobs.release(self.tx(), claim)
        except QntxError as error:
            stale = error.details.get("reason")
            refused = stale == "stale_claim"
            assert refused is not holds
        else:
            assert holds
            model.status = "cancelled" if model.cancel or twin is not None else "pending"

    @precondition(lambda self: self.expected)
    @rule(data=st.data())
    def cancel(self, data: Any) -> None:
        job_id = data.draw(st.sampled_from(sorted(self.expected)))
        model = self.expected[job_id]
        try:
            jobs.request_cancel(self.tx(), job_id)
        except ErrJobNotCancellable:
            assert model.status in ("completed", "failed", "cancelled")
            return
        if model.status == "pending":
            model.status = "cancelled"
        else:
            assert model.status == "running"
            model.cancel = True

    @rule()
    def start_again(self) -> None:
        self.instance += 1
        jobs.recover(self.tx(), str(self.instance))
        for key in sorted(self.expected):
            model = self.expected[key]
            if model.status != "running":
                continue
            twin = None if model.concurrent else self.pending_of(model.reference)
            if model.cancel or twin is not None:
                model.status = "cancelled"
            elif model.losses >= 1:
                model.status = "failed"
            else:
                model.status, model.losses = "pending", 1

    @invariant()
    def the_queue_is_as_the_model_says(self) -> None:
        if not hasattr(self, "connection"):
            return
        for key, model in self.expected.items():
            job = jobs.get(self.connection, key)
            assert job is not None
            assert job.status == model.status
            assert (job.waiting_code is not None) == (model.held and model.status == "pending")
            assert job.attempt == model.attempts
            before = self.seen.get(key, JobStatus.PENDING)
            # a step may do two legal changes at once, such as replacing; none of ours skips a state
            assert job.status == before or job.status in TRANSITIONS[before]
            self.seen[key] = job.status

    @invariant()
    def no_reference_runs_twice(self) -> None:
        if not hasattr(self, "connection"):
            return
        running = self.connection.execute(
            """SELECT reference_id FROM job_queue WHERE status = 'running' AND concurrent = 0
                AND reference_id IS NOT NULL"""
        ).fetchall()
        assert len(running) == len(set(running))

    @invariant()
    def each_running_job_has_one_running_attempt(self) -> None:
        if not hasattr(self, "connection"):
            return
        attempts = self.connection.execute("SELECT job_id FROM execution WHERE status = 'running'").fetchall()
        running = [key for key, model in self.expected.items() if model.status == "running"]
        assert sorted(key for (key,) in attempts) == sorted(running)


TestQueueMachine = QueueMachine.TestCase
TestQueueMachine.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
