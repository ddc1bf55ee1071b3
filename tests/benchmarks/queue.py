"""The queue: draining, one after the other, from asking to starting, after a kill, in a large table, and at rest.

Jobs do nothing, in the app's own process: what is measured is the queue. Everything a job gets is in it: its row,
the row of its attempt, the events, a commit with `synchronous=FULL`. Beside it runs a loop of append and fdatasync,
and other queues, each as its makers mean it to be used.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from qntx_desktop.app.container import Services, build
from qntx_desktop.app.paths import Home
from qntx_desktop.app.thread_lanes import ThreadLanes
from qntx_desktop.model.events import Event, JobChanged
from qntx_desktop.model.job import ExecutionStatus, JobRequest, Outcome
from qntx_desktop.services.runner import Runner
from qntx_desktop.store import jobs
from tests.benchmarks.attests import syncs_per_s
from tests.benchmarks.figures import Figure, Place, median, percentile
from tests.benchmarks.queue_peers import PEERS

JOBS = 3_000
ONE_BY_ONE = 600
PEER_JOBS: Mapping[str, int] = {"huey": 2_000, "persist-queue": 2_000, "APScheduler 3": 500, "DBOS": 300}
PEER_TARGETS: Mapping[str, float] = {"huey": 0.8, "persist-queue": 1.5, "APScheduler 3": 4.0, "DBOS": 10.0}
LARGE = 200_000
REPEATS = 5
IDLE_S = 10.0
WAIT_S = 120.0
ROOT = Path(__file__).resolve().parents[2]


class Noop:
    """A job type whose runs are over at once."""

    name = "noop"
    lane = "light"

    def __init__(self) -> None:
        self.started: Callable[[Mapping[str, Any]], None] = lambda _payload: None

    def check(self, payload: Mapping[str, Any]) -> None:
        """Anything goes."""

    def run(self, context: Any) -> Outcome:
        """Nothing."""
        self.started(context.payload)
        return Outcome(status=ExecutionStatus.COMPLETED, sandbox="none")


class Bench:
    """A home with a runner of one worker that knows no-op jobs only."""

    def __init__(self, root: Path) -> None:
        self.noop = Noop()
        self.services: Services = build(Home(root=root), lanes=ThreadLanes({"light": 1}))
        self.runner = Runner(
            db=self.services.db,
            bench=self.services.bench,
            lanes=self.services.lanes,
            lock=self.services.lock,
            instance_id=self.services.instance_id,
            publish=self.services.events,
            watch=self.services.watch,
            reap=lambda: None,
            job_types=(self.noop,),
        )
        self.services.events.add(self.runner.on_event)
        self.services.events.add(self._heard)
        self.queue = self.services.queue
        self.queue._types = {"noop": self.noop}
        self.queue.attach(self.runner.crew)
        self._left = 0
        self._done = threading.Event()

    def fill(self, number: int) -> None:
        """Queue jobs, all in one transaction."""
        request = JobRequest(type="noop", payload={})
        self.services.db.write(lambda tx: [jobs.enqueue(tx, request) for _ in range(number)] and None)

    def drain(self, number: int) -> float:
        """Start the runner, wait for so many ends, and stop it: jobs a second."""
        self._left = number
        self._done.clear()
        began = time.perf_counter()
        self.runner.start()
        self.wait()
        rate = number / (time.perf_counter() - began)
        self.runner.stop()
        return rate

    def expect(self, number: int) -> None:
        """Count ends from here."""
        self._left = number
        self._done.clear()

    def wait(self) -> None:
        """Wait for the last of them."""
        if not self._done.wait(WAIT_S):
            raise SystemExit("the queue never came to an end")

    def _heard(self, event: Event) -> None:
        if type(event) is JobChanged and event.job.ended:
            self._left -= 1
            if self._left == 0:
                self._done.set()


@contextmanager
def bench(root: Path) -> Iterator[Bench]:
    """A bench that is taken down again."""
    made = Bench(root)
    try:
        yield made
    finally:
        made.runner.stop()
        made.services.close()


def measure(place: Place) -> Sequence[Figure]:
    """All of them; peers that are not installed are named and left out."""
    folder = Path(place.folder)
    figures = [*draining(place, folder), one_by_one(place, folder), *waits(place, folder)]
    figures += [after_a_kill(place, folder), large_table(place, folder), at_rest(place, folder)]
    figures.append(window_at_rest(place, folder))
    return figures


def draining(place: Place, folder: Path) -> list[Figure]:
    """Queued jobs until none is left; each repeat beside the sync loop and the peers."""
    there = [name for name, module in PEERS.items() if find_spec(module) is not None]
    missing = [name for name in PEERS if name not in there]
    if missing:
        place.say(f"not installed, not compared with: {', '.join(missing)}")
    ours: list[float] = []
    syncs: list[float] = []
    rates: dict[str, list[float]] = {name: [] for name in there}
    huey_waits: list[float] = []
    for number in range(place.repeats or REPEATS):
        before = syncs_per_s(folder / "synced")
        with bench(folder / f"drain{number}") as made:
            made.fill(JOBS)
            ours.append(made.drain(JOBS))
        syncs.append((before + syncs_per_s(folder / "synced")) / 2)
        for name in there:
            answer = peer(name, folder / f"peer{number}")
            rates[name].append(answer["rate"])
            huey_waits += answer.get("waits_ms", [])
        told = ", ".join(f"{name} {rates[name][-1]:,.0f}" for name in there)
        place.say(f"{ours[-1]:,.0f} jobs/s, {syncs[-1]:,.0f} syncs/s: {ours[-1] / syncs[-1]:.2f}x; {told}")
    found = [
        _ratio("drain", f"{JOBS:,} queued no-op jobs, one worker / append and fdatasync", ours, syncs, at_least=0.6)
    ]
    for name in there:
        target = PEER_TARGETS[name]
        found.append(_ratio(f"drain / {name}", f"the same / {name}", ours, rates[name], at_least=target))
    if huey_waits:
        place.say(f"huey, from asking to starting: p50 {median(huey_waits):,.1f} ms")
    return found


def peer(name: str, folder: Path) -> dict[str, Any]:
    """Run one of the other queues."""
    folder.mkdir(parents=True, exist_ok=True)
    words = [sys.executable, "-m", "tests.benchmarks.queue_peers", name, str(folder), str(PEER_JOBS[name])]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{name} failed: {done.stderr[-2000:]}")
    answer: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return answer


def one_by_one(place: Place, folder: Path) -> Figure:
    """Ask for a job, wait for its end, ask for the next."""
    ours: list[float] = []
    syncs: list[float] = []
    with bench(folder / "one") as made:
        made.runner.start()
        _leads(made)
        for _ in range(place.repeats or REPEATS):
            before = syncs_per_s(folder / "synced")
            began = time.perf_counter()
            for _ in range(ONE_BY_ONE):
                made.expect(1)
                made.queue.enqueue(JobRequest(type="noop", payload={}))
                made.wait()
            ours.append(ONE_BY_ONE / (time.perf_counter() - began))
            syncs.append((before + syncs_per_s(folder / "synced")) / 2)
    what = "from asking to the stored end, one after the other / append and fdatasync"
    return _ratio("one by one", what, ours, syncs, at_least=0.3)


def waits(place: Place, folder: Path) -> list[Figure]:
    """From asking to starting while a worker idles."""
    started: list[float] = []
    with bench(folder / "waits") as made:
        made.noop.started = lambda payload: started.append((time.perf_counter() - payload["at"]) * 1000)
        made.runner.start()
        _leads(made)

        def ask(pause_s: float, number: int) -> list[float]:
            started.clear()
            for _ in range(number):
                time.sleep(pause_s)
                made.expect(1)
                made.queue.enqueue(JobRequest(type="noop", payload={"at": time.perf_counter()}))
                made.wait()
            return list(started)

        busy, rested = ask(0.02, 300), ask(IDLE_S, 4)
    place.say(f"after {IDLE_S:.0f} s of rest: " + ", ".join(f"{each:.2f} ms" for each in rested))
    rest = f"the same after {IDLE_S:.0f} s of rest, the worst / 10 ms"
    return [
        _most("start p50", "from asking to starting, idle worker / 1 ms", "ms", median(busy), 1.0),
        _most("start p99", "the same / 10 ms", "ms", percentile(busy, 99), 10.0),
        _most("start after a rest", rest, "ms", max(rested), 10.0),
    ]


KILLED = """
import sys, threading
from pathlib import Path
from tests.benchmarks.queue import Bench
from qntx_desktop.model.job import JobRequest
made = Bench(Path(sys.argv[1]))
made.noop.started = lambda _payload: (print("runs", flush=True), threading.Event().wait())
made.runner.start()
made.queue.enqueue(JobRequest(type="noop", payload={}))
threading.Event().wait()
"""


def after_a_kill(place: Place, folder: Path) -> Figure:
    """From opening the store to the second start of a job whose process was killed."""
    took: list[float] = []
    for number in range(place.repeats or REPEATS):
        root = folder / f"killed{number}"
        child = subprocess.Popen([sys.executable, "-c", KILLED, str(root)], cwd=ROOT, stdout=subprocess.PIPE)
        assert child.stdout is not None
        child.stdout.readline()
        child.send_signal(signal.SIGKILL)
        child.communicate()
        began = time.perf_counter()
        with bench(root) as made:
            again: list[float] = []
            made.noop.started = lambda _payload, again=again: again.append(time.perf_counter())  # type: ignore[misc]
            made.expect(1)
            made.runner.start()
            made.wait()
            took.append(again[0] - began)
    return _most("after a kill", "from opening the store to the second start / 0.2 s", "s", max(took), 0.2)


def large_table(place: Place, folder: Path) -> Figure:
    """The rate in a table with 200,000 pending and 200,000 finished jobs, against that in an empty one."""
    large: list[float] = []
    small: list[float] = []
    with bench(folder / "large") as full:
        _fill_large(full)
        for number in range(place.repeats or REPEATS):
            with bench(folder / f"small{number}") as empty:
                empty.fill(JOBS)
                small.append(empty.drain(JOBS))
            large.append(_drain_some(full, JOBS))
            place.say(f"{large[-1]:,.0f} against {small[-1]:,.0f} jobs/s")
    what = f"rate with {LARGE:,} pending and {LARGE:,} finished jobs / in an empty table"
    return _ratio("large table", what, large, small, at_least=0.9)


def _fill_large(full: Bench) -> None:
    full.fill(1)
    full.drain(1)
    copy = """INSERT INTO job_queue (type, status, priority, payload, "trigger", created_at_us, completed_at_us)
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
        SELECT 'noop', ?, 50, '{}', 'manual', 1, ? FROM n"""
    attempts = """INSERT INTO execution (job_id, attempt, status, started_at_us, duration_ms, "trigger")
        SELECT id, 1, 'completed', 1, 1.0, 'manual' FROM job_queue
        WHERE status = 'completed' AND id NOT IN (SELECT job_id FROM execution)"""
    for statement, values in ((copy, (LARGE, "completed", 1)), (attempts, ()), (copy, (LARGE, "pending", None))):
        full.services.db.write(lambda tx, s=statement, v=values: tx.connection.execute(s, v) and None)


def _drain_some(full: Bench, number: int) -> float:
    """Like `drain`, of a queue that holds more; the runner goes on until it is stopped."""
    rate = full.drain(number)
    full.fill(number)
    return rate


def at_rest(place: Place, folder: Path) -> Figure:
    """How often threads of an idle runner wake up, as the system counts it."""
    with bench(folder / "rest") as made:
        made.runner.start()
        _leads(made)
        time.sleep(1)
        before = _switches_of(os.getpid())
        time.sleep(IDLE_S)
        a_second = (_more(before, _switches_of(os.getpid())) - 1) / IDLE_S  # this thread slept once
    return _most("at rest", "wake-ups of an idle runner / 5 a second", "per second", a_second, 5.0)


def window_at_rest(place: Place, folder: Path) -> Figure:
    """The same of the whole app, with an empty canvas, and of every process it started."""
    words = [sys.executable, "-m", "qntx_desktop", "--home", str(folder / "window")]
    window = subprocess.Popen(words, cwd=ROOT, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"})
    try:
        time.sleep(IDLE_S)  # the first paint, the store, what is looked at once
        before = _switches_of(*_family(window.pid))
        time.sleep(IDLE_S)
        a_second = _more(before, _switches_of(*_family(window.pid))) / IDLE_S
    finally:
        window.terminate()
        window.wait(WAIT_S)
    return _most("window at rest", "wake-ups of a whole idle window / 5 a second", "per second", a_second, 5.0)


def _family(process: int) -> list[int]:
    """A process and all below it."""
    children = [
        int(child)
        for task in Path(f"/proc/{process}/task").iterdir()
        for child in (task / "children").read_text("ascii").split()
    ]
    return [process, *(each for child in children for each in _family(child))]


def _switches_of(*processes: int) -> dict[int, int]:
    """How often each thread has gone to sleep so far."""
    found = {}
    for task in (each for process in processes for each in Path(f"/proc/{process}/task").iterdir()):
        status = (task / "status").read_text("ascii", errors="replace")
        found[int(task.name)] = int(status.split("\nvoluntary_ctxt_switches:")[1].split()[0])
    return found


def _more(before: Mapping[int, int], after: Mapping[int, int]) -> int:
    """How often in between; a thread that has ended takes its count with it."""
    return sum(count - before.get(thread, 0) for thread, count in after.items())


def _leads(made: Bench) -> None:
    end = time.monotonic() + WAIT_S
    while not made.runner.active and time.monotonic() < end:
        time.sleep(0.01)


def _ratio(name: str, what: str, ours: Sequence[float], peers: Sequence[float], *, at_least: float) -> Figure:
    """Of pairs measured right after each other."""
    ratios = [mine / theirs for mine, theirs in zip(ours, peers, strict=True)]
    return Figure(
        name=name,
        what=what,
        unit="per second",
        ours=median(ours),
        peer=median(peers),
        ratio=median(ratios),
        at_least=at_least,
        spread={"ratios": [round(each, 3) for each in ratios]},
    )


def _most(name: str, what: str, unit: str, ours: float, limit: float) -> Figure:
    return Figure(name=name, what=what, unit=unit, ours=ours, peer=limit, ratio=ours / limit, at_most=1.0)

