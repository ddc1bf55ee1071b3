"""What runs on a worker of the cluster: one run in the worker's own sandbox, its messages carried to the app.

Lives in a task's thread on the worker, with one thread that sends and one that listens; imports nothing of Dask
until `run_task`, which is what the cluster calls. Nothing is decided here: the app grants the start once, answers
what the handler asks, and checks all of it again. Without the app's lease the run ends.
"""

from __future__ import annotations

import logging
import queue
import shutil
import tempfile
import threading
import time
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from qntx_desktop import __version__
from qntx_desktop.engines.remote.terms import (
    BEAT_S,
    OddMessageError,
    Post,
    PostBrokenError,
    outcome_json,
    read,
    spec_of,
)
from qntx_desktop.engines.sandbox.launcher import CancelToken, launch, sandbox_level
from qntx_desktop.model.connection import Connection
from qntx_desktop.model.errors import (
    ErrHandlerFailed,
    ErrInvalidAttestation,
    ErrRemoteUnreachable,
    ErrUnexpected,
    QntxError,
)
from qntx_desktop.model.job import ExecutionStatus, Outcome

_ENDS_S = 10.0
_MOST_AT_ONCE = 200
_log = logging.getLogger(__name__)


def run_task(raw: bytes) -> None:
    """Run an order. Called by the cluster, maybe again elsewhere after a worker was lost: then nothing runs."""
    from distributed import get_client, get_worker

    from qntx_desktop.engines.remote.dask_post import DaskPost

    order, token, client = read(raw), uuid.uuid4().hex, get_client()
    up, down = DaskPost(order["post"], client), DaskPost(f"{order['post']}-{token}", client)
    try:
        serve(order, token, up, down, str(get_worker().address))
    finally:
        down.close()
        up.close()


def serve(order: Mapping[str, Any], token: str, up: Post, down: Post, address: str) -> None:
    """Ask for leave to begin, run, tell the end.

    Args:
        token: Names this start among all that the cluster may make of one task.
        up: To the app.
        down: From the app, for this start only.
    """
    line = _Line(token, up, down, float(order["lease_s"]))
    line.say({"op": "hello", "version": __version__, "level": sandbox_level(), "address": address})
    try:
        if line.granted():
            line.say(_run(order, line))
    finally:
        line.close()


