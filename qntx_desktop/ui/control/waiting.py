"""Run and wait here: when the run that was asked for has ended, the keyboard is at its result.

Qt main thread. Whoever has gone elsewhere meanwhile is not fetched back.
"""

from __future__ import annotations

from PySide6.QtCore import QObject

from qntx_desktop.model.glyph import KIND_RESULT
from qntx_desktop.model.job import Job
from qntx_desktop.ui.control import links
from qntx_desktop.ui.control.board import Board
from qntx_desktop.ui.control.jobs import Following


class Waiting(QObject):
    """Waits for at most one run."""

    def __init__(self, board: Board, following: Following, parent: QObject) -> None:
        super().__init__(parent)
        self._board = board
        self._glyph_id: int | None = None
        self._chosen: int | None = None
        self._old_job: int | None = None
        following.ended.connect(self._ended)

    @property
    def glyph_id(self) -> int | None:
        """The glyph whose run is waited for."""
        return self._glyph_id

    def begin(self, glyph_id: int | None) -> None:
        """Wait for the next run of this glyph, of a result for that of its runner; None: for nothing any more."""
        glyph = self._board.document.glyph(glyph_id) if glyph_id is not None else None
        if glyph is not None and glyph.kind == KIND_RESULT:
            glyph = links.runner_of(self._board.canvas, glyph.id)
        self._glyph_id = glyph.id if glyph is not None else None
        self._old_job = links.job_of(glyph) if glyph is not None else None
        self._chosen = glyph_id

    def _ended(self, job: Job) -> None:
        glyph = self._board.document.glyph(self._glyph_id) if self._glyph_id is not None else None
        if glyph is None or job.id == self._old_job or links.job_of(glyph) != job.id:
            return
        self._glyph_id = None
        result = links.result_of(self._board.canvas, glyph.id)
        sight = self._board.sight
        if result is not None and sight.chosen() == self._chosen and not sight.editing():
            sight.go_to(result.id)
