"""Retention: what ended long ago goes, never early, whatever the clock on the wall says."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import Any

import pytest

from qntx_desktop.app.container import Services
from qntx_desktop.engines.sandbox.cancel import CancelToken
from qntx_desktop.model.errors import ErrJobNotFound
from qntx_desktop.model.job import HOUSEKEEPING, ExecutionStatus, Job, JobRequest, JobStatus, Outcome
from qntx_desktop.services import retention as service
from qntx_desktop.services.retention import DAY_US, EVERY_US, Keep, Retention
from qntx_desktop.store import attestations, jobs
from qntx_desktop.store import retention as stored


class Machine:
    """A machine that is started again and whose clock on the wall is anybody's."""

    def __init__(self) -> None:
        self.boot = "first"
        self.up_us = 5 * DAY_US
        self.wall_us = 1_800_000_000_000_000

    def uptime(self) -> tuple[str, int]:
        return self.boot, self.up_us

    def wall(self) -> int:
        return self.wall_us

    def days(self, days: float) -> None:
        self.up_us += round(days * DAY_US)
        self.wall_us += round(days * DAY_US)

    def start_again(self) -> None:
        self.boot, self.up_us = f"{self.boot}+", 60_000_000


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def services(open_services: Any, machine: Machine) -> Services:
    services = open_services(clock=machine.wall)
    services.db.write(lambda tx: stored.note_age(tx, *machine.uptime()))
    return services


def ended(services: Services, status: ExecutionStatus = ExecutionStatus.COMPLETED, **options: Any) -> Job:
    pending(services, **options)
    claim = services.db.write(lambda tx: jobs.claim(tx, instance_id="me", types=("python.script",)))
    assert claim is not None
    services.db.write(lambda tx: jobs.add_log(tx, claim.execution_id, "info", "a line"))
    return services.db.write(lambda tx: jobs.finish(tx, replace(claim, job=claim.job), Outcome(status=status)))


def pending(services: Services, **options: Any) -> Job:
    payload = {"script_code": "1", "script_type": "t", "args": []}
    return services.queue.enqueue(JobRequest(type="python.script", payload=payload, **options))


def tidy(services: Services, machine: Machine, **keep: float) -> int:
    done = Retention(services.db, keep=lambda: Keep(**keep), uptime=machine.uptime)
    return done.tidy(CancelToken(), lambda _count: None)


def rows(services: Services, table: str) -> int:
    with services.db.read() as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def there(services: Services, job: Job) -> bool:
    try:
        services.queue.get(job.id)
    except ErrJobNotFound:
        return False
    return True


def test_completed_go_after_seven_days_and_failed_after_thirty(services: Services, machine: Machine) -> None:
    good, cancelled, bad = (
        ended(services),
        ended(services, ExecutionStatus.CANCELLED),
        ended(services, ExecutionStatus.FAILED),
    )
    assert tidy(services, machine) == 0
    machine.days(6.99)
    assert tidy(services, machine) == 0
    machine.days(0.01)
    assert tidy(services, machine) == 2
    assert [there(services, job) for job in (good, cancelled, bad)] == [False, False, True]
    assert (rows(services, "execution"), rows(services, "execution_log")) == (1, 1)
    machine.days(22.9)
    assert tidy(services, machine) == 0
    machine.days(0.1)
    assert tidy(services, machine) == 1
    assert [rows(services, table) for table in ("job_queue", "execution", "execution_log", "origin")] == [0] * 4


def test_what_has_not_ended_stays_for_ever(services: Services, machine: Machine) -> None:
    waits = pending(services)
    job = ended(services, priority=200)
    for _ in range(60):
        tidy(services, machine)
        machine.days(1)
    assert there(services, waits)
    assert not there(services, job)
    late = services.queue.cancel(waits.id)
    assert tidy(services, machine) == 0, "it ended just now"
    machine.days(7)
    assert tidy(services, machine) == 1
    assert not there(services, late)


