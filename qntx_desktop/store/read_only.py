"""A store for calls that only read: no writer thread, and nothing is made where nothing is.

Any thread. What is asked of a home without a store is answered from an empty one in memory.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import NoReturn, TypeVar

from qntx_desktop.model.clock import now_us
from qntx_desktop.model.errors import ErrStoreReadOnly
from qntx_desktop.model.events import Event
from qntx_desktop.store import inspection, migrate
from qntx_desktop.store.database import Database, Tx
from qntx_desktop.store.faults import translated
from qntx_desktop.store.readers import Readers

T = TypeVar("T")

_BUSY_TIMEOUT_S = 10.0


class ReadOnlyDatabase(Database):
    """Looks like an open store to whoever reads; refuses to write."""

    def __init__(self, path: Path, readers: Readers | None) -> None:
        self.path = path
        self._readers_or_none = readers
        self._empty: sqlite3.Connection | None = None

    @classmethod
    def open_reading(cls, path: Path, *, app_version: str) -> ReadOnlyDatabase:
        """Check the database at `path`, if there is one; bring it to this version's schema if it is older.

        Raises:
            ErrStoreCorrupt, ErrStoreNewer, ErrStoreBusy, ErrStoreReadOnly, ErrStoreFault: As `Database.open`.
        """
        try:
            inspection.refuse_orphan_wal(path)
            if not path.exists():
                return cls(path, None)
            known = migrate.known_version()
            if inspection.inspect(path, known=known) < known:
                Database.open(path, publish=_unheard, app_version=app_version).close()
        except (sqlite3.Error, OSError) as error:
            raise translated(error, path) from error
        return cls(path, Readers(path, _BUSY_TIMEOUT_S))

    def read(self) -> AbstractContextManager[sqlite3.Connection]:
        """A short read transaction."""
        return self._readers_or_none.reading() if self._readers_or_none else self._reading_nothing()

    def write(self, work: Callable[[Tx], T]) -> NoReturn:
        """Refuse.

        Raises:
            ErrStoreReadOnly: Always.
        """
        raise ErrStoreReadOnly(str(self.path))

    def submit(self, work: Callable[[Tx], T]) -> Future[T]:
        """Refuse, through the future."""
        refused: Future[T] = Future()
        refused.set_exception(ErrStoreReadOnly(str(self.path)))
        return refused

    def data_version(self) -> int:
        """Always 0: nobody who only reads once waits for changes."""
        return 0

    def close(self) -> None:
        """Let go of the connections; calling it twice is allowed."""
        if self._readers_or_none is not None:
            self._readers_or_none.close()
        if self._empty is not None:
            self._empty.close()
            self._empty = None

    @contextmanager
    def _reading_nothing(self) -> Iterator[sqlite3.Connection]:
        if self._empty is None:
            self._empty = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
            migrate.migrate(self._empty, self.path, app_version="", clock=now_us)
        yield self._empty


def _unheard(_event: Event) -> None:
    """Nobody listens while a store is only brought up to date."""
