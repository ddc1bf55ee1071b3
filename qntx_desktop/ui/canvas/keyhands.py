"""What hands do with the pointer, done by keys: move, resize, pull a link, select one more, pan.

Qt main thread. Steps that follow each other quickly are one step of the history, as one drag is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QTimer

from qntx_desktop.model.diff import CanvasDiff
from qntx_desktop.model.glyph import KIND_FRAME, Glyph
from qntx_desktop.model.marks import is_compact, is_locked
from qntx_desktop.ui.canvas.clipboard import label_of
from qntx_desktop.ui.canvas.geometry import neighbour
from qntx_desktop.ui.canvas.gestures.base import Pointer
from qntx_desktop.ui.canvas.gestures.port_drag import PortDrag
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import GRID_PX

if TYPE_CHECKING:
    from qntx_desktop.ui.canvas.view import CanvasView

WAYS = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}
FAR_STEPS = 10
PAN_PX = 120
"""How far one press of a key moves what is seen."""
PAUSE_MS = 1_000
"""Steps of one purpose within this time of each other are one step of the history."""


class KeyHands:
    """Moves, resizes and links what is selected."""

    def __init__(self, view: CanvasView) -> None:
        self._view = view
        self._merge_key = ""
        self._about: tuple[str, frozenset[int]] = ("", frozenset())
        self._pause = QTimer(view)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self.table: dict[str, Callable[[], None]] = {"connect": self._connect}
        for way in WAYS:
            self.table[f"nudge_{way}"] = self._bound(self._nudge, way, 1)
            self.table[f"nudge_far_{way}"] = self._bound(self._nudge, way, FAR_STEPS)
            self.table[f"resize_{way}"] = self._bound(self._resize, way, 1)
            self.table[f"resize_far_{way}"] = self._bound(self._resize, way, FAR_STEPS)
            self.table[f"extend_{way}"] = self._bound(self._extend, way, 1)
            self.table[f"pan_{way}"] = self._bound(self._pan, way, 1)

    def _bound(self, do: Callable[[tuple[int, int]], None], way: str, steps: int) -> Callable[[], None]:
        dx, dy = WAYS[way]
        return lambda: do((dx * steps, dy * steps))

    def _nudge(self, by: tuple[int, int]) -> None:
        glyphs = self._view.document.canvas.glyphs
        moving = [glyphs[key] for key in sorted(taken_along(self._view, self._view.scene_of.selection))]
        dx, dy = (each * GRID_PX for each in by)
        self._step(tr("Move"), [replace(glyph, x=glyph.x + dx, y=glyph.y + dy) for glyph in moving])

    def _resize(self, by: tuple[int, int]) -> None:
        """The right and lower edges move; what is as small as it can be stays."""
        glyphs, scene = self._view.document.canvas.glyphs, self._view.scene_of
        chosen = [glyphs[key] for key in sorted(scene.selection) if not is_locked(glyphs[key])]
        self._step(tr("Resize"), [self._resized(glyph, *by) for glyph in chosen])

    def _resized(self, glyph: Glyph, across: int, down: int) -> Glyph:
        item = self._view.scene_of.items_by_id[glyph.id]
        least_width, least_height = item.kind.min_size
        if across:
            return replace(glyph, width=max(least_width, glyph.width + across * GRID_PX))
        if is_compact(glyph):
            return glyph
        # From the height that is seen: a card grows with what it shows.
        return replace(glyph, height=max(least_height, item.layout.height + down * GRID_PX))

    def _step(self, label: str, changed: list[Glyph]) -> None:
        view = self._view
        about = (label, view.scene_of.selection)
        if not self._pause.isActive() or self._about != about:
            self._merge_key = view.new_merge_key(label)
        self._about = about
        self._pause.start()
        glyphs = view.document.canvas.glyphs
        updated = {new.id: (glyphs[new.id], new) for new in changed if glyphs[new.id] != new}
        if updated:
            diff = CanvasDiff(updated=updated)
            view.document.edit(diff, label_of(label, len(updated)), merge=self._merge_key)
            view.show_glyph(next(iter(updated)))

    def _extend(self, way: tuple[int, int]) -> None:
        """Select the next glyph of that way, too; the last one that was taken in leads on."""
        scene = self._view.scene_of
        boxes = scene.boxes()
        chosen = [boxes[key] for key in scene.selection]
        if not chosen:
            return
        lead = max(chosen, key=lambda box: box.middle[0] * way[0] + box.middle[1] * way[1])
        others = {key: box for key, box in boxes.items() if key not in scene.selection}
        target = neighbour(lead, others, *way)
        if target is not None:
            scene.select([*scene.selection, target])
            self._view.show_glyph(target)

    def _pan(self, way: tuple[int, int]) -> None:
        self._view.pan_by(way[0] * PAN_PX, way[1] * PAN_PX)

    def _connect(self) -> None:
        current = self._view.current_glyph()
        ports = pulled_ports(self._view, current) if current is not None else ()
        if current is not None and ports:
            self.pull(current, ports[0])

    def pull(self, glyph_id: int, port_id: str) -> None:
        """Pull a link out of a port as a click on it does: what belongs there stands beside the glyph."""
        view, item = self._view, self._view.scene_of.item_of(glyph_id)
        port = next((each for each in item.layout.ports if each.port.id == port_id), None) if item else None
        if item is not None and port is not None and port.port.drags:
            PortDrag(view, Pointer(view=QPointF(), scene=item.pos() + port.at), item, port).click(item)


def pulled_ports(view: CanvasView, glyph_id: int) -> tuple[str, ...]:
    """The ports of a glyph that a link can be pulled out of."""
    item = view.scene_of.item_of(glyph_id)
    return tuple(each.port.id for each in item.layout.ports if each.port.drags) if item is not None else ()


def taken_along(view: CanvasView, glyph_ids: Iterable[int]) -> set[int]:
    """What moves when these move: what stands in a frame moves with it; what is locked stays."""
    glyphs = view.document.canvas.glyphs
    chosen = {key for key in glyph_ids if key in glyphs and not is_locked(glyphs[key])}
    frames = [glyphs[key] for key in chosen if glyphs[key].kind == KIND_FRAME]
    inner = {key for frame in frames for key in view.scene_of.inside(frame)}
    return chosen | {key for key in inner if not is_locked(glyphs[key])}
