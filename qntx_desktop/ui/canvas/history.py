"""The steps of a canvas: which are done, which were taken back, and what the store does not know of them yet.

Qt main thread, without Qt. It changes no canvas; the `Document` does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qntx_desktop.model.diff import CanvasDiff, squash
from qntx_desktop.model.history import MOST_STEPS, HistoryChange, Step


class History:
    """A line of steps and a place in it: those before it are done, those behind it were taken back."""

    def __init__(self, steps: Sequence[Step] = ()) -> None:
        self._steps = sorted(steps, key=lambda step: step.id)
        self._at = sum(step.done for step in self._steps)
        self._merge: str | None = None
        self._kept: dict[int, Step] = {}
        self._dropped: set[int] = set()

    @property
    def at(self) -> int:
        """How many steps are done."""
        return self._at

    @property
    def labels(self) -> tuple[str, ...]:
        """What every step is called, oldest first."""
        return tuple(step.label for step in self._steps)

    @property
    def last(self) -> Step | None:
        """The step that undo would take back."""
        return self._steps[self._at - 1] if self._at else None

    @property
    def next(self) -> Step | None:
        """The step that redo would do."""
        return self._steps[self._at] if self._at < len(self._steps) else None

    def add(self, diff: CanvasDiff, label: str, merge: str | None) -> None:
        """One more thing was done; what was taken back is forgotten."""
        last, undone = self.last, self._at < len(self._steps)
        for step in self._steps[self._at :]:
            self._drop(step.id)
        del self._steps[self._at :]
        if last is not None and merge is not None and merge == self._merge and not undone:
            joined = squash(last.diff, diff)
            if joined.empty:
                self.pop()
            else:
                self._put(replace(last, label=label, change=joined))
        else:
            self._append(diff, label)
        self._merge = merge

    def _append(self, diff: CanvasDiff, label: str) -> None:
        number = self._steps[-1].id + 1 if self._steps else 1
        self._steps.append(Step(id=number, label=label, done=True, change=diff))
        self._mark(self._steps[-1])
        for step in self._steps[:-MOST_STEPS]:
            self._drop(step.id)
        del self._steps[:-MOST_STEPS]
        self._at = len(self._steps)

    def _put(self, step: Step) -> None:
        self._steps[self._at - 1] = step
        self._mark(step)

    def seal(self) -> None:
        """What follows is a step of its own."""
        self._merge = None

    def merging(self, merge: str) -> bool:
        """True while the last step is the one with this key."""
        return self._merge == merge and self._at > 0

    def pop(self) -> None:
        """Forget the last step, as if it had never been."""
        self._drop(self._steps.pop(self._at - 1).id)
        self._at -= 1
        self._merge = None

    def moved(self, step: Step, diff: CanvasDiff, *, done: bool) -> None:
        """The last step was taken back, or the next one done again, with this effect (of doing it)."""
        place = self._at - 1 if not done else self._at
        self._steps[place] = replace(step, done=done, change=diff)
        self._mark(self._steps[place])
        self._at += 1 if done else -1
        self._merge = None

    def _mark(self, step: Step) -> None:
        self._kept[step.id] = step
        self._dropped.discard(step.id)

    def _drop(self, number: int) -> None:
        self._kept.pop(number, None)
        self._dropped.add(number)

    @property
    def has_unsaved(self) -> bool:
        """True when the store does not know all."""
        return bool(self._kept or self._dropped)

    def take_unsaved(self) -> HistoryChange:
        """What the store does not know, handed over."""
        taken = HistoryChange(kept=self._kept, dropped=frozenset(self._dropped))
        self._kept, self._dropped = {}, set()
        return taken

    def return_unsaved(self, change: HistoryChange) -> None:
        """The store did not take it; what came since counts."""
        kept = {key: step for key, step in change.kept.items() if key not in self._dropped}
        self._kept = {**kept, **self._kept}
        self._dropped |= change.dropped - self._kept.keys()
