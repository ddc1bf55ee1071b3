"""How old the home is in time that really passed, which jobs are past their time, and their deletion.

Functions that take a `Tx` run in a write transaction, the rest on any connection. Ages never come from the clock on
the wall, which may be wrong by years: they are counted by a clock that nobody sets, and a job's age begins with the
first mark that found it ended.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qntx_desktop.model.job import Waiting
from qntx_desktop.store.transaction import Tx

_AGE = "home_age"
MOST_OPEN = 1_000
"""A mark names so many jobs that had not ended; it reaches only as far as the next one."""

_OPEN = (
    "status = 'running'",
    f"status = 'pending' AND (waiting_code IS NULL OR waiting_code = '{Waiting.NO_HANDLER_FOR_TYPE}')",
    "status = 'pending' AND waiting_code IS NOT NULL",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """At `age_us` every job up to `up_to_id` had ended, but for `open_ids`."""

    age_us: int
    up_to_id: int
    open_ids: frozenset[int]


def age_us(connection: sqlite3.Connection, boot: str, uptime_us: int) -> int:
    """How long this home has been in use: time while the machine was on or asleep, since the home was made.

    Args:
        connection: Any.
        boot: Names this start of the machine; time before it is only known as far as it was noted.
        uptime_us: Time since then.
    """
    row = connection.execute('SELECT value FROM setting WHERE "key" = ?', (_AGE,)).fetchone()
    if row is None:
        return 0
    noted = json.loads(row[0])
    before_us = noted["uptime_us"] if noted["boot"] == boot else 0
    return int(noted["age_us"]) + max(0, uptime_us - before_us)


def note_age(tx: Tx, boot: str, uptime_us: int) -> int:
    """Write the age down, so that it goes on from there after the next start of the machine.

    Returns:
        The age, in microseconds.
    """
    now_us = age_us(tx.connection, boot, uptime_us)
    noted = json.dumps({"boot": boot, "uptime_us": uptime_us, "age_us": now_us})
    tx.connection.execute(
        """INSERT INTO setting ("key", value) VALUES (?, ?)
            ON CONFLICT ("key") DO UPDATE SET value = excluded.value""",
        (_AGE, noted),
    )
    return now_us


def open_jobs(connection: sqlite3.Connection, now_us: int) -> Mark:
    """A mark of this moment. What ends later only makes it say less than it could."""
    found: set[int] = set()
    for condition in _OPEN:
        rows = connection.execute(
            f"SELECT id FROM job_queue WHERE {condition} ORDER BY id LIMIT ?", (MOST_OPEN + 1,)
        )
        found.update(row[0] for row in rows)
    ranked = sorted(found)
    newest = connection.execute("SELECT max(id) FROM job_queue").fetchone()[0] or 0
    up_to_id = ranked[MOST_OPEN] - 1 if len(ranked) > MOST_OPEN else newest
    return Mark(age_us=now_us, up_to_id=up_to_id, open_ids=frozenset(ranked[:MOST_OPEN]))


def keep_mark(tx: Tx, mark: Mark) -> None:
    """Store a mark; it takes the place of one of the same age."""
    tx.connection.execute(
        "INSERT OR REPLACE INTO retention_mark (age_us, up_to_id, open_ids) VALUES (?, ?, ?)",
        (mark.age_us, mark.up_to_id, json.dumps(sorted(mark.open_ids))),
    )


def newest_mark(connection: sqlite3.Connection, up_to_age_us: int) -> Mark | None:
    """The newest mark that is at least as old as that."""
    row = connection.execute(
        """SELECT age_us, up_to_id, open_ids FROM retention_mark WHERE age_us <= ?
            ORDER BY age_us DESC LIMIT 1""",
        (up_to_age_us,),
    ).fetchone()
    if row is None:
        return None
    return Mark(age_us=row[0], up_to_id=row[1], open_ids=frozenset(json.loads(row[2])))


def forget_marks(tx: Tx, before_age_us: int) -> None:
    """Drop the marks that no longer say anything."""
    tx.connection.execute("DELETE FROM retention_mark WHERE age_us < ?", (before_age_us,))


def expired(
    connection: sqlite3.Connection, mark: Mark, statuses: Sequence[str], *, after_id: int, limit: int
) -> list[int]:
    """Ended jobs up to a mark, in order, without those that something still points to.

    Some of them may be among the mark's open ones: those ended later.
    """
    states = ", ".join(f"'{status}'" for status in statuses)
    rows = connection.execute(
        f"""SELECT id FROM job_queue WHERE id > ? AND id <= ? AND status IN ({states})
            AND NOT ({_still_shown(connection)}) ORDER BY id LIMIT ?""",
        (after_id, mark.up_to_id, limit),
    )
    return [row[0] for row in rows]


def _still_shown(connection: sqlite3.Connection) -> str:
    """What is true of the last runs of schedules and of glyphs on a canvas."""
    has_schedules = connection.execute(
        "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'schedule'"
    ).fetchone()
    live = "AND schedule_id IN (SELECT id FROM schedule)" if has_schedules else ""
    of_schedules = " UNION ALL ".join(
        f"SELECT max(id) FROM job_queue WHERE schedule_id IS NOT NULL {live} AND {ended} GROUP BY schedule_id"
        for ended in ("status NOT IN ('pending', 'running')", "status = 'completed'")
    )
    return f"""id IN ({of_schedules}) OR (reference_type IS NOT NULL AND reference_type = 'glyph'
        AND EXISTS (SELECT 1 FROM glyph WHERE glyph.id = CAST(job_queue.reference_id AS INTEGER))
        AND id = (SELECT max(newest.id) FROM job_queue newest WHERE newest.reference_id IS NOT NULL
            AND newest.reference_type = job_queue.reference_type
            AND newest.reference_id = job_queue.reference_id))"""


def delete_jobs(tx: Tx, ids: Sequence[int]) -> int:
    """Delete ended jobs with their attempts, logs and whatever else hangs on those; others stay as they are.

    Of attempts that made attestations the origin stays: what ran, with which arguments and which version.

    Returns:
        How many jobs there were.
    """
    asked = ", ".join(str(int(each)) for each in ids)
    ended = tx.connection.execute(
        f"SELECT id FROM job_queue WHERE id IN ({asked}) AND status IN ('completed', 'failed', 'cancelled')"
    )
    wanted = ", ".join(str(row[0]) for row in ended)
    if not wanted:
        return 0
    attempts = f"SELECT id FROM execution WHERE job_id IN ({wanted})"
    tx.connection.execute(
        f"""INSERT OR IGNORE INTO origin SELECT id, job_id, attempt, status, command, args, handler_type,
            handler_version, handler_asid, started_at_us, duration_ms, exit_code, error, sandbox, "trigger", cost,
            code_file FROM execution WHERE job_id IN ({wanted})
            AND EXISTS (SELECT 1 FROM attestation WHERE attestation.execution_id = execution.id)"""
    )
    for table, column in _pointing_to(tx.connection, "execution"):
        tx.connection.execute(f'DELETE FROM "{table}" WHERE "{column}" IN ({attempts})')
    for table, column in _pointing_to(tx.connection, "job_queue"):
        tx.connection.execute(f'DELETE FROM "{table}" WHERE "{column}" IN ({wanted})')
    return tx.connection.execute(f"DELETE FROM job_queue WHERE id IN ({wanted})").rowcount


def _pointing_to(connection: sqlite3.Connection, target: str) -> Iterator[tuple[str, str]]:
    """Tables whose rows belong to those of `target`, so that none is forgotten when one is added."""
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall()
    for (table,) in tables:
        for key in connection.execute(f'PRAGMA foreign_key_list("{table}")').fetchall():
            if key[2] == target and key[6] == "NO ACTION":
                yield table, key[3]
