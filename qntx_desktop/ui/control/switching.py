"""Going from one canvas to another: what is shown is kept first, then the other one takes its place.

Qt main thread; keeping and reading happen on workers. A canvas that cannot be kept is not left.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from qntx_desktop.model.errors import QntxError
from qntx_desktop.model.glyph import Canvas, Viewpoint
from qntx_desktop.model.history import Step
from qntx_desktop.ui.canvas.view import CanvasView
from qntx_desktop.ui.control.board import Board
from qntx_desktop.ui.text import tr

if TYPE_CHECKING:
    from qntx_desktop.ui.control.controller import Controller

KEY = "canvas"
AGAIN_MS = 30


@dataclass(frozen=True, slots=True)
class _Wish:
    canvas_id: int
    glyph_id: int | None = None
    look: Viewpoint | None = None
    fit: bool = False


class Switching(QObject):
    """Shows one canvas of the home in place of another.

    Signals:
        opened: Another canvas is shown.
    """

    opened = Signal()

    def __init__(self, board: Board, controller: Controller, view: CanvasView, parent: QObject) -> None:
        super().__init__(parent)
        self._board, self._controller, self._view = board, controller, view
        self._wish: _Wish | None = None
        self._under_way = False
        view.commands.finding.leave = lambda canvas_id, look: self._open(_Wish(canvas_id, look=look))

    @property
    def under_way(self) -> bool:
        """True from asking for another canvas until it is shown, or was refused."""
        return self._under_way

    def open(
        self, canvas_id: int, glyph_id: int | None = None, look: Viewpoint | None = None, *, fit: bool = False
    ) -> None:
        """Show a canvas, and on it a glyph, a place or everything; `Back` comes back."""
        self._view.commands.finding.note_place()
        self._open(_Wish(canvas_id, glyph_id, look, fit))

    def keep_first(self, then: Callable[[], None], *, needed: bool = True) -> None:
        """Do something when all that is on the shown canvas is in the store.

        Args:
            needed: True: not at all when it cannot be kept.
        """
        autosave = self._controller.autosave

        def kept(good: bool) -> None:
            autosave.flushed.disconnect(kept)
            if good or not needed:
                then()
            else:
                said = tr("The last changes are not saved, so nothing was done.")
                self._board.banner.say(said, tr("Try again when they are."), key=KEY)

        self._view.flush_text()
        autosave.flushed.connect(kept)
        autosave.flush()

    def _open(self, wish: _Wish) -> None:
        self._wish = wish
        if self._under_way:
            return
        if wish.canvas_id == self._board.canvas.id:
            self._arrive(wish)
            return
        self._under_way = True
        self._keep()

    def _keep(self) -> None:
        self._view.cancel_gesture()
        self._view.close_editor()
        if self._controller.busy:  # an answer on its way belongs to the canvas that is shown
            QTimer.singleShot(AGAIN_MS, self, self._keep)
            return
        self._controller.autosave.flushed.connect(self._kept)
        self._controller.autosave.flush()

    def _kept(self, good: bool) -> None:
        self._controller.autosave.flushed.disconnect(self._kept)
        wish = self._wish
        if wish is None or not good:
            self._under_way = False
            said = tr("The last changes are not saved, so this canvas stays open.")
            self._board.banner.say(said, tr("Try again when they are."), key=KEY)
            return
        services = self._board.services
        self._board.ask(services.canvas.open, wish.canvas_id, then=self._read, failed=self._refused)

    def _refused(self, error: QntxError) -> None:
        self._under_way, self._wish = False, None
        self._board.banner.fail(error, key=KEY)

    def _read(self, found: tuple[Canvas, tuple[Step, ...]]) -> None:
        wish = self._wish
        asked_again = wish is None or wish.canvas_id != found[0].id
        if asked_again or self._controller.busy or not self._controller.autosave.clean:
            self._keep()
            return
        self._under_way = False
        self._board.document.load(*found)
        self._controller.canvas_opened()
        self.opened.emit()
        assert wish is not None
        self._arrive(wish)

    def _arrive(self, wish: _Wish) -> None:
        """Go where the wish leads on the canvas that is shown."""
        self._wish = None
        if wish.look is not None:
            self._view.look_at(wish.look)
        if wish.fit:
            self._view.fit()
        if wish.glyph_id is not None and not self._controller.go_to(wish.glyph_id):
            self._board.banner.say(tr("This glyph is not on the canvas any more."), key="glyph")
        self._view.setFocus()
