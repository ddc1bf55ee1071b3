"""The table of schema 11, see `tables`."""

from __future__ import annotations

from sqlmodel import Field, SQLModel


class FailureSeenRow(SQLModel, table=True):
    """A failed job that a person has seen."""

    __tablename__ = "failure_seen"

    job_id: int = Field(primary_key=True)
