"""Runs on another computer: the same as here, whatever a worker says, whoever falls silent. Without Dask."""

from __future__ import annotations

import os
import queue
import socket
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from qntx_desktop import __version__
from qntx_desktop.engines.remote import cluster as clusters
from qntx_desktop.engines.remote import run, terms, worker
from qntx_desktop.engines.remote.cluster import Cluster, is_reachable, wait_out
from qntx_desktop.engines.remote.run import RemoteRun
from qntx_desktop.engines.remote.terms import (
    OddMessageError,
    PostBrokenError,
    StaysHereError,
    order_of,
    read,
    written,
)
from qntx_desktop.engines.sandbox.cancel import CancelToken
from qntx_desktop.engines.sandbox.launcher import RunSpec, sandbox_level
from qntx_desktop.model.connection import Verdict
from qntx_desktop.model.errors import ErrDiskFull, ErrWorkerLost
from qntx_desktop.model.job import ExecutionStatus, Outcome
from tests.engines.runs import RecordingSink, marked

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="workers run on POSIX systems")
WAIT_S = 30.0
LONG_S = 30.0
ADDRESS = "tcp://10.0.0.7:4000"
TOKEN = "a1"


class MemoryPost:
    """A post within this process; what it carries is still bytes."""

    def __init__(self) -> None:
        self.raw: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self.broken = False
        self.closed = False

    def send(self, message: Mapping[str, Any]) -> None:
        if self.broken:
            raise PostBrokenError("cut")
        self.raw.put(written(message))

    def receive(self, timeout_s: float) -> dict[str, Any] | None:
        if self.broken:
            raise PostBrokenError("cut")
        try:
            return read(self.raw.get(timeout=timeout_s))
        except queue.Empty:
            return None

    def close(self) -> None:
        self.closed = True

    def soon(self) -> dict[str, Any]:
        message = self.receive(WAIT_S)
        assert message is not None, "nothing was said"
        return message


@dataclass
class FakeTask:
    """A task whose workers are a test's."""

    up: MemoryPost = field(default_factory=MemoryPost)
    downs: dict[str, MemoryPost] = field(default_factory=dict)
    trouble_words: str = ""
    given_up: bool = False

    def down(self, token: str) -> MemoryPost:
        return self.downs.setdefault(token, MemoryPost())

    def trouble(self) -> str:
        return self.trouble_words

    def give_up(self) -> None:
        self.given_up = True

    def says(self, *messages: Mapping[str, Any], token: str = TOKEN, beat: int = 1) -> None:
        self.up.send({"token": token, "beat": beat, "messages": list(messages)})


def hello(**changes: Any) -> dict[str, Any]:
    return {"op": "hello", "version": __version__, "level": sandbox_level(), "address": ADDRESS, **changes}


def an_end(**changes: Any) -> dict[str, Any]:
    return {**terms.outcome_json(Outcome(status=ExecutionStatus.COMPLETED, exit_code=0, stdout="x\n")), **changes}


@pytest.fixture
def task(monkeypatch: pytest.MonkeyPatch) -> FakeTask:
    monkeypatch.setattr(run, "LOOK_S", 0.02)
    return FakeTask()


@pytest.fixture
def spec(tmp_path: Path, home_id: str) -> Callable[..., RunSpec]:
    def make(code: str = "print(1)", **changes: Any) -> RunSpec:
        chosen: dict[str, Any] = {
            "filename": "csv.py",
            "command": "ix csv",
            "script_type": "csv",
            "args": ("a", "--b=c"),
            "timeout_s": 30.0,
            "memory_bytes": 512 << 20,
            "work_dir": tmp_path / "work",
            "run_id": uuid.uuid4().hex,
            "home_id": home_id,
        }
        return RunSpec(code=code, **{**chosen, **changes})

    return make


@contextmanager
def worked(
    spec: RunSpec, task: FakeTask, token: str = TOKEN, lease_s: float = LONG_S
) -> Iterator[threading.Thread]:
    """A worker takes the order while the block goes on."""
    order = read(written(order_of(spec, lease_s=lease_s)))
    thread = threading.Thread(target=worker.serve, args=(order, token, task.up, task.down(token), ADDRESS))
    thread.start()
    try:
        yield thread
    finally:
        thread.join(WAIT_S)
        assert not thread.is_alive()
        assert marked(f"remote-{spec.home_id}") == []


