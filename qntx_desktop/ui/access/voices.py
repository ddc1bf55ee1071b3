"""One small object for each glyph and each of its parts that a screen reader has asked for.

Qt main thread. Items of a graphics scene are no objects of Qt, and Qt's cache of interfaces knows when one is gone
only by an object that dies; so whatever has an interface has such an object. They are made when they are asked for:
while nobody listens, there are none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleEvent

from qntx_desktop.model.diff import CanvasDiff
from qntx_desktop.ui.access.words import Part, parts_of
from qntx_desktop.ui.canvas.item import GlyphItem

if TYPE_CHECKING:
    from qntx_desktop.ui.canvas.view import CanvasView

Event = QAccessible.Event
MOST_EVENTS = 50
"""More glyphs at once are told as one change of the whole canvas."""


class PartVoice(QObject):
    """Stands for a part of a card."""

    def __init__(self, glyph: GlyphVoice, key: str) -> None:
        super().__init__(glyph)
        self.glyph, self.key = glyph, key

    @property
    def part(self) -> Part | None:
        """The part as it is now; None when the card has it no more."""
        return next((each for each in self.glyph.parts if each.key == self.key), None)


class GlyphVoice(QObject):
    """Stands for a card."""

    def __init__(self, voices: Voices, glyph_id: int) -> None:
        super().__init__(voices)
        self.voices, self.glyph_id = voices, glyph_id
        self._parts: dict[str, PartVoice] = {}

    @property
    def item(self) -> GlyphItem | None:
        """The card; None when it has been deleted."""
        return self.voices.view.scene_of.item_of(self.glyph_id)

    @property
    def parts(self) -> tuple[Part, ...]:
        """What stands on the card now."""
        return parts_of(self.item) if self.item is not None else ()

    def part(self, key: str) -> PartVoice:
        """The object of a part, the same each time."""
        if key not in self._parts:
            self._parts[key] = PartVoice(self, key)
        return self._parts[key]


class Voices(QObject):
    """All voices of one canvas, and the news about them."""

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view)
        self.view = view
        self._glyphs: dict[int, GlyphVoice] = {}
        self._order: list[int] | None = None
        self._place: dict[int, int] = {}
        view.document.changed.connect(self._changed)
        view.document.reset.connect(self._reset)
        view.selection_changed.connect(self._selected)

    @property
    def order(self) -> list[int]:
        """The glyphs as one reads: from the top, each line from the left."""
        if self._order is None:
            items = self.view.scene_of.items_by_id
            self._order = sorted(items, key=lambda key: (items[key].pos().y(), items[key].pos().x(), key))
            self._place = {key: place for place, key in enumerate(self._order)}
        return self._order

    def place_of(self, glyph_id: int) -> int:
        """Where a glyph comes in `order`; -1 for none."""
        return self._place.get(glyph_id, -1) if self.order else -1

    def glyph(self, glyph_id: int) -> GlyphVoice | None:
        """The object of a glyph, the same each time; None for one that is not there."""
        if self.view.scene_of.item_of(glyph_id) is None:
            return None
        if glyph_id not in self._glyphs:
            self._glyphs[glyph_id] = GlyphVoice(self, glyph_id)
        return self._glyphs[glyph_id]

    def current(self) -> GlyphVoice | None:
        """The glyph the keyboard is at, while the canvas has the focus."""
        current = self.view.current_glyph() if self.view.hasFocus() else None
        return self.glyph(current) if current is not None else None

    def tell(self, about: QObject, what: Event) -> None:
        """Tell whoever listens; costs nothing while nobody does."""
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleEvent(about, what))

    def _changed(self, diff: CanvasDiff) -> None:
        self._order = None
        for glyph_id in diff.removed:
            self._drop(glyph_id)
        if not QAccessible.isActive():
            return
        if len(diff.added) + len(diff.updated) > MOST_EVENTS:
            self.tell(self.view, Event.ObjectReorder)
            return
        for glyph_id in diff.added:
            self._tell_of(glyph_id, Event.ObjectCreated)
        for glyph_id, (old, new) in diff.updated.items():
            moved = (old.x, old.y, old.width, old.height) != (new.x, new.y, new.width, new.height)
            self._tell_of(glyph_id, Event.LocationChanged if moved else Event.NameChanged)

    def _tell_of(self, glyph_id: int, what: Event) -> None:
        voice = self.glyph(glyph_id)
        if voice is not None:
            self.tell(voice, what)

    def _drop(self, glyph_id: int) -> None:
        voice = self._glyphs.pop(glyph_id, None)
        if voice is not None:
            self.tell(voice, Event.ObjectDestroyed)
            voice.deleteLater()

    def _reset(self) -> None:
        self._order = None
        for glyph_id in list(self._glyphs):
            self._drop(glyph_id)
        self.tell(self.view, Event.ObjectReorder)

    def _selected(self) -> None:
        if not QAccessible.isActive():
            return
        self.tell(self.view, Event.SelectionWithin)
        voice = self.current()
        if voice is not None:
            self.tell(voice, Event.Focus)
