"""What a person can put on any glyph whatever its kind: a title, a colour, a lock, a switch, and whether only its
title row shows. Kept in its content.

Pure; any thread. A mark that is not set stands for its default, so that a glyph without marks looks as it
always did.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qntx_desktop.model.glyph import KIND_FRAME, Glyph

TITLE, TAG, LOCKED, DISABLED, COMPACT = "title", "tag", "locked", "disabled", "compact"
MARKS = frozenset({TITLE, TAG, LOCKED, DISABLED, COMPACT})
TAGS = ("red", "amber", "green", "blue", "violet")
MOST_TITLE_CHARS = 200


def title_of(glyph: Glyph) -> str:
    """The title a person gave it; empty without one."""
    title = glyph.content.get(TITLE, "")
    return title[:MOST_TITLE_CHARS] if isinstance(title, str) else ""


def tag_of(glyph: Glyph) -> str:
    """One of `TAGS`, or nothing."""
    tag = glyph.content.get(TAG)
    return tag if isinstance(tag, str) and tag in TAGS else ""


def is_locked(glyph: Glyph) -> bool:
    """True: it is not moved, resized or deleted."""
    return glyph.content.get(LOCKED) is True


def is_disabled(glyph: Glyph) -> bool:
    """True: it does not run."""
    return glyph.content.get(DISABLED) is True


def is_compact(glyph: Glyph) -> bool:
    """True: only its title row is shown. A frame is always shown whole."""
    return glyph.content.get(COMPACT) is True and glyph.kind != KIND_FRAME


def marked(glyph: Glyph, name: str, value: str | bool) -> dict[str, Any]:
    """The content with a mark set, or without it when the value is empty."""
    content = {key: each for key, each in glyph.content.items() if key != name}
    return {**content, name: value} if value else content


def substance(content: Mapping[str, Any]) -> dict[str, Any]:
    """The content without its marks: what a run depends on."""
    return {key: each for key, each in content.items() if key not in MARKS}
