"""The queue: joins, claims, guarded changes, recovery, and what a run leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest

from qntx_desktop.model.errors import ErrJobNotCancellable, ErrJobNotFound, QntxError
from qntx_desktop.model.events import JobChanged, JobsRecovered, RunLogged
from qntx_desktop.model.handler import HandlerVersion
from qntx_desktop.model.job import (
    Execution,
    ExecutionStatus,
    Job,
    JobFilter,
    JobRequest,
    JobStatus,
    Outcome,
    RecoveryReport,
)
from qntx_desktop.store import executions, jobs
from qntx_desktop.store.retention import delete_jobs
from qntx_desktop.store.transaction import TermCache, Tx
from tests.store.conftest import Store, in_memory

DONE = Outcome(status=ExecutionStatus.COMPLETED, exit_code=0, stdout="out", duration_ms=12.5, result={"n": 1})
CSV = HandlerVersion(script_type="csv", version=2, asid="AS-2", code="", code_sha256="", created_at_us=0)


class Queue:
    """Shortcuts over the queue of a store."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def add(self, text: str = "x", of: str | None = None, **more: Any) -> Job:
        kind = more.pop("type", "python.script")
        reference = "glyph" if of is not None else None
        request = JobRequest(
            type=kind, payload={"text": text}, reference_type=reference, reference_id=of, **more
        )
        return self.store.db.write(lambda tx: jobs.enqueue(tx, request))

    def claim(self, *types: str, instance: str = "here") -> jobs.Claim | None:
        wanted = types or ("python.script",)
        return self.store.db.write(lambda tx: jobs.claim(tx, instance_id=instance, types=wanted))

    def run(self, instance: str = "here") -> jobs.Claim:
        claimed = self.claim(instance=instance)
        assert claimed is not None
        return claimed

    def finish(self, claim: jobs.Claim, outcome: Outcome = DONE) -> Job:
        key = jobs.state_key("csv", ["a"])
        return self.store.db.write(lambda tx: jobs.finish(tx, claim, outcome, memory_key=key))

    def recover(self, instance: str) -> RecoveryReport:
        return self.store.db.write(lambda tx: jobs.recover(tx, instance))

    def cancel(self, job_id: int) -> Job:
        return self.store.db.write(lambda tx: jobs.request_cancel(tx, job_id))

    def get(self, job_id: int) -> Job:
        with self.store.db.read() as connection:
            job = jobs.get(connection, job_id)
        assert job is not None
        return job

    def attempts(self, job_id: int) -> tuple[Execution, ...]:
        with self.store.db.read() as connection:
            return jobs.executions(connection, job_id)


@pytest.fixture
def queue(store: Store) -> Queue:
    return Queue(store)


def code_of(job: Job) -> str | None:
    return job.error["code"] if job.error is not None else None


def test_a_job_from_beginning_to_end(queue: Queue) -> None:
    made = queue.add(of="4", max_retries=0)
    assert (made.status, made.attempt, made.reference_id, made.payload) == ("pending", 0, "4", {"text": "x"})
    claim = queue.run()
    assert (claim.job.id, claim.job.status, claim.job.attempt) == (made.id, "running", 1)
    assert claim.job.process_instance_id == "here"
    ended = queue.finish(claim)
    assert (ended.status, ended.result, ended.error) == ("completed", {"n": 1}, None)
    assert ended.completed_at_us is not None
    (attempt,) = queue.attempts(made.id)
    assert (attempt.status, attempt.stdout, attempt.duration_ms, attempt.exit_code) == (
        "completed",
        "out",
        12.5,
        0,
    )
    told = [event.job.status for event in queue.store.events if isinstance(event, JobChanged)]
    assert told == ["pending", "running", "completed"]
    assert queue.get(made.id) == ended


def test_an_equal_request_joins_and_raises_the_priority(queue: Queue) -> None:
    first = queue.add(of="1", priority=0)
    joined = queue.add(of="1", priority=100)
    assert (joined.id, joined.priority) == (first.id, 100)
    assert queue.add(of="1", priority=50).priority == 100
    assert queue.add(of="2").id != first.id


