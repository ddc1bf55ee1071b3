"""The canvas on screen: looks at the scene, turns presses into gestures and keys into actions.

Qt main thread. Edits only through its `Document`; what services must do leaves as signals.
"""

from __future__ import annotations

import html
import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsView, QToolTip, QWidget

from qntx_desktop.model.diff import CanvasDiff
from qntx_desktop.model.glyph import Glyph, Viewpoint
from qntx_desktop.ui.canvas.adding import Adding
from qntx_desktop.ui.canvas.commands import Commands
from qntx_desktop.ui.canvas.document import Document
from qntx_desktop.ui.canvas.editing import READABLE_ZOOM, EditorSession
from qntx_desktop.ui.canvas.geometry import GAP_PX, Box, free_place, snapped
from qntx_desktop.ui.canvas.gestures.base import Pointer
from qntx_desktop.ui.canvas.hands import Hands
from qntx_desktop.ui.canvas.item import GlyphItem
from qntx_desktop.ui.canvas.menus import button_menu, context_menu
from qntx_desktop.ui.canvas.motion import Motion
from qntx_desktop.ui.canvas.navigation import Navigator
from qntx_desktop.ui.canvas.painting import CanvasPainter
from qntx_desktop.ui.canvas.scene import CanvasScene
from qntx_desktop.ui.canvas.touch import Touch
from qntx_desktop.ui.canvas.zoom_box import ZoomBox
from qntx_desktop.ui.glyphs.kind import EditorFactory, GlyphKind, LiveEditor
from qntx_desktop.ui.glyphs.live import Live
from qntx_desktop.ui.glyphs.placeholder import PlaceholderKind
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import GRID_PX, Theme

