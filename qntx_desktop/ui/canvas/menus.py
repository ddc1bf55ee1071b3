"""Context menus of the canvas, made from the table of actions and from what the glyph itself offers.

Qt main thread.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QKeySequence
from PySide6.QtWidgets import QMenu

from qntx_desktop.ui.actions import ACTIONS, Where
from qntx_desktop.ui.canvas.item import GlyphItem

if TYPE_CHECKING:
    from qntx_desktop.ui.canvas.view import CanvasView


def glyph_menu(view: CanvasView, item: GlyphItem) -> QMenu:
    """What can be done with a glyph: its own buttons first, then what every glyph can."""
    menu = _menu(view, item.layout.title_whole)
    named = {action.id for action in ACTIONS}
    for placed in item.layout.buttons:
        button = placed.button
        if button.id == "menu" or button.id in named:
            continue
        entry = menu.addAction(button.text or button.tooltip)
        entry.setEnabled(button.enabled)
        entry.triggered.connect(_sender(view, item.glyph_id, button.id))
    for spot in item.layout.hotspots:
        if spot.role == "button" and spot.enabled and spot.id not in named:
            menu.addAction(spot.name).triggered.connect(_sender(view, item.glyph_id, spot.id))
    if not menu.isEmpty():
        menu.addSeparator()
    _add_actions(view, menu, Where.GLYPH)
    return menu


def canvas_menu(view: CanvasView) -> QMenu:
    """What can be done with the canvas."""
    menu = _menu(view, "Canvas")
    _add_actions(view, menu, Where.CANVAS)
    return menu


def _menu(view: CanvasView, name: str) -> QMenu:
    menu = QMenu(view)
    menu.setAccessibleName(name)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


def _add_actions(view: CanvasView, menu: QMenu, where: Where) -> None:
    group = ""
    for action in ACTIONS:
        if action.where is not where or not action.in_menu:
            continue
        if group and action.group != group:
            menu.addSeparator()
        group = action.group
        keys = QKeySequence(action.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
        entry = menu.addAction(f"{action.label}\t{keys}" if keys else action.label)
        entry.setEnabled(view.commands.can(action.id))
        entry.triggered.connect(_performer(view, action.id))


def _performer(view: CanvasView, action_id: str) -> Callable[[], object]:
    return lambda: view.perform(action_id)


def _sender(view: CanvasView, glyph_id: int, action_id: str) -> Callable[[], object]:
    return lambda: view.action.emit(glyph_id, action_id)


def button_menu(view: CanvasView, item: GlyphItem) -> None:
    """Open a glyph's menu below its menu button."""
    button = next(each for each in item.layout.buttons if each.button.id == "menu")
    _open(view, glyph_menu(view, item), item.pos() + button.rect.bottomLeft())


def context_menu(view: CanvasView, event: QContextMenuEvent) -> None:
    """Open the menu of the glyph under the pointer (the selected one, from the keyboard), or of the canvas."""
    point = view.to_scene(QPointF(event.pos()))
    item = view.scene_of.glyph_at(point)
    if event.reason() == QContextMenuEvent.Reason.Keyboard:
        current = view.current_glyph()
        item = view.scene_of.item_of(current) if current is not None else None
        point = item.card_rect.topLeft() if item is not None else view.seen().center()
    if item is None:
        _open(view, canvas_menu(view), point)
        return
    if item.glyph_id not in view.scene_of.selection:
        view.scene_of.select([item.glyph_id])
    _open(view, glyph_menu(view, item), point)


def _open(view: CanvasView, menu: QMenu, point: QPointF) -> None:
    """Show a menu at a point of the canvas, without an event loop of its own."""
    menu.popup(view.viewport().mapToGlobal(view.viewportTransform().map(point).toPoint()))