def test_another_text_takes_the_place_of_the_pending_one(queue: Queue) -> None:
    first = queue.add("old", of="1")
    second = queue.add("new", of="1")
    old = queue.get(first.id)
    assert (old.status, code_of(old)) == ("cancelled", "superseded")
    assert old.error is not None
    assert old.error["details"] == {"by_job_id": second.id}
    assert queue.run().job.id == second.id


def test_without_a_reference_nothing_joins(queue: Queue) -> None:
    assert queue.add().id != queue.add().id


def test_one_pending_beside_one_running_and_never_two_running(queue: Queue) -> None:
    queue.add("a", of="1")
    running = queue.run()
    waiting = queue.add("a", of="1")
    assert waiting.id != running.job.id
    assert queue.claim() is None
    other = queue.add("b", of="2")
    assert queue.run().job.id == other.id
    queue.finish(running)
    assert queue.run().job.id == waiting.id


def test_concurrent_jobs_are_outside_both_rules(queue: Queue) -> None:
    ids = [queue.add(of="1", concurrent=True).id for _ in range(3)]
    queue.add(of="1")
    assert len({queue.run().job.id for _ in range(4)} | set(ids)) == 4


def test_the_order_is_priority_and_then_id_whatever_the_clock_says(queue: Queue) -> None:
    low = queue.add(priority=0)
    queue.store.clock.now_us -= 86_400_000_000
    normal = [queue.add(priority=50).id for _ in range(3)]
    high = queue.add(priority=100)
    assert [queue.run().job.id for _ in range(5)] == [high.id, *normal, low.id]


def test_types_that_nobody_knows_wait(queue: Queue) -> None:
    unknown = queue.add(type="other", priority=100)
    queue.store.db.write(
        lambda tx: jobs.set_waiting(tx, unknown.id, "no_handler_for_type", "nobody knows it")
    )
    known = queue.add(priority=0)
    assert queue.run().job.id == known.id
    assert queue.claim() is None
    assert queue.store.db.write(lambda tx: jobs.claim(tx, instance_id="here", types=())) is None
    later = queue.claim("python.script", "other")
    assert later is not None
    assert (later.job.id, later.job.waiting_code) == (unknown.id, None)


def test_a_job_that_waits_for_something_else_is_not_claimed(queue: Queue) -> None:
    job = queue.add()
    queue.store.db.write(
        lambda tx: jobs.set_waiting(tx, job.id, "permission_required", "asks for the network")
    )
    assert (queue.get(job.id).waiting_code, queue.claim()) == ("permission_required", None)
    queue.store.db.write(lambda tx: jobs.set_waiting(tx, job.id, None))
    assert queue.run().job.id == job.id


def refused(work: Callable[[], object]) -> None:
    with pytest.raises(QntxError) as caught:
        work()
    assert (caught.value.code, caught.value.details["reason"]) == ("job_failed", "stale_claim")


def test_a_stale_claim_changes_nothing(queue: Queue) -> None:
    queue.add()
    lost = queue.run("lost")
    assert queue.recover("here").restarted == (lost.job.id,)
    refused(lambda: queue.finish(lost))
    again = queue.run("here")
    refused(lambda: queue.finish(lost))
    refused(lambda: queue.store.db.write(lambda tx: jobs.release(tx, lost)))
    progress = queue.store.db.write(
        lambda tx: jobs.record_progress(tx, lost, current=1, total=2, message="m")
    )
    assert progress is False
    assert queue.get(again.job.id) == again.job
    assert [each.status for each in queue.attempts(again.job.id)] == ["interrupted", "running"]
    queue.finish(again)
    refused(lambda: queue.finish(again))


def test_an_orphan_runs_once_more_and_then_fails(queue: Queue) -> None:
    job = queue.add(of="1")
    queue.run("first")
    assert queue.recover("first") == RecoveryReport()
    assert queue.recover("second") == RecoveryReport(restarted=(job.id,))
    assert isinstance(queue.store.events[-1], JobsRecovered)
    assert (queue.get(job.id).retry_count, queue.get(job.id).process_instance_id) == (1, None)
    assert queue.run("second").job.attempt == 2
    assert queue.recover("third") == RecoveryReport(failed=(job.id,))
    assert (queue.get(job.id).status, code_of(queue.get(job.id))) == ("failed", "interrupted_twice")
    assert [each.status for each in queue.attempts(job.id)] == ["interrupted", "interrupted"]
    assert queue.recover("fourth") == RecoveryReport()


