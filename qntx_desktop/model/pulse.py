"""What the Pulse panel shows: jobs with their newest attempt, marks on a line of time, figures for handlers.

Pure values; any thread.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from qntx_desktop.model.job import ENDED, JobStatus


class PulseState(StrEnum):
    """Where a job stands as a person sees it: `waiting` is a pending job that something holds back."""

    PENDING = "pending"
    WAITING = "waiting"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class PulseFilter:
    """Which jobs to show; what is None or empty asks for nothing.

    Args:
        text: Found in the command, output, error or handler of the newest attempt; case of A-Z is ignored.
        glyph_id: Runs of this glyph.
        since_us, until_us: Begun (made, before the first attempt) at or after, and before.
        unseen: Failures that nobody has seen.
    """

    state: PulseState | None = None
    type: str | None = None
    handler: str | None = None
    trigger: str | None = None
    glyph_id: int | None = None
    schedule_id: int | None = None
    text: str = ""
    since_us: int | None = None
    until_us: int | None = None
    unseen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PulseRow:
    """A job as a row of the table; the attempt is the newest one. Errors are inner error objects."""

    id: int
    type: str
    status: JobStatus
    command: str = ""
    handler_type: str | None = None
    handler_version: int | None = None
    trigger: str = ""
    attempt: int = 0
    created_at_us: int = 0
    started_at_us: int | None = None
    completed_at_us: int | None = None
    duration_ms: float | None = None
    waiting_code: str | None = None
    waiting_message: str = ""
    progress_current: float = 0
    progress_total: float | None = None
    error: Mapping[str, Any] | None = None
    reference_type: str | None = None
    reference_id: str | None = None
    schedule_id: int | None = None
    cancel_requested: bool = False

    @property
    def ended(self) -> bool:
        """True when nothing more will happen to it."""
        return self.status in ENDED

    @property
    def state(self) -> PulseState:
        """Where it stands as a person sees it."""
        if self.status is JobStatus.PENDING and self.waiting_code is not None:
            return PulseState.WAITING
        return PulseState(str(self.status))

    @property
    def glyph_id(self) -> int | None:
        """The glyph that asked for it, if one did."""
        return int(self.reference_id or 0) if self.reference_type == "glyph" else None


@dataclass(frozen=True, slots=True, kw_only=True)
class PulsePage:
    """Some rows, newest first. `before_id` asks for the next; None: there are no more.

    A search may end its page early, with fewer rows than asked for, so that no read takes long.
    """

    rows: tuple[PulseRow, ...]
    before_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Runs of one handler that stand together on the line of time; `job_id` is the newest of them."""

    lane: str
    status: str
    start_us: int
    end_us: int
    count: int
    job_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A run that is due."""

    lane: str
    at_us: int
    schedule_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A slot of a schedule that passed without a run, with the reason in words."""

    lane: str
    at_us: int
    schedule_id: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """What ran, is due or was missed in a stretch of time; not `complete` when older runs were left out."""

    since_us: int
    until_us: int
    marks: tuple[Mark, ...] = ()
    planned: tuple[Planned, ...] = ()
    gaps: tuple[Gap, ...] = ()
    complete: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class HandlerFigures:
    """How the newest runs of a handler went; `durations_ms` of the last, oldest first, None for a failed one."""

    handler_type: str
    runs: int
    failed: int
    durations_ms: tuple[float | None, ...] = ()

    @property
    def median_ms(self) -> float | None:
        """The middle one of the durations that are shown."""
        known = sorted(each for each in self.durations_ms if each is not None)
        return known[len(known) // 2] if known else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Jobs that wait for the same reason."""

    code: str
    message: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PulseTotals:
    """How many jobs stand where, what holds some of them back, and how many failures nobody has seen."""

    counts: Mapping[JobStatus, int] = field(default_factory=dict)
    held: tuple[Held, ...] = ()
    unseen: int = 0

    def of(self, status: JobStatus) -> int:
        """How many jobs have this status."""
        return self.counts.get(status, 0)

    @property
    def waiting(self) -> int:
        """How many pending jobs something holds back."""
        return sum(each.count for each in self.held)
