"""Read connections, handed out one by one and taken back: none is ever tied to a thread.

Any thread.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qntx_desktop.model.errors import ErrStoreFault
from qntx_desktop.store import inspection
from qntx_desktop.store.faults import translated

_KEPT = 8


class Readers:
    """The read connections of one open database."""

    def __init__(self, path: Path, busy_timeout_s: float) -> None:
        self._path = path
        self._busy_timeout_s = busy_timeout_s
        self._lock = threading.Lock()
        self._free: list[sqlite3.Connection] = []
        self._closed = False
        self._counting = threading.Lock()
        self._counter: sqlite3.Connection | None = None

    def change_number(self) -> int:
        """A number that changes with each commit, this process's own too; costs a few microseconds.

        Raises:
            QntxError: The store cannot be read.
        """
        try:
            with self._counting:
                if self._counter is None:
                    with self._lock:
                        self._refuse_closed()
                    self._counter = inspection.open_read_only(self._path, busy_timeout_s=self._busy_timeout_s)
                return int(self._counter.execute("PRAGMA data_version").fetchone()[0])
        except sqlite3.Error as error:
            raise translated(error, self._path) from error

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection inside a read transaction, given back at the end of the block."""
        try:
            connection = self._take()
            try:
                connection.execute("BEGIN")
                yield connection
            finally:
                self._give_back(connection)
        except sqlite3.Error as error:
            raise translated(error, self._path) from error

    def close(self) -> None:
        """Close what is free; what is lent is closed when it comes back."""
        with self._lock:
            self._closed = True
            free, self._free = self._free, []
        for connection in free:
            connection.close()
        with self._counting:
            if self._counter is not None:
                self._counter.close()
                self._counter = None

    def _take(self) -> sqlite3.Connection:
        with self._lock:
            self._refuse_closed()
            if self._free:
                return self._free.pop()
        return inspection.open_read_only(self._path, busy_timeout_s=self._busy_timeout_s)

    def _refuse_closed(self) -> None:
        if self._closed:
            raise ErrStoreFault("it is closed", str(self._path))

    def _give_back(self, connection: sqlite3.Connection) -> None:
        try:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        except sqlite3.Error:
            connection.close()
            raise
        with self._lock:
            keep = not self._closed and len(self._free) < _KEPT
            if keep:
                self._free.append(connection)
        if not keep:
            connection.close()
