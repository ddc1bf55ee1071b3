"""Files of code sources that are dragged onto the canvas: each becomes an IX glyph that runs it.

Qt main thread.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent

from qntx_desktop.ui.canvas.view import CanvasView

FILE_MIME = "application/x-qntx-source-file"
"""What a dragged file is, as `source/path`."""


class Drops(QObject):
    """Takes what is let go over a canvas.

    Signals:
        file_dropped(reference, place): A file of a code source, at a point of the canvas.
    """

    file_dropped = Signal(str, QPointF)

    def __init__(self, view: CanvasView, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        view.setAcceptDrops(True)
        view.viewport().setAcceptDrops(True)
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is ours, and leave the rest to the canvas."""
        if not isinstance(event, QDropEvent | QDragMoveEvent | QDragEnterEvent):
            return False
        if not event.mimeData().hasFormat(FILE_MIME):
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() == QEvent.Type.Drop:
            reference = bytes(event.mimeData().data(FILE_MIME).data()).decode("utf-8", "replace")
            self.file_dropped.emit(reference, self._view.to_scene(event.position()))
        return True
