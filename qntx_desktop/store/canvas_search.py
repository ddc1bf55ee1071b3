"""Searching what stands on all canvases: text, code, types, attestations shown.

Any thread but the GUI's; reads only.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from qntx_desktop.model.canvases import GlyphHit
from qntx_desktop.model.glyph import KIND_RESULT

SHOWN_ROWS = 50
"""So many attestations of a run its result glyph shows."""
_GLYPHS = """SELECT g.id, g.canvas_id, c.name, g.kind, g.content, g.state FROM glyph AS g
    JOIN canvas AS c ON c.id = g.canvas_id WHERE c.deleted_at_us IS NULL
    ORDER BY coalesce(c.opened_at_us, 0) DESC, c.id, g.id"""
_SHOWN = """SELECT a.subjects, a.predicates, a.contexts, a.actors, a.attributes FROM attestation AS a
    WHERE a.execution_id = (SELECT max(e.id) FROM execution AS e WHERE e.job_id = ?) ORDER BY a.seq LIMIT ?"""
_MARKS = frozenset({"tag", "canvas", "copy_of"})


def search(connection: sqlite3.Connection, words: Sequence[str], most: int) -> tuple[GlyphHit, ...]:
    """Glyphs with a line that holds every word, those of the canvas that was opened last first.

    Args:
        words: Folded; capitals make no difference.
        most: At most this many.
    """
    plain = [word for word in words if word.isascii() and not set(word) & set('"\\')]
    found: list[GlyphHit] = []
    for glyph_id, canvas_id, name, kind, content, state in connection.execute(_GLYPHS):
        line = None
        if kind == KIND_RESULT:
            line = _fitting(_attested(connection, state), words)
        elif _may_hold(f"{kind} {content}", plain):
            line = _fitting(_said(kind, json.loads(content)), words)
        if line is not None:
            hit = GlyphHit(canvas_id=canvas_id, canvas_name=name, glyph_id=glyph_id, kind=kind, line=line)
            found.append(hit)
            if len(found) == most:
                break
    return tuple(found)


def _may_hold(raw: str, plain: Sequence[str]) -> bool:
    """JSON text holds such words as they are, so most glyphs need not be read.

    Letters beyond ASCII stand in it as numbers, and some of them fold to ASCII, such as the sharp s.
    """
    if not plain or "\\u" in raw:
        return True
    folded = raw.lower()
    return all(word in folded for word in plain)


def _fitting(texts: Iterator[str], words: Sequence[str]) -> str | None:
    """The first line that holds every word; a text that does not hold them all has none and is not split."""
    for text in texts:
        if not _holds(text, words):
            continue
        for line in text.splitlines():
            if _holds(line, words):
                return line.strip()
    return None


def _holds(text: str, words: Sequence[str]) -> bool:
    folded = text.casefold()
    return all(word in folded for word in words)


def _said(kind: str, content: Mapping[str, Any]) -> Iterator[str]:
    for name, value in content.items():
        if name in _MARKS:
            continue
        if name == "script_type" and isinstance(value, str):
            yield f"{kind} {value}"
        yield from _texts(value)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        if "subjects" in value:
            yield _claim([value.get(part) for part in ("subjects", "predicates", "contexts", "actors")])
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def _attested(connection: sqlite3.Connection, state: str) -> Iterator[str]:
    job_id = json.loads(state).get("job_id")
    if not isinstance(job_id, int):
        return
    for *parts, attributes in connection.execute(_SHOWN, (job_id, SHOWN_ROWS)):
        yield _claim([json.loads(part) for part in parts])
        if attributes != "{}":
            for name, value in json.loads(attributes).items():
                yield f"{name} {value}"


def _claim(parts: Sequence[Any]) -> str:
    said = [", ".join(str(each) for each in part) for part in parts if isinstance(part, list)]
    return " ".join(said)
