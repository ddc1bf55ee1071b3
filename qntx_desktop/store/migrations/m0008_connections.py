"""Schema 8: the connection ledger, every attempt of a run to reach the network. Pure text."""

from __future__ import annotations

STATEMENTS = (
    """CREATE TABLE connection (
        execution_id INTEGER NOT NULL REFERENCES execution (id) ON DELETE CASCADE,
        seq INTEGER NOT NULL,
        at_us INTEGER NOT NULL,
        host TEXT NOT NULL,
        port INTEGER,
        address TEXT NOT NULL,
        verdict TEXT NOT NULL,
        arrival TEXT NOT NULL,
        PRIMARY KEY (execution_id, seq)
    ) WITHOUT ROWID""",
)
