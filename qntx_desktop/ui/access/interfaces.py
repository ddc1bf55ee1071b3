"""The canvas for screen readers: Qt asks here for names, roles, states, places and actions.

Qt main thread; hides QAccessible. Qt's cache owns every interface that a factory made and drops it with its object
(`voices`), so nothing here is kept by hand; an interface whose card is gone answers with nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, QRect, QRectF
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleInterface,
    QAccessibleObject,
    QColor,
)
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import VoidPtr

from qntx_desktop.model.marks import is_disabled, is_locked
from qntx_desktop.ui.access.voices import GlyphVoice, PartVoice, Voices
from qntx_desktop.ui.access.words import facts_of, links_of, name_of, state_of, value_of
from qntx_desktop.ui.actions import BY_ID
from qntx_desktop.ui.canvas.item import GlyphItem
from qntx_desktop.ui.canvas.menus import own_entries
from qntx_desktop.ui.canvas.view import CanvasView
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.wording import count

Role, Text = QAccessible.Role, QAccessible.Text
NO_SIDE = VoidPtr(0)
"""No pointer. `None` and `0` are no pointers to PySide, and what it says about that ends the process."""
PRESS, FOCUS = "Press", "SetFocus"
"""The names that every platform knows; the others are ids of the table of actions."""
OFFERED = ("run", "cancel", "edit", "rename", "delete")
_ROLES = {
    "button": Role.Button,
    "row": Role.ListItem,
    "link": Role.Link,
    "field": Role.EditableText,
    "fact": Role.StaticText,
    "port": Role.Graphic,
}


class Actions(QAccessibleActionInterface):
    """What can be done with one object: names and what they do, asked for each time."""

    def __init__(self, offers: Callable[[], dict[str, tuple[str, Callable[[], object]]]]) -> None:
        super().__init__()
        self._offers = offers

    def actionNames(self) -> list[str]:
        """What can be done now."""
        return list(self._offers())

    def doAction(self, actionName: str) -> None:
        """Do it; what cannot be done any more is left."""
        offered = self._offers().get(actionName)
        if offered is not None:
            offered[1]()

    def keyBindingsForAction(self, actionName: str) -> list[str]:
        """The usual keys, as far as the table of actions names some."""
        known = BY_ID.get(actionName)
        return list(known.keys) if known is not None else []

    def localizedActionName(self, name: str) -> str:
        """What a person reads."""
        offered = self._offers().get(name)
        return offered[0] if offered is not None else name

    def localizedActionDescription(self, name: str) -> str:
        """The same: the names say it."""
        return self.localizedActionName(name)


class CanvasInterface(QAccessibleWidget):
    """The canvas: first its glyphs in the order of reading, then what floats over it."""

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view, Role.Canvas, tr("Canvas"))
        self._voices = voices_of(view)

    def childCount(self) -> int:
        """Glyphs and widgets."""
        return len(self._voices.order) + super().childCount()

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """A glyph, or a widget."""
        order = self._voices.order
        if 0 <= index < len(order):
            return interface_of(self._voices.glyph(order[index]))
        return super().child(index - len(order)) if index >= len(order) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Where a child stands; -1 for a stranger."""
        voice = child.object()
        if isinstance(voice, GlyphVoice):
            return self._voices.place_of(voice.glyph_id)
        place = super().indexOfChild(child)
        return place + len(self._voices.order) if place >= 0 else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """The glyph at a place of the screen."""
        view = self._voices.view
        place = QPointF(view.viewport().mapFromGlobal(QPointF(x, y)))
        seen = view.viewport().rect().contains(place.toPoint())
        item = view.scene_of.glyph_at(view.to_scene(place)) if seen else None
        return interface_of(self._voices.glyph(item.glyph_id)) if item is not None else super().childAt(x, y)

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        """The glyph the keyboard is at."""
        voice = self._voices.current()
        return interface_of(voice) if voice is not None else super().focusChild()

    def text(self, t: QAccessible.Text) -> str:
        """Its name, and how much is on it."""
        if t == Text.Description:
            return tr("{order} glyphs, {selection} selected").format(
                order=count(len(self._voices.order)),
                selection=count(len(self._voices.view.scene_of.selection)),
            )
        return super().text(t)

    def state(self) -> QAccessible.State:
        """Several glyphs can be selected."""
        state = super().state()
        state.multiSelectable = True
        return state


