"""The tables of schema 6, see `tables`."""

from __future__ import annotations

from sqlmodel import Field, SQLModel


class KeySlotRow(SQLModel, table=True):
    """A way to the master key."""

    __tablename__ = "key_slot"

    kind: str = Field(primary_key=True)
    name: str
    salt: str
    wrapped: str
    created_at_us: int


class KeyVersionRow(SQLModel, table=True):
    """A key that seals, itself sealed with the master key."""

    __tablename__ = "key_version"

    version: int = Field(primary_key=True)
    wrapped: str
    created_at_us: int


class SecretRow(SQLModel, table=True):
    """A named secret, sealed."""

    __tablename__ = "secret"

    id: int = Field(primary_key=True)
    name: str = Field(unique=True)
    sealed: str
    created_at_us: int
    updated_at_us: int
    last_used_at_us: int | None = None
    last_execution_id: int | None = None