EMPTY = (
    tr("Put an IX glyph here"),
    tr("Double-click, press Tab, or drag ⨳ from the left, and write what to read:"),
    "ix csv ./people.csv",
)
ZOOM_BOX_PX = 12
PLACEHOLDER: GlyphKind = PlaceholderKind()
_LEFT = Qt.MouseButton.LeftButton
_BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class CanvasView(QGraphicsView):
    """Shows and edits one document.

    Signals:
        action: Glyph id and action id of a button, hotspot, key or menu entry that services must answer.
        port_dropped: Glyph id, port id, name of the kind, and the top left corner (QPointF, canvas units) where
            the new glyph shall stand; already free of other glyphs.
        viewpoint_changed: The view looks elsewhere.
        selection_changed: Other glyphs are selected.
        editing_changed: Id of the glyph whose text is being edited, or None.
        shortcuts_requested: The person asked for the sheet of keys.
        asked: Id of an action that the window does: a list, a dialog.
        placing_changed: Name of the kind that waits to be put down, or None.
        refused: A `QntxError`: what was pasted or dropped could not be taken.
    """

    action = Signal(int, str)
    port_dropped = Signal(int, str, str, QPointF)
    viewpoint_changed = Signal()
    selection_changed = Signal()
    editing_changed = Signal(object)
    shortcuts_requested = Signal()
    asked = Signal(str)
    placing_changed = Signal(object)
    refused = Signal(object)

    def __init__(
        self,
        document: Document,
        kinds: Sequence[GlyphKind],
        theme: Theme,
        editor_factory: EditorFactory | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # Qt would scroll it the other way round
        self.document, self.theme = document, theme
        self.kinds = tuple(kinds)
        self._kinds = {kind.name: kind for kind in kinds}
        self._editor_factory = editor_factory
        self._merge_keys = itertools.count(1)
        self.scene_of = CanvasScene(document, self.kind_of, theme, self)
        self.navigator = Navigator(self)
        self.painting = CanvasPainter(self)
        self.hands = Hands(self)
        self.adding = Adding(self)
        self.touch = Touch(self)
        self._session: EditorSession | None = None
        self._keyboard = False
        self.snapping = True
        self.notice: tuple[str, ...] = EMPTY
        self._dress()
        self.zoom_box = ZoomBox(self)
        self.commands = Commands(self)
        self.scene_of.selection_changed.connect(self._selection_changed)
        document.changed.connect(self._document_changed)
        document.reset.connect(self._document_reset)
        self.motion = Motion(self)

    def _dress(self) -> None:
        self.setScene(self.scene_of)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setObjectName("canvas")
        self.setAccessibleName(tr("Canvas"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState)
        self.viewport().setMouseTracking(True)
        # painted whole by `painting`: Qt need not fill it with a colour of its own before
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.centerOn(0, 0)

    def kind_of(self, name: str) -> GlyphKind:
        """The kind by name; a placeholder for one this version does not know."""
        return self._kinds.get(name) or PLACEHOLDER

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme; an open editor is closed, its text kept."""
        self.close_editor()
        self.theme = theme
        self.scene_of.set_theme(theme)
        self.zoom_box.set_theme(theme)
        self.viewport().update()

    def set_live(self, glyph_id: int, live: Live) -> None:
        """Show new facts about a glyph."""
        self.scene_of.set_live(glyph_id, live)
        if self._session is not None and self._session.glyph_id == glyph_id:
            self._session.follow()

    def set_notice(self, lines: tuple[str, ...] = EMPTY) -> None:
        """What an empty canvas says: what to do, or that it is being read, or why it cannot be."""
        self.notice = lines
        self.viewport().update()

    @property
    def shows_focus(self) -> bool:
        """Whether the keyboard is at the canvas and came there by a key."""
        return self._keyboard and self.hasFocus()

    def new_merge_key(self, purpose: str) -> str:
        """A key that makes the edits of one gesture one step of the history."""
        return f"{purpose}:{next(self._merge_keys)}"

    @property
    def zoom(self) -> float:
        """1.0 is 100 %."""
        return self.navigator.zoom

    @property
    def viewpoint(self) -> Viewpoint:
        """Where the view looks now."""
        return self.navigator.viewpoint

    def look_at(self, viewpoint: Viewpoint) -> None:
        """Look where a saved viewpoint says."""
        self.navigator.look_at(viewpoint)

    def to_scene(self, place: QPointF) -> QPointF:
        """The canvas point at a place of the viewport, exact to a fraction."""
        return self.viewportTransform().inverted()[0].map(place)

    def seen(self) -> QRectF:
        """The part of the canvas that is seen."""
        return self.viewportTransform().inverted()[0].mapRect(QRectF(self.viewport().rect()))

    def pan_by(self, dx: float, dy: float) -> None:
        """Move what is seen by view pixels."""
        self.navigator.pan_by(dx, dy)
        self.looked()

    def looked(self) -> None:
        """The view moved: what floats over the canvas follows."""
        self.zoom_box.show_zoom(self.zoom)
        if self._session is not None:
            self._session.follow()
        self.viewport().update()
        self.viewpoint_changed.emit()

    def fit(self) -> None:
        """Show everything."""
        whole = self.navigator.whole()
        self.navigator.fit([whole] if whole is not None else [])

    def fit_selection(self) -> None:
        """Show what is selected."""
        boxes = self.scene_of.boxes()
        self.navigator.fit([boxes[key] for key in self.scene_of.selection], most=2.0)

    def show_glyph(self, glyph_id: int) -> None:
        """Pan so that a glyph is seen."""
        item = self.scene_of.item_of(glyph_id)
        if item is not None:
            self.navigator.show(item.card_rect)

    def current_glyph(self) -> int | None:
        """The glyph the keyboard is at: the only selected one."""
        selection = self.scene_of.selection
        return next(iter(selection)) if len(selection) == 1 else None

    def select(self, glyph_ids: Sequence[int]) -> None:
        """Select exactly these."""
        self.scene_of.select(glyph_ids)

    def free_spot(self, wanted: QRectF, avoid: Sequence[QRectF] = ()) -> QPointF:
        """The place nearest to the wanted one where the rectangle covers no card as it is shown."""
        taken = [*self.scene_of.boxes(frames=False).values()]
        taken += [Box(rect.x(), rect.y(), rect.width(), rect.height()) for rect in avoid]
        box = Box(wanted.x(), wanted.y(), wanted.width(), wanted.height())
        return QPointF(*free_place(box, taken, gap=GAP_PX, grid=GRID_PX))

    def add_glyph(self, kind_name: str, at: QPointF, content: Mapping[str, Any] | None = None) -> int:
        """Put a new glyph with its top left corner there, select it, and open its text; returns its id."""
        kind, canvas = self.kind_of(kind_name), self.document.canvas
        width, height = kind.default_size
        glyph = Glyph(
            id=self.document.next_id(),
            kind=kind_name,
            x=snapped(at.x(), GRID_PX),
            y=snapped(at.y(), GRID_PX),
            width=width,
            height=height,
            z=max((each.z for each in canvas.glyphs.values()), default=0) + 1,
            content={**kind.new_content(), **(content or {})},
        )
        self.document.edit(CanvasDiff(added={glyph.id: glyph}), tr("Add {label}").format(label=kind.label))
        self.scene_of.select([glyph.id])
        self.show_glyph(glyph.id)
        self.open_editor(glyph.id)
        return glyph.id

    @property
    def editing(self) -> int | None:
        """The glyph whose text is being edited."""
        return self._session.glyph_id if self._session else None

    @property
    def editor(self) -> LiveEditor | None:
        """The live editor, for those who put marks or the cursor into it."""
        return self._session.editor if self._session else None

    def open_editor(self, glyph_id: int) -> bool:
        """Open the live editor over a glyph; False when it has no text to edit."""
        if self.editing == glyph_id and self._session is not None:
            self._session.editor.widget.setFocus()
            return True
        self.close_editor()
        item = self.scene_of.item_of(glyph_id)
        if item is not None and item.kind.editor(item.glyph) is not None:
            self.commands.shaping.unfold(glyph_id)
        spec = item.kind.editor(item.glyph) if item else None
        if item is None or spec is None or self._editor_factory is None:
            return False
        self.scene_of.select([glyph_id])
        if self.zoom < READABLE_ZOOM:
            self.navigator.zoom_to(1.0)
            self.centerOn(item.card_rect.center())
            self.looked()
        editor = self._editor_factory(spec, self.theme, self.viewport())
        self._session = EditorSession(self, item.glyph, spec, editor)
        self.editing_changed.emit(glyph_id)
        return True

    def close_editor(self, commit: bool = True) -> None:
        """Close the live editor; without `commit` its text goes back to what it was."""
        session, self._session = self._session, None
        if session is None:
            return
        had_focus = session.has_focus
        session.close(commit=commit)
        if had_focus:
            self.setFocus()
        self.editing_changed.emit(None)

    def enlarge_editor(self) -> None:
        """Let the text that is edited cover the canvas."""
        if self._session is not None:
            self._session.enlarge(True)

    def flush_text(self) -> None:
        """Put what is being typed into the document now (before running, saving, closing the window)."""
        if self._session is not None:
            self._session.flush()

    def perform(self, action_id: str) -> bool:
        """Do an action of the table; False when there is nothing to do."""
        return self.commands.perform(action_id)

    def toggle_snapping(self) -> None:
        """Let dragged glyphs snap to the grid and to each other, or not any more."""
        self.snapping = not self.snapping

    def press_part(self, item: GlyphItem, part: str, pointer: Pointer) -> None:
        """A button, chip or hotspot was pressed."""
        if part == "menu":
            button_menu(self, item)
            return
        spot = next((each for each in item.layout.hotspots if each.id == part), None)
        if spot is not None and spot.role == "field":
            self.open_editor(item.glyph_id)
            return
        self.flush_text()
        self.action.emit(item.glyph_id, part)

    def part_at(self, item: GlyphItem, point: QPointF) -> str:
        """The id of the part of a card that can be pressed there, or nothing."""
        place = point - item.pos()
        if (button := item.layout.button_at(place)) is not None:
            return button.button.id if button.button.enabled else ""
        if (chip := item.layout.chip_at(place)) is not None:
            return chip.chip.action
        spot = item.layout.hotspot_at(place)
        return spot.id if spot is not None and spot.enabled else ""

    def quick_add(self, at: QPoint | None = None) -> None:
        """Open quick-add at a place of the viewport, by default at the pointer when it is over the canvas."""
        self.adding.quick_add(at)

    def start_placing(self, kind_name: str, hint: str = tr("click to place")) -> None:
        """Let a ghost of this kind follow the pointer until it is put down or Esc is pressed."""
        self.adding.start_placing(kind_name, hint)

    def cancel_gesture(self) -> bool:
        """Take back the gesture under way; False when there is none."""
        return self.hands.cancel()

    def _selection_changed(self) -> None:
        self._show_focus()
        self.selection_changed.emit()

    def _document_changed(self, _diff: CanvasDiff) -> None:
        self.viewport().update()

    def _document_reset(self) -> None:
        self.cancel_gesture()
        self.close_editor(commit=False)
        self.look_at(self.document.canvas.viewpoint)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Give each frame its time for painting cards."""
        self.navigator.settle()
        self.scene_of.pixmaps.begin_frame()
        self.painting.paint(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a gesture, or put down what is being placed."""
        self._keyboard = False
        self._show_focus()
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.adding.close_popup()
        self.commands.finding.close()
        if self.adding.placing is not None and event.button() == _LEFT:
            self.adding.place_at(event.globalPosition().toPoint())
            return
        if self._session is not None:
            self.close_editor()
        self.hands.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        if self.adding.placing is not None:
            self.adding.moved_to(event.globalPosition().toPoint())
        else:
            self.hands.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the gesture."""
        self.hands.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """On the background: quick-add. On a card: edit its text; on its buttons it is a second press."""
        if event.button() != _LEFT:
            return
        point = self.to_scene(event.position())
        item = self.scene_of.glyph_at(point)
        if item is None:
            self.quick_add(event.position().toPoint())
        elif not item.card_rect.contains(point) or self.part_at(item, point):
            self.mousePressEvent(event)
        elif not self.open_editor(item.glyph_id) and not self.commands.go_into(item):
            self.hands.press(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing lies under the pointer any more."""
        self.scene_of.set_hover(None)
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Pan or zoom."""
        self.navigator.wheel(event)
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        """Tool tips say what was shortened."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._show_tooltip(event)
            return True
        return super().viewportEvent(event)

    def _show_tooltip(self, event: QHelpEvent) -> None:
        point = self.to_scene(QPointF(event.pos()))
        item = self.scene_of.glyph_at(point)
        text = item.layout.tooltip_at(point - item.pos()) if item is not None else ""
        if text:
            QToolTip.showText(event.globalPos(), html.escape(text), self.viewport())
        else:
            QToolTip.hideText()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the glyph under the pointer (or the selected one, from the keyboard), or of the canvas."""
        self.close_editor()
        context_menu(self, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the canvas; none while text has the focus."""
        if not self.hasFocus():
            event.ignore()
            return
        if event.key() == Qt.Key.Key_Escape and (self.hands.cancel() or self.adding.stop_placing()):
            return
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            if not event.isAutoRepeat():
                self.hands.hold_space(True)
            return
        self._keyboard = True
        action_id = self.commands.keymap.action_of(event)
        if action_id is None or not self.perform(action_id):
            event.ignore()
        self._show_focus()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Space was let go."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.hands.hold_space(False)
        else:
            event.ignore()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab is quick-add here; Shift+Tab leaves the canvas."""
        return False if forward else super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus when it came by keyboard."""
        super().focusInEvent(event)
        self._keyboard = self._keyboard or event.reason() in _BY_KEYBOARD
        self._show_focus()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Let go of Space, and of the ring."""
        super().focusOutEvent(event)
        self.hands.hold_space(False)
        self._show_focus()

    def _show_focus(self) -> None:
        self.scene_of.set_focus_glyph(self.current_glyph() if self.shows_focus else None)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the zoom widget in its corner."""
        super().resizeEvent(event)
        self.zoom_box.adjustSize()
        self.zoom_box.move(ZOOM_BOX_PX, self.height() - self.zoom_box.height() - ZOOM_BOX_PX)
        self.navigator.resized()
