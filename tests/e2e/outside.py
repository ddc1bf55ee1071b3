"""What can be seen of a home from outside the app."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path


def asked(home: Path, sql: str) -> list[tuple[object, ...]]:
    """Ask the store of a home, from outside; nothing while it is not there yet."""
    path = home / "qntx.db"
    if not path.exists():
        return []
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=5)) as connection:
        try:
            return connection.execute(sql).fetchall()
        except sqlite3.OperationalError:  # the tables are being made
            return []
