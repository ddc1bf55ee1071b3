"""What code from elsewhere may do, and the jobs that wait until a person has said yes.

Functions that take a `Tx` run on the writer, the rest on any connection.
"""

from __future__ import annotations

import sqlite3

from qntx_desktop.model.events import HandlerAllowed
from qntx_desktop.model.job import Waiting
from qntx_desktop.model.permit import Permit
from qntx_desktop.store import jobs
from qntx_desktop.store.transaction import Tx

_COLUMNS = '"key", script_type, origin, level, allowed_at_us'


def get(connection: sqlite3.Connection, key: str) -> Permit | None:
    """What is known of a piece of code; None: it was saved here."""
    row = connection.execute(f'SELECT {_COLUMNS} FROM permit WHERE "key" = ?', (key,)).fetchone()
    if row is None:
        return None
    return Permit(key=row[0], script_type=row[1], origin=row[2], level=row[3], allowed_at_us=row[4])


def put(tx: Tx, permit: Permit) -> None:
    """Keep what is known of a piece of code; what waited for a yes goes on, if it is one."""
    tx.connection.execute(
        f'INSERT INTO permit ({_COLUMNS}) VALUES (?, ?, ?, ?, ?) ON CONFLICT ("key") DO UPDATE '
        "SET level = excluded.level, allowed_at_us = excluded.allowed_at_us",
        (permit.key, permit.script_type, permit.origin, permit.level, permit.allowed_at_us),
    )
    if permit.level is not None:
        tx.emit(HandlerAllowed(script_type=permit.script_type, key=permit.key))
        let_go(tx, permit.script_type)


def anything_missing(connection: sqlite3.Connection, script_type: str) -> bool:
    """Whether any version of a type has not been allowed; one look into a small index."""
    row = connection.execute(
        "SELECT 1 FROM permit WHERE script_type = ? AND level IS NULL LIMIT 1", (script_type,)
    ).fetchone()
    return row is not None


def let_go(tx: Tx, script_type: str) -> None:
    """Let the jobs that waited for a yes to a type be claimed again, and those of which no type is known.

    An empty type means all. The gate looks once more when they run.
    """
    rows = tx.connection.execute(
        """SELECT id FROM job_queue WHERE status = 'pending' AND waiting_code IS NOT NULL
            AND waiting_code = ? AND (limit_key = ? OR limit_key IS NULL OR ? = '') ORDER BY id""",
        (str(Waiting.PERMISSION_REQUIRED), script_type, script_type),
    ).fetchall()
    for (job_id,) in rows:
        jobs.set_waiting(tx, job_id, None)
