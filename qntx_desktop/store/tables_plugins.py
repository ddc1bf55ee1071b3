"""The table of schema 17, see `tables`."""

from __future__ import annotations

from sqlmodel import Field, SQLModel


class PluginRow(SQLModel, table=True):
    """A plugin as it is set up and as it stands."""

    __tablename__ = "plugin"

    id: int = Field(primary_key=True)
    name: str = Field(unique=True)
    path: str
    args: str
    enabled: int
    settings: str
    generation: int
    announced: str
    kept: str
    state: str
    error: str | None = None
    live: str
    added_at_us: int
    changed_at_us: int
