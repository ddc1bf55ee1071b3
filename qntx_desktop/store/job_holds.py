"""Jobs that a limit of their handler holds back until a moment, and what was spent under a limit.

Functions that take a `Tx` run in a write transaction, the rest on any connection.
"""

from __future__ import annotations

import sqlite3

from qntx_desktop.model.events import JobChanged
from qntx_desktop.model.job import Job, JobStatus
from qntx_desktop.model.limit import Hold
from qntx_desktop.store.job_changes import change
from qntx_desktop.store.job_rows import COLUMNS, job_of
from qntx_desktop.store.transaction import Tx


def hold_back(tx: Tx, job: Job, hold: Hold) -> None:
    """Put a job that was taken back, as if it had not been, and let it and all like it wait.

    Each waits until its own turn: `hold.at_once` of them in each stretch of `hold.stretch_us`, in the order in
    which they would be claimed, behind those that wait already. Only `job` is told as an event; views read again.
    """
    back = {"status": str(JobStatus.PENDING), "process_instance_id": None, "started_at_us": None}
    change(tx, job, {**back, "attempt": job.attempt - 1}, tell=False)
    behind = tx.connection.execute(
        "SELECT max(waiting_until_us) FROM job_queue WHERE waiting_until_us IS NOT NULL AND limit_key = ?",
        (job.limit_key,),
    ).fetchone()[0]
    first_us = max(hold.until_us, behind or 0)
    tx.connection.execute(
        """UPDATE job_queue SET waiting_code = ?, waiting_message = ?, waiting_until_us = turn.until_us
            FROM (SELECT id, ? + (row_number() OVER (ORDER BY priority DESC, id) - 1) / ? * ? AS until_us
                FROM job_queue WHERE status = 'pending' AND waiting_code IS NULL AND limit_key IS NOT NULL
                AND limit_key = ?) AS turn
            WHERE job_queue.id = turn.id""",
        (str(hold.code), hold.message, first_us, hold.at_once, hold.stretch_us, job.limit_key),
    )
    row = tx.connection.execute(f"SELECT {COLUMNS} FROM job_queue WHERE id = ?", (job.id,)).fetchone()
    tx.emit(JobChanged(job=job_of(row)))


def next_release_us(connection: sqlite3.Connection) -> int | None:
    """When the first job that waits for a moment has waited long enough; None when none does."""
    row = connection.execute("SELECT min(waiting_until_us) FROM job_queue WHERE waiting_until_us IS NOT NULL")
    found: int | None = row.fetchone()[0]
    return found


def release_held(tx: Tx, *, all_of_them: bool = False) -> int:
    """Let those whose moment has come be claimed again, or all: their limits are looked at anew.

    Returns:
        How many. The first of them is told as an event.
    """
    up_to_us = (1 << 62) if all_of_them else tx.now_us
    rows = tx.connection.execute(
        f"""UPDATE job_queue SET waiting_code = NULL, waiting_message = '', waiting_until_us = NULL
            WHERE status = 'pending' AND waiting_until_us IS NOT NULL AND waiting_until_us <= ?
            RETURNING {COLUMNS}""",
        (up_to_us,),
    ).fetchall()
    if rows:
        tx.emit(JobChanged(job=job_of(min(rows, key=lambda row: int(row[0])))))
    return len(rows)


def nth_newest_start_us(connection: sqlite3.Connection, limit_key: str, number: int, before_us: int) -> int | None:
    """When the n-th newest attempt under a limit began; those that a clock put back dates later do not count."""
    row = connection.execute(
        """SELECT started_at_us FROM execution WHERE handler_type IS NOT NULL AND handler_type = ?
            AND started_at_us <= ? ORDER BY id DESC LIMIT 1 OFFSET ?""",
        (limit_key, before_us, number - 1),
    ).fetchone()
    return int(row[0]) if row is not None else None


def spend(tx: Tx, limit_key: str, day: str, cost: float) -> None:
    """Add to what was spent under a limit on a day (`2026-11-21`)."""
    tx.connection.execute(
        """INSERT INTO spent (limit_key, day, cost) VALUES (?, ?, ?)
            ON CONFLICT (limit_key, day) DO UPDATE SET cost = cost + excluded.cost""",
        (limit_key, day, cost),
    )


def spent(connection: sqlite3.Connection, limit_key: str, days: str) -> float:
    """What was spent under a limit on the days that begin with `days`, such as `2026-11-21` or `2026-11`."""
    row = connection.execute(
        "SELECT coalesce(sum(cost), 0.0) FROM spent WHERE limit_key = ? AND day >= ? AND day < ?",
        (limit_key, days, f"{days}\x7f"),
    ).fetchone()
    return float(row[0])
