"""The Sources window: the list of sources, and of the selected one its state, files, history and review.

Qt main thread. It is told what to show and says what the person wants; it calls no service.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from qntx_desktop.model.job import Job
from qntx_desktop.model.source import Source
from qntx_desktop.ui import told
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.panels.list_and_one import ListAndOne, Words
from qntx_desktop.ui.panels.sources.files_page import FilesPage
from qntx_desktop.ui.panels.sources.history_page import HistoryPage
from qntx_desktop.ui.panels.sources.review_page import ReviewPage
from qntx_desktop.ui.panels.sources.source_list import SourceListModel
from qntx_desktop.ui.panels.sources.words import facts, trouble
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme
from qntx_desktop.ui.wording import one_line

EMPTY = tr("No code sources yet. Add a repository, or a folder of your own.")
FILES, HISTORY, REVIEW = range(3)
WORDS = Words(
    title=tr("Sources"),
    loading=tr("◐ Reading the sources …"),
    add=tr("Add"),
    remove=tr("Remove it with its files"),
    keep=tr("Keep this source"),
    buttons=(
        ("sync", tr("Sync now"), tr("Sync this source now")),
        ("cancel", tr("Stop"), tr("Stop this sync")),
        ("edit", tr("Change"), tr("Change this source")),
        ("disable", tr("Disable"), tr("Let interval and webhook no longer sync this source")),
        ("enable", tr("Enable"), tr("Let interval and webhook sync this source again")),
        ("remove", tr("Remove"), tr("Remove this source")),
    ),
)


class SourcesView(ListAndOne[Source]):
    """Code sources.

    `selected` tells a source's number, `page_shown` FILES, HISTORY or REVIEW, `asked` also `sync`, `cancel`,
    `edit`, `enable`, `disable` and `remove`.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.files, self.history, self.review = FilesPage(theme), HistoryPage(), ReviewPage(theme)
        self._sources = SourceListModel()
        super().__init__(theme, WORDS, self._sources, parent)
        self.setObjectName("sources_view")
        self.resize(1040, 660)
        self._job: Job | None = None
        self._progress = plain_label("", tone="dim", wrap=True)
        self._add_facts(self._progress)
        self._left.setMinimumWidth(200)
        self.parts.setSizes([250, 760])
        self.pages.addTab(self.files, tr("Files"))
        self.pages.addTab(self.history, tr("History"))
        self.pages.addTab(self.review, tr("Review"))
        self.show_loading()

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of another theme."""
        super().set_theme(theme)
        self.files.set_theme(theme)
        self.review.set_theme(theme)

    @property
    def source(self) -> Source | None:
        """The source that is looked at."""
        return self._one

    def set_sources(self, sources: tuple[Source, ...], jobs: Mapping[int, Job], now_us: int) -> None:
        """Show these; the one that is looked at stays so, else the first is."""
        self._sources.set_sources(sources, jobs, now_us)
        self._notice.say("" if sources else EMPTY)
        self.choose(self._again([each.id for each in sources]))

    def set_facts(self, source: Source, folder: str, now_us: int) -> None:
        """Say what there is to know about the source that is looked at."""
        if self._one is None or source.id != self._one.id:
            return
        self._facts.setText(facts(source, folder, now_us))
        error = source.last_sync_error
        self._trouble.setText(trouble(error) if error else "")
        self._trouble.setVisible(bool(error))

    def set_job(self, source_id: int, job: Job | None) -> None:
        """Show how far the sync of a source is."""
        if self._one is None or source_id != self._one.id:
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

    @property
    def job(self) -> Job | None:
        """The job that syncs what is looked at, as long as it has not ended."""
        return self._job

    def _nobody(self) -> int:
        return 0

    def _unsaved(self, *, closing: bool) -> str:
        file = self.files.view
        if not file.unsaved:
            return ""
        if closing:
            self.pages.setCurrentIndex(FILES)
            return tr("{path} is not saved. Save it, or lose what was typed.").format(path=file.path)
        file.changed_outside()
        return tr("{path} is not saved. Save it first, or read it again.").format(path=file.path)

    def _give_up(self) -> None:
        self.files.view.clear()

    def _show(self, thing: Source, *, other: bool) -> None:
        if not other:
            return
        self._trouble.hide()
        self._progress.hide()
        self._job = None
        self._facts.setText("")
        self.pages.setTabVisible(REVIEW, thing.syncable)

    def _show_buttons(self) -> None:
        source = self._one
        if source is None:
            return
        self.buttons["sync"].setVisible(source.syncable)
        self.buttons["cancel"].setVisible(self._job is not None)
        self.buttons["enable"].setVisible(not source.enabled)
        self.buttons["disable"].setVisible(source.enabled and source.syncable)
