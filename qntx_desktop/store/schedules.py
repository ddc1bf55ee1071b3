"""Schedules and missed slots as rows. Functions that take a `Tx` run in a write, the rest on any connection.

`next_run_at_us` moves in the transaction that makes the job of the slot, so that a kill neither loses nor doubles
one.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from qntx_desktop.model.errors import ErrScheduleNotFound
from qntx_desktop.model.events import ScheduleChanged
from qntx_desktop.model.job import JobRequest
from qntx_desktop.model.schedule import MissedPolicy, MissedSlot, Schedule, ScheduleState, SlotFate, Timing
from qntx_desktop.store.executions import forget_schedule
from qntx_desktop.store.job_rows import canonical
from qntx_desktop.store.transaction import Tx

_LAST_RUN = """(SELECT j.started_at_us FROM job_queue j WHERE j.schedule_id = s.id
    AND j.started_at_us IS NOT NULL ORDER BY j.id DESC LIMIT 1)"""
_COLUMNS = (
    "s.id, s.command, s.type, s.payload, s.interval_s, s.cron, s.timezone, s.missed, s.state, s.next_run_at_us, "
    f"s.last_slot_us, {_LAST_RUN}, s.limit_key, s.concurrent, s.glyph_id, s.created_at_us"
)
_SLOT_COLUMNS = "schedule_id, slot_us, last_us, count, fate, noticed_at_us, job_id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A schedule that is to be made; `request` is what its jobs are like."""

    command: str
    request: JobRequest
    timing: Timing
    missed: MissedPolicy
    next_run_at_us: int | None
    glyph_id: int | None = None


def make(tx: Tx, draft: Draft) -> Schedule:
    """Store a new schedule; its intervals are counted from now."""
    made = tx.connection.execute(
        """INSERT INTO schedule (command, type, payload, interval_s, cron, timezone, missed, state, anchor_us,
            next_run_at_us, limit_key, concurrent, glyph_id, created_at_us)
            VALUES (?, ?, ?, ?, ?, ?, ?, 'active', ?, ?, ?, ?, ?, ?)""",
        (
            draft.command,
            draft.request.type,
            canonical(dict(draft.request.payload)),
            draft.timing.interval_s,
            draft.timing.cron,
            draft.timing.timezone,
            str(draft.missed),
            tx.now_us,
            draft.next_run_at_us,
            draft.request.limit_key,
            int(draft.request.concurrent),
            draft.glyph_id,
            tx.now_us,
        ),
    )
    return _told(tx, int(made.lastrowid or 0))


def get(connection: sqlite3.Connection, schedule_id: int) -> Schedule:
    """One schedule.

    Raises:
        ErrScheduleNotFound: There is none with this id.
    """
    row = connection.execute(f"SELECT {_COLUMNS} FROM schedule s WHERE s.id = ?", (schedule_id,)).fetchone()
    if row is None:
        raise ErrScheduleNotFound(schedule_id)
    return _schedule_of(row)


def every(connection: sqlite3.Connection, *, glyph_id: int | None = None) -> tuple[Schedule, ...]:
    """All schedules, or those of a glyph, oldest first."""
    where, values = ("WHERE s.glyph_id = ?", (glyph_id,)) if glyph_id is not None else ("", ())
    rows = connection.execute(f"SELECT {_COLUMNS} FROM schedule s {where} ORDER BY s.id", values)
    return tuple(_schedule_of(row) for row in rows)


def due(connection: sqlite3.Connection, now_us: int) -> tuple[Schedule, ...]:
    """Active schedules whose next slot has come, the earliest first."""
    rows = connection.execute(
        f"""SELECT {_COLUMNS} FROM schedule s WHERE s.state = 'active' AND s.next_run_at_us <= ?
            ORDER BY s.next_run_at_us, s.id""",
        (now_us,),
    )
    return tuple(_schedule_of(row) for row in rows)


def next_due_us(connection: sqlite3.Connection) -> int | None:
    """The earliest slot of all active schedules."""
    row = connection.execute(
        """SELECT next_run_at_us FROM schedule WHERE state = 'active' AND next_run_at_us IS NOT NULL
            ORDER BY next_run_at_us LIMIT 1"""
    ).fetchone()
    return int(row[0]) if row is not None else None


