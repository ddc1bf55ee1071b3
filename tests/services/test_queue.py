"""Asking for jobs of any type: what waits, what is refused, what is done again."""

from __future__ import annotations

from typing import Any

import pytest

from qntx_desktop.app.container import Services
from qntx_desktop.model.errors import ErrActiveJobExists, ErrInvalidPayload, ErrJobNotFound
from qntx_desktop.model.job import ExecutionStatus, Job, JobFilter, JobRequest, JobStatus, Outcome, Trigger
from qntx_desktop.store import jobs

PAYLOAD = {"script_code": "1", "script_type": "t", "args": [], "command": "one"}


def ask(services: Services, **options: Any) -> Job:
    return services.queue.enqueue(JobRequest(**{"type": "python.script", "payload": PAYLOAD, **options}))


def end(services: Services, job: Job, status: ExecutionStatus = ExecutionStatus.FAILED) -> Job:
    claim = services.db.write(lambda tx: jobs.claim(tx, instance_id="me", types=("python.script",)))
    assert claim is not None
    assert claim.job.id == job.id
    return services.db.write(lambda tx: jobs.finish(tx, claim, Outcome(status=status)))


def test_an_unknown_type_waits_and_says_why(services: Services) -> None:
    job = ask(services, type="from.the.future", payload={"any": ["thing", None, 1.5]})
    assert job.to_json()["waiting"] == {
        "code": "no_handler_for_type",
        "message": "No handler for type 'from.the.future' in this version.",
        "until": None,
    }
    assert services.runner.run_until(job.id).status is JobStatus.PENDING


def test_a_version_that_knows_the_type_runs_what_waited(services: Services) -> None:
    job = ask(services, type="from.the.future", payload={})
    claim = services.db.write(lambda tx: jobs.claim(tx, instance_id="me", types=("from.the.future",)))
    assert claim is not None
    assert (claim.job.id, claim.job.waiting_code, claim.job.waiting_message) == (job.id, None, "")


def test_a_payload_that_its_type_refuses_makes_no_job(services: Services) -> None:
    with pytest.raises(ErrInvalidPayload) as caught:
        ask(services, payload={**PAYLOAD, "args": ["ok", 3]})
    assert caught.value.details["field"] == "args.1"
    assert services.queue.list() == ()


def test_a_retry_is_a_new_job_that_points_to_the_old_one(services: Services) -> None:
    asked = ask(services, reference_type="glyph", reference_id="7", priority=3, limit_key="t", max_retries=4)
    failed = end(services, asked)
    again = services.queue.retry(failed.id)
    assert again.id != failed.id
    assert (again.retry_of, again.trigger, again.status) == (failed.id, Trigger.RETRY, JobStatus.PENDING)
    assert (again.payload, again.reference_id, again.limit_key, again.max_retries) == (PAYLOAD, "7", "t", 4)
    assert again.to_json()["retry_of"] == failed.id
    assert services.queue.get(failed.id) == failed
    end(services, again, ExecutionStatus.COMPLETED)
    execution = services.queue.execution_of(again.id)
    assert execution is not None
    assert execution.trigger == "retry"


def test_retrying_joins_the_pending_job_of_the_same_reference(services: Services) -> None:
    failed = end(services, ask(services, reference_type="glyph", reference_id="7"))
    pending = ask(services, reference_type="glyph", reference_id="7", priority=0)
    assert services.queue.retry(failed.id).id == pending.id
    assert services.queue.get(pending.id).priority == 100


def test_only_what_has_ended_is_retried(services: Services) -> None:
    job = ask(services)
    with pytest.raises(ErrActiveJobExists) as caught:
        services.queue.retry(job.id)
    assert caught.value.message == f"Job {job.id} is still pending."
    with pytest.raises(ErrJobNotFound):
        services.queue.retry(4711)


def test_an_attempt_after_a_loss_says_that_it_is_one(services: Services) -> None:
    job = ask(services, trigger=Trigger.SCHEDULE, schedule_id=5)
    services.db.write(lambda tx: jobs.claim(tx, instance_id="lost", types=("python.script",)))
    services.db.write(lambda tx: jobs.recover(tx, "me"))
    ended = end(services, job, ExecutionStatus.COMPLETED)
    assert [each.trigger for each in services.queue.executions(job.id)] == ["schedule", "orphan"]
    assert (ended.trigger, ended.schedule_id) == ("schedule", 5)


def test_counting_and_cancelling_everything(services: Services) -> None:
    end(services, ask(services), ExecutionStatus.COMPLETED)
    end(services, ask(services))
    for _ in range(3):
        ask(services)
    waits = ask(services, type="unknown", payload={})
    services.db.write(lambda tx: jobs.set_waiting(tx, ask_in(tx).id, "permission_required", "Allow it first."))
    running = services.db.write(lambda tx: jobs.claim(tx, instance_id="me", types=("python.script",)))
    assert running is not None
    assert services.queue.counts() == {
        JobStatus.PENDING: 4,
        JobStatus.RUNNING: 1,
        JobStatus.COMPLETED: 1,
        JobStatus.FAILED: 1,
        JobStatus.CANCELLED: 0,
    }
    assert services.queue.cancel_all() == 4
    assert services.queue.get(waits.id).status is JobStatus.CANCELLED
    assert services.queue.get(running.job.id).status is JobStatus.RUNNING
    assert services.queue.cancel_all() == 0
    for status, number in services.queue.counts().items():
        assert len(services.queue.list(JobFilter(status=status))) == number


def ask_in(tx: Any) -> Job:
    return jobs.enqueue(tx, JobRequest(type="python.script", payload=PAYLOAD))
