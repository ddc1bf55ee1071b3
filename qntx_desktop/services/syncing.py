"""Syncing a source: fetch, and leave behind what its end changes in the store.

Lives on a worker of the network lane. The old revision stays what readers see until the transaction that ends the
job; a failed sync changes nothing but its record.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from qntx_desktop.engines.git.port import FetchRequest, GitProcesses
from qntx_desktop.engines.sandbox.cancel import CancelToken
from qntx_desktop.model.clock import Clock, now_us
from qntx_desktop.model.errors import ErrCancelled, ErrRemoteUnreachable, QntxError
from qntx_desktop.model.job import ExecutionStatus, Job, JobRequest, Outcome
from qntx_desktop.model.source import Source, check_git_url, check_token
from qntx_desktop.services.sources import Sources, next_moment_us
from qntx_desktop.store import jobs
from qntx_desktop.store import sources as stored
from qntx_desktop.store.database import Database, Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """What a repository has to follow; `default_branch` is None when it names none."""

    branches: tuple[str, ...]
    tags: tuple[str, ...]
    default_branch: str | None

    def to_json(self) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "branches": list(self.branches),
            "tags": list(self.tags),
            "default_branch": self.default_branch,
        }


class SyncRecord(Protocol):
    """Where a sync says how far it is, and what its end changes."""

    def progress(self, current: float, total: float | None, message: str) -> None:
        """How far it is."""

    def log(self, level: str, message: str) -> None:
        """A line for the log of the run."""

    def at_end(self, work: Callable[[Tx], None]) -> None:
        """Do this in the transaction that ends the job."""


class Syncing:
    """Brings sources up to date.

    Args:
        is_offline: Asked before each sync; True refuses it.
    """

    def __init__(
        self,
        db: Database,
        sources: Sources,
        git: GitProcesses,
        is_offline: Callable[[], bool] = lambda: False,
        clock: Clock = now_us,
    ) -> None:
        self._db = db
        self._sources = sources
        self._git = git
        self._is_offline = is_offline
        self._clock = clock

    def source(self, source_id: int) -> Source:
        """The source that a job names.

        Raises:
            ErrSourceNotFound: It was removed.
        """
        return self._sources.by_id(source_id)

    def look(self, url: str, *, token: str | None = None, name: str | None = None) -> Offers:
        """Try an address, and list what can be followed there; nothing is kept.

        Args:
            token: For this try only; None: the one that is kept, if `name` has one for that very server.
            name: The source that the address is for, if there is one already.

        Raises:
            ErrInvalidUrl, ErrInvalidSource: It cannot be an address, or the token cannot be one.
            ErrSourceNotFound: There is no such source.
            ErrRemoteUnreachable: The server does not answer as it should; the hint says what to do.
            QntxError: The token cannot be opened.
        """
        checked = check_git_url(url)
        self._go_online()
        if token:
            check_token(token)
        elif token is None and name is not None:
            token = self._sources.token_for(name, checked)
        found = self._git.look(checked, token or None)
        return Offers(
            branches=tuple(found["branches"]), tags=tuple(found["tags"]), default_branch=found["default"]
        )

    def enqueue_due(
        self, now_us: int, enqueue: Callable[[JobRequest], Job], *, clock_changed: bool = False
    ) -> int:
        """Make the jobs of sources whose interval is over; see `Sources.enqueue_due`."""
        if clock_changed:
            self._sources.clock_changed(now_us)
        return self._sources.enqueue_due(now_us, enqueue)

    def sync(self, source: Source, run_id: str, record: SyncRecord, cancel: CancelToken) -> Outcome:
        """Fetch the newest commit of a source.

        Args:
            run_id: The execution, under which the job is found.

        Raises:
            QntxError: It failed; the record has it.
        """
        begun_us, started = self._clock(), time.monotonic()
        self._db.write(
            lambda tx: stored.update(tx, source.id, {"last_sync_started_at_us": begun_us}, touch=False)
        )
        book = _Book(source, run_id, begun_us, started)
        try:
            answer = self._answer(source, record, cancel)
        except QntxError as error:
            cancelled = isinstance(error, ErrCancelled)
            if not cancelled:
                record.log("error", error.message)
            record.at_end(partial(book.failed, error=error, cancelled=cancelled))
            if cancelled:
                return Outcome(
                    status=ExecutionStatus.CANCELLED,
                    error=error.to_json(),
                    duration_ms=(time.monotonic() - started) * 1000,
                )
            raise
        record.at_end(lambda tx: book.done(tx, answer))
        record.progress(0, None, "")
        for note in answer.get("notes", ()):
            record.log("warning", note)
        held = _is_held(source, answer)
        return Outcome(
            status=ExecutionStatus.COMPLETED,
            stdout=_told(source, answer, held=held),
            stderr="".join(f"{note}\n" for note in answer.get("notes", ())),
            duration_ms=(time.monotonic() - started) * 1000,
            result={key: value for key, value in answer.items() if key not in ("paths", "declared", "folder")}
            | {"held": held},
        )

    def _answer(self, source: Source, record: SyncRecord, cancel: CancelToken) -> Mapping[str, Any]:
        if not source.syncable:  # a webhook of a manual source: its folder is read anew by whoever reads
            return {"unchanged": True, "commit": None, "received_bytes": 0}
        self._go_online()
        self._sources.tidy(source.id)
        places, settings = self._sources.places, source.settings
        # The newest that was fetched, not the one in use: who rolled back does not get it again at once.
        newest = next(iter(self._sources.revisions(source.name)), None)
        if newest is not None and not places.revision(source.id, newest.folder).is_dir():
            newest = None  # somebody removed its folder: it is fetched again
        shown = source.revision
        request = FetchRequest(
            url=settings["url"],
            branch=settings.get("branch"),
            tag=settings.get("tag"),
            commit=settings.get("commit"),
            token=self._sources.token(source),
            have=newest.commit if newest else None,
            have_folder=shown.folder if shown else None,
            objects=places.objects(source.id, settings["url"]),
            parent=places.shelf / str(source.id),
        )
        return self._git.fetch(request, record.progress, cancel)


    def _go_online(self) -> None:
        if self._is_offline():
            raise ErrRemoteUnreachable(
                "offline", "The app is offline.", "Switch it on: qntx config network.offline false"
            )


class _Book:
    """What the end of one sync writes, in whichever transaction takes it at last."""

    def __init__(self, source: Source, run_id: str, begun_us: int, started: float) -> None:
        self._source = source
        self._run_id = run_id
        self._begun_us = begun_us
        self._duration_ms = 0.0
        self._started = started

    def done(self, tx: Tx, answer: Mapping[str, Any]) -> None:
        """The new revision is seen from now on, or held for review; or nothing had changed."""
        source = stored.by_id(tx.connection, self._source.id)
        if source is None:  # removed meanwhile: its folder goes with the next clearing up
            return
        if not answer["unchanged"]:
            new = stored.NewRevision(
                commit=answer["commit"],
                folder=answer["folder"],
                files=answer["files"],
                size_bytes=answer["size_bytes"],
                notes=answer["notes"],
                declared=answer["declared"],
            )
            stored.keep_revision(tx, source.id, new, held=_is_held(source, answer))
        changes = {"last_sync_error": None, "failures": 0}
        if self._source.syncable:
            changes["last_sync_at_us"] = tx.now_us
        if source.sync.interval_seconds:  # from now on, whoever asked for this one
            changes["next_sync_at_us"] = next_moment_us(source, tx.now_us, 0)
        stored.update(tx, source.id, changes, touch=False)
        before = self._source.revision
        keys = ("added", "changed", "removed", "received_bytes", "paths", "notes")
        self._keep(
            tx,
            "unchanged" if answer["unchanged"] else "completed",
            from_commit=before.commit if before else None,
            to_commit=answer["commit"],
            **{key: answer[key] for key in keys if key in answer},
        )

    def failed(self, tx: Tx, *, error: QntxError, cancelled: bool) -> None:
        """The old files stay, the error is kept, and a failing source is asked less and less often."""
        source = stored.by_id(tx.connection, self._source.id)
        if source is None:
            return
        if not cancelled:
            failures = source.failures + 1
            changes = {"last_sync_error": error.to_json(), "failures": failures}
            if source.sync.interval_seconds:
                changes["next_sync_at_us"] = next_moment_us(source, tx.now_us, failures)
            stored.update(tx, source.id, changes, touch=False)
        commit = source.revision.commit if source.revision else None
        self._keep(tx, "cancelled" if cancelled else "failed", from_commit=commit, error=error.to_json())

    def _keep(self, tx: Tx, status: str, **facts: Any) -> None:
        run = jobs.execution(tx.connection, int(self._run_id), with_ids=False)
        self._duration_ms = self._duration_ms or (time.monotonic() - self._started) * 1000
        end = stored.SyncEnd(
            job_id=run.job_id if run else None,
            trigger=run.trigger if run else "manual",
            status=status,
            started_at_us=self._begun_us,
            duration_ms=self._duration_ms,
            **facts,
        )
        stored.keep_sync(tx, self._source.id, end)


def _is_held(source: Source, answer: Mapping[str, Any]) -> bool:
    """Whether what came waits for a person to accept it; the first revision never does."""
    return not answer["unchanged"] and bool(source.settings.get("review")) and source.revision is not None


def _told(source: Source, answer: Mapping[str, Any], *, held: bool) -> str:
    if not source.syncable:
        return f"{source.name} is a folder of your own; there is nothing to fetch.\n"
    commit = str(answer["commit"])[:12]
    if answer["unchanged"]:
        return f"{source.name}: nothing new, {commit} is the newest commit.\n"
    counts = ", ".join(
        f"{answer[word]:,} {word}" for word in ("added", "changed", "removed") if answer.get(word)
    )
    files = f" ({counts or 'no file differs'})"
    if held:
        return f"{source.name}: {commit}{files} waits for review: qntx source diff {source.name}\n"
    return f"{source.name} is at {commit} now{files}.\n"