class _VoiceInterface(QAccessibleObject):
    """What glyphs and parts have in common."""

    def __init__(self, voice: QObject) -> None:
        super().__init__(voice)
        self._actions = Actions(self._offers)

    def _offers(self) -> dict[str, tuple[str, Callable[[], object]]]:
        return {}

    def interface_cast(self, t: QAccessible.InterfaceType) -> object:  # type: ignore[override]
        """The only further side they have is what can be done with them."""
        return self._actions if t == QAccessible.InterfaceType.ActionInterface else NO_SIDE

    def setText(self, t: QAccessible.Text, text: str) -> None:
        """Text is changed in the editor."""

    def foregroundColor(self) -> QColor:
        """The card says it by words, not by colour."""
        return QColor()

    def backgroundColor(self) -> QColor:
        """See `foregroundColor`."""
        return QColor()


class GlyphInterface(_VoiceInterface):
    """A card: its name, how it stands, its text; its parts are its children."""

    def __init__(self, voice: GlyphVoice) -> None:
        super().__init__(voice)
        self._voice = voice

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]
        """The canvas."""
        return interface_of(self._voice.voices.view)

    def childCount(self) -> int:
        """Its parts."""
        return len(self._voice.parts)

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """One part."""
        parts = self._voice.parts
        return interface_of(self._voice.part(parts[index].key)) if 0 <= index < len(parts) else None

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """The part at a place of the screen."""
        for number in range(self.childCount() - 1, -1, -1):
            part = self.child(number)
            if part is not None and part.rect().contains(x, y):
                return part
        return None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Where a part comes; -1 for a stranger."""
        voice = child.object()
        keys = [each.key for each in self._voice.parts]
        return keys.index(voice.key) if isinstance(voice, PartVoice) and voice.key in keys else -1

    def role(self) -> QAccessible.Role:
        """A group of parts."""
        return Role.Grouping

    def rect(self) -> QRect:
        """Its place on the screen."""
        item = self._voice.item
        return on_screen(self._voice.voices.view, item.card_rect) if item is not None else QRect()

    def text(self, t: QAccessible.Text) -> str:
        """Name, state and links, text."""
        item = self._voice.item
        if item is None:
            return ""
        if t == Text.Name:
            return name_of(item)
        if t == Text.Value:
            return value_of(item)
        if t == Text.Description:
            canvas = self._voice.voices.view.document.canvas
            links = links_of(canvas, self._voice.glyph_id, self._named)
            return "; ".join(each for each in (state_of(item), facts_of(item), links) if each)
        return ""

    def _named(self, glyph_id: int) -> str:
        item = self._voice.voices.view.scene_of.item_of(glyph_id)
        return name_of(item) if item is not None else ""

    def state(self) -> QAccessible.State:
        """Selected, at the keyboard, running, failed, locked, switched off."""
        state = QAccessible.State()
        item, view = self._voice.item, self._voice.voices.view
        if item is None:
            state.invalid = True
            return state
        state.selectable = state.focusable = True
        state.selected = item.glyph_id in view.scene_of.selection
        state.focused = view.hasFocus() and view.current_glyph() == item.glyph_id
        tones = {placed.chip.tone for placed in item.layout.chips}
        state.busy, state.invalid = "run" in tones, "bad" in tones
        state.disabled = is_disabled(item.glyph)
        state.movable = state.sizeable = not is_locked(item.glyph)
        state.offscreen = not view.seen().intersects(item.card_rect)
        return state

    def _offers(self) -> dict[str, tuple[str, Callable[[], object]]]:
        item, view = self._voice.item, self._voice.voices.view
        if item is None:
            return {}
        glyph_id = item.glyph_id
        offers: dict[str, tuple[str, Callable[[], object]]] = {
            FOCUS: (tr("Go to"), lambda: _go_to(view, glyph_id)),
            PRESS: (tr("Edit or open"), lambda: _perform(view, glyph_id, "edit")),
        }
        pressable = {each.button.id for each in item.layout.buttons if each.button.enabled}
        for action_id in OFFERED:
            if action_id in pressable or action_id not in ("run", "cancel"):
                offers[action_id] = (BY_ID[action_id].label, _performer(view, glyph_id, action_id))
        for label, action_id, enabled in own_entries(item):
            if enabled and action_id != "menu":
                offers[action_id] = (label, _presser(view, glyph_id, action_id))
        return offers


class PartInterface(_VoiceInterface):
    """A button, row, link, field, fact or port of a card."""

    def __init__(self, voice: PartVoice) -> None:
        super().__init__(voice)
        self._voice = voice

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]
        """The card."""
        return interface_of(self._voice.glyph)

    def childCount(self) -> int:
        """It has none."""
        return 0

    def child(self, index: int) -> None:  # type: ignore[override]
        """It has none."""

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """It has none."""
        return -1

    def role(self) -> QAccessible.Role:
        """What it is."""
        part = self._voice.part
        if part is not None and part.role == "port" and part.press is not None:
            return Role.Button  # pulls a link
        return _ROLES[part.role] if part is not None else Role.NoRole

    def rect(self) -> QRect:
        """Its place on the screen."""
        part, item = self._voice.part, self._voice.glyph.item
        if part is None or item is None:
            return QRect()
        return on_screen(self._voice.glyph.voices.view, part.rect.translated(item.pos()))

    def text(self, t: QAccessible.Text) -> str:
        """Its name; a field's text."""
        part, item = self._voice.part, self._voice.glyph.item
        if part is None or item is None:
            return ""
        if t == Text.Value and part.role == "field":
            return value_of(item)
        return part.name if t == Text.Name else ""

    def state(self) -> QAccessible.State:
        """Whether it can be pressed."""
        state, part = QAccessible.State(), self._voice.part
        state.disabled = part is None or not part.enabled
        state.readOnly = part is not None and part.role != "field"
        return state

    def _offers(self) -> dict[str, tuple[str, Callable[[], object]]]:
        part = self._voice.part
        if part is None or part.press is None or not part.enabled:
            return {}
        view, glyph_id = self._voice.glyph.voices.view, self._voice.glyph.glyph_id
        return {PRESS: (part.name, _presser(view, glyph_id, part.press))}


