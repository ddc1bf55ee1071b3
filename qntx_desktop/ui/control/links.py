"""Who belongs to whom on a canvas: pure questions about glyphs and edges.

Pure; any thread.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache

from qntx_desktop.model.errors import QntxError
from qntx_desktop.model.glyph import (
    EDGE_HANDLER,
    EDGE_RESULT,
    KIND_IX,
    KIND_PYTHON,
    KIND_RESULT,
    Canvas,
    Edge,
    Glyph,
)
from qntx_desktop.model.ix import parse_ix


@lru_cache(maxsize=2_000)
def command_of(text: str) -> tuple[str, tuple[str, ...]] | None:
    """The script type and arguments of a command as typed; None while it cannot be read."""
    try:
        command = parse_ix(text)
    except QntxError:
        return None
    return None if command.script_type is None else (command.script_type, command.args)


@lru_cache(maxsize=256)
def code_sha256(code: str) -> str:
    """The digest that a saved version carries; a lone surrogate, which is never saved, has one too."""
    return hashlib.sha256(code.encode("utf-8", "surrogatepass")).hexdigest()


def text_of(glyph: Glyph) -> str:
    """The command of an IX glyph."""
    return str(glyph.content.get("text", ""))


def code_of(glyph: Glyph) -> str:
    """The code of a Python glyph."""
    return str(glyph.content.get("code", ""))


def type_of(glyph: Glyph) -> str:
    """The script type of an IX or Python glyph; empty without one."""
    if glyph.kind == KIND_IX:
        command = command_of(text_of(glyph))
        return command[0] if command else ""
    return str(glyph.content.get("script_type") or "")


def python_of_type(canvas: Canvas, script_type: str) -> Glyph | None:
    """The Python glyph that holds the handler of a type, if there is one."""
    found = (each for each in canvas.glyphs.values() if each.kind == KIND_PYTHON and type_of(each) == script_type)
    return min(found, key=lambda each: each.id, default=None)


def ix_of_type(canvas: Canvas, script_type: str) -> Iterator[Glyph]:
    """Every IX glyph whose command names a type."""
    for each in canvas.glyphs.values():
        if each.kind == KIND_IX and type_of(each) == script_type:
            yield each


def edge_between(canvas: Canvas, kind: str, source_id: int, target_id: int) -> Edge | None:
    """The edge of a kind from one glyph to another."""
    wanted = (kind, source_id, target_id)
    return next((e for e in canvas.edges.values() if (e.kind, e.source_id, e.target_id) == wanted), None)


def caller_of(canvas: Canvas, python_id: int) -> Glyph | None:
    """The IX glyph that a Python glyph is joined to; the oldest link counts."""
    for edge in sorted(canvas.edges.values(), key=lambda each: each.id):
        if edge.kind == EDGE_HANDLER and edge.target_id == python_id:
            return canvas.glyphs.get(edge.source_id)
    return None


def result_of(canvas: Canvas, glyph_id: int) -> Glyph | None:
    """The glyph that shows what a glyph's runs gave."""
    for edge in canvas.edges.values():
        if edge.kind == EDGE_RESULT and edge.source_id == glyph_id:
            target = canvas.glyphs.get(edge.target_id)
            if target is not None and target.kind == KIND_RESULT:
                return target
    return None


def runner_of(canvas: Canvas, result_id: int) -> Glyph | None:
    """The glyph whose runs a result glyph shows."""
    for edge in canvas.edges.values():
        if edge.kind == EDGE_RESULT and edge.target_id == result_id:
            return canvas.glyphs.get(edge.source_id)
    return None


def job_of(glyph: Glyph) -> int | None:
    """The job a glyph shows."""
    found = glyph.state.get("job_id")
    return found if isinstance(found, int) else None


def glyphs_of_job(canvas: Canvas, job_id: int) -> tuple[int, ...]:
    """Every glyph that shows a job."""
    return tuple(key for key, each in canvas.glyphs.items() if job_of(each) == job_id)
