"""Glyphs, edges and the canvas they stand on.

Pure; any thread. Coordinates and sizes are canvas units (one unit is one pixel at 100 %), x right, y down.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

KIND_IX = "ix"
KIND_PYTHON = "python"
KIND_RESULT = "result"
KIND_NOTE = "note"
KIND_FRAME = "frame"
KIND_ATTESTATION = "attestation"
KIND_PREVIEW = "preview"
KIND_ERROR = "error"
KIND_CANVAS = "canvas"

EDGE_HANDLER = "handler"
"""From an IX glyph to the Python glyph that holds the handler of its type."""
EDGE_RESULT = "result"
"""From the glyph that ran to the glyph that shows the outcome."""

EDGE_FROM = "from"
"""From a glyph to one that was made out of what it shows."""

GRID_PX = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyph:
    """A card on the canvas.

    Args:
        id: Unique within the home, given out by the canvas service, never used twice.
        kind: A name of the glyph registry; unknown kinds are kept and shown as placeholders.
        content: What the person made (text, code, script type): changes are undoable.
        state: What runs left behind (last job, error, saved version): not undoable, but kept.

    Content of `ix`: `{"text": str}`. State: `{"job_id": int|None, "error": {inner error}|None,
    "script_type": str|None}`.
    Content of `python`: `{"code": str, "script_type": str|None}`. State: `{"saved": {"version", "asid",
    "code_sha256", "at_us"}|None, "job_id": int|None, "error": {...}|None, "failed_line": int|None}`.
    Content of `result`: `{}`. State: `{"job_id": int, "execution_id": int|None}`.
    Content of `note`: `{"text": str}`, Markdown. Content of `frame`: `{}`. Content of
    `attestation`: `{"attestation": {its JSON}}`. Content of `preview`: `{"path": str}`.
    Content of `canvas`: `{"canvas": uid of the canvas it opens}`.
    Content of `error`: `{"error": {its JSON}, "command": str, "job_id": int|None, "at_us": int|None}`.
    Any glyph may have marks, see `marks`.
    """

    id: int
    kind: str
    x: float
    y: float
    width: float
    height: float
    z: int = 0
    content: Mapping[str, Any] = field(default_factory=dict)
    state: Mapping[str, Any] = field(default_factory=dict)


def moved(glyph: Glyph, x: float, y: float) -> Glyph:
    """The glyph at another place; five times as quick as `replace`, for hundreds that are dragged at once."""
    return Glyph(
        id=glyph.id,
        kind=glyph.kind,
        x=x,
        y=y,
        width=glyph.width,
        height=glyph.height,
        z=glyph.z,
        content=glyph.content,
        state=glyph.state,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A visible link from one glyph to another."""

    id: int
    kind: str
    source_id: int
    target_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewpoint:
    """Where the person looks: the canvas point at the middle of the view, and the zoom (1.0 = 100 %)."""

    center_x: float = 0.0
    center_y: float = 0.0
    zoom: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Canvas:
    """A canvas with everything on it. `folder` is where relative paths in commands start from."""

    id: int
    name: str
    folder: str
    viewpoint: Viewpoint
    glyphs: Mapping[int, Glyph]
    edges: Mapping[int, Edge]
    next_id: int
    """The first id not given out yet, for glyphs and edges alike."""
    saved_at_us: int | None = None
    uid: str = ""
    """Names it in every home; glyphs that open a canvas hold it."""
    parent_uid: str | None = None
    """The canvas whose glyph opened it first; None: it stands by itself."""
