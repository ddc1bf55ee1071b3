"""The writer, the readers and what they promise each other."""

from __future__ import annotations

import logging
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from qntx_desktop.model.attestation import Filter, check_draft
from qntx_desktop.model.errors import (
    ErrDiskFull,
    ErrHomeUnusable,
    ErrStoreBusy,
    ErrStoreFault,
    ErrStoreReadOnly,
)
from qntx_desktop.model.events import Attested, Event, StoreChangedElsewhere
from qntx_desktop.store import attestations
from qntx_desktop.store.database import Database, Tx, open_reader
from tests.store.conftest import Store

DRAFT = check_draft(subjects="alice", predicates="is", contexts="here")


def attest(tx: Tx) -> str:
    return attestations.insert(tx, [DRAFT])[0].id


def total(store: Store) -> int:
    with store.db.read() as connection:
        return attestations.total(connection)


def test_the_settings_that_durability_stands_on(store: Store) -> None:
    def look(tx: Tx) -> list[object]:
        names = ("journal_mode", "synchronous", "foreign_keys")
        return [tx.connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names]

    assert store.db.write(look) == ["wal", 2, 1]


def test_a_write_is_seen_by_readers_and_told_afterwards(store: Store) -> None:
    asid = store.db.write(attest)
    assert total(store) == 1
    assert store.events == [Attested(count=1, last_id=asid, execution_id=None)]


def test_an_exception_rolls_back_drops_events_and_reaches_the_caller(store: Store) -> None:
    def work(tx: Tx) -> None:
        attest(tx)
        raise LookupError("mine")

    with pytest.raises(LookupError, match="mine"):
        store.db.write(work)
    assert total(store) == 0
    assert store.events == []


def test_terms_of_a_rolled_back_write_are_forgotten(store: Store) -> None:
    def work(tx: Tx) -> None:
        attest(tx)
        raise LookupError

    with pytest.raises(LookupError):
        store.db.write(work)
    store.db.write(lambda tx: tx.connection.execute("INSERT INTO term VALUES (1, 2, 'somebody else')"))
    asid = store.db.write(attest)
    with store.db.read() as connection:
        found = attestations.find(connection, Filter(subjects=("alice",), contexts=("HERE",)))
    assert [each.id for each in found] == [asid]


