"""The writer: one connection that writes, and one turn at it.

`write` and `submit` bring a function; each runs in BEGIN IMMEDIATE, is committed, and then its events are told,
before the next one begins. Whoever waits for its own function anyway and finds the turn free takes it; everybody
else's is done by the thread "store-writer", in the order asked for. Waking that thread and being woken by it would
cost half as much again as the disk.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from queue import SimpleQueue
from typing import Any, TypeVar

from qntx_desktop.model.clock import Clock
from qntx_desktop.model.errors import ErrStoreFault
from qntx_desktop.model.events import Publish
from qntx_desktop.store import inspection
from qntx_desktop.store.faults import translated
from qntx_desktop.store.transaction import TermCache, Tx
from qntx_desktop.store.wal_room import WalRoom

T = TypeVar("T")

_log = logging.getLogger(__name__)
_VERSION_WAIT_S = 0.05
_LOOK_EVERY_S = 0.1


class _Request:
    """A function on its way to the writer; a bare lock, because a Future costs a tenth of a commit."""

    __slots__ = ("done", "error", "result", "work")

    def __init__(self, work: Callable[[Tx], Any]) -> None:
        self.work = work
        self.done = threading.Lock()
        self.done.acquire()
        self.result: Any = None
        self.error: BaseException | None = None

    def finish(self, result: Any, error: BaseException | None) -> None:
        self.result, self.error = result, error
        self.done.release()


class _Promise:
    """The same for a caller that does not wait."""

    __slots__ = ("future", "work")

    def __init__(self, work: Callable[[Tx], Any], future: Future[Any]) -> None:
        self.work = work
        self.future = future

    def finish(self, result: Any, error: BaseException | None) -> None:
        if error is None:
            self.future.set_result(result)
        else:
            self.future.set_exception(error)


class Writer:
    """Owns `connection` from now on."""

    def __init__(self, connection: sqlite3.Connection, path: Path, *, publish: Publish, clock: Clock) -> None:
        self._connection = connection
        self._path = path
        self._file = str(path)
        self._marker = inspection.marker_of(path)
        self._changed_ns = path.stat().st_mtime_ns
        self._looked_at = float("-inf")
        self._publish = publish
        self._clock = clock
        self._terms = TermCache()
        self._room = WalRoom(path)
        self._requests: SimpleQueue[_Request | _Promise | None] = SimpleQueue()
        self._accepting = threading.Lock()
        self._closed = False
        self._turn = threading.Lock()
        self._whose: int | None = None
        self._queued = 0
        self._using = threading.Lock()
        self._version = 0
        self._thread = threading.Thread(target=self._run, name="store-writer", daemon=True)
        self._thread.start()

    def write(self, work: Callable[[Tx], T]) -> T:
        """Run `work` and wait for it; see `Database.write`."""
        if self._take_free_turn():
            try:
                return self._work(work)
            finally:
                self._pass_turn()
        request = _Request(work)
        self._put(request)
        request.done.acquire()
        if request.error is not None:
            try:
                raise request.error
            finally:
                request.error = None  # the traceback holds this frame: break the circle
        result: T = request.result
        return result

    def submit(self, work: Callable[[Tx], T]) -> Future[T]:
        """Run `work` when its turn comes."""
        future: Future[T] = Future()
        future.set_running_or_notify_cancel()  # it cannot be taken back once it is in the queue
        self._put(_Promise(work, future))
        return future

    def data_version(self) -> int:
        """See `Database.data_version`; the last known number while a transaction is under way."""
        if not self._using.acquire(timeout=_VERSION_WAIT_S):
            return self._version
        try:
            if not self._closed:
                self._version = int(self._connection.execute("PRAGMA data_version").fetchone()[0])
                self._keep_marker()
        except sqlite3.Error as error:
            raise translated(error, self._path) from error
        finally:
            self._using.release()
        return self._version

    def close(self) -> None:
        """Do what is in the queue, end the thread, write the log back and close the connection."""
        with self._accepting:
            self._closed = True
            self._requests.put(None)
        self._thread.join()
        with self._turn, self._using:
            self._room.close()
            self._write_back()
            self._connection.close()

    def _take_free_turn(self) -> bool:
        """Take the turn if nobody has it and nothing that was asked for earlier still waits."""
        if self._whose == threading.get_ident():
            raise RuntimeError("the writer cannot wait for itself: use the transaction at hand")
        if not self._turn.acquire(blocking=False):
            return False
        with self._accepting:
            free = not self._queued and not self._closed
        if free:
            self._whose = threading.get_ident()
        else:
            self._turn.release()
        return free

    def _pass_turn(self) -> None:
        self._whose = None
        self._turn.release()

    def _put(self, request: _Request | _Promise) -> None:
        if self._whose == threading.get_ident():
            raise RuntimeError("a transaction cannot ask for another one: use the one at hand")
        with self._accepting:
            if self._closed:
                raise ErrStoreFault("it is closed", str(self._path))
            self._queued += 1
            self._requests.put(request)

    def _run(self) -> None:
        while (request := self._requests.get()) is not None:
            result: Any = None
            error: BaseException | None = None
            self._turn.acquire()
            self._whose = threading.get_ident()
            try:
                result = self._work(request.work)
            except BaseException as trouble:  # noqa: BLE001 - it belongs to the caller, on the caller's thread
                error = trouble
            with self._accepting:
                self._queued -= 1
            self._pass_turn()
            request.finish(result, error)
            del request, result, error

    def _work(self, work: Callable[[Tx], T]) -> T:
        """Do one function whole, in the turn of this thread."""
        try:
            result = self._transact(work)
        except sqlite3.Error as error:
            raise translated(error, self._path) from error
        finally:
            self._keep_marker()
        return result

    def _transact(self, work: Callable[[Tx], T]) -> T:
        connection = self._connection
        with self._using:
            connection.execute("BEGIN IMMEDIATE")
            try:
                self._room.keep()
                tx = Tx(connection, self._clock(), self._terms)
                result = work(tx)
                connection.execute("COMMIT")
            except BaseException:
                self._roll_back()
                raise
            if tx.new_terms:
                self._terms.learn(tx.new_terms)
        for event in tx.events:
            try:
                self._publish(event)
            except Exception:  # noqa: BLE001 - a listener's defect must not undo what is durable
                _log.exception("A listener failed on %s", type(event).__name__)
        return result

    def _roll_back(self) -> None:
        if not self._connection.in_transaction:
            return  # some failures, such as a full disk, have rolled back already
        try:
            self._connection.execute("ROLLBACK")
        except sqlite3.Error:
            _log.exception("The rollback failed")

    def _keep_marker(self) -> None:
        """A write-back, by whichever process, changes the file; the marker must tell how it looks now.

        Another process that closes the store takes the marker away, though it is still open here.

        Looked after ten times a second at most: it costs as much as a page of the log. Whoever asks for
        `data_version` brings it up to date when the writes have ended.
        """
        now = time.monotonic()
        if now - self._looked_at < _LOOK_EVERY_S:
            return
        self._looked_at = now
        try:
            changed = os.stat(self._file).st_mtime_ns  # noqa: PTH116 - Path takes thrice as long
            if changed != self._changed_ns or not self._marker.exists():
                inspection.leave_marker(self._path)
                self._changed_ns = changed
        except OSError as error:
            _log.warning("The marker could not be written: %s", error)

    def _write_back(self) -> None:
        """Copy the log into the database file; when that fails, the log and the marker simply stay."""
        try:
            busy, pages, moved = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if not busy and pages == moved:
                inspection.remove_marker(self._path)
        except (sqlite3.Error, OSError) as error:
            _log.warning("The log could not be written back: %s", error)
