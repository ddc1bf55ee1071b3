"""The app's own log: `logs/qntx.log` in the home, five files of one megabyte.

Any thread. Nobody logs secrets, code or what handlers print; that belongs to executions.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from pathlib import Path

from qntx_desktop.app.paths import Home

FILES = 5
FILE_BYTES = 1_000_000
_FORMAT = "%(asctime)s %(levelname)s %(process)d %(threadName)s %(name)s: %(message)s"


def open_log(home: Home, *, verbose: bool = False) -> logging.Handler:
    """Send everything the app logs to the home's log file.

    Args:
        verbose: Also debug lines.

    Returns:
        The handler, for `close_log`.
    """
    handler: logging.Handler
    try:
        home.logs.mkdir(parents=True, exist_ok=True)
        handler = _quiet_file(home.logs / "qntx.log")
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter(_FORMAT))
    root = logging.getLogger("qntx_desktop")
    root.setLevel(logging.DEBUG if verbose else logging.INFO)
    root.addHandler(handler)
    return handler


def _quiet_file(path: Path) -> logging.Handler:
    from logging.handlers import RotatingFileHandler  # late: brings sockets in, and the first paint would wait

    class QuietFile(RotatingFileHandler):
        """A log that cannot be written (full disk, read-only home) must not print over the person's terminal."""

        def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
            """Drop the record."""

        def close(self) -> None:
            """Let go of the file; lines that found no room are lost, and that must not hide how the call ended."""
            with suppress(OSError):
                super().close()

    # delay: a process that logs nothing opens no file.
    return QuietFile(path, maxBytes=FILE_BYTES, backupCount=FILES - 1, encoding="utf-8", delay=True)


def close_log(handler: logging.Handler) -> None:
    """End what `open_log` began."""
    logging.getLogger("qntx_desktop").removeHandler(handler)
    handler.close()


def record_crash(home: Home, text: str) -> bool:
    """Keep the traceback of a defect, if the home exists and can be written.

    Returns:
        Whether it stands in the log now.
    """
    if not home.is_there:
        return False
    try:
        home.logs.mkdir(exist_ok=True)
        with (home.logs / "qntx.log").open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"{text.rstrip()}\n")
    except OSError:
        return False
    return True
