"""Schema 4: schedules, and the slots of their time tables that had no run of their own in time.

Pure text. Numbers of schedules are never used again, because jobs and reports name them.
"""

from __future__ import annotations

STATEMENTS = (
    """CREATE TABLE schedule (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        command TEXT NOT NULL,
        type TEXT NOT NULL,
        payload TEXT NOT NULL,
        interval_s INTEGER,
        cron TEXT,
        timezone TEXT NOT NULL,
        missed TEXT NOT NULL CHECK (missed IN ('skip', 'once', 'all')),
        state TEXT NOT NULL CHECK (state IN ('active', 'paused')),
        anchor_us INTEGER NOT NULL,
        next_run_at_us INTEGER,
        last_slot_us INTEGER,
        limit_key TEXT,
        concurrent INTEGER NOT NULL DEFAULT 0 CHECK (concurrent IN (0, 1)),
        glyph_id INTEGER,
        created_at_us INTEGER NOT NULL,
        CHECK ((interval_s IS NULL) <> (cron IS NULL))
    )""",
    "CREATE INDEX schedule_due ON schedule (next_run_at_us) WHERE state = 'active'",
    "CREATE INDEX schedule_by_glyph ON schedule (glyph_id) WHERE glyph_id IS NOT NULL",
    """CREATE TABLE missed_slot (
        schedule_id INTEGER NOT NULL REFERENCES schedule (id) ON DELETE CASCADE,
        slot_us INTEGER NOT NULL,
        last_us INTEGER NOT NULL,
        count INTEGER NOT NULL CHECK (count > 0),
        fate TEXT NOT NULL CHECK (fate IN
            ('skipped', 'merged', 'waiting', 'caught_up', 'dropped', 'joined')),
        noticed_at_us INTEGER NOT NULL,
        job_id INTEGER,
        PRIMARY KEY (schedule_id, slot_us)
    ) WITHOUT ROWID""",
    "CREATE INDEX missed_slot_waiting ON missed_slot (schedule_id, slot_us) WHERE fate = 'waiting'",
    "CREATE INDEX missed_slot_by_time ON missed_slot (slot_us)",
)
