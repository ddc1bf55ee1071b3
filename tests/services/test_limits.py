"""Rate and budget limits of handlers: what would break one waits, says why, and goes on."""

from __future__ import annotations

from typing import Any

import pytest

from qntx_desktop.app.container import Services
from qntx_desktop.model.errors import ErrSyntax
from qntx_desktop.model.events import JobChanged
from qntx_desktop.model.job import Job, JobFilter, JobStatus, Outcome
from qntx_desktop.model.limit import MINUTE_US, Limit, next_day_us
from qntx_desktop.services.handlers import requires_of
from qntx_desktop.store import jobs
from tests.services.test_runner import DONE, one_at_a_time

START_US = 1_800_000_000_000_000


class Clock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.now_us = START_US

    def __call__(self) -> int:
        return self.now_us


def code(**limits: float) -> str:
    lines = "".join(f"# {name} = {value}\n" for name, value in limits.items())
    return f"# /// script\n# [tool.qntx]\n{lines}# ///\nprint(1)\n"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def services(open_services: Any, clock: Clock) -> Services:
    return open_services(clock=clock, launch=Launch(), lanes=one_at_a_time())


class Launch:
    """Ends every run at once, well; each costs what the test says."""

    def __init__(self) -> None:
        self.ran: list[str] = []
        self.cost = 0.0

    def __call__(self, spec: Any, sink: Any, _cancel: Any) -> Outcome:
        self.ran.append(spec.command)
        sink.cost(self.cost)
        return Outcome(status=DONE.status, exit_code=0, cost=self.cost)


def ask(services: Services, name: str, number: int = 1) -> list[Job]:
    return [services.runs.ix(f"ix {name} {n}", base=None, bare=False) for n in range(number)]


def settle(services: Services) -> None:
    """Have the runner do everything that may be done now, on this thread."""
    runner = services.runner
    while True:
        runner.wake()
        runner._turn()
        assert runner.crew.wait(30)
        if not runner._look:
            return


def standing(services: Services, status: JobStatus) -> list[Job]:
    return sorted(services.queue.list(JobFilter(status=status)), key=lambda job: job.id)


def test_calls_per_minute_pause_and_go_on_by_themselves(services: Services, clock: Clock) -> None:
    services.handlers.create("csv", code(calls_per_minute=2), source="test")
    ask(services, "csv", 5)
    settle(services)
    assert len(standing(services, JobStatus.COMPLETED)) == 2
    waiting = standing(services, JobStatus.PENDING)
    assert {job.waiting_code for job in waiting} == {"rate_limit"}
    assert waiting[0].waiting_message == "'csv' may run 2 times a minute; this waits for its turn."
    # Each knows its own turn: two a minute.
    assert [job.waiting_until_us for job in waiting] == [START_US + MINUTE_US] * 2 + [START_US + 2 * MINUTE_US]
    clock.now_us += MINUTE_US - 1
    settle(services)
    assert len(standing(services, JobStatus.COMPLETED)) == 2
    clock.now_us += 1
    settle(services)
    assert len(standing(services, JobStatus.COMPLETED)) == 4
    clock.now_us += MINUTE_US
    settle(services)
    assert len(standing(services, JobStatus.COMPLETED)) == 5
    assert standing(services, JobStatus.FAILED) == []
    launch = services.bench.launch
    assert launch.ran == [f"ix csv {n}" for n in range(5)]  # in the order of asking


def test_a_limit_holds_nobody_else_back(services: Services) -> None:
    services.handlers.create("slow", code(calls_per_minute=1), source="test")
    services.handlers.create("free", code(), source="test")
    ask(services, "slow", 3)
    ask(services, "free", 3)
    settle(services)
    assert len(standing(services, JobStatus.COMPLETED)) == 4
    assert [job.limit_key for job in standing(services, JobStatus.PENDING)] == ["slow", "slow"]


@pytest.mark.parametrize(("limit", "period"), [("cost_per_day", "day"), ("cost_per_month", "month")])
def test_a_budget_pauses_until_the_next_day_or_month(
    services: Services, clock: Clock, limit: str, period: str
) -> None:
    services.handlers.create("llm", code(**{limit: 1.0}), source="test")
    services.bench.launch.cost = 0.4
    ask(services, "llm", 5)
    settle(services)
    # 0.4, 0.8, 1.2: the third began below the limit; what it costs is known afterwards only.
    assert len(standing(services, JobStatus.COMPLETED)) == 3
    (first, second) = standing(services, JobStatus.PENDING)
    assert first.waiting_code == second.waiting_code == "budget"
    assert f"has spent 1.20 of the 1.00 USD it may cost a {period}" in first.waiting_message
    until_us = first.waiting_until_us
    assert until_us is not None
    assert until_us > clock.now_us
    clock.now_us = until_us - 1
    settle(services)
    assert len(standing(services, JobStatus.COMPLETED)) == 3
    clock.now_us = until_us
    settle(services)
    assert len(standing(services, JobStatus.COMPLETED)) == 5
    assert services.queue.get(first.id).cost == pytest.approx(0.4)


