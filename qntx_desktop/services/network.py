"""What holds for every connection, whatever a handler declared: the offline switch and the app's own ports.

Any thread. Whoever connects for others (the broker of a run, a sync) asks `is_offline` before each attempt; whoever
listens on the loopback (the API, plugins) says so with `hold`, and no handler ever gets there. The process that
runs a handler is often not the one that listens (`qntx serve --api` beside a window, a dry run of the command
line), so what is held stands in the home, too: one empty file a port, named by port and process.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from qntx_desktop.engines.process_life import lives

if TYPE_CHECKING:
    from qntx_desktop.services.options import Options

OFFLINE = "network.offline"
_log = logging.getLogger(__name__)


class Network:
    """The switch and the ports.

    Args:
        options: Gives the settings; called when first needed.
        folder: Where the processes of this home tell each other their ports; made when the first is held.
    """

    def __init__(self, options: Callable[[], Options], folder: Path) -> None:
        self._options = options
        self._folder = folder
        self._guard = threading.Lock()
        self._held: list[int] = []

    def is_offline(self) -> bool:
        """Whether nobody may connect now; looks at the file too, which another process may have changed."""
        options = self._options()
        options.refresh()
        return bool(options.get(OFFLINE))

    def own_ports(self) -> frozenset[int]:
        """The loopback ports of this app, in whichever process of this home."""
        with self._guard:
            mine = frozenset(self._held)
        return mine | frozenset(_told(self._folder))

    @contextmanager
    def hold(self, port: int) -> Iterator[None]:
        """Keep handlers away from a port while the block goes on."""
        with self._guard:
            self._held.append(port)
            self._tell(port)
        try:
            yield
        finally:
            with self._guard:
                self._held.remove(port)
                if port not in self._held:
                    self._take_back(port)

    def _file(self, port: int) -> Path:
        return self._folder / f"{port}-{os.getpid()}"

    def _tell(self, port: int) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._file(port).touch()
        except OSError as error:  # this process still keeps its own handlers away
            _log.warning("other processes cannot be told of port %d: %s", port, error)

    def _take_back(self, port: int) -> None:
        try:
            self._file(port).unlink(missing_ok=True)
        except OSError as error:
            _log.warning("port %d could not be taken back: %s", port, error)


def _told(folder: Path) -> Iterator[int]:
    """The ports in the folder whose process lives; what a killed process left there is removed."""
    try:
        files = list(folder.iterdir())
    except OSError:
        return  # nobody has held one yet
    for file in files:
        port, _, pid = file.name.partition("-")
        if not (port.isdecimal() and pid.isdecimal()):
            continue
        if lives(int(pid), untold=True):  # a port too many that is refused does no harm
            yield int(port)
        else:
            _remove(file)


def _remove(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        _log.debug("%s stays: %s", file, error)
