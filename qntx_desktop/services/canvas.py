"""The canvas between its document in the window and the store.

Any thread but the GUI's. Imported late: only the window needs it, and its tables cost most of a second.
"""

from __future__ import annotations

from qntx_desktop.model.diff import CanvasDiff
from qntx_desktop.model.glyph import Canvas, Viewpoint
from qntx_desktop.model.history import NO_CHANGE, HistoryChange, Step
from qntx_desktop.store.canvas import CanvasStore
from qntx_desktop.store.database import Database


class CanvasService:
    """Opens the person's canvas and keeps what is changed on it."""

    def __init__(self, db: Database, *, folder: str) -> None:
        self._store = CanvasStore(db)
        self._folder = folder

    def open_first(self) -> Canvas:
        """The first canvas of the home, made if there is none; relative paths start at the person's home."""
        return self._store.load(self._store.first(folder=self._folder))

    def load(self, canvas_id: int) -> Canvas:
        """One canvas with everything on it."""
        return self._store.load(canvas_id)

    def steps(self, canvas_id: int) -> tuple[Step, ...]:
        """What was done to a canvas and what of it was taken back, oldest first."""
        return self._store.steps(canvas_id)

    def save(
        self,
        canvas_id: int,
        diff: CanvasDiff,
        origin: str,
        *,
        next_id: int = 1,
        steps: HistoryChange = NO_CHANGE,
    ) -> int:
        """Keep a change; durable on return.

        Args:
            origin: Who made it, so that the maker can ignore the echo.
            next_id: The first id the maker has not given out, so that an id is never used twice, not even one
                whose glyph came and went before it was ever saved.
            steps: How the history changes with it; kept in the same transaction.

        Returns:
            When it was saved, in microseconds since 1970 UTC.
        """
        return self._store.save(canvas_id, diff, origin, next_id=next_id, steps=steps)

    def set_viewpoint(self, canvas_id: int, viewpoint: Viewpoint) -> None:
        """Keep where the person looks."""
        self._store.set_viewpoint(canvas_id, viewpoint)

    def set_folder(self, canvas_id: int, folder: str) -> None:
        """Keep where relative paths in commands start."""
        self._store.set_folder(canvas_id, folder)
