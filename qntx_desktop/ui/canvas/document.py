"""The canvas being edited: an immutable value, the history of what the person did, and what is not saved yet.

Qt main thread. Content and geometry belong to the history; `state` (what runs left behind) does not: taking back
an old move must never bring back an old run. So a step is replayed field by field onto the canvas as it is now.

Source: the record diffs of tldraw's store, with invert and squash as the whole undo story.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from qntx_desktop.model.diff import CanvasDiff, apply, invert, squash, update
from qntx_desktop.model.glyph import Canvas, Edge, Glyph, Viewpoint
from qntx_desktop.model.history import GEOMETRY, HistoryChange, Step
from qntx_desktop.ui.canvas.history import History


def empty_canvas() -> Canvas:
    """A canvas with nothing on it, for the time before the store has answered."""
    return Canvas(id=0, name="", folder="", viewpoint=Viewpoint(), glyphs={}, edges={}, next_id=1)


class Document(QObject):
    """Holds the canvas and its history; every change goes through `edit`, `amend`, `undo` or `redo`.

    Signals:
        changed: The `CanvasDiff` that was just applied.
        reset: Another canvas was loaded.
        history_changed: What can be undone or redone is different now.
    """

    changed = Signal(object)
    reset = Signal()
    history_changed = Signal()

    def __init__(
        self, canvas: Canvas | None = None, parent: QObject | None = None, steps: Sequence[Step] = ()
    ) -> None:
        super().__init__(parent)
        self._canvas = canvas or empty_canvas()
        self._start(steps)

    def _start(self, steps: Sequence[Step]) -> None:
        self._history = History(steps)
        self._unsaved = CanvasDiff()
        self._next_id = self._canvas.next_id
        self.replaying = ""
        """While `changed` is told of it: `undo` or `redo` when the change is no new one."""
        self._states: dict[int, Mapping[str, Any]] = {}

    @property
    def canvas(self) -> Canvas:
        """The canvas as it is now; a new value after every change."""
        return self._canvas

    def load(self, canvas: Canvas, steps: Sequence[Step] = ()) -> None:
        """Begin with another canvas and what was done to it; nothing is unsaved."""
        self._canvas = canvas
        self._start(steps)
        self.reset.emit()
        self.history_changed.emit()

    def rename(self, name: str) -> None:
        """The canvas is called this now; no step, and nothing to save."""
        self._canvas = replace(self._canvas, name=name)

    def glyph(self, glyph_id: int) -> Glyph | None:
        """One glyph, or None when it is gone."""
        return self._canvas.glyphs.get(glyph_id)

    @property
    def first_unused_id(self) -> int:
        """The id that `next_id` gives out next."""
        return max(self._next_id, self._canvas.next_id)

    def next_id(self) -> int:
        """An id never given out before, for a glyph or an edge."""
        fresh = self.first_unused_id
        self._next_id = fresh + 1
        return fresh

    def edit(self, diff: CanvasDiff, label: str, *, merge: str | None = None) -> None:
        """Do what the person asked, as one step of the history.

        Args:
            label: What menus call it, such as `Move 3 glyphs`.
            merge: Steps in a row with the same key are one step: a drag, an editing session, nudges.
        """
        if diff.empty:
            return
        self._history.add(diff, label, merge)
        self._take(diff)
        self.history_changed.emit()

    def amend(self, diff: CanvasDiff) -> None:
        """Apply what was not asked for by hand (state of runs); kept by the store, unknown to the history."""
        if not diff.empty:
            self._take(diff)

    def amend_state(self, glyph_id: int, **changes: Any) -> None:
        """Set keys of a glyph's state; remembered also for one that was deleted and may be brought back."""
        known = self._canvas.glyphs.get(glyph_id)
        before = known.state if known else self._states.get(glyph_id)
        if before is None:
            return
        state = {**before, **changes}
        if known:
            self.amend(update(self._canvas, glyph_id, state=state))
        self._states[glyph_id] = state

    def seal(self) -> None:
        """End the step that is being merged into: what follows is a step of its own."""
        self._history.seal()

    def abandon(self, merge: str) -> None:
        """Take back the step with this key as if it had never been (Esc during a drag)."""
        step = self._history.last
        if step is not None and self._history.merging(merge):
            self._history.pop()
            self._replayed(self._rebased(invert(step.diff)), "undo")

    @property
    def undo_text(self) -> str:
        """What undo would take back; empty when nothing."""
        return self._history.last.label if self._history.last else ""

    @property
    def redo_text(self) -> str:
        """What redo would do again; empty when nothing."""
        return self._history.next.label if self._history.next else ""

    @property
    def can_undo(self) -> bool:
        """True when there is a step to take back."""
        return self._history.last is not None

    @property
    def can_redo(self) -> bool:
        """True when there is a step to do again."""
        return self._history.next is not None

    @property
    def steps(self) -> tuple[str, ...]:
        """What was done, oldest first, with what was taken back at the end."""
        return self._history.labels

    @property
    def steps_done(self) -> int:
        """How many of `steps` are done now."""
        return self._history.at

    def go_to_step(self, done: int) -> None:
        """Undo or redo until this many steps are done."""
        while self._history.at > max(0, done):
            self.undo()
        while self._history.at < done and self.can_redo:
            self.redo()

    def undo(self) -> None:
        """Take back the last step."""
        step = self._history.last
        if step is not None:
            actual = self._rebased(invert(step.diff))
            self._history.moved(step, invert(actual), done=False)
            self._replayed(actual, "undo")

    def redo(self) -> None:
        """Do the last step that was taken back again."""
        step = self._history.next
        if step is not None:
            actual = self._rebased(step.diff)
            self._history.moved(step, actual, done=True)
            self._replayed(actual, "redo")

    def _replayed(self, actual: CanvasDiff, way: str) -> None:
        if not actual.empty:
            self.replaying = way
            try:
                self._take(actual)
            finally:
                self.replaying = ""
        self.history_changed.emit()

    def take_unsaved(self) -> CanvasDiff:
        """Everything since the last call as one diff; empty when all is handed over."""
        taken, self._unsaved = self._unsaved, CanvasDiff()
        return taken

    def take_unsaved_steps(self) -> HistoryChange:
        """What changed in the history since the last call; goes into one transaction with `take_unsaved`."""
        return self._history.take_unsaved()

    def return_unsaved(self, diff: CanvasDiff, steps: HistoryChange | None = None) -> None:
        """Give back what could not be saved; the next `take_unsaved` holds it again."""
        self._unsaved = squash(diff, self._unsaved)
        if steps is not None:
            self._history.return_unsaved(steps)

    @property
    def has_unsaved(self) -> bool:
        """True when something waits to be saved."""
        return not self._unsaved.empty or self._history.has_unsaved

    def _take(self, diff: CanvasDiff) -> None:
        for key, glyph in (*diff.added.items(), *diff.removed.items()):
            self._states[key] = glyph.state
        for key, (_old, glyph) in diff.updated.items():
            self._states[key] = glyph.state
        self._canvas = apply(self._canvas, diff)
        self._unsaved = squash(self._unsaved, diff)
        self.changed.emit(diff)

    def _rebased(self, diff: CanvasDiff) -> CanvasDiff:
        """The diff as it can be applied now: newest states kept, no edge without both its ends."""
        glyphs = self._canvas.glyphs
        removed = {key: glyphs[key] for key in diff.removed if key in glyphs}
        added = {
            key: replace(glyph, state=self._states.get(key, glyph.state))
            for key, glyph in diff.added.items()
            if key not in glyphs
        }
        updated = {}
        for key, (old, new) in diff.updated.items():
            current = glyphs.get(key)
            if current is not None and (merged := _patched(current, old, new)) != current:
                updated[key] = (current, merged)
        alive = (glyphs.keys() - removed.keys()) | added.keys()
        return CanvasDiff(
            added=added,
            updated=updated,
            removed=removed,
            edges_added={
                k: e for k, e in diff.edges_added.items() if _joins(e, alive) and k not in self._canvas.edges
            },
            edges_removed={
                key: edge
                for key, edge in self._canvas.edges.items()
                if key in diff.edges_removed or not _joins(edge, alive)
            },
            folder=self._rebased_folder(diff),
        )

    def _rebased_folder(self, diff: CanvasDiff) -> tuple[str, str] | None:
        now = self._canvas.folder
        return (now, diff.folder[1]) if diff.folder and diff.folder[1] != now else None


def _joins(edge: Edge, alive: set[int]) -> bool:
    return edge.source_id in alive and edge.target_id in alive


def _patched(current: Glyph, old: Glyph, new: Glyph) -> Glyph:
    """`current` with what differs between `old` and `new`, state aside."""
    changes: dict[str, Any] = {
        name: getattr(new, name) for name in GEOMETRY if getattr(old, name) != getattr(new, name)
    }
    if old.content != new.content:
        content = dict(current.content)
        for key in {*old.content, *new.content}:
            if key not in new.content:
                content.pop(key, None)
            elif old.content.get(key) != new.content[key] or key not in old.content:
                content[key] = new.content[key]
        changes["content"] = content
    return replace(current, **changes)
