"""Code sources, their revisions and syncs, as rows.

Functions that take a `Tx` run on the writer, the rest on any connection. Secrets arrive sealed and leave sealed.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from qntx_desktop.model.clock import iso
from qntx_desktop.model.errors import ErrDuplicateName
from qntx_desktop.model.events import SourceChanged
from qntx_desktop.model.job import Trigger
from qntx_desktop.model.source import Revision, Source, SyncSettings
from qntx_desktop.store import permits
from qntx_desktop.store.transaction import Tx

SYNCS_KEPT, UNCHANGED_KEPT = 1_000, 100
"""How much of the history of a source is kept: syncs that brought something or failed, and those without news."""

_COLUMNS = (
    "id, name, type, enabled, created_at_us, updated_at_us, type_settings, type_secret IS NOT NULL, sync_settings, "
    "sync_secret IS NOT NULL, last_sync_started_at_us, last_sync_at_us, last_sync_error, next_sync_at_us, failures"
)
_REVISION = "id, source_id, commit_id, folder, state, files, size_bytes, created_at_us, notes"
_CHANGEABLE = frozenset(
    {
        "enabled",
        "failures",
        "last_sync_at_us",
        "last_sync_error",
        "last_sync_started_at_us",
        "next_sync_at_us",
        "sync_secret",
        "sync_settings",
        "type_secret",
        "type_settings",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncEnd:
    """How a sync ended, for the history. `paths` are pairs such as `("+", "lib/feed.py")`, not all of them.

    A person's step to another revision, `accepted` or `rolled_back`, has a line there too, without a job.
    """

    job_id: int | None
    trigger: str
    status: str
    started_at_us: int
    duration_ms: float
    from_commit: str | None = None
    to_commit: str | None = None
    added: int = 0
    changed: int = 0
    removed: int = 0
    received_bytes: int = 0
    paths: Sequence[tuple[str, str]] = ()
    notes: Sequence[str] = ()
    error: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRevision:
    """A revision that was exported and is about to be kept; `declared` maps script types to paths."""

    commit: str
    folder: str
    files: int
    size_bytes: int
    notes: Sequence[str] = ()
    declared: Mapping[str, str] = field(default_factory=dict)


def insert(
    tx: Tx,
    *,
    name: str,
    type: str,  # noqa: A002 - the word of the contract
    settings: Mapping[str, Any] | None,
    sync: Mapping[str, Any] | None,
) -> int:
    """Make a source.

    Raises:
        ErrDuplicateName: The name is taken, maybe in other capitals.
    """
    try:
        made = tx.connection.execute(
            """INSERT INTO code_source (name, name_folded, type, created_at_us, updated_at_us, type_settings,
                sync_settings) VALUES (?, ?, ?, ?, ?, ?, ?)""",
            (name, name.casefold(), type, tx.now_us, tx.now_us, _json(settings), _json(sync)),
        )
    except sqlite3.IntegrityError:
        raise ErrDuplicateName(name) from None
    source_id = int(made.lastrowid or 0)
    tx.emit(SourceChanged(source_id=source_id, name=name))
    return source_id


def update(tx: Tx, source_id: int, changes: Mapping[str, Any], *, touch: bool = True) -> None:
    """Change columns of a source; mappings and lists are stored as JSON, empty ones as NULL."""
    unknown = set(changes) - _CHANGEABLE
    if unknown:
        raise ValueError(f"no such columns: {sorted(unknown)}")
    values = {
        column: _json(value) if isinstance(value, (Mapping, list)) else value
        for column, value in changes.items()
    }
    if touch:
        values["updated_at_us"] = tx.now_us
    assignments = ", ".join(f"{column} = ?" for column in values)
    tx.connection.execute(f"UPDATE code_source SET {assignments} WHERE id = ?", (*values.values(), source_id))
    _tell(tx, source_id)


def remove(tx: Tx, source_id: int) -> None:
    """Forget a source, its revisions and its history."""
    _tell(tx, source_id)
    for table in ("code_sync", "code_revision"):
        tx.connection.execute(f"DELETE FROM {table} WHERE source_id = ?", (source_id,))
    tx.connection.execute("DELETE FROM code_source WHERE id = ?", (source_id,))


def all_sources(connection: sqlite3.Connection) -> tuple[Source, ...]:
    """Every source by name."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM code_source ORDER BY name_folded").fetchall()
    return tuple(_source_of(connection, row) for row in rows)


