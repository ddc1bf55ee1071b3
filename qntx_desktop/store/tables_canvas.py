"""The table of schema 14, see `tables`."""

from __future__ import annotations

from sqlmodel import Field, SQLModel


class CanvasStepRow(SQLModel, table=True):
    """One thing a person did to a canvas; `done` is 0 when it was taken back."""

    __tablename__ = "canvas_step"

    canvas_id: int = Field(primary_key=True, foreign_key="canvas.id")
    id: int = Field(primary_key=True)
    label: str
    done: int
    change: str
