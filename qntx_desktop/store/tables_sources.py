"""The tables of schema 7, see `tables`."""

from __future__ import annotations

from sqlmodel import Field, SQLModel


class CodeSourceRow(SQLModel, table=True):
    """A folder or repository of code."""

    __tablename__ = "code_source"

    id: int = Field(primary_key=True)
    name: str
    name_folded: str = Field(unique=True)
    type: str
    enabled: int = 1
    created_at_us: int
    updated_at_us: int
    type_settings: str | None = None
    type_secret: str | None = None
    sync_settings: str | None = None
    sync_secret: str | None = None
    last_sync_started_at_us: int | None = None
    last_sync_at_us: int | None = None
    last_sync_error: str | None = None
    next_sync_at_us: int | None = None
    failures: int = 0


class CodeRevisionRow(SQLModel, table=True):
    """A complete commit of a source as it lies on the disk."""

    __tablename__ = "code_revision"

    id: int = Field(primary_key=True)
    source_id: int = Field(foreign_key="code_source.id")
    commit_id: str
    folder: str
    state: str
    files: int
    size_bytes: int
    notes: str = "[]"
    declared: str = "{}"
    created_at_us: int


class CodeSyncRow(SQLModel, table=True):
    """A sync that ended, well or not."""

    __tablename__ = "code_sync"

    id: int = Field(primary_key=True)
    source_id: int = Field(foreign_key="code_source.id")
    job_id: int | None = None
    trigger: str
    status: str
    started_at_us: int
    duration_ms: float
    from_commit: str | None = None
    to_commit: str | None = None
    added: int = 0
    changed: int = 0
    removed: int = 0
    received_bytes: int = 0
    paths: str = "[]"
    notes: str = "[]"
    error: str | None = None
