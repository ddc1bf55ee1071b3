"""What is dropped on the canvas from elsewhere: files, folders, addresses, text, and rows of panels.

Qt main thread; reads no file.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QMimeData, QObject, QPointF, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QImage

if TYPE_CHECKING:
    from qntx_desktop.ui.canvas.view import CanvasView

MOST_FILES = 100
ATTESTATIONS_MIME = "application/x-qntx-attestations"
"""Attestations as a JSON list of their JSON."""
JOBS_MIME = "application/x-qntx-jobs"
"""Numbers of jobs as a JSON list."""
HANDLERS_MIME = "application/x-qntx-handlers"
"""Script types as a JSON list."""
_ROWS = (ATTESTATIONS_MIME, JOBS_MIME, HANDLERS_MIME)
MOST_ROWS, MOST_ROWS_BYTES = 100, 8_000_000


class Dropping(QObject):
    """Watches the viewport of a view.

    Signals:
        addresses_dropped: Local paths and addresses (list of str), and where (QPointF, canvas units).
        picture_brought: A picture itself (QImage) that was pasted, and where.
        rows_dropped: Which of the forms above, its rows (list), and where.
    """

    addresses_dropped = Signal(list, QPointF)
    picture_brought = Signal(QImage, QPointF)
    rows_dropped = Signal(str, list, QPointF)

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
        form = next((each for each in _ROWS if brought.hasFormat(each)), "")
        if form:
            self.rows_dropped.emit(form, _rows_of(bytes(brought.data(form).data())), at)
            return
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


def rows_brought(form: str, rows: Sequence[object], text: str) -> QMimeData:
    """What leaves with dragged rows: the canvas takes them as what they are, other programs as text."""
    brought = QMimeData()
    brought.setData(form, json.dumps(list(rows)[:MOST_ROWS]).encode("utf-8"))
    brought.setText(text)
    return brought


def _rows_of(content: bytes) -> list[Any]:
    """The rows; none when another program put something else under our name."""
    try:
        found = json.loads(content) if len(content) <= MOST_ROWS_BYTES else []
    except (ValueError, RecursionError):
        return []
    return found[:MOST_ROWS] if isinstance(found, list) else []


def _takes(brought: QMimeData) -> bool:
    return brought.hasUrls() or brought.hasText() or any(brought.hasFormat(each) for each in _ROWS)
