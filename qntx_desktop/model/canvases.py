"""Canvases as a list knows them: names, where they belong, when they were used; and places with a name.

Pure; any thread.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qntx_desktop.model.clock import iso
from qntx_desktop.model.errors import ErrInvalidPayload
from qntx_desktop.model.glyph import Viewpoint

MOST_NAME_CHARS = 120
_NUMBERED = re.compile(r"^(.*\S) (\d{1,6})$")


@dataclass(frozen=True, slots=True, kw_only=True)
class CanvasLine:
    """One canvas in a list.

    Args:
        uid: Names it in every home, unlike `id`; glyphs that open a canvas hold it.
        parent_uid: The canvas whose glyph opened it first; None: it stands by itself.
        glyphs: How many glyphs are on it.
        opened_at_us: When it was opened last; None: never.
        deleted_at_us: Since when it is in the bin; None: it is not.
    """

    id: int
    uid: str
    name: str
    folder: str
    parent_uid: str | None = None
    glyphs: int = 0
    made_at_us: int = 0
    opened_at_us: int | None = None
    saved_at_us: int | None = None
    deleted_at_us: int | None = None

    @property
    def in_bin(self) -> bool:
        """True when it was deleted and can be restored."""
        return self.deleted_at_us is not None

    def to_json(self) -> dict[str, Any]:
        """As the command line prints it."""
        return {
            "id": self.id,
            "uid": self.uid,
            "name": self.name,
            "folder": self.folder,
            "parent_uid": self.parent_uid,
            "glyphs": self.glyphs,
            "created_at": _iso(self.made_at_us or None),
            "opened_at": _iso(self.opened_at_us),
            "saved_at": _iso(self.saved_at_us),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class CanvasInside:
    """What is inside of a card that opens a canvas.

    Args:
        line: The canvas; None: it was never opened in this home.
        boxes: Where its first glyphs stand: left, top, width and height in canvas units.
    """

    line: CanvasLine | None = None
    boxes: tuple[tuple[float, float, float, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A part of a canvas with a name, to go back to."""

    id: int
    canvas_id: int
    name: str
    viewpoint: Viewpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class GlyphHit:
    """A glyph that holds what was searched for: on which canvas, and the line that fits."""

    canvas_id: int
    canvas_name: str
    glyph_id: int
    kind: str
    line: str


def _iso(at_us: int | None) -> str | None:
    return iso(at_us) if at_us is not None else None


def new_uid() -> str:
    """A name for a canvas that no other home gives."""
    return uuid.uuid4().hex


def checked_name(name: str) -> str:
    """The name as it is kept: one line, without space around it.

    Raises:
        ErrInvalidPayload: It is empty, too long, or holds control characters.
    """
    kept = " ".join(name.split())
    if not kept:
        raise ErrInvalidPayload("canvas", "name", "is empty")
    if len(kept) > MOST_NAME_CHARS:
        raise ErrInvalidPayload("canvas", "name", f"has {len(kept):,} characters, at most {MOST_NAME_CHARS:,}")
    if not kept.isprintable():
        raise ErrInvalidPayload("canvas", "name", "holds characters that cannot be shown")
    return kept


def unused_name(wanted: str, taken: Collection[str]) -> str:
    """The wanted name, or the first `wanted N` that nobody has; capitals make no difference."""
    known = {each.casefold() for each in taken}
    if wanted.casefold() not in known:
        return wanted
    found = _NUMBERED.match(wanted)
    stem, number = (found.group(1), int(found.group(2))) if found else (wanted, 1)
    stem = stem[: MOST_NAME_CHARS - 8]
    while (name := f"{stem} {number + 1}").casefold() in known:
        number += 1
    return name


def trail(line: CanvasLine, lines: Mapping[str, CanvasLine]) -> tuple[CanvasLine, ...]:
    """The canvases that a canvas lies in, outermost first, and itself at the end; each once."""
    found, seen = [line], {line.uid}
    while (parent := lines.get(found[0].parent_uid or "")) is not None and parent.uid not in seen:
        seen.add(parent.uid)
        found.insert(0, parent)
    return tuple(found)


def by_use(lines: Sequence[CanvasLine]) -> list[CanvasLine]:
    """The canvas that was opened last comes first."""
    return sorted(lines, key=lambda each: (-(each.opened_at_us or 0), -each.id))
