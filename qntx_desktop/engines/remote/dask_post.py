"""Messages through the queues of a Dask scheduler, as bytes of JSON. Any thread; hides distributed.

Both sides reach the scheduler, so neither has to be able to reach the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qntx_desktop.engines.remote.terms import PostBrokenError, read, written

_SENT_WITHIN_S = 10.0


class DaskPost:
    """One queue of the scheduler, known to both sides by its name."""

    def __init__(self, name: str, client: Any) -> None:
        from distributed import Queue

        make: Any = Queue
        try:
            self._queue = make(name, client=client)
        except Exception as error:  # whatever Dask raises, it does not carry messages
            raise PostBrokenError(str(error) or type(error).__name__) from error

    def send(self, message: Mapping[str, Any]) -> None:
        """Send a message."""
        try:
            self._queue.put(written(message), timeout=_SENT_WITHIN_S)
        except Exception as error:  # whatever Dask raises, it does not carry messages
            raise PostBrokenError(str(error) or type(error).__name__) from error

    def receive(self, timeout_s: float) -> dict[str, Any] | None:
        """The next message, None when none came in time."""
        try:
            raw = self._queue.get(timeout=timeout_s)
        except TimeoutError:
            return None
        except Exception as error:  # whatever Dask raises, it does not carry messages
            raise PostBrokenError(str(error) or type(error).__name__) from error
        return read(raw)

    def close(self) -> None:
        """Forget the queue, unless the other side still holds it."""
        self._queue.close()
