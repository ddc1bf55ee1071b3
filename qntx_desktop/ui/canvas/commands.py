"""What the keys and menus of the canvas do, one method per action of the table. Qt main thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from qntx_desktop.model.diff import removal
from qntx_desktop.model.glyph import KIND_CANVAS
from qntx_desktop.model.marks import is_locked
from qntx_desktop.ui.actions import ASKED, BY_ID, Situation
from qntx_desktop.ui.canvas.clipboard import Clipboard, label_of
from qntx_desktop.ui.canvas.finding import Finding
from qntx_desktop.ui.canvas.geometry import neighbour
from qntx_desktop.ui.canvas.item import GlyphItem
from qntx_desktop.ui.canvas.keyhands import WAYS, KeyHands, pulled_ports
from qntx_desktop.ui.canvas.menus import keyboard_menu
from qntx_desktop.ui.canvas.shaping import Shaping
from qntx_desktop.ui.keymap import Keymap
from qntx_desktop.ui.text import tr

if TYPE_CHECKING:
    from qntx_desktop.ui.canvas.view import CanvasView

JUMPS = frozenset({"fit", "fit_selection", "zoom_100"})


class Commands:
    """Does what an action id says, on the glyphs that are selected."""

    def __init__(self, view: CanvasView) -> None:
        self._view = view
        self.keymap = Keymap()
        self._table: dict[str, Callable[[], None]] = {
            "quick_add": view.quick_add,
            "edit": self._edit,
            "offer": self._take_offer,
            "enlarge": self._enlarge,
            "menu": lambda: keyboard_menu(view),
            "run": lambda: self._to_selected("run"),
            "run_wait": lambda: self._to_selected("run", "run_wait"),
            "cancel": lambda: self._to_selected("cancel"),
            "undo": self._undo,
            "redo": self._redo,
            "delete": self._delete,
            "select_all": lambda: view.scene_of.select(view.scene_of.items_by_id),
            "select_none": lambda: view.scene_of.select(()),
            "zoom_in": lambda: view.navigator.zoom_by(1.25),
            "zoom_out": lambda: view.navigator.zoom_by(1 / 1.25),
            "zoom_100": lambda: view.navigator.zoom_to(1.0),
            "fit": view.fit,
            "fit_selection": view.fit_selection,
            "shortcuts": view.shortcuts_requested.emit,
            **{name: partial(view.asked.emit, name) for name in ASKED},
        }
        self.clipboard, self.shaping = Clipboard(view), Shaping(view)
        self.finding = Finding(view)
        self.keyhands = KeyHands(view)
        self._table |= self.clipboard.table | self.shaping.table | self.finding.table | self.keyhands.table
        for way in WAYS:
            self._table[f"go_{way}"] = self._going(way)

    @property
    def situation(self) -> Situation:
        """What can be done now."""
        view = self._view
        scene, document = view.scene_of, view.document
        item = scene.item_of(next(iter(scene.selection))) if len(scene.selection) == 1 else None
        buttons = {each.button.id for each in item.layout.buttons if each.button.enabled} if item else set()
        return Situation(
            glyphs=len(scene.items_by_id),
            selected=len(scene.selection),
            frames=sum(1 for key in scene.selection if scene.items_by_id[key].is_frame),
            can_open=item is not None and (item.kind.editor(item.glyph) is not None or bool(_opener(item))),
            can_offer=item is not None and bool(_offered(item)),
            can_connect=item is not None and bool(pulled_ports(view, item.glyph_id)),
            can_run=any(self._offers(key, "run") for key in scene.selection),
            can_cancel="cancel" in buttons or any(self._offers(key, "cancel") for key in scene.selection),
            can_go_back=self.finding.can_go_back,
            can_go_forward=self.finding.can_go_forward,
            nested=document.canvas.parent_uid is not None,
            undo_text=document.undo_text,
            redo_text=document.redo_text,
        )

    def _offers(self, glyph_id: int, action_id: str) -> bool:
        item = self._view.scene_of.item_of(glyph_id)
        return item is not None and any(
            each.button.id == action_id and each.button.enabled for each in item.layout.buttons
        )

    def can(self, action_id: str) -> bool:
        """True when the action is known here and would do something."""
        return action_id in self._table and BY_ID[action_id].enabled(self.situation)

    def perform(self, action_id: str) -> bool:
        """Do it; False when it is not for the canvas or has nothing to do."""
        if not self.can(action_id):
            return False
        self._view.flush_text()
        if action_id in JUMPS:
            self.finding.note_place()
        self._table[action_id]()
        return True

    def _to_selected(self, offered: str, action_id: str = "") -> None:
        """Send an action, by default the offered one, to each selected glyph whose card offers a button."""
        for key in sorted(self._view.scene_of.selection):
            if self._offers(key, offered):
                self._view.action.emit(key, action_id or offered)

    def _edit(self) -> None:
        key = next(iter(self._view.scene_of.selection))
        item = self._view.scene_of.item_of(key)
        if item is not None and item.kind.editor(item.glyph) is not None:
            self._view.show_glyph(key)  # what is opened by a key may lie out of sight
        if item is not None and not self._view.open_editor(key):
            self._view.action.emit(key, _opener(item))

    def go_into(self, item: GlyphItem) -> bool:
        """Open the canvas that a card stands for; False when it is no such card."""
        opener = _opener(item)
        if item.glyph.kind != KIND_CANVAS or not opener:
            return False
        self._view.action.emit(item.glyph_id, opener)
        return True

    def _enlarge(self) -> None:
        """The text over the whole canvas; a window where the glyph has one; else the card as large as fits."""
        view, key = self._view, next(iter(self._view.scene_of.selection))
        item = view.scene_of.item_of(key)
        spec = item.kind.editor(item.glyph) if item is not None else None
        if item is None:
            return
        if spec is not None and spec.mode != "line" and view.open_editor(key):
            view.enlarge_editor()
        elif _opener(item):
            view.action.emit(key, _opener(item))
        else:
            self.finding.note_place()
            view.fit_selection()

    def _take_offer(self) -> None:
        key = next(iter(self._view.scene_of.selection))
        item = self._view.scene_of.item_of(key)
        if item is not None:
            self._view.action.emit(key, _offered(item))

    def _undo(self) -> None:
        self._view.cancel_gesture()
        self._view.document.undo()

    def _redo(self) -> None:
        self._view.cancel_gesture()
        self._view.document.redo()

    def _delete(self) -> None:
        glyphs = self._view.document.canvas.glyphs
        keys = {key for key in self._view.scene_of.selection if not is_locked(glyphs[key])}
        label = label_of(tr("Delete"), len(keys))
        self._view.close_editor()
        self._view.document.edit(removal(self._view.document.canvas, keys), label)

    def _going(self, way: str) -> Callable[[], None]:
        def go() -> None:
            scene = self._view.scene_of
            boxes = scene.boxes()
            origin = self._view.current_glyph()
            if origin is None:
                middle = self._view.seen().center()
                target = min(boxes, key=lambda key: _far(boxes[key].middle, middle), default=None)
            else:
                others = {key: box for key, box in boxes.items() if key != origin}
                target = neighbour(boxes[origin], others, *WAYS[way])
            if target is not None:
                scene.select([target])
                self._view.show_glyph(target)

        return go


def _opener(item: GlyphItem) -> str:
    """The action of the title row that opens what the card shows; empty without one."""
    return next((each.button.id for each in item.layout.buttons if each.button.id.startswith("open_")), "")


def _offered(item: GlyphItem) -> str:
    """The next step the card offers, in the accent colour: a button beside its message, or one of the title row."""
    spots = [spot.id for spot in item.layout.hotspots if spot.role == "button" and spot.enabled]
    buttons = [each.button.id for each in item.layout.buttons if each.button.primary and each.button.enabled]
    return next(iter((*spots, *buttons)), "")


def _far(point: tuple[float, float], middle: QPointF) -> float:
    return abs(point[0] - middle.x()) + abs(point[1] - middle.y())
