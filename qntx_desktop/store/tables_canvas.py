"""The tables of schemas 14 and 15, see `tables`."""

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


class CanvasPlaceRow(SQLModel, table=True):
    """A part of a canvas with a name."""

    __tablename__ = "canvas_place"

    id: int = Field(primary_key=True)
    canvas_id: int = Field(foreign_key="canvas.id")
    name: str
    center_x: float
    center_y: float
    zoom: float
