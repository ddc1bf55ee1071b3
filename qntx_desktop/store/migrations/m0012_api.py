"""Schema 12: clients of the local API, webhooks that start a handler, and what was delivered to webhooks.

Pure text. Of a token only its SHA-256 is kept; the secret of a webhook is sealed, because signatures need it.
"""

from __future__ import annotations

STATEMENTS = (
    """CREATE TABLE api_token (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE,
        sha256 TEXT NOT NULL,
        scopes TEXT NOT NULL,
        level TEXT NOT NULL,
        created_at_us INTEGER NOT NULL,
        rotated_at_us INTEGER,
        last_used_at_us INTEGER
    )""",
    """CREATE TABLE api_hook (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE,
        script_type TEXT NOT NULL,
        args TEXT NOT NULL,
        sealed TEXT NOT NULL,
        enabled INTEGER NOT NULL,
        created_at_us INTEGER NOT NULL
    )""",
    """CREATE TABLE api_delivery (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        target TEXT NOT NULL,
        target_id INTEGER NOT NULL,
        at_us INTEGER NOT NULL,
        delivery TEXT NOT NULL,
        event TEXT NOT NULL,
        outcome TEXT NOT NULL,
        reason TEXT NOT NULL,
        job_id INTEGER
    )""",
    "CREATE INDEX api_delivery_of ON api_delivery (target, target_id, id)",
)
