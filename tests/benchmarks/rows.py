"""A large ledger to look things up in, made through the store's own insert.

Words follow Zipf's law; one row in five says several things at once. One row in 2,000 is a handler version of one
of ten types in turn, so that in the large store the newest `webhook` handler lies about 20,000 rows back.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from pathlib import Path

from qntx_desktop.model.attestation import Draft, check_draft
from qntx_desktop.model.events import Event
from qntx_desktop.store import attestations, handlers
from qntx_desktop.store.database import Database

TYPES = ("webhook", "cron", "git", "csv", "rss", "mail", "mqtt", "fs", "api", "manual")
EVERY = 2_000
FIRST_US = 1_700_000_000_000_000
STEP_US = 1_000
CODE = '''"""Reads what a {name} gives (edition {number})."""
import csv
import qntx

with open(qntx.args[0], newline="", encoding="utf-8") as file:
    for row in csv.DictReader(file):
        attest(row["name"], "lives_in", row["town"], attributes=dict(row))
'''


class Words:
    """Draws words: the first ones often, the last ones hardly ever."""

    def __init__(self, random_source: random.Random, name: str, count: int) -> None:
        self._random = random_source
        self._words = [f"{name} {number}" for number in range(count)]
        self._weights = list(itertools.accumulate(1 / (rank + 1) for rank in range(count)))

    def draw(self, count: int) -> list[str]:
        """Some words, perhaps the same one twice."""
        return self._random.choices(self._words, cum_weights=self._weights, k=count)


class Rows:
    """Makes drafts, and the moment each one is made."""

    def __init__(self, seed: int, rows: int) -> None:
        self._random = random.Random(seed)
        self._subjects = Words(self._random, "subject", rows // 20 + 10)
        self._predicates = Words(self._random, "predicate", 200)
        self._contexts = Words(self._random, "context", 60)
        self._actors = Words(self._random, "actor", 30)
        self.now_us = FIRST_US

    def drafts(self, count: int) -> Iterator[Draft]:
        """So many plain claims, one in five with several terms in a field."""
        for _ in range(count):
            self.now_us += STEP_US
            several = 2 if self._random.random() < 0.2 else 1
            yield check_draft(
                subjects=self._subjects.draw(several),
                predicates=self._predicates.draw(several),
                contexts=self._contexts.draw(several),
                actors=self._actors.draw(1),
                attributes={"n": self.now_us, "note": "a few words that somebody wrote down"},
                timestamp_us=self.now_us,
                source="benchmark",
            )


def fill(path: Path, rows: int, seed: int) -> Database:
    """Make a store of so many rows; the caller closes it."""
    made = Rows(seed, rows)
    db = Database.open(path, publish=_unheard, app_version="benchmark", clock=lambda: made.now_us)
    for number, done in enumerate(range(0, rows, EVERY)):
        _save_handler(db, number)
        made.now_us += STEP_US
        drafts = list(made.drafts(min(EVERY, rows - done) - 1))
        db.write(lambda tx, drafts=drafts: attestations.insert(tx, drafts))
    return db


def _save_handler(db: Database, number: int) -> None:
    name = TYPES[number % len(TYPES)]
    code = CODE.format(name=name, number=number)
    db.write(
        lambda tx: handlers.save_version(
            tx, script_type=name, code=code, description=f"Edition {number}", requires={}, source="benchmark"
        )
    )


def _unheard(_event: Event) -> None:
    """Nobody listens."""
