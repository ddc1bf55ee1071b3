"""What the whole way of a confined handler is compared with: a queue and two ways to run that do nothing else.

The queue is one table in plain `sqlite3`, every commit synced, one statement to claim and one to complete.
`Alone` starts `python -I -S` for each job, which confines itself and runs the script. `Forked` forks from a bare
server, with one child ahead: the least that a confined run can cost in Python on this machine. Neither has a work
folder, an exit status, messages, limits of time, events, or a record of what ran.
"""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from qntx_desktop.engines.interpreter import compile_sdk, interpreter, sdk_folder
from qntx_desktop.engines.sandbox.confinement.plan import orders
from qntx_desktop.engines.sandbox.confinement.probe import working_layers
from qntx_desktop.engines.sandbox.confinement.system_paths import readable

_TABLE = """
CREATE TABLE jobs(id INTEGER PRIMARY KEY, handler TEXT, payload TEXT, state INTEGER NOT NULL DEFAULT 0,
 priority INTEGER NOT NULL DEFAULT 0, run_at REAL NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0,
 created REAL, finished REAL, result TEXT);
CREATE INDEX ready ON jobs(priority DESC, run_at, id) WHERE state = 0;
"""
_ASK = "INSERT INTO jobs(handler, payload, created) VALUES ('one', '{}', ?)"
_CLAIM = """UPDATE jobs SET state = 1, attempts = attempts + 1 WHERE id = (SELECT id FROM jobs
 WHERE state = 0 AND run_at <= ? ORDER BY priority DESC, run_at, id LIMIT 1) RETURNING id, handler, payload"""
_DONE = "UPDATE jobs SET state = 2, finished = ?, result = ? WHERE id = ? AND state = 1"
_WAIT_S = 120.0


class Way(Protocol):
    """How one worker runs a job."""

    def run(self, code: str) -> bytes:
        """Run a script to its end; what it printed."""

    def close(self) -> None:
        """Give everything back."""


def command(work: str, *more: str) -> list[str]:
    """A bare interpreter that knows how to confine itself, and what it does."""
    layers = working_layers()
    said = orders(read=readable(interpreter()), write=(), layers=layers, work_dir=os.devnull)
    compile_sdk()
    folders = [str(sdk_folder() / "qntx"), str(Path(__file__).parent)]
    text = f"import sys; sys.path[:0] = {folders}; import confined_bare; confined_bare.{work}(*sys.argv[1:])"
    return [interpreter(), "-I", "-S", "-c", text, json.dumps(said), *more]


class Alone:
    """A process of its own for each job, started anew."""

    def __init__(self) -> None:
        self._command = command("run")

    def run(self, code: str) -> bytes:
        """Run a script to its end; what it printed."""
        words = [*self._command, code]
        return subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=True).stdout

    def close(self) -> None:
        """There is nothing."""


class Forked:
    """A bare fork server of its own for each worker, with one child that waits, confined."""

    def __init__(self) -> None:
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(command("serve", str(theirs.fileno())), pass_fds=[theirs.fileno()])
        self._next = self._new()

    def _new(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(self._control, [b"f"], [theirs.fileno()])
        return ours

    def run(self, code: str) -> bytes:
        """Run a script to its end; what it printed."""
        with self._next as child:
            child.recv(64)
            child.sendall(code.encode())
            printed = b""
            while chunk := child.recv(1 << 16):
                printed += chunk
        self._next = self._new()
        return printed

    def close(self) -> None:
        """End the server."""
        self._next.close()
        self._control.close()
        self._process.wait()


class Nothing:
    """Runs nothing: what the queue alone costs."""

    def run(self, code: str) -> bytes:
        """The script itself."""
        return code.encode()

    def close(self) -> None:
        """There is nothing."""


class BareChain:
    """The queue with some workers, each with a way of its own."""

    def __init__(self, file: Path, make: Callable[[], Way], workers: int, code: str, says: str) -> None:
        self._file = file
        self._code, self._says = code, (code if make is Nothing else says).encode()
        self._asked = threading.Semaphore(0)
        self._ended = threading.Semaphore(0)
        self._closing = False
        self._trouble: BaseException | None = None
        self._own = self._connect()
        self._own.executescript(_TABLE)
        self._threads = [threading.Thread(target=self._work, args=[make]) for _ in range(workers)]
        for thread in self._threads:
            thread.start()

    def ask(self, number: int) -> None:
        """Ask for runs and wait for the last end that is durable."""
        for _ in range(number):
            self._own.execute(_ASK, [time.time()])
            self._asked.release()
        for _ in range(number):
            if not self._ended.acquire(timeout=_WAIT_S) or self._trouble is not None:
                raise SystemExit(f"a bare worker went wrong: {self._trouble}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing = True
        for _ in self._threads:
            self._asked.release()
        for thread in self._threads:
            thread.join()
        self._own.close()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._file, isolation_level=None, timeout=30)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        return connection

    def _work(self, make: Callable[[], Way]) -> None:
        try:
            self._work_off(make)
        except BaseException as error:  # noqa: BLE001 - told by `ask`
            self._trouble = error
            self._ended.release()

    def _work_off(self, make: Callable[[], Way]) -> None:
        connection, way = self._connect(), make()
        try:
            while self._asked.acquire() and not self._closing:
                number, _, _ = connection.execute(_CLAIM, [time.time()]).fetchone()
                printed = way.run(self._code)
                if printed != self._says:
                    raise ValueError(f"a bare run said {printed!r}")
                connection.execute(_DONE, [time.time(), printed.decode(), number])
                self._ended.release()
        finally:
            way.close()
            connection.close()
