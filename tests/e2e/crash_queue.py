"""Kills a process that makes, claims, runs, ends, holds back and deletes jobs and serves schedules, over and over.

Whoever opens the home next checks.

`python -m tests.e2e.crash_queue KILLS SEED FOLDER` prints what it met as JSON. Processes are forked from one that
has imported everything and never starts a thread itself, so that a thousand kills take a few minutes. Half of them
hit a named point - before a step, after it but before the commit, or right after it - the others any moment.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import sys
import threading
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qntx_desktop.app.container import Services, build
from qntx_desktop.app.paths import Home
from qntx_desktop.app.thread_lanes import ThreadLanes
from qntx_desktop.engines.sandbox.cancel import CancelToken
from qntx_desktop.model.events import Event, JobChanged
from qntx_desktop.model.job import ExecutionStatus, JobRequest, JobStatus, Outcome, Waiting
from qntx_desktop.model.limit import Hold
from qntx_desktop.model.schedule import MissedPolicy, Timing
from qntx_desktop.services.jobs.job_type import RunIdentity
from qntx_desktop.services.retention import DAY_US, Keep, Retention
from qntx_desktop.services.runner import Runner
from qntx_desktop.store import attestations, executions, job_recovery, jobs, retention, schedules
from qntx_desktop.store.database import Database, Tx, open_reader
from tests.e2e.crash_points import kill_at

POINTS: Mapping[str, tuple[Any, str]] = {
    "enqueue": (jobs, "_make"),
    "claim": (jobs, "take"),
    "begin": (jobs, "begin_attempt"),
    "hold": (jobs, "hold_back"),
    "attest": (attestations, "insert"),
    "complete": (jobs, "finish"),
    "end": (executions, "end"),
    "recover": (job_recovery, "_recover_one"),
    "mark": (retention, "keep_mark"),
    "delete": (retention, "delete_jobs"),
    "slot": (schedules, "move"),
    "catch up": (schedules, "settle"),
}
ONLY_SCHEDULED = frozenset({"slot", "catch up"})
NEVER_SCHEDULED = frozenset({"mark", "delete"})
WHEN = ("before", "inside", "committed")
KILLS_A_HOME = 8
WORK_S = 0.25
DAYS_A_SECOND = 200
ENDS_S = 20.0
REFERENCES = 3
LIMITED = "limited"
SECOND_US = 1_000_000
MISSED_S = 40
"""So long before a home was made its schedules would have begun; as many slots are made up for."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Where a process dies: at the n-th call of a step, or after a time."""

    point: str
    when: str = ""
    call: int = 1
    after_s: float = 0.0


class Work:
    """A job type that attests two rows and writes down, outside the store, what it was promised."""

    name = "work"
    lane = "light"

    def __init__(self, promised: int) -> None:
        self._promised = promised
        self._guard = threading.Lock()
        self._alive: set[str] = set()

    def check(self, payload: Mapping[str, Any]) -> None:
        """Anything goes."""

    def run(self, context: Any) -> Outcome:
        """Attest twice; say so if this job or its reference runs already."""
        mine = {f"job {context.payload['n']}", f"reference {context.payload['reference']}"} - {"reference None"}
        with self._guard:
            if self._alive & mine:
                os.write(self._promised, f"twice {self._alive & mine}\n".encode())
            self._alive |= mine
        context.record.begin(RunIdentity(command="work", script_type="work", args=(), handler=None))
        for step in (1, 2):
            (made,) = context.record.attest(
                [{"subjects": f"n {context.payload['n']}", "predicates": "ran", "contexts": f"step {step}"}]
            )
            os.write(self._promised, f"attested {json.loads(made)['id']}\n".encode())
        context.record.progress(2, 2, "done")
        with self._guard:
            self._alive -= mine
        return Outcome(status=ExecutionStatus.COMPLETED, sandbox="none")


class SomeWait:
    """Holds every seventh job back for a moment, as a limit would."""

    def hold(self, tx: Any, job: Any) -> Hold | None:
        """A job waits once."""
        if job.limit_key != LIMITED or job.created_at_us + 50_000 < tx.now_us:
            return None
        return Hold(code=Waiting.RATE_LIMIT, message="later", until_us=tx.now_us + 20_000)


def opened(root: Path, promised: int) -> tuple[Services, Runner]:
    """A home with two workers that do `Work`."""
    services = build(Home(root=root), lanes=ThreadLanes({"light": 2}))
    runner = Runner(
        db=services.db,
        bench=services.bench,
        lanes=services.lanes,
        lock=services.lock,
        instance_id=services.instance_id,
        publish=services.events,
        watch=services.watch,
        reap=lambda: None,
        job_types=(Work(promised),),
    )
    runner.crew._limits = SomeWait()  # type: ignore[assignment]
    services.events.add(runner.on_event)
    vars(services)["_runner"] = runner
    services.queue._types = {"work": Work(promised)}
    services.queue.attach(runner.crew)
    return services, runner


