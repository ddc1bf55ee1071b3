"""What another revision would change: its files, one compared line by line, and the yes to it.

Qt main thread; calls no service.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from qntx_desktop.model.errors import QntxError
from qntx_desktop.services.source_review import FileChange, FileDiff
from qntx_desktop.ui import told
from qntx_desktop.ui.dialogs.diff_view import DiffColours
from qntx_desktop.ui.dialogs.frame import read_only_text, show_text
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.panels.notice import Notice
from qntx_desktop.ui.panels.sources.words import SHORT
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme
from qntx_desktop.ui.wording import counted, one_line

NOTHING = tr("Nothing waits for review.")
_SIGNS = {"added": "+", "changed": "~", "removed": "−"}
_PATH = Qt.ItemDataRole.UserRole


class ReviewPage(QWidget):
    """Shows a difference between revisions.

    Signals:
        diff_requested(path): Compare this file; answer with `set_diff`.
        accept_requested: Use the revision that waits.
    """

    diff_requested = Signal(str)
    accept_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.commit: str | None = None
        """The revision that is compared; None: the one that waits for review."""
        self._title = plain_label(NOTHING, wrap=True, tone="heading")
        self._notice = Notice()
        self._accept = QPushButton(tr("Accept"))
        self._accept.setProperty("kind", "accent")
        self._accept.setToolTip(tr("Handlers from this source use the new revision from now on"))
        self.files = QListWidget()
        self.files.setAccessibleName(tr("Changed files"))
        self.files.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._field = read_only_text(tr("Difference"))
        self._colours = DiffColours(self._field.document(), theme)
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(self._accept)
        self._parts = parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.files)
        parts.addWidget(self._field)
        parts.setSizes([230, 520])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        column.addWidget(self._notice)
        column.addWidget(parts, 1)
        column.addStretch(0)
        self.files.currentItemChanged.connect(lambda *_: self._ask())
        self._accept.clicked.connect(self.accept_requested)
        self.clear()

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of another theme."""
        self._colours.set_theme(theme)

    def clear(self) -> None:
        """Compare nothing."""
        self.commit = None
        self._show(NOTHING, (), waits=False)

    def set_changes(self, commit: str, changes: Sequence[FileChange], *, waits: bool) -> None:
        """Show which files differ.

        Args:
            waits: It is the revision that waits for review, so it can be accepted.
        """
        what = tr("waits for review") if waits else tr("compared with the one in use")
        self._show(
            tr("{commit} {what}: {files} differ").format(
                commit=commit[:SHORT], what=what, files=counted(len(changes), "file")
            ),
            changes,
            waits=waits,
        )

    def set_diff(self, found: FileDiff) -> None:
        """Show one file line by line; dropped when another one is selected by now."""
        if found.path == self.chosen():
            show_text(self._field, "\n".join(found.lines))
            self._notice.say(f"{one_line(found.path)}: {told.said(found.note)}." if found.note else "")

    def set_error(self, error: QntxError) -> None:
        """Say why there is no difference to show."""
        self._notice.fail(error)

    def chosen(self) -> str:
        """The selected file, empty without one."""
        index = self.files.currentIndex()
        return str(index.data(_PATH)) if index.isValid() else ""

    def title(self) -> str:
        """What it shows."""
        return self._title.text()

    def _show(self, title: str, changes: Sequence[FileChange], *, waits: bool) -> None:
        self._title.setText(title)
        self._accept.setVisible(waits)
        self._parts.setVisible(bool(changes))
        self._notice.say("")
        self._field.clear()
        self.files.clear()
        for change in changes:
            item = QListWidgetItem(f"{_SIGNS.get(change.kind, '?')} {one_line(change.path)}")
            item.setData(_PATH, change.path)
            self.files.addItem(item)
        if changes:
            self.files.setCurrentRow(0)

    def _ask(self) -> None:
        self._field.clear()
        if self.chosen():
            self.diff_requested.emit(self.chosen())
