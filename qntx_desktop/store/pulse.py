"""Reads for the Pulse panel: pages of jobs with their newest attempt, marks on a line of time, figures.

Any connection; nothing here writes. Every read is bounded: a search looks through so many jobs and no more, and
says where it stopped. It goes through the text itself, newest first: a full-text index would have to be kept while
jobs end, which is the path that must stay quick, and finds words only, not parts of them.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator, Sequence
from typing import Any

from qntx_desktop.model.job import JobStatus
from qntx_desktop.model.pulse import HandlerFigures, Held, Mark, PulseFilter, PulsePage, PulseRow, PulseState

SEARCH_STEP = 500
"""So many jobs are searched by one statement."""
SEARCH_S = 0.15
MARKED_RUNS = 50_000
FIGURED_RUNS = 20_000
MOST_HANDLERS = 12
LAST_RUNS = 30

_COLUMNS = """j.id, j.type, j.status,
    CASE WHEN e.id IS NULL OR e.command = '' THEN json_extract(j.payload, '$.command') ELSE e.command END,
    coalesce(e.handler_type, j.limit_key), e.handler_version, coalesce(e."trigger", j."trigger"), j.attempt,
    j.created_at_us, j.started_at_us, j.completed_at_us, e.duration_ms, j.waiting_code, j.waiting_message,
    j.progress_current, j.progress_total, j.error, j.reference_type, j.reference_id, j.schedule_id,
    j.cancel_requested"""
_FROM = "FROM job_queue j LEFT JOIN execution e ON e.job_id = j.id AND e.attempt = j.attempt"
_FOUND = """(e.command LIKE :text ESCAPE '\\' OR e.handler_type LIKE :text ESCAPE '\\'
    OR e.error LIKE :text ESCAPE '\\' OR j.error LIKE :text ESCAPE '\\' OR e.stdout LIKE :text ESCAPE '\\'
    OR e.stderr LIKE :text ESCAPE '\\'
    OR (e.id IS NULL AND json_extract(j.payload, '$.command') LIKE :text ESCAPE '\\'))"""
# As literals and one index each: only then SQLite sees that a partial index holds every row asked for.
_STATES = {
    PulseState.RUNNING: "j.status = 'running'",
    PulseState.FAILED: "j.status = 'failed'",
    PulseState.CANCELLED: "j.status = 'cancelled'",
    PulseState.COMPLETED: "j.status = 'completed'",
    PulseState.WAITING: "j.status = 'pending' AND j.waiting_code IS NOT NULL",
    PulseState.PENDING: """j.id IN (
        SELECT id FROM job_queue WHERE status = 'pending'
            AND (waiting_code IS NULL OR waiting_code = 'no_handler_for_type')
        UNION SELECT id FROM job_queue WHERE status = 'pending' AND waiting_code IS NOT NULL)""",
}


def page(connection: sqlite3.Connection, wanted: PulseFilter, *, before_id: int | None, limit: int) -> PulsePage:
    """Jobs that fit, newest first; see `PulsePage`."""
    if wanted.text.strip():
        return _searched(connection, wanted, before_id, limit)
    rows = _rows(connection, wanted, {"before": before_id, "limit": limit})
    return PulsePage(rows=rows, before_id=rows[-1].id if len(rows) == limit else None)


def row(connection: sqlite3.Connection, job_id: int) -> PulseRow | None:
    """One job as a row."""
    found = connection.execute(f"SELECT {_COLUMNS} {_FROM} WHERE j.id = ?", (job_id,)).fetchone()
    return _row_of(found) if found is not None else None


def _searched(
    connection: sqlite3.Connection, wanted: PulseFilter, before_id: int | None, limit: int
) -> PulsePage:
    """Look through the jobs in steps until the page is full, all is searched, or it takes too long."""
    until = time.monotonic() + SEARCH_S
    found: list[PulseRow] = []
    for low, high in _steps(connection, before_id):
        more = _rows(connection, wanted, {"low": low, "before": high, "limit": limit - len(found)})
        found += more
        if len(found) == limit:
            return PulsePage(rows=tuple(found), before_id=found[-1].id)
        if time.monotonic() > until and low > 0:
            return PulsePage(rows=tuple(found), before_id=low)
    return PulsePage(rows=tuple(found), before_id=None)


def _steps(connection: sqlite3.Connection, before_id: int | None) -> Iterator[tuple[int, int]]:
    """Ranges of ids, newest first, each with about so many jobs: `low <= id < high`."""
    high = before_id
    if high is None:
        newest = connection.execute("SELECT max(id) FROM job_queue").fetchone()[0]
        high = int(newest or 0) + 1
    while high > 1:
        first = connection.execute(
            "SELECT id FROM job_queue WHERE id < ? ORDER BY id DESC LIMIT 1 OFFSET ?", (high, SEARCH_STEP - 1)
        ).fetchone()
        low = int(first[0]) if first is not None else 0
        yield low, high
        high = low


def _rows(connection: sqlite3.Connection, wanted: PulseFilter, bounds: dict[str, Any]) -> tuple[PulseRow, ...]:
    conditions, values = _conditions(wanted, bounds)
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    found = connection.execute(f"SELECT {_COLUMNS} {_FROM} {where} ORDER BY j.id DESC LIMIT :limit", values)
    return tuple(_row_of(each) for each in found)


def _conditions(wanted: PulseFilter, bounds: dict[str, Any]) -> tuple[list[str], dict[str, Any]]:
    asked = {
        "j.type = :type": wanted.type,
        "coalesce(e.handler_type, j.limit_key) = :handler": wanted.handler,
        'coalesce(e."trigger", j."trigger") = :trigger': wanted.trigger,
        "j.reference_type = 'glyph' AND j.reference_id = :glyph": (
            str(wanted.glyph_id) if wanted.glyph_id is not None else None
        ),
        "j.schedule_id = :schedule": wanted.schedule_id,
        "coalesce(e.started_at_us, j.created_at_us) >= :since": wanted.since_us,
        "coalesce(e.started_at_us, j.created_at_us) < :until": wanted.until_us,
        "j.id < :before": bounds.get("before"),
        "j.id >= :low": bounds.get("low"),
        _FOUND: _pattern(wanted.text) if wanted.text.strip() else None,
    }
    conditions = [condition for condition, value in asked.items() if value is not None]
    if wanted.state is not None:
        conditions.insert(0, _STATES[wanted.state])
    if wanted.unseen:
        conditions.insert(0, "j.status = 'failed' AND j.id NOT IN (SELECT job_id FROM failure_seen)")
    names = ("type", "handler", "trigger", "glyph", "schedule", "since", "until", "before", "low", "text")
    values = dict(zip(names, asked.values(), strict=True))
    return conditions, {**values, "limit": bounds["limit"]}


def _pattern(text: str) -> str:
    escaped = text.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def _row_of(row: Sequence[Any]) -> PulseRow:
    return PulseRow(
        id=row[0],
        type=row[1],
        status=JobStatus(row[2]),
        command=row[3] if isinstance(row[3], str) else "",
        handler_type=row[4],
        handler_version=row[5],
        trigger=row[6],
        attempt=row[7],
        created_at_us=row[8],
        started_at_us=row[9],
        completed_at_us=row[10],
        duration_ms=row[11],
        waiting_code=row[12],
        waiting_message=row[13],
        progress_current=row[14],
        progress_total=row[15],
        error=json.loads(row[16]) if row[16] is not None else None,
        reference_type=row[17],
        reference_id=row[18],
        schedule_id=row[19],
        cancel_requested=bool(row[20]),
    )


def marks(
    connection: sqlite3.Connection, *, since_us: int, until_us: int, step_us: int
) -> tuple[tuple[Mark, ...], bool]:
    """Runs that began in a stretch of time, those of one handler and outcome within a step as one mark.

    Returns:
        The marks in order of time, and whether no run was left out: only the newest 50,000 runs are looked at.
    """
    newest = connection.execute("SELECT max(id) FROM execution").fetchone()[0] or 0
    low = max(_first_since(connection, since_us), int(newest) - MARKED_RUNS + 1)
    rows = connection.execute(
        """SELECT coalesce(e.handler_type, ''), e.status, min(e.started_at_us),
                max(e.started_at_us + coalesce(e.duration_ms, 0) * 1000), count(*), max(e.job_id)
            FROM execution e WHERE e.id >= ? AND e.started_at_us >= ? AND e.started_at_us < ?
            GROUP BY 1, e.started_at_us / ?, e.status ORDER BY 3""",
        (low, since_us, until_us, max(1, step_us)),
    )
    found = tuple(
        Mark(lane=lane, status=status, start_us=start, end_us=int(end), count=count, job_id=job_id)
        for lane, status, start, end, count, job_id in rows
    )
    complete = low <= 1 or low > int(newest) - MARKED_RUNS + 1
    return found, complete


def _first_since(connection: sqlite3.Connection, since_us: int) -> int:
    """About the first run that began then: ids and times grow together unless the clock was set."""
    low, high = 0, int(connection.execute("SELECT max(id) FROM execution").fetchone()[0] or 0) + 1
    while low < high:
        middle = (low + high) // 2
        found = connection.execute(
            "SELECT id, started_at_us FROM execution WHERE id >= ? ORDER BY id LIMIT 1", (middle,)
        ).fetchone()
        if found is None or found[1] >= since_us:
            high = middle
        else:
            low = int(found[0]) + 1
    return low


def figures(connection: sqlite3.Connection) -> tuple[HandlerFigures, ...]:
    """The handlers with most runs among the newest 20,000, with the durations of their last ones."""
    newest = connection.execute("SELECT max(id) FROM execution").fetchone()[0] or 0
    rows = connection.execute(
        """SELECT handler_type, count(*), sum(status = 'failed') FROM execution
            WHERE id > ? AND handler_type IS NOT NULL AND status IN ('completed', 'failed')
            GROUP BY handler_type ORDER BY 2 DESC, 1 LIMIT ?""",
        (int(newest) - FIGURED_RUNS, MOST_HANDLERS),
    ).fetchall()
    return tuple(
        HandlerFigures(handler_type=name, runs=runs, failed=failed, durations_ms=_last_durations(connection, name))
        for name, runs, failed in rows
    )


def _last_durations(connection: sqlite3.Connection, handler_type: str) -> tuple[float | None, ...]:
    rows = connection.execute(
        """SELECT CASE WHEN status = 'completed' THEN duration_ms END FROM execution
            WHERE handler_type = ? AND status IN ('completed', 'failed') ORDER BY id DESC LIMIT ?""",
        (handler_type, LAST_RUNS),
    )
    return tuple(row[0] for row in rows)[::-1]


def held(connection: sqlite3.Connection) -> tuple[Held, ...]:
    """What holds pending jobs back, the most common reason first."""
    rows = connection.execute(
        """SELECT waiting_code, min(waiting_message), count(*) FROM job_queue
            WHERE status = 'pending' AND waiting_code IS NOT NULL GROUP BY 1 ORDER BY 3 DESC, 1"""
    )
    return tuple(Held(code=code, message=message, count=count) for code, message, count in rows)


def counts(connection: sqlite3.Connection) -> dict[JobStatus, int]:
    """How many jobs stand in each state but `completed`, which has no index and would cost a walk over all."""
    found = {
        status: _count(connection, f"status = '{status}'")
        for status in (JobStatus.RUNNING, JobStatus.FAILED, JobStatus.CANCELLED)
    }
    ready = "status = 'pending' AND (waiting_code IS NULL OR waiting_code = 'no_handler_for_type')"
    other = "status = 'pending' AND waiting_code IS NOT NULL AND waiting_code <> 'no_handler_for_type'"
    return {**found, JobStatus.PENDING: _count(connection, ready) + _count(connection, other)}


def _count(connection: sqlite3.Connection, condition: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM job_queue WHERE {condition}").fetchone()[0])


def handlers(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The handlers that ever ran, by name; a walk from one to the next, where DISTINCT would read each run."""
    rows = connection.execute(
        """WITH RECURSIVE each (name) AS (
                SELECT min(handler_type) FROM execution WHERE handler_type IS NOT NULL
                UNION ALL SELECT (SELECT min(handler_type) FROM execution WHERE handler_type > name) FROM each
                WHERE name IS NOT NULL)
            SELECT name FROM each WHERE name IS NOT NULL LIMIT 500"""
    )
    return tuple(str(row[0]) for row in rows)


def types(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The types of the newest 20,000 jobs, by name."""
    newest = "SELECT type FROM job_queue ORDER BY id DESC LIMIT 20000"
    return tuple(str(row[0]) for row in connection.execute(f"SELECT DISTINCT type FROM ({newest}) ORDER BY 1"))
