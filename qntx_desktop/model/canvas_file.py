"""Glyphs and their links as text: what is copied, and what a `.qntxcanvas` file holds.

Pure; any thread. The format is JSON with sorted keys and one glyph a line, so that two files can be compared:
`{"format": "qntx.canvas", "version": 1, "name": ..., "glyphs": [...], "edges": [...]}`. Numbers of glyphs hold
within the file only. Canvases inside others follow as `"canvas UID": {"name", "glyphs", "edges"}`. What runs left
behind (`Glyph.state`) stays out: it speaks of jobs of one home. Unknown kinds are kept.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from qntx_desktop.model.errors import ErrInvalidPayload
from qntx_desktop.model.glyph import KIND_CANVAS, Edge, Glyph

FORMAT, VERSION = "qntx.canvas", 1
SUFFIX = ".qntxcanvas"
MOST_GLYPHS = 100_000
FARTHEST_PX = 1_000_000.0
_NUMBERS = ("x", "y", "width", "height")
_INSIDE = "canvas "
_UID = re.compile(r"canvas [0-9a-f]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CanvasText:
    """What a text holds. Ids are those of the text."""

    name: str = ""
    glyphs: tuple[Glyph, ...] = ()
    edges: tuple[Edge, ...] = ()
    inside: Mapping[str, CanvasText] = field(default_factory=dict)
    """Canvases that glyphs of kind `canvas` open, by what those glyphs hold; they lie side by side here."""


def written(
    name: str, glyphs: Iterable[Glyph], edges: Iterable[Edge], inside: Mapping[str, CanvasText] | None = None
) -> str:
    """Glyphs and the links between them as text; links to others are left out."""
    lines = [
        "{",
        f' "format": {json.dumps(FORMAT)},',
        f' "version": {VERSION},',
        *_body(name, glyphs, edges),
    ]
    for uid, each in sorted((inside or {}).items()):
        lines[-1] += ","
        lines += [f' "canvas {uid}": {{', *_body(each.name, each.glyphs, each.edges), " }"]
    return "\n".join([*lines, "}"]) + "\n"


def _body(name: str, glyphs: Iterable[Glyph], edges: Iterable[Edge]) -> list[str]:
    chosen = sorted(glyphs, key=lambda glyph: glyph.id)
    known = {glyph.id for glyph in chosen}
    inner = [edge for edge in edges if edge.source_id in known and edge.target_id in known]
    return [
        f' "name": {json.dumps(name)},',
        _listed("glyphs", [_glyph_parts(glyph) for glyph in chosen]) + ",",
        _listed("edges", [_edge_parts(edge) for edge in sorted(inner, key=lambda edge: edge.id)]),
    ]


def _listed(name: str, rows: list[dict[str, Any]]) -> str:
    if not rows:
        return f' "{name}": []'
    inside = ",\n".join("  " + json.dumps(row, sort_keys=True, allow_nan=False) for row in rows)
    return f' "{name}": [\n{inside}\n ]'


def _glyph_parts(glyph: Glyph) -> dict[str, Any]:
    numbers = {name: getattr(glyph, name) for name in (*_NUMBERS, "z")}
    return {"id": glyph.id, "kind": glyph.kind, "content": dict(glyph.content), **numbers}


def _edge_parts(edge: Edge) -> dict[str, Any]:
    return {"id": edge.id, "kind": edge.kind, "source_id": edge.source_id, "target_id": edge.target_id}


def opened_by(glyphs: Iterable[Glyph]) -> tuple[str, ...]:
    """The names of the canvases that glyphs open."""
    found = (each.content.get("canvas") for each in glyphs if each.kind == KIND_CANVAS)
    return tuple(each for each in found if isinstance(each, str))


def is_canvas_text(text: str) -> bool:
    """True when a text claims to hold glyphs; it may still be broken."""
    return text.lstrip().startswith("{") and f'"{FORMAT}"' in text[:400]


def read(text: str) -> CanvasText:
    """What a text holds, whole or not at all.

    Raises:
        ErrInvalidPayload: It is no canvas, is newer than this version, or a part of it cannot be.
    """
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _refused("file", f"is not JSON: {error}") from error
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise _refused("format", f'must be "{FORMAT}"')
    if whole.get("version") != VERSION:
        said = f"is {whole.get('version')!r}; this version of the app reads {VERSION}"
        raise _refused("version", said)
    inside = {}
    for key, part in whole.items():
        if key.startswith(_INSIDE):
            if not _UID.fullmatch(key) or not isinstance(part, dict):
                raise _refused(key[:80], "must be an object with a name of 32 digits")
            inside[key.removeprefix(_INSIDE)] = _canvas(part, f"{key}.")
    if sum(len(each.glyphs) for each in inside.values()) > MOST_GLYPHS:
        raise _refused("glyphs", f"holds more than {MOST_GLYPHS:,}")
    return replace(_canvas(whole, ""), inside=inside)


def _refused(field: str, reason: str) -> ErrInvalidPayload:
    hint = "Take a file that a canvas was exported to, or text that was copied from one."
    return ErrInvalidPayload("canvas", field, reason, what="The canvas", hint=hint)


def _canvas(whole: Mapping[str, Any], at: str) -> CanvasText:
    name, rows, links = whole.get("name", ""), whole.get("glyphs"), whole.get("edges", [])
    if not isinstance(name, str) or not isinstance(rows, list) or not isinstance(links, list):
        raise _refused(f"{at}glyphs", "must be a list")
    if len(rows) > MOST_GLYPHS or len(links) > MOST_GLYPHS:
        raise _refused(f"{at}glyphs", f"holds more than {MOST_GLYPHS:,}")
    glyphs = tuple(_glyph(row, f"{at}glyphs[{number}]") for number, row in enumerate(rows))
    known = {glyph.id for glyph in glyphs}
    if len(known) != len(glyphs):
        raise _refused(f"{at}glyphs", "two have the same id")
    edges = tuple(_edge(row, known, f"{at}edges[{number}]") for number, row in enumerate(links))
    return CanvasText(name=name, glyphs=glyphs, edges=edges)


def _glyph(row: Any, place: str) -> Glyph:
    if not isinstance(row, Mapping):
        raise _refused(place, "must be an object")
    kind, content, z = row.get("kind"), row.get("content", {}), row.get("z", 0)
    if not isinstance(kind, str) or not kind or len(kind) > 64:
        raise _refused(f"{place}.kind", "must be a name")
    if not isinstance(content, Mapping):
        raise _refused(f"{place}.content", "must be an object")
    numbers = {name: _number(row.get(name), f"{place}.{name}") for name in _NUMBERS}
    for name in ("width", "height"):
        if numbers[name] <= 0:
            raise _refused(f"{place}.{name}", "must be above 0")
    _json(content, f"{place}.content")
    return Glyph(
        id=_id(row.get("id"), f"{place}.id"),
        kind=kind,
        x=numbers["x"],
        y=numbers["y"],
        width=numbers["width"],
        height=numbers["height"],
        z=_id(z, f"{place}.z", -1),
        content=content,
    )


def _edge(row: Any, known: set[int], place: str) -> Edge:
    if not isinstance(row, Mapping) or not isinstance(row.get("kind"), str):
        raise _refused(place, "must be an object with a kind")
    ends = {name: _id(row.get(name), f"{place}.{name}") for name in ("source_id", "target_id")}
    for name, key in ends.items():
        if key not in known:
            raise _refused(f"{place}.{name}", "names no glyph of this file")
    return Edge(id=_id(row.get("id"), f"{place}.id"), kind=row["kind"], **ends)


def _number(value: Any, place: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise _refused(place, "must be a finite number")
    if abs(value) > FARTHEST_PX:
        raise _refused(place, f"must be within {FARTHEST_PX:,.0f}")
    return float(value)


def _id(value: Any, place: str, least: int = 1) -> int:
    most = 1 << 53
    if (
        isinstance(value, bool)
        or not isinstance(value, int)
        or not (least if least > 0 else -most) <= value < most
    ):
        raise _refused(place, "must be a whole number")
    return value


def _json(content: Mapping[str, Any], place: str) -> None:
    try:
        json.dumps(content, allow_nan=False)
    except (ValueError, RecursionError) as error:
        raise _refused(place, str(error)) from error
