"""Many rows in few statements.

The driver lets go of the interpreter around each statement, also within `executemany`, and while other threads are
busy, getting it back takes longer than the statement. Whoever has the writer's turn.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from itertools import chain
from typing import Any

_COUNTS = (64, 32, 16, 8, 7, 6, 5, 4, 3, 2, 1)


class Rows:
    """An insert of so many values a row, with its texts for a few counts of rows."""

    def __init__(self, head: str, width: int) -> None:
        one = f"({', '.join(['?'] * width)})"
        self.texts = [(count, f"{head} {', '.join([one] * count)}") for count in _COUNTS]


def insert_many(connection: sqlite3.Connection, rows: Rows, values: Sequence[tuple[Any, ...]]) -> None:
    """Insert all in order. When a statement fails, those before it stay until the transaction is rolled back."""
    first, left = 0, len(values)
    for count, text in rows.texts:
        while left >= count:
            several = values[first : first + count]
            connection.execute(text, several[0] if count == 1 else tuple(chain.from_iterable(several)))
            first += count
            left -= count
