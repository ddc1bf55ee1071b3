"""Whether the queue goes on: closed while the store cannot take what runs must keep.

Any thread. Says each change once, as an event.
"""

from __future__ import annotations

import logging
import threading

from qntx_desktop.model.errors import QntxError
from qntx_desktop.model.events import Publish, QueuePaused

_log = logging.getLogger(__name__)


class Gate:
    """Closed by each trouble, open again when every one of them is over."""

    def __init__(self, publish: Publish) -> None:
        self._publish = publish
        self._guard = threading.Lock()
        self._troubles: dict[object, QntxError] = {}
        self._told: str | None = None

    @property
    def error(self) -> QntxError | None:
        """Why the queue is paused, None while it goes on."""
        if not self._troubles:  # asked between any two jobs
            return None
        with self._guard:
            return next(iter(self._troubles.values()), None)

    def blocked_by_others(self, owner: object) -> bool:
        """Whether somebody besides `owner` keeps the gate closed."""
        with self._guard:
            return any(each is not owner for each in self._troubles)

    def pause(self, owner: object, error: QntxError) -> None:
        """Close it for a reason of `owner`'s."""
        with self._guard:
            self._troubles[owner] = error
        self._tell()

    def resume(self, owner: object) -> None:
        """Take back the reason of `owner`, if it had one."""
        if not self._troubles:
            return
        with self._guard:
            had = self._troubles.pop(owner, None)
        if had is not None:
            self._tell()

    def _tell(self) -> None:
        with self._guard:
            error = next(iter(self._troubles.values()), None)
            code = error.code if error else None
            if code == self._told:
                return
            self._told = code
        _log.warning("queue %s", f"paused: {error}" if error else "goes on")
        self._publish(QueuePaused(error=error))
