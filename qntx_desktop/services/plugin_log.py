"""What a plugin writes: the newest lines in memory, all of them in a file of its own that is bounded.

Filled by the thread that reads the plugin's output, read by any. A line of JSON with a `level` keeps it.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from qntx_desktop.model.clock import iso, now_us
from qntx_desktop.model.plugin import PluginLine

_log = logging.getLogger(__name__)

KEPT_LINES = 200
FILE_BYTES = 8 << 20
"""A file that is longer makes room: it becomes the older one, of which there is one."""
TOLD_EVERY_S = 0.2
_LEVELS = {"trace": "debug", "warn": "warning", "fatal": "error", "critical": "error", "panic": "error"}
_KNOWN = ("debug", "info", "warning", "error")


def log_path(logs: Path, name: str) -> Path:
    """Where the lines of a plugin are kept."""
    return logs / f"plugin-{name}.log"


class PluginLog:
    """The lines of one plugin.

    Args:
        tell: Called when there are new lines, a few times a second at most.
    """

    def __init__(self, name: str, path: Path, tell: Callable[[], None]) -> None:
        self._name = name
        self._path = path
        self._tell = tell
        self._lock = threading.Lock()
        self._lines: deque[PluginLine] = deque(maxlen=KEPT_LINES)
        self._seq = 0
        self._untold = False
        self._told_at = float("-inf")
        self._file: TextIO | None = None
        self._broken = False

    def add(self, stream: str, text: str) -> None:
        """Keep a line."""
        with self._lock:
            self._seq += 1
            line = PluginLine(
                plugin=self._name,
                seq=self._seq,
                at_us=now_us(),
                stream=stream,
                level=_level(text, stream),
                text=text,
            )
            self._lines.append(line)
            self._untold = True
            self._write(line)

    def settle(self) -> bool:
        """Say that there are new lines, if it is time to.

        Returns:
            Whether some are not told yet; it then must be called again soon.
        """
        with self._lock:
            if not self._untold or time.monotonic() - self._told_at < TOLD_EVERY_S:
                return self._untold
            self._untold, self._told_at = False, time.monotonic()
        self._tell()
        return False

    def lines(self, after_seq: int = 0) -> tuple[PluginLine, ...]:
        """The newest lines, oldest first; `after_seq` continues."""
        with self._lock:
            return tuple(line for line in self._lines if line.seq > after_seq)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._file is not None:
                self._file.close()
                self._file = None

    def _write(self, line: PluginLine) -> None:
        try:
            if self._file is None:
                self._file = self._path.open("a", encoding="utf-8", errors="backslashreplace")
            self._file.write(f"{iso(line.at_us)} {line.level} {line.stream} {line.text}\n")
            self._file.flush()
            if self._file.tell() > FILE_BYTES:
                self._file.close()
                self._file = None
                self._path.replace(self._path.with_suffix(".log.1"))
        except OSError as error:  # a full disk must not stop the plugin; its lines stay in memory
            if not self._broken:
                _log.warning("the log of plugin %s cannot be written: %s", self._name, error)
            self._broken = True


def read_log(logs: Path, name: str, limit: int) -> tuple[PluginLine, ...]:
    """The newest lines of a plugin's files, oldest first; for processes that do not run it."""
    path = log_path(logs, name)
    texts: list[str] = []
    for each in (path.with_suffix(".log.1"), path):
        try:
            texts += each.read_text("utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            continue
    found = [_line_of(name, seq, text) for seq, text in enumerate(texts, start=1)]
    return tuple(line for line in found if line is not None)[-limit:]


def _line_of(name: str, seq: int, text: str) -> PluginLine | None:
    parts = text.split(" ", 3)
    if len(parts) != 4:
        return None
    try:
        at_us = round(datetime.fromisoformat(parts[0]).astimezone(UTC).timestamp() * 1_000_000)
    except ValueError:
        return None
    return PluginLine(plugin=name, seq=seq, at_us=at_us, level=parts[1], stream=parts[2], text=parts[3])


def _level(text: str, stream: str) -> str:
    usual = "info" if stream == "stdout" else "warning"
    if not text.startswith("{") or '"level"' not in text:
        return usual
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return usual
    level = str(said.get("level", "")).lower() if isinstance(said, dict) else ""
    level = _LEVELS.get(level, level)
    return level if level in _KNOWN else usual
