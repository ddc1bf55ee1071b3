"""The git process: reads requests from stdin, a line each, and answers on stdout until stdin ends.

A process of its own, because unpacking is long work in Python and what a server sends may be made to do harm. It
has bounds on memory and file size, a home that does not exist, and ends with the app: stdin ends then.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import queue
import sys
import threading
import time
from typing import Any

IDLE_S = 60.0
HEAP_BYTES = 768 << 20
ADDRESS_BYTES = 3 << 30
FILE_BYTES = 2 << 30
TOLD_EVERY_S = 0.2


def main() -> None:
    """Serve until stdin ends or nobody has asked for a minute. Never returns."""
    _bound()
    requests: queue.SimpleQueue[str] = queue.SimpleQueue()
    # A thread that sees the end of stdin at once, also in the middle of work: then nobody waits for it any more.
    threading.Thread(target=_read, args=(requests,), daemon=True).start()
    with contextlib.suppress(queue.Empty):
        while True:
            line = requests.get(timeout=IDLE_S)
            _say(_answered(json.loads(line)))
    os._exit(0)


def _read(requests: queue.SimpleQueue[str]) -> None:
    for line in sys.stdin:
        requests.put(line)
    os._exit(0)


def _answered(request: dict[str, Any]) -> dict[str, Any]:
    from qntx_desktop.engines.git.trouble import (
        TroubleError,
    )  # late: the first request waits for it, not the start

    try:
        if request["ask"] == "history":
            from qntx_desktop.engines.git.history import history

            return {"done": history(request, _Teller())}
        from qntx_desktop.engines.git.fetching import answer

        return {"done": answer(request, _Teller())}
    except TroubleError as trouble:
        return {"trouble": trouble.to_json()}
    except MemoryError:
        return {"trouble": TroubleError("memory").to_json()}
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        reason = "disk_full" if full else "damaged"
        text = "" if full else f"A file cannot be written: {error.strerror}"
        return {"trouble": TroubleError(reason, text, folder=str(request.get("parent", ""))).to_json()}
    except Exception as error:  # noqa: BLE001 - what a library says of hostile input is not repeated, it may hold anything
        return {"trouble": TroubleError(_reason(error), kind=type(error).__name__).to_json()}


def _reason(error: Exception) -> str:
    name = type(error).__name__
    if name in ("HangupException", "ConnectionResetError", "IncompleteRead"):
        return "cut"
    if name in ("GitProtocolError", "NotGitRepository", "UnexpectedCommandError"):
        return "protocol"
    return "damaged"


class _Teller:
    """Tells how far it is, a few times a second."""

    def __init__(self) -> None:
        self._told_at = 0.0

    def __call__(self, current: float, total: float | None, message: str) -> None:
        if time.monotonic() - self._told_at >= TOLD_EVERY_S:
            self._told_at = time.monotonic()
            _say({"progress": [current, total, message]})

    def send(self, message: dict[str, Any]) -> None:
        """Say something that is not the last word; waits while nobody listens."""
        _say(message)


def _say(message: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def _bound() -> None:
    if sys.platform == "win32":
        return
    import resource
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # writing on fails with an error instead
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the app decides
    for what, most in (
        (resource.RLIMIT_DATA, HEAP_BYTES),
        (resource.RLIMIT_AS, ADDRESS_BYTES),  # more, because packs are mapped
        (resource.RLIMIT_FSIZE, FILE_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


if __name__ == "__main__":
    main()
