"""The job types `plugin/handler`: work that a plugin announced and does. Made by name; any thread but the GUI's.

The worker waits while the plugin works. What comes back is a stranger's word and checked here.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from qntx_desktop.model.errors import (
    ErrCancelled,
    ErrInvalidPayload,
    ErrPluginFailed,
    ErrPluginNotFound,
    ErrPluginTimeout,
    ErrPluginUnavailable,
    QntxError,
)
from qntx_desktop.model.job import ExecutionStatus, Job, Outcome
from qntx_desktop.model.plugin import split_type
from qntx_desktop.services.jobs.job_type import RunContext, RunIdentity
from qntx_desktop.services.plugin_payload import payload_bytes
from qntx_desktop.store.database import Tx

if TYPE_CHECKING:
    from qntx_desktop.services.plugin_host import Reply

LANE_PREFIX = "plugin:"
LANE_WIDTH = 4
"""So many jobs a plugin is given at once."""
MAX_PAYLOAD_BYTES = 16 << 20
MAX_RESULT_BYTES = 4 << 20
MAX_LINES = 2_000
MAX_LINE_CHARS = 4_000
_LEVELS = {"warn": "warning", "fatal": "error", "critical": "error", "trace": "debug"}
_KNOWN = ("debug", "info", "warning", "error")


class PluginJob:
    """Has a plugin do it."""

    def __init__(self, job_type: str) -> None:
        parts = split_type(job_type)
        if parts is None:
            raise ValueError(f"{job_type} is no handler of a plugin")
        self.name = job_type
        self.plugin, self.handler = parts
        self.lane = f"{LANE_PREFIX}{self.plugin}"

    def check(self, payload: Mapping[str, Any]) -> None:
        """Look at a payload before a job is made of it; what is in it is the plugin's affair.

        Raises:
            ErrInvalidPayload: It is no object, or too large.
        """
        if not isinstance(payload, Mapping):
            raise ErrInvalidPayload(self.name, "", "must be an object")
        try:
            size = len(json.dumps(payload, allow_nan=False))
        except (TypeError, ValueError, RecursionError) as error:
            raise ErrInvalidPayload(self.name, "", f"cannot be JSON: {error}") from None
        if size > MAX_PAYLOAD_BYTES:
            raise ErrInvalidPayload(self.name, "", f"has {size:,} bytes as JSON, at most {MAX_PAYLOAD_BYTES:,}")

    def foresee(self, _tx: Tx, job: Job) -> RunIdentity:
        """What the job will run."""
        return self._identity(job.payload)

    def run(self, context: RunContext) -> Outcome:
        """Do the work.

        Raises:
            ErrPluginUnavailable: The plugin does not run; the job waits for it, or fails, as it is set.
            ErrCancelled: While the plugin started.
        """
        host, began, job_id = context.bench.plugins, time.monotonic(), str(context.job_id or context.run_id)
        execution_id = int(context.run_id) if context.run_id.isdecimal() else None
        timeout_s = host.job_timeout_s
        try:
            host.wait(self.plugin, lambda: context.cancel.requested)
            with host.runs(self.plugin).under_way(job_id, execution_id, context.record):
                context.record.begin(self._identity(context.payload))
                reply = self._asked(context, job_id, timeout_s)
        except ErrPluginNotFound as error:
            raise ErrPluginUnavailable(self.plugin, "it was removed.", hint=error.hint, final=True) from None
        except ErrCancelled:
            return _ended(ExecutionStatus.CANCELLED, began, _cancelled(context))
        except QntxError as error:
            if isinstance(error, (ErrPluginFailed, ErrPluginTimeout)):
                return _ended(ExecutionStatus.FAILED, began, error)
            raise
        return self._outcome(context, reply, began)

    def _identity(self, payload: Mapping[str, Any]) -> RunIdentity:
        command, args = payload.get("command"), payload.get("args")
        return RunIdentity(
            command=command if isinstance(command, str) and command else self.name,
            script_type=self.handler,
            args=tuple(str(each) for each in args) if isinstance(args, (list, tuple)) else (),
            handler=None,
            built_in=self.name,
            remembers=None,
        )

    def _asked(self, context: RunContext, job_id: str, timeout_s: float) -> Reply:
        from qntx_desktop.engines.plugins.client import CallError  # late: hides grpc

        stoppers: list[Any] = []

        def on_begun(stop: Any) -> None:
            stoppers.append(stop)
            context.cancel.on_cancel(stop)

        try:
            return context.bench.plugins.execute(
                self.plugin,
                handler=self.handler,
                job_id=job_id,
                payload=payload_bytes(context.payload),
                timeout_s=timeout_s,
                cancelled=lambda: context.cancel.requested,
                on_begun=on_begun,
            )
        except CallError as error:
            if context.cancel.requested:
                raise ErrCancelled(context.cancel.reason or "cancelled") from None
            if error.kind == "timeout":
                raise ErrPluginTimeout(self.plugin, self.handler, timeout_s) from None
            raise ErrPluginFailed(self.plugin, self.handler, _reason(error.kind, error.reason)) from None
        finally:
            for stop in stoppers:
                context.cancel.forget(stop)

    def _outcome(self, context: RunContext, reply: Reply, began: float) -> Outcome:
        notes = _log_lines(context, reply)
        current, total = reply.progress
        if current > 0 or total > 0:
            context.record.progress(max(0, current), total if total > 0 else None, "")
        result, note = _result_of(reply.result)
        for text in (*notes, *([note] if note else [])):
            context.record.log("warning", text)
        cost = reply.cost if math.isfinite(reply.cost) and reply.cost > 0 else 0.0
        error = None
        if not reply.success:
            error = ErrPluginFailed(self.plugin, self.handler, reply.error[:MAX_LINE_CHARS] or "it gave no reason")
        return Outcome(
            status=ExecutionStatus.COMPLETED if reply.success else ExecutionStatus.FAILED,
            error=error.to_json() if error is not None else None,
            result=result,
            cost=cost,
            duration_ms=(time.monotonic() - began) * 1000,
            sandbox="plugin",
        )


def plugin_job(job_type: str) -> PluginJob | None:
    """The job type of that name, None when it is none of a plugin."""
    return PluginJob(job_type) if split_type(job_type) is not None else None


def _ended(status: ExecutionStatus, began: float, error: QntxError) -> Outcome:
    return Outcome(
        status=status,
        error=error.to_json(),
        duration_ms=(time.monotonic() - began) * 1000,
        sandbox="plugin",
    )


def _cancelled(context: RunContext) -> ErrCancelled:
    return ErrCancelled(context.cancel.reason or "cancelled")


def _reason(kind: str, said: str) -> str:
    if kind == "unimplemented":
        return "it does not run jobs."
    if kind in ("unavailable", "cancelled"):  # cancelled by nobody: the host saw the process end first
        return "it ended or broke the connection while it worked."
    return f"its answer is too large: {said}" if kind == "too_large" else f"it did not answer well: {said}"


def _log_lines(context: RunContext, reply: Reply) -> list[str]:
    """Pass its lines on; what was left out, in sentences."""
    notes = []
    for level, message, stage in reply.lines[:MAX_LINES]:
        known = _LEVELS.get(level.lower(), level.lower())
        text = f"{stage[:100]}: {message}" if stage else message
        context.record.log(known if known in _KNOWN else "info", text[:MAX_LINE_CHARS].replace("\0", ""))
    if len(reply.lines) > MAX_LINES:
        notes.append(f"{len(reply.lines) - MAX_LINES:,} more lines of the plugin were left out.")
    return notes


def _result_of(data: bytes) -> tuple[Any, str]:
    """The result as JSON, as text when it is none; and what is wrong with it."""
    if not data:
        return None, ""
    if len(data) > MAX_RESULT_BYTES:
        return None, f"The result has {len(data):,} bytes, at most {MAX_RESULT_BYTES:,} are kept: it was left out."
    text = data.decode("utf-8", "replace").replace("\0", "")
    try:
        found = json.loads(text, parse_constant=_no_constant)
        json.dumps(found).encode()
    except (ValueError, RecursionError):
        return text, "The result is no JSON and was kept as text."
    return found, ""


def _no_constant(name: str) -> None:
    raise ValueError(name)
