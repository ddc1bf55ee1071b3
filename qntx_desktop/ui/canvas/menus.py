"""Context menus of the canvas, made from the table of actions and from what the glyph itself offers.

Qt main thread.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QMenu

from qntx_desktop.ui.actions import ACTIONS, Where
from qntx_desktop.ui.canvas.gestures.base import Pointer
from qntx_desktop.ui.canvas.gestures.port_drag import PortDrag
from qntx_desktop.ui.canvas.item import GlyphItem
from qntx_desktop.ui.canvas.layout import PlacedPort
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import TITLE_PX
from qntx_desktop.ui.wording import one_line

if TYPE_CHECKING:
    from qntx_desktop.ui.canvas.view import CanvasView


OWN_GROUP = tr("Glyph")
SUBMENUS = frozenset({tr("Arrange"), tr("Canvas"), tr("Colour"), tr("Places")})
MOST_LABEL_CHARS = 64


def glyph_menu(view: CanvasView, item: GlyphItem) -> QMenu:
    """What can be done with a glyph: everything of its own that can be pressed, then what every glyph can."""
    menu = _menu(view, item.layout.title_whole)
    for label, action_id, enabled in own_entries(item):
        entry = menu.addAction(label.replace("&", "&&"))
        entry.setEnabled(enabled)
        entry.triggered.connect(_sender(view, item.glyph_id, action_id))
    for placed in item.layout.ports:
        for kind, label in placed.port.fits if placed.port.drags else ():
            menu.addAction(label.replace("&", "&&")).triggered.connect(_puller(view, item, placed, kind))
    if not menu.isEmpty():
        menu.addSeparator()
    _add_actions(view, menu, Where.GLYPH)
    return menu


def own_entries(item: GlyphItem) -> list[tuple[str, str, bool]]:
    """(label, action id, enabled) of what can be pressed on a card, so that nothing needs the pointer.

    The offered step comes first; each action once, although a button and a link may both do it.
    """
    spots = [spot for spot in item.layout.hotspots if spot.role != "field" and spot.enabled]
    spots.sort(key=lambda spot: spot.role != "button")
    buttons = [each.button for each in item.layout.buttons]
    chips = [each.chip for each in item.layout.chips if each.chip.action]
    entries = [(spot.name, spot.id, True) for spot in spots if spot.role == "button"]
    entries += [
        (button.text or _without_keys(button.tooltip), button.id, button.enabled) for button in buttons
    ]
    entries += [(chip.tooltip or chip.text, chip.action, True) for chip in chips]
    entries += [(spot.name, spot.id, True) for spot in spots if spot.role != "button"]
    known = {action.id for action in ACTIONS}
    found: dict[str, tuple[str, str, bool]] = {}
    for label, action_id, enabled in entries:
        if action_id not in known:
            found.setdefault(action_id, (one_line(label, MOST_LABEL_CHARS), action_id, enabled))
    return list(found.values())


def _without_keys(tooltip: str) -> str:
    return tooltip.partition(" (")[0]


def canvas_menu(view: CanvasView) -> QMenu:
    """What can be done with the canvas."""
    menu = _menu(view, tr("Canvas"))
    _add_actions(view, menu, Where.CANVAS)
    return menu


def _menu(view: CanvasView, name: str) -> QMenu:
    menu = QMenu(view)
    menu.setAccessibleName(name)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


def _add_actions(view: CanvasView, menu: QMenu, where: Where) -> None:
    group = ""
    parts: dict[str, QMenu] = {}
    for action in ACTIONS:
        if action.where is not where or not action.in_menu:
            continue
        if action.group == OWN_GROUP and not view.commands.can(action.id):
            continue  # what this glyph never does would only be in the way
        if action.group in SUBMENUS:
            part = parts.get(action.group)
            if part is None:
                part = parts[action.group] = menu.addMenu(action.group)
                part.setEnabled(False)
            part.setEnabled(part.isEnabled() or view.commands.can(action.id))
        else:
            part = menu
            if group and action.group != group:
                menu.addSeparator()
            group = action.group
        keys = view.commands.keymap.shown(action)
        entry = part.addAction(f"{action.label}\t{keys}" if keys else action.label)
        entry.setEnabled(view.commands.can(action.id))
        entry.triggered.connect(_performer(view, action.id))


def _performer(view: CanvasView, action_id: str) -> Callable[[], object]:
    return lambda: view.perform(action_id)


def _sender(view: CanvasView, glyph_id: int, action_id: str) -> Callable[[], object]:
    return lambda: view.action.emit(glyph_id, action_id)


def _puller(view: CanvasView, item: GlyphItem, placed: PlacedPort, kind: str) -> Callable[[], object]:
    """What a port offers, beside its glyph, without the pointer."""

    def pull() -> None:
        start = Pointer(view=QPointF(), scene=item.pos() + placed.at)
        PortDrag(view, start, item, placed).click(item, kind)

    return pull


def button_menu(view: CanvasView, item: GlyphItem) -> None:
    """Open a glyph's menu below its menu button."""
    button = next(each for each in item.layout.buttons if each.button.id == "menu")
    view.scene_of.select([item.glyph_id])  # the entries are about what is selected
    _open(view, glyph_menu(view, item), item.pos() + button.rect.bottomLeft())


def context_menu(view: CanvasView, event: QContextMenuEvent) -> None:
    """Open the menu of the glyph under the pointer (the selected one, from the keyboard), or of the canvas."""
    point = view.to_scene(QPointF(event.pos()))
    item = view.scene_of.glyph_at(point)
    if event.reason() == QContextMenuEvent.Reason.Keyboard:
        keyboard_menu(view)
        return
    if item is None:
        _open(view, canvas_menu(view), point)
        return
    if item.glyph_id not in view.scene_of.selection:
        view.scene_of.select([item.glyph_id])
    _open(view, glyph_menu(view, item), point)


def keyboard_menu(view: CanvasView) -> None:
    """Open the menu of the selected glyph below its title row, or of the canvas; the first entry is chosen."""
    current = view.current_glyph()
    item = view.scene_of.item_of(current) if current is not None else None
    if item is None:
        menu, point = canvas_menu(view), view.seen().center()
    else:
        view.show_glyph(item.glyph_id)
        menu, point = glyph_menu(view, item), item.card_rect.topLeft() + QPointF(0, TITLE_PX)
    _open(view, menu, point)
    first = next((entry for entry in menu.actions() if entry.isEnabled() and not entry.isSeparator()), None)
    if first is not None:
        menu.setActiveAction(first)


def _open(view: CanvasView, menu: QMenu, point: QPointF) -> None:
    """Show a menu at a point of the canvas, without an event loop of its own."""
    menu.popup(view.viewport().mapToGlobal(view.viewportTransform().map(point).toPoint()))
