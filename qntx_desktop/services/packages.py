"""The Python and the packages that code runs with: chosen once, kept with the version, the same for ever.

Any thread but the GUI's. The lock is made when the code is saved, or at its first run when it could not be made
then; a version that asks for the same packages as the one it was saved on top of takes over its lock.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from qntx_desktop.model.errors import ErrStoreReadOnly
from qntx_desktop.model.handler import HandlerVersion, Requires, requires_of
from qntx_desktop.model.package_lock import Environment, Fetch, PackageLock
from qntx_desktop.model.permissions import Permissions
from qntx_desktop.services.handlers import Handlers
from qntx_desktop.store import package_locks
from qntx_desktop.store.database import Database


class Shelf(Protocol):
    """Where environments are made and kept; see `engines.packages.environments`."""

    def python_for(self, requires_python: str) -> Environment | None:
        """A Python without packages; None: the usual one."""

    def resolve(self, wanted: Sequence[str], requires_python: str, fetch: Fetch) -> PackageLock:
        """Choose packages and pin them."""

    def open(self, lock: PackageLock, fetch: Fetch) -> Environment:
        """The environment of a lock."""

    def tidy(self, kept: Iterable[PackageLock]) -> tuple[str, ...]:
        """Remove what nobody has used for long, but for the environments of some locks."""


class Packages:
    """Finds the environment of code.

    Args:
        offline: Whether the app may not use the network now.
    """

    def __init__(
        self, db: Database, handlers: Handlers, shelf: Shelf, offline: Callable[[], bool] = lambda: False
    ) -> None:
        self._db = db
        self._handlers = handlers
        self._shelf = shelf
        self._offline = offline

    def of_version(self, version: HandlerVersion, fetch: Fetch) -> Environment | None:
        """What a handler version runs with; None: the Python without packages.

        Raises:
            ErrPythonRequired, ErrPackagesUnresolved, ErrPackagesMissing, ErrCancelled: It cannot be had.
            QntxError: The store or the disk failed.
        """
        asked = requires_of(version.requires).permissions
        return self._environment(version.asid, asked, fetch, lambda: self._inherited(version, asked))

    def of_code(self, code: str, requires: Requires, fetch: Fetch) -> Environment | None:
        """What a plain script runs with: the same text has the same packages each time.

        Raises:
            QntxError: As `of_version`.
        """
        key = f"code:{hashlib.sha256(code.encode('utf-8', 'surrogatepass')).hexdigest()}"
        return self._environment(key, requires.permissions, fetch, lambda: None)

    def lock_of(self, version: HandlerVersion) -> PackageLock | None:
        """The lock that is kept with a version, None before it was made."""
        with self._db.read() as connection:
            return package_locks.get(connection, version.asid)

    def tidy(self) -> int:
        """Remove environments that nobody has used for long; those of what would run now stay.

        Returns:
            How many are gone.
        """
        newest = [each.newest for each in self._handlers.entries() if each.newest.active]
        return len(self._shelf.tidy([lock for each in newest if (lock := self.lock_of(each)) is not None]))

    def _environment(
        self, key: str, asked: Permissions, fetch: Fetch, inherited: Callable[[], PackageLock | None]
    ) -> Environment | None:
        if not asked.dependencies:
            return self._shelf.python_for(asked.requires_python) if asked.requires_python else None
        fetch = replace(fetch, offline=fetch.offline or self._offline())
        with self._db.read() as connection:
            lock = package_locks.get(connection, key)
        if lock is None:
            lock = inherited() or self._shelf.resolve(asked.dependencies, asked.requires_python, fetch)
            lock = self._kept(key, lock)
        return self._shelf.open(lock, fetch)

    def _inherited(self, version: HandlerVersion, asked: Permissions) -> PackageLock | None:
        versions = self._handlers.history(version.script_type)
        before = next((each for each in versions if each.asid == version.parent), None)
        if before is None:
            return None
        had = requires_of(before.requires).permissions
        same = (had.dependencies, had.requires_python) == (asked.dependencies, asked.requires_python)
        return self.lock_of(before) if same else None

    def _kept(self, key: str, lock: PackageLock) -> PackageLock:
        try:
            return self._db.write(lambda tx: package_locks.put(tx, key, lock))
        except ErrStoreReadOnly:  # a dry run of something that was never run for real keeps nothing
            return lock
