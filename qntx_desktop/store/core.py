"""SQLAlchemy Core statements, run on a connection of the store's own.

Imported late, see `tables`. There is one connection that writes and it belongs to the writer, so no engine
opens others: a statement is compiled once for SQLite, and its text and values go to the driver.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from sqlalchemy import Executable
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.compiler import SQLCompiler
from sqlmodel import SQLModel

_DIALECT = sqlite.dialect(paramstyle="qmark")


class Statement:
    """One Core statement with named values, compiled when it is first run.

    Args:
        built: The statement; every value in it is a `bindparam`.
    """

    def __init__(self, built: Executable) -> None:
        self._built = built

    @cached_property
    def _compiled(self) -> SQLCompiler:
        compiled = self._built.compile(dialect=_DIALECT)  # type: ignore[attr-defined]
        assert isinstance(compiled, SQLCompiler)
        return compiled

    def run(self, connection: sqlite3.Connection, **values: Any) -> sqlite3.Cursor:
        """Run it once with these values."""
        return connection.execute(self._compiled.string, self._placed(values))

    def run_each(self, connection: sqlite3.Connection, rows: Iterable[Mapping[str, Any]]) -> None:
        """Run it for each row of values."""
        connection.executemany(self._compiled.string, [self._placed(row) for row in rows])

    def _placed(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        named = self._compiled.construct_params(dict(values))
        return tuple(named[name] for name in self._compiled.positiontup or ())


def table(model: type[SQLModel]) -> Any:
    """The Core table of a declared one."""
    return model.__table__  # type: ignore[attr-defined]


def upsert(model: type[SQLModel]) -> Statement:
    """Insert a row, or give the row of the same primary key all new values; never delete and insert."""
    target = table(model)
    key = [column.name for column in target.primary_key]
    made = sqlite.insert(target)
    changed = {column.name: made.excluded[column.name] for column in target.columns if column.name not in key}
    return Statement(made.on_conflict_do_update(index_elements=key, set_=changed))
