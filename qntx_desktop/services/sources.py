"""Code sources: add, change, look at, sync, review, roll back and remove them; their files and who declares a type.

Any thread but the GUI's. What readers see of a source is one complete revision, named by the store; fetching is the
business of the job `source_sync`.
"""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from qntx_desktop.model.errors import (
    ErrActiveJobExists,
    ErrFileNotFound,
    ErrInvalidSource,
    ErrSourceNotEditable,
    ErrSourceNotFound,
    ErrSourceNotSyncable,
    QntxError,
)
from qntx_desktop.model.events import Event, SourceChanged
from qntx_desktop.model.inline import declared_type
from qntx_desktop.model.job import Job, JobFilter, JobRequest, JobStatus, Priority, Trigger
from qntx_desktop.model.source import (
    MANUAL,
    REFERENCE,
    SOURCE_SYNC,
    Revision,
    Source,
    SyncSettings,
    check_interval,
    check_source_name,
)
from qntx_desktop.services.ports import Sealer
from qntx_desktop.services.source_files import FileEntry, SourceFiles
from qntx_desktop.services.source_places import SourcePlaces
from qntx_desktop.services.source_secrets import TOKEN, WEBHOOK, SourceSecrets
from qntx_desktop.services.source_types import SOURCE_TYPES
from qntx_desktop.store import jobs
from qntx_desktop.store import sources as stored
from qntx_desktop.store.database import Database, Tx

REVISIONS_KEPT = 5
BACK_OFF_S = 86_400
"""How long a source that fails again and again is left alone at most, unless its interval is longer."""
JITTER = 0.1
"""An interval ends up to so much of itself later, so that many sources do not all ask at once."""


