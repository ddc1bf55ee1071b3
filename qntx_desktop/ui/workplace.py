"""Canvas, rail, panel and control of one opened home, put into the window.

Qt main thread. Made when the store has opened; taken down by `stop` (nothing is asked for any more) and `dispose`.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF
from PySide6.QtWidgets import QFileDialog, QWidget

from qntx_desktop.model.clock import now_us
from qntx_desktop.model.diff import CanvasDiff
from qntx_desktop.model.events import Event, JobChanged
from qntx_desktop.model.job import Job, JobStatus
from qntx_desktop.ui.absence import Absence, missed_words
from qntx_desktop.ui.access import interfaces
from qntx_desktop.ui.access.announcer import Announcer
from qntx_desktop.ui.actions import BY_ID, Where
from qntx_desktop.ui.canvas.document import Document
from qntx_desktop.ui.canvas.view import CanvasView
from qntx_desktop.ui.control.board import Board, Lives
from qntx_desktop.ui.control.canvas_bundles import CanvasBundles
from qntx_desktop.ui.control.canvas_files import CanvasFiles
from qntx_desktop.ui.control.canvas_finding import CanvasFinding
from qntx_desktop.ui.control.canvases import Canvases
from qntx_desktop.ui.control.controller import Controller
from qntx_desktop.ui.control.dropped_rows import DroppedRows
from qntx_desktop.ui.control.key_files import KeyFiles
from qntx_desktop.ui.control.marks import Marks
from qntx_desktop.ui.control.previews import Previews
from qntx_desktop.ui.control.secret_keeping import SecretKeeping
from qntx_desktop.ui.control.sight import CanvasSight
from qntx_desktop.ui.dialogs.about_view import AboutView
from qntx_desktop.ui.dialogs.history_view import HistoryView
from qntx_desktop.ui.dialogs.keys_view import KeysView
from qntx_desktop.ui.dialogs.settings_view import SettingsView
from qntx_desktop.ui.doors import Doors
from qntx_desktop.ui.editor.factory import make_editor
from qntx_desktop.ui.glyphs.kind import EditorSpec, LiveEditor
from qntx_desktop.ui.glyphs.registry import KINDS, kind_of
from qntx_desktop.ui.keymap import OPTION as KEYS_KEY
from qntx_desktop.ui.menu import THEMES, Deeds, WindowMenu
from qntx_desktop.ui.opening import Opened
from qntx_desktop.ui.outline_place import OutlinePlace
from qntx_desktop.ui.panels.handlers import HandlersPanel
from qntx_desktop.ui.plugins_place import PluginsPlace
from qntx_desktop.ui.preferences import Preferences
from qntx_desktop.ui.pulse_place import PulsePlace
from qntx_desktop.ui.rail import PaletteRail
from qntx_desktop.ui.sources_place import SourcesPlace
from qntx_desktop.ui.tasks import Tasks
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme
from qntx_desktop.ui.tray import Tray
from qntx_desktop.ui.window import TITLE, Window
from qntx_desktop.ui.wording import one_line

if TYPE_CHECKING:
    from qntx_desktop.app.container import Services
    from qntx_desktop.app.qt_bus import QtBus
    from qntx_desktop.ui.control.autosave import Autosave
    from qntx_desktop.ui.desktop import Desktop

SAVING_KEY = "saving"
TEXT_KEY = "window.text_percent"
LANGUAGE_KEY = "window.language"
OFFLINE_KEY = "network.offline"
WHEEL_KEY, MOTION_KEY = "window.wheel", "window.reduced_motion"
THEME_KEY, THEME_VARIABLE = "window.theme", "QNTX_THEME"


class Workplace(QObject):
    """Everything a person works with."""

    def __init__(self, window: Window, opened: Opened, tasks: Tasks, bus: QtBus, desktop: Desktop) -> None:
        super().__init__(desktop)
        self.window = window
        self.services: Services = opened.services
        self._tasks = tasks
        self._bus = bus
        self._desktop = desktop
        self.stopped = False
        self._fresh = opened.fresh
        self.document = Document(opened.canvas, self, opened.steps)
        interfaces.install()
        self.view = CanvasView(self.document, KINDS, window.theme, self._make_editor)
        self.rail = PaletteRail(KINDS, self.view, window.theme)
        self.panel = HandlersPanel(window.theme)
        self.controller = Controller(self._board, self.panel, window)
        self.marks = Marks(self.view, self)
        self.announcer = Announcer(self.view)
        self.files = CanvasFiles(self._board(self), self.view, window)
        self.key_files = KeyFiles(self._board(self))
        self.previews = Previews(
            self._board(self), self.view, self.controller.windows, lambda: self.controller.runs.folder, window
        )
        self.controller.more_acts |= self.previews.acts
        self.dropped_rows = DroppedRows(self.view, self.controller.glyphs, self)
        window.set_rail(self.rail)
        window.set_canvas(self.view)
        window.set_panel(self.panel)
        self.pulse = PulsePlace(window, self._board, self.controller, self.panel, self)
        self.preferences = Preferences(self.services.options, tasks, window.banner, self)
        self.tray = Tray(window, self)
        self.absence = Absence(window, self.tray, self.preferences, self)
        self.secrets = SecretKeeping(self._board(self), self.controller.windows, window)
        self.doors = Doors(self.services, tasks, self.preferences, window, self)
        self.sources = SourcesPlace(self._board(self), self.controller.windows, window, self.view, self)
        windows = self.controller.windows
        self.canvases = Canvases(self._board(self), self.controller, windows, self.view, window)
        switching = self.canvases.switching
        bundles = CanvasBundles(self._board(self), switching, windows, window)
        self.files.export_bundle, self.files.open_bundle = bundles.export, bundles.look
        self.elsewhere = CanvasFinding(self._board(self), switching, windows, self.view, window)
        self.plugins = PluginsPlace(self._board(self), windows, window, self)
        self.view.commands.keymap.read(self.preferences.get(KEYS_KEY))
        self._look_habits()
        self._say_search_key()
        self.outline = OutlinePlace(window, self.view, self)
        self._make_menu()
        self._connect()
        self._show_canvas()
        window.topbar.show_saved(opened.canvas.saved_at_us)

    @property
    def autosave(self) -> Autosave:
        """What keeps the canvas."""
        return self.controller.autosave

    def begin(self) -> None:
        """Start the runner and read what the canvas does not keep."""
        self._look_again()
        if self.preferences.is_set(THEME_KEY) and THEME_VARIABLE not in os.environ:
            self._desktop.set_theme(self.preferences.get(THEME_KEY))
        self._scale_text(int(self.preferences.get(TEXT_KEY)))
        self._desktop.set_language(str(self.preferences.get(LANGUAGE_KEY)))
        self.window.status.show_offline(bool(self.preferences.get(OFFLINE_KEY)))
        self.controller.begin()
        self.canvases.refresh()
        self.pulse.begin()
        self.outline.begin()
        self.services.runner.start()  # only begins a thread; from here, so that no stop can come in between
        self.doors.begin()
        self.view.setFocus()

    def _look_again(self) -> None:
        """Look where the person looked last; only now, because the middle of a view moves when it gets its size."""
        self.window.settle()
        if self._fresh:
            self.view.fit()
            self.view.look_at(self.view.viewpoint)  # which holds until it was painted
        else:
            self.view.look_at(self.document.canvas.viewpoint)
        self.view.viewpoint_changed.connect(lambda: self.autosave.note_viewpoint(self.view.viewpoint))

    def flush(self) -> None:
        """Bring what is being typed into the document and all into the store; `autosave.flushed` answers."""
        self.view.close_editor()
        self.sources.flush()
        self.autosave.flush()

    def stop(self) -> None:
        """Ask the services for nothing any more; the canvas can be looked at, not changed."""
        self.stopped = True
        self._tasks.drop_answers()
        self._bus.happened.disconnect(self._on_event)
        self.sources.stop()
        self.plugins.stop()
        self.previews.stop()
        self.elsewhere.stop()
        self.controller.stop()
        self.pulse.stop()
        self.absence.stop()
        self.preferences.stop()
        self.view.setEnabled(False)
        self.rail.setEnabled(False)
        self.outline.stop()
        self.panel.setEnabled(False)

    def dispose(self) -> None:
        """Let go of what Qt would otherwise take down in an order of its own."""
        self.tray.close()
        self.view.close_editor()

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of another theme."""
        self.view.set_theme(theme)
        self.rail.set_theme(theme)
        self.panel.set_theme(theme)
        self.pulse.set_theme(theme)
        self.outline.set_theme(theme)
        self.controller.windows.set_theme(theme)
        self.sources.set_theme(theme)
        self.canvases.offer.set_theme(theme)

    def show_keys(self) -> None:
        """Show the sheet of keys."""
        keep = partial(self.preferences.set, KEYS_KEY)
        sheet = partial(KeysView, self.window.theme, self.window, self.view.commands.keymap, keep)
        self.controller.windows.show("keys", lambda: self.key_files.serve(sheet()))

    def _asked(self, action_id: str) -> None:
        (self.canvases.table | self.elsewhere.table | self._window_table())[action_id]()

    def show_history(self) -> None:
        """Show the list of steps."""
        make = partial(HistoryView, self.document, self.window.theme, self.window)
        self.controller.windows.show("history", make)

    def _board(self, owner: QObject) -> Board:
        sight = CanvasSight(self.view)
        return Board(
            owner=owner,
            document=self.document,
            sight=sight,
            lives=Lives(sight.show_live),
            tasks=self._tasks,
            banner=self.window.banner,
            services=self.services,
            kind_of=kind_of,
            theme=lambda: self.window.theme,
        )

    def _connect(self) -> None:
        bar, status, control = self.window.topbar, self.window.status, self.controller
        self._bus.happened.connect(self._on_event)
        self.view.action.connect(control.act)
        self.view.port_dropped.connect(self._port_dropped)
        self.view.shortcuts_requested.connect(self.show_keys)
        self.view.asked.connect(self._asked)
        self.view.refused.connect(lambda error: self.window.banner.fail(error))
        control.following.counted.connect(bar.show_counts)
        control.following.ended.connect(self.announcer.ended)
        self.window.banner.said.connect(lambda words, bad: self.announcer.say(words, urgent=bad))
        control.total_known.connect(status.show_total)
        control.role_known.connect(status.show_role)
        control.held_known.connect(status.show_confined)
        bar.canvas_pressed.connect(lambda key: self.canvases.open(key) if key else self.canvases.show_list())
        self.canvases.known.connect(self._show_canvas)
        control.canvas_asked.connect(self.canvases.enter)
        self.pulse.glyph_elsewhere.connect(self.canvases.open_glyph)
        self.canvases.switching.opened.connect(lambda: bar.show_saved(self.document.canvas.saved_at_us))
        bar.failed_pressed.connect(control.go_to_failed)
        bar.running_pressed.connect(control.go_to_running)
        bar.search_pressed.connect(lambda: self.view.perform("palette"))
        self._connect_absence()
        self.autosave.saving.connect(bar.show_saving)
        self.autosave.saved.connect(self._saved)
        self.autosave.failed.connect(self._not_saved)

    def _on_event(self, event: Event) -> None:
        self.controller.on_event(event)
        self.pulse.on_event(event)
        self.secrets.on_event(event)
        self.sources.on_event(event)
        self.plugins.on_event(event)
        if isinstance(event, JobChanged):
            self.announcer.note(event.job)
        self.canvases.on_event(event)

    def _connect_absence(self) -> None:
        absence, tray = self.absence, self.tray
        self.pulse.control.ended.connect(self._ended)
        self.window.came_forward.connect(absence.came_back)
        absence.job_wanted.connect(self.pulse.show_job)
        self.plugins.job_wanted.connect(self.pulse.show_job)
        tray.opened.connect(self.window.come_forward)
        tray.quit_asked.connect(self._desktop.close)
        tray.message_pressed.connect(absence.pressed)
        self.preferences.changed.connect(self._preferred)

    def may_close(self) -> bool:
        """Whether a press on the close button ends all now; see `Absence.may_close`."""
        missed = missed_words(self.pulse.schedules, now_us(), self.pulse.sources) if self.pulse.runs_here else ""
        return self.absence.may_close(missed)

    def show_settings(self) -> None:
        """Show the settings."""
        make = partial(
            SettingsView, self.preferences, str(self._desktop.home.config), self.window.theme, self.window
        )
        self.controller.windows.show("settings", make)

    def _ended(self, job: Job) -> None:
        self.absence.note(job)
        if job.status is JobStatus.FAILED and job.reference_type == "glyph" and self.absence.looked_at:
            self.pulse.control.mark_seen(job.id)  # its glyph says so before the person's eyes

    def _preferred(self, key: str, value: object) -> None:
        if key == THEME_KEY:
            self._desktop.set_theme(str(value))
        elif key == TEXT_KEY:
            self._scale_text(int(str(value)))
        elif key == LANGUAGE_KEY:
            self._speak(str(value))
        elif key == KEYS_KEY:
            self.view.commands.keymap.read(str(value))
            self.menu.show_keys()
            self._say_search_key()
        elif key in (WHEEL_KEY, MOTION_KEY):
            self._look_habits()
        elif key == OFFLINE_KEY:
            self.window.status.show_offline(bool(value))

    def _scale_text(self, percent: int) -> None:
        """Qt takes its scale only before the first window: remember it for the next start, and say so."""
        if self._desktop.set_text_percent(percent):
            said = tr("Text is shown at {percent} % when the window is opened again.").format(percent=percent)
            self._offer_again(said, "text")
        else:
            self.window.banner.clear("text")

    def _speak(self, name: str) -> None:
        if self._desktop.set_language(name):
            self._offer_again(tr("The window speaks this language when it is opened again."), "language")
        else:
            self.window.banner.clear("language")

    def _offer_again(self, said: str, key: str) -> None:
        hint = tr("Everything stays as it is; what runs goes on afterwards.")
        self.window.banner.offer(said, hint, tr("Open it again now"), self._desktop.open_again, key)

    def _look_habits(self) -> None:
        self.view.navigator.wheel_zooms = self.preferences.get(WHEEL_KEY) == "zooms"
        self.view.motion.reduced = bool(self.preferences.get(MOTION_KEY))

    def _say_search_key(self) -> None:
        self.window.topbar.search.show_key(self.view.commands.keymap.shortest(BY_ID["palette"]))

    def _port_dropped(self, glyph_id: int, port: str, kind: str, place: QPointF) -> None:
        self.controller.pulling.drop(glyph_id, port, kind, (place.x(), place.y()))

    def _saved(self, at_us: int) -> None:
        self.window.topbar.show_saved(at_us)
        self.window.banner.clear(SAVING_KEY)
        self.window.banner.store_writes()

    def _not_saved(self, error: object) -> None:
        reason = _REASONS.get(getattr(error, "code", ""), tr("the store failed"))
        self.window.topbar.show_not_saved(reason)
        self.window.banner.fail(error, key=SAVING_KEY)  # type: ignore[arg-type]

    def _show_canvas(self) -> None:
        canvas, bar = self.document.canvas, self.window.topbar
        names = [(each.id, one_line(each.name)) for each in self.canvases.shown_trail]
        bar.show_trail(names or [(canvas.id, one_line(canvas.name) or tr("Canvas"))])
        self.window.setWindowTitle(f"{bar.names()[-1]} – {TITLE}")

    def _make_menu(self) -> None:
        deeds = Deeds(
            theme_name=lambda: self._desktop.theme_name,
            perform=self._perform,
            can=self.view.commands.can,
            keymap=self.view.commands.keymap,
        )
        self.menu = WindowMenu(self.window, deeds)
        self.window.topbar.set_menu(self.menu)
        self.window.parts_order.leave_keys()

    def _make_editor(self, spec: EditorSpec, theme: Theme, parent: QWidget) -> LiveEditor:
        return make_editor(spec, theme, parent, self.view.commands.keymap)

    def _perform(self, action_id: str) -> None:
        if BY_ID[action_id].where is Where.APP:
            self._asked(action_id)  # leaves the text that is being written as it is
        else:
            self.view.perform(action_id)

    def _window_table(self) -> dict[str, Callable[[], object]]:
        window, desktop = self.window, self._desktop
        return {
            "handlers_panel": window.toggle_panel,
            "pulse_panel": window.toggle_pulse,
            "outline": self.outline.toggle,
            "folder": self._choose_folder,
            "settings": self.show_settings,
            "sources": self.sources.open,
            "plugins": self.plugins.open,
            "secrets": self.secrets.open,
            "doors": lambda: self.doors.show(self.controller.windows),
            **{f"theme_{name}": partial(desktop.set_theme, name) for name in THEMES},
            "part_next": partial(window.parts_order.go, 1),
            "part_back": partial(window.parts_order.go, -1),
            "window_menu": window.topbar.open_menu,
            "about": self._about,
            "quit": desktop.close,
            "history": self.show_history,
            "export": self.files.ask_export,
            "import": self.files.ask_import,
        }

    def _about(self) -> None:
        make = partial(AboutView, self.window.theme, str(self._desktop.home.root), self.window)
        self.controller.windows.show("about", make)

    def _choose_folder(self) -> None:
        """Ask where relative paths in commands start; a dialog that is shown, not executed."""
        dialog = QFileDialog(self.window, tr("Folder where relative paths start"), self.controller.runs.folder)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.set_folder)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def set_folder(self, folder: str) -> None:
        """Let relative paths in commands start in this folder from now on."""
        before, folder = self.document.canvas.folder, os.path.normpath(folder)
        if folder == before:
            return
        self.document.seal()
        self.document.edit(CanvasDiff(folder=(before, folder)), tr("Change the canvas folder"))
        self.window.banner.say(tr("Relative paths start in another folder now."), folder, key="folder")


_REASONS = {
    "disk_full": tr("disk full"),
    "store_read_only": tr("store read-only"),
    "store_busy": tr("store busy"),
    "store_corrupt": tr("store damaged"),
}
