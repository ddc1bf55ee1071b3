"""One window for each home: who comes second asks the first to come forward.

Qt main thread. Hides QLocalServer and QLocalSocket. Which window is first is decided by a lock on a file, which
ends with its process however that ends; the socket only carries the request, so a stale one decides nothing.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from qntx_desktop.app.home_lock import FileLock
from qntx_desktop.app.paths import Home

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

_log = logging.getLogger(__name__)

RAISE = b"raise\n"
CALL_S = 30.0
"""How long a start waits for the window that is there: on a busy machine that one may still be coming up itself."""
_STEP_MS = 100


class OneWindow:
    """The place of the only window of a home."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._lock = FileLock(home.window_lock, "window")
        self._server: QLocalServer | None = None

    @property
    def name(self) -> str:
        """Name of the socket; the same for every process of this home."""
        return f"qntx-desktop-{self._home.id}"

    def take(self) -> bool:
        """Become the window of this home; False when there is one.

        Raises:
            ErrHomeUnusable: The home cannot be made or written.
        """
        self._home.make()
        return self._lock.acquire()

    def call_first(self, within_s: float = CALL_S) -> bool:
        """Ask the first window to come forward.

        It may have started a moment ago and not listen yet, so this tries for a while. One that answers late is
        asked again, which does no harm: it is in front already.

        Returns:
            Whether it took the request.
        """
        from PySide6.QtNetwork import QLocalSocket  # late: only a second start needs it before it ends

        end = time.monotonic() + within_s
        while time.monotonic() < end:
            socket = QLocalSocket()
            socket.connectToServer(self.name)
            if socket.waitForConnected(_STEP_MS):
                socket.write(RAISE)
                socket.flush()
                heard = socket.bytesAvailable() > 0 or socket.waitForReadyRead(1000)
                socket.abort()
                if heard:
                    return True
            time.sleep(_STEP_MS / 1000)
        return False

    def listen(self, come_forward: Callable[[], None]) -> None:
        """Take requests from now on; call only when `take` said True."""
        from PySide6.QtNetwork import QLocalServer  # late: not before the window is shown

        server = QLocalServer()
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        # The lock is ours, so a socket of this name is what a killed window left behind.
        QLocalServer.removeServer(self.name)
        if not server.listen(self.name):
            _log.warning("no other start can raise this window: %s", server.errorString())
            return
        server.newConnection.connect(lambda: self._answer(come_forward))
        self._server = server

    def leave(self) -> None:
        """Give the place up; calling it twice is allowed."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self._lock.release()

    def _answer(self, come_forward: Callable[[], None]) -> None:
        while self._server is not None and self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.disconnected.connect(socket.deleteLater)
            socket.write(b"ok\n")
            socket.flush()
            come_forward()
