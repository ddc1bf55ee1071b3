"""Kills a process that syncs a source, its git process, or both; whoever opens the home next checks.

`python -m tests.e2e.crash_sync KILLS SEED FOLDER` prints what it met as JSON. Two thirds of the kills hit a named
point of a sync, the others any moment. Linux: it looks at processes through `/proc`.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qntx_desktop.app.container import Services, build
from qntx_desktop.app.paths import Home
from qntx_desktop.engines.git import port
from qntx_desktop.model.events import Event, JobChanged
from qntx_desktop.model.job import Job
from qntx_desktop.services import source_places, syncing
from qntx_desktop.store import jobs, sources
from qntx_desktop.store.database import open_reader
from tests.e2e import crash_git
from tests.e2e.crash_points import kill_at
from tests.git_history import git, made
from tests.git_host import hosting

ROOT = Path(__file__).resolve().parents[2]
POINTS: Mapping[str, tuple[Any, str]] = {
    "answer": (syncing.Syncing, "_answer"),
    "revision": (sources, "keep_revision"),
    "history": (sources, "keep_sync"),
    "end": (jobs, "finish"),
    "show": (source_places.SourcePlaces, "show"),
    "sweep": (source_places.SourcePlaces, "sweep"),
}
WHEN = ("before", "inside", "committed")
COMMITS, FILES = 40, 24
SYNCS, KILLS_A_HOME = 3, 6
LONGEST_S = 0.9
ENDS_S = 60.0
SOURCE = "feeds"


@dataclass(frozen=True, slots=True)
class Plan:
    """Who dies where: the app or its git process at the n-th call of a step, or the app after a time."""

    who: str
    point: str
    when: str = ""
    call: int = 1
    after_s: float = 0.0

    @property
    def name(self) -> str:
        """For counting."""
        return f"{self.who}: {self.point} {self.when}".strip()


def files_of(number: int) -> dict[str, bytes]:
    """What commit `number` holds: some files stay, some change, some come and go."""
    every = {
        f"d{each % 3}/f{each}.py": f"file {each} of {number if each % 2 else each}\n".encode() * 40
        for each in range(FILES)
    }
    return {**every, f"only-{number % 5}.txt": b"here", "number.txt": str(number).encode()}


class Served:
    """The repository: all commits are there from the start, and `main` is moved from one to the next."""

    def __init__(self, folder: Path) -> None:
        self.bare = made(folder / "r.git", bare=True)
        lines = []
        for number in range(COMMITS):
            lines.append(
                f"commit refs/heads/main\nmark :{number + 1}\ncommitter a <a@example.com> {1_700_000_000 + number} "
                "+0000\ndata 1\nx\ndeleteall\n"
            )
            for path, content in files_of(number).items():
                lines.append(f"M 100644 inline {path}\ndata {len(content)}\n{content.decode()}\n")
        marks = folder / "marks"
        git("fast-import", "--quiet", f"--export-marks={marks}", at=self.bare, feed="".join(lines).encode())
        pairs = [line.split() for line in marks.read_text().splitlines()]
        self.shas = {int(mark[1:]) - 1: sha for mark, sha in pairs}
        self.numbers = {sha: number for number, sha in self.shas.items()}

    def move(self, number: int) -> str:
        """Let `main` be a commit; goes round, so it also goes back."""
        sha = self.shas[number % COMMITS]
        part = self.bare / "moved"
        part.write_text(f"{sha}\n")
        part.replace(self.bare / "refs" / "heads" / "main")
        return sha


def arm(plan: Plan) -> None:
    """Have this process kill itself, or its git process do so, where the plan says."""
    if plan.who in ("git", "both"):
        words = [sys.executable, "-m", "tests.e2e.crash_git", plan.point, plan.when, str(plan.call), plan.who]
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "encoding": "utf-8"}
        pipes["stderr"] = subprocess.DEVNULL
        port._started = lambda: subprocess.Popen(words, cwd=ROOT, **pipes)  # type: ignore[attr-defined]
    elif plan.point != "time":
        kill_at(*POINTS[plan.point], plan.when, plan.call)


class Syncs:
    """A home whose source is synced, one sync after the other."""

    def __init__(self, root: Path, url: str) -> None:
        self.services: Services = build(Home(root=root), publish=self._heard)
        self._changed = threading.Condition()
        self._ended: dict[int, Job] = {}
        if SOURCE not in {each.name for each in self.services.sources.every()}:
            self.services.sources.add(SOURCE, "git", {"url": url})
        self.services.runner.start()

    def _heard(self, event: Event) -> None:
        if isinstance(event, JobChanged) and event.job.ended:
            with self._changed:
                self._ended[event.job.id] = event.job
                self._changed.notify_all()

    def sync(self) -> Job:
        """One more, to its end."""
        request = self.services.sources.sync_request(self.services.sources.get(SOURCE))
        job = self.services.queue.enqueue(request)
        with self._changed:
            assert self._changed.wait_for(lambda: job.id in self._ended, ENDS_S), f"I3: job {job.id} is stuck"
            return self._ended[job.id]

    def close(self) -> None:
        """End it in good order."""
        self.services.runner.stop(grace_s=0.0)
        self.services.close()


def work(root: Path, url: str, served: Served, plan: Plan, number: int) -> None:
    """Three syncs of three commits, until killed."""
    arm(plan)
    syncs = Syncs(root, url)
    for each in range(SYNCS):
        served.move(number + each)
        job = syncs.sync()
        if plan.who == "git" and job.error is not None:
            assert (job.error["code"], job.error["details"]["reason"]) == ("sync_failed", "crashed"), job.error
    syncs.close()


def check(root: Path, served: Served) -> None:
    """What must hold right after the kill: whatever can be seen is one whole commit."""
    with open_reader(root / "qntx.db") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        kept = connection.execute("SELECT source_id, commit_id, folder, state FROM code_revision").fetchall()
    for source_id, sha, folder, _state in kept:
        found = read(root / "sources" / str(source_id) / folder)
        assert found == files_of(served.numbers[sha]), f"I4: revision {sha} is not whole"
    assert sum(state == "current" for *_, state in kept) == bool(kept), f"I4: {kept}"
    seen = root / "code" / SOURCE
    if os.path.lexists(seen):
        found = read(seen)
        assert found == files_of(int(found.get("number.txt", b"-1"))), "I4: what people see is not one commit"


def settle(root: Path, url: str, served: Served, number: int) -> None:
    """A later process goes on: the newest commit arrives, nothing is stuck and nothing lies about."""
    syncs = Syncs(root, url)
    try:
        sha = served.move(number)
        job = syncs.sync()
        assert job.status == "completed", f"I3: {job.error}"
        source = syncs.services.sources.get(SOURCE)
        assert source.revision is not None
        assert source.revision.commit == sha
        assert source.last_sync_error is None
        assert read(root / "code" / SOURCE) == files_of(served.numbers[sha])
        counts = syncs.services.queue.counts()
        assert counts["pending"] == counts["running"] == 0, f"I3: {counts}"
        syncs.services.sources.tidy(source.id)
        known = {each.folder for each in syncs.services.sources.revisions(SOURCE)}
        there = {each.name.removesuffix(".json") for each in (root / "sources" / str(source.id)).iterdir()}
        assert {each for each in there if not each.startswith("objects-")} == known
        with syncs.services.db.read() as connection:
            rows = connection.execute("SELECT id, status, retry_count, error FROM job_queue").fetchall()
        for job_id, status, losses, error in rows:
            assert losses <= 2, f"I6: job {job_id} was lost {losses} times"
            if status == "failed":
                assert json.loads(error)["code"] in ("interrupted_twice", "sync_failed"), error
    finally:
        syncs.close()


def read(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def in_fork(act: Callable[[], None], kill_after_s: float = 0.0) -> str:
    """Do something in a process group of its own; its first process is killed after a while if so asked.

    Returns:
        `ended`, `killed`, or what went wrong. Every process of the group has ended.
    """
    read_end, write_end = os.pipe()
    child = os.fork()
    if not child:
        os.close(read_end)
        os.setpgid(0, 0)
        code = 0
        try:
            act()
        except BaseException:  # noqa: BLE001 - told to the parent
            os.write(write_end, traceback.format_exc()[-1500:].encode())
            code = 1
        os._exit(code)
    os.close(write_end)
    if kill_after_s:
        time.sleep(kill_after_s)
        os.kill(child, signal.SIGKILL)
    with os.fdopen(read_end, "rb") as pipe:
        said = pipe.read().decode()
    _, status = os.waitpid(child, 0)
    if not _gone(child):
        return f"I2: a process of the sync outlived it; {said}"
    return "killed" if os.WIFSIGNALED(status) else said or "ended"


def _gone(group: int) -> bool:
    end = time.monotonic() + ENDS_S
    while _living(group):
        if time.monotonic() > end:
            os.killpg(group, signal.SIGKILL)
            return False
        time.sleep(0.01)
    return True


def _living(group: int) -> bool:
    """Whether a process of a group lives; one that has ended and that nobody has asked for yet does not."""
    for each in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, its_group = each.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(its_group) == group and state not in "ZX":
            return True
    return False


def plan_of(source: random.Random) -> Plan:
    """A third at any time, a third at a point of the app, a third at one of the git process."""
    kind = source.randrange(3)
    if kind == 0:
        return Plan("app", "time", after_s=source.uniform(0.02, LONGEST_S))
    if kind == 1:
        return Plan("app", source.choice(sorted(POINTS)), source.choice(WHEN), source.choice([1, 2, 3]))
    who, point = source.choice(["both", "both", "git"]), source.choice(sorted(crash_git.POINTS))
    call = source.choice([1, 5, 20]) if point == "written" else source.choice([1, 1, 2])
    return Plan(who, point, source.choice(crash_git.WHEN), call)


def run(kills: int, seed: int, folder: Path) -> dict[str, Any]:
    """So many kills, six a home, each looked at afterwards."""
    source, met, broken = random.Random(seed), Counter[str](), list[str]()
    served = Served(folder / "served")
    number = homes = 0
    with hosting(folder / "served") as address:
        url = f"{address}r.git"
        while met["kills"] < kills and len(broken) < 5:
            root = folder / f"home{homes}"
            homes += 1
            for _ in range(KILLS_A_HOME):
                plan, number = plan_of(source), number + SYNCS
                how = in_fork(lambda r=root, p=plan, n=number: work(r, url, served, p, n), plan.after_s)  # type: ignore[misc]
                hit = how == "killed" or (how == "ended" and plan.who == "git")
                met["kills"] += hit
                met[plan.name] += hit
                broken += [f"{plan}: {how}"] if how not in ("killed", "ended") else []
                if (root / "qntx.db").exists():
                    after = in_fork(lambda r=root: check(r, served))  # type: ignore[misc]
                    broken += [f"{plan}: {after}"] if after != "ended" else []
                if met["kills"] >= kills:
                    break
            number += 1
            last = in_fork(lambda r=root, n=number: settle(r, url, served, n))  # type: ignore[misc]
            broken += [f"home {homes}: {last}"] if last != "ended" else []
            if not broken:
                shutil.rmtree(root)
    return {"kills": met["kills"], "homes": homes, "met": dict(sorted(met.items())), "broken": broken}


if __name__ == "__main__":
    print(json.dumps(run(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])), indent=1))
