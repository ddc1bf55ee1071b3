"""Stores for tests: real files through the real migrations, with a clock that the test owns."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from qntx_desktop.model.events import Event
from qntx_desktop.store import migrate
from qntx_desktop.store.database import Database

START_US = 1_800_000_000_000_000


class Ticking:
    """A clock that goes on by one millisecond at each look, unless it is told otherwise."""

    def __init__(self) -> None:
        self.now_us = START_US
        self.step_us = 1_000

    def __call__(self) -> int:
        self.now_us += self.step_us
        return self.now_us


def in_memory() -> sqlite3.Connection:
    """A database of this schema that costs next to nothing, for tests that make hundreds; to be closed."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    migrate.migrate(connection, Path("nowhere"), app_version="1", clock=lambda: START_US)
    return connection


class Store:
    """An open database with what it told and the clock it reads."""

    def __init__(self, path: Path, **options: float) -> None:
        self.path = path
        self.clock = Ticking()
        self.events: list[Event] = []
        self.db = Database.open(
            path, publish=self.events.append, app_version="1.2.3", clock=self.clock, **options
        )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "qntx.db"


@pytest.fixture
def opened(path: Path) -> Iterator[Callable[..., Store]]:
    """Open stores that are closed at the end of the test, at `path` unless told otherwise."""
    stores: list[Store] = []

    def make(at: Path | None = None, **options: float) -> Store:
        stores.append(Store(at or path, **options))
        return stores[-1]

    yield make
    for store in stores:
        store.db.close()


@pytest.fixture
def store(opened: Callable[..., Store]) -> Store:
    return opened()