def test_an_orphan_gives_way_to_the_pending_job_of_its_reference(queue: Queue) -> None:
    queue.add("a", of="1")
    orphan = queue.run("lost").job
    pending = queue.add("b", of="1")
    other = queue.add("c", of="2")
    queue.run("lost")
    report = queue.recover("here")
    assert (report.restarted, report.superseded) == ((other.id,), (orphan.id,))
    error = queue.get(orphan.id).error
    assert error is not None
    assert (error["code"], error["details"]["by_job_id"]) == ("superseded", pending.id)


def test_a_row_that_cannot_be_recovered_does_not_stop_the_rest(queue: Queue) -> None:
    jobs_made = [queue.add(str(number), of=str(number)) for number in range(3)]
    for _ in jobs_made:
        queue.run("lost")
    middle = jobs_made[1].id
    queue.store.db.write(
        lambda tx: tx.connection.execute(
            f"""CREATE TRIGGER stubborn BEFORE UPDATE ON job_queue WHEN new.id = {middle}
                AND new.status = 'pending' BEGIN SELECT RAISE(ABORT, 'no'); END"""
        )
    )
    report = queue.recover("here")
    assert (report.restarted, report.failed) == ((jobs_made[0].id, jobs_made[2].id), (middle,))
    assert code_of(queue.get(middle)) == "job_failed"


def test_an_orphan_that_was_to_be_cancelled_is_cancelled(queue: Queue) -> None:
    job = queue.add()
    queue.run("lost")
    queue.cancel(job.id)
    assert queue.recover("here") == RecoveryReport()
    assert (queue.get(job.id).status, code_of(queue.get(job.id))) == ("cancelled", "cancelled")


def test_quitting_uses_up_no_retry(queue: Queue) -> None:
    job = queue.add(of="1")
    for attempt in (1, 2, 3):
        claim = queue.run()
        assert claim.job.attempt == attempt
        back = queue.store.db.write(lambda tx, claim=claim: jobs.release(tx, claim))
        assert (back.status, back.retry_count, back.started_at_us) == ("pending", 0, None)
    assert [each.status for each in queue.attempts(job.id)] == ["interrupted"] * 3


def test_quitting_with_a_pending_twin_or_a_wish_to_stop(queue: Queue) -> None:
    queue.add("a", of="1")
    first = queue.run()
    twin = queue.add("b", of="1")
    assert code_of(queue.store.db.write(lambda tx: jobs.release(tx, first))) == "superseded"
    second = queue.run()
    assert second.job.id == twin.id
    queue.cancel(twin.id)
    stopped = queue.store.db.write(lambda tx: jobs.release(tx, second))
    assert (stopped.status, code_of(stopped)) == ("cancelled", "cancelled")


def test_cancelling(queue: Queue) -> None:
    running, pending = queue.add(), queue.add()
    claim = queue.run()
    assert queue.cancel(pending.id).status == "cancelled"
    asked = queue.cancel(running.id)
    assert (asked.status, asked.cancel_requested) == ("running", True)
    with queue.store.db.read() as connection:
        assert jobs.cancel_requested(connection, "here") == [running.id]
        assert jobs.cancel_requested(connection, "there") == []
    ended = queue.finish(claim, Outcome(status=ExecutionStatus.CANCELLED, error={"code": "cancelled"}))
    assert ended.status == "cancelled"
    with pytest.raises(ErrJobNotCancellable):
        queue.cancel(running.id)
    with pytest.raises(ErrJobNotFound):
        queue.cancel(999)


