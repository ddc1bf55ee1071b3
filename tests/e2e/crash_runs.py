"""Kills the app in the middle of a run, starts it again on the same home, and checks what must hold whatever comes.

Used by the tests beside it (a few points) and by `python -m tests.benchmarks kills` (many). The script that runs
attests its rows one by one and writes the number of each acknowledged one into its own work folder, the one place
where every sandbox lets it write; whatever stands there when the app is killed was promised to be durable.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qntx_desktop.app.container import build
from qntx_desktop.app.paths import Home
from qntx_desktop.model.job import Execution, Job, JobStatus

ROOT = Path(__file__).resolve().parents[2]
ROWS = 1_000
ENDS_S = 60.0
LOOK_S = 0.004
ACKNOWLEDGED = "acknowledged"

SCRIPT = f"""
import os
written = os.open("{ACKNOWLEDGED}", os.O_CREAT | os.O_WRONLY)
for n in range({{rows}}):
    attest(f"row {{{{n}}}}", "is_counted", "crash", attributes={{{{"n": n}}}})
    os.pwrite(written, b"%d" % n, 0)
"""
NEXT_SCRIPT = 'attest("next", "is_counted", "after")\n'


@dataclass(slots=True)
class Point:
    """One kill, and what it met.

    Attributes:
        at_s: When, in seconds after the start of the process.
        phase: `before` (no job yet), `pending`, `running`, `ended`.
        acknowledged: How many rows the script knew to be durable, when it was running.
    """

    at_s: float
    phase: str = ""
    acknowledged: int = 0


@dataclass(slots=True)
class Crash:
    """A home that is used, killed and used again.

    Attributes:
        folder: Empty at first; the home and the scripts go there.
        rows: How many the script attests.
        points: The kills so far.
    """

    folder: Path
    rows: int = ROWS
    points: list[Point] = field(default_factory=list)
    _past: set[Path] = field(default_factory=set)

    @property
    def home(self) -> Home:
        """The home under test."""
        return Home(root=(self.folder / "home").resolve())

    def prepare(self) -> None:
        """Write the scripts."""
        (self.folder / "counting.py").write_text(SCRIPT.format(rows=self.rows), encoding="utf-8")
        (self.folder / "next.py").write_text(NEXT_SCRIPT, encoding="utf-8")

    def call(self, *words: str) -> subprocess.Popen[str]:
        """Start the command line on this home, in a session of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", "qntx_desktop.cli", "--home", str(self.home.root), "--json", *words],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def finish(self, script: str) -> tuple[int, dict[str, Any]]:
        """Run a script to its end; exit code and JSON."""
        process = self.call("run", str(self.folder / script))
        try:
            out, err = process.communicate(timeout=ENDS_S)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            raise AssertionError(f"I3: the call never ended: {out[-500:]} {err[-500:]}") from None
        assert out, f"no answer, exit {process.returncode}: {err[-2000:]}"
        answer: dict[str, Any] = json.loads(out)
        return process.returncode, answer

    def kill_run(self, script: str, *, at_s: float | None = None, at_rows: int = 1) -> Point:
        """Start a run, kill the app (only the app), and note what it was doing.

        Args:
            at_s: So many seconds after its start; None: as soon as `at_rows` rows are acknowledged.
        """
        self._past |= set(self.home.work.glob("*"))
        started = time.monotonic()
        process = self.call("run", str(self.folder / script))
        try:
            if at_s is None:
                self._await_rows(process, at_rows)
            else:
                process.wait(timeout=at_s)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        finally:
            point = Point(at_s=time.monotonic() - started)
            process.kill()
            process.communicate(timeout=ENDS_S)
        point.acknowledged = self._acknowledged()
        point.phase = self._phase()
        self.points.append(point)
        return point

    def _await_rows(self, process: subprocess.Popen[str], rows: int) -> None:
        deadline = time.monotonic() + ENDS_S
        while self._acknowledged() < rows:
            assert process.poll() is None, f"it ended before {rows} rows: {process.communicate()}"
            assert time.monotonic() < deadline, f"it never came to {rows} rows"
            time.sleep(LOOK_S / 4)

    def _acknowledged(self) -> int:
        """How many rows were promised; as the handler may still be dying, more may appear, never less."""
        counts = [0]
        for folder in set(self.home.work.glob("*")) - self._past:
            try:
                text = (folder / ACKNOWLEDGED).read_text(encoding="ascii")
            except FileNotFoundError:  # not begun, or cleared away already
                continue
            counts.append(int(text) + 1 if text else 0)
        return max(counts)

    def _phase(self) -> str:
        """What the store says of the newest job right after the kill, read without touching it."""
        if not self.home.db.exists():
            return "before"
        try:
            with closing(sqlite3.connect(f"file:{self.home.db}?mode=ro", uri=True)) as connection:
                row = connection.execute("SELECT status FROM job_queue ORDER BY id LIMIT 1").fetchone()
        except sqlite3.OperationalError:  # killed before the tables were made
            return "before"
        if row is None:
            return "before"
        return str(row[0]) if row[0] in ("pending", "running") else "ended"


