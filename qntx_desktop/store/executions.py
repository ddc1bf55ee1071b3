"""Executions: one row for each attempt, its log lines, and what a handler keeps between runs.

Functions that take a `Tx` run on the writer, the rest on any connection.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from qntx_desktop.model.code_file import CodeFile, read_code_file
from qntx_desktop.model.events import RunLogged
from qntx_desktop.model.handler import HandlerVersion
from qntx_desktop.model.job import Execution, ExecutionStatus, Job, LogLine, Outcome, Trigger
from qntx_desktop.store import attestations, connections
from qntx_desktop.store.job_rows import canonical
from qntx_desktop.store.transaction import Tx

_COLUMNS = (
    "id, job_id, attempt, status, command, args, handler_type, handler_version, handler_asid, started_at_us, "
    "duration_ms, exit_code, stdout, stderr, stdout_dropped_bytes, stderr_dropped_bytes, error, sandbox, "
    '"trigger", cost, code_file'
)

_ORIGIN = """SELECT execution_id, job_id, attempt, status, command, args, handler_type, handler_version,
    handler_asid, started_at_us, duration_ms, exit_code, '', '', 0, 0, error, sandbox, "trigger", cost, code_file
    FROM origin WHERE execution_id = ?"""


SET_ASIDE = 64
"""So many numbers are taken from SQLite's count of used ones at a time: it is a page of its own in each commit."""

# After the newest row and after the newest one that was deleted, see migration 16.
_START = """INSERT INTO execution (id, job_id, attempt, status, started_at_us, "trigger", handler_type)
    VALUES (1 + max(ifnull((SELECT max(id) FROM execution), 0), ifnull((SELECT max(id) FROM execution_gone), 0)),
        ?, ?, 'running', ?, ?, ?)"""


def start(tx: Tx, job: Job) -> int:
    """Make the row of a job's new attempt.

    Returns:
        Its id.
    """
    trigger = job.trigger if not job.retry_count else str(Trigger.ORPHAN)
    # The type at once, though `describe_execution` says it again: a rate limit counts attempts from here on.
    made = tx.connection.execute(_START, (job.id, job.attempt, tx.now_us, trigger, job.limit_key))
    number = int(made.lastrowid or 0)
    if number % SET_ASIDE == 0:
        tx.connection.execute(
            "UPDATE sqlite_sequence SET seq = ? WHERE name = 'execution'", (number + SET_ASIDE,)
        )
    return number


def describe_execution(
    tx: Tx,
    execution_id: int,
    *,
    command: str,
    args: Sequence[str],
    handler: HandlerVersion | None,
    sandbox: str,
    code_file: CodeFile | None = None,
) -> None:
    """Note what a running attempt runs."""
    tx.connection.execute(
        """UPDATE execution SET command = ?, args = ?, handler_type = ?, handler_version = ?, handler_asid = ?,
            sandbox = ?, code_file = ? WHERE id = ? AND status = 'running'""",
        (
            command,
            _listed(args),
            handler.script_type if handler else None,
            handler.version if handler else None,
            handler.asid if handler else None,
            sandbox,
            canonical(code_file.to_json()) if code_file else None,
            execution_id,
        ),
    )


def set_cost(tx: Tx, execution_id: int, usd: float) -> float:
    """Note what a running attempt has cost so far.

    Returns:
        How much more that is than what was noted before; never less than 0.
    """
    row = tx.connection.execute(
        "SELECT cost FROM execution WHERE id = ? AND status = 'running'", (execution_id,)
    ).fetchone()
    if row is None or usd <= row[0]:
        return 0.0
    tx.connection.execute("UPDATE execution SET cost = ? WHERE id = ?", (usd, execution_id))
    return float(usd - row[0])


def end(tx: Tx, execution_id: int, outcome: Outcome) -> bool:
    """Note how a running attempt ended.

    Returns:
        False when the attempt does not run any more; nothing was changed then.
    """
    changed = tx.connection.execute(
        """UPDATE execution SET status = ?, exit_code = ?, stdout = ?, stderr = ?, stdout_dropped_bytes = ?,
            stderr_dropped_bytes = ?, duration_ms = ?, error = ?, cost = ?, sandbox = coalesce(?, sandbox)
            WHERE id = ? AND status = 'running'""",
        (
            str(outcome.status),
            outcome.exit_code,
            outcome.stdout,
            outcome.stderr,
            outcome.stdout_dropped_bytes,
            outcome.stderr_dropped_bytes,
            outcome.duration_ms,
            canonical(dict(outcome.error)) if outcome.error is not None else None,
            outcome.cost,
            outcome.sandbox,
            execution_id,
        ),
    )
    return changed.rowcount == 1


def add_log(tx: Tx, execution_id: int, level: str, message: str) -> LogLine:
    """Add a line to the log of a run."""
    row = tx.connection.execute("SELECT max(seq) FROM execution_log WHERE execution_id = ?", (execution_id,))
    seq = int(row.fetchone()[0] or 0) + 1
    tx.connection.execute(
        "INSERT INTO execution_log (execution_id, seq, at_us, level, message) VALUES (?, ?, ?, ?, ?)",
        (execution_id, seq, tx.now_us, level, message),
    )
    line = LogLine(execution_id=execution_id, seq=seq, at_us=tx.now_us, level=level, message=message)
    tx.emit(RunLogged(line=line))
    return line


def execution(
    connection: sqlite3.Connection, execution_id: int, *, with_ids: bool = False
) -> Execution | None:
    """One attempt by its id, with the ids of what it attested if asked for.

    Past retention only of those that attested something, and without output.
    """
    row = connection.execute(f"SELECT {_COLUMNS} FROM execution WHERE id = ?", (execution_id,)).fetchone()
    if row is None:
        row = connection.execute(_ORIGIN, (execution_id,)).fetchone()
    return _execution_of(connection, row, with_ids) if row is not None else None


