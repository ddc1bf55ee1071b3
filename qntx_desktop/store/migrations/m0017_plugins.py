"""Schema 17: plugins, what they announced, and how they stand.

Pure text. `settings`, `announced` and `live` are JSON, see `store/plugins`; `kept` is what the host remembers for a
plugin: which schedules were made for it.
"""

from __future__ import annotations

STATEMENTS = (
    """CREATE TABLE plugin (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE,
        path TEXT NOT NULL,
        args TEXT NOT NULL,
        enabled INTEGER NOT NULL,
        settings TEXT NOT NULL,
        generation INTEGER NOT NULL,
        announced TEXT NOT NULL,
        kept TEXT NOT NULL,
        state TEXT NOT NULL,
        error TEXT,
        live TEXT NOT NULL,
        added_at_us INTEGER NOT NULL,
        changed_at_us INTEGER NOT NULL
    )""",
)