def test_the_time_counts_from_the_end_and_not_from_the_beginning(services: Services, machine: Machine) -> None:
    job = pending(services)
    tidy(services, machine)
    machine.days(20)
    services.queue.cancel(job.id)
    assert tidy(services, machine) == 0
    machine.days(6.9)
    assert tidy(services, machine) == 0
    machine.days(0.1)
    assert tidy(services, machine) == 1


@pytest.mark.parametrize("jump_days", [365, -365, 8, -1])
def test_a_clock_that_is_set_deletes_nothing_early(services: Services, machine: Machine, jump_days: int) -> None:
    job = ended(services)
    tidy(services, machine)
    machine.wall_us += jump_days * DAY_US
    machine.days(1)
    assert tidy(services, machine) == 0
    machine.wall_us -= jump_days * DAY_US
    machine.days(5.9)
    assert tidy(services, machine) == 0
    assert there(services, job)
    machine.days(0.1)
    assert tidy(services, machine) == 1


def test_a_clock_that_was_wrong_when_the_machine_was_off_deletes_nothing_early(
    services: Services, machine: Machine
) -> None:
    job = ended(services)
    tidy(services, machine)
    for _ in range(20):  # used for eight hours a day
        machine.days(1 / 3)
        tidy(services, machine)
        machine.wall_us += 400 * DAY_US
        machine.start_again()
    assert there(services, job)
    machine.days(1)
    tidy(services, machine)
    assert not there(services, job)


def test_the_last_run_of_a_live_schedule_stays(services: Services, machine: Machine) -> None:
    def schedule(connection: sqlite3.Connection) -> None:
        connection.execute(
            """INSERT INTO schedule (id, command, type, payload, interval_s, timezone, missed, state, anchor_us,
                created_at_us) VALUES (1, 'ix csv', 'python.script', '{}', 60, 'UTC', 'once', 'active', 0, 0)"""
        )

    services.db.write(lambda tx: schedule(tx.connection))
    older = ended(services, schedule_id=1)
    good = ended(services, schedule_id=1)
    failed = ended(services, ExecutionStatus.FAILED, schedule_id=1)
    of_a_removed_one = ended(services, schedule_id=2)
    tidy(services, machine)
    machine.days(60)
    assert tidy(services, machine) == 2
    assert [there(services, job) for job in (older, good, failed, of_a_removed_one)] == [False, True, True, False]


def test_the_last_run_of_a_glyph_on_a_canvas_stays(services: Services, machine: Machine) -> None:
    def glyph(connection: sqlite3.Connection) -> None:
        connection.execute(
            "INSERT INTO canvas (id, name, folder, center_x, center_y, zoom) VALUES (1, 'c', '', 0, 0, 1)"
        )
        connection.execute("INSERT INTO glyph VALUES (7, 1, 'ix', 0, 0, 1, 1, 0, '{}', '{}')")

    services.db.write(lambda tx: glyph(tx.connection))
    of_glyphs = ("7", "7", "8")
    older, newer, gone = (ended(services, reference_type="glyph", reference_id=each) for each in of_glyphs)
    tidy(services, machine)
    machine.days(60)
    tidy(services, machine)
    assert [there(services, job) for job in (older, newer, gone)] == [False, True, False]


def test_attestations_and_where_they_come_from_stay(services: Services, machine: Machine) -> None:
    job = pending(services)
    claim = services.db.write(lambda tx: jobs.claim(tx, instance_id="me", types=("python.script",)))
    assert claim is not None
    from qntx_desktop.model.attestation import check_draft

    draft = check_draft(subjects="a", predicates="b", contexts="c", execution_id=claim.execution_id, source="s")
    (made,) = services.db.write(lambda tx: attestations.insert(tx, [draft]))
    services.db.write(
        lambda tx: jobs.describe_execution(
            tx, claim.execution_id, command="ix csv a", args=["a"], handler=None, sandbox="process"
        )
    )
    services.db.write(lambda tx: jobs.finish(tx, claim, Outcome(status=ExecutionStatus.COMPLETED, stdout="much")))
    tidy(services, machine)
    machine.days(7)
    assert tidy(services, machine) == 1
    assert not there(services, job)
    assert services.ledger.get(made.id) == made
    origin = services.queue.execution(claim.execution_id, with_ids=True)
    assert origin is not None
    assert (origin.command, origin.args, origin.job_id, origin.stdout) == ("ix csv a", ("a",), job.id, "")
    assert origin.attestation_ids == (made.id,)
    with services.db.read() as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_many_open_jobs_only_make_a_mark_reach_less_far(
    services: Services, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "MOST_OPEN", 2)
    first = ended(services)
    open_ones = [pending(services) for _ in range(3)]
    last = ended(services, priority=200)
    tidy(services, machine)
    machine.days(7)
    assert tidy(services, machine) == 1
    assert [there(services, job) for job in (first, *open_ones, last)] == [False, True, True, True, True]
    services.queue.cancel_all()
    tidy(services, machine)
    machine.days(7)
    assert tidy(services, machine) == 4


