"""Getting about on the canvas by words: the command palette, going to a glyph, finding text; and back again.

Qt main thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from qntx_desktop.model.glyph import Glyph, Viewpoint
from qntx_desktop.ui.actions import ACTIONS
from qntx_desktop.ui.canvas.finder import Finder, Found
from qntx_desktop.ui.canvas.minimap import Minimap
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.wording import count, one_line

if TYPE_CHECKING:
    from qntx_desktop.ui.canvas.view import CanvasView

MOST_PLACES = 100
MOST_ROW_CHARS = 90
NEAR_PX = 4.0
OWN = frozenset({"palette", "part_next", "part_back"})
_NO_WORDS = frozenset({"tag", "canvas", "copy_of"})
"""What of a glyph's content nobody wrote or reads: its colour, numbers of canvases."""
_Place = tuple[int, Viewpoint]
"""A canvas and where one looked on it."""


class Finding:
    """Opens the lists, and remembers from where the view jumped."""

    def __init__(self, view: CanvasView) -> None:
        self._view = view
        self.finder: Finder | None = None
        self.minimap: Minimap | None = None
        self._behind: list[_Place] = []
        self._ahead: list[_Place] = []
        self.leave: Callable[[int, Viewpoint], None] = lambda _canvas_id, _look: None
        """Opens another canvas at a place of it; the window fills it in."""
        self.canvases: Callable[[], Iterable[tuple[str, Callable[[], None]]]] = lambda: ()
        """Names of the other canvases, and what goes there; the window fills it in."""
        self.table: dict[str, Callable[[], None]] = {
            "palette": lambda: self.open_list(tr("What to do, or where to go"), self._everything),
            "go_to": lambda: self.open_list(tr("Go to a glyph or a canvas"), self._places),
            "find": lambda: self.open_list(tr("Find text on the canvas; Enter goes on"), self._texts, stays=True),
            "place_back": lambda: self._step(self._behind, self._ahead),
            "place_forward": lambda: self._step(self._ahead, self._behind),
            "minimap": self._toggle_minimap,
        }

    def note_place(self) -> None:
        """The view is about to jump; `Back` comes back here."""
        here = self._here
        if not self._behind or not _near(self._behind[-1], here):
            self._behind.append(here)
            del self._behind[:-MOST_PLACES]
        self._ahead.clear()

    @property
    def _here(self) -> _Place:
        return self._view.document.canvas.id, self._view.viewpoint

    @property
    def can_go_back(self) -> bool:
        """True when there is a place to go back to."""
        return bool(self._behind)

    @property
    def can_go_forward(self) -> bool:
        """True when `Back` was used."""
        return bool(self._ahead)

    def _step(self, origin: list[_Place], target: list[_Place]) -> None:
        here = self._here
        while origin and _near(origin[-1], here):
            origin.pop()
        if not origin:
            return
        target.append(here)
        canvas_id, look = origin.pop()
        if canvas_id == here[0]:
            self._view.look_at(look)
        else:
            self.leave(canvas_id, look)

    def open_list(
        self, title: str, search: Callable[[str], Iterable[Found]], *, stays: bool = False
    ) -> None:
        """Open a list at the top, in place of the one that is open."""
        view = self._view
        view.close_editor()
        self.close()
        self.finder = Finder(title, lambda typed: list(search(typed)), view.theme, view, stays=stays)
        self.finder.destroyed.connect(self._closed)
        self.finder.open()

    def close(self) -> None:
        """Close the list that is open."""
        finder, self.finder = self.finder, None
        if finder is not None:
            finder.destroyed.disconnect(self._closed)
            finder.close_now()

    def _closed(self) -> None:
        self.finder = None

    def _everything(self, typed: str) -> Iterator[Found]:
        """Actions, and behind them the glyphs and canvases that words fit."""
        yield from self._actions(typed)
        if typed.strip():
            yield from self._places(typed)

    def _actions(self, typed: str) -> Iterator[Found]:
        """Actions that can be done now, those whose name begins with the words first."""
        fitting = [each for each in ACTIONS if _fits(typed, f"{each.group} {each.label}")]
        fitting.sort(key=lambda each: not each.label.casefold().startswith(typed.casefold()))
        for action in fitting:
            if action.id not in OWN and self._view.commands.can(action.id):
                yield Found(
                    action.label,
                    self._view.commands.keymap.shown(action),
                    partial(self._view.perform, action.id),
                )

    def _places(self, typed: str) -> list[Found]:
        """Glyphs and canvases, those whose name begins with the words first."""
        start = typed.strip().casefold()
        return sorted(self._glyphs(typed), key=lambda each: not each.text.casefold().startswith(start))

    def _glyphs(self, typed: str) -> Iterator[Found]:
        for key, item in self._view.scene_of.items_by_id.items():
            first = one_line(_words(item.glyph), MOST_ROW_CHARS)
            name = item.layout.title_whole
            if _fits(typed, f"{item.kind.label} {name} {first}"):
                more = "" if first == name else _after_name(name, first)
                yield Found(name, "", partial(self._go_to, key), sign=item.kind.symbol, detail=more)
        canvas = tr("canvas")
        for name, go in self.canvases():
            if _fits(typed, f"canvas {canvas} {name}"):
                yield Found(one_line(name, MOST_ROW_CHARS), canvas, go, sign="⧉")

    def _texts(self, typed: str) -> Iterator[Found]:
        """The first line of each glyph that holds what was typed."""
        wanted = typed.strip().casefold()
        if not wanted:
            return
        for key, item in self._view.scene_of.items_by_id.items():
            lines = [item.layout.title_whole, *_words(item.glyph).splitlines()]
            fitting = [line for line in lines if wanted in line.casefold()]
            if fitting:
                more = tr("{fitting} lines").format(fitting=count(len(fitting))) if len(fitting) > 1 else ""
                text = one_line(fitting[0], MOST_ROW_CHARS)
                yield Found(text, more, partial(self._go_to, key), sign=item.kind.symbol)

    def _go_to(self, glyph_id: int) -> None:
        self.note_place()
        self._view.select([glyph_id])
        self._view.show_glyph(glyph_id)

    def _toggle_minimap(self) -> None:
        if self.minimap is None:
            self.minimap = Minimap(self._view)
        self.minimap.setVisible(self.minimap.isHidden())
        self.minimap.settle()


def _words(glyph: Glyph) -> str:
    """All text of a glyph."""
    return "\n".join(
        each for name, each in glyph.content.items() if isinstance(each, str) and name not in _NO_WORDS
    )


def _after_name(name: str, words: str) -> str:
    """The words without the name that they begin with: a heading of a note is its name."""
    bare = words.lstrip("#>*- ")
    return bare[len(name) :].strip() if bare.startswith(name) else words


def _fits(typed: str, text: str) -> bool:
    return all(word in text.casefold() for word in typed.casefold().split())


def _near(first: _Place, second: _Place) -> bool:
    one, other = first[1], second[1]
    return (
        first[0] == second[0]
        and abs(one.center_x - other.center_x) < NEAR_PX
        and abs(one.center_y - other.center_y) < NEAR_PX
        and abs(one.zoom - other.zoom) < 0.01
    )
