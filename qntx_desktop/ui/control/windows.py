"""Opens the windows beside the main one: an attestation, the results of a run, a difference, a name.

Qt main thread. Windows are shown, never executed; the same thing opened twice comes forward.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from qntx_desktop.model.attestation import Attestation
from qntx_desktop.model.clock import now_us
from qntx_desktop.model.errors import QntxError
from qntx_desktop.model.glyph import KIND_ATTESTATION
from qntx_desktop.model.job import Execution
from qntx_desktop.ui.control.board import Board
from qntx_desktop.ui.dialogs.attestation_table import Answer
from qntx_desktop.ui.dialogs.attestation_view import AttestationView
from qntx_desktop.ui.dialogs.diff_view import DiffView
from qntx_desktop.ui.dialogs.frame import Frame
from qntx_desktop.ui.dialogs.results_view import ResultsView
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme

OF_GLYPHS = ("name ", "schedule ")


class Windows:
    """The open windows by what they show."""

    def __init__(self, board: Board, parent: QWidget) -> None:
        self._board = board
        self._parent = parent
        self._open: dict[tuple[str, str], Frame] = {}

    def close_all(self) -> None:
        """Close every window."""
        for window in list(self._open.values()):
            if isValid(window):
                window.close()
        self._open.clear()

    def close_of_glyphs(self) -> None:
        """Close what asks about one glyph: the canvas it stands on is not shown any more."""
        for key, window in list(self._open.items()):
            if key[0].startswith(OF_GLYPHS) and isValid(window):
                window.close()

    def set_theme(self, theme: Theme) -> None:
        """Give the open windows the colours of another theme."""
        for window in self._open.values():
            if isValid(window):
                window.set_theme(theme)

    def attestation(self, asid: str) -> None:
        """Show one attestation."""
        self._board.ask(self._board.services.ledger.get, asid, then=self._show_attestation)

    def results(self, job_id: int, *, output: bool = False) -> None:
        """Show everything the newest run of a job left behind.

        Args:
            output: Begin with the output, not with the table.
        """
        self._board.ask(self._board.services.queue.execution_of, job_id, then=partial(self._show_results, output))

    def show_diff(self, script_type: str, older: int, newer: int, text: str) -> None:
        """Show what changed between two versions."""
        key = ("diff", f"{script_type} {older} {newer}")
        self._show(key, lambda: DiffView(script_type, older, newer, text, self._board.theme(), self._parent))

    def _show_attestation(self, found: Attestation) -> None:
        def make() -> Frame:
            view = AttestationView(found, self._board.theme(), self._parent)
            view.pin_requested.connect(self._pin)
            return view

        self._show(("attestation", found.id), make)

    def _pin(self, found: Attestation) -> None:
        """Put an attestation on the canvas, at the free place nearest to the middle."""
        content = {"attestation": found.to_json()}
        glyph = self._board.new_glyph(KIND_ATTESTATION, self._board.sight.middle(), content=content)
        self._board.add(glyph, tr("Add Attestation"))
        self._board.sight.go_to(glyph.id)

    def _show_results(self, output: bool, execution: Execution | None) -> None:
        if execution is None:
            self._board.banner.say(tr("This run has not begun yet."))
            return

        def make() -> Frame:
            view = ResultsView(
                execution,
                execution.attestation_count,
                partial(self._fetch, execution.id),
                self._board.theme(),
                self._parent,
                now_us=now_us(),
            )
            view.open_requested.connect(self.attestation)
            view.pin_requested.connect(self._board.sight.take)
            return view

        window = self._show(("results", str(execution.id)), make)
        if output and isinstance(window, ResultsView):
            window.show_output()

    def _fetch(self, execution_id: int, after_seq: int, limit: int, answer: Answer) -> None:
        def failed(error: QntxError) -> None:
            answer(error)

        self._board.ask(
            self._board.services.ledger.of_execution, execution_id, limit, after_seq, then=answer, failed=failed
        )

    def show(self, key: str, make: Callable[[], Frame]) -> None:
        """Show a window made elsewhere; the one of this key that is open already comes forward instead."""
        self._show((key, ""), make)

    def _show(self, key: tuple[str, str], make: Callable[[], Frame]) -> Frame:
        window = self._open.get(key)
        if window is None or not isValid(window):
            window = self._open[key] = make()
        window.show_at_front()
        return window
