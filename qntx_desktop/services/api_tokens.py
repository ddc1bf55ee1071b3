"""Clients of the local API: make, rotate and revoke their tokens, and tell who calls. Any thread but the GUI's.

A token is known by its SHA-256 alone. Whoever answers calls keeps the list in memory (`known`) and asks for it
again when it may have changed.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Sequence

from qntx_desktop.model.api_token import (
    ALL_SCOPES,
    ENVIRONMENT_CLIENT,
    SHORTEST_TOKEN,
    ApiToken,
    Scope,
    check_client,
    digest_of,
    new_token,
)
from qntx_desktop.model.errors import ErrDuplicateName, ErrInvalidToken, ErrTokenNotFound
from qntx_desktop.store import api_tokens as stored
from qntx_desktop.store.database import Database

Known = Sequence[tuple[ApiToken, bytes]]
"""Clients, each with the SHA-256 of its token."""


class ApiTokens:
    """The clients of a home.

    Args:
        level: How well code is confined on this machine; asked late, because finding out may start a process.
        environment: Asked for QNTX_API_TOKEN; None or empty: not set.
    """

    def __init__(self, db: Database, level: Callable[[], str], environment: Callable[[], str | None]) -> None:
        self._db = db
        self._level = level
        self._environment = environment
        self.changes = 0
        """How often this process has changed them; what another process changes is told by the store."""

    def list(self) -> tuple[ApiToken, ...]:
        """All of them by name, without their tokens."""
        with self._db.read() as connection:
            return tuple(token for token, _ in stored.every(connection))

    def create(self, name: str, scopes: tuple[Scope, ...] = ALL_SCOPES) -> tuple[str, ApiToken]:
        """Make a client.

        Returns:
            Its token, which is shown now and never again, and what is kept.

        Raises:
            ErrInvalidToken: The name cannot be.
            ErrDuplicateName: It is taken.
        """
        check_client(name)
        token, level = new_token(), self._level()
        made = self._db.write(
            lambda tx: stored.insert(tx, name=name, digest=digest_of(token), scopes=scopes, level=level)
        )
        if made is None:
            raise ErrDuplicateName(name, "A token")
        self.changes += 1
        return token, made

    def rotate(self, name: str, scopes: tuple[Scope, ...] | None = None) -> tuple[str, ApiToken]:
        """Give a client a new token; the old one is worth nothing from now on.

        Args:
            scopes: None leaves them.

        Raises:
            ErrTokenNotFound: There is no such client.
        """
        token, level = new_token(), self._level()
        made = self._db.write(lambda tx: stored.rotate(tx, name, digest_of(token), scopes, level))
        if made is None:
            raise ErrTokenNotFound(name)
        self.changes += 1
        return token, made

    def revoke(self, name: str) -> ApiToken:
        """Forget a client.

        Raises:
            ErrTokenNotFound: There is none.
        """
        gone = self._db.write(lambda tx: stored.remove(tx, name))
        if gone is None:
            raise ErrTokenNotFound(name)
        self.changes += 1
        return gone

    def known(self) -> Known:
        """Who may call now, for `who`.

        Raises:
            ErrInvalidToken: QNTX_API_TOKEN is too short to be one.
        """
        with self._db.read() as connection:
            found = stored.every(connection)
        given = self._environment()
        if not given:
            return found
        if len(given) < SHORTEST_TOKEN:
            raise ErrInvalidToken("QNTX_API_TOKEN", f"it has {len(given)} characters, at least {SHORTEST_TOKEN}")
        client = ApiToken(
            id=0, name=ENVIRONMENT_CLIENT, scopes=ALL_SCOPES, level=self._level(), created_at_us=0
        )
        return (*found, (client, digest_of(given)))

    def note_use(self, token: ApiToken) -> None:
        """Note that a client called; returns at once."""
        if token.id:
            self._db.submit(lambda tx: stored.note_use(tx, token.id))


def who(known: Known, token: str) -> ApiToken | None:
    """The client of a token. Takes as long for a wrong one as for a right one."""
    digest = digest_of(token)
    found: ApiToken | None = None
    for client, expected in known:
        if hmac.compare_digest(expected, digest):
            found = client
    return found
