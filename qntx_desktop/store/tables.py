"""The schema as SQLModel declares it; `migrations` makes it, and a test holds the two together.

Imported late, by the canvas only: sqlmodel costs most of a second. JSON stands as text; `_us` are microseconds.
"""

from __future__ import annotations

from sqlmodel import Field, SQLModel

from qntx_desktop.store.tables_api import ApiDeliveryRow as ApiDeliveryRow
from qntx_desktop.store.tables_api import ApiHookRow as ApiHookRow
from qntx_desktop.store.tables_api import ApiTokenRow as ApiTokenRow
from qntx_desktop.store.tables_canvas import CanvasPlaceRow as CanvasPlaceRow
from qntx_desktop.store.tables_canvas import CanvasStepRow as CanvasStepRow
from qntx_desktop.store.tables_inbox import FailureSeenRow as FailureSeenRow
from qntx_desktop.store.tables_permits import PackageLockRow as PackageLockRow
from qntx_desktop.store.tables_permits import PermitRow as PermitRow
from qntx_desktop.store.tables_plugins import PluginRow as PluginRow
from qntx_desktop.store.tables_queue import ExecutionGoneRow as ExecutionGoneRow
from qntx_desktop.store.tables_schedules import MissedSlotRow as MissedSlotRow
from qntx_desktop.store.tables_schedules import ScheduleRow as ScheduleRow
from qntx_desktop.store.tables_secrets import KeySlotRow as KeySlotRow
from qntx_desktop.store.tables_secrets import KeyVersionRow as KeyVersionRow
from qntx_desktop.store.tables_secrets import SecretRow as SecretRow
from qntx_desktop.store.tables_sources import CodeRevisionRow as CodeRevisionRow
from qntx_desktop.store.tables_sources import CodeSourceRow as CodeSourceRow
from qntx_desktop.store.tables_sources import CodeSyncRow as CodeSyncRow


class AttestationRow(SQLModel, table=True):
    """A stored claim, never changed."""

    __tablename__ = "attestation"

    seq: int = Field(primary_key=True)
    id: str = Field(unique=True)
    subjects: str
    predicates: str
    contexts: str
    actors: str
    timestamp_us: int
    source: str
    created_at_us: int
    execution_id: int | None = None
    attributes: str


class TermRow(SQLModel, table=True):
    """An interned term."""

    __tablename__ = "term"

    id: int = Field(primary_key=True)
    kind: int
    value: str


class AttestationTermRow(SQLModel, table=True):
    """A term of an attestation, in the order of the index."""

    __tablename__ = "attestation_term"

    term: int = Field(primary_key=True)
    timestamp_us: int = Field(primary_key=True)
    seq: int = Field(primary_key=True)


class JobRow(SQLModel, table=True):
    """A job of the queue."""

    __tablename__ = "job_queue"

    id: int = Field(primary_key=True)
    type: str
    status: str
    priority: int
    payload: str
    result: str | None = None
    error: str | None = None
    progress_current: float = 0
    progress_total: float | None = None
    progress_message: str = ""
    cost: float = 0
    waiting_code: str | None = None
    waiting_message: str = ""
    concurrent: int = 0
    reference_type: str | None = None
    reference_id: str | None = None
    process_instance_id: str | None = None
    attempt: int = 0
    retry_count: int = 0
    max_retries: int = 1
    schedule_id: int | None = None
    trigger: str
    cancel_requested: int = 0
    created_at_us: int
    started_at_us: int | None = None
    completed_at_us: int | None = None
    retry_of: int | None = None
    limit_key: str | None = None
    waiting_until_us: int | None = None


class SpentRow(SQLModel, table=True):
    """What the runs under one limit cost on one day."""

    __tablename__ = "spent"

    limit_key: str = Field(primary_key=True)
    day: str = Field(primary_key=True)
    cost: float


class RetentionMarkRow(SQLModel, table=True):
    """Every job up to an id, but for those named, had ended when the home was this old."""

    __tablename__ = "retention_mark"

    age_us: int = Field(primary_key=True)
    up_to_id: int
    open_ids: str


class OriginRow(SQLModel, table=True):
    """What is kept of an attempt past retention, because attestations came from it."""

    __tablename__ = "origin"

    execution_id: int = Field(primary_key=True)
    job_id: int
    attempt: int
    status: str
    command: str
    args: str
    handler_type: str | None = None
    handler_version: int | None = None
    handler_asid: str | None = None
    started_at_us: int
    duration_ms: float | None = None
    exit_code: int | None = None
    error: str | None = None
    sandbox: str
    trigger: str
    cost: float
    code_file: str | None = None


class ExecutionRow(SQLModel, table=True):
    """An attempt at a job."""

    __tablename__ = "execution"

    id: int = Field(primary_key=True)
    job_id: int = Field(foreign_key="job_queue.id")
    attempt: int
    status: str
    command: str = ""
    args: str = "[]"
    handler_type: str | None = None
    handler_version: int | None = None
    handler_asid: str | None = None
    started_at_us: int
    duration_ms: float | None = None
    exit_code: int | None = None
    error: str | None = None
    sandbox: str = "process"
    trigger: str
    cost: float = 0
    stdout_dropped_bytes: int = 0
    stderr_dropped_bytes: int = 0
    stdout: str = ""
    stderr: str = ""
    code_file: str | None = None


class ExecutionLogRow(SQLModel, table=True):
    """A line that a run logged."""

    __tablename__ = "execution_log"

    execution_id: int = Field(primary_key=True, foreign_key="execution.id")
    seq: int = Field(primary_key=True)
    at_us: int
    level: str
    message: str


class HandlerStateRow(SQLModel, table=True):
    """What a handler keeps between runs with the same arguments."""

    __tablename__ = "handler_state"

    key: str = Field(primary_key=True)
    state: str | None = None
    last_success_us: int | None = None
    updated_at_us: int


class CanvasRow(SQLModel, table=True):
    """A canvas and where the person looks on it."""

    __tablename__ = "canvas"

    id: int = Field(primary_key=True)
    name: str
    folder: str
    center_x: float
    center_y: float
    zoom: float
    saved_at_us: int | None = None
    uid: str = Field(unique=True)
    parent_uid: str | None = None
    made_at_us: int
    opened_at_us: int | None = None
    deleted_at_us: int | None = None


class GlyphRow(SQLModel, table=True):
    """A card on a canvas."""

    __tablename__ = "glyph"

    id: int = Field(primary_key=True)
    canvas_id: int = Field(foreign_key="canvas.id")
    kind: str
    x: float
    y: float
    width: float
    height: float
    z: int
    content: str
    state: str


class EdgeRow(SQLModel, table=True):
    """A link between two glyphs."""

    __tablename__ = "edge"

    id: int = Field(primary_key=True)
    canvas_id: int = Field(foreign_key="canvas.id")
    kind: str
    source_id: int = Field(foreign_key="glyph.id")
    target_id: int = Field(foreign_key="glyph.id")


class SettingRow(SQLModel, table=True):
    """A named text of the store itself."""

    __tablename__ = "setting"

    key: str = Field(primary_key=True)
    value: str


class ConnectionRow(SQLModel, table=True):
    """An attempt of a run to reach the network."""

    __tablename__ = "connection"

    execution_id: int = Field(primary_key=True, foreign_key="execution.id")
    seq: int = Field(primary_key=True)
    at_us: int
    host: str
    port: int | None = None
    address: str
    verdict: str
    arrival: str