class Sources:
    """Every code source of a home."""

    def __init__(self, db: Database, places: SourcePlaces, sealer: Sealer | None = None) -> None:
        self._db = db
        self.places = places
        self._secrets = SourceSecrets(db, sealer)
        self._guard = threading.Lock()
        self._in_use: Counter[Path] = Counter()

    def every(self) -> tuple[Source, ...]:
        """All of them, by name."""
        with self._db.read() as connection:
            return tuple(_able(each) for each in stored.all_sources(connection))

    def get(self, name: str) -> Source:
        """One by its name, in whichever capitals.

        Raises:
            ErrSourceNotFound: There is none.
        """
        with self._db.read() as connection:
            found = stored.by_name(connection, name)
        if found is None:
            raise ErrSourceNotFound(name)
        return _able(found)

    def by_id(self, source_id: int) -> Source:
        """One by its number.

        Raises:
            ErrSourceNotFound: There is none.
        """
        with self._db.read() as connection:
            found = stored.by_id(connection, source_id)
        if found is None:
            raise ErrSourceNotFound(str(source_id))
        return _able(found)

    def add(
        self,
        name: str,
        type: str = MANUAL,  # noqa: A002 - the word of the contract
        settings: Mapping[str, Any] | None = None,
        *,
        token: str | None = None,
        interval_seconds: int = 0,
        webhook_secret: str | None = None,
        webhook_enabled: bool = False,
        secret_in_query: bool = False,
    ) -> Source:
        """Make a source; nothing is fetched yet.

        Raises:
            ErrInvalidSource, ErrInvalidUrl: Something about it cannot be.
            ErrDuplicateName: The name is taken.
        """
        checked_name = check_source_name(name)
        kind = SOURCE_TYPES.get(type)
        if kind is None:
            known = " or ".join(SOURCE_TYPES)
            raise ErrInvalidSource("type", f"There is no source type '{type}'.", f"Use {known}.")
        kept = kind.check(settings or {})
        if token is not None and not kind.syncable:
            raise ErrInvalidSource(
                "token", "A manual source has no token.", "Leave it out, or add a git source."
            )
        sync = SyncSettings(
            interval_seconds=check_interval(interval_seconds, syncable=kind.syncable),
            webhook_enabled=webhook_enabled or webhook_secret is not None,
            secret_in_query=secret_in_query,
        )
        self._secrets.check(token, webhook_secret)

        def work(tx: Tx) -> Source:
            source_id = stored.insert(
                tx,
                name=checked_name,
                type=type,
                settings=kept,
                sync=sync.to_json() if sync != SyncSettings() else None,
            )
            changes = self._secrets.sealed(source_id, token, webhook_secret)
            if sync.interval_seconds:
                changes["next_sync_at_us"] = tx.now_us
            if changes:
                stored.update(tx, source_id, changes)
            made = stored.by_id(tx.connection, source_id)
            assert made is not None
            self.places.make(made)
            return made

        return _able(self._db.write(work))

    def update(
        self,
        name: str,
        settings: Mapping[str, Any] | None = None,
        *,
        token: str | None = None,
        interval_seconds: int | None = None,
        webhook_secret: str | None = None,
        webhook_enabled: bool | None = None,
        secret_in_query: bool | None = None,
    ) -> Source:
        """Change a source; what is not named stays. An empty token or webhook secret takes it away.

        The files stay as they are until the next good sync, also when the address is another one.

        Raises:
            ErrSourceNotFound, ErrInvalidSource, ErrInvalidUrl: As `get` and `add`.
        """
        source = self.get(name)
        kind = SOURCE_TYPES[source.type]
        changes: dict[str, Any] = {}
        if settings:
            kept = kind.check(_merged(source.settings, settings))
            moved = _origin(kept.get("url")) != _origin(source.settings.get("url"))
            if source.has_token and token is None and moved:
                raise ErrInvalidSource(
                    "token",
                    "The new address is on another server, and the token belongs to the old one.",
                    "Give the token for the new server, or an empty one to go without.",
                )
            changes["type_settings"] = kept
            if kept != dict(source.settings):
                changes |= {"failures": 0}
        if token and not kind.syncable:
            raise ErrInvalidSource("token", "A manual source has no token.", "Leave it out.")
        self._secrets.check(token or None, webhook_secret or None)
        changes |= self._secrets.sealed(source.id, token, webhook_secret)
        sync = source.sync
        if interval_seconds is not None:
            sync = replace(sync, interval_seconds=check_interval(interval_seconds, syncable=kind.syncable))
        if webhook_enabled is not None:
            sync = replace(sync, webhook_enabled=webhook_enabled)
        if secret_in_query is not None:
            sync = replace(sync, secret_in_query=secret_in_query)
        if sync != source.sync:
            changes["sync_settings"] = sync.to_json() if sync != SyncSettings() else None

        def work(tx: Tx) -> None:
            if sync.interval_seconds != source.sync.interval_seconds:
                changes["next_sync_at_us"] = tx.now_us if sync.interval_seconds else None
            if changes:
                stored.update(tx, source.id, changes)

        self._db.write(work)
        return self.by_id(source.id)

    def enable(self, name: str, enabled: bool = True) -> Source:
        """Let interval and webhook sync a source again, or no longer; syncing by hand is always allowed.

        Raises:
            ErrSourceNotFound: There is none.
        """
        source = self.get(name)
        self._db.write(lambda tx: stored.update(tx, source.id, {"enabled": int(enabled)}))
        return self.by_id(source.id)

    def remove(self, name: str, *, keep_files: bool = False) -> Source:
        """Forget a source, with its files unless they are kept.

        Raises:
            ErrSourceNotFound: There is none.
            ErrActiveJobExists: It is being synced.
        """
        source = self.get(name)

        def work(tx: Tx) -> None:
            filter_ = JobFilter(reference_type=REFERENCE, reference_id=str(source.id), limit=10)
            for job in jobs.list_jobs(tx.connection, filter_):
                if job.status is JobStatus.RUNNING:
                    raise ErrActiveJobExists(job.id, f"The source '{source.name}'")
                if job.status is JobStatus.PENDING:
                    jobs.request_cancel(tx, job.id)
            stored.remove(tx, source.id)

        self._db.write(work)
        self.places.hide(source, keep_files=keep_files)
        return source

    def sync_request(self, source: Source, trigger: str = Trigger.MANUAL) -> JobRequest:
        """The job that syncs a source. Asked for while one runs, it is made once and runs after.

        Raises:
            ErrSourceNotSyncable: There is nothing to sync with; a webhook makes a manual source re-read its folder.
        """
        if not source.syncable and trigger != Trigger.WEBHOOK:
            raise ErrSourceNotSyncable(source.name, source.type)
        return JobRequest(
            type=SOURCE_SYNC,
            payload={"source_id": source.id},
            priority=Priority.SCHEDULED if trigger == Trigger.SCHEDULE else Priority.MANUAL,
            reference_type=REFERENCE,
            reference_id=str(source.id),
            trigger=trigger,
        )

    def enqueue_due(self, now_us: int, enqueue: Callable[[JobRequest], Job]) -> int:
        """Make the jobs of sources whose interval is over.

        Returns:
            How many were made.
        """
        with self._db.read() as connection:
            due = stored.due(connection, now_us)
            found = [stored.by_id(connection, each) for each in due]
        due_sources = [_able(each) for each in found if each is not None]
        for source in due_sources:
            enqueue(self.sync_request(source, Trigger.SCHEDULE))
            at_us = next_moment_us(source, now_us)
            self._db.write(partial(_put_off, source_id=source.id, at_us=at_us))
        return len(due_sources)

    def clock_changed(self, now_us: int) -> None:
        """Bring moments near again that lie too far ahead because the clock went back."""
        for source in self.every():
            if source.next_sync_at_us is not None and source.next_sync_at_us - now_us > _longest_wait_us(source):
                at_us = next_moment_us(source, now_us)
                self._db.write(partial(_put_off, source_id=source.id, at_us=at_us))

    def token(self, source: Source) -> str | None:
        """The token of a source, for its own server only.

        Raises:
            QntxError: There is one, and the key to it is not at hand.
        """
        return self._secrets.opened(source.id, TOKEN)

    def token_for(self, name: str, url: str) -> str | None:
        """The token of a source, if an address is on the server that it belongs to.

        Raises:
            ErrSourceNotFound: There is no such source.
            QntxError: There is one, and the key to it is not at hand.
        """
        source = self.get(name)
        return self.token(source) if _origin(source.settings.get("url")) == _origin(url) else None

    def webhook_secret(self, source: Source) -> str | None:
        """What webhooks of a source are signed with."""
        return self._secrets.opened(source.id, WEBHOOK)

    def files(self, name: str) -> SourceFiles:
        """The files of the current revision; none before the first sync.

        Raises:
            ErrSourceNotFound: There is no such source.
        """
        return SourceFiles(self.folder(self.get(name)))

    def folder(self, source: Source) -> Path:
        """Where the revision lies that a source had when it was looked up; a missing folder before the first."""
        return self.places.root(source) or self.places.shelf / str(source.id) / "none"

    def editable_files(self, name: str) -> SourceFiles:
        """The files of a source that is changed here.

        Raises:
            ErrSourceNotFound: There is no such source.
            ErrSourceNotEditable: Its files come from elsewhere.
        """
        source = self.get(name)
        if not source.editable:
            raise ErrSourceNotEditable(source.name, source.type)
        return self.files(name)

    def history(self, name: str, limit: int = 100) -> list[dict[str, Any]]:
        """The syncs of a source, newest first, JSON-ready."""
        source = self.get(name)
        with self._db.read() as connection:
            return stored.history(connection, source.id, limit)

    def revisions(self, name: str) -> tuple[Revision, ...]:
        """The revisions that are on the disk, newest first."""
        source = self.get(name)
        with self._db.read() as connection:
            return stored.revisions(connection, source.id)

    def accept(self, name: str) -> Source:
        """Let readers see the revision that was held for review.

        Raises:
            ErrInvalidSource: Nothing is held.
        """
        source = self.get(name)
        if source.held is None:
            raise ErrInvalidSource("revision", f"No revision of '{source.name}' waits.", "Sync it first.")
        return self._switch(source, source.held, "accepted")

    def roll_back(self, name: str, commit: str) -> Source:
        """Let readers see an earlier revision again, until the next sync finds a newer commit.

        Raises:
            ErrInvalidSource: That revision is not on the disk any more.
        """
        return self._switch(self.get(name), self.revision(name, commit), "rolled_back")

    def revision(self, name: str, commit: str) -> Revision:
        """The newest revision on the disk of a commit, or of the beginning of its name.

        Raises:
            ErrSourceNotFound: There is no such source.
            ErrInvalidSource: There is no such revision.
        """
        there = self.revisions(name)
        found = next((each for each in there if commit and each.commit.startswith(commit.lower())), None)
        if found is None:
            known = ", ".join(each.commit[:12] for each in there) or "none"
            reason = f"There is no revision {commit[:40]} on the disk."
            raise ErrInvalidSource("revision", reason, f"There are: {known}.")
        return found

    def find(self, script_type: str) -> tuple[Source, str] | None:
        """The source and path of the file that declares a type; the first by name of source, then by path."""
        with self._db.read() as connection:
            found = stored.declared(connection, script_type)
            manual = [each for each in stored.all_sources(connection) if each.type == MANUAL]
        found += [(each, path) for each in manual if (path := self._declares(each, script_type)) is not None]
        return min(found, key=lambda pair: pair[0].name.casefold(), default=None)

    def code(self, reference: str) -> tuple[Source, str, str]:
        """The file that `source/path/file.py` names: its source, its path in it and its text.

        Raises:
            ErrSourceNotFound, ErrFileNotFound, ErrPathOutsideSource: There is no such file.
        """
        name, _, path = reference.partition("/")
        source = self.get(name)
        if source.syncable and source.revision is None:
            raise ErrFileNotFound(reference, f"'{source.name}' was not synced yet")
        try:
            raw = SourceFiles(self.folder(source)).read(path)
        except ErrFileNotFound as error:
            raise ErrFileNotFound(reference, str(error.details["reason"])) from error
        try:
            return source, path, raw.decode()
        except UnicodeDecodeError:
            raise ErrFileNotFound(reference, "it is not UTF-8 text") from None

    @contextmanager
    def holding(self, root: Path) -> Iterator[None]:
        """Keep the folder of a revision on the disk while something runs from it."""
        with self._guard:
            self._in_use[root] += 1
        try:
            yield
        finally:
            with self._guard:
                self._in_use[root] -= 1
                if not self._in_use[root]:
                    del self._in_use[root]

    def tidy(self, source_id: int) -> None:
        """Remove revisions beyond the newest few, but for those in use, and what interrupted syncs left."""
        with self._db.read() as connection:
            source = stored.by_id(connection, source_id)
            every = stored.revisions(connection, source_id)
        with self._guard:
            used = {path.name for path in self._in_use}
        spare = [each for each in every[REVISIONS_KEPT:] if each.state == "old" and each.folder not in used]
        if spare:
            self._db.write(lambda tx: stored.forget_revisions(tx, [each.id for each in spare]))
        gone = {each.id for each in spare}
        keep = {each.folder for each in every if each.id not in gone} | used
        url = source.settings.get("url") if source is not None else None
        if isinstance(url, str):
            keep.add(self.places.objects(source_id, url).name)
        self.places.sweep(source_id, keep)

    def mend(self) -> None:
        """Put right what a lost process left: links to revisions, parts of syncs. Only while none runs."""
        for source in self.every():
            if source.syncable:
                self.tidy(source.id)
                self.places.show(source)

    def on_event(self, event: Event) -> None:
        """Follow a switch of revision with the folder that people see."""
        if isinstance(event, SourceChanged):
            with self._db.read() as connection:
                source = stored.by_id(connection, event.source_id)
            if source is not None:
                self.places.show(source)

    def _declares(self, source: Source, script_type: str) -> str | None:
        files = SourceFiles(self.places.seen(source))
        for entry in files.tree():
            if entry.path.endswith(".py") and _serves(files, entry, script_type):
                return entry.path
        return None

    def _switch(self, source: Source, revision: Revision, status: str) -> Source:
        self._db.write(lambda tx: stored.step_to(tx, source.id, revision, status))
        return self.by_id(source.id)


