"""What is in a store, for backups: counts, sources, open jobs. Any thread; read-only connections of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from qntx_desktop.model.source import Source
from qntx_desktop.store import inspection, migrate
from qntx_desktop.store import sources as stored
from qntx_desktop.store.faults import translated
from qntx_desktop.store.terms import Kind

_COUNTS = {
    "attestations": "SELECT count(*) FROM attestation",
    "handler_versions": f"""SELECT count(*) FROM attestation_term t
        JOIN term ON term.id = t.term WHERE term.kind = {int(Kind.HANDLER)}""",
    "canvases": "SELECT count(*) FROM canvas",
    "jobs": "SELECT count(*) FROM job_queue",
    "schedules": "SELECT count(*) FROM schedule",
    "secrets": "SELECT count(*) FROM secret",
}


def counts(path: Path) -> tuple[dict[str, int], int]:
    """How much of what there is, and the schema of the store; of an old schema only what it has."""
    with _reading(path) as connection:
        tables = {
            str(row[0]) for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        }
        found = {
            name: int(connection.execute(statement).fetchone()[0])
            for name, statement in _COUNTS.items()
            if statement.split(" FROM ")[1].split()[0] in tables
        }
        return found, migrate.version_of(connection)


def sources(path: Path) -> tuple[Source, ...]:
    """The code sources of a store of this version's schema."""
    with _reading(path) as connection:
        return stored.all_sources(connection)


def revision_folders(path: Path) -> set[str]:
    """Where the revisions that sources use, or hold for review, lie below `sources/`: `3/0123abcd`."""
    return {
        f"{source.id}/{revision.folder}"
        for source in sources(path)
        for revision in (source.revision, source.held)
        if revision is not None
    }


def open_jobs(path: Path) -> int:
    """How many jobs have not ended."""
    with _reading(path) as connection:
        found = connection.execute(
            "SELECT (SELECT count(*) FROM job_queue WHERE status = 'pending')"
            " + (SELECT count(*) FROM job_queue WHERE status = 'running')"
        )
        return int(found.fetchone()[0])


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        with closing(inspection.open_read_only(path)) as connection:
            yield connection
    except (sqlite3.Error, OSError) as error:
        raise translated(error, path) from error
