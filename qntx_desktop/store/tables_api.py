"""The tables of schema 12, see `tables`."""

from __future__ import annotations

from sqlmodel import Field, SQLModel


class ApiTokenRow(SQLModel, table=True):
    """A client of the local API."""

    __tablename__ = "api_token"

    id: int = Field(primary_key=True)
    name: str
    sha256: str
    scopes: str
    level: str
    created_at_us: int
    rotated_at_us: int | None = None
    last_used_at_us: int | None = None


class ApiHookRow(SQLModel, table=True):
    """A webhook that starts a handler."""

    __tablename__ = "api_hook"

    id: int = Field(primary_key=True)
    name: str
    script_type: str
    args: str
    sealed: str
    enabled: int
    created_at_us: int


class ApiDeliveryRow(SQLModel, table=True):
    """Something that came to a webhook."""

    __tablename__ = "api_delivery"

    id: int = Field(primary_key=True)
    target: str
    target_id: int
    at_us: int
    delivery: str
    event: str
    outcome: str
    reason: str
    job_id: int | None = None
