"""Schema 1: attestations with their term index, the queue, executions, handler state, canvas and settings.

Pure text. `attestation_term` is the only way by which queries find attestations: one row for each term,
in the order (term, time, insertion), so that "newest with this term" is the end of a range. It has no foreign
keys, because both sides refuse deletion anyway and each check would be paid on every attest.
"""

from __future__ import annotations

_LEDGER = (
    """CREATE TABLE attestation (
        seq INTEGER NOT NULL PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        subjects TEXT NOT NULL,
        predicates TEXT NOT NULL,
        contexts TEXT NOT NULL,
        actors TEXT NOT NULL,
        timestamp_us INTEGER NOT NULL,
        source TEXT NOT NULL,
        created_at_us INTEGER NOT NULL,
        execution_id INTEGER,
        attributes TEXT NOT NULL
    )""",
    "CREATE INDEX attestation_by_time ON attestation (timestamp_us)",
    """CREATE INDEX attestation_by_execution ON attestation (execution_id, seq)
        WHERE execution_id IS NOT NULL""",
    """CREATE TABLE term (
        id INTEGER NOT NULL PRIMARY KEY,
        kind INTEGER NOT NULL,
        value TEXT NOT NULL,
        UNIQUE (kind, value)
    )""",
    """CREATE TABLE attestation_term (
        term INTEGER NOT NULL,
        timestamp_us INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        PRIMARY KEY (term, timestamp_us, seq)
    ) WITHOUT ROWID""",
)

_APPEND_ONLY = tuple(
    f"""CREATE TRIGGER {table}_refuses_{verb.lower()} BEFORE {verb} ON {table}
        BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""
    for table in ("attestation", "attestation_term", "term")
    for verb in ("UPDATE", "DELETE")
)

_QUEUE = (
    """CREATE TABLE job_queue (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        type TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('pending', 'running', 'completed', 'failed', 'cancelled')),
        priority INTEGER NOT NULL,
        payload TEXT NOT NULL,
        result TEXT,
        error TEXT,
        progress_current REAL NOT NULL DEFAULT 0,
        progress_total REAL,
        progress_message TEXT NOT NULL DEFAULT '',
        cost REAL NOT NULL DEFAULT 0,
        waiting_code TEXT,
        waiting_message TEXT NOT NULL DEFAULT '',
        concurrent INTEGER NOT NULL DEFAULT 0 CHECK (concurrent IN (0, 1)),
        reference_type TEXT,
        reference_id TEXT,
        process_instance_id TEXT,
        attempt INTEGER NOT NULL DEFAULT 0,
        retry_count INTEGER NOT NULL DEFAULT 0,
        max_retries INTEGER NOT NULL DEFAULT 1,
        schedule_id INTEGER,
        "trigger" TEXT NOT NULL,
        cancel_requested INTEGER NOT NULL DEFAULT 0 CHECK (cancel_requested IN (0, 1)),
        created_at_us INTEGER NOT NULL,
        started_at_us INTEGER,
        completed_at_us INTEGER,
        CHECK ((reference_type IS NULL) = (reference_id IS NULL)),
        CHECK (status <> 'running' OR process_instance_id IS NOT NULL)
    )""",
    """CREATE UNIQUE INDEX job_one_running ON job_queue (reference_type, reference_id)
        WHERE status = 'running' AND concurrent = 0 AND reference_id IS NOT NULL""",
    """CREATE UNIQUE INDEX job_one_pending ON job_queue (reference_type, reference_id)
        WHERE status = 'pending' AND concurrent = 0 AND reference_id IS NOT NULL""",
    """CREATE INDEX job_ready ON job_queue (type, priority DESC, id)
        WHERE status = 'pending' AND (waiting_code IS NULL OR waiting_code = 'no_handler_for_type')""",
    "CREATE INDEX job_by_status ON job_queue (status, id)",
    """CREATE INDEX job_by_reference ON job_queue (reference_type, reference_id, id)
        WHERE reference_id IS NOT NULL""",
    """CREATE TABLE execution (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        job_id INTEGER NOT NULL REFERENCES job_queue (id),
        attempt INTEGER NOT NULL,
        status TEXT NOT NULL
            CHECK (status IN ('running', 'completed', 'failed', 'cancelled', 'interrupted')),
        command TEXT NOT NULL DEFAULT '',
        args TEXT NOT NULL DEFAULT '[]',
        handler_type TEXT,
        handler_version INTEGER,
        handler_asid TEXT,
        started_at_us INTEGER NOT NULL,
        duration_ms REAL,
        exit_code INTEGER,
        error TEXT,
        sandbox TEXT NOT NULL DEFAULT 'process',
        "trigger" TEXT NOT NULL,
        cost REAL NOT NULL DEFAULT 0,
        stdout_dropped_bytes INTEGER NOT NULL DEFAULT 0,
        stderr_dropped_bytes INTEGER NOT NULL DEFAULT 0,
        stdout TEXT NOT NULL DEFAULT '',
        stderr TEXT NOT NULL DEFAULT '',
        UNIQUE (job_id, attempt)
    )""",
    """CREATE INDEX execution_by_handler ON execution (handler_type, id)
        WHERE handler_type IS NOT NULL""",
    """CREATE TABLE execution_log (
        execution_id INTEGER NOT NULL REFERENCES execution (id),
        seq INTEGER NOT NULL,
        at_us INTEGER NOT NULL,
        level TEXT NOT NULL CHECK (level IN ('debug', 'info', 'warning', 'error')),
        message TEXT NOT NULL,
        PRIMARY KEY (execution_id, seq)
    ) WITHOUT ROWID""",
    """CREATE TABLE handler_state (
        "key" TEXT NOT NULL PRIMARY KEY,
        state TEXT,
        last_success_us INTEGER,
        updated_at_us INTEGER NOT NULL
    ) WITHOUT ROWID""",
)

_CANVAS = (
    """CREATE TABLE canvas (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        folder TEXT NOT NULL,
        center_x REAL NOT NULL,
        center_y REAL NOT NULL,
        zoom REAL NOT NULL CHECK (zoom > 0),
        saved_at_us INTEGER
    )""",
    """CREATE TABLE glyph (
        id INTEGER NOT NULL PRIMARY KEY,
        canvas_id INTEGER NOT NULL REFERENCES canvas (id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        x REAL NOT NULL,
        y REAL NOT NULL,
        width REAL NOT NULL,
        height REAL NOT NULL,
        z INTEGER NOT NULL,
        content TEXT NOT NULL,
        state TEXT NOT NULL
    )""",
    "CREATE INDEX glyph_by_canvas ON glyph (canvas_id)",
    """CREATE TABLE edge (
        id INTEGER NOT NULL PRIMARY KEY,
        canvas_id INTEGER NOT NULL REFERENCES canvas (id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        source_id INTEGER NOT NULL REFERENCES glyph (id) ON DELETE CASCADE,
        target_id INTEGER NOT NULL REFERENCES glyph (id) ON DELETE CASCADE
    )""",
    "CREATE INDEX edge_by_canvas ON edge (canvas_id)",
    "CREATE INDEX edge_by_source ON edge (source_id)",
    "CREATE INDEX edge_by_target ON edge (target_id)",
    """CREATE TABLE setting (
        "key" TEXT NOT NULL PRIMARY KEY,
        value TEXT NOT NULL
    ) WITHOUT ROWID""",
)

STATEMENTS = (*_LEDGER, *_APPEND_ONLY, *_QUEUE, *_CANVAS)