def by_name(connection: sqlite3.Connection, name: str) -> Source | None:
    """The source of this name, in whichever capitals."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM code_source WHERE name_folded = ?", (name.casefold(),)
    ).fetchone()
    return _source_of(connection, row) if row is not None else None


def by_id(connection: sqlite3.Connection, source_id: int) -> Source | None:
    """The source of this id."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM code_source WHERE id = ?", (source_id,)).fetchone()
    return _source_of(connection, row) if row is not None else None


def secret(connection: sqlite3.Connection, source_id: int, column: str) -> str | None:
    """What stands sealed in `type_secret` or `sync_secret`."""
    if column not in ("type_secret", "sync_secret"):
        raise ValueError(column)
    row = connection.execute(f"SELECT {column} FROM code_source WHERE id = ?", (source_id,)).fetchone()
    return row[0] if row is not None else None


def due(connection: sqlite3.Connection, now_us: int) -> tuple[int, ...]:
    """Enabled sources whose moment has come."""
    rows = connection.execute(
        "SELECT id FROM code_source WHERE next_sync_at_us <= ? AND enabled = 1 ORDER BY next_sync_at_us",
        (now_us,),
    )
    return tuple(int(row[0]) for row in rows)


def revisions(connection: sqlite3.Connection, source_id: int) -> tuple[Revision, ...]:
    """All revisions on the disk, newest first."""
    rows = connection.execute(
        f"SELECT {_REVISION} FROM code_revision WHERE source_id = ? ORDER BY id DESC", (source_id,)
    )
    return tuple(_revision_of(row) for row in rows)


def declared(connection: sqlite3.Connection, script_type: str) -> list[tuple[Source, str]]:
    """Sources whose current revision has a file that declares a type, with its path, by name."""
    rows = connection.execute(
        """SELECT source_id, declared FROM code_revision r JOIN code_source s ON s.id = r.source_id
            WHERE state = 'current' AND declared <> '{}' ORDER BY s.name_folded"""
    ).fetchall()
    found = []
    for source_id, text in rows:
        path = json.loads(text).get(script_type)
        source = by_id(connection, source_id) if path is not None else None
        if source is not None:
            found.append((source, str(path)))
    return found


def keep_revision(tx: Tx, source_id: int, new: NewRevision, *, held: bool) -> int:
    """Make an exported revision the one that readers see, or hold it for review instead of an earlier held one."""
    state = "held" if held else "current"
    replaced = "('held')" if held else "('held', 'current')"
    tx.connection.execute(
        f"UPDATE code_revision SET state = 'old' WHERE source_id = ? AND state IN {replaced}", (source_id,)
    )
    made = tx.connection.execute(
        """INSERT INTO code_revision (source_id, commit_id, folder, state, files, size_bytes, notes, declared,
            created_at_us) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            source_id,
            new.commit,
            new.folder,
            state,
            new.files,
            new.size_bytes,
            json.dumps(list(new.notes)),
            json.dumps(dict(new.declared)),
            tx.now_us,
        ),
    )
    if not held:
        permits.let_go(tx, "")  # a file may ask for less than before
    _tell(tx, source_id)
    return int(made.lastrowid or 0)


def put_current(tx: Tx, revision: Revision) -> None:
    """Let readers see this revision from now on."""
    tx.connection.execute(
        "UPDATE code_revision SET state = 'old' WHERE source_id = ? AND state IN ('current', 'held')",
        (revision.source_id,),
    )
    tx.connection.execute("UPDATE code_revision SET state = 'current' WHERE id = ?", (revision.id,))
    permits.let_go(tx, "")  # what was allowed at this revision may run again
    _tell(tx, revision.source_id)


def step_to(tx: Tx, source_id: int, revision: Revision, status: str) -> None:
    """Let readers see another revision because a person says so, with a line in the history.

    Args:
        status: `accepted` or `rolled_back`.
    """
    source = by_id(tx.connection, source_id)
    before = source.revision if source is not None else None
    put_current(tx, revision)
    end = SyncEnd(
        job_id=None,
        trigger=Trigger.MANUAL,
        status=status,
        started_at_us=tx.now_us,
        duration_ms=0,
        from_commit=before.commit if before is not None else None,
        to_commit=revision.commit,
    )
    keep_sync(tx, source_id, end)


def forget_revisions(tx: Tx, ids: Sequence[int]) -> None:
    """Forget old revisions, whose folders nobody reads."""
    for each in ids:
        tx.connection.execute("DELETE FROM code_revision WHERE id = ? AND state = 'old'", (each,))


def keep_sync(tx: Tx, source_id: int, end: SyncEnd) -> None:
    """Add a line to the history, and drop the oldest beyond what is kept; those without news go first."""
    tx.connection.execute(
        """INSERT INTO code_sync (source_id, job_id, "trigger", status, started_at_us, duration_ms, from_commit,
            to_commit, added, changed, removed, received_bytes, paths, notes, error)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            source_id,
            end.job_id,
            end.trigger,
            end.status,
            end.started_at_us,
            end.duration_ms,
            end.from_commit,
            end.to_commit,
            end.added,
            end.changed,
            end.removed,
            end.received_bytes,
            json.dumps([list(pair) for pair in end.paths]),
            json.dumps(list(end.notes)),
            _json(end.error),
        ),
    )
    for kind, most in (("status = 'unchanged'", UNCHANGED_KEPT), ("status <> 'unchanged'", SYNCS_KEPT)):
        tx.connection.execute(
            f"""DELETE FROM code_sync WHERE source_id = ? AND {kind} AND id <= (SELECT id FROM code_sync
                WHERE source_id = ? AND {kind} ORDER BY id DESC LIMIT 1 OFFSET ?)""",
            (source_id, source_id, most),
        )


