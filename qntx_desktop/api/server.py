"""The server: one thread with one loop, listening on 127.0.0.1 while it is switched on.

`ApiServer.start` and `stop` may be called on any thread but the loop's own; they block until it is so.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from qntx_desktop.api.audit import Audit
from qntx_desktop.api.connection import Listener
from qntx_desktop.api.desk import Desk
from qntx_desktop.api.front import Front
from qntx_desktop.api.guard import Guard
from qntx_desktop.api.quick import Quick
from qntx_desktop.api.routes import OPEN_ROUTES, ROUTES
from qntx_desktop.api.routes.plugins import PLUGIN_ROUTES
from qntx_desktop.model.errors import ErrPortTaken, QntxError
from qntx_desktop.services.api_tokens import Known

if TYPE_CHECKING:
    from qntx_desktop.app.container import Services
    from qntx_desktop.services.options import Options

_log = logging.getLogger(__name__)

HOST = "127.0.0.1"
SHUTDOWN_S = 3.0
KNOWN_FOR_S = 0.25
"""A token that another process revokes may be good for so long; a new one is looked for at once."""


class ApiServer:
    """Serves the API, webhooks, or both."""

    def __init__(self, services: Services, *, api: bool, webhooks: bool, port: int) -> None:
        self._services = services
        self._api = api
        self._webhooks = webhooks
        self._wanted_port = port
        self._started = threading.Event()
        self._error: BaseException | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ending: asyncio.Event | None = None
        self._thread = threading.Thread(target=self._serve, name="api")
        self.port = 0

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://{HOST}:{self.port}"

    def start(self) -> None:
        """Listen.

        Raises:
            ErrPortTaken: Somebody else does.
            QntxError: The store cannot be read.
        """
        self._thread.start()
        self._started.wait()
        if self._error is not None:
            self._thread.join()
            raise self._error

    def stop(self) -> None:
        """Let what is being answered end, close everything. Calling it twice is allowed."""
        if self._loop is not None and self._ending is not None:
            with suppress(RuntimeError):  # the loop has ended meanwhile
                self._loop.call_soon_threadsafe(self._ending.set)
        self._thread.join()

    def _serve(self) -> None:
        # Never the policy's: beside a window that would be Qt's.
        self._loop = asyncio.SelectorEventLoop()
        try:
            self._loop.run_until_complete(self._live())
        except BaseException as error:  # noqa: BLE001 - it belongs to whoever waits for the start
            self._error = error
            if self._started.is_set():
                _log.exception("the API ended")
        finally:
            with suppress(RuntimeError):
                self._loop.run_until_complete(self._loop.shutdown_default_executor())
            self._loop.close()
            self._started.set()

    async def _live(self) -> None:
        self._ending = asyncio.Event()
        known = _KnownClients(self._services)
        known.get()  # what is wrong with QNTX_API_TOKEN is said now, not at each call
        loop = asyncio.get_running_loop()
        holder: list[Front] = []
        listener = Listener(lambda request: holder[0](request))
        server = await self._bound(loop, listener)
        self.port = server.sockets[0].getsockname()[1]
        audit = Audit(self._services.home.logs / "api.log")
        desk = Desk(self._services)
        options = self._services.options
        rate = _Rate(options)
        guard = Guard(
            port=self.port,
            known=known.get,
            again=known.again,
            origins=lambda: frozenset(options.get("api.origins").split()),
            per_minute=rate.get,
            note_use=self._services.api_tokens.note_use,
        )
        if self._api:
            listener.quick = Quick(routes=ROUTES, desk=desk, guard=guard, audit=audit)
        holder.append(
            Front(
                routes=ROUTES if self._api else (),
                plugin_routes=PLUGIN_ROUTES if self._api else (),
                open_routes=OPEN_ROUTES if self._webhooks else (),
                desk=desk,
                guard=guard,
                audit=audit,
            )
        )
        try:
            with self._services.network.hold(self.port):
                await server.start_serving()
                self._started.set()
                if self._webhooks:
                    await desk.run(self._services.vault.trouble)  # have the key at hand before the first one comes
                _log.info("the API listens on %s", self.address)
                await self._ending.wait()
                server.close()
                desk.waiting.close()
                listener.pre_shutdown()  # who keeps an idle connection is not waited for
                await listener.shutdown(SHUTDOWN_S)
        finally:
            rate.close()
            server.close()
            await desk.close()
            audit.close()

    async def _bound(self, loop: asyncio.AbstractEventLoop, listener: Listener) -> asyncio.Server:
        try:
            return await loop.create_server(
                listener, HOST, self._wanted_port, backlog=128, start_serving=False, reuse_address=True
            )
        except OSError as error:
            taken = error.errno == errno.EADDRINUSE
            reason = "another program listens there" if taken else error.strerror or "it is not possible"
            raise ErrPortTaken(self._wanted_port, reason) from None


class _Rate:
    """How often a client may call; told of changes, so that a call costs no look at the settings."""

    KEY = "api.calls_per_minute"

    def __init__(self, options: Options) -> None:
        self._value = int(options.get(self.KEY))
        self.close = options.watch(self._changed)

    def get(self) -> int:
        """The number of now."""
        return self._value

    def _changed(self, key: str, value: object) -> None:
        if key == self.KEY:
            self._value = int(str(value))


class _KnownClients:
    """Who may call, read again when the store has changed, a few times a second at most."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._number = -1
        self._changes = 0
        self._at_s = float("-inf")
        self._known: Known = ()

    def get(self) -> Known:
        """The list; quick."""
        now_s, changes = time.monotonic(), self._services.api_tokens.changes
        if now_s - self._at_s >= KNOWN_FOR_S or changes != self._changes:
            self._at_s, self._changes = now_s, changes
            number = self._services.db.change_number()
            if number != self._number:
                self._known, self._number = self._services.api_tokens.known(), number
        return self._known

    def again(self) -> Known:
        """The list as the store has it now."""
        self._at_s = float("-inf")
        return self.get()


def trouble_of(error: BaseException) -> QntxError:
    """Why a server did not start, as a person is told."""
    from qntx_desktop.model.errors import ErrUnexpected

    return error if isinstance(error, QntxError) else ErrUnexpected(str(error), type(error).__name__)
