"""Getting about on the canvas by words: the command palette, going to a glyph, finding text; and back again.

Qt main thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from qntx_desktop.model.glyph import Glyph, Viewpoint
from qntx_desktop.ui.actions import ACTIONS
from qntx_desktop.ui.canvas.finder import Finder, Found
from qntx_desktop.ui.canvas.minimap import Minimap
from qntx_desktop.ui.wording import one_line

if TYPE_CHECKING:
    from qntx_desktop.ui.canvas.view import CanvasView

MOST_PLACES = 100
MOST_ROW_CHARS = 90
NEAR_PX = 4.0
OWN = frozenset({"palette"})


class Finding:
    """Opens the lists, and remembers from where the view jumped."""

    def __init__(self, view: CanvasView) -> None:
        self._view = view
        self.finder: Finder | None = None
        self.minimap: Minimap | None = None
        self._behind: list[Viewpoint] = []
        self._ahead: list[Viewpoint] = []
        self.table: dict[str, Callable[[], None]] = {
            "palette": lambda: self._open("What to do", self._actions),
            "go_to": lambda: self._open("Go to a glyph", self._glyphs),
            "find": lambda: self._open("Find text on the canvas; Enter goes on", self._texts, stays=True),
            "place_back": lambda: self._step(self._behind, self._ahead),
            "place_forward": lambda: self._step(self._ahead, self._behind),
            "minimap": self._toggle_minimap,
        }

    def note_place(self) -> None:
        """The view is about to jump; `Back` comes back here."""
        here = self._view.viewpoint
        if not self._behind or not _near(self._behind[-1], here):
            self._behind.append(here)
            del self._behind[:-MOST_PLACES]
        self._ahead.clear()

    @property
    def can_go_back(self) -> bool:
        """True when there is a place to go back to."""
        return bool(self._behind)

    @property
    def can_go_forward(self) -> bool:
        """True when `Back` was used."""
        return bool(self._ahead)

    def _step(self, origin: list[Viewpoint], target: list[Viewpoint]) -> None:
        here = self._view.viewpoint
        while origin and _near(origin[-1], here):
            origin.pop()
        if origin:
            target.append(here)
            self._view.look_at(origin.pop())

    def _open(self, title: str, search: Callable[[str], Iterator[Found]], *, stays: bool = False) -> None:
        view = self._view
        view.close_editor()
        self.close()
        self.finder = Finder(
            title, lambda typed: list(search(typed)), view.theme, view.viewport(), stays=stays
        )
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

    def _glyphs(self, typed: str) -> Iterator[Found]:
        for key, item in self._view.scene_of.items_by_id.items():
            first = one_line(_words(item.glyph), MOST_ROW_CHARS)
            name = item.layout.title_whole
            if _fits(typed, f"{item.kind.label} {name} {first}"):
                text = f"{item.kind.symbol}   {name}" + (f"  {first}" if first and first != name else "")
                yield Found(one_line(text, MOST_ROW_CHARS), "", partial(self._go_to, key))

    def _texts(self, typed: str) -> Iterator[Found]:
        """The first line of each glyph that holds what was typed."""
        wanted = typed.strip().casefold()
        if not wanted:
            return
        for key, item in self._view.scene_of.items_by_id.items():
            lines = [item.layout.title_whole, *_words(item.glyph).splitlines()]
            fitting = [line for line in lines if wanted in line.casefold()]
            if fitting:
                more = f"{len(fitting):,} lines" if len(fitting) > 1 else ""
                text = f"{item.kind.symbol}   {one_line(fitting[0], MOST_ROW_CHARS)}"
                yield Found(text, more, partial(self._go_to, key))

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
        str(each) for name, each in glyph.content.items() if isinstance(each, str) and name != "tag"
    )


def _fits(typed: str, text: str) -> bool:
    return all(word in text.casefold() for word in typed.casefold().split())


def _near(one: Viewpoint, other: Viewpoint) -> bool:
    return (
        abs(one.center_x - other.center_x) < NEAR_PX
        and abs(one.center_y - other.center_y) < NEAR_PX
        and abs(one.zoom - other.zoom) < 0.01
    )