def arm(plan: Plan) -> None:
    """Have this process kill itself where the plan says."""
    if plan.point == "time":
        return
    kill_at(*POINTS[plan.point], plan.when, plan.call)


def add_schedules(db: Database, number: int) -> None:
    """Schedules of every second, in arrears from the beginning."""

    def make(tx: Tx) -> None:
        for each in range(number):
            draft = schedules.Draft(
                command="work",
                request=JobRequest(type="work", payload={"n": -each, "reference": None}),
                timing=Timing(interval_s=1),
                missed=MissedPolicy.ALL,
                next_run_at_us=tx.now_us - MISSED_S * SECOND_US,
            )
            schedules.make(tx, draft)

    db.write(make)


def check_slots(connection: sqlite3.Connection) -> None:
    """Each slot up to the last that was dealt with has one job of its own or one record, and none has both."""
    for number, anchor_us, last_us in connection.execute("SELECT id, anchor_us, last_slot_us FROM schedule"):
        slots = (last_us - (anchor_us - MISSED_S * SECOND_US)) // SECOND_US + 1 if last_us is not None else 0
        (made,) = connection.execute("SELECT count(*) FROM job_queue WHERE schedule_id = ?", (number,)).fetchone()
        recorded, caught_up = connection.execute(
            "SELECT coalesce(sum(count), 0), coalesce(sum(fate = 'caught_up'), 0) FROM missed_slot"
            " WHERE schedule_id = ?",
            (number,),
        ).fetchone()
        assert slots == made + recorded - caught_up, f"schedule {number}: {slots}, {made}, {recorded}, {caught_up}"