def _run(order: Mapping[str, Any], line: _Line) -> dict[str, Any]:
    folder = Path(tempfile.mkdtemp(prefix="qntx-remote-"))
    try:
        spec = spec_of(order, folder / "run", is_offline=line.is_offline, own_ports=line.own_ports)
        return outcome_json(launch(spec, _Relay(line), line.cancel))
    except QntxError as error:
        return outcome_json(Outcome(status=ExecutionStatus.FAILED, error=error.to_json()))
    except Exception as error:  # noqa: BLE001 - the app must hear of it, or it would wait
        _log.exception("a run failed unexpectedly")
        told = ErrUnexpected(str(error), type(error).__name__).to_json()
        return outcome_json(Outcome(status=ExecutionStatus.FAILED, error=told))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class _Line:
    """Messages to and from the app, and the lease."""

    def __init__(self, token: str, up: Post, down: Post, lease_s: float) -> None:
        self.cancel = CancelToken()
        self._token, self._up, self._down = token, up, down
        self._lease_s = lease_s
        self._changed = threading.Condition()
        self._leased_until = time.monotonic() + lease_s
        self._sent_at: dict[int, float] = {}
        self._answers: dict[int, dict[str, Any]] = {}
        self._leave: bool | None = None
        self._lost = self._ending = False
        self._offline = False
        self._ports: frozenset[int] = frozenset()
        self._out: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._send_all, name="remote-sender", daemon=True),
            threading.Thread(target=self._listen, name="remote-listener", daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def is_offline(self) -> bool:
        """Whether the app is offline, as of its last answer."""
        return self._offline

    def own_ports(self) -> frozenset[int]:
        """The loopback ports of the app, which may be on this machine."""
        return self._ports

    def say(self, message: dict[str, Any]) -> None:
        """Send a message soon, in order."""
        self._out.put(message)

    def granted(self) -> bool:
        """Wait for leave to begin."""
        with self._changed:
            self._changed.wait_for(lambda: self._leave is not None or self._lost)
            return bool(self._leave) and not self._lost

    def ask(self, number: int, message: dict[str, Any]) -> dict[str, Any]:
        """Send a request and wait for its answer.

        Raises:
            ErrRemoteUnreachable: The app is not heard of any more; this run is about to be ended.
        """
        self.say({**message, "id": number})
        with self._changed:
            self._changed.wait_for(lambda: number in self._answers or self._lost)
            if number not in self._answers:
                raise ErrRemoteUnreachable("lost", "The app is not heard of any more.")
            return self._answers.pop(number)

    def close(self) -> None:
        """Send what is left, end the threads."""
        self._out.put(None)
        self._threads[0].join(_ENDS_S)
        with self._changed:
            self._ending = True
        self._threads[1].join(_ENDS_S)

    def _send_all(self) -> None:
        """Batches of messages, and an empty one now and then as a heartbeat. Thread `remote-sender`."""
        beat, goes_on = 0, True
        while goes_on:
            batch, goes_on = self._batch()
            beat += 1
            self._sent_at[beat] = time.monotonic()
            try:
                self._up.send({"token": self._token, "beat": beat, "messages": batch})
            except PostBrokenError as error:
                _log.warning("nothing can be sent to the app: %s", error)
                self._lose()
                return

    def _batch(self) -> tuple[list[dict[str, Any]], bool]:
        batch: list[dict[str, Any]] = []
        try:
            message = self._out.get(timeout=BEAT_S)
            while message is not None:
                batch.append(message)
                if len(batch) == _MOST_AT_ONCE:
                    return batch, True
                message = self._out.get_nowait()
        except queue.Empty:
            return batch, True
        return batch, False

    def _listen(self) -> None:
        """Answers, leases and the wish to cancel. Thread `remote-listener`."""
        while not self._ending:
            try:
                message = self._down.receive(BEAT_S / 4)
            except (PostBrokenError, OddMessageError) as error:
                _log.warning("nothing can be heard of the app: %s", error)
                self._lose()
                return
            if message is not None:
                self._take(message)
            if time.monotonic() > self._leased_until:
                self._lose()
                return

    def _take(self, message: dict[str, Any]) -> None:
        with self._changed:
            if message["op"] in ("go", "lease"):
                sent_at = self._sent_at.pop(message["beat"], None)
                if sent_at is not None:
                    self._leased_until = max(self._leased_until, sent_at + self._lease_s)
                self._offline = bool(message["offline"])
                self._ports = frozenset(message["ports"])
            if message["op"] in ("go", "no"):
                self._leave = message["op"] == "go"
            elif message["op"] == "answer":
                self._answers[message["id"]] = message
            self._changed.notify_all()
        if message["op"] == "cancel":
            self.cancel.cancel("cancelled")

    def _lose(self) -> None:
        with self._changed:
            self._lost = True
            self._changed.notify_all()
        self.cancel.cancel("quit")


class _Relay:
    """The sink of a run whose store is elsewhere."""

    def __init__(self, line: _Line) -> None:
        self._line = line
        self._number = 0
        self._cost = 0.0

    def attest(self, items: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
        """Have the app store them; returns when they are durable there."""
        return self._asked({"op": "attest", "items": list(items)})

    def query(self, text: str, limit: int) -> Sequence[Mapping[str, Any]]:
        """Have the app look."""
        return self._asked({"op": "query", "text": text, "limit": limit})

    def progress(self, current: float, total: float | None, message: str) -> None:
        """Tell the app how far the run is."""
        self._line.say({"op": "progress", "current": current, "total": total, "message": message})

    def cost(self, usd: float) -> None:
        """Tell the app what was added; the sink is told the sum."""
        added, self._cost = usd - self._cost, usd
        self._line.say({"op": "cost", "usd": max(added, 0.0)})

    def log(self, level: str, message: str) -> None:
        """Tell the app a line."""
        self._line.say({"op": "log", "level": level, "message": message})

    def connected(self, connection: Connection) -> None:
        """Tell the app of an attempt to reach the network."""
        self._line.say(
            {
                "op": "connected",
                "seq": connection.seq,
                "host": connection.host,
                "port": connection.port,
                "address": connection.address,
                "verdict": str(connection.verdict),
                "arrival": str(connection.arrival),
            }
        )

    def _asked(self, message: dict[str, Any]) -> Sequence[Mapping[str, Any]]:
        self._number += 1
        answer = self._line.ask(self._number, message)
        if "error" in answer:
            raise _refusal(answer["error"])
        value: Sequence[Mapping[str, Any]] = answer["value"]
        return value


def _refusal(said: Mapping[str, Any]) -> QntxError:
    """What the app refused, as an error that reaches the handler in the same words and kind."""
    message, kind = str(said["message"]), said["kind"]
    if kind == "value":
        error: QntxError = ErrInvalidAttestation(str(said.get("field") or ""), message)
    elif kind == "os":
        error = ErrRemoteUnreachable("refused", message)
    else:
        error = ErrHandlerFailed(exception="", message=message, line=None, traceback="")
    error.message, error.hint = message, str(said.get("hint") or "")
    error.code = str(said.get("code") or error.code)  # type: ignore[misc]
    return error
