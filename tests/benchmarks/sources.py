"""Syncing 10,000 commits and 1,000 files against C git and a bare request; `ix git` of 3,000 commits.

All on the loopback, from the same server, in turns. Ours is what a sync does: fetch, look at the tree, export every
file to a new folder, have it on the disk, rename. The git process is warm, as it is after the first sync.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from qntx_desktop.app.container import build
from qntx_desktop.app.paths import Home
from qntx_desktop.engines.git.port import FetchRequest, GitProcesses, HistoryRequest
from qntx_desktop.engines.sandbox.cancel import CancelToken
from tests.benchmarks.figures import Figure, Place, median, percentile
from tests.benchmarks.window import prepare
from tests.git_host import ROOT, hosting

COMMITS, FILES, INGESTED = 10_000, 1_000, 3_000
REPEATS, POLLS, WINDOW_S = 7, 40, 8.0
ENVIRONMENT = {
    "PATH": os.environ.get("PATH", os.defpath),
    "HOME": os.devnull,
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_AUTHOR_NAME": "a",
    "GIT_AUTHOR_EMAIL": "a@example.com",
    "GIT_COMMITTER_NAME": "a",
    "GIT_COMMITTER_EMAIL": "a@example.com",
}


def measure(place: Place) -> Sequence[Figure]:
    """First sync, poll, one new commit, memory."""
    served = Path(place.folder) / "served"
    bare = made(served / "r.git", COMMITS, FILES)
    made(served / "small.git", INGESTED, 50)
    place.say(f"{COMMITS:,} commits of {FILES:,} files are ready")
    repeats = place.repeats or REPEATS
    with hosting(served) as address:
        syncs = Syncs(f"{address}r.git", Path(place.folder) / "work")
        try:
            return [
                *first_and_next(syncs, bare, repeats),
                poll(syncs),
                frames(bare, syncs.url, Path(place.folder) / "window", place.say),
                memory("memory, shallow", "a sync, most memory that the git process ever had", syncs.peak_mb(), 60),
                memory(
                    "memory, full",
                    f"the history of {COMMITS:,} commits fetched and told, most memory of the git process",
                    told_mb(f"{address}r.git", Path(place.folder) / "told"),
                    90,
                ),
                memory(
                    "memory, ix git",
                    f"`qntx ix git` of {INGESTED:,} commits, the app and its git process together",
                    ingested_mb(f"{address}small.git", Path(place.folder) / "home"),
                    300,
                ),
            ]
        finally:
            syncs.close()


class Syncs:
    """Ours: a warm git process, each first sync into a folder of its own."""

    def __init__(self, url: str, work: Path) -> None:
        self.url = url
        self.work = work
        self._processes = GitProcesses()
        self._processes.look(url, None)
        self._peak_kb = 0

    def fetch(self, name: str, before: Any = None) -> Any:
        """One sync of the source that lies in a folder."""
        parent = self.work / name
        request = FetchRequest(
            url=self.url,
            objects=parent / "objects",
            parent=parent,
            have=before["commit"] if before else None,
            have_folder=before["folder"] if before else None,
        )
        answer = self._processes.fetch(request, lambda *_: None, CancelToken())
        self._peak_kb = max(self._peak_kb, *(peak_kb(each.pid) for each in self._processes._idle))
        return answer

    def peak_mb(self) -> float:
        """The most memory that the process had."""
        return self._peak_kb / 1024

    def close(self) -> None:
        """End the process."""
        self._processes.close()


def first_and_next(syncs: Syncs, bare: Path, repeats: int) -> list[Figure]:
    """The first sync and the one after a new commit, in turns with C git, which checks files out, too."""
    first: list[tuple[float, float]] = []
    later: list[tuple[float, float]] = []
    for turn in range(repeats + 1):
        shutil.rmtree(syncs.work, ignore_errors=True)
        syncs.work.mkdir()
        answers: list[Any] = []
        clone = syncs.work / "clone"
        one = in_turns(
            turn,
            partial(lambda kept: kept.append(syncs.fetch("ours")), answers),
            partial(git, "clone", "-q", "--depth=1", syncs.url, str(clone), at=syncs.work),
        )
        commit(bare, turn)
        two = in_turns(
            turn,
            partial(lambda kept: kept.append(syncs.fetch("ours", kept[0])), answers),
            partial(git, "pull", "-q", "--ff-only", at=clone),
        )
        assert answers[1]["changed"] + answers[1]["added"] == 1
        if turn:  # the first fills the caches of the system
            first.append(one)
            later.append(two)
    return [
        against("first sync", f"shallow, {FILES:,} files in a new folder / git clone --depth=1", first, 1.8),
        against("one new commit", f"fetched, {FILES:,} files in a new folder / git pull", later, 3.0),
    ]


def poll(syncs: Syncs) -> Figure:
    """A sync that finds nothing new, in turns with a bare request for the refs over a kept connection."""
    before = syncs.fetch("polled")
    parts = urlsplit(syncs.url)
    connection = http.client.HTTPConnection(parts.netloc)

    def bare() -> None:
        connection.request("GET", f"{parts.path}/info/refs?service=git-upload-pack")
        connection.getresponse().read()

    pairs = []
    for turn in range(POLLS + 2):
        pair = (seconds(lambda: syncs.fetch("polled", before)), seconds(bare))
        if turn > 1:
            pairs.append(pair)
    connection.close()
    return against("poll", "a sync that finds nothing new / a bare GET of info/refs", pairs, 2.0)


def frames(bare: Path, url: str, home: Path, say: Callable[[str], None]) -> Figure:
    """Frames of a moving canvas while a source syncs without a pause, against frames of the same window idle."""
    prepare(home)
    services = build(Home(root=home.resolve()))
    try:
        services.sources.add("feeds", "git", {"url": url})
    finally:
        services.close()
    words = [sys.executable, "-m", "tests.benchmarks.sync_window", str(home), str(bare), str(WINDOW_S)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=180, check=False)
    if done.returncode or not done.stdout.strip():
        raise SystemExit(f"the window failed: {done.stderr[-2000:]}")
    told = json.loads(done.stdout.splitlines()[-1])
    idle, busy = told["idle"], told["busy"]
    say(f"{told['syncs']} syncs; p95 {percentile(idle, 95):.2f} ms idle, {percentile(busy, 95):.2f} ms meanwhile")
    return Figure(
        name="frames during a sync",
        what="painting a frame of a canvas that moves, syncs without a pause / idle",
        unit="ms",
        ours=median(busy),
        peer=median(idle),
        ratio=median(busy) / median(idle),
        at_most=1.5,
        spread={
            "syncs": told["syncs"],
            "p95": [percentile(idle, 95), percentile(busy, 95)],
            "frames": [len(idle), len(busy)],
        },
    )


def told_mb(url: str, store: Path) -> float:
    """The most memory of a git process that fetches and tells a whole history."""
    processes = GitProcesses()
    try:
        request = HistoryRequest(repository=url, fallback="r", url=url, store=store)
        processes.history(request, lambda _facts: None, lambda *_: None, CancelToken())
        return peak_kb(processes._idle[0].pid) / 1024
    finally:
        processes.close()


def ingested_mb(url: str, home: Path) -> float:
    """The most memory of the command line and its git process, looked at until it ends."""
    words = [sys.executable, "-m", "qntx_desktop.cli", "--home", str(home), "ix", "git", url]
    peaks: dict[int, int] = {}
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(0.01):
            for pid in (process.pid, *children(process.pid)):
                peaks[pid] = max(peaks.get(pid, 0), peak_kb(pid))

    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        looking = threading.Thread(target=look)
        looking.start()
        _, said = process.communicate()
        ended.set()
        looking.join()
    assert process.returncode == 0, said.decode()
    return sum(peaks.values()) / 1024


def children(pid: int) -> list[int]:
    """The processes that a process has started and that live."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(each) for each in task.read_text().split()]
        except OSError:
            continue
    return found