def work(root: Path, plan: Plan, seed: int, scheduled: bool) -> None:
    """Make jobs, run them and delete old ones, until killed or for a quarter of a second.

    In every third home schedules make some as well; nothing is deleted there, so that they can be counted.
    """
    source = random.Random(seed)
    promised = os.open(root / "promised", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    arm(plan)
    services, runner = opened(root, promised)
    if scheduled and not services.schedules.list():
        add_schedules(services.db, 4)
    runner.start()
    # What failed stays: a job that was lost twice before it could attest leaves no other trace.
    keeping = Retention(
        services.db,
        keep=lambda: Keep(failed_days=1_000_000),
        uptime=lambda: ("boot", int(time.monotonic() * DAYS_A_SECOND * DAY_US)),
    )
    ends = time.monotonic() + WORK_S
    while time.monotonic() < ends:
        number = source.randrange(1 << 40)
        reference = source.choice([None, *range(REFERENCES)])
        job = services.queue.enqueue(
            JobRequest(
                type="work",
                payload={"n": number, "reference": reference},
                reference_type="thing" if reference is not None else None,
                reference_id=str(reference) if reference is not None else None,
                limit_key=LIMITED if source.randrange(7) == 0 else None,
            )
        )
        os.write(promised, f"made {job.id} {number} {reference}\n".encode())
        if scheduled:
            time.sleep(0.005)  # what schedules ask for comes after all else
        if source.randrange(10) == 0 and not scheduled:
            keeping.tidy(CancelToken(), lambda _count: None)
    runner.stop(grace_s=0.0)
    services.close()


def check(root: Path) -> None:
    """What must hold right after the kill."""
    with open_reader(root / "qntx.db") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        kept = {row[0] for row in connection.execute("SELECT id FROM attestation")}
        there = {row[0] for row in connection.execute("SELECT id FROM job_queue")}
        ran = {json.loads(row[0])[0] for row in connection.execute("SELECT subjects FROM attestation")}
        twice = connection.execute(
            "SELECT job_id FROM execution WHERE status = 'running' GROUP BY job_id HAVING count(*) > 1"
        ).fetchall()
        assert twice == [], "I2: a job with two running attempts"
        check_slots(connection)
    for line in (root / "promised").read_text("ascii").splitlines():
        word, *rest = line.split()
        assert word != "twice", f"I2: {line}"
        if word == "attested":
            assert rest[0] in kept, f"I1: {rest[0]} was acknowledged and is gone"
        elif int(rest[0]) not in there and rest[2] == "None":
            # Only retention deletes, and only what has ended; without a reference a job ends by running only.
            assert f"n {rest[1]}" in ran, f"I1: job {rest[0]} was acknowledged, never ran and is gone"


def settle(root: Path) -> None:
    """A later process works everything off; then nothing is stuck and nothing ran too often."""
    promised = os.open(root / "promised", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    services, runner = opened(root, promised)
    ended = threading.Event()

    def look(event: Event) -> None:
        if isinstance(event, JobChanged):
            ended.set()

    services.events.add(look)
    for each in services.schedules.list():
        services.schedules.pause(each.id)
    runner.start()
    deadline = time.monotonic() + ENDS_S
    while (counts := services.queue.counts())[JobStatus.PENDING] + counts[JobStatus.RUNNING]:
        assert time.monotonic() < deadline, f"I3: stuck: {counts}"
        ended.wait(0.05)
        ended.clear()
    runner.stop()
    attempts: dict[int, list[tuple[int, str]]] = defaultdict(list)
    with services.db.read() as connection:
        for job_id, attempt, status in connection.execute("SELECT job_id, attempt, status FROM execution"):
            attempts[job_id].append((attempt, status))
        rows = connection.execute("SELECT id, status, retry_count, error FROM job_queue").fetchall()
        steps = Counter(
            row[0]
            for row in connection.execute(
                "SELECT execution_id FROM attestation WHERE execution_id IN (SELECT id FROM execution)"
            )
        )
        completed = connection.execute("SELECT id FROM execution WHERE status = 'completed'").fetchall()
    for job_id, status, losses, error in rows:
        assert losses <= 2, f"I6: job {job_id} was lost {losses} times"
        lost = sum(state == "interrupted" for _, state in attempts[job_id])
        assert [number for number, _ in sorted(attempts[job_id])] == list(range(1, len(attempts[job_id]) + 1))
        if status == "failed":
            assert json.loads(error)["code"] == "interrupted_twice", error
            assert losses == 2 <= lost
        if status == "completed":
            assert sum(state == "completed" for _, state in attempts[job_id]) == 1
    assert all(steps[row[0]] == 2 for row in completed), "I1: a completed attempt lacks a row"
    services.close()


def in_fork(act: Callable[[], None], kill_after_s: float | None = None) -> str:
    """Do something in a process of its own; killed after a while if so asked.

    Returns:
        `ended`, `killed`, or what went wrong.
    """
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.close(read)
        code = 0
        try:
            act()
        except BaseException:  # noqa: BLE001 - told to the parent
            os.write(write, traceback.format_exc()[-1500:].encode())
            code = 1
        os._exit(code)
    os.close(write)
    if kill_after_s is not None:
        time.sleep(kill_after_s)
        os.kill(child, signal.SIGKILL)
    with os.fdopen(read, "rb") as pipe:
        said = pipe.read().decode()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return "killed"
    return said or "ended"


def plan_of(source: random.Random, scheduled: bool) -> Plan:
    """Half at a named point, half at any time."""
    if source.random() < 0.5:
        return Plan("time", after_s=source.uniform(0.002, WORK_S))
    if scheduled and source.random() < 0.5:  # few are served in so short a life, so they are aimed at
        return Plan(source.choice(sorted(ONLY_SCHEDULED)), source.choice(WHEN), source.choice([1, 2, 3, 4]))
    reached = POINTS.keys() - (NEVER_SCHEDULED if scheduled else ONLY_SCHEDULED)
    return Plan(source.choice(sorted(reached)), source.choice(WHEN), source.choice([1, 2, 3, 5, 8, 13]))


def run(kills: int, seed: int, folder: Path) -> dict[str, Any]:
    """So many kills, eight a home, each looked at afterwards."""
    source = random.Random(seed)
    met: Counter[str] = Counter()
    broken: list[str] = []
    number = 0
    while met["kills"] < kills and len(broken) < 5:
        root = folder / f"home{number}"
        root.mkdir(parents=True)
        (root / "promised").touch()
        scheduled = number % 3 == 0
        number += 1
        for _ in range(KILLS_A_HOME):
            plan = plan_of(source, scheduled)
            one = source.randrange(1 << 30)
            how = in_fork(lambda r=root, p=plan, s=one, t=scheduled: work(r, p, s, t), plan.after_s or None)  # type: ignore[misc]
            met["kills" if how == "killed" else how if how == "ended" else "failed"] += 1
            met[f"{plan.point} {plan.when}".strip()] += how == "killed"
            after = in_fork(lambda r=root: check(r)) if (root / "qntx.db").exists() else "ended"  # type: ignore[misc]
            broken += [f"{plan}: {said}" for said in (how, after) if said not in ("killed", "ended")]
            if met["kills"] >= kills:
                break
        last = in_fork(lambda r=root: settle(r))  # type: ignore[misc]
        broken += [f"home {number}: {last}"] if last != "ended" else []
        again = in_fork(lambda r=root: check(r))  # type: ignore[misc]
        broken += [f"home {number}, worked off: {again}"] if again != "ended" else []
        if not broken:
            shutil.rmtree(root)
    return {"kills": met["kills"], "homes": number, "met": dict(sorted(met.items())), "broken": broken}


if __name__ == "__main__":
    print(json.dumps(run(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])), indent=1))
