"""Tokens of the local API: who may do what. The text itself is shown once and never kept.

Pure but for the random source; any thread.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from qntx_desktop.model.clock import iso
from qntx_desktop.model.errors import ErrInvalidToken

PREFIX = "qntx_"
DEFAULT_CLIENT = "default"
ENVIRONMENT_CLIENT = "environment"
"""The name under which `QNTX_API_TOKEN` calls."""
SHORTEST_TOKEN = 16
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


class Scope(StrEnum):
    """What a token may do; each stands for itself alone."""

    READ = "read"
    """Look at anything but secrets."""
    WRITE = "write"
    """Attest, change sources and their files."""
    EXECUTE = "execute"
    """Have code run: commands, scripts, jobs, schedules, syncs, new versions of handlers."""


ALL_SCOPES = tuple(Scope)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiToken:
    """A client of the API.

    Args:
        level: The confinement that code had on this machine when the token was made; a script that a client sends
            runs under this level or a better one.
    """

    id: int
    name: str
    scopes: tuple[Scope, ...]
    level: str
    created_at_us: int
    rotated_at_us: int | None = None
    last_used_at_us: int | None = None

    @property
    def made_at_us(self) -> int:
        """When the token of now was made."""
        return self.rotated_at_us or self.created_at_us

    def to_json(self) -> dict[str, Any]:
        """As the command line prints it."""
        return {
            "name": self.name,
            "scopes": [str(scope) for scope in self.scopes],
            "created_at": iso(self.created_at_us),
            "rotated_at": iso(self.rotated_at_us),
            "last_used_at": iso(self.last_used_at_us),
        }


def new_token() -> str:
    """A fresh token of 256 random bits."""
    return PREFIX + secrets.token_urlsafe(32)


def digest_of(token: str) -> bytes:
    """What is kept of a token. It is random and long, so a plain hash is enough."""
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).digest()


def check_client(name: str) -> str:
    """Give back a name that a client may have.

    Raises:
        ErrInvalidToken: With the rule.
    """
    if not _NAME.fullmatch(name):
        shown = ascii(name[:80])[1:-1]
        raise ErrInvalidToken("name", f"'{shown}' is not 1 to 64 letters, digits, dots, hyphens and underscores")
    return name


def read_scopes(names: Iterable[str]) -> tuple[Scope, ...]:
    """The scopes of these names, each once, in the order of their declaration.

    Raises:
        ErrInvalidToken: One is not known, or there are none.
    """
    wanted = {name.strip() for name in names}
    unknown = sorted(wanted - set(ALL_SCOPES))
    if unknown or not wanted:
        what = f"'{unknown[0][:40]}' is not known" if unknown else "there are none"
        raise ErrInvalidToken("scopes", f"{what}; choose of {', '.join(ALL_SCOPES)}")
    return tuple(scope for scope in ALL_SCOPES if scope in wanted)
