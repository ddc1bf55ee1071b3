"""A line over the title of a glyph, to give it another. Qt main thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from qntx_desktop.model.diff import update
from qntx_desktop.model.marks import MOST_TITLE_CHARS, TITLE, marked, title_of
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import TITLE_PX, name_font

if TYPE_CHECKING:
    from qntx_desktop.ui.canvas.view import CanvasView

LEAST_WIDTH_PX = 160


class Renaming(QObject):
    """At most one line at a time. Enter and leaving the line keep what was typed, Esc does not."""

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view)
        self._view = view
        self._id = 0
        self.line: QLineEdit | None = None

    def open(self, glyph_id: int) -> None:
        """Show the line over the title; an empty title is the one of the kind again."""
        item = self._view.scene_of.item_of(glyph_id)
        if item is None:
            return
        self.close(keep=True)
        self._view.close_editor()
        self._view.show_glyph(glyph_id)
        self._id = glyph_id
        line = self.line = QLineEdit(title_of(item.glyph), self._view.viewport())
        line.setObjectName("rename")
        line.setAccessibleName(tr("Title"))
        line.setPlaceholderText(item.kind.title(item.glyph))
        line.setMaxLength(MOST_TITLE_CHARS)
        line.setFont(name_font())
        title = QRectF(
            item.layout.title.left() - 6, 4, item.layout.width - item.layout.title.left(), TITLE_PX - 8
        )
        place = self._view.viewportTransform().mapRect(title.translated(item.pos())).toAlignedRect()
        place.setWidth(max(LEAST_WIDTH_PX, place.width()))
        place.setHeight(max(line.sizeHint().height(), place.height()))
        line.setGeometry(place)
        line.selectAll()
        line.installEventFilter(self)
        line.show()
        line.setFocus()

    def close(self, *, keep: bool) -> None:
        """Take the line away, keeping what was typed or not."""
        line, self.line = self.line, None
        if line is None:
            return
        line.removeEventFilter(self)
        glyph = self._view.document.glyph(self._id)
        if keep and glyph is not None:
            content = marked(glyph, TITLE, line.text().strip())
            self._view.document.seal()
            self._view.document.edit(
                update(self._view.document.canvas, self._id, content=content), tr("Rename glyph")
            )
        had_focus = line.hasFocus()
        line.hide()
        line.deleteLater()
        if had_focus:
            self._view.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter, Esc and the loss of the focus end it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.close(keep=True)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close(keep=False)
                return True
        elif event.type() == QEvent.Type.FocusOut:
            self.close(keep=True)
        return super().eventFilter(watched, event)