def execution_of(connection: sqlite3.Connection, job_id: int, *, with_ids: bool = False) -> Execution | None:
    """The newest attempt of a job."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM execution WHERE job_id = ? ORDER BY attempt DESC LIMIT 1", (job_id,)
    ).fetchone()
    return _execution_of(connection, row, with_ids) if row is not None else None


def executions(connection: sqlite3.Connection, job_id: int) -> tuple[Execution, ...]:
    """All attempts of a job, the first one first."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM execution WHERE job_id = ? ORDER BY attempt", (job_id,)
    )
    return tuple(_execution_of(connection, row, False) for row in rows.fetchall())


def logs(
    connection: sqlite3.Connection, execution_id: int, *, after_seq: int = 0, limit: int = 1000
) -> tuple[LogLine, ...]:
    """A page of a run's log, in the order written."""
    rows = connection.execute(
        """SELECT seq, at_us, level, message FROM execution_log
            WHERE execution_id = ? AND seq > ? ORDER BY seq LIMIT ?""",
        (execution_id, after_seq, limit),
    )
    return tuple(
        LogLine(execution_id=execution_id, seq=row[0], at_us=row[1], level=row[2], message=row[3])
        for row in rows
    )


def last_runs(connection: sqlite3.Connection) -> dict[str, Mapping[str, Any]]:
    """The newest run of each script type, as `HandlerEntry.last_run` shows it."""
    rows = connection.execute(
        """SELECT handler_type, job_id, id, status, started_at_us, duration_ms, handler_version, error
            FROM execution WHERE id IN (SELECT max(id) FROM execution
            WHERE handler_type IS NOT NULL AND handler_asid IS NOT NULL GROUP BY handler_type)"""
    )
    return {
        row[0]: {
            "job_id": row[1],
            "execution_id": row[2],
            "status": row[3],
            "started_at_us": row[4],
            "duration_ms": row[5],
            "version": row[6],
            "error": json.loads(row[7]) if row[7] is not None else None,
        }
        for row in rows
    }


def state_key(name: str, args: Sequence[str]) -> str:
    """The key under which the state of a handler, or of a schedule's script, is kept for these arguments."""
    return f"{name}\x1f{_listed(args)}"


def schedule_memory(schedule_id: int) -> str:
    """The name of a schedule's script in `state_key`; no script type has a space."""
    return f"schedule {schedule_id}"


def forget_schedule(tx: Tx, schedule_id: int) -> None:
    """Drop what the script of a removed schedule kept."""
    first = f"{schedule_memory(schedule_id)}\x1f"
    tx.connection.execute('DELETE FROM handler_state WHERE "key" >= ? AND "key" < ?', (first, f"{first}\U0010ffff"))


def of_removed_schedule(tx: Tx, key: str, schedule_id: int | None) -> bool:
    """Whether a memory would belong to a schedule that was removed while its last run went on."""
    if schedule_id is None or not key.startswith(f"{schedule_memory(schedule_id)}\x1f"):
        return False
    return tx.connection.execute("SELECT 1 FROM schedule WHERE id = ?", (schedule_id,)).fetchone() is None


def remembered(connection: sqlite3.Connection, name: str, args: Sequence[str]) -> tuple[str | None, int | None]:
    """What the last good run with this name and these arguments left.

    Returns:
        Its state as JSON text, and when it began, in microseconds since 1970 UTC: what came up during it is not
        missed. None for what there is not.
    """
    row = connection.execute(
        'SELECT state, last_success_us FROM handler_state WHERE "key" = ?', (state_key(name, args),)
    ).fetchone()
    return (row[0], row[1]) if row is not None else (None, None)


def keep_success(tx: Tx, key: str, started_at_us: int | None, state_json: str | None) -> None:
    """Remember when a run that ended well began, and the new state if it left one."""
    tx.connection.execute(
        """INSERT INTO handler_state ("key", state, last_success_us, updated_at_us) VALUES (?, ?, ?, ?)
            ON CONFLICT ("key") DO UPDATE SET state = coalesce(excluded.state, state),
            last_success_us = excluded.last_success_us, updated_at_us = excluded.updated_at_us""",
        (key, state_json, started_at_us, tx.now_us),
    )


def _execution_of(connection: sqlite3.Connection, row: Sequence[Any], with_ids: bool) -> Execution:
    ids = tuple(attestations.ids_of_execution(connection, row[0])) if with_ids else ()
    return Execution(
        id=row[0],
        job_id=row[1],
        attempt=row[2],
        status=ExecutionStatus(row[3]),
        command=row[4],
        args=tuple(json.loads(row[5])),
        handler_type=row[6] if row[8] is not None else None,
        handler_version=row[7],
        handler_asid=row[8],
        started_at_us=row[9],
        duration_ms=row[10],
        exit_code=row[11],
        stdout=row[12],
        stderr=row[13],
        stdout_dropped_bytes=row[14],
        stderr_dropped_bytes=row[15],
        attestation_count=len(ids) if with_ids else attestations.count_of_execution(connection, row[0]),
        attestation_ids=ids,
        error=json.loads(row[16]) if row[16] is not None else None,
        sandbox=row[17],
        trigger=row[18],
        cost=row[19],
        code_file=read_code_file(json.loads(row[20])) if row[20] is not None else None,
        connections=connections.of_execution(connection, row[0]),
    )


def _listed(args: Sequence[str]) -> str:
    return json.dumps(list(args), ensure_ascii=False, separators=(",", ":"))
