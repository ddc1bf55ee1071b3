"""The files of the selected source: a tree with search at the left, one file at the right.

Qt main thread; reads and writes nothing itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSplitter, QVBoxLayout, QWidget

from qntx_desktop.model.errors import QntxError
from qntx_desktop.services.source_files import FileEntry, Match
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.panels.notice import Notice
from qntx_desktop.ui.panels.parts import quiet_button
from qntx_desktop.ui.panels.sources.file_tree import MOST_SHOWN, FileTree
from qntx_desktop.ui.panels.sources.file_view import FileText, FileView
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme
from qntx_desktop.ui.wording import count, counted

TYPED_MS = 200
NAMES, CONTENT = 0, 1
LOADING = tr("◐ Reading the files …")
EMPTY = tr("No files. Drop some here, or press New file.")
EMPTY_GIT = tr("No files yet. Press Sync now to fetch them.")


class FilesPage(QWidget):
    """Files of one source.

    Signals:
        search_wanted(mode, text): NAMES or CONTENT; an empty text wants the tree.
        picked(path, line): Read this file; answer with `view.set_file`.
        new_requested(path): Make an empty file.
        uploads(paths): Copy these files of the computer into the source.
        refresh_requested: Read the tree again.
    """

    search_wanted = Signal(int, str)
    picked = Signal(str, int)
    new_requested = Signal(str)
    uploads = Signal(object)
    refresh_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.editable = False
        self.mode = QComboBox()
        self.search = QLineEdit()
        self.tree = FileTree()
        self.view = FileView(theme)
        self._notice = Notice()
        self._new = quiet_button(tr("New file"), tr("Make a new file"))
        self._name = QLineEdit()
        self._left = plain_label("", tone="dim", wrap=True)
        self._typed = QTimer(self)
        self._typed.setSingleShot(True)
        self._typed.setInterval(TYPED_MS)
        self._typed.timeout.connect(self._ask)
        self._build()

    def _build(self) -> None:
        self.mode.addItems([tr("Names"), tr("Content")])
        self.mode.setAccessibleName(tr("What to search"))
        self.search.setPlaceholderText(tr("Search"))
        self.search.setAccessibleName(tr("Search the files"))
        self.search.setClearButtonEnabled(True)
        self._name.setPlaceholderText(tr("Path, such as lib/feed.py"))
        self._name.setAccessibleName(tr("Path of the new file"))
        self._name.hide()
        self.mode.currentIndexChanged.connect(lambda _: self._ask())
        self.search.textChanged.connect(lambda _: self._typed.start())
        self.search.returnPressed.connect(self._enter)
        self.tree.picked.connect(self.picked)
        self.tree.dropped.connect(self.uploads)
        self._new.clicked.connect(self._ask_name)
        self._name.returnPressed.connect(lambda: self.new_requested.emit(self._name.text()))
        self._notice.retry_requested.connect(self.refresh_requested)
        top = QHBoxLayout()
        top.addWidget(self.search, 1)
        top.addWidget(self.mode)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self._name)
        column.addWidget(self._notice)
        column.addWidget(self.tree, 1)
        below = QHBoxLayout()
        below.addWidget(self._left, 1)
        below.addWidget(self._new, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(below)
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setChildrenCollapsible(False)
        parts.addWidget(left)
        parts.addWidget(self.view)
        parts.setStretchFactor(0, 2)
        parts.setStretchFactor(1, 5)
        parts.setSizes([250, 500])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(parts)

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of another theme."""
        self.view.set_theme(theme)

    def begin(self, name: str, *, editable: bool) -> None:
        """Another source is selected; its files are being read."""
        self.tree.source_name, self.tree.takes_files, self.editable = name, editable, editable
        self._new.setVisible(editable)
        self._name.hide()
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self.tree.show_files(())
        self._left.setText("")
        self.view.allow(editable)
        self.view.clear()
        self._notice.say(LOADING)

    def set_files(self, entries: Sequence[FileEntry]) -> None:
        """Show the tree, unless a search shows something else."""
        if self.search.text().strip():
            self._ask()
            return
        self.tree.show_files(entries)
        self.tree.choose(self.view.path)
        self._notice.say("" if entries else EMPTY if self.editable else EMPTY_GIT)
        shown = counted(len(entries), "file")
        if len(entries) > MOST_SHOWN:
            shown = tr("The first {MOST_SHOWN} of {shown}; search finds the rest.").format(
                MOST_SHOWN=count(MOST_SHOWN), shown=shown
            )
        self._left.setText(shown if entries else "")

    def set_found(self, mode: int, text: str, found: Sequence[FileEntry] | Sequence[Match]) -> None:
        """Show what a search found; dropped when the person searches for something else by now."""
        if (mode, text) != (self.mode.currentIndex(), self.search.text().strip()):
            return
        if mode == NAMES:
            self.tree.show_names([each for each in found if isinstance(each, FileEntry)])
            self._left.setText(
                tr("{files}, the closest first").format(files=counted(len(found), "file")) if found else ""
            )
        else:
            self.tree.show_matches([each for each in found if isinstance(each, Match)])
            self._left.setText(counted(len(found), "line") if found else "")
        self._notice.say("" if found else tr("Nothing found for “{text}”.").format(text=text[:80]))

    def set_error(self, error: QntxError) -> None:
        """Say why the files cannot be shown."""
        self.tree.show_files(())
        self._left.setText("")
        self._notice.fail(error)

    def refuse(self, error: QntxError) -> None:
        """Say why a file was not made; its path stays in the field."""
        self._notice.fail(error)

    def made(self) -> None:
        """The new file is there."""
        self._name.hide()

    def show_file(self, file: FileText, line: int) -> None:
        """Show a file in full."""
        self.view.set_file(file, editable=self.editable, line=line)
        self.tree.choose(file.path)

    def said(self) -> str:
        """What stands over the tree."""
        return self._notice.text()

    def ask_name(self) -> None:
        """As by pressing New file."""
        self._ask_name()

    def _ask_name(self) -> None:
        self._name.setText("")
        self._name.show()
        self._name.setFocus()

    def _ask(self) -> None:
        text = self.search.text().strip()
        if text:
            self.search_wanted.emit(self.mode.currentIndex(), text)
        else:
            self.refresh_requested.emit()

    def _enter(self) -> None:
        """Go into what was found."""
        self._typed.stop()
        self._ask()
        self.tree.setFocus()
