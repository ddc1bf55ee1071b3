"""A job of a plugin against a bare call of gRPC to the same process with the same bytes.

Three ways in turns: the bare call on a channel of our own (the least there can be), the host's call (its messages
checked, its way to cancel), and a whole job: made, claimed, begun, run, and its end on the disk.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import grpc

from qntx_desktop.app.container import Services, build
from qntx_desktop.app.paths import Home
from qntx_desktop.model.events import Event, JobChanged
from qntx_desktop.model.job import JobRequest
from qntx_desktop.protocol import domain_pb2 as pb
from qntx_desktop.protocol.services import PLUGIN, Stub
from qntx_desktop.services.plugin_life import Patience
from tests.benchmarks.figures import Figure, Place, median, percentile

CALLS = 300
REPEATS = 7
WAIT_S = 60.0
ROOT = Path(__file__).resolve().parents[2]
PAYLOAD = b'{"city":"Oslo"}'


class _Ends:
    """Wakes whoever waits for the end of a job."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._ended: set[int] = set()

    def __call__(self, event: Event) -> None:
        if isinstance(event, JobChanged) and event.job.ended:
            with self._changed:
                self._ended.add(event.job.id)
                self._changed.notify_all()

    def wait(self, job_id: int) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: job_id in self._ended, timeout=WAIT_S)


def measure(place: Place) -> Sequence[Figure]:
    """Measure."""
    ends = _Ends()
    services = build(Home(root=Path(place.folder) / "home"), publish=ends)
    try:
        vars(services.plugin_host)["_patience"] = Patience(ready_s=WAIT_S)
        services.plugins.add(str(plugin_program(Path(place.folder))))
        services.runner.start()
        plugin = services.plugins.settled("weather", WAIT_S)
        with grpc.insecure_channel(f"127.0.0.1:{plugin.live.port}") as channel:
            return _measured(place, services, ends, Stub(channel, PLUGIN))
    finally:
        services.close()


def _measured(place: Place, services: Services, ends: _Ends, stub: Stub) -> Sequence[Figure]:
    request = pb.ExecuteJobRequest(job_id="1", handler_name="mute", payload=PAYLOAD, timeout_secs=60)

    def bare() -> None:
        stub.ExecuteJob(request, timeout=60)

    def hosted() -> None:
        services.plugin_host.execute(
            "weather",
            handler="mute",
            job_id="1",
            payload=PAYLOAD,
            timeout_s=60,
            cancelled=lambda: False,
            on_begun=lambda _stop: None,
        )

    def whole() -> None:
        job = services.queue.enqueue(JobRequest(type="weather/mute", payload={"city": "Oslo"}))
        ends.wait(job.id)

    ways: dict[str, Callable[[], None]] = {"bare": bare, "hosted": hosted, "whole": whole}
    times: dict[str, list[list[float]]] = {name: [] for name in ways}
    for each in ways.values():
        _timed(each, CALLS // 3)
    for _ in range(place.repeats or REPEATS):
        for name, each in ways.items():
            times[name].append(_timed(each, CALLS))
    return (
        _figure("plugin.call", "the host's call against a bare one", times["hosted"], times["bare"], 3.0),
        _figure("plugin.job", "a whole durable job against a bare call", times["whole"], times["bare"], 3.0),
    )


def _timed(work: Callable[[], None], calls: int) -> list[float]:
    took = []
    for _ in range(calls):
        began = time.perf_counter()
        work()
        took.append((time.perf_counter() - began) * 1_000)
    return took


def _figure(
    name: str, what: str, ours: Sequence[Sequence[float]], peer: Sequence[Sequence[float]], at_most: float
) -> Figure:
    mine, theirs = median([median(each) for each in ours]), median([median(each) for each in peer])
    ratios = [median(a) / median(b) for a, b in zip(ours, peer, strict=True)]
    return Figure(
        name=name,
        what=what,
        unit="ms",
        ours=mine,
        peer=theirs,
        ratio=median(ratios),
        at_most=at_most,
        spread={
            "ratios": [round(each, 3) for each in ratios],
            "p99_ms": round(median([percentile(each, 99) for each in ours]), 3),
            "peer_p99_ms": round(median([percentile(each, 99) for each in peer]), 3),
        },
    )


def plugin_program(folder: Path) -> Path:
    """A program that starts the plugin `weather`."""
    path = folder / "qntx-weather-plugin"
    fault = ROOT / "tests" / "plugins" / "fault_plugin.py"
    words = f"'{sys.executable}' '{fault}' \"$1\" \"$2\" weather"
    path.write_text(f"#!/bin/sh\nPYTHONPATH='{ROOT}' exec {words}\n")
    path.chmod(0o755)
    return path