def sent(spec: RunSpec, task: FakeTask, sink: RecordingSink, cancel: CancelToken | None = None) -> Outcome:
    with worked(spec, task):
        return RemoteRun(spec=spec, sink=sink, cancel=cancel or CancelToken(), task=task, lease_s=LONG_S).wait()


def test_a_run_elsewhere_is_like_one_here(spec: Any, task: FakeTask, sink: RecordingSink) -> None:
    code = """
import qntx, sys
qntx.progress(1, 2, "half")
qntx.log("info", "a line")
qntx.cost(0.25); qntx.cost(0.5)
made = attest("alice", "is member", "team", attributes={"n": 1})
try:
    attest("", "is", "x")
except ValueError as error:
    print("refused:", error)
print(made["id"], len(qntx.query("alice is member")), qntx.args, qntx.options, qntx.payload, qntx.state)
qntx.state["n"] = 2
print("to err", file=sys.stderr)
"""
    outcome = sent(spec(code, payload={"p": 1}, state={"n": 1}), task, sink)
    assert (outcome.status, outcome.exit_code, outcome.error, outcome.cost) == ("completed", 0, None, 0.75)
    assert outcome.sandbox == sandbox_level()
    refused, rest = outcome.stdout.splitlines()
    assert refused.startswith("refused: subjects")
    assert rest == "AS-0 1 ['a', '--b=c'] {'b': 'c'} {'p': 1} {'n': 1}"
    assert (outcome.stderr, outcome.state_json) == ("to err\n", '{"n":2}')
    assert [each["subjects"] for each in sink.stored] == ["alice"]
    assert (1.0, 2.0, "half") in sink.progressed
    assert sink.logged == [("info", f"Runs on {ADDRESS}, confinement: {sandbox_level()}."), ("info", "a line")]
    assert task.given_up
    assert task.up.closed
    assert task.downs[TOKEN].closed


def test_an_error_elsewhere_names_its_line(spec: Any, task: FakeTask, sink: RecordingSink) -> None:
    sink.trouble = ErrDiskFull("/x")
    code = "try:\n    attest('a', 'is', 'b')\nexcept OSError as error:\n    print(error)\n1 / 0\n"
    outcome = sent(spec(code), task, sink)
    assert outcome.status == "failed"
    assert outcome.error is not None
    assert (outcome.error["code"], outcome.error["details"]["line"]) == ("handler_failed", 5)
    assert "disk is full" in outcome.stdout


def test_connections_of_a_worker_are_on_the_ledger(spec: Any, task: FakeTask, sink: RecordingSink) -> None:
    tries = "socket.create_connection(('127.0.0.1', 9))"
    code = f"import socket\ntry:\n    {tries}\nexcept OSError as error:\n    print('no')"
    assert sent(spec(code), task, sink).stdout == "no\n"
    (only,) = sink.connections.values()
    assert (only.target, only.verdict, only.allowed) == ("127.0.0.1:9", Verdict.NOT_LISTED, False)


def test_a_run_elsewhere_can_be_cancelled(spec: Any, task: FakeTask, sink: RecordingSink) -> None:
    cancel = CancelToken()
    sink.log = lambda _level, message: cancel.cancel() if message == "on" else None  # type: ignore[method-assign]
    outcome = sent(spec("import qntx\nqntx.log('info', 'on')\nwhile True: pass"), task, sink, cancel)
    assert (outcome.status, (outcome.error or {})["code"]) == ("cancelled", "cancelled")


def test_a_run_that_nobody_took_can_be_cancelled(
    spec: Any, task: FakeTask, sink: RecordingSink, monkeypatch: Any
) -> None:
    monkeypatch.setattr(run, "TROUBLE_S", 0.01)
    cancel = CancelToken()
    sink.progress = lambda *_: cancel.cancel()  # type: ignore[method-assign] # "Waiting for a worker"
    outcome = RemoteRun(spec=spec(), sink=sink, cancel=cancel, task=task).wait()
    assert outcome.status == "cancelled"
    assert task.given_up


