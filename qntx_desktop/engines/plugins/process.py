"""One plugin's process: started through its guardian, its output read line by line, its end awaited.

Owns one thread, `plugin-output`, while it lives. Any thread may ask it to end. Hides subprocess; Linux and macOS.
"""

from __future__ import annotations

import os
import selectors
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from qntx_desktop.engines.interpreter import FLAGS, interpreter
from qntx_desktop.model.errors import ErrUnexpected

MAX_LINE_BYTES = 16_384
"""A longer line is cut into several."""
_CHUNK_BYTES = 65_536
_END_S = 20.0

AGAIN_S = 0.2

OnLine = Callable[[str, str], None]
"""Gets `stdout` or `stderr` and the line without its end, on the reading thread."""


class PluginProcess:
    """A started plugin.

    Args:
        on_pause: Called after lines were told; again a little later as long as it returns True.
        on_end: Called when it has ended, maybe more than once.

    Raises:
        ErrUnexpected: The system refuses to start anything.
    """

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        folder: Path,
        on_line: OnLine,
        on_pause: Callable[[], bool] = lambda: False,
        on_end: Callable[[], None] = lambda: None,
    ) -> None:
        if sys.platform == "win32":
            raise ErrUnexpected("plugins cannot be started on Windows yet", "plugin")
        self.ended = threading.Event()
        self.code: int | None = None
        self.pid: int | None = None
        self.refused = ""
        """Why the program could not be started, empty if it could."""
        self._on_line = on_line
        self._on_pause = on_pause
        self._on_end = on_end
        self._lock = threading.Lock()
        self._known = threading.Event()
        theirs_control, self._control = os.pipe()
        self._status, theirs_status = os.pipe()
        self._ear, self._bell = os.pipe()
        script = str(Path(__file__).with_name("guardian.py"))
        words = [interpreter(), *FLAGS, script, str(theirs_control), str(theirs_status), *command]
        try:
            self._guardian = subprocess.Popen(
                words,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                bufsize=0,
                cwd=folder,
                env=dict(environment),
                pass_fds=(theirs_control, theirs_status),
                start_new_session=True,
            )
        except OSError as error:
            for fd in (self._control, self._status, self._ear, self._bell):
                os.close(fd)
            raise ErrUnexpected(f"a plugin cannot be started: {error.strerror or error}", "plugin") from error
        finally:
            os.close(theirs_control)
            os.close(theirs_status)
        self._reader = threading.Thread(target=self._read, name="plugin-output", daemon=True)
        self._reader.start()

    def wait_known(self, timeout_s: float) -> int | None:
        """Its process id, as soon as it has one; None when it never started or time is over."""
        self._known.wait(timeout_s)
        return self.pid

    def terminate(self) -> None:
        """Ask its whole group to end."""
        self._say(b"T")

    def kill(self) -> None:
        """End its whole group at once."""
        self._say(b"K")

    def close(self) -> None:
        """Kill what still lives, wait for the end, give everything back. Once."""
        self.kill()
        with self._lock:
            os.close(self._control)
            self._control = -1
        if not self.ended.wait(_END_S):
            self._guardian.kill()  # its death signal takes the plugin along
        self._guardian.wait()
        os.write(self._bell, b"!")
        self._reader.join()
        for fd in (self._status, self._ear, self._bell):
            os.close(fd)
        for stream in (self._guardian.stdout, self._guardian.stderr):
            if stream is not None:
                stream.close()

    def _say(self, word: bytes) -> None:
        with self._lock:
            if self._control < 0:
                return
            with suppress(BrokenPipeError):  # the guardian has gone, and with it the plugin
                os.write(self._control, word)

    def _read(self) -> None:
        assert self._guardian.stdout is not None
        assert self._guardian.stderr is not None
        out, err = self._guardian.stdout.fileno(), self._guardian.stderr.fileno()
        lines = {
            out: _Lines(lambda text: self._on_line("stdout", text)),
            err: _Lines(lambda text: self._on_line("stderr", text)),
            self._status: _Lines(self._told),
        }
        with selectors.DefaultSelector() as waiting:
            for fd in (*lines, self._ear):
                waiting.register(fd, selectors.EVENT_READ)
            again = False
            while len(waiting.get_map()) > 1:
                ready = [key.fd for key, _ in waiting.select(AGAIN_S if again else None)]
                for fd in ready:
                    if fd == self._ear:
                        continue
                    data = os.read(fd, _CHUNK_BYTES)
                    lines[fd].take(data)
                    if not data:
                        waiting.unregister(fd)
                        if fd == self._status:
                            self._gone()
                again = self._on_pause()
                if ready == [self._ear]:  # closed, and nothing is left to read: who holds the pipes is no concern
                    break
        for each in lines.values():
            each.take(b"")
        self._gone()

    def _told(self, line: str) -> None:
        word, _, rest = line.partition(" ")
        if word == "pid":
            self.pid = int(rest)
            self._known.set()
        elif word == "error":
            self.refused = rest
        elif word == "end":
            self.code = int(rest)
            self._gone()

    def _gone(self) -> None:
        self._known.set()
        self.ended.set()
        self._on_end()


class _Lines:
    """Cuts a stream into lines."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._rest = b""

    def take(self, data: bytes) -> None:
        """Add what was read; nothing means the end."""
        whole, end, rest = (self._rest + data).rpartition(b"\n")
        if end:
            for line in whole.split(b"\n"):
                self._pass_on(line)
        while len(rest) > MAX_LINE_BYTES:
            self._pass_on(rest[:MAX_LINE_BYTES])
            rest = rest[MAX_LINE_BYTES:]
        if rest and not data:
            self._pass_on(rest)
            rest = b""
        self._rest = rest

    def _pass_on(self, line: bytes) -> None:
        for start in range(0, max(len(line), 1), MAX_LINE_BYTES):
            self._tell(line[start : start + MAX_LINE_BYTES].decode("utf-8", "replace").rstrip("\r"))
