"""`run`: the process of a plugin, from its command line to its end.

Main thread. What the plugin logs goes to stderr as JSON lines, which the host reads with their level; what it
prints is left as it is.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import signal
import sys
import threading
from collections.abc import Sequence
from datetime import UTC, datetime

from qntx_desktop.plugin_sdk.errors import PluginError
from qntx_desktop.plugin_sdk.plugin import Plugin
from qntx_desktop.plugin_sdk.serving import Serving

GRACE_S = 2.0
"""What runs may take so long to end after the host said that it is over; the host waits a little longer."""
_LEVELS = {"DEBUG": "debug", "INFO": "info", "WARNING": "warn", "ERROR": "error", "CRITICAL": "error"}


def run(plugin: type[Plugin] | Plugin, argv: Sequence[str] | None = None) -> None:
    """Serve a plugin until its host ends it; call it as the last line of the program.

    Args:
        plugin: The class, or an instance.
        argv: The words after the program's name; else those of this process. `--port N` is what hosts give.

    Raises:
        SystemExit: It is over: 0 after a shutdown, 1 if something did not end, 2 for a plugin or a call that
            cannot work.
    """
    kind = plugin if isinstance(plugin, type) else type(plugin)
    asked = _read(kind, sys.argv[1:] if argv is None else argv)
    _log_as_json()
    over = threading.Event()
    try:
        made = plugin() if isinstance(plugin, type) else plugin
        serving = Serving(made, asked.port, over.set)
    except PluginError as error:
        logging.getLogger("plugin").error("%s", error)
        raise SystemExit(2) from None
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: over.set())
    if serving.port != asked.port:
        sys.stdout.write(f"QNTX_PLUGIN_PORT={serving.port}\n")
        sys.stdout.flush()
    while not over.wait(1.0):  # in pieces, so that a signal is heard on every platform
        pass
    _leave(serving.close(GRACE_S))


def _leave(well: bool) -> None:
    """End the process; a thread that does not end would keep it for good."""
    sys.stdout.flush()
    sys.stderr.flush()
    if not well:
        logging.getLogger("plugin").warning("A job did not end in %s s; the process ends without it.", GRACE_S)
        os._exit(1)
    raise SystemExit(0)


def _read(kind: type[Plugin], argv: Sequence[str]) -> argparse.Namespace:
    reader = argparse.ArgumentParser(prog=kind.name or None, description=kind.description or None)
    reader.add_argument("--port", type=int, default=0, metavar="N", help="the port to take; 0 for any")
    reader.add_argument("--version", action="version", version=f"{kind.name} {kind.version}")
    return reader.parse_known_args(argv)[0]  # hosts may give more than this SDK knows


def _log_as_json() -> None:
    shown = logging.StreamHandler(sys.stderr)
    shown.setFormatter(_JsonLines())
    root = logging.getLogger()
    root.addHandler(shown)
    root.setLevel(logging.INFO)
    logging.getLogger("plugin").setLevel(logging.DEBUG)


class _JsonLines(logging.Formatter):
    """One JSON object a line: `time`, `level`, `message`, and what was given beside it."""

    def format(self, record: logging.LogRecord) -> str:
        """A record as one line."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {
            "time": moment.replace("+00:00", "Z"),
            "level": _LEVELS.get(record.levelname, "info"),
            "message": record.getMessage(),
            **getattr(record, "qntx", {}),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)
