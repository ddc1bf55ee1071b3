"""What the app and a worker agree on: the order of a run, its end, leases, how messages travel. Pure.

A worker may run only while it holds a lease, which each of its heartbeats renews and which counts from the moment
the heartbeat left. So the app, counting from its answer, knows when a run that it hears nothing of is over, and no
job runs twice at once, whatever happens to machines or networks in between.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from qntx_desktop.engines.sandbox.launcher import RunSpec
from qntx_desktop.model.confinement import SandboxLevel
from qntx_desktop.model.job import ExecutionStatus, Outcome

LEASE_S = 15.0
BEAT_S = 1.0
MARGIN_S = 1.0
"""Between the end of a lease as a worker counts it, and as the app does: the time to end a process."""
MOST_MESSAGE_BYTES = 96 << 20
_MOST_OUTPUT_CHARS = 9 << 20
_MOST_CODE_CHARS = 100
_ENDS = (ExecutionStatus.COMPLETED, ExecutionStatus.FAILED, ExecutionStatus.CANCELLED)


class StaysHereError(Exception):
    """The run was not begun anywhere and cannot be sent away; the text says why, as the end of a sentence."""


class PostBrokenError(Exception):
    """Messages cannot be sent or received."""


class OddMessageError(Exception):
    """The other side said what is no message."""


class Post(Protocol):
    """One way or both ways of messages between the app and a worker; any thread."""

    def send(self, message: Mapping[str, Any]) -> None:
        """Send a message.

        Raises:
            PostBrokenError: It cannot be.
        """

    def receive(self, timeout_s: float) -> dict[str, Any] | None:
        """The next message, None when none came in time.

        Raises:
            PostBrokenError: None can come any more.
            OddMessageError: What came is none.
        """

    def close(self) -> None:
        """Forget what nobody received."""


def written(message: Mapping[str, Any]) -> bytes:
    """A message as bytes."""
    return json.dumps(message, separators=(",", ":")).encode()


def read(raw: object) -> dict[str, Any]:
    """A message from bytes of anybody.

    Raises:
        OddMessageError: It is none.
    """
    if not isinstance(raw, bytes) or len(raw) > MOST_MESSAGE_BYTES:
        raise OddMessageError("no bytes, or too many")
    try:
        message = json.loads(raw, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise OddMessageError(f"not JSON: {error}"[:200]) from None
    if not isinstance(message, dict):
        raise OddMessageError("no object")
    return message


def order_of(spec: RunSpec, *, lease_s: float) -> dict[str, Any]:
    """What a worker needs to know of a run; files, secrets and packages cannot be sent."""
    return {
        "code": spec.code,
        "filename": spec.filename,
        "command": spec.command,
        "script_type": spec.script_type,
        "args": list(spec.args),
        "timeout_s": spec.timeout_s,
        "memory_bytes": spec.memory_bytes,
        "run_id": spec.run_id,
        "home_id": spec.home_id,
        "last_run_us": spec.last_run_us,
        "state": dict(spec.state),
        "payload": spec.payload,
        "upstream": spec.upstream,
        "network": True if spec.network is True else list(spec.network),
        "lease_s": lease_s,
    }


def spec_of(order: Mapping[str, Any], work_dir: Path, **more: Any) -> RunSpec:
    """The run of an order, on the worker."""
    same = ("code", "filename", "command", "script_type", "timeout_s", "memory_bytes", "run_id", "last_run_us")
    network = order["network"]
    return RunSpec(
        **{name: order[name] for name in same},
        args=tuple(order["args"]),
        home_id=f"remote-{order['home_id']}",
        state=order["state"],
        payload=order["payload"],
        upstream=order["upstream"],
        network=True if network is True else tuple(network),
        work_dir=work_dir,
        **more,
    )


def outcome_json(outcome: Outcome) -> dict[str, Any]:
    """How a run ended, as a worker tells it."""
    return {
        "op": "outcome",
        "status": str(outcome.status),
        "exit_code": outcome.exit_code,
        "stdout": outcome.stdout,
        "stderr": outcome.stderr,
        "stdout_dropped_bytes": outcome.stdout_dropped_bytes,
        "stderr_dropped_bytes": outcome.stderr_dropped_bytes,
        "duration_ms": outcome.duration_ms,
        "error": outcome.error,
        "sandbox": outcome.sandbox,
        "state_json": outcome.state_json,
    }


def outcome_of(said: Mapping[str, Any], cost: float, state_json: str | None) -> Outcome:
    """How a run ended, as a worker told it; cost and state are the app's own knowledge.

    Raises:
        OddMessageError: It is told in a way that cannot be stored.
    """
    status, error, sandbox = said.get("status"), said.get("error"), said.get("sandbox")
    if status not in _ENDS or (error is None) is not (status == ExecutionStatus.COMPLETED):
        raise OddMessageError("an end that is none")
    if error is not None and not _is_error(error):
        raise OddMessageError("an error that is none")
    if sandbox is not None and sandbox not in tuple(SandboxLevel):
        raise OddMessageError("no level of confinement")
    duration_ms, exit_code = said.get("duration_ms"), said.get("exit_code")
    if not isinstance(duration_ms, (int, float)) or not math.isfinite(duration_ms) or duration_ms < 0:
        raise OddMessageError("no duration")
    if exit_code is not None and not _is_whole(exit_code, least=-255):
        raise OddMessageError("no exit code")
    return Outcome(
        status=ExecutionStatus(status),
        exit_code=exit_code,
        stdout=_output(said, "stdout"),
        stderr=_output(said, "stderr"),
        stdout_dropped_bytes=_dropped(said, "stdout_dropped_bytes"),
        stderr_dropped_bytes=_dropped(said, "stderr_dropped_bytes"),
        duration_ms=float(duration_ms),
        error=error,
        cost=cost,
        sandbox=sandbox,
        state_json=state_json if status == ExecutionStatus.COMPLETED else None,
    )


def _is_error(error: object) -> bool:
    if not isinstance(error, dict) or set(error) != {"code", "message", "hint", "details"}:
        return False
    texts = all(isinstance(error[name], str) for name in ("code", "message", "hint"))
    return texts and 0 < len(error["code"]) <= _MOST_CODE_CHARS and isinstance(error["details"], dict)


def _is_whole(value: object, least: int) -> bool:
    return type(value) is int and least <= value < 1 << 53


def _output(said: Mapping[str, Any], name: str) -> str:
    text = said.get(name)
    if not isinstance(text, str) or len(text) > _MOST_OUTPUT_CHARS:
        raise OddMessageError(f"no {name}")
    return text.encode(errors="replace").decode().replace("\0", "\N{REPLACEMENT CHARACTER}")


def _dropped(said: Mapping[str, Any], name: str) -> int:
    value = said.get(name)
    if type(value) is not int or not 0 <= value < 1 << 53:
        raise OddMessageError(f"no {name}")
    return value


def _refuse(constant: str) -> None:
    raise ValueError(f"the number {constant}")
