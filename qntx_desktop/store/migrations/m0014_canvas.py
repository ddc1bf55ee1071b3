"""Schema 14: what was done to each canvas, so that undo outlives a restart.

Pure text. The steps are written in the transaction of the change they stand for; `change` is JSON,
see `model/history`.
"""

from __future__ import annotations

STATEMENTS = (
    """CREATE TABLE canvas_step (
        canvas_id INTEGER NOT NULL REFERENCES canvas (id),
        id INTEGER NOT NULL,
        label TEXT NOT NULL,
        done INTEGER NOT NULL,
        change TEXT NOT NULL,
        PRIMARY KEY (canvas_id, id)
    )""",
)