def test_only_one_start_of_a_task_runs(spec: Any, task: FakeTask, sink: RecordingSink) -> None:
    task.says(hello())
    run_of = RemoteRun(spec=spec(), sink=sink, cancel=CancelToken(), task=task, lease_s=LONG_S)
    ended: list[Outcome] = []
    waiting = threading.Thread(target=lambda: ended.append(run_of.wait()))
    waiting.start()
    assert task.down(TOKEN).soon()["op"] == "go"
    with worked(spec("attest('a', 'is', 'b')"), task, token="b2") as second:
        second.join(WAIT_S)
    task.says({"op": "attest", "id": 1, "items": [{"subjects": ["x"]}]}, token="b2")  # not asked, not heard
    task.says(an_end())
    waiting.join(WAIT_S)
    assert ended[0].stdout == "x\n"
    assert sink.stored == []


def test_a_worker_that_falls_silent_is_lost(
    spec: Any, task: FakeTask, sink: RecordingSink, monkeypatch: Any
) -> None:
    monkeypatch.setattr(run, "MARGIN_S", 0.05)
    task.says(hello(), {"op": "attest", "id": 1, "items": [{"subjects": ["a"], "predicates": ["is"]}]})
    with pytest.raises(ErrWorkerLost, match=r"10\.0\.0\.7"):
        RemoteRun(spec=spec(), sink=sink, cancel=CancelToken(), task=task, lease_s=0.1).wait()
    assert task.given_up


def test_a_scheduler_that_falls_silent_loses_the_worker(
    spec: Any, task: FakeTask, sink: RecordingSink, monkeypatch: Any
) -> None:
    monkeypatch.setattr(run, "MARGIN_S", 0.05)
    sink.log = lambda *_: setattr(task.up, "broken", True)  # type: ignore[method-assign] # once it runs
    task.says(hello())
    with pytest.raises(ErrWorkerLost):
        RemoteRun(spec=spec(), sink=sink, cancel=CancelToken(), task=task, lease_s=0.1).wait()


@pytest.mark.parametrize("silent", ["the app says nothing more", "the post is cut"])
def test_a_worker_that_hears_nothing_ends_its_run(spec: Any, task: FakeTask, silent: str) -> None:
    endless = spec("import qntx\nqntx.log('info', 'on')\nwhile True: pass")
    with worked(endless, task, lease_s=0.9) as thread:
        batch = task.up.soon()
        assert batch["messages"][0]["op"] == "hello"
        task.down(TOKEN).send({"op": "go", "beat": batch["beat"], "offline": False, "ports": []})
        while thread.is_alive() and not any(each["op"] == "log" for each in task.up.soon()["messages"]):
            continue
        if silent == "the post is cut":
            task.down(TOKEN).broken = True


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (hello(version="0.0.1"), r"has version 0\.0\.1 of qntx-desktop"),
        (hello(level="none"), "confines handlers less"),
        (hello(level=None), "confines handlers less"),
    ],
)
def test_a_worker_that_will_not_do_gets_nothing(
    spec: Any, task: FakeTask, sink: RecordingSink, said: dict[str, Any], reason: str
) -> None:
    task.says(said)
    with pytest.raises(StaysHereError, match=reason):
        RemoteRun(spec=spec(), sink=sink, cancel=CancelToken(), task=task).wait()
    assert task.down(TOKEN).soon() == {"op": "no"}


def test_a_worker_less_confined_than_here_will_not_do(
    spec: Any, task: FakeTask, sink: RecordingSink, monkeypatch: Any
) -> None:
    monkeypatch.setattr(run, "sandbox_level", lambda: "full")
    task.says(hello(level="partial"))
    with pytest.raises(StaysHereError, match="partial, not full"):
        RemoteRun(spec=spec(), sink=sink, cancel=CancelToken(), task=task).wait()


def test_a_cluster_without_workers_leaves_it_here(
    spec: Any, task: FakeTask, sink: RecordingSink, monkeypatch: Any
) -> None:
    monkeypatch.setattr(run, "TROUBLE_S", 0.01)
    task.trouble_words = "the cluster has no worker"
    with pytest.raises(StaysHereError, match="no worker"):
        RemoteRun(spec=spec(), sink=sink, cancel=CancelToken(), task=task).wait()
    task.up.broken = True
    with pytest.raises(StaysHereError, match="does not answer"):
        RemoteRun(spec=spec(), sink=sink, cancel=CancelToken(), task=task).wait()


