"""What is done to selected glyphs whatever their kind: lining up, order, marks, frames; one step each.

Qt main thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from qntx_desktop.model.diff import CanvasDiff
from qntx_desktop.model.glyph import KIND_FRAME, Glyph
from qntx_desktop.model.marks import (
    COMPACT,
    DISABLED,
    LOCKED,
    TAG,
    TAGS,
    TITLE,
    is_compact,
    is_disabled,
    is_locked,
    marked,
)
from qntx_desktop.ui.canvas.arranging import Places, aligned, distributed, tidied
from qntx_desktop.ui.canvas.geometry import Box, snapped, union
from qntx_desktop.ui.canvas.renaming import Renaming
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import GRID_PX, TITLE_PX
from qntx_desktop.ui.wording import count

if TYPE_CHECKING:
    from qntx_desktop.ui.canvas.view import CanvasView

SIDES = ("left", "middle", "right", "top", "centre", "bottom")
FRAME_AIR_PX = 24.0


class Shaping:
    """Changes places, order and marks of what is selected."""

    def __init__(self, view: CanvasView) -> None:
        self._view = view
        self.renaming = Renaming(view)
        self.table: dict[str, Callable[[], None]] = {
            "distribute_across": lambda: self._place(tr("Distribute"), distributed(self._boxes(), across=True)),
            "distribute_down": lambda: self._place(tr("Distribute"), distributed(self._boxes(), across=False)),
            "tidy": self._tidy,
            "front": lambda: self._reorder(front=True),
            "back": lambda: self._reorder(front=False),
            "lock": lambda: self._switch(LOCKED, is_locked, tr("Lock"), tr("Unlock")),
            "compact": self._compact,
            "disable": lambda: self._switch(DISABLED, is_disabled, tr("Disable"), tr("Enable")),
            "rename": self._rename,
            "group": self._group,
            "ungroup": self._ungroup,
            "snap": view.toggle_snapping,
            "tag_none": lambda: self._tag(""),
        }
        for side in SIDES:
            self.table[f"align_{side}"] = self._aligning(side)
        for tag in TAGS:
            self.table[f"tag_{tag}"] = self._tagging(tag)

    def _chosen(self) -> list[Glyph]:
        glyphs = self._view.document.canvas.glyphs
        return [glyphs[key] for key in sorted(self._view.scene_of.selection) if key in glyphs]

    def _boxes(self) -> dict[int, Box]:
        boxes = self._view.scene_of.boxes()
        return {glyph.id: boxes[glyph.id] for glyph in self._chosen() if not is_locked(glyph)}

    def _edit(self, label: str, changed: Iterable[Glyph]) -> None:
        """One step that gives these glyphs their new values."""
        glyphs = self._view.document.canvas.glyphs
        updated = {new.id: (glyphs[new.id], new) for new in changed if glyphs[new.id] != new}
        several = (
            tr("{label} glyph").format(label=label)
            if len(updated) == 1
            else tr("{label} {updated} glyphs").format(label=label, updated=count(len(updated)))
        )
        self._view.document.seal()
        self._view.document.edit(CanvasDiff(updated=updated), several)

    def _place(self, label: str, places: Places) -> None:
        glyphs = self._view.document.canvas.glyphs
        self._edit(label, [replace(glyphs[key], x=x, y=y) for key, (x, y) in places.items()])

    def _aligning(self, side: str) -> Callable[[], None]:
        return lambda: self._place(tr("Align"), aligned(self._boxes(), side))

    def _tidy(self) -> None:
        boxes = self._boxes()
        if len(boxes) < 2:
            glyphs = self._view.document.canvas.glyphs
            movable = {
                key for key, glyph in glyphs.items() if not is_locked(glyph) and glyph.kind != KIND_FRAME
            }
            boxes = {key: box for key, box in self._view.scene_of.boxes().items() if key in movable}
        links = [(edge.source_id, edge.target_id) for edge in self._view.document.canvas.edges.values()]
        places = tidied(boxes, links, GRID_PX)
        self._place(tr("Tidy up"), places)
        self._view.motion.glide({key: QPointF(boxes[key].x, boxes[key].y) for key in places})

    def _reorder(self, *, front: bool) -> None:
        chosen = sorted(self._chosen(), key=lambda glyph: (glyph.z, glyph.id))
        mine = {glyph.id for glyph in chosen}
        others = [each.z for key, each in self._view.document.canvas.glyphs.items() if key not in mine]
        start = max(others, default=0) + 1 if front else min(others, default=0) - len(chosen)
        label = tr("Bring to front:") if front else tr("Send to back:")
        self._edit(label, [replace(glyph, z=start + rank) for rank, glyph in enumerate(chosen)])

    def _switch(self, mark: str, is_set: Callable[[Glyph], bool], on: str, off: str) -> None:
        """Set for all unless all have it already."""
        chosen = self._chosen()
        value = not all(is_set(glyph) for glyph in chosen)
        changed = [replace(glyph, content=marked(glyph, mark, value)) for glyph in chosen]
        self._edit(on if value else off, changed)

    def _compact(self) -> None:
        """Show only the title rows, or all again when all are folded already."""
        self._view.close_editor()
        chosen = [each for each in self._chosen() if each.kind != KIND_FRAME]
        value = not all(is_compact(each) for each in chosen)
        changed = [replace(each, content=marked(each, COMPACT, value)) for each in chosen]
        self._edit(tr("Fold") if value else tr("Unfold"), changed)

    def unfold(self, glyph_id: int) -> None:
        """Show all of a glyph again, as when its text is to be edited."""
        glyph = self._view.document.glyph(glyph_id)
        if glyph is not None and is_compact(glyph):
            self._edit(tr("Unfold"), [replace(glyph, content=marked(glyph, COMPACT, ""))])

    def _tagging(self, tag: str) -> Callable[[], None]:
        return lambda: self._tag(tag)

    def _tag(self, tag: str) -> None:
        self._edit(tr("Colour"), [replace(each, content=marked(each, TAG, tag)) for each in self._chosen()])

    def _rename(self) -> None:
        current = self._view.current_glyph()
        if current is not None:
            self.renaming.open(current)

    def _group(self) -> None:
        """A frame around what is selected; what stands in a frame moves with it."""
        view, chosen = self._view, self._view.scene_of.selection
        area = union(box for key, box in view.scene_of.boxes().items() if key in chosen)
        if area is None:
            return
        left = snapped(area.x - FRAME_AIR_PX, GRID_PX)
        top = snapped(area.y - FRAME_AIR_PX - TITLE_PX, GRID_PX)
        frame = Glyph(
            id=view.document.next_id(),
            kind=KIND_FRAME,
            x=left,
            y=top,
            width=area.right + FRAME_AIR_PX - left,
            height=area.bottom + FRAME_AIR_PX - top,
            z=min((each.z for each in view.document.canvas.glyphs.values()), default=0) - 1,
            content={TITLE: tr("Group")},
        )
        view.document.seal()
        view.document.edit(CanvasDiff(added={frame.id: frame}), tr("Group"))
        view.scene_of.select([frame.id])

    def _ungroup(self) -> None:
        """Take the frame away, leave what stands in it, selected."""
        frames = {each.id: each for each in self._chosen() if each.kind == KIND_FRAME and not is_locked(each)}
        inside = [key for frame in frames.values() for key in self._view.scene_of.inside(frame)]
        edges = self._view.document.canvas.edges
        cut = {key: edge for key, edge in edges.items() if {edge.source_id, edge.target_id} & frames.keys()}
        self._view.document.seal()
        self._view.document.edit(CanvasDiff(removed=frames, edges_removed=cut), tr("Ungroup"))
        self._view.scene_of.select(inside)