def test_more_than_fit_in_one_transaction(
    services: Services, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "AT_ONCE", 3)
    made = [ended(services) for _ in range(4)]
    waits = [pending(services) for _ in range(4)]
    made += [ended(services, priority=200) for _ in range(4)]
    tidy(services, machine)
    services.queue.cancel_all()
    machine.days(7)
    assert tidy(services, machine) == len(made)
    assert all(there(services, job) for job in waits)


def test_a_cancelled_job_stops_between_two_transactions(services: Services, machine: Machine) -> None:
    ended(services)
    tidy(services, machine)
    machine.days(7)
    token = CancelToken()
    token.cancel()
    assert Retention(services.db, uptime=machine.uptime).tidy(token, lambda _count: None) == 0


def test_it_is_due_four_times_a_day_and_not_in_a_new_home(services: Services, machine: Machine) -> None:
    keeping = Retention(services.db, uptime=machine.uptime)
    assert not keeping.due()
    machine.up_us += EVERY_US
    assert keeping.due()
    keeping.tidy(CancelToken(), lambda _count: None)
    assert not keeping.due()


def test_marks_do_not_pile_up(services: Services, machine: Machine) -> None:
    for _ in range(60):
        tidy(services, machine, completed_days=1, failed_days=2)
        machine.days(0.5)
    assert rows(services, "retention_mark") <= 8


def test_the_runner_asks_for_it_and_runs_it(open_services: Any, heard: Any, machine: Machine) -> None:
    services = open_services(clock=machine.wall)
    services.db.write(lambda tx: stored.note_age(tx, *machine.uptime()))
    old = ended(services)
    tidy(services, machine)
    machine.days(8)
    bench = replace(services.bench, retention=Retention(services.db, uptime=machine.uptime))
    vars(services)["bench"] = bench
    services.runner.start()
    job = heard.ended(Job(id=old.id + 1, type=HOUSEKEEPING, status=JobStatus.PENDING, priority=0, payload={}))
    assert (job.type, job.status) == (HOUSEKEEPING, JobStatus.COMPLETED)
    assert job.result == {"deleted": 1, "environments": 0}
    execution = services.queue.execution_of(job.id)
    assert execution is not None
    assert (execution.command, execution.trigger) == (HOUSEKEEPING, "schedule")
    assert not there(services, old)


def test_a_call_of_the_command_line_does_it_before_its_own_job(open_services: Any, machine: Machine) -> None:
    services = open_services(clock=machine.wall)
    services.db.write(lambda tx: stored.note_age(tx, *machine.uptime()))
    old = ended(services)
    tidy(services, machine)
    machine.days(8)
    vars(services)["bench"] = replace(
        services.bench, retention=Retention(services.db, uptime=machine.uptime), launch=lambda *_: DONE
    )
    mine = pending(services)
    assert services.runner.run_until(mine.id).status is JobStatus.COMPLETED
    assert not there(services, old)


DONE = Outcome(status=ExecutionStatus.COMPLETED, exit_code=0)


def test_the_machine_counts_time_that_nobody_sets() -> None:
    boot, first_us = service.uptime()
    again, later_us = service.uptime()
    assert boot == again != ""
    assert later_us >= first_us > 0
