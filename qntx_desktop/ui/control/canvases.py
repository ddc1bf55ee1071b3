"""The canvases of the home in the window: the list, new ones, names, copies, the bin.

Qt main thread; the store is asked on workers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from qntx_desktop.model.canvases import CanvasLine, by_use, trail
from qntx_desktop.model.errors import QntxError
from qntx_desktop.model.events import CanvasesChanged, Event, StoreChangedElsewhere
from qntx_desktop.model.schedule import ScheduleState
from qntx_desktop.services.canvas_templates import EXAMPLE, TEMPLATES, CanvasTemplate
from qntx_desktop.ui.canvas.view import CanvasView
from qntx_desktop.ui.control.board import Board
from qntx_desktop.ui.control.canvas_undo import CanvasUndo
from qntx_desktop.ui.control.first_offer import FirstOffer, untouched
from qntx_desktop.ui.control.sub_canvases import copied_from, uid_of
from qntx_desktop.ui.control.switching import Switching
from qntx_desktop.ui.control.windows import Windows
from qntx_desktop.ui.dialogs.canvas_name import CanvasName
from qntx_desktop.ui.dialogs.canvases_view import CanvasesView
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.wording import counted, one_line

if TYPE_CHECKING:
    from qntx_desktop.ui.control.controller import Controller


class Canvases(QObject):
    """Knows the canvases and does with them what is asked.

    Signals:
        known: The list, or which canvas of it is shown, is another one now.
    """

    known = Signal()

    def __init__(
        self, board: Board, controller: Controller, windows: Windows, view: CanvasView, window: QWidget
    ) -> None:
        super().__init__(window)
        self._board, self._windows, self._window = board, windows, window
        self._view: CanvasesView | None = None
        self.lines: tuple[CanvasLine, ...] = ()
        self.switching = Switching(board, controller, view, self)
        self.switching.opened.connect(self._opened)
        self.undo = CanvasUndo(board.banner, self)
        self.undo.changed.connect(self._show_undo)
        self.offer = FirstOffer(view)
        view.commands.finding.canvases = self._quick
        self.table: dict[str, Callable[[], None]] = {
            "canvases": self.show_list,
            "canvas_new": self.ask_new,
            "canvas_empty": self.show_empty,
            "canvas_example": self.show_example,
            "canvas_out": self.go_out,
            "canvas_rename": lambda: self.ask_rename(self.shown_id),
            "canvas_duplicate": lambda: self.duplicate(self.shown_id),
            "canvas_delete": lambda: self.delete(self.shown_id),
        }

    @property
    def shown_id(self) -> int:
        """The canvas that is shown."""
        return self._board.canvas.id

    @property
    def shown_trail(self) -> tuple[CanvasLine, ...]:
        """The canvases that the shown one lies in, outermost first, and itself; empty before the list is known."""
        by_uid = {each.uid: each for each in self.lines if not each.in_bin}
        shown = next((each for each in self.lines if each.id == self.shown_id), None)
        return trail(shown, by_uid) if shown is not None else ()

    def _quick(self) -> Iterator[tuple[str, Callable[[], None]]]:
        """The other canvases for going there by typing, the one that was used last first."""
        by_uid = {each.uid: each for each in self.lines if not each.in_bin}
        for line in by_use(tuple(by_uid.values())):
            if line.id != self.shown_id:
                name = " ▸ ".join(one_line(each.name, 60) for each in trail(line, by_uid))
                yield name, partial(self.open, line.id)

    def refresh(self) -> None:
        """Read the list again."""
        self._board.ask(self._board.services.canvases.list, then=self._take)

    def on_event(self, event: Event) -> None:
        """Something happened in the store."""
        if isinstance(event, (CanvasesChanged, StoreChangedElsewhere)):
            self.refresh()

    def open(self, canvas_id: int, glyph_id: int | None = None) -> None:
        """Show a canvas, and perhaps a glyph on it."""
        self.switching.open(canvas_id, glyph_id)

    def enter(self, glyph_id: int) -> None:
        """Go into the canvas that a glyph opens."""
        glyph, outer = self._board.document.glyph(glyph_id), self._board.canvas
        if glyph is not None:
            name = str(glyph.content.get("title") or glyph.state.get("name") or tr("Sub-canvas"))
            enter = self._board.services.canvases.enter
            self._board.ask(enter, uid_of(glyph), name, outer.uid, copied_from(glyph), then=self.open)

    def go_out(self) -> None:
        """Go to the canvas that the shown one lies in, to the glyph that opens it."""
        call = self._board.services.canvases.way_out
        self._board.ask(call, self.shown_id, then=lambda found: self.open(*found))

    def open_glyph(self, glyph_id: int) -> None:
        """Show a glyph, on whichever canvas it stands."""

        def then(canvas_id: int | None) -> None:
            if canvas_id is None:
                self._board.banner.say(tr("This glyph is on no canvas any more."), key="glyph")
            else:
                self.open(canvas_id, glyph_id)

        self._board.ask(self._board.services.canvases.of_glyph, glyph_id, then=then)

    def show_list(self) -> None:
        """Show the window with all canvases."""

        def make() -> CanvasesView:
            view = CanvasesView(self._board.theme(), self._window)
            view.open_asked.connect(self.open)
            view.new_asked.connect(self.ask_new)
            view.rename_asked.connect(self.ask_rename)
            view.duplicate_asked.connect(self.duplicate)
            view.delete_asked.connect(self.delete)
            view.restore_asked.connect(self.restore)
            view.purge_asked.connect(self.purge)
            view.undo_asked.connect(self.undo.undo)
            self._view = view
            return view

        self._windows.show("canvases", make)
        self._show_undo()
        self._fill()
        self.refresh()

    def ask_new(self) -> None:
        """Ask for the name of a new canvas."""
        make = partial(self._board.services.canvas_templates.make, say=tr)
        self._ask_name(tr("New canvas"), tr("Make"), "", make, TEMPLATES)

    def _untouched(self) -> CanvasLine | None:
        """An empty canvas that nobody has opened yet."""
        return next((each for each in self.lines if untouched(each) and each.id != self.shown_id), None)

    def show_empty(self) -> None:
        """Show an empty canvas at once: the one that waits beside the example, else a new one."""
        waits, make = self._untouched(), self._board.services.canvases.make
        if waits is not None:
            self.open(waits.id)
        else:
            self._board.ask(make, tr("Canvas"), then=lambda made: self.open(made.id))

    def show_example(self) -> None:
        """Make a canvas with the worked example, and show it."""
        make = partial(self._board.services.canvas_templates.make, say=tr)
        self._board.ask(make, EXAMPLE, then=lambda made: self.switching.open(made.id, fit=True))

    def ask_rename(self, canvas_id: int) -> None:
        """Ask for another name of a canvas."""
        found = next((each for each in self.lines if each.id == canvas_id), None)
        rename = self._board.services.canvases.rename
        if found is None:
            return
        old = found.name

        def then(name: str) -> None:
            said = tr("{old} is called {name} now.").format(old=one_line(old, 60), name=one_line(name, 60))
            self.undo.note(said, partial(self._board.ask, rename, canvas_id, old))

        self._ask_name(tr("Rename the canvas"), tr("Rename"), old, partial(rename, canvas_id), then=then)

    def duplicate(self, canvas_id: int) -> None:
        """Make a copy of a canvas and show it; of the shown one, as it is now."""

        call = self._board.services.canvases.duplicate

        def then(made: CanvasLine) -> None:
            self.open(made.id)
            said = tr("{name} was made as a copy.").format(name=one_line(made.name, 60))
            self.undo.note(said, partial(self._take_away, made.id, lambda *_: None))

        self.switching.keep_first(lambda: self._board.ask(call, canvas_id, then=then))

    def delete(self, canvas_id: int) -> None:
        """Put a canvas into the bin; when it is the shown one, the one before it is shown."""
        back = self.restore if canvas_id == self.shown_id else self._bring_back

        def then(name: str, schedules: int) -> None:
            one = schedules == 1
            still = tr("{schedules} of it still runs") if one else tr("{schedules} of it still run")
            still = still.format(schedules=counted(schedules, "schedule"))
            text = tr("{name} is in the bin.").format(name=one_line(name, 60))
            hint = tr("{still}; see Pulse.").format(still=still) if schedules else ""
            self.undo.note(text, partial(back, canvas_id), hint)

        self._take_away(canvas_id, then)

    def _take_away(self, canvas_id: int, told: Callable[[str, int], None]) -> None:
        """Put a canvas into the bin; `told` gets its name and how many of its schedules go on."""
        services, shown = self._board.services, self.shown_id

        def work() -> tuple[str, int, int]:
            found = services.canvases.get(canvas_id)
            services.canvases.delete(canvas_id)
            left = [
                each
                for each in services.schedules.list()
                if each.glyph_id is not None
                and each.state is ScheduleState.ACTIVE
                and services.canvases.of_glyph(each.glyph_id, in_bin=True) == canvas_id
            ]
            other = services.canvases.last_opened(tr("Canvas 1")) if services.canvases.get(shown).in_bin else shown
            return found.name, len(left), other

        def then(answer: tuple[str, int, int]) -> None:
            name, schedules, other = answer
            told(name, schedules)
            if other != self.shown_id and shown == self.shown_id:
                self.switching.open(other)

        self._board.ask(work, then=then)

    def restore(self, canvas_id: int) -> None:
        """Take a canvas out of the bin and show it."""

        def then(found: CanvasLine) -> None:
            self.undo.forget()
            self.open(found.id)

        self._board.ask(self._board.services.canvases.restore, canvas_id, then=then)

    def _bring_back(self, canvas_id: int) -> None:
        """Take a canvas out of the bin that was not shown when it was deleted."""
        if self._view is not None and isValid(self._view):
            self._view.choose(canvas_id)
        self._board.ask(self._board.services.canvases.restore, canvas_id)

    def purge(self, canvas_ids: list[int]) -> None:
        """Delete canvases of the bin for good."""
        self.undo.forget()
        gone = [each for each in canvas_ids if each != self.shown_id]
        self._board.ask(self._board.services.canvases.purge, gone)

    def _ask_name(
        self,
        title: str,
        button: str,
        name: str,
        call: Callable[..., object],
        choices: Sequence[CanvasTemplate] = (),
        then: Callable[[str], None] = lambda _name: None,
    ) -> None:
        window: list[CanvasName] = []

        def chosen(text: str) -> None:
            words = (window[0].choice, text) if choices else (text,)
            self._board.ask(call, *words, then=partial(done, " ".join(text.split())), failed=refused)

        def done(name: str, made: object) -> None:
            self.undo.forget()
            then(name)
            if isValid(window[0]):
                window[0].close()
            if isinstance(made, CanvasLine):
                self.switching.open(made.id, fit=made.glyphs > 0)

        def refused(error: QntxError) -> None:
            if isValid(window[0]):
                window[0].refuse(error)

        def make() -> CanvasName:
            theme = self._board.theme()
            rows = [(each.id, tr(each.label), tr(each.sentence)) for each in choices]
            window[:] = [CanvasName(title, button, name, theme, self._window, choices=rows)]
            window[0].chosen.connect(chosen)
            return window[0]

        self._windows.show(f"canvas name {title}", make)

    def _opened(self) -> None:
        self.known.emit()
        self.refresh()

    def _take(self, lines: tuple[CanvasLine, ...]) -> None:
        self.lines = lines
        shown = next((each for each in lines if each.id == self.shown_id), None)
        if shown is not None and shown.name != self._board.canvas.name:
            self._board.document.rename(shown.name)
        self._fill()
        self.offer.show_for(self.lines)
        self.known.emit()

    def _show_undo(self) -> None:
        if self._view is not None and isValid(self._view):
            self._view.show_undo(self.undo.text)

    def _fill(self) -> None:
        if self._view is not None and isValid(self._view):
            self._view.show_lines(self.lines, self.shown_id)
