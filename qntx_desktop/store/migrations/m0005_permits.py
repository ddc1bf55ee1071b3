"""Schema 5: what code from elsewhere may do, and the locks of the packages that versions were saved with.

Pure text. Code that was saved here has no row in `permit`: saving allows it. `level` is the confinement under which
the code may run; none means that a person has not said yes yet.
"""

from __future__ import annotations

STATEMENTS = (
    """CREATE TABLE permit (
        "key" TEXT NOT NULL PRIMARY KEY,
        script_type TEXT NOT NULL,
        origin TEXT NOT NULL,
        level TEXT CHECK (level IN ('full', 'partial', 'process')),
        allowed_at_us INTEGER
    ) WITHOUT ROWID""",
    "CREATE INDEX permit_missing ON permit (script_type) WHERE level IS NULL",
    """CREATE TABLE package_lock (
        "key" TEXT NOT NULL PRIMARY KEY,
        lock TEXT NOT NULL,
        python TEXT NOT NULL,
        made_at_us INTEGER NOT NULL
    ) WITHOUT ROWID""",
)
