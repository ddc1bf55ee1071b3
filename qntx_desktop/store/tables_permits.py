"""The tables of schema 5, see `tables`."""

from __future__ import annotations

from sqlmodel import Field, SQLModel


class PermitRow(SQLModel, table=True):
    """What a person said about a piece of code from elsewhere."""

    __tablename__ = "permit"

    key: str = Field(primary_key=True)
    script_type: str
    origin: str
    level: str | None = None
    allowed_at_us: int | None = None


class PackageLockRow(SQLModel, table=True):
    """The exact packages that a piece of code runs with."""

    __tablename__ = "package_lock"

    key: str = Field(primary_key=True)
    lock: str
    python: str
    made_at_us: int
