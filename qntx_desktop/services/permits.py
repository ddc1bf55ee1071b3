"""The gate of code that came from elsewhere: it runs when a person has said yes to what it asks for, not before.

Any thread but the GUI's. What a person saves here is allowed by saving it and has no entry. Code from elsewhere
that asks for nothing beyond the default runs where it is fully confined; elsewhere it needs a yes, too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from qntx_desktop.model.asking import Ask, asks_more, listed
from qntx_desktop.model.confinement import SandboxLevel as Level
from qntx_desktop.model.errors import ErrPermissionRequired
from qntx_desktop.model.handler import HandlerVersion, Requires, requires_of
from qntx_desktop.model.permit import Permit, is_enough
from qntx_desktop.store import permits as stored
from qntx_desktop.store.database import Database, Tx

if TYPE_CHECKING:
    from qntx_desktop.services.handlers import Handlers

CurrentLevel = Callable[[], str]
"""How well handlers are confined on this machine; asked late, because finding out may start a process."""

_UNCONFINED = {
    Level.PARTIAL: "it is only partly confined on this machine",
    Level.PROCESS: "it is not confined on this machine",
}


class Permits:
    """Says whether a piece of code may run, and takes a person's yes."""

    def __init__(self, db: Database, level: CurrentLevel) -> None:
        self._db = db
        self._level = level

    def refusal(self, version: HandlerVersion) -> ErrPermissionRequired | None:
        """Why a version may not run now, None when it may."""
        missing = refusal_of(version)
        if missing is not None:
            return missing
        if version.allowed_at_level is None or is_enough(self._level(), version.allowed_at_level):
            return None
        return _refusal(version, (), self._level())

    @property
    def held(self) -> str:
        """How code is confined on this machine, to be read after "On this machine"."""
        level = Level(self._level())
        return "it is confined" if level is Level.FULL else _UNCONFINED[level].removesuffix(" on this machine")

    def check(self, version: HandlerVersion) -> None:
        """Pass a version that may run now.

        Raises:
            ErrPermissionRequired: A person has to say yes first.
        """
        refusal = self.refusal(version)
        if refusal is not None:
            raise refusal

    def check_code(self, key: str, requires: Requires, subject: str, *, name: str = "") -> None:
        """Pass code from elsewhere that is no handler version, such as a file of a code source.

        Args:
            key: Names this very code, such as source, path and revision; what `allow_code` was given.
            subject: How to call it in a sentence.
            name: What `qntx handler allow` knows it by, if it does.

        Raises:
            ErrPermissionRequired: A person has to say yes first.
        """
        with self._db.read() as connection:
            permit = stored.get(connection, key)
        level = self._level()
        asks = asks_more(requires)
        allowed = permit.level if permit is not None else None if asks else Level.FULL
        if allowed is None or not is_enough(level, allowed):
            asked = () if permit is not None else asks
            raise ErrPermissionRequired(
                _what(asked, level), key=key, subject=subject, name=name, asks=_shapes(asks), level=level
            )

    def allow_code(self, key: str, origin: str, script_type: str = "") -> None:
        """Keep a person's yes to code that `check_code` refused; jobs of the type that waited for it go on."""
        permit = Permit(key=key, script_type=script_type, origin=origin, level=self._level())
        self._db.write(lambda tx: stored.put(tx, replace(permit, allowed_at_us=tx.now_us)))

    def allow(self, handlers: Handlers, name: str, version: int | None = None) -> HandlerVersion:
        """Keep a person's yes to a version, and to the confinement there is; jobs that waited for it go on.

        Args:
            version: None: the newest active one.

        Returns:
            The version as it stands now; one that was saved here is allowed already and stays as it is.

        Raises:
            ErrInvalidHandlerName, ErrHandlerNotFound: There is no such version.
        """
        found = handlers.show(name, version)
        level = self._level()

        def work(tx: Tx) -> None:
            permit = stored.get(tx.connection, found.asid)
            if permit is not None:
                stored.put(tx, replace(permit, level=level, allowed_at_us=tx.now_us))

        self._db.write(work)
        return handlers.show(name, found.version)


def refusal_of(version: HandlerVersion) -> ErrPermissionRequired | None:
    """What a person has to say yes to before a version may run anywhere; None when nothing is open."""
    if version.allowed:
        return None
    return _refusal(version, asks_more(requires_of(version.requires)), Level.FULL)


def _refusal(version: HandlerVersion, asked: tuple[Ask, ...], level: str) -> ErrPermissionRequired:
    return ErrPermissionRequired(
        _what(asked, level),
        key=version.asid,
        subject=f"{version.script_type} v{version.version}",
        script_type=version.script_type,
        version=version.version,
        asks=_shapes(asks_more(requires_of(version.requires))),
        level=level,
    )


def _what(asks: tuple[Ask, ...], level: str) -> str:
    """What is open: what was asked and not yet allowed, and what is worse than when it was."""
    return ", ".join(filter(None, (listed(asks), _UNCONFINED.get(Level(level), ""))))


def _shapes(asks: tuple[Ask, ...]) -> list[dict[str, Any]]:
    return [each.to_json() for each in asks]
