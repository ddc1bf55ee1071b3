"""The canvas between its document in the window and the store.

Any thread but the GUI's. Imported late: only the window needs it, and its tables cost most of a second.
"""

from __future__ import annotations

import logging

from qntx_desktop.model.diff import CanvasDiff
from qntx_desktop.model.errors import ErrCanvasNotFound, QntxError
from qntx_desktop.model.glyph import Canvas, Viewpoint
from qntx_desktop.model.history import NO_CHANGE, HistoryChange, Step
from qntx_desktop.store import canvases as stored
from qntx_desktop.store.canvas import CanvasStore
from qntx_desktop.store.database import Database

_log = logging.getLogger(__name__)


class CanvasService:
    """Opens the person's canvas and keeps what is changed on it."""

    def __init__(self, db: Database, *, folder: str) -> None:
        self._db = db
        self._store = CanvasStore(db)
        self._folder = folder

    def open_first(self, name: str = stored.FIRST_NAME) -> Canvas:
        """The canvas that was open last, made with this name if there is none.

        Relative paths on it start at the person's home.
        """
        canvas_id = self._store.first(folder=self._folder, name=name)
        with self._db.read() as connection:
            first_time = stored.line_of(connection, canvas_id).opened_at_us is None
        if first_time:
            self._note_opened(canvas_id)
        return self._store.load(canvas_id)

    def open(self, canvas_id: int) -> tuple[Canvas, tuple[Step, ...]]:
        """One canvas with what was done to it; from now on it is the one that was opened last.

        Raises:
            ErrCanvasNotFound: There is none of this number, or it is in the bin.
        """

        with self._db.read() as connection:
            if stored.line_of(connection, canvas_id).in_bin:
                raise ErrCanvasNotFound(canvas_id)
        self._note_opened(canvas_id)
        return self._store.load(canvas_id), self._store.steps(canvas_id)

    def _note_opened(self, canvas_id: int) -> None:
        try:
            self._db.write(lambda tx: stored.note_opened(tx, canvas_id))
        except QntxError as error:  # a full disk must not keep anybody from looking
            _log.warning("not noted that canvas %s was opened: %s", canvas_id, error.code)

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
