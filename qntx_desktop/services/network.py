"""What holds for every connection, whatever a handler declared: the offline switch and the app's own ports.

Any thread. Whoever connects for others (the broker of a run, a sync) asks `is_offline` before each attempt; whoever
listens on the loopback (the API, plugins) says so with `hold`, and no handler ever gets there.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qntx_desktop.services.options import Options

OFFLINE = "network.offline"


class Network:
    """The switch and the ports.

    Args:
        options: Gives the settings; called when first needed.
    """

    def __init__(self, options: Callable[[], Options]) -> None:
        self._options = options
        self._guard = threading.Lock()
        self._held: list[int] = []

    def is_offline(self) -> bool:
        """Whether nobody may connect now; looks at the file too, which another process may have changed."""
        options = self._options()
        options.refresh()
        return bool(options.get(OFFLINE))

    def own_ports(self) -> frozenset[int]:
        """The loopback ports of this app."""
        with self._guard:
            return frozenset(self._held)

    @contextmanager
    def hold(self, port: int) -> Iterator[None]:
        """Keep handlers away from a port while the block goes on."""
        with self._guard:
            self._held.append(port)
        try:
            yield
        finally:
            with self._guard:
                self._held.remove(port)
