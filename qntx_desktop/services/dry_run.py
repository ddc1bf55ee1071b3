"""The record of a dry run: attestations are checked and stamped exactly as in a real run, then shown and forgotten.

Lives on the thread that waits for the run. Stores nothing at all: no attestation, no job, no state, no log
line. Attestations get the ids `DRY-1`, `DRY-2` ... in the order made; no such id can be looked up.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from qntx_desktop.engines.sandbox.frames import MAX_ANSWER_BYTES, JsonTexts
from qntx_desktop.model.attestation import Attestation, Draft
from qntx_desktop.model.clock import Clock
from qntx_desktop.model.connection import Connection
from qntx_desktop.model.errors import ErrHandlerLimit, ErrUnexpected
from qntx_desktop.model.job import Outcome
from qntx_desktop.services.jobs.job_type import RunIdentity
from qntx_desktop.services.ledger import Ledger
from qntx_desktop.services.stamp import stamped_drafts
from qntx_desktop.store.database import Tx

MAX_ATTESTATIONS = 100_000
MAX_CHARS = 128 << 20
"""Of all terms and attributes together: a window that tries code while it is typed holds them all."""
MAX_LOG_LINES = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class DryRun:
    """What a run would have done. `error` is the inner error object, None when it ended well."""

    attestations: tuple[Attestation, ...]
    stdout: str
    stderr: str
    duration_ms: float
    error: Mapping[str, Any] | None = None
    exit_code: int | None = None
    logs: tuple[tuple[str, str], ...] = field(default=())
    connections: tuple[Connection, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The contract's shape (section 3), with the error, the log lines and the connections added."""
        return {
            "dry_run": True,
            "attestations": [each.to_json() for each in self.attestations],
            "stdout": self.stdout,
            "stderr": self.stderr,
            "duration_ms": self.duration_ms,
            "error": dict(self.error) if self.error is not None else None,
            "exit_code": self.exit_code,
            "logs": [{"level": level, "message": message} for level, message in self.logs],
            "connections": [each.to_json() for each in self.connections],
        }


class DryRecord:
    """Collects what a run would have stored; queries read the real store."""

    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self._ledger = ledger
        self._clock = clock
        self._identity: RunIdentity | None = None
        self._attestations: list[Attestation] = []
        self._chars = 0
        self._logs: list[tuple[str, str]] = []
        self._connections: dict[int, Connection] = {}

    def begin(self, identity: RunIdentity) -> None:
        """Remember what runs, for the stamps."""
        self._identity = identity

    def at_end(self, work: Callable[[Tx], None]) -> None:
        """A dry run changes nothing, also at its end."""

    def attest(self, items: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
        """Check and stamp all or none."""
        if self._identity is None:
            raise ErrUnexpected("a run attested before it began")
        drafts = stamped_drafts(items, self._identity, None)
        self._chars += sum(map(_chars, drafts))
        if len(self._attestations) + len(drafts) > MAX_ATTESTATIONS or self._chars > MAX_CHARS:
            at_most = f"{MAX_ATTESTATIONS:,} or {MAX_CHARS >> 20} MB"
            raise ErrHandlerLimit(
                "attestations", at_most, hint="A dry run holds them in memory; run it for real."
            )
        made = [self._made(draft, number) for number, draft in enumerate(drafts, len(self._attestations) + 1)]
        self._attestations += made
        return [each.to_json() for each in made]

    def query(self, text: str, limit: int) -> JsonTexts:
        """Answer an AX query from the store, which does not hold what this run made."""
        return JsonTexts(self._ledger.texts(text, limit, MAX_ANSWER_BYTES))

    def progress(self, current: float, total: float | None, message: str) -> None:
        """Progress of a dry run is not shown."""

    def cost(self, usd: float) -> None:
        """A dry run counts against no budget."""

    def log(self, level: str, message: str) -> None:
        """Keep a log line, at most 10,000."""
        if len(self._logs) < MAX_LOG_LINES:
            self._logs.append((level, message))

    def connected(self, connection: Connection) -> None:
        """Keep an attempt to reach the network; a dry run reaches it as a real one does."""
        self._connections[connection.seq] = connection

    def result(self, outcome: Outcome) -> DryRun:
        """Everything together, after the end."""
        return DryRun(
            attestations=tuple(self._attestations),
            stdout=outcome.stdout,
            stderr=outcome.stderr,
            duration_ms=outcome.duration_ms,
            error=outcome.error,
            exit_code=outcome.exit_code,
            logs=tuple(self._logs),
            connections=tuple(self._connections.values()),
        )

    def _made(self, draft: Draft, number: int) -> Attestation:
        now_us = self._clock()
        return Attestation(
            id=f"DRY-{number}",
            subjects=draft.subjects,
            predicates=draft.predicates,
            contexts=draft.contexts,
            actors=draft.actors,
            timestamp_us=now_us,
            source=draft.source,
            attributes=json.loads(draft.attributes_json),
            created_at_us=now_us,
            seq=number,
        )


def _chars(draft: Draft) -> int:
    terms = (*draft.subjects, *draft.predicates, *draft.contexts, *draft.actors)
    return sum(map(len, terms)) + len(draft.attributes_json)
