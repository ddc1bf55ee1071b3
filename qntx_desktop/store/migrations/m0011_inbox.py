"""Schema 11: which failures a person has seen.

Pure text. A table of its own, so that the change that ends a job has nothing more to write.
"""

from __future__ import annotations

STATEMENTS = (
    """CREATE TABLE failure_seen (
        job_id INTEGER NOT NULL PRIMARY KEY
    )""",
)
