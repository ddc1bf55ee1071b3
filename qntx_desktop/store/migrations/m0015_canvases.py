"""Schema 15: several canvases, each with a name for every home, a bin, and places with names. Pure text."""

from __future__ import annotations

STATEMENTS = (
    "ALTER TABLE canvas ADD COLUMN uid TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE canvas ADD COLUMN parent_uid TEXT",
    "ALTER TABLE canvas ADD COLUMN made_at_us INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE canvas ADD COLUMN opened_at_us INTEGER",
    "ALTER TABLE canvas ADD COLUMN deleted_at_us INTEGER",
    "UPDATE canvas SET uid = lower(hex(randomblob(16)))",
    "CREATE UNIQUE INDEX canvas_by_uid ON canvas (uid)",
    """CREATE TABLE canvas_place (
        id INTEGER NOT NULL PRIMARY KEY,
        canvas_id INTEGER NOT NULL REFERENCES canvas (id),
        name TEXT NOT NULL,
        center_x REAL NOT NULL,
        center_y REAL NOT NULL,
        zoom REAL NOT NULL CHECK (zoom > 0)
    )""",
    "CREATE INDEX canvas_place_by_canvas ON canvas_place (canvas_id)",
)
