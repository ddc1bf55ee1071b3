"""Confined handlers: how fast one starts and ends, the whole way through the queue, the weight of a warm launcher.

A plain `python -I -S` that prints the same runs in turns with ours; ours also makes and removes a work folder,
confines itself and is waited for. The whole way is measured in turns with a bare queue that starts a process for
each job, with one that forks from a bare server (see `confined_peers`), and with ours without a launcher.
"""

from __future__ import annotations

import subprocess
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from qntx_desktop.app.container import Services, build
from qntx_desktop.app.paths import Home
from qntx_desktop.app.thread_lanes import ThreadLanes
from qntx_desktop.engines.interpreter import interpreter
from qntx_desktop.engines.sandbox.launcher import CancelToken, RunSpec, launch
from qntx_desktop.engines.sandbox.warm import AHEAD, WarmLaunchers
from qntx_desktop.model.events import Event, JobChanged
from qntx_desktop.model.job import ExecutionStatus
from tests.benchmarks.confined_peers import Alone, BareChain, Forked, Nothing
from tests.benchmarks.figures import Figure, Place, median, percentile

CODE = "import json\nprint(json.dumps({'ok': 1}))\n"
SAYS = '{"ok": 1}\n'
RUNS = 100
CHAINS = 60
TURNS = 5
BARE = {"alone": Alone, "forked": Forked, "nothing": Nothing}
WAYS = ("ours", "alone", "forked", "anew", "nothing")
MANY = {"ours": 120, "alone": 30, "forked": 120, "anew": 30, "nothing": 120}
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

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.services.close()

    def _heard(self, event: Event) -> None:
        if type(event) is JobChanged and event.job.ended:
            if event.job.status != ExecutionStatus.COMPLETED:
                raise SystemExit(f"a job went wrong: {event.job}")
            self._left -= 1
            if self._left == 0:
                self._done.set()


Asking = Callable[[int], None]


def chains(folder: Path) -> list[Figure]:
    """Ask, claim, run confined, complete durably: the time of one, and how many a second with two workers."""
    with ExitStack() as open_ones:
        times = _in_turns(_ways(folder / "one", 1, open_ones), dict.fromkeys(WAYS, CHAINS // TURNS), _times)
    with ExitStack() as open_ones:
        rates = _in_turns(_ways(folder / "many", 2, open_ones), MANY, _rate)
    rate = {name: median(found) for name, found in rates.items()}
    p50 = {name: median(found) for name, found in times.items()}
    return [
        Figure(
            name="whole way",
            what="ask, claim, run, complete durably: median, against 4 ms",
            unit="ms",
            ours=p50["ours"],
            peer=4.0,
            ratio=p50["ours"] / 4.0,
            at_most=1.0,
            spread={"p99": percentile(times["ours"], 99), **{f"p50 {name}": each for name, each in p50.items()}},
        ),
        _whole_way("whole way, bare", "the same, against a bare queue and a bare fork server", "ms", p50, "forked"),
        _whole_way("whole way, queue", "the same, against a bare queue that runs nothing", "ms", p50, "nothing"),
        _whole_way(
            "whole way, many",
            "with two workers, against a bare queue and a process for each",
            "jobs/s",
            rate,
            "alone",
            at_least=5.0,
            spread=rates,
        ),
        _whole_way("many, bare", "the same, against a bare queue and a bare fork server", "jobs/s", rate, "forked"),
        _whole_way("many, no launcher", "the same, against ours without a launcher", "jobs/s", rate, "anew"),
    ]


def _whole_way(
    name: str,
    what: str,
    unit: str,
    found: Mapping[str, float],
    peer: str,
    *,
    at_least: float | None = None,
    spread: Mapping[str, Any] | None = None,
) -> Figure:
    return Figure(
        name=name,
        what=what,
        unit=unit,
        ours=found["ours"],
        peer=found[peer],
        ratio=found["ours"] / found[peer],
        at_least=at_least,
        spread=dict(spread or {}),
    )


def _ways(root: Path, workers: int, open_ones: ExitStack) -> dict[str, Asking]:
    """Ours and all that it is compared with, warm."""
    root.mkdir()
    found: dict[str, Asking] = {}
    for name, make in BARE.items():
        bare = BareChain(root / f"{name}.db", make, workers, CODE, SAYS)
        found[name] = open_ones.enter_context(bare).ask
    for name in ("ours", "anew"):
        found[name] = open_ones.enter_context(Chain(root / name, warm=name == "ours", workers=workers)).ask
    for ask in found.values():
        ask(4)
    return found


def _in_turns(
    ways: Mapping[str, Asking], numbers: Mapping[str, int], measured: Callable[[Asking, int], list[float]]
) -> dict[str, list[float]]:
    """A little of each, again and again, so that a slow minute of the machine is everybody's."""
    found: dict[str, list[float]] = {name: [] for name in WAYS}
    for _ in range(TURNS):
        for name in WAYS:
            time.sleep(SETTLE_S)
            found[name] += measured(ways[name], numbers[name])
    return found


def _times(ask: Asking, number: int) -> list[float]:
    return [_timed(lambda: ask(1)) for _ in range(number)]


def _rate(ask: Asking, number: int) -> list[float]:
    began = time.perf_counter()
    ask(number)
    return [number / (time.perf_counter() - began)]


def _timed(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    took = (time.perf_counter() - began) * 1000
    time.sleep(PAUSE_S)
    return took


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
