"""The queue under real trouble: a locked store, many who ask at once, two runners of one home, quitting busy."""

from __future__ import annotations

import random
import sqlite3
import threading
import time
from collections import Counter
from contextlib import closing
from typing import Any

import pytest

from qntx_desktop.app.container import Services
from qntx_desktop.app.thread_lanes import ThreadLanes
from qntx_desktop.model.events import JobChanged, QueuePaused, RunnerRole
from qntx_desktop.model.job import ExecutionStatus, Job, JobRequest, JobStatus, Outcome
from qntx_desktop.services.ports import Lane
from qntx_desktop.services.runner import Runner
from tests.services.test_runner import Play, ask


class Watched:
    """A job type that notices when two of its runs share a job or a reference."""

    name = "watched"
    lane = "light"

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._alive: Counter[str] = Counter()
        self.began: Counter[int] = Counter()
        self.twice: list[str] = []

    def check(self, payload: Any) -> None:
        """Anything goes."""

    def run(self, context: Any) -> Outcome:
        """Stay alive for a moment, so that another one could come in between."""
        keys = [f"run {context.run_id}", f"reference {context.payload['reference']}"]
        keys = [key for key in keys if key != "reference None"]
        with self._guard:
            self.began[context.payload["n"]] += 1
            self._alive.update(keys)
            self.twice += [key for key in keys if self._alive[key] > 1]
        time.sleep(0)
        with self._guard:
            self._alive.subtract(keys)
        return Outcome(status=ExecutionStatus.COMPLETED, sandbox="none")


def runner_of(services: Services, job_type: Watched) -> Runner:
    """A runner that knows this type only, in place of the usual one."""
    runner = Runner(
        db=services.db,
        bench=services.bench,
        lanes=services.lanes,
        lock=services.lock,
        instance_id=services.instance_id,
        publish=services.events,
        watch=services.watch,
        reap=lambda: None,
        job_types=(job_type,),
    )
    services.events.add(runner.on_event)
    vars(services)["_runner"] = runner
    services.queue._types = {job_type.name: job_type}
    services.queue.attach(runner.crew)
    return runner


