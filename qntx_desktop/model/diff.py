"""A change of a canvas as a value: what was added, what became what, what was removed.

Pure; any thread. The whole undo story is `invert` and `squash`.
Source: the diff of tldraw's store, `{added, updated: [from, to], removed}`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from qntx_desktop.model.glyph import Canvas, Edge, Glyph


@dataclass(frozen=True, slots=True, kw_only=True)
class CanvasDiff:
    """Keys are ids. An id stands in at most one of the three glyph maps; edges are added or removed whole.

    Args:
        folder: Where relative paths in commands start, before and after; None: where they did.
    """

    added: Mapping[int, Glyph] = field(default_factory=dict)
    updated: Mapping[int, tuple[Glyph, Glyph]] = field(default_factory=dict)
    removed: Mapping[int, Glyph] = field(default_factory=dict)
    edges_added: Mapping[int, Edge] = field(default_factory=dict)
    edges_removed: Mapping[int, Edge] = field(default_factory=dict)
    folder: tuple[str, str] | None = None

    @property
    def empty(self) -> bool:
        """True when applying it changes nothing."""
        glyphs = self.added or self.updated or self.removed
        return not (glyphs or self.edges_added or self.edges_removed or self.folder)


def invert(diff: CanvasDiff) -> CanvasDiff:
    """The diff that takes back `diff`."""
    return CanvasDiff(
        added=diff.removed,
        removed=diff.added,
        updated={key: (new, old) for key, (old, new) in diff.updated.items()},
        edges_added=diff.edges_removed,
        edges_removed=diff.edges_added,
        folder=(diff.folder[1], diff.folder[0]) if diff.folder else None,
    )


def squash(first: CanvasDiff, second: CanvasDiff) -> CanvasDiff:
    """One diff with the effect of `first` and then `second`."""
    added, updated, removed = dict(first.added), dict(first.updated), dict(first.removed)
    for key, glyph in second.added.items():
        before = removed.pop(key, None)
        if before is None:
            added[key] = glyph
        elif before != glyph:
            updated[key] = (before, glyph)
    for key, (old, new) in second.updated.items():
        if key in added:
            added[key] = new
        else:
            start = updated.pop(key, (old, old))[0]
            if start != new:
                updated[key] = (start, new)
    for key, glyph in second.removed.items():
        if added.pop(key, None) is None:
            removed[key] = updated.pop(key, (glyph, glyph))[0]
    edges_added, edges_removed = _squash_edges(first, second)
    return CanvasDiff(
        added=added,
        updated=updated,
        removed=removed,
        edges_added=edges_added,
        edges_removed=edges_removed,
        folder=_squash_folders(first, second),
    )


def _squash_folders(first: CanvasDiff, second: CanvasDiff) -> tuple[str, str] | None:
    if first.folder is None or second.folder is None:
        return first.folder or second.folder
    before, after = first.folder[0], second.folder[1]
    return (before, after) if before != after else None


def _squash_edges(first: CanvasDiff, second: CanvasDiff) -> tuple[dict[int, Edge], dict[int, Edge]]:
    added, removed = dict(first.edges_added), dict(first.edges_removed)
    for key, edge in second.edges_added.items():
        if removed.get(key) == edge:
            del removed[key]
        else:
            added[key] = edge
    for key, edge in second.edges_removed.items():
        if added.pop(key, None) is None:
            removed[key] = edge
    return added, removed


def apply(canvas: Canvas, diff: CanvasDiff) -> Canvas:
    """The canvas after `diff`. Edges that would lose an end are dropped by `removal`, not here."""
    glyphs, edges = dict(canvas.glyphs), dict(canvas.edges)  # a copy is quick, also of ten thousand
    for key in diff.removed:
        glyphs.pop(key, None)
    glyphs.update(diff.added)
    glyphs.update({key: new for key, (_old, new) in diff.updated.items() if key in glyphs})
    for key in diff.edges_removed:
        edges.pop(key, None)
    edges.update(diff.edges_added)
    used = [*diff.added, *diff.edges_added]
    return replace(
        canvas,
        glyphs=glyphs,
        edges=edges,
        folder=diff.folder[1] if diff.folder else canvas.folder,
        next_id=max([canvas.next_id, *(key + 1 for key in used)]),
    )


def removal(canvas: Canvas, glyph_ids: set[int]) -> CanvasDiff:
    """The diff that removes these glyphs and every edge that touches one."""
    return CanvasDiff(
        removed={key: canvas.glyphs[key] for key in glyph_ids if key in canvas.glyphs},
        edges_removed={
            key: edge
            for key, edge in canvas.edges.items()
            if edge.source_id in glyph_ids or edge.target_id in glyph_ids
        },
    )


def update(canvas: Canvas, glyph_id: int, **changes: Any) -> CanvasDiff:
    """The diff that replaces fields of one glyph; empty when the glyph is gone or nothing changes."""
    old = canvas.glyphs.get(glyph_id)
    if old is None:
        return CanvasDiff()
    new = replace(old, **changes)
    return CanvasDiff() if new == old else CanvasDiff(updated={glyph_id: (old, new)})
