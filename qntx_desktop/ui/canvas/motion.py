"""Short motion that explains: a glyph grows from the port it was pulled out of, tidied cards glide into place.

Qt main thread. Only painting moves: every card stands at its place at once, so that presses, keys and what is kept
never wait for it. All of it is over within 150 ms, and nothing moves for people who switched motion off.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractAnimation, QEasingCurve, QObject, QPointF, QVariantAnimation
from PySide6.QtWidgets import QStyle

from qntx_desktop.model.diff import CanvasDiff
from qntx_desktop.ui.canvas.item import NOWHERE, GlyphItem

if TYPE_CHECKING:
    from qntx_desktop.ui.canvas.view import CanvasView

LASTS_MS = 140
MOST_GLYPHS = 300
"""More than this many at once would only flicker."""
SMALLEST = 0.35
"""A new card begins at this part of its size."""


class Motion(QObject):
    """The motion of one view; at most one at a time, a new one ends the one before."""

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view)
        self._view = view
        self.reduced = False
        self._gliding: dict[int, tuple[GlyphItem, QPointF]] = {}
        self._growing: list[GlyphItem] = []
        self._clock = QVariantAnimation(self)
        self._clock.setDuration(LASTS_MS)
        self._clock.setStartValue(0.0)
        self._clock.setEndValue(1.0)
        self._clock.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._clock.valueChanged.connect(self._show)
        self._clock.finished.connect(self.finish)
        view.document.changed.connect(self._follow)
        view.document.reset.connect(self.finish)

    @property
    def wanted(self) -> bool:
        """Whether anything may move: neither the person nor the desktop switched it off, and somebody looks."""
        hint = QStyle.StyleHint.SH_Widget_Animation_Duration
        return not self.reduced and self._view.isVisible() and self._view.style().styleHint(hint) > 0

    @property
    def running(self) -> bool:
        """True while something moves."""
        return self._clock.state() is QAbstractAnimation.State.Running

    def glide(self, before: dict[int, QPointF]) -> None:
        """Let cards that stand at their new places already be seen coming from the old ones.

        Args:
            before: Where their top left corners were, canvas units.
        """
        seen = self._view.seen()
        moved = {}
        for key, place in before.items():
            item = self._view.scene_of.item_of(key)
            if item is not None and item.pos() != place:
                old = item.layout.rect.translated(place)
                if seen.intersects(item.card_rect) or seen.intersects(old):
                    moved[key] = (item, place - item.pos())
        if moved and len(moved) <= MOST_GLYPHS and self.wanted:
            self.finish()
            self._gliding = moved
            self._begin()

    def finish(self) -> None:
        """Everything is shown where it is."""
        self._clock.stop()
        gliding, growing = self._gliding, self._growing
        self._gliding, self._growing = {}, []
        for item, _way in gliding.values():
            item.drift = NOWHERE
        for item in growing:
            item.grown = 1.0
        if gliding or growing:
            self._view.scene_of.follow_edges(gliding)
            self._view.viewport().update()

    def _begin(self) -> None:
        self._show(0.0)
        self._clock.start()

    def _show(self, part: float) -> None:
        for item, way in self._gliding.values():
            item.drift = way * (1.0 - part)
        for item in self._growing:
            item.grown = SMALLEST + (1.0 - SMALLEST) * part
        self._view.scene_of.follow_edges(self._gliding)
        self._view.viewport().update()

    def _follow(self, diff: CanvasDiff) -> None:
        """Cards that change again stop gliding; a card that comes with a link grows out of what it is linked to."""
        if self.running and (diff.updated.keys() | diff.removed.keys()) & self._gliding.keys():
            self.finish()
        grown = []
        for edge in diff.edges_added.values():
            source = self._view.scene_of.item_of(edge.source_id)
            target = self._view.scene_of.item_of(edge.target_id)
            if source is None or target is None or edge.target_id not in diff.added:
                continue
            if edge.source_id not in diff.added:
                start = source.card_rect.center()
                corner = target.card_rect
                target.grows_from = QPointF(
                    min(max(start.x(), corner.left()), corner.right()) - corner.left(),
                    min(max(start.y(), corner.top()), corner.bottom()) - corner.top(),
                )
                grown.append(target)
        if grown and len(grown) <= MOST_GLYPHS and self.wanted:
            self.finish()
            self._growing = grown
            self._begin()
