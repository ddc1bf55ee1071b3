"""Confined handlers: how fast one starts and ends, the whole way through the queue, the weight of a warm launcher.

A plain `python -I -S` that prints the same runs in turns with ours; ours also makes and removes a work folder,
confines itself and is waited for. The whole way is measured twice: forked from a warm launcher, and started anew.
"""

from __future__ import annotations

import subprocess
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from qntx_desktop.app.container import Services, build
from qntx_desktop.app.paths import Home
from qntx_desktop.app.thread_lanes import ThreadLanes
from qntx_desktop.engines.interpreter import interpreter
from qntx_desktop.engines.sandbox.launcher import CancelToken, RunSpec, launch
from qntx_desktop.engines.sandbox.warm import AHEAD, WarmLaunchers
from qntx_desktop.model.events import Event, JobChanged
from qntx_desktop.model.job import ExecutionStatus
from tests.benchmarks.figures import Figure, Place, median, percentile

CODE = "import json\nprint(json.dumps({'ok': 1}))\n"
SAYS = '{"ok": 1}\n'
RUNS = 100
CHAINS = 60
MANY = 150
PAUSE_S = 0.005
SETTLE_S = 0.06
WAIT_S = 120.0
_MEGABYTE = 1 << 20


class Silent:
    """Takes whatever a run says; these say nothing."""

    def attest(self, items: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Nothing is attested."""
        raise NotImplementedError

    query = progress = log = cost = connected = attest


def measure(place: Place) -> Sequence[Figure]:
    """All of them."""
    folder = Path(place.folder)
    return [*starts(folder, place.repeats or RUNS), *chains(folder), *weights(folder)]


def run_one(folder: Path, warm: WarmLaunchers | None) -> float:
    """One handler; its time in milliseconds."""
    number = uuid.uuid4().hex
    spec = RunSpec(
        code=CODE,
        filename="one.py",
        command="one",
        script_type="one",
        args=(),
        timeout_s=30.0,
        memory_bytes=512 << 20,
        work_dir=folder / "work" / number,
        run_id=number,
        home_id="benchmark",
    )
    began = time.perf_counter()
    outcome = launch(spec, Silent(), CancelToken(), warm)  # type: ignore[arg-type]
    took = (time.perf_counter() - began) * 1000
    if (outcome.stdout, outcome.sandbox) != (SAYS, "full"):
        raise SystemExit(f"a run went wrong: {outcome}")
    return took


def plain() -> float:
    """The same by a bare interpreter."""
    began = time.perf_counter()
    subprocess.run([interpreter(), "-I", "-S", "-c", CODE], stdout=subprocess.PIPE, check=True)
    return (time.perf_counter() - began) * 1000


@contextmanager
def launchers(folder: Path, ahead: int = AHEAD) -> Iterator[WarmLaunchers]:
    """Warm launchers that are there from the first run."""
    made = WarmLaunchers("benchmark", folder / "work", first=1, ahead=ahead)
    try:
        run_one(folder, made)
        yield made
    finally:
        made.close()


def starts(folder: Path, runs: int) -> list[Figure]:
    """From the start of a handler to its end; each time beside the bare interpreter."""
    bare: list[float] = []
    ahead: list[float] = []
    next_one: list[float] = []
    on_demand: list[float] = []
    anew: list[float] = []
    with launchers(folder) as warm, launchers(folder, ahead=0) as unprepared:
        for _ in range(runs):
            bare.append(plain())
            time.sleep(PAUSE_S)
            ahead.append(run_one(folder, warm))
            next_one.append(run_one(folder, warm))
            time.sleep(SETTLE_S)  # the other launcher forks ahead again, on the same cores
            on_demand.append(run_one(folder, unprepared))
            anew.append(run_one(folder, None))
    return [
        _start("forked ahead, after a pause", ahead, bare, 0.2),
        _start("forked ahead, right after another", next_one, bare, None),
        _start("forked on demand", on_demand, bare, 0.2),
        _start("without a launcher", anew, bare, None),
    ]


def _start(name: str, ours: Sequence[float], bare: Sequence[float], at_most: float | None) -> Figure:
    return Figure(
        name=name,
        what="a confined handler from start to end, against python -I -S",
        unit="ms",
        ours=median(ours),
        peer=median(bare),
        ratio=median(ours) / median(bare),
        at_most=at_most,
        spread={"p99": percentile(ours, 99), "peer_p99": percentile(bare, 99)},
    )


class Chain:
    """A home whose runner works off confined handlers."""

    def __init__(self, root: Path, *, warm: bool, workers: int) -> None:
        self.services: Services = build(Home(root=root), lanes=ThreadLanes({"sandbox": workers, "light": 1}))
        if not warm:
            bench = self.services.bench
            vars(self.services)["bench"] = replace(bench, launch=launch)
        self.services.handlers.create("one", CODE, source="benchmark")
        self._left = 0
        self._done = threading.Event()
        self.services.events.add(self._heard)
        self.services.runner.start()

    def ask(self, number: int) -> None:
        """Ask for runs and wait for the last end that is durable."""
        self._left = number
        self._done.clear()
        for turn in range(number):
            self.services.runs.ix(["one", str(turn)], base=None, bare=True)
        if not self._done.wait(WAIT_S):
            raise SystemExit("the queue never came to an end")

    def close(self) -> None:
        """Take it down."""
        self.services.close()

    def _heard(self, event: Event) -> None:
        if type(event) is JobChanged and event.job.ended:
            if event.job.status != ExecutionStatus.COMPLETED:
                raise SystemExit(f"a job went wrong: {event.job}")
            self._left -= 1
            if self._left == 0:
                self._done.set()


def chains(folder: Path) -> list[Figure]:
    """Ask, claim, run confined, complete durably: the time of one, and how many a second with two workers."""
    times = {warm: _one_by_one(folder / f"one-{warm}", warm=warm) for warm in (True, False)}
    rates = {warm: _rate(folder / f"many-{warm}", warm=warm) for warm in (True, False)}
    p50 = median(times[True])
    return [
        Figure(
            name="whole way",
            what="ask, claim, run, complete durably: median, against 4 ms",
            unit="ms",
            ours=p50,
            peer=4.0,
            ratio=p50 / 4.0,
            at_most=1.0,
            spread={"p99": percentile(times[True], 99), "without_launcher": median(times[False])},
        ),
        Figure(
            name="whole way, many",
            what="the same with two workers, against a process for each",
            unit="jobs/s",
            ours=rates[True],
            peer=rates[False],
            ratio=rates[True] / rates[False],
            at_least=5.0,
        ),
    ]


def _one_by_one(root: Path, *, warm: bool) -> list[float]:
    chain = Chain(root, warm=warm, workers=1)
    try:
        chain.ask(3)
        return [_timed(lambda: chain.ask(1)) for _ in range(CHAINS)]
    finally:
        chain.close()


def _timed(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    took = (time.perf_counter() - began) * 1000
    time.sleep(PAUSE_S)
    return took


def _rate(root: Path, *, warm: bool) -> float:
    chain = Chain(root, warm=warm, workers=2)
    try:
        chain.ask(4)
        began = time.perf_counter()
        chain.ask(MANY)
        return MANY / (time.perf_counter() - began)
    finally:
        chain.close()


def weights(folder: Path) -> list[Figure]:
    """Memory of a launcher and of a child that waits."""
    with launchers(folder) as warm:
        run_one(folder, warm)
        time.sleep(0.2)  # until two children wait again
        (process,) = warm.pids()
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
        shared = _memory(process, "Pss")
        own = max(_memory(int(child), "Private_Clean", "Private_Dirty") for child in children)
    return [
        _weight("launcher", "proportional memory of a launcher, against 7 MB", shared, 7.0),
        _weight("waiting child", "memory of its own of a child that waits, against 1.5 MB", own, 1.5),
    ]


def _weight(name: str, what: str, ours: float, target: float) -> Figure:
    return Figure(name=name, what=what, unit="MB", ours=ours, peer=target, ratio=ours / target, at_most=1.0)


def _memory(process: int, *fields: str) -> float:
    """Megabytes."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    kilobytes = sum(int(line.split()[1]) for line in lines if line.split(":")[0] in fields)
    return kilobytes * 1024 / _MEGABYTE
