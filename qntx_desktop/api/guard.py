"""Who may ask: looked at before anything of a body is read.

The API's loop. Host against DNS rebinding, Origin against web pages, then the bearer token and its scope. Nothing
here reads cookies, and nothing answers differently for a path that exists until the caller is known.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Protocol

from qntx_desktop.api.limits import Limits
from qntx_desktop.api.route import Route
from qntx_desktop.model.api_token import ApiToken
from qntx_desktop.model.errors import ErrHostRefused, ErrOriginRefused, ErrScopeRequired, ErrUnauthorized
from qntx_desktop.services.api_tokens import Known, who

NAMES = ("127.0.0.1", "localhost")
FAILURES_A_MINUTE = 60
USE_NOTED_EVERY_S = 60.0


class Headers(Protocol):
    """The headers of a request, by name in any capitals."""

    def getall(self, key: str, default: Sequence[str], /) -> Sequence[str]:
        """Every value of a header."""


class Guard:
    """Lets requests pass or refuses them.

    Args:
        known: Who may call; asked for each call, so it must be quick. May be a moment old.
        again: The same as the store has it now; asked before a token is refused.
        origins: The listed origins.
        per_minute: How often a client may call.
        note_use: Told now and then that a client calls.
    """

    def __init__(
        self,
        *,
        port: int,
        known: Callable[[], Known],
        again: Callable[[], Known],
        origins: Callable[[], frozenset[str]],
        per_minute: Callable[[], int],
        note_use: Callable[[ApiToken], None],
    ) -> None:
        self._hosts = frozenset(f"{name}:{port}" for name in NAMES) | (frozenset(NAMES) if port == 80 else set())
        self._known = known
        self._again = again
        self._origins = origins
        self._note_use = note_use
        self._noted: dict[int, float] = {}
        self._clients = Limits(per_minute)
        self._failures = Limits(lambda: FAILURES_A_MINUTE)

    def check_place(self, headers: Headers) -> str:
        """See that the request is meant for this computer, by nobody else's page.

        Returns:
            The origin, if a listed one asked.

        Raises:
            ErrHostRefused, ErrOriginRefused: It is not.
        """
        hosts = headers.getall("Host", ())
        if len(hosts) != 1 or hosts[0].lower() not in self._hosts:
            raise ErrHostRefused(", ".join(hosts) or "nobody")
        origins = headers.getall("Origin", ())
        if not origins:
            return ""
        if len(origins) != 1 or origins[0] not in self._origins():
            raise ErrOriginRefused(", ".join(origins))
        return origins[0]

    def check_token(self, headers: Headers) -> ApiToken:
        """Find out who asks.

        Raises:
            ErrUnauthorized: Nobody who is known.
            ErrTooManyRequests: The client, or those who guess tokens, ask too often.
        """
        given = headers.getall("Authorization", ())
        scheme, _, token = given[0].partition(" ") if len(given) == 1 else ("", "", "")
        client = None
        if scheme.lower() == "bearer":
            client = who(self._known(), token.strip())
            if client is None:
                self._failures.take("")
                client = who(self._again(), token.strip())
        if client is None:
            raise ErrUnauthorized("the token is not known" if given else "there is no token")
        self._clients.take(client.name)
        self._note(client)
        return client

    def check_scope(self, client: ApiToken, route: Route) -> None:
        """See that the client may do this.

        Raises:
            ErrScopeRequired: It may not.
        """
        if route.scope is not None and route.scope not in client.scopes:
            raise ErrScopeRequired(route.scope, client.name)

    def _note(self, client: ApiToken) -> None:
        now_s = time.monotonic()
        if now_s - self._noted.get(client.id, float("-inf")) >= USE_NOTED_EVERY_S:
            self._noted[client.id] = now_s
            self._note_use(client)


def preflight(origin: str) -> dict[str, str]:
    """The answer to a browser that asks whether a listed page may call."""
    return {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Allow-Methods": "GET, POST, PUT, PATCH, DELETE",
        "Access-Control-Allow-Headers": "authorization, content-type",
        "Access-Control-Max-Age": "600",
        "Vary": "Origin",
    }