def calibrate(folder: Path, rows: int = ROWS) -> tuple[float, float]:
    """Seconds from the start of the process to the start of the run, and to its end, when nobody interferes."""
    crash = Crash(folder, rows)
    crash.prepare()
    began_us = time.time_ns() // 1000
    code, _ = crash.finish("counting.py")
    ended_us = time.time_ns() // 1000
    assert code == 0
    (_, executions), *_ = look(crash.home)
    return (executions[0].started_at_us - began_us) / 1e6, (ended_us - began_us) / 1e6


def moments(seed: int, count: int, starts_s: float, ends_s: float) -> Iterator[float]:
    """Seeded kill times: one in six while it starts, one in twelve around its end, the rest during the run."""
    source = random.Random(seed)
    for number in range(count):
        if number % 6 == 5:
            yield source.uniform(0.3 * starts_s, starts_s)
        elif number % 12 == 0:
            yield source.uniform(0.9 * ends_s, 1.05 * ends_s)
        else:
            yield source.uniform(starts_s, ends_s)


def look(home: Home) -> list[tuple[Job, tuple[Execution, ...]]]:
    """All jobs in the order made, with their attempts."""
    services = build(home)
    try:
        jobs = sorted(services.queue.list(), key=lambda job: job.id)
        return [(job, services.queue.executions(job.id)) for job in jobs]
    finally:
        services.close()


def check_after(crash: Crash, lost: Sequence[Point]) -> None:
    """The invariants, once a later process has worked the queue off.

    Args:
        lost: The kills that met this home, in order.
    """
    sound(crash.home)
    nothing_left(crash.home)
    services = build(crash.home)
    try:
        jobs = sorted(services.queue.list(), key=lambda job: job.id)
        for job in jobs:
            executions = services.queue.executions(job.id)
            assert job.ended, f"I3: job {job.id} is {job.status}"
            assert len(executions) <= 2, f"I6: job {job.id} ran {len(executions)} times"
            counted = [
                [(each.attributes["n"], each.created_at_us) for each in _all_of(services, execution.id)]
                for execution in executions
                if str(job.payload.get("filename")) == "counting.py"
            ]
            _check_rows(crash.rows, job, executions, counted, lost)
    finally:
        services.close()


def _all_of(services: Any, execution_id: int) -> list[Any]:
    return list(services.ledger.of_execution(execution_id, limit=ROWS + 1))


def _check_rows(
    expected: int,
    job: Job,
    executions: Sequence[Execution],
    counted: Sequence[Sequence[tuple[int, int]]],
    lost: Sequence[Point],
) -> None:
    for rows in counted:
        numbers = [n for n, _ in rows]
        assert numbers == list(range(len(numbers))), f"I1: job {job.id} has gaps in {len(numbers)} rows"
    if job.status is JobStatus.COMPLETED and counted:
        assert len(counted[-1]) == expected, f"I1: job {job.id} completed with {len(counted[-1])} rows"
    begun = [rows for rows, execution in zip(counted, executions, strict=False) if execution.command]
    # A kill before the first row promised nothing, and yet there may be an attempt that met it.
    left = iter(begun)
    for promised in (each.acknowledged for each in lost if each.acknowledged and counted):
        assert any(len(rows) >= promised for rows in left), (
            f"I1: {promised} acknowledged, kept: {[len(each) for each in begun]}"
        )
    for earlier, later, rows in zip(executions, executions[1:], counted, strict=False):
        assert earlier.attempt < later.attempt
        if rows:
            assert rows[-1][1] <= later.started_at_us, "I2: two attempts overlapped"


def sound(home: Home) -> None:
    """The database is whole, also in the parts that nobody read."""
    with closing(sqlite3.connect(home.db)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def nothing_left(home: Home) -> None:
    """No process and no work folder of an earlier run."""
    assert handlers_alive(home) == {}, "a handler outlived its run"
    left = [path.name for path in home.work.iterdir()] if home.work.is_dir() else []
    assert left == [], f"work folders were left: {left}"


def handlers_alive(home: Home) -> dict[int, str]:
    """Living processes of runs of this home: process id to run."""
    found = {}
    wanted = f"QNTX_RUN={home.id}:".encode()
    for entry in os.scandir("/proc"):
        if not entry.name.isdecimal():
            continue
        try:
            environment = Path(entry.path, "environ").read_bytes()
            state = (
                Path(entry.path, "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[0]
            )
        except OSError:
            continue
        for variable in environment.split(b"\0"):
            if variable.startswith(wanted) and state not in "ZX":
                found[int(entry.name)] = variable[len(wanted) :].decode()
    return found


@contextmanager
def watching(home: Home) -> Iterator[list[dict[int, str]]]:
    """Look at the living handlers again and again; the list holds every look that saw two runs at once."""
    twice: list[dict[int, str]] = []
    stop = threading.Event()

    def watch() -> None:
        while not stop.wait(LOOK_S):
            alive = handlers_alive(home)
            if len(set(alive.values())) > 1:
                twice.append(alive)

    thread = threading.Thread(target=watch, name="watching-handlers")
    thread.start()
    try:
        yield twice
    finally:
        stop.set()
        thread.join()