def _go_to(view: CanvasView, glyph_id: int) -> None:
    view.setFocus()
    view.select([glyph_id])
    view.show_glyph(glyph_id)


def _perform(view: CanvasView, glyph_id: int, action_id: str) -> None:
    _go_to(view, glyph_id)
    view.perform(action_id)


def _performer(view: CanvasView, glyph_id: int, action_id: str) -> Callable[[], object]:
    return lambda: _perform(view, glyph_id, action_id)


def _presser(view: CanvasView, glyph_id: int, part: str) -> Callable[[], object]:
    return lambda: press(view, glyph_id, part)


def press(view: CanvasView, glyph_id: int, part: str) -> None:
    """What the pointer does when it presses a part: a button's action, a port's link, a field's editor."""
    item = view.scene_of.item_of(glyph_id)
    if item is None:
        return
    _go_to(view, glyph_id)
    if part.startswith("port:"):
        view.commands.keyhands.pull(glyph_id, part.partition(":")[2])
    elif part == "menu":
        view.perform("menu")
    elif _is_field(item, part):
        view.open_editor(glyph_id)
    else:
        view.flush_text()
        view.action.emit(glyph_id, part)


def _is_field(item: GlyphItem, part: str) -> bool:
    return any(spot.id == part and spot.role == "field" for spot in item.layout.hotspots)


def on_screen(view: CanvasView, area: QRectF) -> QRect:
    """A rectangle of the canvas in pixels of the screen."""
    seen = view.viewportTransform().mapRect(area).toAlignedRect()
    return QRect(view.viewport().mapToGlobal(seen.topLeft()), seen.size())


def interface_of(thing: QObject | None) -> QAccessibleInterface | None:
    """Qt's interface of an object, made by the factory when it is first asked for."""
    return QAccessible.queryAccessibleInterface(thing) if thing is not None else None


def voices_of(view: CanvasView) -> Voices:
    """The voices of a canvas, made when they are first asked for."""
    found = view.findChild(Voices)
    return found if isinstance(found, Voices) else Voices(view)


def _factory(_name: str, thing: QObject) -> QAccessibleInterface | None:
    if isinstance(thing, GlyphVoice):
        return GlyphInterface(thing)
    if isinstance(thing, PartVoice):
        return PartInterface(thing)
    return CanvasInterface(thing) if isinstance(thing, CanvasView) else None


_installed: list[Callable[[str, QObject], QAccessibleInterface | None]] = []


def install() -> None:
    """Let Qt know the canvas; once for a process, before anybody asks for its interface."""
    if not _installed:
        _installed.append(_factory)
        QAccessible.installFactory(_factory)