def history(connection: sqlite3.Connection, source_id: int, limit: int = 100) -> list[dict[str, Any]]:
    """The syncs of a source and the steps between its revisions, newest first, JSON-ready."""
    rows = connection.execute(
        """SELECT id, job_id, "trigger", status, started_at_us, duration_ms, from_commit, to_commit, added, changed,
            removed, received_bytes, paths, notes, error FROM code_sync WHERE source_id = ?
            ORDER BY id DESC LIMIT ?""",
        (source_id, limit),
    )
    return [
        {
            "id": row[0],
            "job_id": row[1],
            "trigger": row[2],
            "status": row[3],
            "started_at": iso(row[4]),
            "duration_ms": row[5],
            "from_commit": row[6],
            "to_commit": row[7],
            "added": row[8],
            "changed": row[9],
            "removed": row[10],
            "received_bytes": row[11],
            "paths": json.loads(row[12]),
            "notes": json.loads(row[13]),
            "error": json.loads(row[14]) if row[14] is not None else None,
        }
        for row in rows
    ]


def _tell(tx: Tx, source_id: int) -> None:
    row = tx.connection.execute("SELECT name FROM code_source WHERE id = ?", (source_id,)).fetchone()
    if row is not None:
        tx.emit(SourceChanged(source_id=source_id, name=row[0]))


def _json(value: Any) -> str | None:
    return json.dumps(value, sort_keys=True) if value else None


def _source_of(connection: sqlite3.Connection, row: Sequence[Any]) -> Source:
    found = connection.execute(
        f"SELECT {_REVISION} FROM code_revision WHERE source_id = ? AND state IN ('current', 'held')",
        (row[0],),
    )
    by_state = {revision.state: revision for revision in map(_revision_of, found)}
    return Source(
        id=row[0],
        name=row[1],
        type=row[2],
        enabled=bool(row[3]),
        created_at_us=row[4],
        updated_at_us=row[5],
        settings=json.loads(row[6]) if row[6] is not None else {},
        has_token=bool(row[7]),
        sync=SyncSettings(**json.loads(row[8])) if row[8] is not None else SyncSettings(),
        has_webhook_secret=bool(row[9]),
        revision=by_state.get("current"),
        held=by_state.get("held"),
        last_sync_started_at_us=row[10],
        last_sync_at_us=row[11],
        last_sync_error=json.loads(row[12]) if row[12] is not None else None,
        next_sync_at_us=row[13],
        failures=row[14],
    )


def _revision_of(row: Sequence[Any]) -> Revision:
    return Revision(
        id=row[0],
        source_id=row[1],
        commit=row[2],
        folder=row[3],
        state=row[4],
        files=row[5],
        size_bytes=row[6],
        created_at_us=row[7],
        notes=tuple(json.loads(row[8])),
    )
