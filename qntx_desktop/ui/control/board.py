"""What every part of the control stands on: the document, the view of it, the services, and a way to say things.

Qt main thread. `Lives` keeps what is known about each glyph, also across deleting and bringing it back.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QMimeData, QObject

from qntx_desktop.model.diff import CanvasDiff
from qntx_desktop.model.errors import Family, QntxError
from qntx_desktop.model.glyph import Canvas, Edge, Glyph
from qntx_desktop.ui.canvas.document import Document
from qntx_desktop.ui.canvas.geometry import GAP_PX, Box, free_place, overlaps, snapped
from qntx_desktop.ui.errors import Banner
from qntx_desktop.ui.glyphs.kind import GlyphKind
from qntx_desktop.ui.glyphs.live import NOTHING, Live
from qntx_desktop.ui.tasks import Tasks
from qntx_desktop.ui.theme import GRID_PX, Theme

if TYPE_CHECKING:
    from qntx_desktop.app.container import Services

_log = logging.getLogger(__name__)


class Sight(Protocol):
    """What the control asks of the canvas on the screen."""

    def show_live(self, glyph_id: int, live: Live) -> None:
        """Show facts about a glyph."""

    def boxes(self) -> dict[int, Box]:
        """Where every card is, as tall as it is shown."""

    def go_to(self, glyph_id: int, *, edit: bool = False) -> None:
        """Select a glyph, bring it into view, and perhaps begin to edit it."""

    def chosen(self) -> int | None:
        """The glyph that is selected, when it is only one."""

    def take(self, brought: QMimeData) -> None:
        """Put something on the canvas as if it were dropped in the middle of the view."""

    def editing(self) -> bool:
        """Whether a text is being edited."""

    def middle(self) -> tuple[float, float]:
        """The canvas point in the middle of the view."""

    def commit(self) -> None:
        """Bring what is being typed into the document."""


class Lives:
    """What is known about each glyph beyond what the canvas keeps."""

    def __init__(self, show: Callable[[int, Live], None]) -> None:
        self._show = show
        self._known: dict[int, Live] = {}

    def of(self, glyph_id: int) -> Live:
        """What is known about a glyph."""
        return self._known.get(glyph_id, NOTHING)

    def put(self, glyph_id: int, **changes: Any) -> None:
        """Know something more, and show it."""
        before = self.of(glyph_id)
        after = replace(before, **changes)
        if after != before:
            self._known[glyph_id] = after
            self._show(glyph_id, after)

    def again(self, glyph_ids: Iterable[int]) -> None:
        """Show what is known once more, for glyphs that were brought back."""
        for glyph_id in glyph_ids:
            if glyph_id in self._known:
                self._show(glyph_id, self._known[glyph_id])

    def forget(self) -> None:
        """Know nothing."""
        self._known.clear()

    def running(self) -> tuple[int, ...]:
        """Glyphs whose job has not ended."""
        return tuple(key for key, live in self._known.items() if live.job is not None and not live.job.ended)


def place_below(wanted: Box, taken: Sequence[Box]) -> tuple[float, float]:
    """The first place straight down from the wanted one where the box keeps its distance from all taken ones."""
    box = wanted._replace(x=snapped(wanted.x, GRID_PX), y=snapped(wanted.y, GRID_PX))
    for other in sorted((each.grown(GAP_PX) for each in taken), key=lambda each: each.bottom):
        if overlaps(box, other):
            box = box._replace(y=math.ceil(other.bottom / GRID_PX) * GRID_PX)
    return box.x, box.y


@dataclass(frozen=True, slots=True)
class Board:
    """Handed to every part of the control."""

    owner: QObject
    document: Document
    sight: Sight
    lives: Lives
    tasks: Tasks
    banner: Banner
    services: Services
    kind_of: Callable[[str], GlyphKind]
    theme: Callable[[], Theme]

    @property
    def canvas(self) -> Canvas:
        """The canvas as it is now."""
        return self.document.canvas

    def ask(
        self,
        call: Callable[..., Any],
        *args: Any,
        then: Callable[[Any], None] | None = None,
        failed: Callable[[QntxError], None] | None = None,
    ) -> None:
        """Call a service on a worker; without `failed` its error goes to the banner."""
        self.tasks.run(self.owner, call, *args, then=then, failed=failed)

    def refuse(self, glyph_id: int, error: QntxError) -> None:
        """Show on a glyph why something asked of it was not done.

        What the person can change about the glyph is kept with it; trouble of the surroundings is not.
        """
        if error.family is Family.ENVIRONMENT:
            self.lives.put(glyph_id, problem=error)
            self.banner.fail(error)
        else:
            self.lives.put(glyph_id, problem=None)
            self.document.amend_state(glyph_id, error=error.to_json())

    def clear_error(self, glyph_id: int) -> None:
        """Nothing stands in the way of a glyph any more."""
        self.lives.put(glyph_id, problem=None)
        glyph = self.document.glyph(glyph_id)
        if glyph is not None and glyph.state.get("error") is not None:
            self.document.amend_state(glyph_id, error=None)

    def new_glyph(self, kind: str, place: tuple[float, float], *, below: bool = False, **parts: Any) -> Glyph:
        """A glyph of `size`, by default its kind's, at the free place nearest to `place`; not on the canvas yet.

        Args:
            below: Move down only, so that it stays below what it belongs to.
        """
        width, height = parts.pop("size", None) or self.kind_of(kind).default_size
        wanted = Box(place[0], place[1], width, height)
        taken = list(self.sight.boxes().values())
        x, y = place_below(wanted, taken) if below else free_place(wanted, taken)
        top = max((each.z for each in self.canvas.glyphs.values()), default=0)
        content = parts.pop("content", None) or dict(self.kind_of(kind).new_content())
        return Glyph(
            id=self.document.next_id(),
            kind=kind,
            x=x,
            y=y,
            width=width,
            height=height,
            z=top + 1,
            content=content,
            **parts,
        )

    def add(self, glyph: Glyph, label: str, *edges: tuple[str, int, int]) -> None:
        """Put a glyph and its edges on the canvas as one step; edges are (kind, source id, target id)."""
        made = {}
        for kind, source_id, target_id in edges:
            edge = Edge(id=self.document.next_id(), kind=kind, source_id=source_id, target_id=target_id)
            made[edge.id] = edge
        self.document.seal()
        self.document.edit(CanvasDiff(added={glyph.id: glyph}, edges_added=made), label)

    def link(self, kind: str, source_id: int, target_id: int, label: str) -> None:
        """Join two glyphs as one step."""
        edge = Edge(id=self.document.next_id(), kind=kind, source_id=source_id, target_id=target_id)
        self.document.seal()
        self.document.edit(CanvasDiff(edges_added={edge.id: edge}), label)

    def become(self, glyph: Glyph, content: dict[str, Any], label: str, kind: str, sources: list[int]) -> None:
        """Change a glyph's content and join other glyphs to it, as one step."""
        made = {}
        for source_id in sources:
            edge = Edge(id=self.document.next_id(), kind=kind, source_id=source_id, target_id=glyph.id)
            made[edge.id] = edge
        changed = replace(glyph, content=content)
        self.document.seal()
        self.document.edit(CanvasDiff(updated={glyph.id: (glyph, changed)}, edges_added=made), label)
