"""The database: one writer, readers by check-out, events after commit. Hides: sqlite3 connections.

Writes are functions that get a `Tx` and run one after the other, in the order asked for, each in a transaction of
its own that is on the disk when the caller goes on: on the caller's thread or on "store-writer", see `writer`. Any
thread may call `write`, `read`, `submit` and `data_version`, but not from within a write, and, because they block,
not the GUI's.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TypeVar

from qntx_desktop.model.clock import Clock, now_us
from qntx_desktop.model.errors import ErrHomeUnusable, ErrStoreFault
from qntx_desktop.model.events import Publish
from qntx_desktop.store import backups, creation, inspection, migrate, on_disk
from qntx_desktop.store.faults import translated
from qntx_desktop.store.readers import Readers
from qntx_desktop.store.transaction import Tx
from qntx_desktop.store.writer import Writer

__all__ = ["Database", "Tx", "open_reader"]

T = TypeVar("T")

_CACHE_KIB = 16_384
"""What a process that runs for weeks holds for it; the system keeps the file in memory besides."""
_WAL_KEPT_BYTES = 64 << 20
_WRITE_BACK_PAGES = 16_000


class Database:
    """An open store. Made by `open`, ended by `close`."""

    def __init__(self, path: Path, writer: Writer, readers: Readers) -> None:
        self.path = path
        self._writer = writer
        self._readers = readers
        self._closing = threading.Lock()
        self._closed = False

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        publish: Publish,
        app_version: str,
        clock: Clock = now_us,
        busy_timeout_s: float = 10.0,
    ) -> Database:
        """Check, make or migrate the database at `path`, and start its writer.

        Args:
            path: The file; made when there is none, and never when only its `-wal` is there.
            publish: Called for each event, in order, after its commit and before the next write.
            app_version: Noted in the database when the schema is written, and in the names of backups.
            clock: Gives the moment of each transaction.
            busy_timeout_s: How long to wait for another process that writes.

        Raises:
            ErrStoreCorrupt, ErrStoreNewer, ErrStoreReadOnly, ErrDiskFull, ErrStoreBusy, ErrHomeUnusable: Nothing
                was changed then, except that steps of a migration that were finished stay.
        """
        _make_folder(path)
        try:
            connection = _opened(path, app_version, clock, busy_timeout_s)
        except (sqlite3.Error, OSError) as error:
            raise translated(error, path) from error
        readers = Readers(path, busy_timeout_s)
        writer = Writer(connection, path, publish=publish, clock=clock)
        return cls(path, writer, readers)

    def write(self, work: Callable[[Tx], T]) -> T:
        """Run `work` in a transaction on the writer and wait until it is durable.

        Returns:
            What `work` returned.

        Raises:
            Exception: Whatever `work` raised, after a rollback.
            ErrStoreBusy, ErrDiskFull, ErrStoreReadOnly, ErrStoreCorrupt, ErrStoreFault: Nothing was stored.
        """
        return self._writer.write(work)

    def submit(self, work: Callable[[Tx], T]) -> Future[T]:
        """Like `write`, without waiting."""
        return self._writer.submit(work)

    def read(self) -> AbstractContextManager[sqlite3.Connection]:
        """A short read transaction: one moment of the store for as long as the block lasts."""
        return self._readers.reading()

    def data_version(self) -> int:
        """A number that changes when another process commits, and never by this one's own writes."""
        return self._writer.data_version()

    def change_number(self) -> int:
        """A number that changes with every commit, of this process and of others; for answers that are kept."""
        return self._readers.change_number()

    def close(self) -> None:
        """Finish what was asked for, write everything back into the file and let go of it."""
        with self._closing:
            if self._closed:
                return
            self._closed = True
        self._readers.close()
        self._writer.close()


@contextmanager
def open_reader(path: Path, *, busy_timeout_s: float = 10.0) -> Iterator[sqlite3.Connection]:
    """A connection for callers that only read: no writer thread, no migration, works in a read-only home.

    Raises:
        ErrStoreCorrupt, ErrStoreNewer, ErrStoreBusy: As `Database.open`.
        ErrHomeUnusable: There is no store yet.
        ErrStoreFault: The store is of an older version of the app and must be opened for writing once.
    """
    try:
        inspection.refuse_orphan_wal(path)
        if not path.exists():
            raise ErrHomeUnusable(str(path.parent), "there is no store in it yet")
        known = migrate.known_version()
        if inspection.inspect(path, known=known) < known:
            raise ErrStoreFault(
                "it was made by an older version of the app and must be opened for writing", str(path)
            )
        connection = inspection.open_read_only(path, busy_timeout_s=busy_timeout_s)
        try:
            connection.execute("BEGIN")
            yield connection
        finally:
            connection.close()
    except (sqlite3.Error, OSError) as error:
        raise translated(error, path) from error


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ErrHomeUnusable(str(path.parent), error.strerror or str(error)) from error


def _opened(path: Path, app_version: str, clock: Clock, busy_timeout_s: float) -> sqlite3.Connection:
    inspection.refuse_orphan_wal(path)
    if not path.exists():
        creation.create(path, app_version=app_version, clock=clock)
    inspection.inspect(path, known=migrate.known_version())
    for each in (path, *on_disk.logs_of(path), *backups.every(path)):
        on_disk.keep_private(each)  # earlier versions of the app left it to the usual mode of a file
    connection = sqlite3.connect(
        backups.file_uri(path, "mode=rw"),
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=busy_timeout_s,
        cached_statements=512,
    )
    try:
        _prepare(connection, path, app_version, clock)
        inspection.leave_marker(path)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection, path: Path, app_version: str, clock: Clock) -> None:
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "recursive_triggers=ON",  # else REPLACE would delete from the ledger without asking its triggers
        "temp_store=MEMORY",
        f"cache_size=-{_CACHE_KIB}",
        f"wal_autocheckpoint={_WRITE_BACK_PAGES}",
        f"journal_size_limit={_WAL_KEPT_BYTES}",
    ):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    connection.execute("BEGIN IMMEDIATE")  # finds out now whether the store can be written
    connection.execute("ROLLBACK")
    migrate.migrate(connection, path, app_version=app_version, clock=clock)