def move(tx: Tx, schedule: Schedule, *, next_run_at_us: int | None, last_slot_us: int | None) -> Schedule:
    """Go on to the next slot, unless somebody else did so in the meantime."""
    tx.connection.execute(
        """UPDATE schedule SET next_run_at_us = ?, last_slot_us = ?
            WHERE id = ? AND state = 'active' AND next_run_at_us IS ?""",
        (next_run_at_us, last_slot_us, schedule.id, schedule.next_run_at_us),
    )
    return _told(tx, schedule.id)


def set_state(tx: Tx, schedule_id: int, state: ScheduleState) -> Schedule:
    """Pause a schedule or let it go on.

    Raises:
        ErrScheduleNotFound: There is none with this id.
    """
    tx.connection.execute("UPDATE schedule SET state = ? WHERE id = ?", (str(state), schedule_id))
    return _told(tx, schedule_id)


def set_timing(
    tx: Tx, schedule_id: int, timing: Timing, missed: MissedPolicy, next_run_at_us: int | None
) -> Schedule:
    """Give a schedule another time table; intervals are counted from now, and no slot before now is missed.

    Raises:
        ErrScheduleNotFound: There is none with this id.
    """
    tx.connection.execute(
        """UPDATE schedule SET interval_s = ?, cron = ?, timezone = ?, missed = ?, anchor_us = ?,
            next_run_at_us = ?, last_slot_us = NULL WHERE id = ?""",
        (
            timing.interval_s,
            timing.cron,
            timing.timezone,
            str(missed),
            tx.now_us,
            next_run_at_us,
            schedule_id,
        ),
    )
    return _told(tx, schedule_id)


def set_missed(tx: Tx, schedule_id: int, missed: MissedPolicy) -> Schedule:
    """Give a schedule another policy for the runs it misses; its time table goes on.

    Raises:
        ErrScheduleNotFound: There is none with this id.
    """
    tx.connection.execute("UPDATE schedule SET missed = ? WHERE id = ?", (str(missed), schedule_id))
    return _told(tx, schedule_id)


def remove(tx: Tx, schedule_id: int) -> Schedule:
    """Delete a schedule with its missed slots and what its script kept; its jobs stay.

    Returns:
        What it was.

    Raises:
        ErrScheduleNotFound: There is none with this id.
    """
    was = get(tx.connection, schedule_id)
    tx.connection.execute("DELETE FROM missed_slot WHERE schedule_id = ?", (schedule_id,))
    tx.connection.execute("DELETE FROM schedule WHERE id = ?", (schedule_id,))
    forget_schedule(tx, schedule_id)
    tx.emit(ScheduleChanged(schedule_id=schedule_id, glyph_id=was.glyph_id))
    return was


def note_missed(tx: Tx, slots: Sequence[MissedSlot]) -> None:
    """Keep records of slots; one that is there already stays as it is."""
    tx.connection.executemany(
        f"INSERT INTO missed_slot ({_SLOT_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [
            (s.schedule_id, s.slot_us, s.last_us, s.count, str(s.fate), s.noticed_at_us, s.job_id) for s in slots
        ],
    )


def settle(tx: Tx, slot: MissedSlot, fate: SlotFate, job_id: int | None) -> None:
    """Say what became of a slot that waited."""
    tx.connection.execute(
        "UPDATE missed_slot SET fate = ?, job_id = ? WHERE schedule_id = ? AND slot_us = ? AND fate = 'waiting'",
        (str(fate), job_id, slot.schedule_id, slot.slot_us),
    )


def drop_waiting(tx: Tx, schedule_id: int, keep: int) -> None:
    """Give up the oldest waiting slots of a schedule but for so many."""
    tx.connection.execute(
        """UPDATE missed_slot SET fate = 'dropped' WHERE schedule_id = ? AND fate = 'waiting' AND slot_us NOT IN
            (SELECT slot_us FROM missed_slot WHERE schedule_id = ? AND fate = 'waiting'
             ORDER BY slot_us DESC LIMIT ?)""",
        (schedule_id, schedule_id, keep),
    )


