"""Jobs and executions: what is asked for, each attempt at it, and the states in between.

Pure; any thread. `TRANSITIONS` is the one table of legal changes; the store guards each with status,
instance and attempt (docs/jobs.md draws it).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Any

from qntx_desktop.model.clock import iso
from qntx_desktop.model.code_file import CodeFile
from qntx_desktop.model.connection import Connection


class JobStatus(StrEnum):
    """Where a job stands."""

    PENDING = "pending"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


ENDED = frozenset({JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED})

TRANSITIONS: Mapping[JobStatus, frozenset[JobStatus]] = {
    JobStatus.PENDING: frozenset({JobStatus.RUNNING, JobStatus.CANCELLED}),
    JobStatus.RUNNING: frozenset(
        {JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED, JobStatus.PENDING}
    ),
    JobStatus.COMPLETED: frozenset(),
    JobStatus.FAILED: frozenset(),
    JobStatus.CANCELLED: frozenset(),
}


class Priority(IntEnum):
    """Higher is claimed first; equal is first in, first out by id."""

    SCHEDULED = 0
    NORMAL = 50
    MANUAL = 100


class Trigger(StrEnum):
    """What asked for a run."""

    MANUAL = "manual"
    CLI = "cli"
    SCHEDULE = "schedule"
    WEBHOOK = "webhook"
    API = "api"
    MELD = "meld"
    RETRY = "retry"
    PLUGIN = "plugin"
    ORPHAN = "orphan"
    """Of an attempt only: the one before it was lost with its process. The job keeps what asked for it."""


class Waiting(StrEnum):
    """Why a pending job does not start; those who wait for something else add their code here."""

    NO_HANDLER_FOR_TYPE = "no_handler_for_type"
    RATE_LIMIT = "rate_limit"
    BUDGET = "budget"
    PERMISSION_REQUIRED = "permission_required"
    PLUGIN_UNAVAILABLE = "plugin_unavailable"
    """Its plugin does not run now; it goes on when that does."""
    NOT_SAVED_YET = "not_saved_yet"
    """Shown, never stored: the run has ended, and the store cannot take its end yet."""


PYTHON_SCRIPT = "python.script"
IX_GIT = "ix.git"
"""A built-in's job type is also the actor that stamps what it attests; no handler can be called that."""
HOUSEKEEPING = "housekeeping"
WHY_HERE = "why_here"
"""In the result of a script that asked for the cluster and ran on this computer: why, as the end of a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRequest:
    """A job to be made. The reference is both or neither; docs/jobs.md says what joins and what replaces.

    Args:
        retry_of: The job that this one does again.
        limit_key: Whose rate and budget limits count for it, such as a script type; None: nobody's.
    """

    type: str
    payload: Mapping[str, Any]
    priority: int = Priority.MANUAL
    reference_type: str | None = None
    reference_id: str | None = None
    concurrent: bool = False
    trigger: str = Trigger.MANUAL
    max_retries: int = 1
    schedule_id: int | None = None
    retry_of: int | None = None
    limit_key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A row of the queue. `progress` is (current, total or None, message); errors are inner error objects."""

    id: int
    type: str
    status: JobStatus
    priority: int
    payload: Mapping[str, Any]
    result: Any = None
    error: Mapping[str, Any] | None = None
    progress_current: float = 0
    progress_total: float | None = None
    progress_message: str = ""
    cost: float = 0.0
    waiting_code: str | None = None
    waiting_message: str = ""
    waiting_until_us: int | None = None
    concurrent: bool = False
    reference_type: str | None = None
    reference_id: str | None = None
    process_instance_id: str | None = None
    attempt: int = 0
    retry_count: int = 0
    max_retries: int = 1
    schedule_id: int | None = None
    trigger: str = Trigger.MANUAL
    cancel_requested: bool = False
    created_at_us: int = 0
    started_at_us: int | None = None
    completed_at_us: int | None = None
    retry_of: int | None = None
    limit_key: str | None = None

    @property
    def why_here(self) -> str:
        """Why it ran on this computer although it asked for the cluster; empty when there is nothing to say."""
        if self.type != PYTHON_SCRIPT or not isinstance(self.result, Mapping):  # others say what they like
            return ""
        return str(self.result.get(WHY_HERE, ""))

    @property
    def ended(self) -> bool:
        """True when nothing more will happen to it."""
        return self.status in ENDED

    def to_json(self) -> dict[str, Any]:
        """The contract's shape (section 4)."""
        waiting: dict[str, Any] | None = None
        if self.waiting_code is not None:
            waiting = {
                "code": self.waiting_code,
                "message": self.waiting_message,
                "until": iso(self.waiting_until_us),
            }
        return {
            "id": self.id,
            "type": self.type,
            "status": str(self.status),
            "priority": self.priority,
            "payload": dict(self.payload),
            "result": self.result,
            "error": dict(self.error) if self.error is not None else None,
            "progress": {
                "current": self.progress_current,
                "total": self.progress_total,
                "message": self.progress_message,
            },
            "cost": self.cost,
            "waiting": waiting,
            "concurrent": self.concurrent,
            "reference_type": self.reference_type,
            "reference_id": self.reference_id,
            "process_instance_id": self.process_instance_id,
            "attempt": self.attempt,
            "retry_count": self.retry_count,
            "max_retries": self.max_retries,
            "schedule_id": self.schedule_id,
            "trigger": self.trigger,
            "retry_of": self.retry_of,
            "created_at": iso(self.created_at_us),
            "started_at": iso(self.started_at_us),
            "completed_at": iso(self.completed_at_us),
        }


