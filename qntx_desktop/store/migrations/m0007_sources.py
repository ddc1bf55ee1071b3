"""Schema 7: code sources, their revisions, and the history of their syncs.

Pure text. Settings are JSON, so that a new type of source needs no new schema; what is secret in them stands sealed
in a column of its own. The revision that readers see is `current`; another one may be held for review.
Every home starts with a manual source of that name.
"""

from __future__ import annotations

STATEMENTS = (
    """CREATE TABLE code_source (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        name_folded TEXT NOT NULL UNIQUE,
        type TEXT NOT NULL,
        enabled INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1)),
        created_at_us INTEGER NOT NULL,
        updated_at_us INTEGER NOT NULL,
        type_settings TEXT,
        type_secret TEXT,
        sync_settings TEXT,
        sync_secret TEXT,
        last_sync_started_at_us INTEGER,
        last_sync_at_us INTEGER,
        last_sync_error TEXT,
        next_sync_at_us INTEGER,
        failures INTEGER NOT NULL DEFAULT 0
    )""",
    """CREATE INDEX code_source_due ON code_source (next_sync_at_us)
        WHERE next_sync_at_us IS NOT NULL AND enabled = 1""",
    """CREATE TABLE code_revision (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        source_id INTEGER NOT NULL REFERENCES code_source (id) ON DELETE CASCADE,
        commit_id TEXT NOT NULL,
        folder TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('current', 'held', 'old')),
        files INTEGER NOT NULL,
        size_bytes INTEGER NOT NULL,
        notes TEXT NOT NULL DEFAULT '[]',
        declared TEXT NOT NULL DEFAULT '{}',
        created_at_us INTEGER NOT NULL
    )""",
    """CREATE UNIQUE INDEX code_revision_current ON code_revision (source_id) WHERE state = 'current'""",
    """CREATE UNIQUE INDEX code_revision_held ON code_revision (source_id) WHERE state = 'held'""",
    "CREATE INDEX code_revision_by_source ON code_revision (source_id, id)",
    """CREATE TABLE code_sync (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        source_id INTEGER NOT NULL REFERENCES code_source (id) ON DELETE CASCADE,
        job_id INTEGER,
        "trigger" TEXT NOT NULL,
        status TEXT NOT NULL,
        started_at_us INTEGER NOT NULL,
        duration_ms REAL NOT NULL,
        from_commit TEXT,
        to_commit TEXT,
        added INTEGER NOT NULL DEFAULT 0,
        changed INTEGER NOT NULL DEFAULT 0,
        removed INTEGER NOT NULL DEFAULT 0,
        received_bytes INTEGER NOT NULL DEFAULT 0,
        paths TEXT NOT NULL DEFAULT '[]',
        notes TEXT NOT NULL DEFAULT '[]',
        error TEXT
    )""",
    "CREATE INDEX code_sync_by_source ON code_sync (source_id, id)",
    """INSERT INTO code_source (name, name_folded, type, created_at_us, updated_at_us)
        VALUES ('manual', 'manual', 'manual', strftime('%s', 'now') * 1000000, strftime('%s', 'now') * 1000000)""",
    "ALTER TABLE execution ADD COLUMN code_file TEXT",
)