def missed(
    connection: sqlite3.Connection, schedule_id: int, *, limit: int = 100, before_us: int | None = None
) -> tuple[MissedSlot, ...]:
    """Missed slots of a schedule, newest first; `before_us` continues a page."""
    rows = connection.execute(
        f"""SELECT {_SLOT_COLUMNS} FROM missed_slot WHERE schedule_id = ? AND slot_us < ?
            ORDER BY slot_us DESC LIMIT ?""",
        (schedule_id, before_us if before_us is not None else 1 << 62, limit),
    )
    return tuple(_slot_of(row) for row in rows)


def missed_between(
    connection: sqlite3.Connection, from_us: int, to_us: int, *, limit: int = 1_000
) -> tuple[MissedSlot, ...]:
    """Missed slots of all schedules in a span of time, in order."""
    rows = connection.execute(
        f"SELECT {_SLOT_COLUMNS} FROM missed_slot WHERE slot_us >= ? AND slot_us <= ? ORDER BY slot_us LIMIT ?",
        (from_us, to_us, limit),
    )
    return tuple(_slot_of(row) for row in rows)


def waiting_job(connection: sqlite3.Connection, schedule_id: int) -> int | None:
    """The job of a schedule that waits for its turn, if there is one."""
    row = connection.execute(
        "SELECT max(id) FROM job_queue WHERE schedule_id = ? AND status = 'pending'", (schedule_id,)
    ).fetchone()
    return int(row[0]) if row[0] is not None else None


def has_waiting(connection: sqlite3.Connection, schedule_id: int) -> bool:
    """Whether a schedule has slots to make up for."""
    row = connection.execute(
        "SELECT 1 FROM missed_slot WHERE schedule_id = ? AND fate = 'waiting' LIMIT 1", (schedule_id,)
    ).fetchone()
    return row is not None


def first_waiting(connection: sqlite3.Connection) -> tuple[MissedSlot, ...]:
    """Of each active schedule that has slots to make up for, the oldest one, if no job of it waits or runs."""
    rows = connection.execute(
        f"""SELECT {_SLOT_COLUMNS} FROM missed_slot m WHERE fate = 'waiting'
            AND slot_us = (SELECT min(o.slot_us) FROM missed_slot o
                WHERE o.schedule_id = m.schedule_id AND o.fate = 'waiting')
            AND EXISTS (SELECT 1 FROM schedule s WHERE s.id = m.schedule_id AND s.state = 'active')
            AND NOT EXISTS (SELECT 1 FROM job_queue j WHERE j.schedule_id = m.schedule_id
                AND j.status IN ('pending', 'running'))"""
    )
    return tuple(_slot_of(row) for row in rows)


def _told(tx: Tx, schedule_id: int) -> Schedule:
    schedule = get(tx.connection, schedule_id)
    tx.emit(ScheduleChanged(schedule_id=schedule_id, glyph_id=schedule.glyph_id))
    return schedule


def _schedule_of(row: Sequence[Any]) -> Schedule:
    return Schedule(
        id=row[0],
        command=row[1],
        type=row[2],
        payload=json.loads(row[3]),
        timing=Timing(interval_s=row[4], cron=row[5], timezone=row[6]),
        missed=MissedPolicy(row[7]),
        state=ScheduleState(row[8]),
        next_run_at_us=row[9],
        last_slot_us=row[10],
        last_run_at_us=row[11],
        limit_key=row[12],
        concurrent=bool(row[13]),
        glyph_id=row[14],
        created_at_us=row[15],
    )


def _slot_of(row: Iterable[Any]) -> MissedSlot:
    schedule_id, slot_us, last_us, count, fate, noticed_at_us, job_id = row
    return MissedSlot(
        schedule_id=schedule_id,
        slot_us=slot_us,
        last_us=last_us,
        count=count,
        fate=SlotFate(fate),
        noticed_at_us=noticed_at_us,
        job_id=job_id,
    )
