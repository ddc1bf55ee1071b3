"""What is dropped on the canvas from elsewhere: files, folders, addresses and text.

Qt main thread; reads no file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, QPointF, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent

if TYPE_CHECKING:
    from qntx_desktop.ui.canvas.view import CanvasView

MOST_FILES = 100


class Dropping(QObject):
    """Watches the viewport of a view.

    Signals:
        addresses_dropped: Local paths and addresses (list of str), and where (QPointF, canvas units).
    """

    addresses_dropped = Signal(list, QPointF)

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view)
        self._view = view
        view.viewport().setAcceptDrops(True)
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what can be taken; the view itself would pass it on to its items."""
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            if _takes(event.mimeData()):
                event.acceptProposedAction()
                self.take(event.mimeData(), self._view.to_scene(event.position()))
            return True
        if isinstance(event, (QDragEnterEvent, QDragMoveEvent)):
            if _takes(event.mimeData()):
                event.acceptProposedAction()
            return True
        return super().eventFilter(watched, event)

    def take(self, brought: QMimeData, at: QPointF) -> None:
        """Put it on the canvas there, or let it be read first."""
        urls = brought.urls()[:MOST_FILES]
        addresses = [url.toLocalFile() if url.isLocalFile() else url.toString() for url in urls]
        addresses = [each for each in addresses if each]
        text = brought.text().strip()
        if not addresses and text.startswith(("http://", "https://")) and len(text.split()) == 1:
            addresses = [text]
        if addresses:
            self.addresses_dropped.emit(addresses, at)
        elif text:
            self._view.commands.clipboard.take_text(text, at)


def _takes(brought: QMimeData) -> bool:
    return brought.hasUrls() or brought.hasText()
