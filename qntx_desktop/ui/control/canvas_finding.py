"""Lists that lead to other canvases: text anywhere, and places with names.

Qt main thread; the store is searched on a worker while the person types.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from qntx_desktop.model.canvases import GlyphHit, Place
from qntx_desktop.model.errors import QntxError
from qntx_desktop.ui.canvas.finder import Found
from qntx_desktop.ui.canvas.view import CanvasView
from qntx_desktop.ui.control.board import Board
from qntx_desktop.ui.control.switching import Switching
from qntx_desktop.ui.control.windows import Windows
from qntx_desktop.ui.dialogs.canvas_name import CanvasName
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.wording import one_line

PAUSE_MS = 120
MOST_HITS = 200
MOST_LINE_CHARS = 90


class CanvasFinding(QObject):
    """Finds on all canvases, and keeps places."""

    def __init__(
        self, board: Board, switching: Switching, windows: Windows, view: CanvasView, window: QWidget
    ) -> None:
        super().__init__(window)
        self._board, self._switching, self._windows = board, switching, windows
        self._view, self._window = view, window
        self._asked = ""
        self._hits: tuple[str, tuple[GlyphHit, ...]] = ("", ())
        self._places: tuple[Place, ...] = ()
        self._names: dict[int, str] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.table: dict[str, Callable[[], None]] = {
            "find_all": self._find_all,
            "place_keep": self._ask_name,
            "places": self._show_places,
            "place_drop": partial(self._show_places, drop=True),
        }

    def stop(self) -> None:
        """Search for nothing any more."""
        self._pause.stop()

    def _find_all(self) -> None:
        self._hits, self._asked = ("", ()), ""
        self._view.commands.finding.open_list(tr("Find text on all canvases"), self._found)

    def _found(self, typed: str) -> Iterator[Found]:
        wanted = " ".join(typed.split())
        if wanted != self._asked:
            self._asked = wanted
            self._pause.start()
        known = self._hits[0] == wanted
        self._say(
            tr("Nothing fits.")
            if known and wanted
            else tr("Searching…")
            if wanted
            else tr("Type what to find.")
        )
        if not wanted or not known:
            return
        for hit in self._hits[1]:
            kind = self._view.kind_of(hit.kind)
            text = one_line(hit.line, MOST_LINE_CHARS) or kind.label
            yield Found(text, one_line(hit.canvas_name, 40), partial(self._go, hit), sign=kind.symbol)

    def _search(self) -> None:
        wanted = self._asked
        if not wanted:
            return
        services = self._board.services

        def then(hits: tuple[GlyphHit, ...]) -> None:
            if wanted == self._asked:
                self._hits = (wanted, hits)
                self._again()

        # Changes on their way count too, so they are kept first.
        self._switching.keep_first(
            lambda: self._board.ask(services.canvases.search, wanted, MOST_HITS, then=then), needed=False
        )

    def _say(self, words: str) -> None:
        finder = self._view.commands.finding.finder
        if finder is not None:
            finder.none.setText(words)

    def _again(self) -> None:
        finder = self._view.commands.finding.finder
        if finder is not None:
            finder.again()

    def _go(self, hit: GlyphHit) -> None:
        self._switching.open(hit.canvas_id, hit.glyph_id)

    def _ask_name(self) -> None:
        """Ask for a name for what is seen now."""
        canvas_id, look = self._board.canvas.id, self._view.viewpoint
        keep = self._board.services.canvases.keep_place
        window: list[CanvasName] = []

        def chosen(name: str) -> None:
            self._board.ask(keep, canvas_id, name, look, then=lambda _none: done(), failed=refused)

        def done() -> None:
            if isValid(window[0]):
                window[0].close()

        def refused(error: QntxError) -> None:
            if isValid(window[0]):
                window[0].refuse(error)

        def make() -> CanvasName:
            theme = self._board.theme()
            window[:] = [CanvasName(tr("Keep this place"), tr("Keep"), "", theme, self._window, thing="place")]
            window[0].chosen.connect(chosen)
            return window[0]

        self._windows.show("place name", make)

    def _show_places(self, *, drop: bool = False) -> None:
        def then(answer: tuple[tuple[Place, ...], dict[int, str]]) -> None:
            self._places, self._names = answer
            title = tr("Forget a place") if drop else tr("Go to a place")
            self._view.commands.finding.open_list(title, partial(self._listed, drop))

        def work() -> tuple[tuple[Place, ...], dict[int, str]]:
            canvases = self._board.services.canvases
            return canvases.places(), {each.id: each.name for each in canvases.list()}

        self._board.ask(work, then=then)

    def _listed(self, drop: bool, typed: str) -> Iterator[Found]:
        """Those of the shown canvas first."""
        shown = self._board.canvas.id
        for place in sorted(self._places, key=lambda each: each.canvas_id != shown):
            name = self._names.get(place.canvas_id, "")
            if all(word in f"{place.name} {name}".casefold() for word in typed.casefold().split()):
                act = self._drop if drop else self._look
                yield Found(one_line(place.name, 80), one_line(name, 40), partial(act, place))

    def _look(self, place: Place) -> None:
        self._switching.open(place.canvas_id, look=place.viewpoint)

    def _drop(self, place: Place) -> None:
        self._board.ask(self._board.services.canvases.drop_place, place.id)
        self._board.banner.say(tr("The place is forgotten."), place.name, key="place")