def test_events_come_in_order_and_a_failing_listener_harms_nobody(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[Event] = []

    def listen(event: Event) -> None:
        heard.append(event)
        raise RuntimeError("a listener")

    db = Database.open(path, publish=listen, app_version="1")
    try:
        with caplog.at_level(logging.CRITICAL, logger="qntx_desktop"):
            ids = [db.write(attest) for _ in range(3)]
    finally:
        db.close()
    assert [event.last_id for event in heard if isinstance(event, Attested)] == ids


def test_events_are_told_after_the_commit_and_before_the_caller_goes_on(path: Path) -> None:
    seen: list[int] = []

    def listen(event: Event) -> None:
        with open_reader(path) as connection:
            seen.append(attestations.total(connection))

    db = Database.open(path, publish=listen, app_version="1")
    try:
        db.write(attest)
        assert seen == [1]
        db.submit(attest).result(timeout=10)
        assert seen == [1, 2]
    finally:
        db.close()


def test_one_function_at_a_time_and_its_events_before_the_next(path: Path) -> None:
    inside: list[str] = []
    told: list[str] = []
    busy = threading.Lock()

    def listen(event: Event) -> None:
        assert busy.locked()
        assert isinstance(event, Attested)
        told.append(event.last_id)

    def work(tx: Tx) -> str:
        assert busy.acquire(blocking=False), "two at once"
        inside.append(attest(tx))
        return inside[-1]

    def publish(event: Event) -> None:
        listen(event)
        busy.release()

    def ask() -> None:
        for number in range(25):
            if number % 3:
                db.write(work)
            else:
                db.submit(work)

    db = Database.open(path, publish=publish, app_version="1")
    try:
        threads = [threading.Thread(target=ask) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        db.close()
    assert told == inside
    assert len(inside) == 150


def test_a_write_comes_after_what_was_submitted_before_it(store: Store) -> None:
    order: list[int] = []
    for number in range(200):
        if number % 2:
            store.db.write(lambda _tx, number=number: order.append(number))
        else:
            store.db.submit(lambda _tx, number=number: order.append(number))
    assert order == list(range(200))


def test_the_writer_cannot_wait_for_itself(store: Store) -> None:
    with pytest.raises(RuntimeError, match="wait for itself"):
        store.db.write(lambda tx: store.db.write(attest))
    assert store.db.write(attest)


def test_submitted_writes_are_done_before_closing(opened: Callable[..., Store], path: Path) -> None:
    store = opened()
    futures = [store.db.submit(attest) for _ in range(50)]
    store.db.close()
    assert len({future.result(timeout=0) for future in futures}) == 50
    assert total(opened()) == 50


def test_a_submitted_failure_is_in_the_future(store: Store) -> None:
    future = store.db.submit(lambda tx: tx.connection.execute("SELECT nothing FROM nowhere"))
    assert isinstance(future.exception(timeout=10), ErrStoreFault)


def test_many_threads_write(store: Store) -> None:
    def work() -> None:
        for _ in range(20):
            store.db.write(attest)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert total(store) == 160


def test_closing_twice_is_allowed_and_nothing_works_afterwards(store: Store) -> None:
    store.db.close()
    store.db.close()
    with pytest.raises(ErrStoreFault):
        store.db.write(attest)
    with pytest.raises(ErrStoreFault), store.db.read():
        pytest.fail("a closed store gave a reader")
    assert {each.name for each in store.path.parent.iterdir()} == {"qntx.db"}


def test_a_reader_sees_one_moment(store: Store) -> None:
    with store.db.read() as connection:
        assert attestations.total(connection) == 0
        store.db.write(attest)
        assert attestations.total(connection) == 0
    assert total(store) == 1


def test_a_reader_cannot_write(store: Store) -> None:
    with pytest.raises(ErrStoreReadOnly), store.db.read() as connection:
        connection.execute("DELETE FROM setting")


def test_readers_are_not_tied_to_threads(store: Store) -> None:
    found: list[int] = []
    with store.db.read() as connection:
        thread = threading.Thread(target=lambda: found.append(attestations.total(connection)))
        thread.start()
        thread.join()
    assert found == [0]


def test_a_nested_reader_is_another_connection(store: Store) -> None:
    with store.db.read() as outer, store.db.read() as inner:
        assert outer is not inner


def test_data_version_tells_other_processes_from_ourselves(opened: Callable[..., Store]) -> None:
    ours, theirs = opened(), opened()
    before = ours.db.data_version()
    ours.db.write(attest)
    assert ours.db.data_version() == before
    theirs.db.write(attest)
    assert ours.db.data_version() != before


def test_data_version_does_not_wait_for_a_long_write(store: Store) -> None:
    before = store.db.data_version()
    inside, leave = threading.Event(), threading.Event()

    def work(tx: Tx) -> None:
        inside.set()
        leave.wait(10)

    future = store.db.submit(work)
    assert inside.wait(10)
    assert store.db.data_version() == before
    leave.set()
    future.result(timeout=10)


def test_a_full_disk_is_told_and_gone_when_there_is_room(store: Store) -> None:
    big = check_draft(subjects="s", predicates="p", contexts="c", attributes={"a": "x" * 500_000})

    def cap(tx: Tx) -> None:
        pages = tx.connection.execute("PRAGMA page_count").fetchone()[0]
        tx.connection.execute(f"PRAGMA max_page_count = {pages + 10}")

    store.db.write(cap)
    with pytest.raises(ErrDiskFull) as caught:
        store.db.write(lambda tx: attestations.insert(tx, [big]))
    assert caught.value.retryable
    assert total(store) == 0
    store.db.write(lambda tx: tx.connection.execute("PRAGMA max_page_count = 1000000"))
    store.db.write(lambda tx: attestations.insert(tx, [big]))
    assert total(store) == 1


def test_a_store_that_cannot_be_written_is_told(store: Store) -> None:
    with pytest.raises(ErrStoreReadOnly):
        store.db.write(lambda tx: (tx.connection.execute("PRAGMA query_only = ON"), attest(tx)))
    with pytest.raises(ErrStoreReadOnly):
        store.db.write(attest)


def test_another_writer_for_too_long_is_busy(opened: Callable[..., Store], path: Path) -> None:
    store = opened(busy_timeout_s=0.05)
    other = sqlite3.connect(path, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ErrStoreBusy):
            store.db.write(attest)
        other.execute("ROLLBACK")
    finally:
        other.close()
    assert store.db.write(attest)


def test_a_commit_that_fails_is_rolled_back_and_told(store: Store) -> None:
    def work(tx: Tx) -> None:
        tx.connection.execute("PRAGMA defer_foreign_keys = ON")
        tx.connection.execute("INSERT INTO execution_log VALUES (99, 1, 0, 'info', 'of nobody')")
        tx.emit(StoreChangedElsewhere())

    with pytest.raises(ErrStoreFault):
        store.db.write(work)
    assert store.events == []
    assert store.db.write(attest)


def test_a_home_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ErrHomeUnusable):
        Database.open(tmp_path / "file" / "qntx.db", publish=print, app_version="1")


OPEN_AT_ONCE = """
import sys
from pathlib import Path
from qntx_desktop.store.database import Database
from qntx_desktop.store import attestations
from qntx_desktop.model.attestation import check_draft
sys.stdin.readline()
db = Database.open(Path(sys.argv[1]), publish=lambda event: None, app_version="1")
db.write(lambda tx: attestations.insert(tx, [check_draft(subjects="a", predicates="b", contexts="c")]))
db.close()
"""


def test_processes_that_open_a_fresh_home_at_once_share_one_store(
    path: Path, opened: Callable[..., Store]
) -> None:
    started = [
        subprocess.Popen([sys.executable, "-c", OPEN_AT_ONCE, str(path)], stdin=subprocess.PIPE)
        for _ in range(4)
    ]
    for each in started:
        each.communicate(b"go\n", timeout=60)
    assert [each.returncode for each in started] == [0, 0, 0, 0]
    assert total(opened()) == 4
    assert [each.name for each in path.parent.iterdir() if ".new-" in each.name] == []


def test_the_queue_never_pulls_in_the_heavy_libraries() -> None:
    code = (
        "import sys, qntx_desktop.store.jobs, qntx_desktop.store.database, qntx_desktop.store.handlers;"
        "print([name for name in ('sqlmodel', 'sqlalchemy', 'pydantic') if name in sys.modules])"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert ended.stdout.strip() == "[]"
