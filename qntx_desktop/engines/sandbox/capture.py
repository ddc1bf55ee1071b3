"""Takes what a handler prints: the first 8 MiB are kept, the rest is counted. Launching thread.

Reads for as long as anybody holds the other end, so that a handler does not block on its own output for long.
"""

from __future__ import annotations

import os
import select
import sys
import threading
import time
from contextlib import suppress

from qntx_desktop.engines.sandbox.masking import Masker
from qntx_desktop.engines.sandbox.pipes import CHUNK_BYTES

MAX_KEPT_BYTES = 8 << 20


class Capture:
    """What arrives from one stream.

    Args:
        fd: The reading end; closed by `close`.
        name: For the thread.
    """

    def __init__(self, fd: int, name: str) -> None:
        self.fd = fd
        self._kept = bytearray()
        self.dropped_bytes = 0
        self._thread: threading.Thread | None = None
        if sys.platform == "win32":  # there pipes cannot be polled
            self._thread = threading.Thread(target=self._pump, name=name, daemon=True)
            self._thread.start()
        else:
            os.set_blocking(fd, False)

    def take(self) -> bool:
        """Take what is there; False at the end of the stream."""
        try:
            self._keep(chunk := os.read(self.fd, CHUNK_BYTES))
        except BlockingIOError:
            return True
        return bool(chunk)

    def take_rest(self) -> None:
        """Take what is there, now that nobody writes any more."""
        with suppress(BlockingIOError):
            while chunk := os.read(self.fd, CHUNK_BYTES):
                self._keep(chunk)

    def _keep(self, chunk: bytes) -> None:
        kept = chunk[: MAX_KEPT_BYTES - len(self._kept)]
        self._kept += kept
        self.dropped_bytes += len(chunk) - len(kept)

    def finish(self, patience_s: float) -> None:
        """Take what is left, until the end of the stream or, if somebody keeps it open, for so long."""
        if self._thread is not None:
            self._thread.join(patience_s)
            return
        deadline = time.monotonic() + patience_s
        poll = select.poll()
        poll.register(self.fd, select.POLLIN)
        while self.take() and (left_s := deadline - time.monotonic()) > 0:
            poll.poll(left_s * 1000)

    def close(self) -> None:
        """Give the pipe back; the pump has ended."""
        os.close(self.fd)

    def text(self, masker: Masker) -> str:
        """What was kept, as text without secrets; bytes that are not UTF-8 become replacement characters."""
        return masker.text(self._kept.decode(errors="replace"), cut=self.dropped_bytes > 0)

    def _pump(self) -> None:
        while self.take():
            continue
