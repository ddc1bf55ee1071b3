"""Which glyph stands under which in the outline. Pure; any thread."""

from __future__ import annotations

from collections.abc import Iterable

from qntx_desktop.model.glyph import KIND_FRAME, Canvas, Glyph

Branches = dict[int | None, list[int]]
"""Children by the number of what they stand under, in the order of reading; None: the canvas itself."""


def branches_of(canvas: Canvas) -> Branches:
    """The tree: what a link leads to stands under where it comes from, else in the smallest frame around it.

    Every glyph stands in it exactly once, also where links go round in a circle.
    """
    glyphs = canvas.glyphs
    above = _linked(canvas)
    frames = sorted(
        (each for each in glyphs.values() if each.kind == KIND_FRAME), key=lambda each: each.width * each.height
    )
    for key, glyph in glyphs.items():
        if key not in above:
            around = next((frame.id for frame in frames if frame.id != key and _holds(frame, glyph)), None)
            if around is not None:
                above[key] = around
    found: Branches = {}
    for key in sorted(glyphs, key=lambda each: (glyphs[each].y, glyphs[each].x, each)):
        found.setdefault(above.get(key), []).append(key)
    return found


def path_to(canvas_tree: Branches, glyph_id: int) -> tuple[int, ...]:
    """What a glyph stands under, outermost first."""
    above = {child: parent for parent, children in canvas_tree.items() for child in children}
    path: list[int] = []
    parent = above.get(glyph_id)
    while parent is not None and parent not in path:
        path.insert(0, parent)
        parent = above.get(parent)
    return tuple(path)


def _linked(canvas: Canvas) -> dict[int, int]:
    """Where each glyph's oldest link comes from; a link that would close a circle does not count."""
    above: dict[int, int] = {}
    for edge in sorted(canvas.edges.values(), key=lambda each: each.id):
        child, parent = edge.target_id, edge.source_id
        known = child in canvas.glyphs and parent in canvas.glyphs
        if known and child not in above and child not in (parent, *_up(above, parent)):
            above[child] = parent
    return above


def _up(above: dict[int, int], start: int) -> Iterable[int]:
    while start in above:
        start = above[start]
        yield start


def _holds(frame: Glyph, glyph: Glyph) -> bool:
    """True when a glyph stands in a frame whole; of two equal ones the later stands in the earlier."""
    inside = (
        frame.x <= glyph.x
        and frame.y <= glyph.y
        and glyph.x + glyph.width <= frame.x + frame.width
        and glyph.y + glyph.height <= frame.y + frame.height
    )
    same = (frame.x, frame.y, frame.width, frame.height) == (glyph.x, glyph.y, glyph.width, glyph.height)
    return inside and not (same and glyph.kind == KIND_FRAME and glyph.id < frame.id)
