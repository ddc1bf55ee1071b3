"""What a write function gets: the connection, the moment, the events to tell, and the ids of known terms.

Whoever has the writer's turn.
"""

from __future__ import annotations

import sqlite3

from qntx_desktop.model.events import Event

Term = tuple[int, str]
"""The kind and the folded text of a term."""

_MAX_TERMS = 200_000


class TermCache:
    """Ids of terms that are known to be committed. Terms are never changed, so an id stays true for ever."""

    def __init__(self, most: int = _MAX_TERMS) -> None:
        self._ids: dict[Term, int] = {}
        self._most = most

    def get(self, term: Term) -> int | None:
        """The id of a committed term, if it is remembered."""
        return self._ids.get(term)

    def learn(self, terms: dict[Term, int]) -> None:
        """Remember what a transaction that was committed used; the oldest half goes when it is full."""
        if len(self._ids) + len(terms) > self._most:
            for key in list(self._ids)[: self._most // 2]:
                del self._ids[key]
        self._ids.update(terms)


class Tx:
    """A transaction of the writer, begun with BEGIN IMMEDIATE.

    Args:
        connection: The writer's connection; SQL on it is part of the transaction.
        now_us: The moment the transaction began.
        terms: What earlier transactions learnt.
    """

    __slots__ = ("connection", "events", "new_terms", "now_us", "terms")

    def __init__(self, connection: sqlite3.Connection, now_us: int, terms: TermCache) -> None:
        self.connection = connection
        self.now_us = now_us
        self.terms = terms
        self.events: list[Event] = []
        self.new_terms: dict[Term, int] = {}

    def emit(self, event: Event) -> None:
        """Tell a fact once the transaction is durable; a rollback drops it."""
        self.events.append(event)
