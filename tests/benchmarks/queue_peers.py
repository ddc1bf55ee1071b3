"""Other queues doing the same on the same disk: `python -m tests.benchmarks.queue_peers NAME FOLDER JOBS`.

Each in a process of its own, since they bring threads and settings along. Prints one JSON document. They come with
the dependency group `benchmarks`, which nothing else needs; the benchmark says which of them are missing.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

PEERS = {"huey": "huey", "persist-queue": "persistqueue", "APScheduler 3": "apscheduler", "DBOS": "dbos"}
"""The name of each peer, and the module that tells whether it is there."""

WAIT_S = 120.0


class Tally:
    """Counts finished jobs."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._left = 0
        self.done = threading.Event()
        self.waits_s: list[float] = []

    def expect(self, number: int) -> None:
        """Begin to count."""
        self._left = number
        self.done.clear()

    def hit(self, asked_at: float | None = None) -> None:
        """One job ran; `asked_at` tells how long it waited."""
        with self._guard:
            self._left -= 1
            if asked_at is not None:
                self.waits_s.append(time.time() - asked_at)
            if self._left <= 0:
                self.done.set()


TALLY = Tally()


def huey(folder: Path, jobs: int) -> dict[str, Any]:
    """`SqliteHuey` with `fsync=True`, one thread; keeps no history."""
    from huey import SqliteHuey

    app = SqliteHuey("queue", filename=str(folder / "huey.db"), results=False, fsync=True)

    @app.task()
    def noop(asked_at: float | None = None) -> None:
        TALLY.hit(asked_at)

    for _ in range(jobs):
        noop()
    TALLY.expect(jobs)
    consumer = app.create_consumer(workers=1, worker_type="thread", check_worker_health=False)
    began = time.perf_counter()
    consumer.start()
    _wait()
    rate = jobs / (time.perf_counter() - began)
    time.sleep(2)
    TALLY.waits_s.clear()
    for _ in range(40):
        TALLY.expect(1)
        noop(time.time())
        _wait()
        time.sleep(0.05)
    consumer.stop(graceful=True)
    return {"rate": rate, "waits_ms": [each * 1000 for each in TALLY.waits_s]}


def persist_queue(folder: Path, jobs: int) -> dict[str, Any]:
    """`SQLiteAckQueue`: get and acknowledge."""
    import persistqueue

    queue = persistqueue.SQLiteAckQueue(str(folder / "persist"), multithreading=True)
    for _ in range(jobs):
        queue.put("{}")
    began = time.perf_counter()
    for _ in range(jobs):
        queue.ack(queue.get())
    return {"rate": jobs / (time.perf_counter() - began)}


def apscheduler(folder: Path, jobs: int) -> dict[str, Any]:
    """APScheduler 3 with its SQLAlchemy store and ten threads."""
    from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
    from apscheduler.schedulers.background import BackgroundScheduler

    store = SQLAlchemyJobStore(url=f"sqlite:///{folder / 'aps.db'}")
    scheduler = BackgroundScheduler(jobstores={"default": store}, job_defaults={"misfire_grace_time": None})
    scheduler.start(paused=True)
    for _ in range(jobs):
        scheduler.add_job(_noop)
    TALLY.expect(jobs)
    began = time.perf_counter()
    scheduler.resume()
    _wait()
    rate = jobs / (time.perf_counter() - began)
    scheduler.shutdown()
    return {"rate": rate}


def dbos(folder: Path, jobs: int) -> dict[str, Any]:
    """DBOS on SQLite, its queue polled every 10 ms; from the first request to the last start."""
    from dbos import DBOS

    url = f"sqlite:///{folder / 'dbos.db'}"
    settings = {"name": "bench", "system_database_url": url, "log_level": "ERROR", "run_admin_server": False}
    DBOS(config=settings)

    @DBOS.workflow()
    def noop() -> None:
        TALLY.hit()

    DBOS.launch()
    DBOS.register_queue("queue", polling_interval_sec=0.01)
    queue = DBOS.retrieve_queue("queue")
    TALLY.expect(jobs)
    began = time.perf_counter()
    for _ in range(jobs):
        queue.enqueue(noop)
    _wait()
    return {"rate": jobs / (time.perf_counter() - began)}


def _noop() -> None:
    """APScheduler finds its jobs by name, in the module as it was imported, not as it was started."""
    sys.modules["__main__"].TALLY.hit()


def _wait() -> None:
    if not TALLY.done.wait(WAIT_S):
        raise SystemExit("it never came to an end")


RUNS: dict[str, Callable[[Path, int], dict[str, Any]]] = {
    "huey": huey,
    "persist-queue": persist_queue,
    "APScheduler 3": apscheduler,
    "DBOS": dbos,
}

if __name__ == "__main__":
    answer = RUNS[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
    print(json.dumps(answer), flush=True)
    os._exit(0)  # some of them leave threads that never end
