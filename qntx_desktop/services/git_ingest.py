"""`ix git`: has the history of a repository told, and attests what is not known yet, batch by batch.

Lives on a worker while the git process reads. What a run attested before it was stopped stays, each batch whole;
the next run passes over it, and only a run that ended well is one to go on from.
"""

from __future__ import annotations

import shutil
import threading
import uuid
from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from qntx_desktop.model.attestation import Filter
from qntx_desktop.model.clock import Clock, now_us
from qntx_desktop.model.connection import Arrival, Connection, Verdict
from qntx_desktop.model.errors import (
    ErrInvalidSource,
    ErrJobFailed,
    ErrRemoteUnreachable,
    ErrSyncFailed,
)
from qntx_desktop.model.git_command import GitCommand
from qntx_desktop.model.git_fact import Slot, slot_and_value
from qntx_desktop.model.job import IX_GIT
from qntx_desktop.services.ledger import MAX_LIMIT, Ledger
from qntx_desktop.services.network import Network
from qntx_desktop.services.run_memory import RunMemory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qntx_desktop.engines.git.port import GitProcesses
    from qntx_desktop.engines.sandbox.cancel import CancelToken
    from qntx_desktop.services.jobs.job_type import RunRecord

MAX_TIPS_KEPT = 10_000
_LOST = object()
_ENDS = {
    "memory": ("The repository needs more memory than may be used for it.", "Clone it, and name the folder."),
    "too_large": ("The repository is larger than may be fetched.", "Clone it, and name the folder."),
    "crashed": ("The git process ended unexpectedly.", "Run it again; if it stays, report it."),
    "damaged": ("The repository, or what the server sent, is damaged.", "Try: git fsck"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """How it went: figures, what a person should know, and what the next run goes on from."""

    figures: Mapping[str, int]
    notes: Sequence[str]
    memory: Mapping[str, Any]
    is_unchanged: bool = False


class GitIngest:
    """Reads repositories."""

    def __init__(
        self, ledger: Ledger, memory: RunMemory, network: Network, git: GitProcesses, clock: Clock = now_us
    ) -> None:
        self._ledger = ledger
        self._memory = memory
        self._network = network
        self._git = git
        self._clock = clock
        # Two runs over one repository at once: what one looks up must not be attested by the other meanwhile.
        self._guard = threading.Lock()

    def ingest(
        self, command: GitCommand, record: RunRecord, cancel: CancelToken, *, work_dir: Path, run_id: str
    ) -> Ingested:
        """Attest what a repository says and the store does not know.

        Raises:
            ErrInvalidSource: There is no repository, or no such commit.
            ErrRemoteUnreachable, ErrJobFailed, ErrDiskFull, ErrCancelled: It was not read to its end.
        """
        from qntx_desktop.engines.git.port import HistoryRequest  # late: whoever lists jobs reads no repository

        name = IX_GIT if command.since.last_run else None
        kept, last_run_us = self._memory.both(name, (command.repository,))
        if command.since.last_run and last_run_us is None:
            record.log("info", "This repository was not read before: everything is taken.")
        tips = tuple(kept.get("tips", ()))
        seen_dependencies = bool(kept.get("dependencies"))
        taker = _Taker(self._ledger, record, self._guard)
        connection = self._connecting(command, record)
        with _throw_away(work_dir / f"run-{run_id}-git-{uuid.uuid4().hex[:8]}") as folder:
            request = HistoryRequest(
                repository=command.repository,
                fallback=command.name,
                path=None if command.address else command.repository,
                url=command.address,
                store=folder / "objects",
                exclude=tips,
                since_s=last_run_us // 1_000_000 if last_run_us is not None and not tips else command.since.time_s,
                since_commit=command.since.commit,
                dependencies=command.with_dependencies,
                unchanged=kept.get("mark") if seen_dependencies or not command.with_dependencies else None,
            )
            try:
                answer = self._git.history(request, taker.take, record.progress, cancel)
            except ErrSyncFailed as error:
                raise _said(error) from error
            except ErrRemoteUnreachable as error:
                if connection is not None:
                    record.connected(_arrived(connection, Arrival.FAILED))
                raise ErrRemoteUnreachable(
                    str(error.details["reason"]),
                    error.message,
                    "Check the address and the network; try again later.",
                ) from error
        if connection is not None:
            record.connected(_arrived(connection, Arrival.CONNECTED))
        return _ingested(answer, kept, taker, command)

    def _connecting(self, command: GitCommand, record: RunRecord) -> Connection | None:
        """The attempt to reach the server, on the run's connection ledger."""
        if command.address is None:
            return None
        parts = urlsplit(command.address)
        is_offline = self._network.is_offline()
        connection = Connection(
            seq=1,
            at_us=self._clock(),
            host=(parts.hostname or "")[:256],
            port=parts.port or (443 if parts.scheme.lower() == "https" else 80),
            address="",
            verdict=Verdict.OFFLINE if is_offline else Verdict.LISTED,
            arrival=Arrival.REFUSED if is_offline else Arrival.STARTED,
        )
        record.connected(connection)
        if is_offline:
            raise ErrRemoteUnreachable(
                "offline", "The app is offline.", "Switch it on: qntx config network.offline false"
            )
        return connection


class _Taker:
    """Takes facts, and attests those that say something new."""

    def __init__(self, ledger: Ledger, record: RunRecord, guard: threading.Lock) -> None:
        self._ledger = ledger
        self._record = record
        self._guard = guard
        self.attested = 0
        self.known = 0

    def take(self, facts: Sequence[Mapping[str, Any]]) -> None:
        """Attest the new ones of a batch, all in one transaction; one look-up finds what is known of all."""
        with self._guard:
            newest = self._known(facts)
            fresh = []
            for fact in facts:
                slot, value = slot_and_value(
                    fact["subjects"], fact["predicates"], fact["contexts"], fact["attributes"]
                )
                if newest.get(slot, _LOST) != value:
                    newest[slot] = value
                    fresh.append(fact)
            self._record.attest(fresh)
        self.attested += len(fresh)
        self.known += len(facts) - len(fresh)

    def _known(self, facts: Sequence[Mapping[str, Any]]) -> dict[Slot, object]:
        """The newest statement in each slot that these facts could stand in."""
        wanted = Filter(
            subjects=tuple(dict.fromkeys(fact["subjects"][0] for fact in facts)),
            predicates=tuple(dict.fromkeys(fact["predicates"][0] for fact in facts)),
            actors=(IX_GIT,),
            limit=MAX_LIMIT,
        )
        newest: dict[Slot, object] = {}
        for each in self._ledger.find(wanted):
            if each.actors[0] == IX_GIT:  # the stamp; behind it a handler may name whom it likes
                slot, value = slot_and_value(each.subjects, each.predicates, each.contexts, each.attributes)
                newest.setdefault(slot, value)
        return newest


def _ingested(answer: Mapping[str, Any], kept: Mapping[str, Any], taker: _Taker, command: GitCommand) -> Ingested:
    figures = {name: answer[name] for name in ("commits", "branches", "tags", "dependencies") if name in answer}
    is_unchanged = bool(answer["unchanged"])
    tips = answer.get("tips", ())
    memory = {
        "tips": list(tips) if len(tips) <= MAX_TIPS_KEPT else [],
        "mark": answer["mark"],
        "dependencies": command.with_dependencies,
    }
    return Ingested(
        figures={**figures, "attested": taker.attested, "known": taker.known},
        notes=answer.get("notes", ()),
        memory=kept if is_unchanged else memory,
        is_unchanged=is_unchanged,
    )


def _arrived(connection: Connection, arrival: Arrival) -> Connection:
    return Connection(
        seq=connection.seq,
        at_us=connection.at_us,
        host=connection.host,
        port=connection.port,
        address=connection.address,
        verdict=connection.verdict,
        arrival=arrival,
    )


def _said(error: ErrSyncFailed) -> ErrInvalidSource | ErrJobFailed:
    """The words of a sync, put into those of a command."""
    reason = str(error.details["reason"])
    if reason in ("no_repository", "format"):
        return ErrInvalidSource("repository", error.message, "Name a folder that git made, or its address.")
    if reason == "since":
        return ErrInvalidSource(
            "since", error.message, "Name a commit that is in the repository, by more of its digits."
        )
    message, hint = _ENDS.get(reason, (error.message, ""))
    return ErrJobFailed(reason, message, hint)


@contextmanager
def _throw_away(folder: Path) -> Iterator[Path]:
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
