"""One run on a worker, as the app sees it: leave to begin, leases, answers, its end. The caller's thread; no Dask.

What a worker says is treated like what a handler says: the same checks, the same stamps, the same limits.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from qntx_desktop import __version__
from qntx_desktop.engines.remote.terms import (
    LEASE_S,
    MARGIN_S,
    OddMessageError,
    Post,
    PostBrokenError,
    StaysHereError,
    outcome_of,
)
from qntx_desktop.engines.sandbox.frames import BrokenFrameError
from qntx_desktop.engines.sandbox.launcher import CancelToken, RunSpec, Sink, sandbox_level
from qntx_desktop.engines.sandbox.messages import Conversation
from qntx_desktop.model.clock import now_us
from qntx_desktop.model.confinement import KNOWN_LEVELS
from qntx_desktop.model.connection import Arrival, Connection, Verdict
from qntx_desktop.model.errors import ErrCancelled, ErrWorkerLost
from qntx_desktop.model.job import ExecutionStatus, Outcome
from qntx_desktop.model.permit import is_enough

LOOK_S = 0.25
TROUBLE_S = 1.0
OVERTIME_S = 20.0
"""How long after its time limit a run may take to be ended and told of; then it gets no more leases."""
_MOST_CONNECTIONS = 10_000
_MOST_HOST_CHARS = 256
_FRAME_HEAD_BYTES = 4
_log = logging.getLogger(__name__)


class Task(Protocol):
    """What was handed to the cluster."""

    @property
    def up(self) -> Post:
        """From its workers."""

    def down(self, token: str) -> Post:
        """To the start of that token."""

    def trouble(self) -> str:
        """Why no worker will take it, as the end of a sentence; empty when one may."""

    def give_up(self) -> None:
        """Take it back; whatever fails in that is of no consequence."""


@dataclass(kw_only=True)
class RemoteRun:
    """One run.

    Args:
        lease_s: How long a worker may go on without hearing from here.
    """

    spec: RunSpec
    sink: Sink
    cancel: CancelToken
    task: Task
    lease_s: float = LEASE_S
    leased: Callable[[float], None] = lambda _until_s: None
    _where: str = ""
    _token: str = ""
    _down: Post | None = None
    _begun_at: float = 0.0
    _leased_until: float = 0.0
    _told_to_cancel: bool = False
    _seen: dict[int, int] = field(default_factory=dict)

    def wait(self) -> Outcome:
        """Wait until a worker has run it.

        Raises:
            StaysHereError: No worker has begun it, and none will.
            ErrWorkerLost: A worker has begun it and is lost; it does not run there any more.
        """
        self._conversation = Conversation(self.sink, self, self.spec.masker)  # type: ignore[arg-type]
        try:
            self._until_begun()
            if not self._token:
                reason = self.cancel.reason or "cancelled"
                error = ErrCancelled(reason, "Cancelled before a worker took it.").to_json()
                return Outcome(status=ExecutionStatus.CANCELLED, error=error)
            return self._until_ended()
        finally:
            self._conversation.finish()
            if self._down is not None:
                self._down.close()
            self.task.up.close()
            self.task.give_up()

    def write(self, frame: bytes) -> None:
        """What the conversation answers."""
        self._say({"op": "answer", **json.loads(frame[_FRAME_HEAD_BYTES:])})

    def _until_begun(self) -> None:
        """Wait for a worker and give it leave; returns without when somebody cancels."""
        look_at, waited = time.monotonic() + TROUBLE_S, False
        while not self.cancel.requested:
            if self._hear_hello():
                break
            if time.monotonic() >= look_at:
                look_at = time.monotonic() + TROUBLE_S
                if trouble := self.task.trouble():
                    raise StaysHereError(trouble)
                if not waited:
                    self.sink.progress(0, None, "Waiting for a worker")
                waited = True
        if waited:
            self.sink.progress(0, None, "")

    def _hear_hello(self) -> bool:
        """Give leave to the first worker that asks; whether one did."""
        try:
            batch = self.task.up.receive(LOOK_S)
        except (PostBrokenError, OddMessageError) as error:
            raise StaysHereError(f"the scheduler does not answer ({error})") from error
        for message in _messages(batch):
            if message.get("op") == "hello" and batch is not None:
                self._grant(message, batch)
                return True
        return False

    def _grant(self, hello: Mapping[str, Any], batch: Mapping[str, Any]) -> None:
        token, beat = _token_of(batch), batch.get("beat")
        down = self.task.down(token)
        obstacle = _obstacle(hello)
        if obstacle:
            try:
                down.send({"op": "no"})
            finally:
                down.close()
            raise StaysHereError(obstacle)
        self._where = _storable(str(hello.get("address")))
        self.sink.log("info", f"Runs on {self._where}, confinement: {hello['level']}.")
        self._token, self._down, self._begun_at = token, down, time.monotonic()
        self._renew("go", beat)

    def _until_ended(self) -> Outcome:
        while True:
            if self.cancel.requested and not self._told_to_cancel:
                self._told_to_cancel = True
                self._say({"op": "cancel"})
            try:
                batch = self.task.up.receive(LOOK_S)
            except PostBrokenError as error:
                _log.warning("the scheduler does not answer: %s", error)
                batch = None
                self.cancel.wait(LOOK_S) if not self.cancel.requested else time.sleep(LOOK_S)
            except OddMessageError as error:
                self._stop_leasing(error)
                batch = None
            if batch is not None and batch.get("token") == self._token:
                ended = self._heard(batch)
                if ended is not None:
                    return ended
            elif batch is not None:
                self._refuse(batch)
            self._check_lease()

    def _heard(self, batch: Mapping[str, Any]) -> Outcome | None:
        """Renew the lease and act on what the worker says; its end, when it tells it."""
        if time.monotonic() < self._begun_at + self.spec.timeout_s + OVERTIME_S:
            self._renew("lease", batch.get("beat"))
        try:
            for message in _messages(batch):
                operation = message.get("op")
                if operation == "outcome":
                    if message.get("state_json") is not None:
                        self._conversation.handle({"op": "state", "json": message["state_json"]})
                    return outcome_of(message, self._conversation.cost, self._conversation.state_json)
                if operation == "connected":
                    self.sink.connected(self._connection(message))
                elif operation in ("attest", "query", "progress", "log", "cost"):
                    self._conversation.handle(dict(message))
        except (BrokenFrameError, OddMessageError) as error:
            self._stop_leasing(error)
        return None

    def _stop_leasing(self, error: Exception) -> None:
        _log.warning("a worker said what is no message: %s", error)
        self._begun_at = -float("inf")
        self._say({"op": "cancel"})

    def _check_lease(self) -> None:
        if time.monotonic() > self._leased_until + MARGIN_S:
            raise ErrWorkerLost(self._where)

    def _renew(self, operation: str, beat: object) -> None:
        rules = {"offline": self.spec.is_offline(), "ports": sorted(self.spec.own_ports())}
        until = time.monotonic() + self.lease_s
        if self._say({"op": operation, "beat": beat, **rules}):
            self._leased_until = max(self._leased_until, until)
            self.leased(self.lease_s + MARGIN_S)

    def _say(self, message: Mapping[str, Any]) -> bool:
        if self._down is None:
            return False
        try:
            self._down.send(message)
        except PostBrokenError as error:
            _log.warning("a worker cannot be told: %s", error)
            # It may have been delivered all the same, so the lease counts as given.
            self._leased_until = max(self._leased_until, time.monotonic() + self.lease_s)
            self._down = None
            return False
        return True

    def _refuse(self, batch: Mapping[str, Any]) -> None:
        """The cluster has made another start of a task whose worker it lost: it must not run."""
        if any(message.get("op") == "hello" for message in _messages(batch)):
            down = self.task.down(_token_of(batch))
            try:
                down.send({"op": "no"})
            except PostBrokenError as error:
                _log.warning("a worker cannot be told: %s", error)  # without leave it does not begin

    def _connection(self, said: Mapping[str, Any]) -> Connection:
        seq, port = said.get("seq"), said.get("port")
        host, address = said.get("host"), said.get("address")
        known = (
            type(seq) is int
            and 0 < seq <= _MOST_CONNECTIONS
            and (port is None or (type(port) is int and 0 <= port < 1 << 16))
            and isinstance(host, str)
            and isinstance(address, str)
        )
        if not known:
            raise OddMessageError("no connection")
        try:
            verdict, arrival = Verdict(str(said.get("verdict"))), Arrival(str(said.get("arrival")))
        except ValueError:
            raise OddMessageError("no connection") from None
        return Connection(
            seq=int(str(seq)),
            at_us=self._seen.setdefault(int(str(seq)), now_us()),
            host=_storable(str(host)),
            port=port,
            address=_storable(str(address)),
            verdict=verdict,
            arrival=arrival,
        )


def _storable(text: str) -> str:
    return text[:_MOST_HOST_CHARS].encode(errors="replace").decode().replace("\0", "?")


def _messages(batch: Mapping[str, Any] | None) -> Iterable[Mapping[str, Any]]:
    found = batch.get("messages") if batch is not None else None
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _token_of(batch: Mapping[str, Any]) -> str:
    token = batch.get("token")
    if not isinstance(token, str) or not token.isalnum():
        raise StaysHereError("a worker speaks another language")
    return token


def _obstacle(hello: Mapping[str, Any]) -> str:
    if hello.get("version") != __version__:
        return f"the worker has version {str(hello.get('version'))[:40]} of qntx-desktop, this is {__version__}"
    here = sandbox_level()
    level = hello.get("level")
    if level not in KNOWN_LEVELS or not is_enough(str(level), here):
        return f"the worker confines handlers less than this computer ({str(level)[:40]}, not {here})"
    return ""