def next_moment_us(source: Source, now_us: int, failures: int | None = None) -> int | None:
    """When a source is synced by itself next: its interval, jittered; after repeated failures up to a day later."""
    interval_s = source.sync.interval_seconds
    if not interval_s:
        return None
    failed = source.failures if failures is None else failures
    wait_s = max(interval_s, min(interval_s * 2 ** min(failed, 12), BACK_OFF_S)) if failed > 1 else interval_s
    return now_us + int(wait_s * (1 + random.random() * JITTER) * 1_000_000)


def _longest_wait_us(source: Source) -> float:
    wait_s = source.sync.interval_seconds
    return max(wait_s, BACK_OFF_S if source.failures > 1 else 0) * (1 + JITTER) * 1_000_000


def _put_off(tx: Tx, source_id: int, at_us: int | None) -> None:
    stored.update(tx, source_id, {"next_sync_at_us": at_us}, touch=False)


def _able(source: Source) -> Source:
    kind = SOURCE_TYPES[source.type]
    return replace(source, syncable=kind.syncable, editable=kind.editable)


def _serves(files: SourceFiles, entry: FileEntry, script_type: str) -> bool:
    try:
        return declared_type(files.read(entry.path).decode(errors="replace")) == script_type
    except QntxError:  # gone since it was listed, or too large to be a script
        return False


def _merged(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """New settings over old ones; naming one of branch, tag and commit drops the others."""
    base = dict(old)
    if any(new.get(key) is not None for key in ("branch", "tag", "commit")):
        base |= dict.fromkeys(("branch", "tag", "commit"))
    return base | dict(new)


def _origin(url: object) -> tuple[str, str | None, int | None]:
    parts = urlsplit(str(url or ""))
    return parts.scheme.lower(), parts.hostname, parts.port
