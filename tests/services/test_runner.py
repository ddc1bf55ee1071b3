"""The runner: one at a time where it must be, nothing stuck, nothing twice, whatever the store or the code does."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

import pytest

from qntx_desktop.app.container import Services
from qntx_desktop.app.thread_lanes import ThreadLanes
from qntx_desktop.model.errors import ErrDiskFull, ErrJobNotCancellable, ErrJobNotFound, QntxError
from qntx_desktop.model.events import JobChanged, JobsRecovered, QueuePaused, RunnerRole, StoreChangedElsewhere
from qntx_desktop.model.job import ExecutionStatus, Job, JobRequest, Outcome, Priority
from qntx_desktop.services import run_record
from qntx_desktop.services.jobs.job_type import RunContext
from qntx_desktop.services.jobs.python_script import PythonScript
from qntx_desktop.services.ports import Lane
from qntx_desktop.store import jobs

DONE = Outcome(status=ExecutionStatus.COMPLETED, exit_code=0, stdout="done\n", duration_ms=1.0)


class Play:
    """A launcher that a test conducts: every run waits until it is told how to end."""

    def __init__(self) -> None:
        self.began: list[str] = []
        self.go = threading.Semaphore(0)
        self.started = threading.Semaphore(0)
        self.result: Outcome | Exception = DONE
        self.during: Callable[[Any], None] = lambda _sink: None

    def __call__(self, spec: Any, sink: Any, cancel: Any) -> Outcome:
        self.began.append(spec.command)
        stop = threading.Event()
        cancel.on_cancel(stop.set)
        cancel.on_cancel(self.go.release)
        self.during(sink)
        self.started.release()
        assert self.go.acquire(timeout=30)
        if stop.is_set():
            return Outcome(
                status=ExecutionStatus.CANCELLED, error={"code": "cancelled", "details": {"reason": cancel.reason}}
            )
        if isinstance(self.result, Exception):
            raise self.result
        return self.result

    def wait_started(self) -> None:
        assert self.started.acquire(timeout=30)


@pytest.fixture
def play() -> Play:
    return Play()


def ask(services: Services, name: str = "job", **options: Any) -> Job:
    payload = {"script_code": "1", "script_type": "t", "args": [], "command": name}
    return services.queue.enqueue(JobRequest(type="python.script", payload=payload, **options))


def one_at_a_time() -> ThreadLanes:
    return ThreadLanes({Lane.LIGHT: 1, Lane.SANDBOX: 1})


def test_a_job_runs_and_its_end_is_stored(open_services, play: Play, heard) -> None:
    services = open_services(launch=play)
    services.runner.start()
    play.go.release()
    job = ask(services)
    ended = heard.ended(job)
    assert (ended.status, ended.attempt, ended.retry_count) == ("completed", 1, 0)
    execution = services.queue.execution_of(job.id)
    assert execution is not None
    assert (execution.stdout, execution.command, execution.status) == ("done\n", "job", "completed")


def test_priority_goes_first_then_the_order_of_asking(open_services, play: Play, heard) -> None:
    services = open_services(launch=play, lanes=one_at_a_time())
    low = [ask(services, f"low {n}", priority=Priority.SCHEDULED) for n in range(2)]
    high = [ask(services, f"high {n}") for n in range(2)]
    for _ in range(4):
        play.go.release()
    services.runner.start()
    for job in (*low, *high):
        heard.ended(job)
    assert play.began == ["high 0", "high 1", "low 0", "low 1"]


def test_only_as_many_are_claimed_as_there_is_room(open_services, play: Play, heard) -> None:
    services = open_services(launch=play, lanes=ThreadLanes({Lane.SANDBOX: 2}))
    made = [ask(services, f"job {n}") for n in range(4)]
    services.runner.start()
    play.wait_started()
    play.wait_started()
    assert sorted(each.status for each in services.queue.list()) == ["pending", "pending", "running", "running"]
    for _ in made:
        play.go.release()
    for job in made:
        assert heard.ended(job).attempt == 1
    assert sorted(play.began) == [f"job {n}" for n in range(4)]


def test_cancelling_a_pending_a_running_and_an_ended_job(open_services, play: Play, heard) -> None:
    services = open_services(launch=play, lanes=one_at_a_time())
    running, pending = ask(services, "running"), ask(services, "pending")
    services.runner.start()
    play.wait_started()
    assert services.runner.cancel(pending.id).status == "cancelled"
    services.runner.cancel(running.id)
    ended = heard.ended(running)
    assert ended.status == "cancelled"
    assert ended.error["code"] == "cancelled"
    with pytest.raises(ErrJobNotCancellable):
        services.runner.cancel(running.id)
    with pytest.raises(ErrJobNotFound):
        services.runner.cancel(4711)
    assert play.began == ["running"]


def test_a_cancel_from_another_process_arrives(open_services, play: Play, heard) -> None:
    services = open_services(launch=play)
    other = open_services(publish=lambda _event: None)
    services.runner.start()
    job = ask(services)
    play.wait_started()
    assert other.queue.cancel(job.id).status == "running"
    assert heard.ended(job).status == "cancelled"


def test_work_from_another_process_is_seen(open_services, play: Play, heard) -> None:
    services = open_services(launch=play)
    other = open_services(publish=lambda _event: None)
    services.runner.start()
    heard.wait(RunnerRole, lambda event: event.active)
    play.go.release()
    job = ask(other)
    heard.ended(job)
    heard.wait(StoreChangedElsewhere)


def test_a_defect_in_a_job_type_ends_the_job_and_not_the_runner(open_services, play: Play, heard) -> None:
    services = open_services(launch=play, lanes=one_at_a_time())
    services.runner.start()
    play.result = RuntimeError("a defect")
    play.go.release()
    failed = heard.ended(ask(services))
    assert (failed.status, failed.error["code"]) == ("failed", "unexpected")
    play.result = DONE
    play.go.release()
    assert heard.ended(ask(services)).status == "completed"


def test_an_outcome_that_cannot_be_stored_ends_the_job_too(open_services, play: Play, heard) -> None:
    services = open_services(launch=play)
    services.runner.start()
    play.result = Outcome(status=ExecutionStatus.COMPLETED, stdout="half \ud800")
    play.go.release()
    assert heard.ended(ask(services)).ended


def test_one_process_runs_and_the_other_takes_over(open_services, play: Play, heard) -> None:
    first = open_services(launch=play, publish=lambda _event: None)
    second = open_services(launch=play)
    first.runner.start()
    play.go.release()
    job = ask(first)
    deadline = time.monotonic() + 30
    while not first.queue.get(job.id).ended and time.monotonic() < deadline:
        threading.Event().wait(0.02)
    second.runner.start()
    heard.wait(RunnerRole, lambda event: not event.active)
    assert (first.runner.active, second.runner.active) == (True, False)
    waiting = ask(second)
    play.wait_started()
    first.runner.stop(grace_s=0)
    heard.wait(RunnerRole, lambda event: event.active)
    play.go.release()
    assert heard.ended(waiting).status == "completed"


def test_quitting_puts_running_jobs_back_without_using_up_the_retry(open_services, play: Play, heard) -> None:
    services = open_services(launch=play)
    services.runner.start()
    job = ask(services)
    play.wait_started()
    told: list[tuple[float, int]] = []
    services.runner.stop(grace_s=0.3, on_wait=lambda left_s, count: told.append((left_s, count)))
    back = services.queue.get(job.id)
    assert (back.status, back.retry_count, back.attempt) == ("pending", 0, 1)
    assert told
    assert all(0 < left_s <= 0.3 and count == 1 for left_s, count in told)
    execution = services.queue.execution_of(job.id)
    assert execution is not None
    assert execution.status == "interrupted"
    services.close()
    again = open_services(launch=play)
    again.runner.start()
    play.go.release()
    done = heard.ended(job)
    assert (done.status, done.attempt, done.retry_count) == ("completed", 2, 0)
    assert not heard.of(JobsRecovered)


def test_what_ends_within_the_grace_is_kept(open_services, play: Play) -> None:
    services = open_services(launch=play)
    services.runner.start()
    job = ask(services)
    play.wait_started()
    services.runner.stop(grace_s=30, on_wait=lambda _left_s, _count: play.go.release())
    assert services.queue.get(job.id).status == "completed"


def test_a_second_stop_hurries(open_services, play: Play) -> None:
    services = open_services(launch=play)
    services.runner.start()
    job = ask(services)
    play.wait_started()
    waiting = threading.Event()
    first = threading.Thread(target=services.runner.stop, args=(3600, lambda _left_s, _count: waiting.set()))
    first.start()
    assert waiting.wait(30)
    services.runner.stop()
    first.join(30)
    assert not first.is_alive()
    assert services.queue.get(job.id).status == "pending"


def test_stopping_without_starting_and_twice(services: Services) -> None:
    services.runner.stop()
    services.runner.stop()


def test_an_orphan_runs_once_more_and_then_never(open_services, play: Play, heard) -> None:
    services = open_services(launch=play)
    job = ask(services)
    for number in (1, 2):
        services.db.write(lambda tx, n=number: jobs.claim(tx, instance_id=f"lost {n}", types=["python.script"]))
        if number == 1:
            services.db.write(lambda tx: jobs.recover(tx, "between"))
    services.runner.start()
    ended = heard.ended(job)
    assert (ended.status, ended.retry_count) == ("failed", 2)
    assert ended.error["code"] == "interrupted_twice"
    assert play.began == []
    report = heard.wait(JobsRecovered, lambda event: event.report.failed).report
    assert report.failed == (job.id,)


def test_strays_are_reaped_before_orphans_are_looked_for(
    open_services, play: Play, heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    recover = jobs.recover

    def recorded(tx: Any, instance_id: str) -> Any:
        order.append("recover")
        return recover(tx, instance_id)

    services = open_services(launch=play)
    monkeypatch.setattr(jobs, "recover", recorded)
    runner = services.runner
    runner._reap = lambda: order.append(f"reap, locked: {services.lock.held}")
    runner.start()
    heard.wait(RunnerRole, lambda event: event.active)
    assert order == ["reap, locked: True", "recover"]


class FullDisk:
    """Makes every write of the store fail while it is on."""

    def __init__(self, services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
        self.full = threading.Event()
        real = services.db.write

        def write(work: Any) -> Any:
            if self.full.is_set():
                raise ErrDiskFull("x")
            return real(work)

        submit = services.db.submit

        def submitted(work: Any) -> Any:
            if not self.full.is_set():
                return submit(work)
            refused: Future[None] = Future()
            refused.set_exception(ErrDiskFull("x"))
            return refused

        monkeypatch.setattr(services.db, "write", write)
        monkeypatch.setattr(services.db, "submit", submitted)


def test_the_end_of_a_run_lands_when_there_is_room_again(
    open_services, play: Play, heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = open_services(launch=play, lanes=ThreadLanes({Lane.SANDBOX: 2}))
    disk = FullDisk(services, monkeypatch)
    job = ask(services, "first")
    talk: list[Any] = []
    play.during = talk.append
    services.runner.start()
    play.wait_started()
    disk.full.set()
    for number in range(3):
        talk[0].log("info", f"line {number}")
    talk[0].progress(2, 3, "nearly")
    play.go.release()
    paused = heard.wait(QueuePaused, lambda event: event.error is not None)
    assert paused.error.code == "disk_full"
    unsaved = heard.wait(JobChanged, lambda event: event.job.waiting_code == "not_saved_yet").job
    assert unsaved.id == job.id
    assert services.runner.paused is not None
    assert services.queue.get(job.id).status == "running"
    disk.full.clear()
    ended = heard.ended(job)
    assert (ended.status, ended.attempt) == ("completed", 1)
    heard.wait(QueuePaused, lambda event: event.error is None)
    execution = services.queue.execution_of(job.id)
    assert execution is not None
    assert execution.stdout == "done\n"
    assert [line.message for line in services.queue.logs(execution.id)] == ["line 0", "line 1", "line 2"]
    assert (ended.progress_current, ended.progress_message) == (2, "nearly")


def test_a_full_disk_at_the_claim_pauses_and_goes_on(
    open_services, play: Play, heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = open_services(launch=play)
    disk = FullDisk(services, monkeypatch)
    services.runner.start()
    heard.wait(RunnerRole, lambda event: event.active)
    job = ask(open_services(publish=lambda _event: None))
    disk.full.set()
    services.runner.wake()
    if not play.began:
        heard.wait(QueuePaused, lambda event: event.error is not None)
    disk.full.clear()
    play.go.release()
    assert heard.ended(job).status == "completed"
    assert play.began == ["job"]


def test_a_run_that_could_not_begin_goes_back(open_services, play: Play, heard, monkeypatch) -> None:
    services = open_services(launch=play)
    describe, failed = jobs.describe_execution, threading.Event()

    def once(*args: Any, **options: Any) -> None:
        if not failed.is_set():
            failed.set()
            raise ErrDiskFull("x")
        describe(*args, **options)

    monkeypatch.setattr(jobs, "describe_execution", once)
    monkeypatch.setattr(run_record, "level_is_known", lambda: False)  # so the claim does not describe it
    services.runner.start()
    play.go.release()
    ended = heard.ended(ask(services))
    assert (ended.status, ended.attempt, ended.retry_count) == ("completed", 2, 0)
    assert play.began == ["job"]


@pytest.mark.parametrize("known", [True, False])
def test_what_runs_is_stored_once_with_the_claim_or_before_it_runs(
    open_services, play: Play, heard, monkeypatch, known: bool
) -> None:
    services = open_services(launch=play)
    services.handlers.create("job", "print(1)", source="test")
    describe, described = jobs.describe_execution, []

    def recorded(tx: Any, number: int, **said: Any) -> None:
        if said["handler"] is not None:
            described.append((said["handler"].version, len(play.began)))
        describe(tx, number, **said)

    monkeypatch.setattr(jobs, "describe_execution", recorded)
    monkeypatch.setattr(run_record, "level_is_known", lambda: known)
    services.runner.start()
    play.go.release()
    job = services.runs.ix(["job", "a b"], base=None, bare=True)
    assert heard.ended(job).status == "completed"
    assert described == [(1, 0)]
    (execution,) = services.queue.executions(job.id)
    assert (execution.handler_version, execution.args) == (1, ("a b",))


def test_a_version_saved_after_the_claim_is_the_one_that_runs_and_is_named(
    open_services, play: Play, heard, monkeypatch
) -> None:
    services = open_services(launch=play)
    services.handlers.create("job", "print(1)", source="test")
    run = PythonScript.run

    def saved_meanwhile(script: PythonScript, context: RunContext) -> Outcome:
        services.handlers.create("job", "print(2)", source="test")
        return run(script, context)

    monkeypatch.setattr(PythonScript, "run", saved_meanwhile)
    monkeypatch.setattr(run_record, "level_is_known", lambda: True)
    services.runner.start()
    play.go.release()
    job = services.runs.ix(["job"], base=None, bare=True)
    assert heard.ended(job).status == "completed"
    (execution,) = services.queue.executions(job.id)
    assert execution.handler_version == 2


def test_log_lines_and_progress_are_there_at_the_end(open_services, play: Play, heard) -> None:
    services = open_services(launch=play)

    def talk(sink: Any) -> None:
        for number in range(500):
            sink.log("info", f"line {number}")
            sink.progress(number + 1, 500, f"at {number}")

    play.during = talk
    services.runner.start()
    play.go.release()
    ended = heard.ended(ask(services))
    execution = services.queue.execution_of(ended.id)
    lines = services.queue.logs(execution.id)
    assert [line.message for line in lines] == [f"line {number}" for number in range(500)]
    assert (ended.progress_current, ended.progress_total, ended.progress_message) == (500, 500, "at 499")


def test_progress_is_seen_while_the_job_runs(open_services, play: Play, heard) -> None:
    services = open_services(launch=play)
    play.during = lambda sink: [sink.progress(number, 9, "") for number in (1, 2, 3)]
    services.runner.start()
    job = ask(services)
    heard.wait(JobChanged, lambda event: event.job.id == job.id and event.job.progress_current == 3)
    play.go.release()
    heard.ended(job)


def test_run_until_works_through_what_stands_before_it(open_services, play: Play) -> None:
    services = open_services(launch=play)
    before, mine, after = (ask(services, name) for name in ("before", "mine", "after"))
    for _ in range(3):
        play.go.release()
    seen: list[str] = []
    ended = services.runner.run_until(mine.id, lambda job: seen.append(str(job.status)))
    assert ended.status == "completed"
    assert play.began == ["before", "mine"]
    assert services.queue.get(before.id).status == "completed"
    assert services.queue.get(after.id).status == "pending"
    assert (seen[0], seen[-1]) == ("pending", "completed")
    assert services.lock.held is False
    assert services.runner.active is False


def test_run_until_waits_for_the_process_that_runs(open_services, play: Play) -> None:
    window = open_services(launch=play, publish=lambda _event: None)
    window.runner.start()
    play.go.release()
    warm = ask(window, "warm")
    caller = open_services(launch=Play(), publish=lambda _event: None)
    caller.runner.run_until(warm.id)
    job = ask(caller, "asked")
    play.go.release()
    assert caller.runner.run_until(job.id).status == "completed"
    assert play.began == ["warm", "asked"]
    assert window.runner.active


def test_run_until_takes_over_when_the_other_one_dies(open_services, play: Play) -> None:
    window = open_services(launch=play, publish=lambda _event: None)
    caller = open_services(publish=lambda _event: None)
    assert window.lock.acquire()
    job = ask(caller, "asked")
    claimed = window.db.write(lambda tx: jobs.claim(tx, instance_id=window.instance_id, types=["python.script"]))
    assert claimed is not None
    told = threading.Event()
    ended: list[Job] = []
    thread = threading.Thread(target=lambda: ended.append(caller.runner.run_until(job.id, lambda _job: told.set())))
    thread.start()
    assert told.wait(30)
    window.lock.release()  # as the system does for a process that is killed
    thread.join(30)
    assert not thread.is_alive()
    assert (ended[0].status, ended[0].attempt, ended[0].retry_count) == ("completed", 2, 1)


def test_ctrl_c_cancels_the_job_that_runs_here(open_services, play: Play) -> None:
    services = open_services(launch=play)
    job = ask(services)

    def interrupt(seen: Job) -> None:
        if seen.status == "running":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        services.runner.run_until(job.id, interrupt)
    ended = services.queue.get(job.id)
    assert ended.status == "cancelled"
    assert services.lock.held is False


def test_ctrl_c_puts_back_a_job_that_is_not_its_own(open_services, play: Play) -> None:
    services = open_services(launch=play)
    before, mine = ask(services, "before"), ask(services, "mine")

    def interrupt(_seen: Job) -> None:
        if play.began:
            raise KeyboardInterrupt

    original = services.queue.get
    calls = {"n": 0}

    def changing(job_id: int) -> Job:
        calls["n"] += 1
        found = original(job_id)
        return found if found.ended else _touched(found, calls["n"])

    services.runner._queue.get = changing  # every look is news, so that the interruption surely comes
    with pytest.raises(KeyboardInterrupt):
        services.runner.run_until(mine.id, interrupt)
    assert original(mine.id).status == "cancelled"
    put_back = original(before.id)
    assert (put_back.status, put_back.retry_count) == ("pending", 0)


def _touched(job: Job, number: int) -> Job:
    from dataclasses import replace

    return replace(job, cost=float(number))


def test_ctrl_c_leaves_a_job_of_another_process_alone(open_services, play: Play) -> None:
    window = open_services(launch=play, publish=lambda _event: None)
    caller = open_services(publish=lambda _event: None)
    assert window.lock.acquire()
    job = ask(caller)

    def interrupt(_job: Job) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        caller.runner.run_until(job.id, interrupt)
    assert caller.queue.get(job.id).status == "pending"
    assert caller.queue.get(job.id).cancel_requested is False


def test_run_until_does_not_hang_on_a_full_disk(open_services, play: Play, monkeypatch) -> None:
    services = open_services(launch=play)
    disk = FullDisk(services, monkeypatch)
    job = ask(services)
    disk.full.set()
    with pytest.raises(QntxError) as caught:
        services.runner.run_until(job.id)
    assert caught.value.code == "disk_full"
    disk.full.clear()


def test_run_until_of_an_unknown_job(services: Services) -> None:
    with pytest.raises(ErrJobNotFound):
        services.runner.run_until(4711)


def test_nothing_is_claimed_without_the_lock(open_services, play: Play, heard) -> None:
    holder = open_services(publish=lambda _event: None)
    assert holder.lock.acquire()
    services = open_services(launch=play)
    services.runner.start()
    heard.wait(RunnerRole, lambda event: not event.active)
    job = ask(services)
    services.runner.wake()
    ask(holder, "elsewhere")
    heard.wait(StoreChangedElsewhere)
    assert services.queue.get(job.id).status == "pending"
    assert play.began == []


def test_the_first_claim_follows_taking_the_lead_at_once(services: Services) -> None:
    runner = services.runner
    job = ask(services)
    runner._turn()
    assert services.queue.get(job.id).status == "running"


def test_a_call_works_through_the_queue_after_the_runner_was_stopped(open_services, play: Play) -> None:
    services = open_services(launch=play)
    services.runner.start()
    services.runner.stop()
    play.go.release()
    assert services.runner.run_until(ask(services).id).status == "completed"


def test_new_work_wakes_nobody_while_every_worker_will_look_for_it(
    open_services, play: Play, heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = open_services(launch=play, lanes=one_at_a_time())
    runner = services.runner
    runner.start()
    first = ask(services, "first")
    play.wait_started()
    woken: list[str] = []
    with monkeypatch.context() as patch:
        patch.setattr(runner, "wake", lambda: woken.append("woken"))
        second = ask(services, "second")
        runner.on_event(JobChanged(job=second))
        assert (woken, runner._look) == ([], True)
        patch.setattr(runner.crew, "is_full", lambda _type: False)  # as soon as one idles
        runner.on_event(JobChanged(job=second))
        assert woken
    play.go.release()
    play.go.release()
    assert [heard.ended(job).status for job in (first, second)] == ["completed", "completed"]


def test_a_worker_that_found_itself_promised_has_somebody_look_once_it_is_free(
    open_services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its run ends while its claim is still being handed over; meanwhile the runner looks for other lanes."""
    services = open_services(launch=lambda *_: DONE, lanes=one_at_a_time())
    crew, runner = services.runner.crew, services.runner
    asked, turned = threading.Event(), threading.Event()
    next_in, enlist, hand_over = crew._next, crew._enlist, crew.hand_over

    def asks(*args: Any) -> Any:
        try:
            return next_in(*args)
        finally:
            asked.set()

    def ends(*args: Any) -> Any:
        assert turned.wait(30)
        return enlist(*args)

    def hands_over(claim: jobs.Claim) -> None:
        hand_over(claim)
        assert asked.wait(30)

    monkeypatch.setattr(crew, "_next", asks)
    monkeypatch.setattr(crew, "_enlist", ends)
    monkeypatch.setattr(crew, "hand_over", hands_over)
    ask(services, "first")
    second = ask(services, "second")
    runner._turn()
    turned.set()
    assert crew.wait(30)
    assert services.queue.get(second.id).status == "pending"
    assert runner._look
    runner._turn()
    assert crew.wait(30)
    assert services.queue.get(second.id).status == "completed"
