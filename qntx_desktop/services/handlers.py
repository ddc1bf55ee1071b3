"""The handler registry: code saved as attestations, version upon version, nothing ever overwritten.

Any thread but the GUI's. Looking up the newest active version of a type is the app's hottest question, so its
answers, also the negative ones, are kept until a change is heard of.
"""

from __future__ import annotations

import difflib
import threading
from collections.abc import Callable, Iterable

from qntx_desktop.model.asking import asks_more
from qntx_desktop.model.confinement import SandboxLevel as Level
from qntx_desktop.model.errors import ErrHandlerNotFound, ErrSyntax
from qntx_desktop.model.events import Event, HandlerAllowed, HandlerRetired, HandlerSaved, StoreChangedElsewhere
from qntx_desktop.model.handler import HandlerEntry, HandlerVersion, Requires, requires_json
from qntx_desktop.model.handler import requires_of as requires_of
from qntx_desktop.model.ix import check_handler_name
from qntx_desktop.model.permit import Permit
from qntx_desktop.store import handlers as stored
from qntx_desktop.store import jobs, package_locks, permits
from qntx_desktop.store.database import Database

CheckCode = Callable[[str], Requires]
"""Parses code outside this process; raises `ErrEmptyCode` or `ErrSyntax`."""

MAX_REMEMBERED = 10_000
"""So many types are remembered at most; names that nobody knows are remembered too."""


def origin_of(origin: str, requires: Requires) -> Permit:
    """What is kept of code from elsewhere: without asking for more than the default it needs no yes."""
    return Permit(key="", script_type="", origin=origin, level=None if asks_more(requires) else Level.FULL)


