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

    def _take(self) -> sqlite3.Connection:
        with self._lock:
            if self._closed:
                raise ErrStoreFault("it is closed", str(self._path))
            if self._free:
                return self._free.pop()
        return inspection.open_read_only(self._path, busy_timeout_s=self._busy_timeout_s)

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