@pytest.mark.parametrize(
    "said",
    [
        an_end(status="running"),
        an_end(status="completed", error={"code": "x"}),
        an_end(status="failed", error=None),
        an_end(status="failed", error={"code": "", "message": "", "hint": "", "details": {}}),
        an_end(stdout=None),
        an_end(duration_ms=-1),
        an_end(duration_ms="1"),
        an_end(exit_code=1.5),
        an_end(sandbox="iron"),
        an_end(stderr_dropped_bytes=-1),
        an_end(state_json="[1]"),
        {"op": "attest", "id": 0, "items": []},
        {"op": "attest", "id": 1, "items": ["x"]},
        {"op": "log", "level": "loud", "message": "x"},
        {"op": "cost", "usd": -1},
        {"op": "connected", "seq": 1, "host": "x", "port": 1, "address": "", "verdict": "maybe", "arrival": ""},
        {"op": "connected", "seq": "1", "host": "x", "port": 1, "address": "", "verdict": "listed", "arrival": ""},
    ],
)
def test_what_a_worker_says_is_not_believed(
    spec: Any, task: FakeTask, sink: RecordingSink, monkeypatch: Any, said: dict[str, Any]
) -> None:
    monkeypatch.setattr(run, "MARGIN_S", 0.05)
    task.says(hello())
    task.says(said, beat=2)
    with pytest.raises(ErrWorkerLost):
        RemoteRun(spec=spec(), sink=sink, cancel=CancelToken(), task=task, lease_s=0.1).wait()
    assert sink.stored == []
    assert not sink.connections


@pytest.mark.parametrize("raw", [b"", b"[1]", b'{"a": NaN}', b"[" * 100_000, "text", None, b"\xff"])
def test_what_is_no_message_is_refused(raw: object) -> None:
    with pytest.raises(OddMessageError):
        read(raw)


def test_output_that_cannot_be_stored_is_made_storable() -> None:
    said = read(written(an_end(stdout="a\0b\ud800")))
    assert terms.outcome_of(said, 0.0, None).stdout == "a\N{REPLACEMENT CHARACTER}b?"


def test_nobody_at_the_address_leaves_it_here(
    spec: Any, sink: RecordingSink, tmp_path: Path, monkeypatch: Any
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert is_reachable(f"tcp://127.0.0.1:{port}") == ""
    address = f"tcp://127.0.0.1:{port}"
    cluster = Cluster(tmp_path / "leases")
    with pytest.raises(StaysHereError, match=f"no scheduler answers at {address}"):
        cluster.launch(address, spec(), sink, CancelToken())
    monkeypatch.setattr(clusters, "is_reachable", lambda _address: pytest.fail("asked again"))
    with pytest.raises(StaysHereError, match="no scheduler answers"):
        cluster.launch(address, spec(), sink, CancelToken())
    cluster.close()
    with pytest.raises(StaysHereError, match="closing"):
        cluster.launch(address, spec(), sink, CancelToken())
    assert "distributed" not in sys.modules or cluster._client is None


def test_a_lease_of_a_killed_app_is_waited_out(tmp_path: Path) -> None:
    leases, waited = tmp_path / "leases", 0.0
    longest = terms.LEASE_S + terms.MARGIN_S

    def wait(for_s: float) -> None:
        nonlocal waited
        waited += for_s
        os.utime(leases, (0, time.time() - waited))  # as if that time had passed

    wait_out(leases, lambda: False, wait)
    assert waited == 0.0
    leases.touch()
    wait_out(leases, lambda: True, wait)
    assert (waited, leases.exists()) == (0.0, True)
    wait_out(leases, lambda: False, wait)
    assert 1.0 < waited < longest + 0.5
    assert not leases.exists()


def test_a_clock_that_was_set_back_does_not_hold_the_queue_up(tmp_path: Path) -> None:
    leases = tmp_path / "leases"
    leases.touch()
    os.utime(leases, (0, time.time() + 1e6))
    wait_out(leases, lambda: False, lambda _for_s: pytest.fail("waited"))
    assert not leases.exists()
