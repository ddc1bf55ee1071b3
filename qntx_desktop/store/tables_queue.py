"""The table of schema 16, see `tables`."""

from __future__ import annotations

from sqlmodel import Field, SQLModel


class ExecutionGoneRow(SQLModel, table=True):
    """The highest number of an attempt whose row was deleted while it was the newest."""

    __tablename__ = "execution_gone"

    id: int = Field(primary_key=True)
