"""Between the Sources window and the services: reads what it shows, does what it asks, keeps up with what happens.

Qt main thread; everything is read and done on workers.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from qntx_desktop.model.clock import now_us
from qntx_desktop.model.errors import QntxError
from qntx_desktop.model.events import Event, JobChanged, SourceChanged, StoreChangedElsewhere
from qntx_desktop.model.job import Job, JobFilter, JobStatus
from qntx_desktop.model.source import REFERENCE, SOURCE_SYNC, Source
from qntx_desktop.ui.control.board import Board
from qntx_desktop.ui.control.source_files import SourceFilesControl
from qntx_desktop.ui.control.windows import Windows
from qntx_desktop.ui.panels.sources.source_form import SourceForm, Wanted
from qntx_desktop.ui.panels.sources.view import FILES, HISTORY, REVIEW, SourcesView
from qntx_desktop.ui.theme import Theme

if TYPE_CHECKING:
    from qntx_desktop.services.syncing import Offers

LATER_MS, CLOCK_MS = 150, 5_000
"""The list is read again so long after something happened, and so often for its times."""
Found = tuple[tuple[Source, ...], dict[int, Job]]


class SourcesControl(QObject):
    """Shows and serves the Sources window.

    Signals:
        place_asked(reference): Put an IX glyph that runs `source/path` on the canvas.
    """

    place_asked = Signal(str)

    def __init__(self, board: Board, windows: Windows, window: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._board, self._windows, self._window = board, windows, window
        self._view: SourcesView | None = None
        self._files: SourceFilesControl | None = None
        self._jobs: dict[int, Job] = {}
        self._later = self._timer(LATER_MS, single=True)
        self._clock = self._timer(CLOCK_MS, single=False)

    @property
    def view(self) -> SourcesView | None:
        """The window while it is open."""
        return self._view if self._view is not None and isValid(self._view) else None

    @property
    def files(self) -> SourceFilesControl | None:
        """What serves its files while it is open."""
        return self._files if self.view is not None else None

    def open(self) -> None:
        """Show the window."""
        self._windows.show("sources", self._make)
        self._clock.start()
        self.refresh()

    def flush(self) -> None:
        """Write what was typed into a file and not saved yet."""
        if self._files is not None and self.view is not None:
            self._files.flush()

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of another theme."""
        if self.view is not None:
            self.view.set_theme(theme)

    def stop(self) -> None:
        """Ask for nothing any more."""
        self._later.stop()
        self._clock.stop()
        if self.view is None:
            return  # closed, and its files with it
        if self._files is not None:
            self._files.stop()
        self.view.files.view.clear()  # what was typed is written

    def on_event(self, event: Event) -> None:
        """Something happened in the store or the runner."""
        if self.view is None:
            return
        if isinstance(event, JobChanged) and event.job.type == SOURCE_SYNC:
            self._note(event.job)
        elif isinstance(event, (SourceChanged, StoreChangedElsewhere)):
            self._later.start()

    def refresh(self) -> None:
        """Read the list again."""
        if self.view is None:
            self._clock.stop()
            return
        self._board.ask(self._read, then=self._show, failed=self._not_read)

    def _make(self) -> SourcesView:
        view = SourcesView(self._board.theme(), self._window)
        self._view = view
        self._files = SourceFilesControl(self._board, view, view)
        self._files.place_asked.connect(self.place_asked)
        view.asked.connect(self._act)
        view.selected.connect(lambda _: self._selected())
        view.page_shown.connect(lambda _: self._read_page())
        view.history.roll_back_requested.connect(self._roll_back)
        view.history.compare_requested.connect(self._compare)
        view.review.diff_requested.connect(self._read_diff)
        view.review.accept_requested.connect(lambda: self._do(self._sources.accept, self._name))
        view.closing.connect(self._clock.stop)
        return view

    @property
    def _sources(self) -> Any:
        return self._board.services.sources

    @property
    def _name(self) -> str:
        view = self.view
        return view.source.name if view is not None and view.source is not None else ""

    def _read(self) -> Found:
        services = self._board.services
        jobs: dict[int, Job] = {}
        for status in (JobStatus.RUNNING, JobStatus.PENDING):
            for job in services.queue.list(JobFilter(type=SOURCE_SYNC, status=status, limit=500)):
                _note(jobs, job)
        return services.sources.every(), jobs

    def _show(self, found: Found) -> None:
        view = self.view
        if view is None:
            return
        sources, self._jobs = found
        view.set_sources(sources, self._jobs, now_us())
        self._show_source()

    def _show_source(self) -> None:
        view = self.view
        source = view.source if view is not None else None
        if view is None or source is None:
            return
        folder = str(self._board.services.home.code / source.name)
        view.set_facts(source, folder, now_us())
        view.set_job(source.id, self._jobs.get(source.id))

    def _not_read(self, error: QntxError) -> None:
        if self.view is not None:
            self.view.set_error(error)

    def _note(self, job: Job) -> None:
        _note(self._jobs, job)
        view = self.view
        if view is not None and view.source is not None and job.reference_id == str(view.source.id):
            view.set_job(view.source.id, self._jobs.get(view.source.id))
            if job.ended:
                self._read_page(again=True)
        self._later.start()

    def _selected(self) -> None:
        view = self.view
        if view is None:
            return
        view.review.clear()
        view.history.begin()
        self._show_source()
        if self._files is not None:
            self._files.begin()
        if view.pages.currentIndex() != FILES:
            self._read_page()

    def _read_page(self, *, again: bool = False) -> None:
        view = self.view
        if view is None or view.source is None:
            return
        page, name = view.pages.currentIndex(), view.source.name
        if page == HISTORY:
            self._board.ask(
                lambda: (self._sources.history(name), self._sources.revisions(name)),
                then=partial(self._show_history, view.source),
                failed=view.history.set_error,
            )
        elif page == REVIEW and view.review.commit is None:
            self._read_changes(None)
        if again and self._files is not None:
            self._files.refresh()

    def _show_history(self, source: Source, found: tuple[Any, Any]) -> None:
        view = self.view
        if view is not None and view.source is not None and view.source.id == source.id:
            view.history.set_history(*found, now_us(), syncable=source.syncable)

    def _read_changes(self, commit: str | None) -> None:
        view = self.view
        source = view.source if view is not None else None
        if view is None or source is None:
            return
        if commit is None and source.held is None:
            view.review.clear()
            return
        review = self._board.services.source_review
        view.review.commit = commit
        shown = commit or (source.held.commit if source.held else "")

        def then(changes: Any) -> None:
            if self._name == source.name:
                view.review.set_changes(shown, changes, waits=commit is None)

        self._board.ask(review.changes, source.name, commit, then=then, failed=view.review.set_error)

    def _read_diff(self, path: str) -> None:
        view = self.view
        if view is not None:
            review = self._board.services.source_review
            self._board.ask(
                review.diff,
                self._name,
                path,
                view.review.commit,
                then=view.review.set_diff,
                failed=view.review.set_error,
            )

    def _compare(self, commit: str) -> None:
        view = self.view
        if view is not None and commit:
            view.review.commit = commit
            view.pages.setCurrentIndex(REVIEW)
            self._read_changes(commit)

    def _roll_back(self, commit: str) -> None:
        self._do(self._sources.roll_back, self._name, commit)

    def _act(self, verb: str) -> None:
        view = self.view
        if verb == "refresh":
            self.refresh()
        elif verb == "add":
            self._form(None)
        elif view is not None and view.source is not None:
            view.say("")
            self._acts(view.source)[verb]()

    def _acts(self, source: Source) -> dict[str, Callable[[], None]]:
        services = self._board.services
        return {
            "edit": lambda: self._form(source),
            "sync": lambda: self._do(lambda: services.queue.enqueue(services.sources.sync_request(source))),
            "cancel": lambda: self._cancel(),
            "enable": lambda: self._do(services.sources.enable, source.name, True),
            "disable": lambda: self._do(services.sources.enable, source.name, False),
            "remove": lambda: self._do(services.sources.remove, source.name),
        }

    def _cancel(self) -> None:
        view = self.view
        if view is not None and view.job is not None:
            self._do(self._board.services.runner.cancel, view.job.id)

    def _do(self, call: Callable[..., Any], *args: Any) -> None:
        """Do something to the source that is looked at, and show what came of it."""

        def failed(error: QntxError) -> None:
            if self.view is not None:
                self.view.fail(error)

        def then(_answer: object) -> None:
            if self.view is not None:
                self.view.review.clear()
            self.refresh()
            self._read_page(again=True)

        self._board.ask(call, *args, then=then, failed=failed)

    def _form(self, source: Source | None) -> None:
        def look(
            url: str,
            token: str | None,
            then: Callable[[Offers], None],
            failed: Callable[[QntxError], None],
        ) -> None:
            name = source.name if source is not None else None
            services = self._board.services
            ask = lambda: services.syncing.look(url, token=token, name=name)  # noqa: E731 - made on the worker
            self._board.ask(ask, then=then, failed=failed)

        def make() -> SourceForm:
            form = SourceForm(source, look, self._board.theme(), self.view or self._window)
            form.chosen.connect(partial(self._keep, form, source))
            return form

        self._windows.show(f"source {source.id if source else 'new'}", make)

    def _keep(self, form: SourceForm, source: Source | None, wanted: Wanted) -> None:
        def failed(error: QntxError) -> None:
            if isValid(form):
                form.fail(error)

        def then(kept: Source) -> None:
            if isValid(form):
                form.close()
            self._kept(kept, is_new=source is None)

        self._board.ask(partial(_write, self._sources, source, wanted), then=then, failed=failed)

    def _kept(self, source: Source, *, is_new: bool) -> None:
        services = self._board.services

        def shown(found: Found) -> None:
            self._show(found)
            if self.view is not None and is_new:
                self.view.choose(source.id)

        self._board.ask(self._read, then=shown, failed=self._not_read)
        if is_new and source.syncable:
            self._do(lambda: services.queue.enqueue(services.sources.sync_request(source)))

    def _timer(self, wait_ms: int, *, single: bool) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(single)
        timer.setInterval(wait_ms)
        timer.timeout.connect(self.refresh)
        return timer


def _note(jobs: dict[int, Job], job: Job) -> None:
    """Keep the job that shows for each source: what runs before what waits."""
    if job.reference_type != REFERENCE or not (job.reference_id or "").isdigit():
        return
    source_id = int(job.reference_id or 0)
    known = jobs.get(source_id)
    if job.ended:
        if known is not None and known.id == job.id:
            del jobs[source_id]
    elif known is None or job.id <= known.id:
        jobs[source_id] = job


def _write(sources: Any, source: Source | None, wanted: Wanted) -> Source:
    if source is None:
        made: Source = sources.add(
            wanted.name,
            wanted.type,
            wanted.settings,
            token=wanted.token,
            interval_seconds=wanted.interval_seconds,
            webhook_secret=wanted.webhook_secret,
            webhook_enabled=wanted.webhook_enabled,
            secret_in_query=wanted.secret_in_query,
        )
        return made
    changed: Source = sources.update(
        source.name,
        wanted.settings or None,
        token=wanted.token,
        interval_seconds=wanted.interval_seconds,
        webhook_secret=wanted.webhook_secret,
        webhook_enabled=wanted.webhook_enabled,
        secret_in_query=wanted.secret_in_query,
    )
    return changed
