"""Schema 3: retries that name what they do again, limits that hold jobs back, retention.

Pure text. The index over every job's status is given up: it cost up to three pages in each change of a job, most in
a large table. Each state but the usual end has a small index of its own instead.
"""

from __future__ import annotations

STATEMENTS = (
    "ALTER TABLE job_queue ADD COLUMN retry_of INTEGER",
    "ALTER TABLE job_queue ADD COLUMN limit_key TEXT",
    "ALTER TABLE job_queue ADD COLUMN waiting_until_us INTEGER",
    "DROP INDEX job_by_status",
    "CREATE INDEX job_running ON job_queue (id) WHERE status = 'running'",
    "CREATE INDEX job_failed ON job_queue (id) WHERE status = 'failed'",
    "CREATE INDEX job_cancelled ON job_queue (id) WHERE status = 'cancelled'",
    """CREATE INDEX job_waiting ON job_queue (id)
        WHERE status = 'pending' AND waiting_code IS NOT NULL""",
    "CREATE INDEX job_held ON job_queue (waiting_until_us, limit_key) WHERE waiting_until_us IS NOT NULL",
    "CREATE INDEX job_by_schedule ON job_queue (schedule_id, id) WHERE schedule_id IS NOT NULL",
    """CREATE TABLE spent (
        limit_key TEXT NOT NULL,
        day TEXT NOT NULL,
        cost REAL NOT NULL,
        PRIMARY KEY (limit_key, day)
    ) WITHOUT ROWID""",
    """CREATE TABLE retention_mark (
        age_us INTEGER NOT NULL PRIMARY KEY,
        up_to_id INTEGER NOT NULL,
        open_ids TEXT NOT NULL
    )""",
    """CREATE TABLE origin (
        execution_id INTEGER NOT NULL PRIMARY KEY,
        job_id INTEGER NOT NULL,
        attempt INTEGER NOT NULL,
        status TEXT NOT NULL,
        command TEXT NOT NULL,
        args TEXT NOT NULL,
        handler_type TEXT,
        handler_version INTEGER,
        handler_asid TEXT,
        started_at_us INTEGER NOT NULL,
        duration_ms REAL,
        exit_code INTEGER,
        error TEXT,
        sandbox TEXT NOT NULL,
        "trigger" TEXT NOT NULL,
        cost REAL NOT NULL
    )""",
)
"""`spent` outlives the jobs, so that a month's budget does; `origin` keeps where attestations come from when the
run that made them is past retention."""
