"""Twenty minutes of everything at once on one `qntx serve`: memory and descriptors may not grow.

`--repeats` gives other minutes. Programs read and attest, ask for runs and wait for them, webhooks start handlers,
a plugin runs jobs, attests and answers requests, bad requests are refused, other processes call the command line.
What is held is looked at every few seconds; the last quarter is compared with the second one, because the first
fills caches.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from qntx_desktop.app.container import build
from qntx_desktop.app.paths import Home
from tests.benchmarks.api import HOOK_SECRET, HOOKS, _answer, _filled, _post, _process
from tests.benchmarks.figures import Figure, Place, median
from tests.benchmarks.plugin import plugin_program
from tests.benchmarks.soak import resident_mb

MINUTES = 20
LOOK_S = 5.0
CALLERS = 4
CLI_EVERY_S = 7.0
_RUN_COMMAND = json.dumps({"command": "hook"}).encode()
_PLUGIN_COMMAND = json.dumps({"command": "weather Oslo"}).encode()
_PLUGIN_JOB = json.dumps({"type": "weather/attest", "payload": {"predicates": ["rains"]}}).encode()
_EVALUATE = json.dumps({"expression": "6 * 7"}).encode()


def measure(place: Place) -> Sequence[Figure]:
    """Run for a long time; growth of what the server holds."""
    os.environ["QNTX_PASSPHRASE"] = "a passphrase of the benchmark"
    home = Home(root=Path(place.folder) / "home")
    token, _, cursors = _filled(home)
    _with_plugin(home, Path(place.folder))
    seconds = 60.0 * (place.repeats or MINUTES)
    argv = [sys.executable, "-m", "qntx_desktop.cli", "--json", "--home", str(home.root)]
    with _process([*argv, "serve", "--api", "--webhooks", "--port", "0"]) as line:
        port = int(json.loads(line)["api"].rpartition(":")[2])
        server = _server_of(home.root)
        load = _Load(port, token, cursors, argv, place.seed)
        looks = asyncio.run(load.run(seconds, server))
    place.say(
        f"{load.calls:,} calls, {load.by_cli} of the command line; answers {dict(sorted(load.answers.items()))}"
    )
    for look in looks[:: max(1, len(looks) // 12)]:
        minute, memory, files, threads = look.values()
        place.say(f"{minute:5.1f} min: {memory:.1f} MB, {files} open, {threads} threads")
    quarter = len(looks) // 4
    early, late = looks[quarter : 2 * quarter], looks[-quarter:]
    return [
        Figure(
            name=f"mixed: {name}",
            what=f"after {seconds / 60:g} minutes and {load.calls:,} calls, against the second quarter of them",
            unit=unit,
            ours=median([look[name] for look in late]),
            peer=median([look[name] for look in early]),
            ratio=median([look[name] for look in late]) / median([look[name] for look in early]),
            at_most=allowed,
            spread={"most": max(look[name] for look in looks), "first": looks[0][name]},
        )
        for name, unit, allowed in (
            ("memory", "MB", 1.1),
            ("descriptors", "open", 1.05),
            ("threads", "alive", 1.05),
        )
    ]


def _with_plugin(home: Home, folder: Path) -> None:
    services = build(home)
    try:
        services.plugins.add(str(plugin_program(folder)))
    finally:
        services.close()


class _Load:
    """All callers together, and how many answers of which kind they had."""

    def __init__(self, port: int, token: str, cursors: list[str], argv: list[str], seed: int) -> None:
        self._port, self._token, self._cursors, self._argv = port, token, cursors, argv
        self._random = random.Random(seed)
        self.calls = self.closed = self.by_cli = 0
        self.answers: dict[int, int] = {}

    async def run(self, seconds: float, server: int) -> list[dict[str, float]]:
        """Keep calling for so long; what the server held meanwhile."""
        end = time.monotonic() + seconds
        looks: list[dict[str, float]] = []

        async def look() -> None:
            began = time.monotonic()
            while time.monotonic() < end:
                await asyncio.sleep(LOOK_S)
                looks.append({"minute": (time.monotonic() - began) / 60, **held(server)})

        await asyncio.gather(look(), self._command_line(end), *(self._call(end) for _ in range(CALLERS)))
        return looks

    async def _call(self, end: float) -> None:
        kinds: list[tuple[int, Callable[[], bytes]]] = [
            (30, lambda: self._bytes("GET", "/api/attestations?limit=100")),
            (20, lambda: self._bytes("GET", f"/api/attestations?before={self._random.choice(self._cursors)}")),
            (20, lambda: _post(self._port, self._token)),
            (6, lambda: self._bytes("POST", "/api/ix?wait=1", _RUN_COMMAND)),
            (4, lambda: self._bytes("POST", "/api/python/evaluate", _EVALUATE)),
            (6, self._hook),
            (4, lambda: self._bytes("POST", "/api/ix?wait=1", _PLUGIN_COMMAND)),
            (3, lambda: self._bytes("POST", "/api/pulse/jobs", _PLUGIN_JOB)),
            (3, lambda: self._bytes("GET", "/api/weather/today")),
            (6, lambda: self._bytes("GET", "/api/pulse/jobs")),
            (4, lambda: self._bytes("GET", "/api/handlers")),
            (2, lambda: self._bytes("GET", "/api/nothing")),
            (2, lambda: self._bytes("POST", "/api/attestations", b"{")),
        ]
        weights = [weight for weight, _ in kinds]
        while time.monotonic() < end:
            reader, writer = await asyncio.open_connection("127.0.0.1", self._port, limit=1 << 22)
            with contextlib.closing(writer):
                for _ in range(self._random.randint(1, 200)):  # then on a new connection
                    (_, request), *_ = self._random.choices(kinds, weights)
                    writer.write(request())
                    try:
                        status, _ = await _answer(reader)
                    except (asyncio.IncompleteReadError, ConnectionError):  # closed after a bad request
                        self.closed += 1
                        break
                    self.calls += 1
                    self.answers[status] = self.answers.get(status, 0) + 1
                    if time.monotonic() >= end:
                        break

    async def _command_line(self, end: float) -> None:
        turns: list[Callable[[], Awaitable[int]]] = [
            lambda: self._cli("ix", "hook", "--no-wait"),
            lambda: self._cli("ax", "is lives_in", "--limit", "5"),
            lambda: self._cli("job", "list"),
        ]
        while time.monotonic() < end:
            await asyncio.sleep(CLI_EVERY_S)
            assert await turns[self.by_cli % len(turns)]() == 0
            self.by_cli += 1

    async def _cli(self, *words: str) -> int:
        process = await asyncio.create_subprocess_exec(*self._argv, *words, stdout=subprocess.DEVNULL)
        return await process.wait()

    def _hook(self) -> bytes:
        target = f"/hooks/hook{self._random.randrange(HOOKS)}"
        head = f"POST {target} HTTP/1.1\r\nHost: x\r\nX-Webhook-Secret: {HOOK_SECRET}\r\n"
        return f"{head}Content-Length: 2\r\n\r\n{{}}".encode()

    def _bytes(self, method: str, target: str, body: bytes = b"") -> bytes:
        head = (
            f"{method} {target} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\nAuthorization: Bearer {self._token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body


def held(process: int) -> dict[str, float]:
    """What a process holds right now."""
    place = Path(f"/proc/{process}")
    return {
        "memory": resident_mb(process),
        "descriptors": len(list((place / "fd").iterdir())),
        "threads": len(list((place / "task").iterdir())),
    }


def _server_of(root: Path) -> int:
    for place in Path("/proc").iterdir():
        if place.name.isdecimal():
            with contextlib.suppress(OSError):
                words = (place / "cmdline").read_bytes().split(b"\0")
                if b"serve" in words and str(root).encode() in words:
                    return int(place.name)
    raise SystemExit("the server is not there")
