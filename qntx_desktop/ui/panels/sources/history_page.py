"""The syncs of a source, what each changed, and the revisions that can be gone back to.

Qt main thread; calls no service.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from qntx_desktop.model.errors import QntxError
from qntx_desktop.model.source import Revision
from qntx_desktop.ui.dialogs.frame import read_only_text, show_text
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.panels.notice import Notice
from qntx_desktop.ui.panels.parts import fact_table, quiet_button
from qntx_desktop.ui.panels.sources.words import SHORT, sync_details, sync_row
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.wording import counted, size, when

HEADS = (tr("When"), tr("Result"), tr("Files"), tr("Asked by"), tr("Took"))
EMPTY = tr("Not synced yet.")
EMPTY_MANUAL = tr("A manual source is never synced: its files are what lies in its folder.")
_COMMIT = Qt.ItemDataRole.UserRole


class HistoryPage(QWidget):
    """Past syncs and kept revisions.

    Signals:
        roll_back_requested(commit): The person confirmed.
        compare_requested(commit): Show what going back would change.
    """

    roll_back_requested = Signal(str)
    compare_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[Mapping[str, Any]] = ()
        self.syncs = fact_table(tr("Syncs"), HEADS)
        self.kept = fact_table(tr("Revisions on the disk"), (tr("Commit"), tr("State"), tr("Files"), tr("Since")))
        self._details = read_only_text(tr("What the sync did"))
        self._notice = Notice()
        self._back = quiet_button(tr("Go back to this …"), tr("Go back to the selected revision"))
        self._compare = quiet_button(tr("Compare"), tr("Show what the selected revision would change"))
        self._sure = QPushButton(tr("Go back"))
        self._stay = quiet_button(tr("Stay"), tr("Stay with the present revision"))
        self._build()

    def _build(self) -> None:
        self._sure.setProperty("kind", "accent")
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.syncs)
        parts.addWidget(self._details)
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 4, 0, 0)
        head = QHBoxLayout()
        head.addWidget(plain_label(tr("Revisions on the disk"), tone="heading"), 1)
        for button in (self._compare, self._back, self._stay, self._sure):
            head.addWidget(button)
        column.addLayout(head)
        column.addWidget(self.kept, 1)
        parts.addWidget(below)
        parts.setSizes([180, 90, 150])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._notice)
        whole.addWidget(parts, 1)
        self.syncs.currentItemChanged.connect(lambda *_: self._show_details())
        self.kept.currentItemChanged.connect(lambda *_: self._ask(False))
        self._compare.clicked.connect(lambda: self.compare_requested.emit(self.chosen()))
        self._back.clicked.connect(lambda: self._ask(True))
        self._stay.clicked.connect(lambda: self._ask(False))
        self._sure.clicked.connect(lambda: self.roll_back_requested.emit(self.chosen()))
        self._ask(False)

    def begin(self) -> None:
        """Another source is selected; its history is being read."""
        self.set_history((), (), 0, syncable=True)
        self._notice.say(tr("◐ Reading the history …"))

    def set_history(
        self, rows: Sequence[Mapping[str, Any]], kept: Sequence[Revision], now_us: int, *, syncable: bool
    ) -> None:
        """Show syncs, newest first, and the revisions there are."""
        self._rows = rows
        at = max(0, self.syncs.currentIndex().row())
        self.syncs.clear()
        for row in rows:
            self.syncs.addTopLevelItem(QTreeWidgetItem(list(sync_row(row, now_us))))
        self.kept.clear()
        for each in kept:
            words = {"current": tr("in use"), "held": tr("waits for review"), "old": tr("earlier")}
            files = f"{counted(each.files, 'file')}, {size(each.size_bytes)}"
            since = when(each.created_at_us, now_us)
            item = QTreeWidgetItem([each.commit[:SHORT], words.get(each.state, each.state), files, since])
            item.setData(0, _COMMIT, each.commit if each.state != "current" else "")
            self.kept.addTopLevelItem(item)
        self._notice.say("" if rows else EMPTY if syncable else EMPTY_MANUAL)
        newest = self.syncs.topLevelItem(min(at, len(rows) - 1))
        if newest is not None:
            self.syncs.setCurrentItem(newest)
        self._show_details()
        self._ask(False)

    def set_error(self, error: QntxError) -> None:
        """Say why the history cannot be shown, or why going back did not work."""
        self._notice.fail(error)

    def chosen(self) -> str:
        """The commit of the selected revision; empty when it is the one in use."""
        item = self.kept.currentItem()
        return str(item.data(0, _COMMIT) or "") if item is not None else ""

    def said(self) -> str:
        """What stands over the tables."""
        return self._notice.text()

    def _ask(self, asked: bool) -> None:
        there = bool(self.chosen())
        self._back.setVisible(not asked)
        self._back.setEnabled(there)
        self._compare.setEnabled(there)
        self._sure.setVisible(asked)
        self._stay.setVisible(asked)
        if asked:
            self._stay.setFocus()

    def _show_details(self) -> None:
        at = self.syncs.currentIndex().row()
        show_text(self._details, sync_details(self._rows[at]) if 0 <= at < len(self._rows) else "")
