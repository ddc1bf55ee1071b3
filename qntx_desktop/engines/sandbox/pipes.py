"""Pipes that never hang the app: reads and writes that a wake-up ends. Launching thread; hides poll and os.pipe.

Windows has no poll on pipes: there reads block, and end because the job object kills every writer.
"""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Callable, Sequence

CHUNK_BYTES = 1 << 18
_LOOKS = 60
"""How often to look for the next message before going to sleep, some 60 us in all: a script that attests in a loop
needs less from one answer to its next message, and waking a sleeping core would take as long."""
_QUIET_MS = 20
"""For so long only messages are waited for: most runs are over by then; what they printed is read at the end."""
_POSIX = sys.platform != "win32"


class Wake:
    """A pipe whose end of life is a signal: `ring()` makes `fd` readable for all who poll it, for ever."""

    def __init__(self) -> None:
        self.fd, self._write_fd = os.pipe()
        self._open = True

    def ring(self) -> None:
        """Wake everybody; safe from one thread at a time, harmless when repeated."""
        if self._open:
            self._open = False
            os.close(self._write_fd)

    def close(self) -> None:
        """Give both ends back; nobody may poll any more."""
        self.ring()
        os.close(self.fd)


class Inbox:
    """The reading end of a pipe from a handler.

    Args:
        fd: The pipe.
        ended_fd: Becomes readable when there is nothing to wait for any more.
        begun: Called before that is looked at for the first time; returns when it means the end and nothing else.
            With it the pipe's end, too, means that there is little left to wait for.
    """

    def __init__(self, fd: int, ended_fd: int, begun: Callable[[], object] | None = None) -> None:
        self._fd = fd
        self._ended_fd = ended_fd
        self._at_end = False
        self._heard = False
        self._beside: dict[int, Callable[[], object]] = {}
        if _POSIX:
            os.set_blocking(fd, False)
            self._poll = select.poll()
            self._poll.register(fd, select.POLLIN)
            self._begun = begun
            if begun is None:
                self._poll.register(ended_fd, select.POLLIN)

    def beside(self, fd: int, work: Callable[[], object], *, can_wait: bool = False) -> None:
        """Call `work` from `read` whenever another descriptor is readable, until it answers with nothing; POSIX.

        Args:
            can_wait: Nothing is lost if it is left for some milliseconds, or to the caller if all ends before.
        """
        self._beside[fd] = work
        if self._begun is None or not can_wait:
            self._poll.register(fd, select.POLLIN)

    def read(self) -> bytes | None:
        """Wait for bytes. Returns some bytes; None at the end, which after the end of the pipe may be a while off.

        On Windows the end of the pipe is `b""`.
        """
        if not _POSIX:
            return os.read(self._fd, CHUNK_BYTES)
        chunk = self._read_soon() if self._heard and not self._at_end else None
        while not chunk:
            if chunk == b"":
                self._at_end = True
                self._poll.unregister(self._fd)
                self._look_about()
            ready = self._wait()
            self._serve_others(ready)
            if self._ended_fd in ready:
                return None
            chunk = self.read_now() if self._fd in ready else None
        self._heard = True  # who has said something may soon say more
        return chunk

    def _wait(self) -> Sequence[int]:
        if self._begun is not None:
            ready = self._poll.poll(_QUIET_MS)
            if ready:
                return [fd for fd, _ in ready]
            self._look_about()
        return [fd for fd, _ in self._poll.poll()]

    def _look_about(self) -> None:
        """From now on wait for everything."""
        if self._begun is not None:
            begun, self._begun = self._begun, None
            begun()
            for fd in (self._ended_fd, *self._beside):
                self._poll.register(fd, select.POLLIN)

    def _serve_others(self, ready: Sequence[int]) -> None:
        for fd in self._beside.keys() & ready:
            if not self._beside[fd]():
                self._poll.unregister(fd)
                del self._beside[fd]

    def _read_soon(self) -> bytes | None:
        if sys.platform == "linux":
            for _ in range(_LOOKS):
                chunk = self.read_now()
                if chunk is not None:
                    return chunk
                os.sched_yield()
        return None

    def read_now(self) -> bytes | None:
        """Bytes that are there already; None if there are none, `b""` at the end of the pipe."""
        try:
            return os.read(self._fd, CHUNK_BYTES)
        except BlockingIOError:
            return None


class Outbox:
    """The writing end of a pipe to a handler; the arguments are those of `Inbox`."""

    def __init__(self, fd: int, ended_fd: int, begun: Callable[[], object] | None = None) -> None:
        self._fd = fd
        self._ended_fd = ended_fd
        self._begun = begun
        if _POSIX:
            os.set_blocking(fd, False)

    def write(self, frame: bytes) -> bool:
        """Write all of `frame`; False when nobody reads any more or a wake-up came first."""
        rest = memoryview(frame)
        while rest:
            try:
                rest = rest[os.write(self._fd, rest) :]
            except BlockingIOError:
                if not self._wait():
                    return False
            except OSError:  # the handler has closed its end or is gone
                return False
        return True

    def _wait(self) -> bool:
        if self._begun is not None:
            self._begun()
        poll = select.poll()
        poll.register(self._fd, select.POLLOUT)
        poll.register(self._ended_fd, select.POLLIN)
        return self._ended_fd not in [fd for fd, _ in poll.poll()]
