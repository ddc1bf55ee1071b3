"""Which failures a person has seen; the rest are the inbox.

Functions that take a `Tx` run on the writer, the rest on any connection.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from qntx_desktop.store.transaction import Tx


def unseen(connection: sqlite3.Connection) -> int:
    """How many failures nobody has seen."""
    row = connection.execute(
        "SELECT count(*) FROM job_queue WHERE status = 'failed' AND id NOT IN (SELECT job_id FROM failure_seen)"
    ).fetchone()
    return int(row[0])


def mark_seen(tx: Tx, job_ids: Iterable[int] | None) -> None:
    """Take failures out of the inbox, all with None; what is no failure is left alone."""
    if job_ids is None:
        tx.connection.execute("INSERT OR IGNORE INTO failure_seen SELECT id FROM job_queue WHERE status = 'failed'")
    else:
        tx.connection.executemany(
            "INSERT OR IGNORE INTO failure_seen SELECT id FROM job_queue WHERE id = ? AND status = 'failed'",
            [(each,) for each in job_ids],
        )
    # Jobs past their retention are gone; what is known of them goes here, so that deleting them stays as it is.
    tx.connection.execute("DELETE FROM failure_seen WHERE job_id NOT IN (SELECT id FROM job_queue)")