def test_what_a_run_costs_counts_while_it_runs(services: Services, clock: Clock) -> None:
    services.handlers.create("llm", code(cost_per_day=1.0), source="test")
    (job,) = ask(services, "llm")
    claim = services.db.write(lambda tx: jobs.claim(tx, instance_id="me", types=("python.script",)))
    assert claim is not None
    services.db.write(lambda tx: jobs.record_cost(tx, claim, 0.7))
    services.db.write(lambda tx: jobs.record_cost(tx, claim, 1.1))
    assert services.queue.get(job.id).cost == pytest.approx(1.1)
    limits = services.runner.crew._limits
    assert services.db.write(lambda tx: limits.hold(tx, job)).until_us == next_day_us(clock.now_us)
    # The end tells the sum, which is not counted twice.
    services.db.write(lambda tx: jobs.finish(tx, claim, Outcome(status=DONE.status, cost=1.1)))
    with services.db.read() as connection:
        assert connection.execute("SELECT limit_key, cost FROM spent").fetchall() == [("llm", pytest.approx(1.1))]


@pytest.mark.parametrize("jump_us", [-86_400_000_000, 365 * 86_400_000_000])
def test_a_changed_clock_has_every_limit_looked_at_anew(services: Services, clock: Clock, jump_us: int) -> None:
    services.handlers.create("csv", code(calls_per_minute=1), source="test")
    ask(services, "csv", 3)
    settle(services)
    assert len(standing(services, JobStatus.COMPLETED)) == 1
    clock.now_us += jump_us
    settle(services)
    # Back: what ran "later" does not count. Forward: the minute is over. One more either way.
    assert len(standing(services, JobStatus.COMPLETED)) == 2
    (left,) = standing(services, JobStatus.PENDING)
    assert left.waiting_code == "rate_limit"
    assert clock.now_us < (left.waiting_until_us or 0) <= clock.now_us + MINUTE_US


def test_a_new_version_may_lift_a_limit(services: Services, clock: Clock) -> None:
    services.handlers.create("csv", code(calls_per_minute=1), source="test")
    ask(services, "csv", 3)
    settle(services)
    services.handlers.create("csv", code(), source="test")
    clock.now_us += MINUTE_US
    settle(services)
    clock.now_us += MINUTE_US
    settle(services)
    assert len(standing(services, JobStatus.COMPLETED)) == 3


def test_a_job_that_waits_can_be_cancelled(services: Services, heard: Any) -> None:
    services.handlers.create("csv", code(calls_per_minute=1), source="test")
    _, second = ask(services, "csv", 2)
    settle(services)
    held = heard.wait(JobChanged, lambda event: event.job.waiting_code == "rate_limit").job
    assert held.id == second.id
    assert services.queue.cancel(second.id).status is JobStatus.CANCELLED
    assert services.queue.get(second.id).to_json()["waiting"] is None


def test_twenty_thousand_jobs_are_held_back_in_one_transaction(services: Services) -> None:
    services.handlers.create("csv", code(calls_per_minute=60), source="test")
    (first,) = ask(services, "csv")
    services.db.write(
        lambda tx: tx.connection.execute(
            """INSERT INTO job_queue (type, status, priority, payload, limit_key, "trigger", created_at_us)
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
                SELECT type, 'pending', priority, payload, limit_key, "trigger", created_at_us
                FROM n, job_queue WHERE id = ?""",
            (first.id,),
        )
    )
    settle(services)
    assert len(standing(services, JobStatus.COMPLETED)) == 60
    with services.db.read() as connection:
        row = connection.execute(
            "SELECT count(*), max(waiting_until_us) FROM job_queue WHERE waiting_code = 'rate_limit'"
        ).fetchone()
    assert row == (19_941, START_US + (19_941 + 59) // 60 * MINUTE_US)


def test_the_limits_are_kept_with_the_version(services: Services) -> None:
    version = services.handlers.create(
        "csv", code(calls_per_minute=3, cost_per_day=2.5, cost_per_month=10), source="test"
    )
    assert requires_of(version.requires).limit == Limit(calls_per_minute=3, cost_per_day=2.5, cost_per_month=10.0)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("calls_per_minute", 0),
        ("calls_per_minute", 1001),
        ("calls_per_minute", 2.5),
        ("calls_per_minute", "true"),
        ("cost_per_day", 0),
        ("cost_per_day", -1),
        ("cost_per_month", '"much"'),
        ("cost_per_month", "nan"),
    ],
)
def test_a_limit_that_makes_no_sense_is_refused_with_its_line(services: Services, name: str, value: Any) -> None:
    with pytest.raises(ErrSyntax) as caught:
        services.handlers.create("csv", code(**{name: value}), source="test")
    assert name in caught.value.message
    assert caught.value.details["line"] == 3
