"""Looking up the newest handler of a type: through the service, in plain sqlite3, and by searching JSON.

All ask the same files, filled through the store's own insert. The plain query is the least that can give the
answer: an open connection, a prepared statement, the term index, one row. The service also begins to read, ends it,
and decodes the row. The spread also holds the query by two terms, predicate and context, which anybody would write.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from qntx_desktop.model.handler import HandlerVersion, Requires
from qntx_desktop.services.handlers import Handlers
from tests.benchmarks.figures import Figure, Place, median, percentile
from tests.benchmarks.rows import fill

SMALL = 10_000
WANTED = "webhook"
CALLS = 1_000
SLOW_CALLS = 3
REPEATS = 7
MICRO = 1e6

PREDICATE, CONTEXT, HANDLER, RETIRED = 1, 2, 4, 5  # kinds of terms, as the store numbers them
PLAIN = f"""
SELECT a.id, a.attributes
FROM attestation_term AS t
CROSS JOIN attestation AS a ON a.seq = t.seq
WHERE t.term = (SELECT id FROM term WHERE kind = {HANDLER} AND value = '{WANTED}')
  AND NOT EXISTS (SELECT 1 FROM term AS r WHERE r.kind = {RETIRED} AND r.value = lower(a.id))
ORDER BY t.timestamp_us DESC, t.seq DESC
LIMIT 1
"""
JOINED = f"""
SELECT a.id, a.attributes
FROM attestation_term AS said
CROSS JOIN attestation_term AS about
  ON about.term = (SELECT id FROM term WHERE kind = {CONTEXT} AND value = '{WANTED}')
 AND about.timestamp_us = said.timestamp_us AND about.seq = said.seq
CROSS JOIN attestation AS a ON a.seq = said.seq
WHERE said.term = (SELECT id FROM term WHERE kind = {PREDICATE} AND value = 'ix_handler')
ORDER BY said.timestamp_us DESC, said.seq DESC
LIMIT 1
"""
BY_JSON = f"""
SELECT id, attributes FROM attestation {{hint}}
WHERE EXISTS (SELECT 1 FROM json_each(predicates) WHERE value = 'ix_handler')
  AND EXISTS (SELECT 1 FROM json_each(contexts) WHERE value = '{WANTED}')
ORDER BY timestamp_us DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """Medians in microseconds over the repeats; `p99` is the median of the repeats' own."""

    cached: float
    uncached: float
    uncached_p99: float
    plain: float
    plain_p99: float
    joined: float
    json_scan: float
    json_by_time: float


def measure(place: Place) -> Sequence[Figure]:
    """A small store and a large one."""
    small = _timed(place, SMALL)
    large = _timed(place, place.rows)
    rows = f"{place.rows:,} rows"
    return [
        Figure(
            name="look-up, uncached",
            what=f"newest handler through the service with its cache bypassed / plain indexed sqlite3, {rows}",
            unit="us",
            ours=large.uncached,
            peer=large.plain,
            ratio=large.uncached / large.plain,
            at_most=6.0,
            spread={
                "p99_ours": large.uncached_p99,
                "p99_peer": large.plain_p99,
                "peer_by_two_terms": large.joined,
                "ratio_by_two_terms": large.uncached / large.joined,
            },
        ),
        Figure(
            name="look-up, cached",
            what=f"newest handler through the service / plain indexed sqlite3, {rows}",
            unit="us",
            ours=large.cached,
            peer=large.plain,
            ratio=large.cached / large.plain,
        ),
        Figure(
            name="look-up, growth",
            what=f"uncached look-up among {rows} / among {SMALL:,}",
            unit="us",
            ours=large.uncached,
            peer=small.uncached,
            ratio=large.uncached / small.uncached,
            at_most=1.5,
        ),
        Figure(
            name="look-up, no JSON",
            what=f"EXISTS over json_each, every row / uncached look-up, {rows}",
            unit="us",
            ours=large.json_scan,
            peer=large.uncached,
            ratio=large.json_scan / large.uncached,
            at_least=1_000.0,
        ),
        Figure(
            name="look-up, JSON by time",
            what=f"the same, walking back the index of times until it is found / uncached look-up, {rows}",
            unit="us",
            ours=large.json_by_time,
            peer=large.uncached,
            ratio=large.json_by_time / large.uncached,
        ),
    ]


def _timed(place: Place, rows: int) -> Timed:
    path = Path(place.folder) / f"{rows}.db"
    start = time.perf_counter()
    db = fill(path, rows, place.seed)
    place.say(f"{rows:,} rows in {time.perf_counter() - start:.1f} s, {path.stat().st_size / 1e6:,.0f} MB")
    handlers = Handlers(db, lambda _code: Requires())
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as plain:
            return _turns(place, handlers, plain)
    finally:
        db.close()


def _turns(place: Place, handlers: Handlers, plain: sqlite3.Connection) -> Timed:
    answer = handlers.newest(WANTED)
    assert isinstance(answer, HandlerVersion)
    by_json = BY_JSON.format(hint="NOT INDEXED"), BY_JSON.format(hint="")
    for statement in (PLAIN, JOINED, *by_json):
        assert plain.execute(statement).fetchone()[0] == answer.asid
    columns: dict[str, list[float]] = {name: [] for name in Timed.__slots__}
    for _ in range(place.repeats or REPEATS):
        cached = _times(lambda: handlers.newest(WANTED), CALLS)
        uncached = _times(lambda: handlers.newest(WANTED), CALLS, before=lambda: handlers.forget(WANTED))
        bare = _times(lambda: plain.execute(PLAIN).fetchone(), CALLS)
        joined = _times(lambda: plain.execute(JOINED).fetchone(), CALLS)
        columns["cached"].append(median(cached))
        columns["uncached"].append(median(uncached))
        columns["uncached_p99"].append(percentile(uncached, 99))
        columns["joined"].append(median(joined))
        columns["plain"].append(median(bare))
        columns["plain_p99"].append(percentile(bare, 99))
        for name, statement in zip(("json_scan", "json_by_time"), by_json, strict=True):
            columns[name].append(median(_times(lambda: plain.execute(statement).fetchone(), SLOW_CALLS)))  # noqa: B023
    return Timed(**{name: median(values) for name, values in columns.items()})


def _times(work: Callable[[], object], calls: int, before: Callable[[], None] | None = None) -> list[float]:
    taken = []
    for _ in range(calls):
        if before is not None:
            before()
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * MICRO)
    return taken
