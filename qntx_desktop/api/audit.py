"""Who called what, and how it ended: `logs/api.log` in the home, a JSON object a line, four files of 5 MB.

A thread of its own writes a few times a second, so that a slow disk never holds up a call and no call wakes a
thread. Queries, bodies and tokens are not kept.
"""

from __future__ import annotations

import json
import logging
import threading
from collections import deque
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from qntx_desktop.model.clock import iso, now_us

_log = logging.getLogger(__name__)

FILE_BYTES = 5_000_000
OLDER_FILES = 3
GATHER_S = 0.25
AT_ONCE = 200
_quoted = json.encoder.encode_basestring_ascii
MOST_WAITING = 20_000
"""Lines that wait for the disk; beyond it they are counted and dropped."""


class Audit:
    """The log of calls; `close` writes what is left."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lines: deque[tuple[Any, ...]] = deque()
        self._dropped = 0
        self._some = threading.Event()
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._write, name="api-audit", daemon=True)
        self._thread.start()

    def note(self, client: str, method: str, path: str, status: int, duration_ms: float, code: str) -> None:
        """Keep one call; returns at once."""
        if len(self._lines) >= MOST_WAITING:
            self._dropped += 1
            return
        self._lines.append((now_us(), client, method, path, status, duration_ms, code))
        if not self._some.is_set():
            self._some.set()

    def close(self) -> None:
        """Write what is left and end."""
        self._ending.set()
        self._some.set()
        self._thread.join()

    def _write(self) -> None:
        while not self._ending.is_set():
            self._some.wait()
            self._ending.wait(GATHER_S)
            self._some.clear()
            self._drain()
        self._drain()

    def _drain(self) -> None:
        while self._lines:
            batch = [self._lines.popleft() for _ in range(min(len(self._lines), AT_ONCE))]
            self._append("".join(map(_line, batch)))
        if self._dropped:
            self._append(json.dumps({"at": iso(now_us()), "dropped": self._dropped}) + "\n")
            self._dropped = 0

    def _append(self, text: str) -> None:
        try:
            with self._open() as file:
                file.write(text)
        except OSError as error:
            _log.warning("the log of calls cannot be written: %s", error)

    def _open(self) -> IO[str]:
        with suppress(FileNotFoundError):
            if self._path.stat().st_size >= FILE_BYTES:
                for number in range(OLDER_FILES - 1, 0, -1):
                    with suppress(FileNotFoundError):
                        self._older(number).replace(self._older(number + 1))
                self._path.replace(self._older(1))
        self._path.parent.mkdir(parents=True, exist_ok=True)
        return self._path.open("a", encoding="utf-8", errors="backslashreplace")

    def _older(self, number: int) -> Path:
        return self._path.with_name(f"{self._path.name}.{number}")


def _line(entry: tuple[Any, ...]) -> str:
    """An object, put together by hand: there is one for each call."""
    at_us, client, method, path, status, duration_ms, code = entry
    error = f', "error": {_quoted(code)}' if code else ""
    return (
        f'{{"at": "{iso(at_us)}", "client": {_quoted(client)}, "method": {_quoted(method)}, '
        f'"path": {_quoted(path)}, "status": {status}, "ms": {duration_ms:.1f}{error}}}\n'
    )