def request(number: int, reference: int | None, **options: Any) -> JobRequest:
    return JobRequest(
        type="watched",
        payload={"n": number, "reference": reference},
        reference_type="thing" if reference is not None else None,
        reference_id=str(reference) if reference is not None else None,
        **options,
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_many_workers_and_many_who_ask_never_run_anything_twice(open_services: Any, seed: int) -> None:
    services = open_services(publish=lambda _event: None, lanes=ThreadLanes({"light": 4}))
    watched = Watched()
    runner = runner_of(services, watched)
    runner.start()
    asked: list[Job] = []

    def asking(number: int) -> None:
        source = random.Random(seed * 100 + number)
        for each in range(60):
            reference = source.choice([None, None, 1, 2])
            asked.append(services.queue.enqueue(request(number * 1000 + each, reference)))
            if source.random() < 0.1:
                services.queue.cancel_all()

    threads = [threading.Thread(target=asking, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    deadline = time.monotonic() + 30
    while (counts := services.queue.counts())[JobStatus.PENDING] + counts[JobStatus.RUNNING]:
        assert time.monotonic() < deadline, counts
        threading.Event().wait(0.01)
    runner.stop()
    assert watched.twice == []
    assert set(watched.began.values()) == {1}
    ended = {job.id: services.queue.get(job.id) for job in asked}
    assert {str(job.status) for job in ended.values()} <= {"completed", "cancelled"}
    completed = [job for job in ended.values() if job.status is JobStatus.COMPLETED]
    assert sorted(job.payload["n"] for job in completed) == sorted(watched.began)
    assert all(job.attempt == 1 for job in completed)


def test_a_job_asked_for_the_moment_a_worker_ends_does_not_wait(open_services: Any) -> None:
    """Nobody polls in between: each end is answered with the next request, many times over."""
    services = open_services(publish=lambda _event: None, lanes=ThreadLanes({"light": 1}))
    runner = runner_of(services, Watched())
    done = threading.Semaphore(0)
    services.events.add(lambda event: isinstance(event, JobChanged) and event.job.ended and done.release())
    runner.start()
    waited: list[float] = []
    for number in range(300):
        began = time.monotonic()
        services.queue.enqueue(request(number, None))
        assert done.acquire(timeout=30)
        waited.append(time.monotonic() - began)
    runner.stop()
    # One lost wake-up costs a quarter of a second; so many of them cannot be chance.
    assert sum(each > 0.2 for each in waited) <= 2


def test_a_store_that_another_program_keeps_locked_pauses_the_queue(
    open_services: Any, heard: Any, home: Any
) -> None:
    play = Play()
    services = open_services(launch=play)
    services.runner.start()
    heard.wait(RunnerRole, lambda event: event.active)
    job = ask(services)
    play.wait_started()
    services.db.write(lambda tx: tx.connection.execute("PRAGMA busy_timeout = 50") and None)
    with closing(sqlite3.connect(home.db, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        play.go.release()
        paused = heard.wait(QueuePaused, lambda event: event.error is not None)
        assert paused.error.code == "store_busy"
        heard.wait(JobChanged, lambda event: event.job.waiting_code == "not_saved_yet")
        assert services.queue.get(job.id).status is JobStatus.RUNNING
        other.execute("ROLLBACK")
    assert heard.ended(job).status is JobStatus.COMPLETED
    heard.wait(QueuePaused, lambda event: event.error is None)


def test_a_worker_that_cannot_claim_still_stores_the_end(
    open_services: Any, heard: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    play = Play()
    services = open_services(launch=play, lanes=ThreadLanes({Lane.LIGHT: 1, Lane.SANDBOX: 1}))
    services.runner.start()
    first = ask(services, "first")
    play.wait_started()
    second = ask(services, "second")
    claim, failed = services.runner.crew.claim, threading.Event()

    def defective(tx: Any, types: Any) -> Any:
        if not failed.is_set():
            failed.set()
            claim(tx, types)
            raise RuntimeError("a defect in the claim")
        return claim(tx, types)

    monkeypatch.setattr(services.runner.crew, "claim", defective)
    monkeypatch.setattr(services.runner, "_look_at", time.monotonic() + 3600)
    play.go.release()
    assert heard.ended(first).status is JobStatus.COMPLETED
    assert failed.is_set()
    play.wait_started()
    play.go.release()
    assert heard.ended(second).attempt == 1


def test_a_defect_in_claiming_keeps_no_job_from_being_made(
    open_services: Any, heard: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    play = Play()
    services = open_services(launch=play)
    services.runner.start()
    heard.wait(RunnerRole, lambda event: event.active)
    claim, failed = services.runner.crew.claim, threading.Event()

    def defective(tx: Any, types: Any) -> Any:
        found = claim(tx, types)
        if not failed.is_set():
            failed.set()
            raise RuntimeError("a defect in the claim")
        return found

    monkeypatch.setattr(services.runner.crew, "claim", defective)
    play.go.release()
    job = ask(services)
    assert failed.is_set()
    assert heard.ended(job).attempt == 1
    assert [each.id for each in services.queue.list()] == [job.id]


def test_quitting_while_jobs_are_asked_for_leaves_nothing_running(open_services: Any) -> None:
    services = open_services(publish=lambda _event: None, lanes=ThreadLanes({"light": 2}))
    watched = Watched()
    runner = runner_of(services, watched)
    stop = threading.Event()

    def asking() -> None:
        number = 0
        while not stop.is_set():
            services.queue.enqueue(request(number, None))
            number += 1

    thread = threading.Thread(target=asking)
    thread.start()
    for _ in range(5):
        runner.start()
        while not runner.active:
            threading.Event().wait(0.001)
        runner.stop(grace_s=0.0)
        assert dict(runner.crew.running) == {}
        assert services.queue.counts()[JobStatus.RUNNING] == 0
        assert services.lock.held is False
    stop.set()
    thread.join(30)
    assert watched.twice == []
    assert set(watched.began.values()) <= {1}


def test_two_runners_of_one_home_share_the_work_and_do_nothing_twice(open_services: Any) -> None:
    watched = Watched()
    homes = [
        open_services(publish=lambda _event: None, lanes=ThreadLanes({"light": 2})) for _ in range(2)
    ]
    runners = [runner_of(services, watched) for services in homes]
    for runner in runners:
        runner.start()
    for number in range(80):
        homes[number % 2].queue.enqueue(request(number, number % 3 or None))
        if number == 40:
            next(runner for runner in runners if runner.active).stop(grace_s=1.0)
    deadline = time.monotonic() + 30
    while (counts := homes[0].queue.counts())[JobStatus.PENDING] + counts[JobStatus.RUNNING]:
        assert time.monotonic() < deadline, counts
        threading.Event().wait(0.01)
    for runner in runners:
        runner.stop()
    assert watched.twice == []
    assert set(watched.began.values()) == {1}
