"""The record of a real run: what its process sends goes into the store, stamped by the parent.

Lives on the worker thread that waits for the run. The process is never believed about who, when or which job.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from qntx_desktop.engines.sandbox.frames import MAX_ANSWER_BYTES, JsonTexts
from qntx_desktop.engines.sandbox.launcher import level_is_known, sandbox_level
from qntx_desktop.model.connection import Connection
from qntx_desktop.model.errors import ErrUnexpected
from qntx_desktop.services.jobs.job_type import RunIdentity
from qntx_desktop.services.ledger import Ledger
from qntx_desktop.services.outbox import Outbox
from qntx_desktop.services.stamp import stamped_drafts
from qntx_desktop.store import attestations, jobs
from qntx_desktop.store.database import Database, Tx


class StoredRun:
    """Stores attestations before they are acknowledged; log lines and progress follow soon."""

    def __init__(self, db: Database, claim: jobs.Claim) -> None:
        self._db = db
        self._claim = claim
        self._identity: RunIdentity | None = None
        self._at_end: list[Callable[[Tx], None]] = []
        self.outbox = Outbox(db, claim)

    def at_end(self, work: Callable[[Tx], None]) -> None:
        """Do this, too, in the transaction that stores how the run ended."""
        self._at_end.append(work)

    def settle(self, tx: Tx) -> None:
        """Do what was asked for with `at_end`."""
        for work in self._at_end:
            work(tx)

    @property
    def begun(self) -> bool:
        """Whether the run may have done something."""
        return self._identity is not None

    @property
    def memory_key(self) -> str | None:
        """Under which the next run finds what this one leaves; None when nothing could find it."""
        identity = self._identity
        if identity is None:
            return None
        if identity.built_in is not None:
            remembers = identity.remembers
            return jobs.state_key(identity.built_in, remembers) if remembers is not None else None
        return jobs.state_key(identity.memory, identity.args) if identity.memory is not None else None

    def begin(self, identity: RunIdentity) -> None:
        """Store what runs, before it runs, unless the claim did."""
        if identity != self._claim.noted:
            level = "process" if identity.built_in else sandbox_level()
            self._db.write(lambda tx: _describe(tx, self._claim.execution_id, identity, level))
        self._identity = identity

    def attest(self, items: Sequence[Mapping[str, Any]]) -> JsonTexts:
        """Store all or none; durable on return."""
        if self._identity is None:
            raise ErrUnexpected("a run attested before it began")
        drafts = stamped_drafts(items, self._identity, self._claim.execution_id)
        return JsonTexts(self._db.write(lambda tx: attestations.insert_json(tx, drafts)) if drafts else ())

    def query(self, text: str, limit: int) -> JsonTexts:
        """Answer an AX query from the store."""
        return JsonTexts(Ledger(self._db).texts(text, limit, MAX_ANSWER_BYTES))

    def progress(self, current: float, total: float | None, message: str) -> None:
        """Note how far the run is."""
        self.outbox.progress(current, total, message)

    def cost(self, usd: float) -> None:
        """Note what the run has cost so far."""
        self.outbox.cost(usd)

    def log(self, level: str, message: str) -> None:
        """Note a log line."""
        self.outbox.log(level, message)

    def connected(self, connection: Connection) -> None:
        """Note an attempt to reach the network."""
        self.outbox.connected(connection)


def note(tx: Tx, claim: jobs.Claim, identity: RunIdentity | None) -> jobs.Claim:
    """Store what a claimed job will run in the transaction that claims it, which saves the run a commit."""
    if identity is None:
        return claim
    if identity.built_in is None and not level_is_known():  # finding it takes far longer than a transaction may
        return claim
    level = "process" if identity.built_in else sandbox_level()
    _describe(tx, claim.execution_id, identity, level)
    return replace(claim, noted=identity)


def _describe(tx: Tx, execution_id: int, identity: RunIdentity, level: str) -> None:
    jobs.describe_execution(
        tx,
        execution_id,
        command=identity.command,
        args=identity.args,
        handler=identity.handler,
        code_file=identity.code_file,
        sandbox=level,
    )
