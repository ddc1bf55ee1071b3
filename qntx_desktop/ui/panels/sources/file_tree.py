"""The files of a source as a tree, or what a search found as a list. A file can be dragged out of it.

Qt main thread; reads no disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem

from qntx_desktop.services.source_files import FileEntry, Match
from qntx_desktop.ui.canvas.drops import FILE_MIME
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.wording import one_line, size

MOST_SHOWN = 5_000
_PATH, _LINE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class FileTree(QTreeWidget):
    """Folders and files.

    Signals:
        picked(path, line): A file was chosen; line 0 means none in particular.
        dropped(paths): Files of the computer were let go over it.
    """

    picked = Signal(str, int)
    dropped = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.source_name = ""
        self.takes_files = False
        self._folders: dict[str, QTreeWidgetItem] = {}
        self.setHeaderHidden(True)
        self.setAccessibleName(tr("Files"))
        self.setUniformRowHeights(True)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QTreeWidget.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.CopyAction)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.currentItemChanged.connect(self._current)

    def show_files(self, entries: Sequence[FileEntry]) -> None:
        """Show a tree of these files; the one that is chosen stays so, and folders stay open."""
        chosen = self.chosen()
        opened = {path for path, item in self._folders.items() if item.isExpanded()}
        self._begin()
        for entry in entries[:MOST_SHOWN]:
            folder, _, name = entry.path.rpartition("/")
            self._add(self._folder(folder), name, entry.path, size(entry.size_bytes))
        few = len(self._folders) <= 8
        for path, item in self._folders.items():
            item.setExpanded(few or path in opened)
        self._end(chosen)

    def show_names(self, entries: Iterable[FileEntry]) -> None:
        """Show a list of files, the closest first."""
        chosen = self.chosen()
        self._begin()
        for entry in entries:
            self._add(self.invisibleRootItem(), entry.path, entry.path, size(entry.size_bytes))
        self._end(chosen)

    def show_matches(self, matches: Iterable[Match]) -> None:
        """Show lines that were found."""
        self._begin()
        for match in matches:
            text = f"{match.path}:{match.line}  {match.text[:160]}"
            item = self._add(self.invisibleRootItem(), text, match.path, "")
            item.setData(0, _LINE, match.line)
        self._end("")

    def chosen(self) -> str:
        """The path of the chosen file, empty without one."""
        item = self.currentItem()
        return str(item.data(0, _PATH) or "") if item is not None else ""

    def choose(self, path: str) -> None:
        """Choose a file without saying so; nothing when it is not shown."""
        item = self._item_of(path)
        self.blockSignals(True)
        if item is not None:
            self.setCurrentItem(item)
        self.blockSignals(False)

    def mimeData(self, items: Sequence[QTreeWidgetItem]) -> QMimeData:  # noqa: N802 - Qt's name
        """What leaves with a dragged file."""
        found = QMimeData()
        path = next((str(each.data(0, _PATH)) for each in items if each.data(0, _PATH)), "")
        if path:
            found.setData(FILE_MIME, f"{self.source_name}/{path}".encode())
        return found

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files of the computer may come in where files can be written."""
        self._consider(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """As when they came over it."""
        self._consider(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Say which files were let go."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if paths and self.takes_files:
            self.dropped.emit(paths)

    def _consider(self, event: QDragMoveEvent) -> None:
        if self.takes_files and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def _begin(self) -> None:
        self.blockSignals(True)
        self.clear()
        self._folders = {}

    def _end(self, chosen: str) -> None:
        item = self._item_of(chosen) if chosen else None
        if item is not None:
            self.setCurrentItem(item)
        self.blockSignals(False)

    def _folder(self, path: str) -> QTreeWidgetItem:
        if not path:
            return self.invisibleRootItem()
        item = self._folders.get(path)
        if item is None:
            above, _, name = path.rpartition("/")
            item = QTreeWidgetItem(self._folder(above), [f"{one_line(name, 200)}/"])
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            self._folders[path] = item
        return item

    def _add(self, parent: QTreeWidgetItem, text: str, path: str, tip: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem(parent, [one_line(text)])
        item.setData(0, _PATH, path)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled)
        item.setData(0, Qt.ItemDataRole.AccessibleDescriptionRole, tip)
        return item

    def _item_of(self, path: str) -> QTreeWidgetItem | None:
        waiting = [self.invisibleRootItem()]
        while waiting:
            item = waiting.pop()
            if path and item.data(0, _PATH) == path:
                return item
            inner = (item.child(row) for row in range(item.childCount()))
            waiting += [each for each in inner if each is not None]
        return None

    def _current(self, item: QTreeWidgetItem | None, _before: QTreeWidgetItem | None) -> None:
        path = str(item.data(0, _PATH) or "") if item is not None else ""
        if path and item is not None:
            self.picked.emit(path, int(item.data(0, _LINE) or 0))
