"""The local API and webhooks of an open home: switched as the settings say, shown in the status bar and a window.

Qt main thread; the switch tells of changes on its own. `stop` blocks, so closing calls it on a thread of its own.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from qntx_desktop.api.switch import ApiState, ApiSwitch
from qntx_desktop.ui.preferences import Preferences
from qntx_desktop.ui.tasks import Tasks
from qntx_desktop.ui.window import Window

if TYPE_CHECKING:
    from qntx_desktop.app.container import Services
    from qntx_desktop.ui.control.windows import Windows

FAILED_KEY = "api"


class Doors(QObject):
    """What programs reach.

    Signals:
        changed(ApiState): It was switched on or off, or could not be.
    """

    changed = Signal(object)
    _heard = Signal(object)

    def __init__(
        self, services: Services, tasks: Tasks, preferences: Preferences, window: Window, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._tasks = tasks
        self._preferences = preferences
        self._window = window
        self._switch = ApiSwitch(services, told=self._heard.emit)
        self._began = False
        self.state = ApiState()
        self._heard.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def begin(self) -> None:
        """Follow the settings."""
        self._began = True
        self._switch.start()

    def stop(self) -> None:
        """Serve nothing any more. Blocks; any thread."""
        if self._began:
            self._switch.stop()

    def show(self, windows: Windows) -> None:
        """Show who may come in, and what came."""
        from qntx_desktop.ui.dialogs.doors_view import DoorsView  # late: few look at it

        make = partial(
            DoorsView, self, self._services, self._tasks, self._preferences, self._window.theme, self._window
        )
        windows.show("doors", make)

    def _show(self, state: ApiState) -> None:
        self.state = state
        self._window.status.show_doors(doors_words(state), state.address or "")
        if state.error is not None:
            self._window.banner.fail(state.error, key=FAILED_KEY)
        else:
            self._window.banner.clear(FAILED_KEY)
        self.changed.emit(state)


def doors_words(state: ApiState) -> str:
    """For one line: `API and webhooks on 127.0.0.1:8722`; nothing while nothing is served."""
    if state.address is None:
        return ""
    what = "API and webhooks" if state.api and state.webhooks else "API" if state.api else "webhooks"
    return f"{what} on {state.address.removeprefix('http://')}"
