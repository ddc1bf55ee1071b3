"""Rows of glyphs and edges, and back. Pure; whoever reads or writes them; no library beyond the standard one."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from qntx_desktop.model.errors import ErrInvalidPayload
from qntx_desktop.model.glyph import Edge, Glyph

_ID_FITS = 1 << 62


def glyph_row(canvas_id: int, glyph: Glyph) -> dict[str, Any]:
    """A glyph as values of its columns.

    Raises:
        ErrInvalidPayload: A number is not finite, or content is not JSON.
    """
    place = f"glyph {glyph.id}"
    numbers = {name: finite(f"{place}.{name}", getattr(glyph, name)) for name in ("x", "y", "width", "height")}
    return {
        "id": _id(place, glyph.id),
        "canvas_id": canvas_id,
        "kind": glyph.kind,
        **numbers,
        "z": glyph.z,
        "content": _json(f"{place}.content", glyph.content),
        "state": _json(f"{place}.state", glyph.state),
    }


def edge_row(canvas_id: int, edge: Edge) -> dict[str, Any]:
    """An edge as values of its columns."""
    return {
        "id": _id(f"edge {edge.id}", edge.id),
        "canvas_id": canvas_id,
        "kind": edge.kind,
        "source_id": edge.source_id,
        "target_id": edge.target_id,
    }


def glyph_of(row: Sequence[Any]) -> Glyph:
    """A glyph from its columns, in the order of the table."""
    return Glyph(
        id=row[0],
        kind=row[2],
        x=row[3],
        y=row[4],
        width=row[5],
        height=row[6],
        z=row[7],
        content=json.loads(row[8]),
        state=json.loads(row[9]),
    )


def edge_of(row: Sequence[Any]) -> Edge:
    """An edge from its columns, in the order of the table."""
    return Edge(id=row[0], kind=row[2], source_id=row[3], target_id=row[4])


def _id(place: str, number: int) -> int:
    if not 0 < number < _ID_FITS:
        raise ErrInvalidPayload("canvas", f"{place}.id", "is not a positive number")
    return number


def finite(place: str, number: float) -> float:
    """SQLite would turn NaN into NULL in silence."""
    if not math.isfinite(number):
        raise ErrInvalidPayload("canvas", place, f"{number} is not a finite number")
    return float(number)


def _json(place: str, value: Mapping[str, Any]) -> str:
    """Text as the person typed it, even half a character, survives: JSON is written in ASCII."""
    try:
        return json.dumps(dict(value), allow_nan=False, separators=(",", ":"))
    except (TypeError, ValueError) as error:
        raise ErrInvalidPayload("canvas", place, str(error)) from error
