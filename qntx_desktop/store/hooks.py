"""Webhooks that start a handler, and the newest deliveries of every webhook.

Functions that take a `Tx` run on the writer, the rest on any connection.
"""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from qntx_desktop.model.hook import DeliveryRecord, Hook, Outcome, args_json
from qntx_desktop.store.transaction import Tx

KEPT = 1_000
KEPT_REFUSED = 50
"""Apart, so that whoever knocks without the secret cannot push out what is remembered against repeats."""
_COLUMNS = "id, name, script_type, args, enabled, created_at_us"
_DELIVERY = "id, target, target_id, at_us, event, outcome, reason, job_id"


def every(connection: sqlite3.Connection) -> tuple[Hook, ...]:
    """All of them, by name."""
    return tuple(_hook_of(row) for row in connection.execute(f"SELECT {_COLUMNS} FROM api_hook ORDER BY name"))


def get(connection: sqlite3.Connection, name: str) -> Hook | None:
    """One by its name."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM api_hook WHERE name = ?", (name,)).fetchone()
    return _hook_of(row) if row is not None else None


def secret(connection: sqlite3.Connection, hook_id: int) -> str:
    """The sealed secret."""
    row = connection.execute("SELECT sealed FROM api_hook WHERE id = ?", (hook_id,)).fetchone()
    return str(row[0]) if row is not None else ""


def insert(tx: Tx, *, name: str, script_type: str, args: tuple[str, ...]) -> Hook | None:
    """Make one without a secret, which is bound to its number; None when the name is taken."""
    done = tx.connection.execute(
        """INSERT OR IGNORE INTO api_hook (name, script_type, args, sealed, enabled, created_at_us)
            VALUES (?, ?, ?, '', 0, ?)""",
        (name, script_type, args_json(args), tx.now_us),
    )
    return get(tx.connection, name) if done.rowcount else None


def put_secret(tx: Tx, hook_id: int, sealed: str) -> None:
    """Keep the secret and open the address."""
    tx.connection.execute("UPDATE api_hook SET sealed = ?, enabled = 1 WHERE id = ?", (sealed, hook_id))


def set_enabled(tx: Tx, hook_id: int, enabled: bool) -> None:
    """Open or close the address."""
    tx.connection.execute("UPDATE api_hook SET enabled = ? WHERE id = ?", (int(enabled), hook_id))


def remove(tx: Tx, hook: Hook) -> None:
    """Forget one, with its deliveries."""
    tx.connection.execute("DELETE FROM api_hook WHERE id = ?", (hook.id,))
    tx.connection.execute("DELETE FROM api_delivery WHERE target = 'hook' AND target_id = ?", (hook.id,))


def came_before(connection: sqlite3.Connection, target: str, target_id: int, delivery: str) -> bool:
    """Whether a delivery started something already."""
    row = connection.execute(
        """SELECT 1 FROM api_delivery WHERE target = ? AND target_id = ? AND delivery = ?
            AND outcome = 'queued' LIMIT 1""",
        (target, target_id, delivery),
    ).fetchone()
    return row is not None


def note(
    tx: Tx,
    target: str,
    target_id: int,
    *,
    event: str,
    outcome: Outcome,
    reason: str = "",
    delivery: str = "",
    job_id: int | None = None,
) -> None:
    """Keep what was made of a delivery; the oldest beyond the newest few go."""
    tx.connection.execute(
        """INSERT INTO api_delivery (target, target_id, at_us, delivery, event, outcome, reason, job_id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        (target, target_id, tx.now_us, delivery, event, str(outcome), reason, job_id),
    )
    refused = outcome is Outcome.REFUSED
    sign, kept = ("=", KEPT_REFUSED) if refused else ("<>", KEPT)
    tx.connection.execute(
        f"""DELETE FROM api_delivery WHERE target = ? AND target_id = ? AND outcome {sign} 'refused' AND id <= (
            SELECT id FROM api_delivery WHERE target = ? AND target_id = ? AND outcome {sign} 'refused'
            ORDER BY id DESC LIMIT 1 OFFSET ?)""",
        (target, target_id, target, target_id, kept),
    )


def deliveries(
    connection: sqlite3.Connection, target: str, target_id: int, limit: int
) -> tuple[DeliveryRecord, ...]:
    """What came, newest first."""
    rows = connection.execute(
        f"SELECT {_DELIVERY} FROM api_delivery WHERE target = ? AND target_id = ? ORDER BY id DESC LIMIT ?",
        (target, target_id, limit),
    ).fetchall()
    return tuple(_delivery_of(row) for row in rows)


def delivery(connection: sqlite3.Connection, delivery_id: int) -> DeliveryRecord | None:
    """One that came."""
    row = connection.execute(f"SELECT {_DELIVERY} FROM api_delivery WHERE id = ?", (delivery_id,)).fetchone()
    return _delivery_of(row) if row is not None else None


def _hook_of(row: tuple[Any, ...]) -> Hook:
    return Hook(
        id=row[0],
        name=row[1],
        script_type=row[2],
        args=tuple(json.loads(row[3])),
        enabled=bool(row[4]),
        created_at_us=row[5],
    )


def _delivery_of(row: tuple[Any, ...]) -> DeliveryRecord:
    return DeliveryRecord(
        id=row[0],
        target=row[1],
        target_id=row[2],
        at_us=row[3],
        event=row[4],
        outcome=Outcome(row[5]),
        reason=row[6],
        job_id=row[7],
    )
