"""Error glyphs: made from a failed run, and what can be done from them.

Qt main thread.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from qntx_desktop.model.glyph import EDGE_FROM, KIND_ERROR, KIND_RESULT, Glyph
from qntx_desktop.model.job import Execution, Job
from qntx_desktop.ui.control import links
from qntx_desktop.ui.control.board import Board
from qntx_desktop.ui.control.handlers import HandlerGlyphs
from qntx_desktop.ui.control.runs import Runs
from qntx_desktop.ui.control.windows import Windows
from qntx_desktop.ui.dialogs.error_view import ErrorView
from qntx_desktop.ui.glyphs.error import script_type_of, whole_text
from qntx_desktop.ui.text import tr

Act = Callable[[int, str], None]


class Failures:
    """Carries out what is asked of error glyphs."""

    def __init__(
        self, board: Board, runs: Runs, handlers: HandlerGlyphs, windows: Windows, window: QWidget
    ) -> None:
        self._board, self._runs, self._handlers = board, runs, handlers
        self._windows, self._window = windows, window

    @property
    def acts(self) -> dict[str, Act]:
        """What can be done with an error glyph, by action id."""
        return {
            "open_error": lambda glyph_id, _: self._open(glyph_id),
            "fix_error": lambda glyph_id, _: self._fix(glyph_id),
        }

    def run_again(self, glyph_id: int) -> bool:
        """Run what failed once more; False when the glyph is no error glyph."""
        glyph = self._board.document.glyph(glyph_id)
        if glyph is None or glyph.kind != KIND_ERROR:
            return False
        source = self._source(glyph_id)
        if source is None:
            words = tr("Nothing on this canvas is linked to that failure.")
            self._board.banner.say(words, tr("Run it from its own glyph."))
        else:
            self._runs.run(source.id)
        return True

    def _source(self, glyph_id: int) -> Glyph | None:
        """The glyph that failed: the one the error was pulled out of, of a result its runner."""
        canvas = self._board.canvas
        for edge in sorted(canvas.edges.values(), key=lambda each: each.id):
            if edge.target_id == glyph_id and edge.kind == EDGE_FROM:
                source = canvas.glyphs.get(edge.source_id)
                return links.runner_of(canvas, source.id) if source and source.kind == KIND_RESULT else source
        return None

    def _open(self, glyph_id: int) -> None:
        glyph = self._board.document.glyph(glyph_id)
        if glyph is not None:
            title = self._board.kind_of(KIND_ERROR).title(glyph)
            make = partial(ErrorView, title, whole_text(glyph), self._board.theme(), self._window)
            self._windows.show(f"error {glyph_id}", make)

    def _fix(self, glyph_id: int) -> None:
        """Make the handler that was missing, or go to the code that failed."""
        glyph = self._board.document.glyph(glyph_id)
        if glyph is None:
            return
        source = self._source(glyph_id)
        if script_type_of(glyph):
            self._handlers.open_type(script_type_of(glyph))
        elif source is not None and links.type_of(source):
            self._handlers.open_type(links.type_of(source))
        elif source is not None:
            self._board.sight.go_to(source.id, edit=True)
        else:
            self._board.banner.say(tr("The code that failed is not on this canvas."))


def failure_content(job: Job, execution: Execution | None) -> dict[str, Any]:
    """What an error glyph keeps of a failed run."""
    error = (execution.error if execution is not None else None) or job.error or {}
    command = execution.command if execution is not None else ""
    began_us = execution.started_at_us if execution is not None else job.started_at_us
    return {
        "error": dict(error),
        "command": command or str(job.payload.get("command") or job.type),
        "job_id": job.id,
        "at_us": job.completed_at_us or began_us,
    }
