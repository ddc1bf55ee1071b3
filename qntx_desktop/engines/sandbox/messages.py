"""The conversation with a handler: each message is checked, acted on and answered. Launching thread.

Nothing a handler sends decides how its run ended; that is its exit status.
"""

from __future__ import annotations

import json
import logging
import math
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from qntx_desktop.engines.sandbox.adviser import Adviser
from qntx_desktop.engines.sandbox.frames import MAX_ANSWER_BYTES, BrokenFrameError, JsonTexts, pack, pack_answer
from qntx_desktop.engines.sandbox.masking import Masker
from qntx_desktop.engines.sandbox.pipes import Outbox
from qntx_desktop.model.connection import Connection
from qntx_desktop.model.errors import ErrSecretNotDeclared, Family, QntxError

MAX_ITEMS = 1000
MAX_LOG_LINES = 10_000
MAX_QUERY_LIMIT = 1_000_000
MAX_STATE_BYTES = 1 << 20
MAX_COST = 1e12
PROGRESS_GAP_S = 0.05
_LEVELS = frozenset({"debug", "info", "warning", "error"})
_MAX_TEXT = {"query": 100_000, "message": 10_000, "exception": 200, "traceback": 70_000}
_KINDS = {
    Family.INVALID: "value",
    Family.NOT_FOUND: "value",
    Family.ENVIRONMENT: "os",
    Family.DENIED: "permission",
}
_log = logging.getLogger(__name__)


class Sink(Protocol):
    """The app's side of a run. Called by the launching thread only, but for `connected`.

    A `QntxError` that a method raises reaches the handler: bad input as `ValueError`, trouble of the environment
    as `OSError`, the rest as `RuntimeError`.
    """

    def attest(self, items: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]] | JsonTexts:
        """Store raw, untrusted items, all or none; returns attestation JSON shapes or texts, by then durable."""

    def query(self, text: str, limit: int) -> Sequence[Mapping[str, Any]] | JsonTexts:
        """Attestation JSON shapes or texts, newest first."""

    def progress(self, current: float, total: float | None, message: str) -> None:
        """How far the run is; at most 20 times a second, the last one always."""

    def cost(self, usd: float) -> None:
        """What the run has cost so far, in US dollars."""

    def log(self, level: str, message: str) -> None:
        """A line of the run's log."""

    def connected(self, connection: Connection) -> None:
        """An attempt to reach the network, and again when more is known of it; any thread, must not block."""


class Conversation:
    """Handles messages, and keeps what the run's end needs.

    Args:
        masker: Hides secrets in what is logged; every secret that is handed to the run must be added to it first.
        tell_secret: Gives the value of a secret by name; None: the run may know none.
        adviser: Answers requests for the network where sockets cannot be handed over.

    Attributes:
        cost: Sum of what the run said it cost, in US dollars.
        state_json: New state, None if the run sent none.
        failure: The last description of an exception, None without.
    """

    def __init__(
        self,
        sink: Sink,
        outbox: Outbox,
        masker: Masker,
        adviser: Adviser | None = None,
        tell_secret: Callable[[str], str] | None = None,
    ) -> None:
        self._sink = sink
        self._outbox = outbox
        self._masker = masker
        self._adviser = adviser
        self._tell_secret = tell_secret
        self._log_lines = 0
        self._progress_at = 0.0
        self._progress_due: tuple[float, float | None, str] | None = None
        self.cost = 0.0
        self.state_json: str | None = None
        self.failure: dict[str, Any] | None = None

    def handle(self, message: dict[str, Any], *, answer: bool = True) -> None:
        """Act on one message.

        Args:
            answer: False after the child's end: what asks for an answer is then only checked.

        Raises:
            BrokenFrameError: The message breaks the protocol.
        """
        operation = message["op"]
        if operation == "network":
            self._advise(message, answer)
        elif operation in ("attest", "query"):
            number = _number_of_request(message)
            request = _attest_request(message) if operation == "attest" else _query_request(message)
            if answer:
                self._answer(number, request)
        elif operation == "secret":
            number, name = _number_of_request(message), _text(message, "name", _MAX_TEXT["exception"])
            if answer:
                self._reply(number, lambda: self._secret(name))
        elif operation == "progress":
            self._progress(message)
        elif operation == "log":
            self._write_log(message)
        elif operation == "cost":
            self._add_cost(_finite(message, "usd", least=0.0))
        elif operation == "state":
            self.state_json = _state(message)
        elif operation == "error":
            self.failure = self._masker.json(_failure(message))
        else:
            raise BrokenFrameError(f"an unknown operation {operation[:40]!r}")

    def finish(self) -> None:
        """Deliver the last progress, if it was held back."""
        if self._progress_due is not None:
            self._deliver_progress()

    def _answer(self, number: int, request: list[dict[str, Any]] | tuple[str, int]) -> None:
        if isinstance(request, list):
            self._reply(number, lambda: self._sink.attest(request))
        else:
            self._reply(number, lambda: self._sink.query(*request))

    def _secret(self, name: str) -> str:
        if self._tell_secret is None:
            raise ErrSecretNotDeclared(name)
        value = self._tell_secret(name)
        self._masker.add(value)  # before the run can say it
        return value

    def _reply(self, number: int, work: Callable[[], object]) -> None:
        try:
            frame = pack_answer(number, work())
        except QntxError as error:
            frame = pack({"id": number, "error": _shown(error)})
        except Exception as error:  # noqa: BLE001 - a defect of ours must not leave the handler waiting
            _log.exception("a handler's request failed")
            frame = pack({"id": number, "error": {"kind": "runtime", "message": f"The app failed: {error}"}})
        if len(frame) > MAX_ANSWER_BYTES:
            reason = f"limit: the answer has {len(frame):,} bytes, at most {MAX_ANSWER_BYTES:,}"
            frame = pack({"id": number, "error": {"kind": "value", "message": reason}})
        self._outbox.write(frame)

    def _advise(self, message: dict[str, Any], answer: bool) -> None:
        number = _number_of_request(message)
        if not answer:
            return
        reply = self._adviser.answer(message.get("request")) if self._adviser is not None else None
        if reply is None:
            raise BrokenFrameError("a request for the network that is none")
        self._outbox.write(pack({"id": number, "value": reply}))

    def _progress(self, message: dict[str, Any]) -> None:
        total = None if message.get("total") is None else _finite(message, "total")
        self._progress_due = (_finite(message, "current"), total, self._masked(message))
        if time.monotonic() - self._progress_at >= PROGRESS_GAP_S:
            self._deliver_progress()

    def _masked(self, message: dict[str, Any]) -> str:
        text = _text(message, "message")
        return self._masker.text(text, cut=len(text) >= _MAX_TEXT["message"])

    def _deliver_progress(self) -> None:
        if self._progress_due is None:
            return
        due, self._progress_due = self._progress_due, None
        self._progress_at = time.monotonic()
        try:
            self._sink.progress(*due)
        except Exception as error:  # noqa: BLE001 - a run goes on without its progress
            _log.warning("progress was not recorded: %r", error)

    def _add_cost(self, usd: float) -> None:
        self.cost = min(self.cost + usd, MAX_COST)
        try:
            self._sink.cost(self.cost)
        except Exception as error:  # noqa: BLE001 - its sum is stored with the end of the run
            _log.warning("a cost was not recorded: %r", error)

    def _write_log(self, message: dict[str, Any]) -> None:
        level, text = message.get("level"), self._masked(message)
        if level not in _LEVELS:
            raise BrokenFrameError("a log line without level")
        self._log_lines += 1
        if self._log_lines > MAX_LOG_LINES:
            return
        if self._log_lines == MAX_LOG_LINES:
            level, text = "warning", f"More than {MAX_LOG_LINES:,} log lines; the rest is dropped."
        try:
            self._sink.log(str(level), text)
        except Exception as error:  # noqa: BLE001 - a run goes on without a line of its log
            _log.warning("a log line was not recorded: %r", error)


