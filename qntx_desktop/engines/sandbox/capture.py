"""Takes what a handler prints: the first 8 MiB are kept, the rest is counted. One thread for each stream.

Reads for as long as anybody holds the other end, so that a handler can never block on its own output.
"""

from __future__ import annotations

import os
import threading

from qntx_desktop.engines.sandbox.masking import Masker
from qntx_desktop.engines.sandbox.pipes import Inbox, Wake

MAX_KEPT_BYTES = 8 << 20


class Capture:
    """A pump for one stream.

    Args:
        fd: The reading end; closed by `close`.
        wake: Ends the pump even if a stray process keeps the other end open.
        name: For the thread.
    """

    def __init__(self, fd: int, wake: Wake, name: str) -> None:
        self._fd = fd
        self._inbox = Inbox(fd, wake)
        self._kept = bytearray()
        self.dropped_bytes = 0
        self._thread = threading.Thread(target=self._pump, name=name, daemon=True)
        self._thread.start()

    def wait(self, timeout_s: float) -> bool:
        """Wait for the end of the stream; False if it has not come."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def close(self) -> None:
        """Give the pipe back; the pump has ended."""
        os.close(self._fd)

    def text(self, masker: Masker) -> str:
        """What was kept, as text without secrets; bytes that are not UTF-8 become replacement characters."""
        return masker.text(self._kept.decode(errors="replace"), cut=self.dropped_bytes > 0)

    def _pump(self) -> None:
        while True:
            chunk = self._inbox.read()
            if not chunk:
                return
            kept = chunk[: MAX_KEPT_BYTES - len(self._kept)]
            self._kept += kept
            self.dropped_bytes += len(chunk) - len(kept)
