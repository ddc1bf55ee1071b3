"""Slots become jobs: on time, late, missed, joined, caught up, and when somebody sets the clock."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qntx_desktop.app.container import Services
from qntx_desktop.model.errors import ErrInvalidSchedule, ErrNoIngestScript, ErrScheduleNotFound
from qntx_desktop.model.job import ExecutionStatus, Job, JobFilter, JobStatus, Outcome
from qntx_desktop.model.schedule import MissedPolicy, Schedule, ScheduleState, Timing
from qntx_desktop.services.scheduler import Scheduler
from qntx_desktop.store import jobs

START_US = 1_790_000_000_000_000
MINUTE, HOUR, DAY = 60_000_000, 3_600_000_000, 86_400_000_000
EVERY_MINUTE = Timing(interval_s=60)


class Clock:
    def __init__(self) -> None:
        self.now = START_US

    def __call__(self) -> int:
        return self.now


class Stage:
    """A home whose clock stands in the hand, a scheduler on it, and a worker that ends runs when told to."""

    def __init__(self, services: Services, clock: Clock) -> None:
        self.services = services
        self.clock = clock
        self.scheduler = Scheduler(services.db, services.queue, clock)
        services.events.add(self.scheduler.on_event)

    def add(self, timing: Timing = EVERY_MINUTE, missed: MissedPolicy = MissedPolicy.ONCE) -> Schedule:
        return self.services.schedules.add_script("print(1)", [], timing, missed)

    def turn(self, later_us: int = 0, *, clock_changed: bool = False) -> None:
        self.clock.now += later_us
        self.scheduler.tend(clock_changed=clock_changed)

    def jobs(self) -> list[Job]:
        return list(reversed(self.services.queue.list(JobFilter(limit=1_000))))

    def begin(self) -> jobs.Claim:
        claim = self.services.db.write(lambda tx: jobs.claim(tx, instance_id="me", types={"python.script"}))
        assert claim is not None
        return claim

    def end(self, claim: jobs.Claim) -> None:
        outcome = Outcome(status=ExecutionStatus.COMPLETED, exit_code=0)
        self.services.db.write(lambda tx: jobs.finish(tx, claim, outcome))

    def run(self) -> None:
        self.end(self.begin())

    def fates(self, schedule: Schedule) -> list[tuple[int, str, int]]:
        """Minutes since the start, fate and count, oldest first."""
        found = self.services.schedules.missed(schedule.id, limit=5_000)
        return [((each.slot_us - START_US) // MINUTE, str(each.fate), each.count) for each in reversed(found)]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def stage(open_services: Callable[..., Services], clock: Clock) -> Stage:
    return Stage(open_services(clock=clock), clock)


def test_nothing_runs_before_the_first_slot(stage: Stage) -> None:
    schedule = stage.add()
    stage.turn(MINUTE - 1)
    assert stage.jobs() == []
    assert stage.scheduler.wait_s() == pytest.approx(1e-6)
    stage.turn(1)
    (job,) = stage.jobs()
    assert (job.schedule_id, job.trigger, job.priority) == (schedule.id, "schedule", 0)
    assert (job.reference_type, job.reference_id) == ("schedule", str(schedule.id))
    after = stage.services.schedules.get(schedule.id)
    assert after.next_run_at_us == START_US + 2 * MINUTE
    stage.turn()
    assert len(stage.jobs()) == 1


def test_an_interval_does_not_drift_when_served_late(stage: Stage) -> None:
    schedule = stage.add()
    for _ in range(3):
        stage.turn(MINUTE + 3_000_000)
        stage.run()
    assert stage.services.schedules.get(schedule.id).next_run_at_us == START_US + 4 * MINUTE
    assert stage.fates(schedule) == []


def test_a_run_that_goes_on_is_followed_by_one_more_and_no_more(stage: Stage) -> None:
    schedule = stage.add()
    stage.turn(MINUTE)
    running = stage.begin()
    stage.turn(MINUTE)
    stage.turn(MINUTE)
    assert [str(job.status) for job in stage.jobs()] == ["running", "pending"]
    assert stage.fates(schedule) == [(3, "joined", 1)]
    stage.end(running)
    stage.run()
    assert [str(job.status) for job in stage.jobs()] == ["completed", "completed"]


@pytest.mark.parametrize(
    ("policy", "made", "fate"),
    [(MissedPolicy.SKIP, 1, "skipped"), (MissedPolicy.ONCE, 1, "merged")],
)
def test_what_was_missed_while_asleep(stage: Stage, policy: MissedPolicy, made: int, fate: str) -> None:
    schedule = stage.add(missed=policy)
    stage.turn(10 * MINUTE)
    assert len(stage.jobs()) == made
    assert stage.fates(schedule) == [(minute, fate, 1) for minute in range(1, 10)]


def test_skip_runs_nothing_when_the_newest_slot_is_long_past_too(stage: Stage) -> None:
    schedule = stage.add(missed=MissedPolicy.SKIP)
    stage.turn(10 * MINUTE + 31_000_000)
    assert stage.jobs() == []
    assert len(stage.fates(schedule)) == 10
    stage.turn(29_000_000)
    assert len(stage.jobs()) == 1


def test_once_is_one_run_for_all_of_them_and_each_says_which(stage: Stage) -> None:
    schedule = stage.add(Timing(cron="0 * * * *", timezone="UTC"))
    stage.turn(5 * HOUR + 40 * MINUTE)
    (job,) = stage.jobs()
    missed = stage.services.schedules.missed(schedule.id)
    assert {slot.job_id for slot in missed} == {job.id}
    assert {str(slot.fate) for slot in missed} == {"merged"}
    assert len(missed) in (5, 6)


def test_all_makes_up_for_each_one_after_the_other(stage: Stage) -> None:
    schedule = stage.add(missed=MissedPolicy.ALL)
    stage.turn(4 * MINUTE)
    done = 0
    while any(not job.ended for job in stage.jobs()):
        assert sum(not job.ended for job in stage.jobs()) == 1
        stage.run()
        stage.turn()
        done += 1
    assert done == 4
    assert stage.fates(schedule) == [(minute, "caught_up", 1) for minute in range(1, 5)]
    stage.turn(MINUTE)
    assert len(stage.jobs()) == 5
    assert len(stage.fates(schedule)) == 4


def test_all_is_bounded_and_says_what_it_gave_up(stage: Stage) -> None:
    schedule = stage.add(missed=MissedPolicy.ALL)
    stage.turn(250 * MINUTE)
    fates = [fate for _, fate, _ in stage.fates(schedule)]
    assert fates.count("dropped") == 150
    assert fates.count("waiting") + fates.count("caught_up") == 100
    assert fates[:150] == ["dropped"] * 150


def test_a_year_of_missed_minutes_is_counted_whole_in_few_records(stage: Stage) -> None:
    schedule = stage.add()
    stage.turn(365 * DAY)
    fates = stage.fates(schedule)
    assert sum(count for _, _, count in fates) == 365 * 24 * 60 - 1
    assert len(fates) == 1_000
    assert len(stage.jobs()) == 1


def test_a_pause_is_a_gap_that_the_policy_handles(stage: Stage) -> None:
    schedule = stage.add()
    stage.services.schedules.pause(schedule.id)
    stage.turn(5 * MINUTE)
    assert stage.jobs() == []
    assert stage.services.schedules.upcoming(stage.services.schedules.get(schedule.id)) == ()
    stage.services.schedules.resume(schedule.id)
    stage.turn()
    assert len(stage.jobs()) == 1
    assert [fate for _, fate, _ in stage.fates(schedule)] == ["merged"] * 4


def test_run_now_does_not_touch_the_time_table(stage: Stage) -> None:
    schedule = stage.add()
    job = stage.services.schedules.run_now(schedule.id)
    assert (job.trigger, job.priority, job.schedule_id) == ("manual", 100, schedule.id)
    assert stage.services.schedules.run_now(schedule.id).id == job.id
    assert stage.services.schedules.get(schedule.id).next_run_at_us == schedule.next_run_at_us


def test_another_time_table_counts_from_now(stage: Stage) -> None:
    schedule = stage.add()
    stage.turn(30_000_000)
    changed = stage.services.schedules.change(schedule.id, Timing(interval_s=3600), MissedPolicy.SKIP)
    assert (changed.missed, changed.next_run_at_us) == ("skip", START_US + 30_000_000 + HOUR)
    with pytest.raises(ErrInvalidSchedule):
        stage.services.schedules.change(schedule.id, Timing(cron="x"), MissedPolicy.SKIP)
    assert stage.services.schedules.get(schedule.id) == changed


def test_the_same_time_table_goes_on_when_something_else_changes(stage: Stage) -> None:
    schedule = stage.add()
    stage.turn(MINUTE // 2)
    changed = stage.services.schedules.change(schedule.id, schedule.timing, MissedPolicy.SKIP)
    assert (changed.missed, changed.next_run_at_us) == ("skip", schedule.next_run_at_us)
    with pytest.raises(ErrScheduleNotFound):
        stage.services.schedules.change(99, schedule.timing, MissedPolicy.SKIP)


def test_a_run_that_outlives_its_schedule_leaves_no_memory(stage: Stage) -> None:
    def remembered(name: str) -> list[str]:
        with stage.services.db.read() as connection:
            rows = connection.execute('SELECT "key" FROM handler_state WHERE "key" LIKE ?', (name,))
            return [row[0] for row in rows]

    outcome = Outcome(status=ExecutionStatus.COMPLETED, exit_code=0)
    for removed, kept in ((False, 1), (True, 0)):
        schedule = stage.add()
        stage.services.schedules.run_now(schedule.id)
        claim, key = stage.begin(), jobs.state_key(jobs.schedule_memory(schedule.id), [])
        if removed:
            stage.services.schedules.remove(schedule.id)
        stage.services.db.write(lambda tx, c=claim, k=key: jobs.finish(tx, c, outcome, memory_key=k))
        assert len(remembered(f"schedule {schedule.id}%")) == kept


def test_a_copy_is_paused_and_a_removed_one_leaves_its_jobs(stage: Stage) -> None:
    schedule = stage.add()
    copy = stage.services.schedules.duplicate(schedule.id)
    assert (copy.state, copy.command, copy.timing) == (ScheduleState.PAUSED, schedule.command, schedule.timing)
    stage.turn(3 * MINUTE)
    stage.services.schedules.remove(schedule.id)
    with pytest.raises(ErrScheduleNotFound):
        stage.services.schedules.get(schedule.id)
    stage.turn(10 * MINUTE)
    assert len(stage.jobs()) == 1
    assert stage.services.schedules.add_script("1", [], EVERY_MINUTE).id > copy.id


def test_a_clock_set_back_a_day_holds_no_interval_up(stage: Stage) -> None:
    schedule = stage.add()
    stage.turn(MINUTE)
    stage.run()
    stage.turn(-DAY, clock_changed=True)
    assert stage.services.schedules.get(schedule.id).next_run_at_us == stage.clock.now + MINUTE
    stage.turn(MINUTE)
    assert len(stage.jobs()) == 2


def test_a_clock_set_back_a_little_does_not_run_a_daily_slot_twice(stage: Stage) -> None:
    schedule = stage.add(Timing(cron="0 9 * * *", timezone="UTC"))
    first = schedule.next_run_at_us
    assert first is not None
    stage.turn(first - stage.clock.now)
    stage.turn(-2 * HOUR, clock_changed=True)
    stage.turn(2 * HOUR)
    assert len(stage.jobs()) == 1
    stage.run()
    stage.turn(DAY)
    assert len(stage.jobs()) == 2


def test_a_clock_set_forward_a_year_and_back_is_one_run_and_no_standstill(stage: Stage) -> None:
    daily = stage.add(Timing(cron="0 9 * * *", timezone="UTC"))
    stage.turn(365 * DAY, clock_changed=True)
    stage.run()
    stage.turn(-365 * DAY, clock_changed=True)
    after = stage.services.schedules.get(daily.id)
    assert after.next_run_at_us is not None
    assert after.next_run_at_us - stage.clock.now <= DAY
    stage.turn(DAY)
    assert len(stage.jobs()) == 2


def test_a_restart_finds_what_was_due_meanwhile(stage: Stage, open_services: Callable[..., Services]) -> None:
    stage.add()
    stage.services.close()
    again = Stage(open_services(clock=stage.clock), stage.clock)
    again.turn(3 * MINUTE)
    assert len(again.jobs()) == 1


def test_two_schedulers_never_serve_one_slot_twice(stage: Stage) -> None:
    stage.add()
    other = Scheduler(stage.services.db, stage.services.queue, stage.clock)
    for _ in range(5):
        stage.turn(MINUTE)
        other.look_again()
        other.tend()
        stage.run()
    assert len(stage.jobs()) == 5


def test_a_hundred_at_once(stage: Stage) -> None:
    made = [stage.add() for _ in range(100)]
    stage.turn(MINUTE)
    assert {job.schedule_id for job in stage.jobs()} == {schedule.id for schedule in made}


def test_a_command_nobody_knows_makes_no_schedule(stage: Stage) -> None:
    with pytest.raises(ErrNoIngestScript):
        stage.services.schedules.add_ix("nothing x", EVERY_MINUTE, base=None, bare=True)
    assert stage.services.schedules.list() == ()


def test_the_runner_serves_slots(open_services: Callable[..., Services], heard) -> None:  # type: ignore[no-untyped-def]
    services = open_services()
    services.runner.start()
    schedule = services.schedules.add_script("print('again')", [], Timing(interval_s=1))
    from qntx_desktop.model.events import JobChanged

    event = heard.wait(JobChanged, lambda each: each.job.schedule_id == schedule.id and each.job.ended)
    assert event.job.status is JobStatus.COMPLETED
    services.schedules.remove(schedule.id)
