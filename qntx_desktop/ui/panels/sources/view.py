"""The Sources window: the list of sources, and of the selected one its state, files, history and review.

Qt main thread. It is told what to show and says what the person wants; it calls no service.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QPushButton,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from qntx_desktop.model.errors import QntxError
from qntx_desktop.model.job import Job
from qntx_desktop.model.source import Source
from qntx_desktop.ui import told
from qntx_desktop.ui.dialogs.frame import Frame
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.panels.notice import Notice
from qntx_desktop.ui.panels.parts import quiet_button, sheet
from qntx_desktop.ui.panels.sources.files_page import FilesPage
from qntx_desktop.ui.panels.sources.history_page import HistoryPage
from qntx_desktop.ui.panels.sources.review_page import ReviewPage
from qntx_desktop.ui.panels.sources.source_list import SourceListModel, SourceRow
from qntx_desktop.ui.panels.sources.words import facts, trouble
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme
from qntx_desktop.ui.wording import one_line

LOADING = tr("◐ Reading the sources …")
EMPTY = tr("No code sources yet. Add a repository, or a folder of your own.")
FILES, HISTORY, REVIEW = range(3)


class SourcesView(Frame):
    """Code sources.

    Signals:
        selected(source_id): Another source is looked at, 0 for none.
        page_shown(index): FILES, HISTORY or REVIEW.
        asked(verb): `sync`, `cancel`, `add`, `edit`, `enable`, `disable`, `remove` or `refresh`.
        closing: The window closes; what is unsaved was given up.
    """

    selected = Signal(int)
    page_shown = Signal(int)
    asked = Signal(str)
    closing = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(tr("Sources"), theme, parent)
        self.setObjectName("sources_view")
        self.resize(1040, 660)
        self._model, self._row = SourceListModel(), SourceRow(theme)
        self._source: Source | None = None
        self._job: Job | None = None
        self.list = QListView()
        self.files, self.history, self.review = FilesPage(theme), HistoryPage(), ReviewPage(theme)
        self.pages = QTabWidget()
        self._notice, self._said = Notice(), Notice()
        self._title = plain_label("", wrap=True, tone="heading")
        self._facts = plain_label("", wrap=True, tone="dim")
        self._trouble = plain_label("", wrap=True, tone="bad")
        self._progress = plain_label("", tone="dim", wrap=True)
        self.buttons = {
            verb: quiet_button(label, name)
            for verb, label, name in (
                ("sync", tr("Sync now"), tr("Sync this source now")),
                ("cancel", tr("Stop"), tr("Stop this sync")),
                ("edit", tr("Change"), tr("Change this source")),
                ("disable", tr("Disable"), tr("Let interval and webhook no longer sync this source")),
                ("enable", tr("Enable"), tr("Let interval and webhook sync this source again")),
                ("remove", tr("Remove"), tr("Remove this source")),
            )
        }
        self._sure = QPushButton(tr("Remove it with its files"))
        self._keep = quiet_button(tr("Keep it"), tr("Keep this source"))
        self._leave = QPushButton(tr("Close and lose it"))
        self._right = QWidget()
        self._build()
        self.show_loading()

    def _build(self) -> None:
        self._sure.setProperty("kind", "danger")
        self._leave.setProperty("kind", "danger")
        self._leave.hide()
        self.list.setModel(self._model)
        self.list.setItemDelegate(self._row)
        self.list.setAccessibleName(tr("Sources"))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        add = QPushButton(tr("Add"))
        head = QHBoxLayout()
        head.addWidget(plain_label(tr("Sources"), tone="heading"), 1)
        head.addWidget(add)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self._notice)
        column.addWidget(self.list, 1)
        left.setMinimumWidth(200)
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setChildrenCollapsible(False)
        parts.addWidget(left)
        parts.addWidget(self._right)
        parts.setStretchFactor(1, 1)
        parts.setSizes([250, 760])
        self.body.addWidget(parts, 1)
        self._build_right()
        add.clicked.connect(lambda: self.asked.emit("add"))
        self._notice.retry_requested.connect(lambda: self.asked.emit("refresh"))
        self.list.selectionModel().currentChanged.connect(self._current)
        self.pages.currentChanged.connect(self.page_shown)
        self.list.setFocus()

    def _build_right(self) -> None:
        column = QVBoxLayout(self._right)
        column.setContentsMargins(12, 0, 0, 0)
        column.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self._title, 1)
        for verb, button in self.buttons.items():
            row.addWidget(button)
            if verb != "remove":
                button.clicked.connect(lambda _=False, verb=verb: self.asked.emit(verb))
        for button in (self._keep, self._sure):
            row.addWidget(button)
        self.buttons["remove"].clicked.connect(lambda: self._ask_remove(True))
        self._keep.clicked.connect(lambda: self._ask_remove(False))
        self._sure.clicked.connect(lambda: self.asked.emit("remove"))
        self._leave.clicked.connect(self._close_anyway)
        column.addLayout(row)
        said = QHBoxLayout()
        said.addWidget(self._said, 1)
        said.addWidget(self._leave)
        for each in (self._facts, self._trouble, self._progress):
            each.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(each)
        column.addLayout(said)
        self.pages.addTab(self.files, tr("Files"))
        self.pages.addTab(self.history, tr("History"))
        self.pages.addTab(self.review, tr("Review"))
        column.addWidget(self.pages, 1)

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of another theme."""
        self.theme = theme
        self.setStyleSheet(sheet(theme))
        self._row.theme = theme
        self.files.set_theme(theme)
        self.review.set_theme(theme)

    @property
    def source(self) -> Source | None:
        """The source that is looked at."""
        return self._source

    def show_loading(self) -> None:
        """Say that the sources are being read."""
        self._notice.say(LOADING)
        self._right.hide()

    def set_error(self, error: QntxError) -> None:
        """Say that the sources could not be read."""
        self._notice.fail(error)

    def set_sources(self, sources: tuple[Source, ...], jobs: Mapping[int, Job], now_us: int) -> None:
        """Show these; the one that is looked at stays so, else the first is."""
        wanted = self._source.id if self._source is not None else 0
        self._model.set_sources(sources, jobs, now_us)
        self._notice.say("" if sources else EMPTY)
        row = max(0, self._model.row_of(wanted))
        self.choose(sources[row].id if sources else 0)

    def choose(self, source_id: int) -> None:
        """Look at a source."""
        row = self._model.row_of(source_id)
        source = self._model.source(row)
        if row >= 0:
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.list.selectionModel().setCurrentIndex(self._model.index(row), flag)
        self._take(source)

    def set_facts(self, source: Source, folder: str, now_us: int) -> None:
        """Say what there is to know about the source that is looked at."""
        if self._source is None or source.id != self._source.id:
            return
        self._facts.setText(facts(source, folder, now_us))
        error = source.last_sync_error
        self._trouble.setText(trouble(error) if error else "")
        self._trouble.setVisible(bool(error))

    def set_job(self, source_id: int, job: Job | None) -> None:
        """Show how far the sync of a source is."""
        if self._source is None or source_id != self._source.id:
            return
        open_job = job if job is not None and not job.ended else None
        self._job = open_job
        message = open_job.progress_message if open_job is not None else ""
        waits = open_job is not None and open_job.started_at_us is None
        said = (
            (told.said(open_job.waiting_message, open_job.waiting_code or "") or tr("Waits for its turn."))
            if open_job and waits
            else one_line(told.said(message), 200)
        )
        self._progress.setText(f"◐ {said}" if said else "")
        self._progress.setVisible(bool(said))
        self._show_buttons()

    def say(self, text: str) -> None:
        """Say something about the source that is looked at; empty takes it away."""
        self._said.say(text)
        self._leave.hide()

    def fail(self, error: QntxError) -> None:
        """Say why something asked of it was not done."""
        self._said.fail(error)
        self._ask_remove(False)

    def said(self) -> str:
        """What it says of the source that is looked at."""
        return "\n".join(filter(None, (self._trouble.text(), self._said.text())))

    def list_said(self) -> str:
        """What stands over the list."""
        return self._notice.text()

    def facts_text(self) -> str:
        """What it says there is to know."""
        return self._facts.text()

    @property
    def job(self) -> Job | None:
        """The job that syncs what is looked at, as long as it has not ended."""
        return self._job

    def closeEvent(self, event: QCloseEvent) -> None:
        """What was typed and not saved is not lost by a press of a key."""
        if self.files.view.unsaved:
            event.ignore()
            self.pages.setCurrentIndex(FILES)
            self._said.say(
                tr("{path} is not saved. Save it, or lose what was typed.").format(path=self.files.view.path)
            )
            self._leave.show()
            return
        self.closing.emit()
        super().closeEvent(event)

    def _close_anyway(self) -> None:
        self.files.view.clear()
        self.close()

    def _current(self, index: QModelIndex, _before: QModelIndex) -> None:
        source = self._model.source(index.row())
        if source is None or (self._source is not None and source.id == self._source.id):
            return
        if self.files.view.unsaved and self._source is not None:
            self.say(tr("{path} is not saved. Save it first, or read it again.").format(path=self.files.view.path))
            self.files.view.changed_outside()
            row = self._model.index(self._model.row_of(self._source.id))
            self.list.selectionModel().setCurrentIndex(row, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            return
        self._take(source)

    def _take(self, source: Source | None) -> None:
        before, self._source = self._source, source
        self._right.setVisible(source is not None)
        if source is None:
            self.selected.emit(0)
            return
        other = before is None or before.id != source.id
        self._title.setText(source.name)
        if other:
            self.say("")
            self._ask_remove(False)
            self._trouble.hide()
            self._progress.hide()
            self._job = None
            self._facts.setText("")
            self.pages.setTabVisible(REVIEW, source.syncable)
            self.selected.emit(source.id)
        self._show_buttons()

    def _ask_remove(self, asked: bool) -> None:
        self._sure.setVisible(asked)
        self._keep.setVisible(asked)
        self.buttons["remove"].setVisible(not asked)
        if asked:
            self._keep.setFocus()

    def _show_buttons(self) -> None:
        source = self._source
        if source is None:
            return
        self.buttons["sync"].setVisible(source.syncable)
        self.buttons["cancel"].setVisible(self._job is not None)
        self.buttons["enable"].setVisible(not source.enabled)
        self.buttons["disable"].setVisible(source.enabled and source.syncable)