def _number_of_request(message: dict[str, Any]) -> int:
    number = message.get("id")
    if not isinstance(number, int) or isinstance(number, bool) or not 0 < number < 1 << 53:
        raise BrokenFrameError("a request without number")
    return number


def _attest_request(message: dict[str, Any]) -> list[dict[str, Any]]:
    items = message.get("items")
    if not isinstance(items, list) or not 0 < len(items) <= MAX_ITEMS:
        raise BrokenFrameError(f"a list of 1 to {MAX_ITEMS:,} attestations is missing")
    if not all(isinstance(item, dict) for item in items):
        raise BrokenFrameError("an attestation that is no object")
    return items


def _query_request(message: dict[str, Any]) -> tuple[str, int]:
    limit = message.get("limit")
    if not isinstance(limit, int) or isinstance(limit, bool):
        raise BrokenFrameError("a query without limit")
    return _text(message, "text", _MAX_TEXT["query"]), max(1, min(limit, MAX_QUERY_LIMIT))


def _finite(message: dict[str, Any], name: str, least: float = -math.inf) -> float:
    value = message.get(name)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise BrokenFrameError(f"{name} is no number")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number) or number < least:
        raise BrokenFrameError(f"{name} is out of range")
    return number


def _text(message: dict[str, Any], name: str, longest: int = _MAX_TEXT["message"]) -> str:
    """A text that can be stored: cut, and without halves of characters and NUL."""
    value = message.get(name)
    if not isinstance(value, str):
        raise BrokenFrameError(f"{name} is no text")
    return value[:longest].encode(errors="replace").decode().replace("\0", "\N{REPLACEMENT CHARACTER}")


def _state(message: dict[str, Any]) -> str:
    text = message.get("json")
    try:
        if not isinstance(text, str) or len(text.encode()) > MAX_STATE_BYTES:
            raise BrokenFrameError("a state that is no text of at most 1 MiB")
        if not isinstance(json.loads(text, parse_constant=_refuse), dict):
            raise BrokenFrameError("a state that is no object")
    except (ValueError, RecursionError):
        raise BrokenFrameError("a state that is not JSON") from None
    return text


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _failure(message: dict[str, Any]) -> dict[str, Any]:
    line = message.get("line")
    if line is not None and (not isinstance(line, int) or isinstance(line, bool) or not 0 < line < 1 << 31):
        raise BrokenFrameError("a line that is no number")
    texts = {name: _text(message, name, _MAX_TEXT[name]) for name in ("exception", "message", "traceback")}
    return {**texts, "line": line, "denied": _denied(message.get("denied"))}


def _denied(said: Any) -> dict[str, Any] | None:
    if said is None:
        return None
    if not isinstance(said, dict) or type(said.get("errno")) is not int:
        raise BrokenFrameError("a refusal that is none")
    return {"errno": said["errno"], "path": _text(said, "path", _MAX_TEXT["message"])}


def _shown(error: QntxError) -> dict[str, Any]:
    return {
        "kind": _KINDS.get(error.family, "runtime"),
        "message": error.message,
        "hint": error.hint,
        "code": error.code,
        "field": error.details.get("field"),
    }
