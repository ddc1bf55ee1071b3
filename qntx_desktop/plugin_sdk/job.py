"""A job as a handler of a plugin sees it.

Any thread; a handler may hand it to threads of its own.
"""

from __future__ import annotations

import json
import logging
import math
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import grpc

from qntx_desktop.plugin_sdk import attestation as made
from qntx_desktop.plugin_sdk.attestation import Attestation, Words
from qntx_desktop.plugin_sdk.errors import Cancelled
from qntx_desktop.plugin_sdk.host import BATCH, Host

LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warn": logging.WARNING, "error": logging.ERROR}
MOST_LINES = 2_000
MOST_LINE_CHARS = 10_000
PROGRESS_GAP_S = 0.25
_MOST_INT32 = 2**31 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """One line that goes to the host with the answer."""

    timestamp: str
    level: str
    message: str
    stage: str = ""
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Account:
    """What a job reports about itself."""

    current: int = 0
    total: int = 0
    cost_usd: float = math.nan
    lines: list[LogLine] = field(default_factory=list)
    dropped: int = 0


class Job:
    """One job.

    Attributes:
        id: The host's number of it.
        handler: The name it was sent to.
        payload: As the host sent it; `json()`, `args` and `command` read it.
    """

    def __init__(
        self,
        job_id: str,
        handler: str,
        payload: bytes,
        host: Host,
        logger: logging.Logger,
        *,
        timeout_s: float | None = None,
    ) -> None:
        self.id, self.handler, self.payload = job_id, handler, payload
        self.host = host.for_job(job_id)
        self.account = Account()
        self._log = logger
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._until = None if timeout_s is None else time.monotonic() + timeout_s
        self._told_at = -math.inf
        self._telling: grpc.Future | None = None

    def json(self) -> Any:
        """The payload as JSON; None when it is empty.

        Raises:
            ValueError: It is not JSON.
        """
        try:
            return json.loads(self.payload) if self.payload.strip() else None
        except ValueError as error:
            raise ValueError(f"The payload of job {self.id} is not JSON: {error}") from None

    @property
    def args(self) -> list[str]:
        """The words after `ix <type>`; empty for a job that carries none."""
        return [str(each) for each in self._part("args") or ()]

    @property
    def command(self) -> str:
        """The command as it was typed, or empty."""
        return str(self._part("command") or "")

    @property
    def webhook(self) -> Any:
        """What came to the webhook that started `ix <type>`: JSON, the fields of a form, or text; else None."""
        return self._part("payload")

    @property
    def attestation(self) -> Attestation | None:
        """Of a job that a watch started: the attestation it was started for."""
        shape = self.json()
        shape = shape.get("attestation", shape) if isinstance(shape, dict) else None
        return made.of_json(shape) if isinstance(shape, dict) and "subjects" in shape else None

    @property
    def cancelled(self) -> bool:
        """True once the host asked the job to stop, gave up waiting, or its time is over."""
        return self._stopped.is_set() or self._remaining() <= 0

    @property
    def remaining_s(self) -> float:
        """The time that is left; infinite without a limit."""
        return max(0.0, self._remaining())

    def check(self) -> None:
        """Stop here if the job is to stop.

        Raises:
            Cancelled: It is.
        """
        if self._remaining() <= 0:
            raise Cancelled("The time of this job is over.")
        if self._stopped.is_set():
            raise Cancelled("The host asked this job to stop.")

    def sleep(self, seconds: float) -> None:
        """Wait, but not longer than the job may run.

        Raises:
            Cancelled: The job is to stop.
        """
        self._stopped.wait(min(seconds, self.remaining_s))
        self.check()

    def attest(
        self,
        subjects: Words,
        predicates: Words = None,
        contexts: Words = None,
        actors: Words = None,
        attributes: Mapping[str, Any] | None = None,
        *,
        timestamp: datetime | None = None,
    ) -> Attestation:
        """Make an attestation for this job; see `Host.attest`.

        Raises:
            ValueError: It is not valid.
            HostError: The host refused it.
            Cancelled: The job is to stop.
        """
        self.check()
        return self.host.attest(subjects, predicates, contexts, actors, attributes, timestamp=timestamp)

    def attest_many(self, items: Iterable[Mapping[str, Any] | Sequence[Any]]) -> int:
        """Make many attestations for this job, 500 in one message; see `Host.attest_many`."""
        return self.host.attest_many(self._checked(items))

    def progress(self, current: int, total: int = 0) -> None:
        """Say how far the job is; told to the host at most four times a second, and with the answer.

        Raises:
            Cancelled: The job is to stop.
        """
        self.check()
        with self._lock:
            self.account.current = max(0, min(int(current), _MOST_INT32))
            self.account.total = max(0, min(int(total), _MOST_INT32))
            now = time.monotonic()
            busy = self._telling is not None and not self._telling.done()
            if busy or now - self._told_at < PROGRESS_GAP_S:
                return
            self._told_at = now
            self._telling = self.host.tell_progress(self.handler, self.account.current, self.account.total)

    def cost(self, usd: float) -> None:
        """Add to what this job has cost, in US dollars.

        Raises:
            ValueError: It is negative or not finite.
        """
        if not math.isfinite(usd) or usd < 0:
            raise ValueError(f"usd: must be a finite number from 0, not {usd}")
        with self._lock:
            before = self.account.cost_usd
            self.account.cost_usd = usd if math.isnan(before) else before + usd

    def log(self, message: str, level: str = "info", *, stage: str = "", **facts: object) -> None:
        """Write a line into the job's log, and into the plugin's.

        Args:
            message: Up to 10,000 characters; the rest is cut.
            level: `debug`, `info`, `warn` or `error`.
            stage: A part of the job, such as `reading`.
            facts: More, by name.

        Raises:
            ValueError: No such level.
        """
        if level not in LEVELS:
            raise ValueError(f"level: must be one of {', '.join(LEVELS)}, not {level!r}")
        text = str(message)[:MOST_LINE_CHARS]
        told = {name: str(value) for name, value in facts.items()}
        self._log.log(LEVELS[level], text, extra={"qntx": {"job": self.id, **told}})
        moment = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        line = LogLine(timestamp=moment, level=level, message=text, stage=stage, metadata=told)
        with self._lock:
            if len(self.account.lines) < MOST_LINES:
                self.account.lines.append(line)
            else:
                self.account.dropped += 1

    def stop(self) -> None:
        """Tell the handler that the job is to stop; called by what serves the host."""
        self._stopped.set()
        with self._lock:
            telling = self._telling
        if telling is not None:
            telling.cancel()

    def _remaining(self) -> float:
        return math.inf if self._until is None else self._until - time.monotonic()

    def _part(self, name: str) -> Any:
        whole = self.json()
        return whole.get(name) if isinstance(whole, dict) else None

    def _checked(self, items: Iterable[Any]) -> Iterable[Any]:
        for at, item in enumerate(items):
            if at % BATCH == 0:
                self.check()
            yield item
