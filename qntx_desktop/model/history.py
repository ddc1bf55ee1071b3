"""What a person did to a canvas, step by step, as it is kept: one step for each thing that was done.

Pure; any thread. A step is stored as what differs and nothing else, so that moving a glyph that holds a long text
a thousand times does not store the text a thousand times.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from qntx_desktop.model.diff import CanvasDiff
from qntx_desktop.model.glyph import Edge, Glyph

MOST_STEPS = 10_000
GEOMETRY = ("kind", "x", "y", "width", "height", "z")
_BLANK: Mapping[str, Any] = {"kind": "", "x": 0.0, "y": 0.0, "width": 0.0, "height": 0.0, "z": 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that was done.

    Args:
        id: Rises within a canvas; the order of the steps.
        label: What menus call it, such as `Move 3 glyphs`.
        done: False: it was taken back and can be done again.
        change: What doing it changes, or the text of `packed` as long as nobody needed it.
    """

    id: int
    label: str
    done: bool
    change: CanvasDiff | str

    @property
    def diff(self) -> CanvasDiff:
        """What doing it changes; of glyphs that changed only the differing parts need be right."""
        return unpacked(self.change) if isinstance(self.change, str) else self.change


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryChange:
    """How the kept steps of a canvas change: steps that are new or other, and ids of those that are gone."""

    kept: Mapping[int, Step] = field(default_factory=dict)
    dropped: frozenset[int] = frozenset()

    @property
    def empty(self) -> bool:
        """True when nothing changes."""
        return not (self.kept or self.dropped)


NO_CHANGE = HistoryChange()


def packed(change: CanvasDiff | str) -> str:
    """A diff as text.

    Raises:
        ValueError: A number in it is not finite.
        TypeError: Content in it is not JSON.
    """
    if isinstance(change, str):
        return change
    parts = {
        "added": [_whole(glyph) for glyph in change.added.values()],
        "removed": [_whole(glyph) for glyph in change.removed.values()],
        "updated": [[key, *_differing(old, new)] for key, (old, new) in change.updated.items()],
        "edges_added": [asdict(edge) for edge in change.edges_added.values()],
        "edges_removed": [asdict(edge) for edge in change.edges_removed.values()],
        "folder": change.folder,
    }
    return json.dumps({name: part for name, part in parts.items() if part}, allow_nan=False, separators=(",", ":"))


def unpacked(text: str) -> CanvasDiff:
    """The diff that `packed` made a text of; changed glyphs hold only what differs."""
    parts = json.loads(text)
    return CanvasDiff(
        added={each["id"]: Glyph(**each) for each in parts.get("added", ())},
        removed={each["id"]: Glyph(**each) for each in parts.get("removed", ())},
        updated={key: (_blank(key, old), _blank(key, new)) for key, old, new in parts.get("updated", ())},
        edges_added={each["id"]: Edge(**each) for each in parts.get("edges_added", ())},
        edges_removed={each["id"]: Edge(**each) for each in parts.get("edges_removed", ())},
        folder=(folder[0], folder[1]) if (folder := parts.get("folder")) else None,
    )


def _whole(glyph: Glyph) -> dict[str, Any]:
    shape = {name: getattr(glyph, name) for name in GEOMETRY}
    return {"id": glyph.id, **shape, "content": dict(glyph.content), "state": dict(glyph.state)}


def _differing(old: Glyph, new: Glyph) -> tuple[dict[str, Any], dict[str, Any]]:
    names = [name for name in GEOMETRY if getattr(old, name) != getattr(new, name)]
    keys = [
        key
        for key in {**old.content, **new.content}
        if key not in old.content or key not in new.content or old.content[key] != new.content[key]
    ]
    before, after = (
        {
            **{name: getattr(each, name) for name in names},
            "content": {key: each.content[key] for key in keys if key in each.content},
        }
        for each in (old, new)
    )
    return before, after


def _blank(key: int, parts: Mapping[str, Any]) -> Glyph:
    return Glyph(**{**_BLANK, **parts, "id": key})
