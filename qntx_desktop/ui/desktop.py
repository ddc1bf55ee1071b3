"""From the first line to the last: show the window, open the store behind it, keep everything, close in order.

Qt main thread, with one qasync loop. What is imported at the top is what the first paint needs; everything else is
brought in after it.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from qntx_desktop.app.one_window import OneWindow
from qntx_desktop.app.paths import Home, resolve_home
from qntx_desktop.app.resources import resource_path
from qntx_desktop.app.window_memory import THEMES, WindowMemory, read_memory, write_memory
from qntx_desktop.model.error_shape import QntxError
from qntx_desktop.ui import text
from qntx_desktop.ui import theme as look
from qntx_desktop.ui.again import scale_text, start_again
from qntx_desktop.ui.collector import set_aside
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.window import TITLE, Window
from qntx_desktop.ui.wording import count

if TYPE_CHECKING:
    from PySide6.QtCore import Qt

    from qntx_desktop.app.container import Services
    from qntx_desktop.app.qt_bus import QtBus
    from qntx_desktop.ui.opening import Opened
    from qntx_desktop.ui.tasks import Tasks
    from qntx_desktop.ui.workplace import Workplace

_log = logging.getLogger(__name__)

THEME_VARIABLE = "QNTX_THEME"
SWITCH_S = 0.0005
"""How long a worker may keep the interpreter: short, so that the window answers while code is imported."""
GRACE_S = 10.0
MEMORY_MS = 1_000


def open_window(option: str | None) -> int:
    """Open the window of a home and stay until it is closed.

    Args:
        option: The folder from `--home`; None: as the surroundings say.

    Returns:
        The exit code: 0, also when another window of the home came forward instead.
    """
    sys.setswitchinterval(SWITCH_S)
    try:
        home = resolve_home(option)
    except QntxError as error:
        sys.stderr.write(f"{error.message} {error.hint}\n")
        return 5
    place = OneWindow(home)
    try:
        first = place.take()
    except QntxError:
        first = True  # the window itself says why, when it cannot open the store
    memory = read_memory(home)
    scale_text(memory.text_percent)
    app = _application()
    if not first:
        if not place.call_first():
            sys.stderr.write("The window of this home is open already and does not answer.\n")
        return 0
    desktop = Desktop(app, home, place, memory)
    desktop.opened.connect(set_aside)
    desktop.show()
    code = desktop.stay()
    if desktop.again:
        start_again()
    return code


def _application() -> QApplication:
    """The application, with its names; made here unless there is one."""
    known = QApplication.instance()
    if isinstance(known, QApplication):
        return known
    QGuiApplication.setDesktopFileName("qntx-desktop")
    app = look.styled_application(TITLE)
    app.setApplicationName(TITLE)
    text.install(app)
    app.setQuitOnLastWindowClosed(False)
    return app


class Desktop(QObject):
    """The window of one home and everything behind it.

    Signals:
        opened: The canvas shows.
        failed(QntxError): The store did not open.
        closed: Everything is kept and closed.
    """

    opened = Signal()
    failed = Signal(object)
    closed = Signal()
    _waits = Signal(float, int)
    _put_away = Signal()
    _defect = Signal(object)

    def __init__(
        self, app: QApplication, home: Home, place: OneWindow, memory: WindowMemory | None = None
    ) -> None:
        super().__init__()
        self._app = app
        self.home = home
        self._place = place
        memory = memory or read_memory(home)
        self._text_percent = self._shown_percent = memory.text_percent
        self._language = self._shown_language = memory.language
        self._theme_name = _wanted_theme(memory)
        remembered = memory.drawn if self._theme_name == "system" else ""
        self.theme = look.THEMES[remembered] if remembered else self._theme_now()
        look.load_fonts(look.FIRST_FONTS)
        look.apply(app, self.theme)
        self.window = Window(self.theme, memory, str(home.root))
        self.tasks: Tasks | None = None
        self.work: Workplace | None = None
        self._bus: QtBus | None = None
        self._services: Services | None = None
        self._log: logging.Handler | None = None
        self._opening = False
        self._closing = 0
        self.example = True
        """Whether a home without any canvas begins with the worked example; read by `open`."""
        self._told_unsaved = False
        self.again = False
        """Whether it shall open again when everything is closed."""
        self._memory = QTimer(self)
        self._memory.setSingleShot(True)
        self._memory.setInterval(MEMORY_MS)
        self._memory.timeout.connect(self._remember)
        self.window.close_requested.connect(self._asked_to_close)
        self.window.state.quit_requested.connect(self.close)
        self.window.state.retry_requested.connect(self.open)

    # Beginning

    def show(self) -> None:
        """Show the window and paint it once, before anything else is imported or read."""
        self.window.show()
        self._app.processEvents()

    def stay(self) -> int:
        """Run the loop until everything is closed.

        Returns:
            The exit code.
        """
        from qasync import QEventLoop  # late: asyncio is not needed for the first paint

        self._guard_against_defects()
        self.closed.connect(self._app.quit)
        loop = QEventLoop(self._app)
        QTimer.singleShot(0, self.begin)
        with loop:
            loop.run_forever()
        return 0

    def begin(self) -> None:
        """Bring in the rest and open the store; called once, after the first paint."""
        from PySide6.QtCore import Qt
        from PySide6.QtGui import QIcon

        from qntx_desktop.app.logs import open_log
        from qntx_desktop.app.qt_bus import QtBus
        from qntx_desktop.ui.tasks import Tasks

        queued = Qt.ConnectionType.QueuedConnection
        self._waits.connect(self._show_wait, queued)
        self._put_away.connect(self._finish, queued)
        self.window.take_keys()
        look.load_fonts(look.OTHER_FONTS)
        self._log = open_log(self.home)
        self.window.setWindowIcon(QIcon(str(resource_path("icons", "qntx.svg"))))
        self.tasks = Tasks(self)
        self.tasks.unhandled.connect(self.window.banner.fail)
        self._bus = QtBus()
        self._place.listen(self.window.come_forward)
        self._app.styleHints().colorSchemeChanged.connect(self._scheme_changed)
        self._app.styleHints().accessibility().contrastPreferenceChanged.connect(self._scheme_changed)
        self.window.arranged.connect(self._memory.start)
        self._show_theme()  # the desktop may have another one than when this home was last open
        self.open()

    def open(self) -> None:
        """Open the store, first or once more after it failed."""
        if self._opening or self._services is not None or self.tasks is None or self._bus is None:
            return
        from qntx_desktop.ui.opening import open_home

        self._opening = True
        self.window.state.show_opening()
        self.window.show_state()
        self.tasks.run(self, self._open_home, open_home, then=self._opened, failed=self._not_opened)

    def _open_home(self, open_home: Callable[..., Opened]) -> Opened:
        """On a worker. The place is taken here when it could not be at the start."""
        assert self._bus is not None
        if not self._place.take():
            from qntx_desktop.model.errors_home import ErrHomeUnusable

            raise ErrHomeUnusable(str(self.home.root), "another window has opened it meanwhile")
        return open_home(self.home, self._bus.publish, example=self.example)

    def _opened(self, opened: Opened) -> None:
        from qntx_desktop.ui.workplace import Workplace

        assert self.tasks is not None
        assert self._bus is not None
        self._opening = False
        self._services = opened.services
        try:
            self.work = Workplace(self.window, opened, self.tasks, self._bus, self)
        except Exception as error:  # noqa: BLE001 - a defect of ours: said, and the way out stays open
            _log.exception("the canvas could not be shown")
            self.window.state.show_failure(_defect_of(error))
            return
        self.window.show_canvas()
        if self._closing:
            self._closing = 0
            self.close()
            return
        self.work.begin()
        self.opened.emit()

    def _not_opened(self, error: QntxError) -> None:
        self._opening = False
        if self._closing:
            self._finish()
            return
        self.window.state.show_failure(error)
        self.window.show_state()
        self.failed.emit(error)

    # Theme and memory

    def set_theme(self, name: str) -> None:
        """Choose `system`, `dark`, `light` or `contrast`; remembered with the home."""
        if name == self._theme_name:
            return
        self._theme_name = name
        self._show_theme()
        self._memory.start()
        if self.work is not None and self.work.preferences.get("window.theme") != name:
            self.work.preferences.set("window.theme", name)

    @property
    def theme_name(self) -> str:
        """What was chosen: `system`, or the name of a theme."""
        return self._theme_name

    def _theme_now(self) -> look.Theme:
        name = self._theme_name
        if name == "system":
            from PySide6.QtCore import Qt  # late: see `labels`

            hints = self._app.styleHints()
            strong = hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
            light = hints.colorScheme() == Qt.ColorScheme.Light
            name = "contrast" if strong else "light" if light else "dark"
        return look.THEMES[name]

    def _scheme_changed(self, _now: Qt.ColorScheme | Qt.ContrastPreference) -> None:
        if self._theme_name == "system":
            self._show_theme()

    def _show_theme(self) -> None:
        theme = self._theme_now()
        if theme is self.theme:
            return
        self.theme = theme
        self._memory.start()
        look.apply(self._app, theme)
        self.window.set_theme(theme)
        if self.work is not None:
            self.work.set_theme(theme)

    def set_text_percent(self, percent: int) -> bool:
        """Choose how large text is from the next start on; remembered where that start looks first.

        Returns:
            True when this start shows another size.
        """
        if percent != self._text_percent:
            self._text_percent = percent
            self._memory.start()
        return percent != self._shown_percent

    def set_language(self, name: str) -> bool:
        """Choose the language from the next start on, as `set_text_percent` does the size of text."""
        if name != self._language:
            self._language = name
            self._memory.start()
        return name != self._shown_language

    def _memory_now(self) -> WindowMemory:
        return replace(
            self.window.memory(),
            theme=self._theme_name,
            drawn=self.theme.name,
            text_percent=self._text_percent,
            language=self._language,
        )

    def _remember(self) -> None:
        memory = self._memory_now()
        if self.tasks is not None:
            self.tasks.run(None, write_memory, self.home, memory)

    # Ending

    def _asked_to_close(self) -> None:
        """The close button: Pulse may go on in the tray, or the person is told first what will be missed."""
        self.again = False  # whoever closes a window that is about to open again wants it closed
        if self._closing or self.work is None or self.work.may_close():
            self.close()

    def open_again(self) -> None:
        """Close everything, and open the window again as it is set now; what ran goes on there."""
        self.again = True
        self.close()

    def close(self) -> None:
        """Keep everything, let jobs finish for a while, leave. Asked again, it waits for nothing."""
        self._closing += 1
        if self._opening:
            self.window.state.show_waiting(tr("Closing when the store has opened…"))
        elif self._services is None:
            self._finish()
        elif self.work is None:
            if self._closing == 1:
                self._put_down()
        elif self._closing == 1:
            self.work.autosave.flushed.connect(self._flushed)
            self.work.flush()
        elif self._closing == 2:
            self._hurry()

    def _flushed(self, good: bool) -> None:
        assert self.work is not None
        self.work.autosave.flushed.disconnect(self._flushed)
        if good or self._told_unsaved:
            self._put_down()
            return
        self._told_unsaved, self._closing, self.again = True, 0, False
        said = tr("The last changes are not saved.")
        self.window.banner.say(said, tr("Close again to leave without them."), key="closing")

    def _put_down(self) -> None:
        """Close the services on a thread of their own: they may wait for what runs."""
        from qntx_desktop.ui.opening import close_home

        assert self._services is not None
        services, grace_s = self._services, 0.0 if self._closing > 1 else GRACE_S
        doors = self.work.doors if self.work is not None else None
        if self.work is not None:
            self.work.stop()

        def work() -> None:
            try:
                if doors is not None:
                    doors.stop()
                close_home(services, grace_s, lambda left, jobs: self._waits.emit(left, jobs))
            except Exception:  # noqa: BLE001 - whatever it is, the window must still go
                _log.exception("closing failed")
            finally:
                self._put_away.emit()

        threading.Thread(target=work, name="closing").start()

    def _show_wait(self, left_s: float, jobs: int) -> None:
        words = tr("1 job runs") if jobs == 1 else tr("{jobs} jobs run").format(jobs=count(jobs))
        self.window.banner.say(
            tr("{words}: waiting {max} s.").format(words=words, max=max(1, round(left_s))),
            tr("Close again to quit now; they start again next time."),
            key="closing",
        )

    def _hurry(self) -> None:
        """The person does not want to wait."""
        if self.work is None:
            return
        if self.work.stopped:
            runner = self.work.services.runner
            threading.Thread(target=lambda: runner.stop(0.0), name="hurry").start()
        else:
            self._put_down()

    def _finish(self) -> None:
        """Everything behind the window is closed: let the window go."""
        if self.work is not None:
            self.work.dispose()
            self.work = None
        if self._bus is not None:
            self._bus.close()
        self._memory.stop()
        if self.home.is_there:
            write_memory(self.home, self._memory_now())
        if self.tasks is not None:
            self.tasks.close()
        self._place.leave()
        self.window.leave()
        if self._log is not None:
            from qntx_desktop.app.logs import close_log

            close_log(self._log)
            self._log = None
        self.closed.emit()

    # Defects

    def _guard_against_defects(self) -> None:
        """No exception vanishes: each goes to the log, and to the banner as `unexpected`."""
        import signal

        from PySide6.QtCore import Qt

        self._defect.connect(self._show_defect, Qt.ConnectionType.QueuedConnection)

        def seen(kind: type[BaseException], value: BaseException, trace: TracebackType | None) -> None:
            if issubclass(kind, KeyboardInterrupt):
                self.close()
                return
            _log.critical("unexpected", exc_info=(kind, value, trace))
            self._defect.emit(_defect_of(value))

        sys.excepthook = seen
        threading.excepthook = lambda args: seen(
            args.exc_type, args.exc_value if args.exc_value is not None else args.exc_type(), args.exc_traceback
        )
        if hasattr(signal, "SIGTERM"):
            signal.signal(signal.SIGTERM, lambda *_: self.close())
            signal.signal(signal.SIGINT, lambda *_: self.close())
        # Python sees a signal only between two of its own instructions: give it some.
        self._pulse = QTimer(self)
        self._pulse.timeout.connect(lambda: None)
        self._pulse.start(500)

    def _show_defect(self, error: QntxError) -> None:
        self.window.banner.fail(error)


def _defect_of(error: BaseException) -> QntxError:
    from qntx_desktop.model.errors import ErrUnexpected  # late: before the first paint nobody needs all errors

    kind = type(error).__name__
    return ErrUnexpected(str(error) or kind, kind)


def _wanted_theme(memory: WindowMemory) -> str:
    asked = os.environ.get(THEME_VARIABLE, "")
    return asked if asked in THEMES else memory.theme