def test_a_hundred_thousand_jobs_in_one_transaction(queue: Queue) -> None:
    queue.store.db.write(
        lambda tx: tx.connection.execute(
            """WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
                INSERT INTO job_queue (type, status, priority, payload, "trigger", created_at_us)
                SELECT 'other', 'pending', 100, '{}', 'cli', 0 FROM n"""
        )
    )
    mine = queue.add(priority=0)
    assert queue.run().job.id == mine.id
    with queue.store.db.read() as connection:
        page = jobs.list_jobs(connection, JobFilter(status=JobStatus.PENDING, limit=3, before_id=50_001))
        assert [job.id for job in page] == [50_000, 49_999, 49_998]
    assert queue.store.db.write(jobs.cancel_all_pending) == 100_000
    with queue.store.db.read() as connection:
        assert jobs.counts(connection)[JobStatus.PENDING] == 0
        assert jobs.counts(connection)[JobStatus.CANCELLED] == 100_000


def test_claiming_looks_at_no_job_of_another_type(queue: Queue) -> None:
    with queue.store.db.read() as connection:
        plans = [
            [row[3] for row in connection.execute("EXPLAIN QUERY PLAN " + jobs._next_statement(len(types)), types)]
            for types in (("a",), ("a", "b"))
        ]
    for number, plan in enumerate(plans, 1):
        searches = [step for step in plan if "job_queue" in step or " j " in step or " r " in step]
        assert not any(step.startswith("SCAN") for step in searches), plan
        assert sum("INDEX job_open (status=? AND type=?)" in step for step in searches) == number, plan
        assert sum("INDEX job_one_running" in step for step in searches) == number, plan
        assert not any(step.endswith("ORDER BY") for step in plan[:4]), plan


@pytest.mark.parametrize("question", ["count(*)", "id"])
def test_what_runs_is_found_among_any_number_that_wait(queue: Queue, question: str) -> None:
    with queue.store.db.read() as connection:
        asked = f"EXPLAIN QUERY PLAN SELECT {question} FROM job_queue WHERE status = 'running' AND attempt > 0"
        (step, *_) = [row[3] for row in connection.execute(asked)]
    assert "INDEX job_open (status=?)" in step


def test_a_job_is_told_as_it_stands_in_the_store(queue: Queue) -> None:
    """Those that are taken and those that end are not read again; each field has a value of its own here."""
    retry = queue.add("again").id
    queue.finish(queue.run())
    more = {"priority": 3, "max_retries": 5, "schedule_id": 11, "limit_key": "csv", "trigger": "meld"}
    queue.add("it", of="7", retry_of=retry, **more)
    first = queue.run("gone")
    assert queue.get(first.job.id) == first.job
    queue.recover("here")  # one retry is used up
    claim = queue.run()
    assert queue.get(claim.job.id) == claim.job
    assert (claim.job.attempt, claim.job.retry_count, claim.job.limit_key) == (2, 1, "csv")
    failed = Outcome(status=ExecutionStatus.FAILED, error={"code": "script_error"}, result=[1], cost=0.25)
    ended = queue.finish(claim, failed)
    assert (ended.status, ended.error, ended.result, ended.cost) == ("failed", {"code": "script_error"}, [1], 0.25)
    assert queue.get(claim.job.id) == ended


def test_a_job_that_changed_while_it_ran_is_told_as_it_stands(queue: Queue) -> None:
    queue.add()
    claim = queue.run()
    queue.cancel(claim.job.id)
    queue.store.db.write(lambda tx: jobs.record_progress(tx, claim, current=2, total=9, message="rows"))
    ended = queue.finish(claim)
    assert (ended.cancel_requested, ended.progress_current, ended.progress_total) == (True, 2, 9)
    assert (ended.status, ended.progress_message) == ("completed", "rows")
    assert queue.get(claim.job.id) == ended


def test_no_number_of_an_attempt_is_used_twice() -> None:
    """Whatever is deleted, also the newest of all, and however far the numbers were set aside."""
    request = JobRequest(type="noop", payload={})
    seen: list[int] = []
    with closing(in_memory()) as connection:
        for number in range(3 * executions.SET_ASIDE):
            tx = Tx(connection, number, TermCache())
            job = jobs.enqueue(tx, request)
            claim = jobs.claim(tx, instance_id="here", types=("noop",))
            assert claim is not None
            seen.append(claim.execution_id)
            jobs.finish(tx, claim, DONE)
            if number % 7 == 3:  # the newest two
                connection.execute("DELETE FROM execution WHERE id > ?", (seen[-1] - 2,))
            if number == 100:
                delete_jobs(tx, range(1, job.id + 1))
    assert seen == list(range(1, len(seen) + 1))


