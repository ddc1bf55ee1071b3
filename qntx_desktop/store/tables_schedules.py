"""The tables of schema 4, see `tables`."""

from __future__ import annotations

from sqlmodel import Field, SQLModel


class ScheduleRow(SQLModel, table=True):
    """What runs again and again."""

    __tablename__ = "schedule"

    id: int = Field(primary_key=True)
    command: str
    type: str
    payload: str
    interval_s: int | None = None
    cron: str | None = None
    timezone: str
    missed: str
    state: str
    anchor_us: int
    next_run_at_us: int | None = None
    last_slot_us: int | None = None
    limit_key: str | None = None
    concurrent: int = 0
    glyph_id: int | None = None
    created_at_us: int


class MissedSlotRow(SQLModel, table=True):
    """A slot, or several in a row, without a run of its own in time."""

    __tablename__ = "missed_slot"

    schedule_id: int = Field(primary_key=True, foreign_key="schedule.id")
    slot_us: int = Field(primary_key=True)
    last_us: int
    count: int
    fate: str
    noticed_at_us: int
    job_id: int | None = None