def peak_kb(pid: int) -> int:
    """The most memory that a process ever had; 0 when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)


def memory(name: str, what: str, ours_mb: float, most_mb: float) -> Figure:
    """Not against a peer, but against a bound."""
    return Figure(
        name=name, what=what, unit="MB", ours=ours_mb, peer=most_mb, ratio=ours_mb / most_mb, at_most=1.0
    )


def against(name: str, what: str, pairs: Sequence[tuple[float, float]], at_most: float) -> Figure:
    """The median of the ratios of the single turns."""
    ratios = [ours / peer for ours, peer in pairs]
    return Figure(
        name=name,
        what=what,
        unit="ms",
        ours=median([ours for ours, _ in pairs]) * 1000,
        peer=median([peer for _, peer in pairs]) * 1000,
        ratio=median(ratios),
        at_most=at_most,
        spread={"ratios": [round(ratio, 2) for ratio in ratios]},
    )


def in_turns(turn: int, ours: Callable[[], Any], peer: Callable[[], Any]) -> tuple[float, float]:
    """How long both take; who goes first changes from turn to turn."""
    if turn % 2:
        return seconds(ours), seconds(peer)
    peer_s = seconds(peer)
    return seconds(ours), peer_s


def seconds(work: Callable[[], Any]) -> float:
    """How long something takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def git(*words: str, at: Path, feed: bytes | None = None) -> str:
    """Run C git without anybody's configuration."""
    done = subprocess.run(["git", *words], cwd=at, env=ENVIRONMENT, input=feed, capture_output=True, check=True)
    return done.stdout.decode().strip()


def made(path: Path, commits: int, files: int) -> Path:
    """A bare repository, packed: each commit changes three files of some 2 KB."""
    path.mkdir(parents=True)
    git("init", "-q", "--bare", "-b", "main", at=path)
    source, lines = random.Random(1), []
    for number in range(commits):
        lines.append(
            f"commit refs/heads/main\ncommitter a <a@example.com> {1_600_000_000 + number * 60} +0000\n"
            f"data 20\nCommit number {number:06}\n"
        )
        for file in range(files) if number == 0 else source.sample(range(files), 3):
            text = "\n".join(f"line {source.randrange(10**6)} of {file} in {number}" for _ in range(60))
            lines.append(f"M 100644 inline d{file % 20}/f{file}.py\ndata {len(text)}\n{text}\n")
    git("fast-import", "--quiet", at=path, feed="".join(lines).encode())
    git("repack", "-adq", at=path)
    return path


def commit(bare: Path, number: int) -> None:
    """One file more, in one commit more."""
    text = f"new {number}"
    stream = (
        f"commit refs/heads/main\ncommitter a <a@example.com> {1_700_000_000 + number} +0000\ndata 1\nx\n"
        f"from refs/heads/main^0\nM 100644 inline bench.txt\ndata {len(text)}\n{text}\n"
    )
    git("fast-import", "--quiet", at=bare, feed=stream.encode())