class Handlers:
    """Create, list, show, compare, retire and restore handlers, and look up the one to run."""

    def __init__(self, db: Database, check_code: CheckCode) -> None:
        self._db = db
        self._check_code = check_code
        self._guard = threading.Lock()
        self._newest: dict[str, HandlerVersion | None] = {}
        self._changes = 0

    def create(
        self,
        name: str,
        code: str,
        *,
        description: str = "",
        source: str,
        expected_version: int | None = None,
        origin: str | None = None,
    ) -> HandlerVersion:
        """Save code as a new version of a type, also when it equals the newest one.

        Args:
            description: Empty: the one that the code's own metadata gives.
            source: Where it was saved, such as `cli` or `window`.
            origin: Where code from elsewhere came from, such as `import` or `api`; it waits for a yes if it asks
                for more than the default. None: a person saves it here, and so allows it.
            expected_version: Refuse unless this is the newest version; None saves on top of anything.

        Raises:
            ErrInvalidHandlerName, ErrEmptyCode, ErrSyntax, ErrStaleVersion: Nothing was saved.
        """
        requires = self.check(name, code)
        return self._db.write(
            lambda tx: stored.save_version(
                tx,
                script_type=name,
                code=code,
                description=description or requires.description,
                requires=requires_json(requires),
                source=source,
                expected_version=expected_version,
                origin=origin_of(origin, requires) if origin is not None else None,
            )
        )

    def check(self, name: str, code: str) -> Requires:
        """What `create` would check, without saving.

        Raises:
            ErrInvalidHandlerName, ErrEmptyCode, ErrSyntax: As `create`.
        """
        check_handler_name(name)
        try:
            return self._check_code(code)
        except ErrSyntax as error:
            error.hint = "Nothing was saved; the live version keeps running."
            raise

    def newest(self, name: str) -> HandlerVersion | None:
        """The version that a run would use, or None; from memory unless something changed.

        Raises:
            QntxError: The store failed. That is never answered with None.
        """
        try:
            return self._newest[name]
        except KeyError:
            return self._remembered(name)

    def newest_stored(self, name: str, known: HandlerVersion | None = None) -> HandlerVersion | None:
        """The same from the store itself, which also knows what other processes saved just now.

        Args:
            known: A version of this type that was read just now; as long as it is the newest it is not read again.
        """
        with self._db.read() as connection:
            if known is not None and stored.is_newest_active(connection, known):
                return known
            return stored.newest_active(connection, name)

    def last_version(self, name: str) -> int | None:
        """The number of the newest version, retired or not; None when none was ever saved."""
        versions = self._versions(name)
        return versions[0].version if versions else None

    def forget(self, name: str | None = None) -> None:
        """Drop what is remembered about one type, or about all (None)."""
        with self._guard:
            self._changes += 1
            if name is None:
                self._newest.clear()
            else:
                self._newest.pop(name, None)

    def on_event(self, event: Event) -> None:
        """Forget what a change made untrue; called for every event, on the thread that publishes."""
        if isinstance(event, HandlerSaved):
            self.forget(event.handler.script_type)
        elif isinstance(event, (HandlerRetired, HandlerAllowed)):
            self.forget(event.script_type)
        elif isinstance(event, StoreChangedElsewhere):
            self.forget()

    def entries(self) -> tuple[HandlerEntry, ...]:
        """Every type ever saved, by name, with its newest version and its last run."""
        with self._db.read() as connection:
            newest = stored.newest_of_each(connection)
            last_runs = jobs.last_runs(connection)
        return tuple(
            HandlerEntry(newest=version, versions=count, last_run=last_runs.get(version.script_type))
            for version, count in newest
        )

    def history(self, name: str) -> tuple[HandlerVersion, ...]:
        """All versions of a type, newest first, retired ones too.

        Raises:
            ErrInvalidHandlerName, ErrHandlerNotFound: None was ever saved.
        """
        check_handler_name(name)
        versions = self._versions(name)
        if not versions:
            raise ErrHandlerNotFound(name)
        return versions

    def show(self, name: str, version: int | None = None) -> HandlerVersion:
        """One version; without a number the newest active one, or the newest if all are retired.

        Raises:
            ErrInvalidHandlerName, ErrHandlerNotFound: There is no such handler or version.
        """
        versions = self.history(name)
        if version is None:
            return next((each for each in versions if each.active), versions[0])
        return _numbered(versions, name, version)

    def before(self, version: HandlerVersion) -> HandlerVersion | None:
        """The version that came before one, whatever it was made from; None before the first."""
        return next((each for each in self._versions(version.script_type) if each.version < version.version), None)

    def packages_of(self, version: HandlerVersion) -> tuple[str, ...]:
        """The exact packages that a version runs with, such as `httpx==0.28.1`; none before they were chosen."""
        with self._db.read() as connection:
            lock = package_locks.get(connection, version.asid)
        return lock.pins if lock is not None else ()

    def diff(self, name: str, a: int | None = None, b: int | None = None) -> str:
        """What changed from version `a` to version `b`, as a unified diff; empty when nothing did.

        Args:
            a: None means the version before `b`; a first version is compared with nothing.
            b: None means the newest version.

        Raises:
            ErrInvalidHandlerName, ErrHandlerNotFound: There is no such handler or version.
        """
        versions = self.history(name)
        after = versions[0] if b is None else _numbered(versions, name, b)
        if a is None:
            before = next((each for each in versions if each.version < after.version), None)
        else:
            before = _numbered(versions, name, a)
        return _unified(before, after)

    def retire(self, name: str) -> tuple[HandlerVersion, ...]:
        """Take a type out of use; its versions stay.

        Returns:
            The versions that were active until now, none when it was retired already.

        Raises:
            ErrInvalidHandlerName, ErrHandlerNotFound: None was ever saved.
        """
        self.history(name)
        return self._db.write(lambda tx: stored.retire(tx, name))

    def restore(self, name: str, version: int, *, source: str = "restore") -> HandlerVersion:
        """Save an older version's code again, as a new version on top.

        Raises:
            ErrInvalidHandlerName, ErrHandlerNotFound: There is no such handler or version.
        """
        old = self.show(name, version)  # a version that was not allowed is not allowed by restoring it
        return self._db.write(
            lambda tx: stored.save_version(
                tx,
                script_type=name,
                code=old.code,
                description=old.description,
                requires=old.requires,
                source=source,
                parent_version=version,
                origin=permits.get(tx.connection, old.asid),
            )
        )

    def _versions(self, name: str) -> tuple[HandlerVersion, ...]:
        with self._db.read() as connection:
            return stored.versions(connection, name)

    def _remembered(self, name: str) -> HandlerVersion | None:
        with self._guard:
            changes = self._changes
        found = self.newest_stored(name)
        with self._guard:
            # A change heard of while the store was read may be newer than what was read.
            if changes == self._changes:
                if len(self._newest) >= MAX_REMEMBERED:
                    self._newest.clear()
                self._newest[name] = found
        return found


def _numbered(versions: Iterable[HandlerVersion], name: str, version: int) -> HandlerVersion:
    for each in versions:
        if each.version == version:
            return each
    raise ErrHandlerNotFound(name, version)


def _unified(before: HandlerVersion | None, after: HandlerVersion) -> str:
    lines = difflib.unified_diff(
        before.code.splitlines(keepends=True) if before else [],
        after.code.splitlines(keepends=True),
        fromfile=f"{before.script_type} v{before.version}" if before else "nothing",
        tofile=f"{after.script_type} v{after.version}",
    )
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
