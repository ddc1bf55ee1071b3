"""Reads a whole store and says whether it is sound, changing nothing, not even its schema.

Any thread; blocks for as long as reading every page takes.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from qntx_desktop.store import inspection, migrate
from qntx_desktop.store.faults import corrupt, translated


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """A sound store. `attestations` counts what is in it."""

    schema: int
    known_schema: int
    size_bytes: int
    attestations: int


def sqlite_version() -> tuple[int, ...]:
    """The version of SQLite that this process uses."""
    return sqlite3.sqlite_version_info


def verify(path: Path) -> Verified | None:
    """Check every page and index of the store at `path`; None when there is none.

    Raises:
        ErrStoreCorrupt, ErrStoreNewer: It is damaged, no store of ours, or written by a later version.
        QntxError: It cannot be read.
    """
    known = migrate.known_version()
    try:
        inspection.refuse_orphan_wal(path)
        if not path.exists():
            return None
        schema = inspection.inspect(path, known=known)
        with closing(inspection.open_read_only(path)) as connection:
            # quick_check does not compare indexes with their tables, which is where damage hides longest
            found = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
            if found != "ok":
                raise corrupt(path, found.replace("\n", " "))
            count = connection.execute("SELECT count(*) FROM attestation").fetchone()[0]
        return Verified(
            schema=schema, known_schema=known, size_bytes=path.stat().st_size, attestations=int(count)
        )
    except (sqlite3.Error, OSError) as error:
        raise translated(error, path) from error