class ExecutionStatus(StrEnum):
    """How one attempt stands; `interrupted` is an attempt that was lost with its process or by quitting."""

    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Execution:
    """One attempt at a job. stdout and stderr hold up to 8 MiB each; `*_dropped_bytes` count the rest."""

    id: int
    job_id: int
    attempt: int
    status: ExecutionStatus
    command: str = ""
    args: tuple[str, ...] = ()
    handler_type: str | None = None
    handler_version: int | None = None
    handler_asid: str | None = None
    started_at_us: int = 0
    duration_ms: float | None = None
    exit_code: int | None = None
    stdout: str = ""
    stderr: str = ""
    stdout_dropped_bytes: int = 0
    stderr_dropped_bytes: int = 0
    attestation_count: int = 0
    attestation_ids: tuple[str, ...] = ()
    error: Mapping[str, Any] | None = None
    sandbox: str = "process"
    trigger: str = Trigger.MANUAL
    cost: float = 0.0
    connections: tuple[Connection, ...] = ()
    code_file: CodeFile | None = None

    def to_json(self) -> dict[str, Any]:
        """The contract's shape (section 4); `attestation_ids` in the order they were made."""
        handler = None
        if self.handler_asid is not None:
            handler = {
                "script_type": self.handler_type,
                "version": self.handler_version,
                "asid": self.handler_asid,
            }
        return {
            "id": self.id,
            "job_id": self.job_id,
            "handler": handler,
            "code_file": self.code_file.to_json() if self.code_file is not None else None,
            "command": self.command,
            "args": list(self.args),
            "started_at": iso(self.started_at_us),
            "duration_ms": self.duration_ms,
            "status": str(self.status),
            "exit_code": self.exit_code,
            "stdout": self.stdout,
            "stderr": self.stderr,
            "stdout_dropped_bytes": self.stdout_dropped_bytes,
            "stderr_dropped_bytes": self.stderr_dropped_bytes,
            "attestation_ids": list(self.attestation_ids),
            "error": dict(self.error) if self.error is not None else None,
            "sandbox": self.sandbox,
            "connections": [each.to_json() for each in self.connections],
            "trigger": self.trigger,
            "attempt": self.attempt,
            "cost": self.cost,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How an attempt ended, as the runner stores it. `error` None and status completed go together."""

    status: ExecutionStatus
    exit_code: int | None = None
    stdout: str = ""
    stderr: str = ""
    stdout_dropped_bytes: int = 0
    stderr_dropped_bytes: int = 0
    duration_ms: float = 0.0
    error: Mapping[str, Any] | None = None
    result: Any = None
    cost: float = 0.0
    sandbox: str | None = None
    """How it was confined; None when nothing was started: what was noted before stays."""
    state_json: str | None = None
    """New `qntx.state` to keep, only when the run ended well and changed it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """One line a run logged: `level` is debug, info, warning or error."""

    execution_id: int
    seq: int
    at_us: int
    level: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JobFilter:
    """Which jobs to list, newest first. `before_id` continues a page."""

    status: JobStatus | None = None
    type: str | None = None
    reference_type: str | None = None
    reference_id: str | None = None
    limit: int = 100
    before_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryReport:
    """What a start found of a process that was lost: job ids put back, failed and superseded."""

    restarted: tuple[int, ...] = field(default=())
    failed: tuple[int, ...] = field(default=())
    superseded: tuple[int, ...] = field(default=())

    @property
    def any(self) -> bool:
        """True when there is something to tell the person."""
        return bool(self.restarted or self.failed or self.superseded)