def test_listing_narrows_and_is_newest_first(queue: Queue) -> None:
    first, second, third = queue.add(of="1"), queue.add(type="other"), queue.add(of="2")

    def listed(**wanted: Any) -> list[int]:
        with queue.store.db.read() as connection:
            return [job.id for job in jobs.list_jobs(connection, JobFilter(**wanted))]

    assert listed() == [third.id, second.id, first.id]
    assert listed(type="other") == [second.id]
    assert listed(reference_type="glyph", reference_id="1") == [first.id]
    assert listed(status=JobStatus.RUNNING) == []
    assert listed(before_id=third.id, limit=1) == [second.id]


def test_progress_logs_and_description(queue: Queue) -> None:
    queue.add()
    claim = queue.run()

    def work(tx: Any) -> None:
        jobs.describe_execution(
            tx, claim.execution_id, command="ix csv 'a b'", args=["/a b"], handler=CSV, sandbox="process"
        )
        assert jobs.record_progress(tx, claim, current=3, total=None, message="rows")
        for number in range(3):
            jobs.add_log(tx, claim.execution_id, "info", str(number))

    queue.store.db.write(work)
    job = queue.get(claim.job.id)
    assert (job.progress_current, job.progress_total, job.progress_message) == (3, None, "rows")
    with queue.store.db.read() as connection:
        seen = jobs.execution(connection, claim.execution_id)
        lines = jobs.logs(connection, claim.execution_id, after_seq=1)
    assert seen is not None
    assert (seen.command, seen.args, seen.handler_version) == ("ix csv 'a b'", ("/a b",), 2)
    assert [(line.seq, line.message) for line in lines] == [(2, "1"), (3, "2")]
    assert sum(isinstance(event, RunLogged) for event in queue.store.events) == 3


def ran(queue: Queue, outcome: Outcome, args: tuple[str, ...] = ("a",)) -> jobs.Claim:
    queue.add()
    claim = queue.run()
    queue.store.db.write(
        lambda tx: jobs.describe_execution(
            tx, claim.execution_id, command="", args=args, handler=CSV, sandbox="process"
        )
    )
    queue.finish(claim, outcome)
    return claim


def test_state_is_kept_only_when_a_run_ends_well(queue: Queue) -> None:
    good = Outcome(status=ExecutionStatus.COMPLETED, state_json='{"n":1}')
    first = ran(queue, good)
    ran(queue, Outcome(status=ExecutionStatus.FAILED, state_json='{"n":2}', error={"code": "handler_failed"}))
    with queue.store.db.read() as connection:
        assert jobs.remembered(connection, "csv", ["a"]) == ('{"n":1}', first.job.started_at_us)
        assert jobs.remembered(connection, "csv", ["b"]) == (None, None)
        assert jobs.remembered(connection, "csv", []) == (None, None)
    third = ran(queue, Outcome(status=ExecutionStatus.COMPLETED))
    with queue.store.db.read() as connection:
        assert jobs.remembered(connection, "csv", ["a"]) == ('{"n":1}', third.job.started_at_us)


def test_the_last_run_of_each_type(queue: Queue) -> None:
    ran(queue, DONE)
    failed = ran(
        queue, Outcome(status=ExecutionStatus.FAILED, error={"code": "handler_failed"}, duration_ms=3)
    )
    queue.add()
    queue.run()
    with queue.store.db.read() as connection:
        assert jobs.last_runs(connection) == {
            "csv": {
                "job_id": failed.job.id,
                "execution_id": failed.execution_id,
                "status": "failed",
                "started_at_us": failed.job.started_at_us,
                "duration_ms": 3,
                "version": 2,
                "error": {"code": "handler_failed"},
            }
        }


@pytest.mark.parametrize("status", [ExecutionStatus.INTERRUPTED, ExecutionStatus.RUNNING])
def test_an_outcome_that_is_no_end_is_a_mistake(queue: Queue, status: ExecutionStatus) -> None:
    queue.add()
    claim = queue.run()
    with pytest.raises(ValueError, match="no end"):
        queue.finish(claim, Outcome(status=status))
    assert queue.get(claim.job.id).status == "running"
