"""The one live editor: a text widget over the glyph being edited, and how its text reaches the document.

Qt main thread. Everything typed from opening to closing is one step of the history; while typing, the text reaches
the document every 300 ms, so that autosave has it within a second.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, QTimer
from PySide6.QtGui import QKeyEvent, QPainterPath, QRegion
from PySide6.QtWidgets import QApplication

from qntx_desktop.model.diff import CanvasDiff, update
from qntx_desktop.model.glyph import Glyph
from qntx_desktop.ui.canvas.item import GlyphItem
from qntx_desktop.ui.glyphs.kind import EditorSpec, LiveEditor
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import PORT_PX

if TYPE_CHECKING:
    from qntx_desktop.ui.canvas.view import CanvasView

FLUSH_MS = 300
READABLE_ZOOM = 0.5
FIELD_RADIUS_PX = 6.0
AIR_PX = 12
ENLARGE = "enlarge"
_TYPED = range(0x20, 0x0100_0000)
"""Keys that write: whoever gave this action a letter still types it in a text."""


class EditorSession(QObject):
    """From opening an editor over a glyph to closing it."""

    def __init__(self, view: CanvasView, glyph: Glyph, spec: EditorSpec, editor: LiveEditor) -> None:
        super().__init__(view)
        self._view, self.glyph_id, self.spec, self.editor = view, glyph.id, spec, editor
        self._start = str(glyph.content.get(spec.key, ""))
        self._merge = view.new_merge_key("text")
        self._taking = False
        self._closed = False
        self.enlarged = False
        """True while the text covers the canvas, for those who write much."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(FLUSH_MS)
        self._timer.timeout.connect(self.flush)
        editor.load(self._start)
        editor.changed.connect(self._typed)
        editor.leave.connect(self._leave)
        editor.run.connect(self._run)
        if editor.save is not None:
            editor.save.connect(self._save)
        if editor.run_wait is not None:
            editor.run_wait.connect(self._run_wait)
        view.document.changed.connect(self._follow_document)
        if editor.set_first_key is not None:
            editor.set_first_key(self._takes)
        else:
            editor.widget.installEventFilter(self)
        self.follow()
        editor.widget.show()
        editor.widget.setFocus()

    def _typed(self) -> None:
        if not self._taking and not self._closed and not self._timer.isActive():
            self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The key that shows the text as large as the window, and as it was again."""
        pressed = event if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress else None
        return pressed is not None and self._takes(pressed)

    def _takes(self, event: QKeyEvent) -> bool:
        if event.key() in _TYPED or self._view.commands.keymap.action_of(event) != ENLARGE:
            return False
        self.enlarge(not self.enlarged)
        return True

    def enlarge(self, enlarged: bool) -> None:
        """Cover the canvas with the text, or stand on the card again; a single line stays where it is."""
        self.enlarged = enlarged and self.spec.mode != "line"
        self.follow()

    def flush(self) -> None:
        """Put the text into the document now, into this session's step."""
        self._timer.stop()
        glyph = self._view.document.glyph(self.glyph_id)
        if glyph is None or self._closed:
            return
        text = self.editor.read()
        if text == glyph.content.get(self.spec.key, ""):
            return
        diff = update(
            self._view.document.canvas, self.glyph_id, content={**glyph.content, self.spec.key: text}
        )
        self._view.document.edit(diff, tr("Edit text"), merge=self._merge)

    def follow(self) -> None:
        """Stand where the text of the glyph stands, at the zoom of the view."""
        item = self._view.scene_of.item_of(self.glyph_id)
        if item is None:
            return
        spec = item.kind.editor(item.glyph)
        if spec is not None:
            self.spec = spec
        if self.enlarged:
            self.editor.set_scale(1.0)
            self.editor.widget.clearMask()
            self.editor.widget.setGeometry(self._view.viewport().rect().adjusted(AIR_PX, AIR_PX, -AIR_PX, -AIR_PX))
            self.editor.widget.raise_()
            return
        rect = self.spec.rect.translated(item.pos())
        exact = self._view.viewportTransform().mapRect(rect)
        place = exact.toAlignedRect()
        self.editor.set_scale(self._view.zoom)
        self.editor.widget.setGeometry(place)
        self.editor.widget.setMask(self._mask(item, place, exact))

    def _mask(self, item: GlyphItem, place: QRect, exact: QRectF) -> QRegion:
        """What the editor covers: not the hairline of its field, nor the border and ports of its card."""
        zoom, seen = self._view.zoom, QPainterPath()
        edge = max(1.0, zoom)
        inner = exact.translated(-QPointF(place.topLeft())).adjusted(edge, edge, -edge, -edge)
        corner = QPointF(math.ceil(inner.left()), math.ceil(inner.top()))
        field = QRectF(corner, QPointF(math.floor(inner.right()), math.floor(inner.bottom())))
        rounding = FIELD_RADIUS_PX * zoom if self.spec.mode == "line" else 0.0
        seen.addRoundedRect(field, rounding, rounding)
        radius = (PORT_PX / 2 + 1) * zoom
        for port in item.layout.ports:
            middle = self._view.viewportTransform().map(item.pos() + port.at) - QPointF(place.topLeft())
            hole = QPainterPath()
            hole.addEllipse(middle, radius, radius)
            seen = seen.subtracted(hole)
        return QRegion(seen.toFillPolygon().toPolygon())

    def _follow_document(self, diff: CanvasDiff) -> None:
        if self.glyph_id in diff.removed:
            self._view.close_editor(commit=False)
            return
        glyph = self._view.document.glyph(self.glyph_id)
        if self.glyph_id not in diff.updated or glyph is None:
            return
        text = str(glyph.content.get(self.spec.key, ""))
        old = diff.updated[self.glyph_id][0].content.get(self.spec.key, "")
        if text != old and text != self.editor.read():
            self._taking = True
            self.editor.replace(text)
            self._taking = False
        self.follow()

    @property
    def has_focus(self) -> bool:
        """True while the keyboard is in the editor."""
        widget, at = self.editor.widget, QApplication.focusWidget()
        return at is not None and (at is widget or widget.isAncestorOf(at))

    def close(self, *, commit: bool) -> None:
        """End the session; without `commit` the text is as it was at the beginning."""
        if self._closed:
            return
        if commit:
            self.flush()
            self._view.document.seal()
        else:
            self._view.document.abandon(self._merge)
        self._closed = True
        self._timer.stop()
        self._view.document.changed.disconnect(self._follow_document)
        self.editor.widget.hide()
        self.editor.widget.deleteLater()
        self.deleteLater()

    def _leave(self) -> None:
        self._view.close_editor()
        self._view.setFocus()

    def _run(self) -> None:
        if not self.spec.runs:
            self._leave()
            return
        self.flush()
        self._view.action.emit(self.glyph_id, "run")

    def _run_wait(self) -> None:
        """Leave the text: the keyboard waits on the glyph for its result."""
        view, glyph_id, runs = self._view, self.glyph_id, self.spec.runs
        self._leave()
        if runs:
            view.action.emit(glyph_id, "run_wait")

    def _save(self) -> None:
        self.flush()
        self._view.action.emit(self.glyph_id, "save")
