"""Steps of the schema: whole or not at all, a backup before each, and equal to what the tables declare."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from qntx_desktop.store import backups, jobs, migrate
from qntx_desktop.store.migrations import MIGRATIONS
from qntx_desktop.store.transaction import TermCache, Tx

KNOWN = migrate.known_version()
LATER = (KNOWN + 1, ("CREATE TABLE later (x)", "INSERT INTO later VALUES (1)"))


def fresh(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL").fetchall()
    migrate.migrate(connection, path, app_version="1.0", clock=lambda: 1_000_000)
    return connection


def test_a_fresh_database_needs_no_backup(tmp_path: Path) -> None:
    with closing(fresh(tmp_path / "q.db")) as connection:
        assert migrate.version_of(connection) == migrate.known_version()
    assert not backups.folder_of(tmp_path / "q.db").exists()


def test_a_step_of_an_existing_database_is_backed_up_first(tmp_path: Path) -> None:
    path = tmp_path / "q.db"
    with closing(fresh(path)) as connection:
        steps = (*MIGRATIONS, LATER)
        migrate.migrate(connection, path, app_version="2.0", clock=lambda: 1_700_000_000_000_000, steps=steps)
        assert migrate.version_of(connection) == KNOWN + 1
        assert connection.execute("SELECT value FROM setting WHERE key = 'written_by'").fetchone() == ("2.0",)
    (backup,) = backups.folder_of(path).iterdir()
    assert backup.name == "q-20231114T221320.000000Z-2.0.db"
    with closing(sqlite3.connect(backup)) as copy:
        assert migrate.version_of(copy) == KNOWN
    assert backups.newest_good(path) == backup


def test_a_step_that_fails_leaves_the_schema_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "q.db"
    bad = (KNOWN + 1, ("CREATE TABLE later (x)", "INSERT INTO nowhere VALUES (1)"))
    with closing(fresh(path)) as connection:
        before = connection.execute("SELECT sql FROM sqlite_schema").fetchall()
        with pytest.raises(sqlite3.OperationalError):
            migrate.migrate(connection, path, app_version="2", clock=lambda: 1, steps=(*MIGRATIONS, bad))
        assert migrate.version_of(connection) == KNOWN
        assert connection.execute("SELECT sql FROM sqlite_schema").fetchall() == before


KILLED_IN_THE_MIDDLE = """
import os, signal, sqlite3, sys
from pathlib import Path
from qntx_desktop.store import migrate
from qntx_desktop.store.migrations import MIGRATIONS
from qntx_desktop.store.transaction import TermCache, Tx
path = Path(sys.argv[1])
connection = sqlite3.connect(path, isolation_level=None)
connection.create_function("die", 0, lambda: os.kill(os.getpid(), signal.SIGKILL))
statements = ("CREATE TABLE later (x)", "INSERT INTO later VALUES (1)", "SELECT die()")
steps = (*MIGRATIONS, (migrate.known_version() + 1, statements))
migrate.migrate(connection, path, app_version="2", clock=lambda: 1, steps=steps)
"""


def test_a_kill_in_the_middle_leaves_the_old_schema(tmp_path: Path) -> None:
    path = tmp_path / "q.db"
    fresh(path).close()
    ended = subprocess.run([sys.executable, "-c", KILLED_IN_THE_MIDDLE, str(path)], timeout=60, check=False)
    assert ended.returncode == -signal.SIGKILL
    with closing(sqlite3.connect(path)) as connection:
        assert migrate.version_of(connection) == KNOWN
        assert connection.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'later'").fetchone() == (
            0,
        )
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_the_tables_declare_what_the_migrations_make(tmp_path: Path) -> None:
    from sqlalchemy import create_engine, inspect
    from sqlmodel import SQLModel

    from qntx_desktop.store import tables

    def kind(column_type: object) -> str:
        return {"VARCHAR": "TEXT", "FLOAT": "REAL"}.get(str(column_type), str(column_type))

    declared = {
        name: {
            column.name: (kind(column.type), bool(column.nullable), bool(column.primary_key))
            for column in table.columns
        }
        for name, table in SQLModel.metadata.tables.items()
        if table in {getattr(each, "__table__", None) for each in vars(tables).values()}
    }
    fresh(tmp_path / "q.db").close()
    engine = create_engine(f"sqlite:///{tmp_path / 'q.db'}")
    try:
        seen = inspect(engine)
        made = {
            name: {
                column["name"]: (
                    kind(column["type"]),
                    column["nullable"],
                    column["name"] in seen.get_pk_constraint(name)["constrained_columns"],
                )
                for column in seen.get_columns(name)
            }
            for name in seen.get_table_names()
        }
    finally:
        engine.dispose()
    assert declared == made
    assert made


def test_numbers_of_attempts_that_are_gone_stay_used_in_an_older_store(tmp_path: Path) -> None:
    """Schema 14 counted them in SQLite's own table only."""
    older = tuple(step for step in MIGRATIONS if step[0] <= 14)
    with closing(sqlite3.connect(tmp_path / "q.db", isolation_level=None)) as connection:
        migrate.migrate(connection, tmp_path / "q.db", app_version="1", clock=lambda: 0, steps=older)
        connection.execute(
            """INSERT INTO job_queue (type, status, priority, payload, "trigger", created_at_us)
                VALUES ('t', 'pending', 0, '{}', 'cli', 0)"""
        )
        for attempt in range(11, 16):
            connection.execute(
                """INSERT INTO execution (job_id, attempt, status, started_at_us, "trigger")
                    VALUES (1, ?, 'interrupted', 0, 'cli')""",
                (attempt,),
            )
        connection.execute("DELETE FROM execution WHERE id > 3")
        migrate.migrate(connection, tmp_path / "q.db", app_version="1", clock=lambda: 0)
        tx = Tx(connection, 0, TermCache())
        claim = jobs.claim(tx, instance_id="here", types=("t",))
        assert claim is not None
        assert claim.execution_id == 6
