"""Between the Plugins window and the services: reads what it shows, does what it asks, keeps up with what happens.

Qt main thread; everything is read and done on workers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from qntx_desktop.model.clock import now_us
from qntx_desktop.model.errors import QntxError
from qntx_desktop.model.events import Event, JobChanged, PluginChanged, PluginLogged, StoreChangedElsewhere
from qntx_desktop.model.plugin import Era, Plugin, PluginLine
from qntx_desktop.ui.control.board import Board
from qntx_desktop.ui.control.windows import Windows
from qntx_desktop.ui.panels.plugins.add_form import AddForm
from qntx_desktop.ui.panels.plugins.view import JOBS, LOG, PluginsView
from qntx_desktop.ui.text import tr

Found = tuple[tuple[Plugin, ...], str]
"""The plugins, and the folder in which more are found."""
LATER_MS, CLOCK_MS = 150, 2_000
"""The list is read again so long after something happened, and so often for what another process does."""


class PluginsControl(QObject):
    """Shows and serves the Plugins window.

    Signals:
        job_wanted(job_id): Show a job in Pulse.
    """

    job_wanted = Signal(int)

    def __init__(self, board: Board, windows: Windows, window: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._board, self._windows, self._window = board, windows, window
        self._view: PluginsView | None = None
        self._earlier: tuple[str, Sequence[PluginLine]] | None = None
        self._later = self._timer(LATER_MS, single=True)
        self._clock = self._timer(CLOCK_MS, single=False)

    @property
    def view(self) -> PluginsView | None:
        """The window while it is open."""
        return self._view if self._view is not None and isValid(self._view) else None

    def open(self) -> None:
        """Show the window."""
        self._windows.show("plugins", self._make)
        self._clock.start()
        self.refresh()

    def stop(self) -> None:
        """Ask for nothing any more."""
        self._later.stop()
        self._clock.stop()

    def on_event(self, event: Event) -> None:
        """Something happened in the store, in the runner or in a plugin."""
        if self.view is None:
            return
        if isinstance(event, PluginLogged):
            if event.name == self._name:
                self._read_log()
        elif isinstance(event, (PluginChanged, StoreChangedElsewhere)) or self._is_ours(event):
            self._later.start()

    def _is_ours(self, event: Event) -> bool:
        return isinstance(event, JobChanged) and event.job.type.startswith(f"{self._name}/")

    def refresh(self) -> None:
        """Read the list and the page that is shown again."""
        if self.view is None:
            self.stop()
            return
        self._board.ask(self._read, then=self._show, failed=self._not_read)
        self._read_page()

    def _make(self) -> PluginsView:
        view = PluginsView(self._board.theme(), self._window)
        self._view = view
        view.asked.connect(self._act)
        view.selected.connect(lambda _: self._selected())
        view.page_shown.connect(lambda _: self._read_page())
        view.jobs.job_wanted.connect(self.job_wanted)
        view.settings.keep_wanted.connect(self._keep)
        view.about.era_wanted.connect(lambda era: self._do(self._set_up, self._name, era=Era(era)))
        view.about.shim_wanted.connect(lambda on: self._do(self._set_up, self._name, shim=on))
        view.about.any_version_wanted.connect(lambda on: self._do(self._set_up, self._name, any_version=on))
        view.closing.connect(self.stop)
        return view

    @property
    def _plugins(self) -> Any:
        return self._board.services.plugins

    @property
    def _name(self) -> str:
        view = self.view
        return view.plugin.name if view is not None and view.plugin is not None else ""

    def _set_up(self, name: str, **switches: object) -> object:
        return self._plugins.set_up(name, **switches)

    def _read(self) -> Found:
        return tuple(self._plugins.list()), str(self._plugins.folder)

    def _show(self, found: Found) -> None:
        if self.view is not None:
            self.view.set_plugins(*found, now_us())

    def _not_read(self, error: QntxError) -> None:
        if self.view is not None:
            self.view.set_error(error)

    def _selected(self) -> None:
        view = self.view
        if view is not None and view.plugin is not None:
            view.jobs.begin()
            view.log.begin()
            self._earlier = None
            self._read_page()

    def _read_page(self) -> None:
        view, name = self.view, self._name
        if view is None or not name:
            return
        page = view.pages.currentIndex()
        if page == LOG:
            self._read_log()
        elif page == JOBS:
            then = partial(self._show_jobs, name)
            self._board.ask(lambda: self._plugins.jobs(name), then=then, failed=view.jobs.set_error)

    def _read_log(self) -> None:
        view, name = self.view, self._name
        if view is not None and view.pages.currentIndex() == LOG:
            then = partial(self._show_log, name)
            self._board.ask(lambda: self._lines(name), then=then, failed=view.log.set_error)

    def _lines(self, name: str) -> Sequence[PluginLine]:
        """What it writes now, behind what it wrote before this process ran it. On a worker."""
        live: Sequence[PluginLine] = self._plugins.live_lines(name)
        kept = self._earlier
        if kept is None or kept[0] != name:
            kept = self._earlier = (name, tuple(self._plugins.logs(name)))
        first_us = live[0].at_us if live else None
        return [line for line in kept[1] if first_us is None or line.at_us < first_us] + list(live)

    def _show_jobs(self, name: str, jobs: Any) -> None:
        if self.view is not None and self._name == name:
            self.view.jobs.set_jobs(jobs, now_us())

    def _show_log(self, name: str, lines: Any) -> None:
        if self.view is not None and self._name == name:
            self.view.log.set_lines(lines)

    def _act(self, verb: str) -> None:
        view = self.view
        if verb == "refresh":
            self.refresh()
        elif verb == "add":
            self._windows.show("plugin new", self._form)
        elif view is not None and view.plugin is not None:
            view.say("")
            name = view.plugin.name
            calls: dict[str, Callable[[], object]] = {
                "enable": lambda: self._plugins.enable(name, True),
                "disable": lambda: self._plugins.enable(name, False),
                "restart": lambda: self._plugins.restart(name),
                "remove": lambda: self._plugins.remove(name),
            }
            self._do(calls[verb])

    def _do(self, call: Callable[..., Any], *args: Any, **switches: Any) -> None:
        """Do something to the plugin that is looked at, and show what came of it."""

        def failed(error: QntxError) -> None:
            if self.view is not None:
                self.view.fail(error)
            self.refresh()

        self._board.ask(partial(call, *args, **switches), then=lambda _: self.refresh(), failed=failed)

    def _keep(self, config: dict[str, str]) -> None:
        name = self._name

        def failed(error: QntxError) -> None:
            if self.view is not None and self._name == name:
                self.view.settings.fail(error)

        def then(plugin: Plugin) -> None:
            if self.view is not None and self._name == name:
                self.view.settings.set_plugin(plugin, again=True)
                self.view.say("")
                self.view.settings.say(tr("Kept; the plugin starts anew."))
            self.refresh()

        self._board.ask(lambda: self._plugins.configure(name, config), then=then, failed=failed)

    def _form(self) -> AddForm:
        form = AddForm(self._board.theme(), self.view or self._window)
        form.chosen.connect(partial(self._add, form))
        return form

    def _add(self, form: AddForm, program: str, args: Sequence[str], name: str) -> None:
        def failed(error: QntxError) -> None:
            if isValid(form):
                form.fail(error)

        def then(plugin: Plugin) -> None:
            if isValid(form):
                form.close()
            self._board.ask(self._read, then=partial(self._added, plugin), failed=self._not_read)

        add = partial(_add, lambda: self._plugins, program, args, name)
        self._board.ask(add, then=then, failed=failed)

    def _added(self, plugin: Plugin, found: Found) -> None:
        self._show(found)
        if self.view is not None:
            self.view.choose(plugin.name)
            self.view.list.setFocus()
            self._show(found)

    def _timer(self, wait_ms: int, *, single: bool) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(single)
        timer.setInterval(wait_ms)
        timer.timeout.connect(self.refresh)
        return timer


def _add(service: Callable[[], Any], program: str, args: Sequence[str], name: str) -> Any:
    return service().add(program, args, name=name or None)
