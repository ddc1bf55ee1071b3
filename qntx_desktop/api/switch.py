"""Switches the server on and off as the settings say, for the window and for `qntx serve`.

Owns one thread, `api-switch`; the server has its own. Imports nothing of HTTP before it is switched on.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qntx_desktop.model.errors import ErrUnexpected, QntxError
from qntx_desktop.model.events import Event, RunnerRole

if TYPE_CHECKING:
    from qntx_desktop.api.server import ApiServer
    from qntx_desktop.app.container import Services

_log = logging.getLogger(__name__)

RETRY_S = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What shall be served, and where."""

    api: bool = False
    webhooks: bool = False
    port: int = 0

    @property
    def any(self) -> bool:
        """Whether anything shall."""
        return self.api or self.webhooks


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiState:
    """How it stands: `address` is None while nothing is served, `error` says why nothing is that should be."""

    address: str | None = None
    api: bool = False
    webhooks: bool = False
    error: QntxError | None = None


class ApiSwitch:
    """Follows the settings.

    Args:
        forced: Served whatever the settings say, also beside another process that runs the jobs.
        told: Hears each change, on the switch's thread.
    """

    def __init__(
        self, services: Services, *, forced: Wanted | None = None, told: Callable[[ApiState], None] | None = None
    ) -> None:
        self._services = services
        self._forced = forced or Wanted()
        self._told = told
        self._changed = threading.Condition()
        self._look = True
        self._stopping = False
        self._server: ApiServer | None = None
        self._served = Wanted()
        self._retry_at = 0.0
        self._thread = threading.Thread(target=self._follow, name="api-switch")
        self._unwatch: Callable[[], None] = lambda: None
        self.state = ApiState()

    def start(self) -> None:
        """Begin to follow."""
        self._services.events.add(self._on_event)
        self._unwatch = self._services.options.watch(lambda _key, _value: self.look())
        self._thread.start()

    def look(self) -> None:
        """Have it see whether something has changed; returns at once."""
        with self._changed:
            self._look = True
            self._changed.notify_all()

    def stop(self) -> None:
        """Serve nothing any more; blocks until it is so. Calling it twice is allowed."""
        self._unwatch()
        self._services.events.remove(self._on_event)
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        if self._thread.is_alive():
            self._thread.join()

    def wanted(self) -> Wanted:
        """What shall be served now. Settings count in the process that runs the jobs: two cannot share a port."""
        options, leads = self._services.options, self._services.runner.active
        asked = Wanted(
            api=self._forced.api or (leads and bool(options.get("api.enabled"))),
            webhooks=self._forced.webhooks or (leads and bool(options.get("api.webhooks"))),
        )
        if not asked.any:
            return asked
        return replace(asked, port=self._forced.port if self._forced.any else int(options.get("api.port")))

    def _on_event(self, event: Event) -> None:
        if isinstance(event, RunnerRole):
            self.look()

    def _follow(self) -> None:
        while not self._stopping:
            with self._changed:
                self._look = False
            self._turn()
            with self._changed:
                wait_s = max(0.0, self._retry_at - time.monotonic()) if self._retry_at else None
                self._changed.wait_for(lambda: self._look or self._stopping, timeout=wait_s)
        self._end()

    def _turn(self) -> None:
        wanted = self.wanted()
        if wanted == self._served and not self._retry_at:
            return
        self._end()
        self._retry_at = 0.0
        if not wanted.any:
            self._tell(ApiState())
            return
        try:
            self._begin(wanted)
        except QntxError as error:
            self._refused(error)
        except Exception as error:  # noqa: BLE001 - said, and tried again; the thread goes on
            _log.exception("the API could not be started")
            self._refused(ErrUnexpected(str(error), type(error).__name__))

    def _begin(self, wanted: Wanted) -> None:
        from qntx_desktop.api.server import ApiServer  # late: aiohttp is for those who switched it on

        server = ApiServer(self._services, api=wanted.api, webhooks=wanted.webhooks, port=wanted.port)
        server.start()
        self._server, self._served = server, wanted
        self._tell(ApiState(address=server.address, api=wanted.api, webhooks=wanted.webhooks))

    def _refused(self, error: QntxError) -> None:
        self._retry_at = time.monotonic() + RETRY_S
        if self.state.error is None or self.state.error.code != error.code:
            _log.warning("%s", error)
            self._tell(ApiState(error=error))

    def _end(self) -> None:
        server, self._server = self._server, None
        self._served = Wanted()
        if server is not None:
            server.stop()

    def _tell(self, state: ApiState) -> None:
        if state != self.state:
            self.state = state
            if self._told is not None:
                self._told(state)
