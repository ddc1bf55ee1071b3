"""Code sources: folders and repositories whose code runs here, and the rules for what may be said about them.

Pure; any thread. Each refusal is one sentence that says what to do; nothing here touches a disk or the network.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from qntx_desktop.model.clock import iso
from qntx_desktop.model.errors import ErrInvalidSource, ErrInvalidUrl

REFERENCE = "code_source"
"""The reference type of jobs that sync a source."""
SOURCE_SYNC = "source_sync"
MANUAL, GIT = "manual", "git"
FIRST_SOURCE = "manual"
"""The source that a new home has."""

SHORTEST_INTERVAL_S, LONGEST_INTERVAL_S = 60, 30 * 86_400
SHORTEST_SECRET, LONGEST_SECRET = 16, 1_024
MAX_URL_CHARS, MAX_REF_CHARS, MAX_TOKEN_CHARS = 2_000, 250, 4_000
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_COMMIT = re.compile(r"[0-9a-f]{40}")
_REF_FAULTS = re.compile(r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|^/|/$|^\.|/\.|\.lock(?:/|$)|\.$|^-|^@$")
# Names that Windows keeps for devices; one home may be carried from system to system.
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{n}{i}" for n in ("com", "lpt") for i in range(1, 10))})


@dataclass(frozen=True, slots=True, kw_only=True)
class GitSettings:
    """Where a git source comes from. At most one of branch, tag and commit is set; none: the default branch."""

    url: str
    branch: str | None = None
    tag: str | None = None
    commit: str | None = None
    review: bool = False

    def to_json(self) -> dict[str, Any]:
        """JSON-ready, without the token, which is kept apart."""
        return {
            "url": self.url,
            "branch": self.branch,
            "tag": self.tag,
            "commit": self.commit,
            "review": self.review,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncSettings:
    """When a source is synced by itself; an interval of 0 s is off. The webhook's secret is kept apart."""

    interval_seconds: int = 0
    webhook_enabled: bool = False
    secret_in_query: bool = False

    def to_json(self) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "interval_seconds": self.interval_seconds,
            "webhook_enabled": self.webhook_enabled,
            "secret_in_query": self.secret_in_query,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One complete commit as it lies on the disk. `state` is `current`, `held` (waits for review) or `old`."""

    id: int
    source_id: int
    commit: str
    folder: str
    state: str
    files: int
    size_bytes: int
    created_at_us: int
    notes: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "id": self.id,
            "commit": self.commit,
            "state": self.state,
            "files": self.files,
            "size_bytes": self.size_bytes,
            "created_at": iso(self.created_at_us),
            "notes": list(self.notes),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A code source. Secrets are only known as set or not; `revision` is what its readers see."""

    id: int
    name: str
    type: str
    enabled: bool
    created_at_us: int
    updated_at_us: int
    settings: Mapping[str, Any] = field(default_factory=dict)
    sync: SyncSettings = field(default_factory=SyncSettings)
    has_token: bool = False
    has_webhook_secret: bool = False
    syncable: bool = False
    editable: bool = False
    revision: Revision | None = None
    held: Revision | None = None
    last_sync_started_at_us: int | None = None
    last_sync_at_us: int | None = None
    last_sync_error: Mapping[str, Any] | None = None
    next_sync_at_us: int | None = None
    failures: int = 0

    def to_json(self) -> dict[str, Any]:
        """The contract's shape (section 4), with the next sync, failures and a held revision added."""
        settings = dict(self.settings)
        if self.type == GIT:
            settings["token"] = self.has_token
        return {
            "id": self.id,
            "name": self.name,
            "type": self.type,
            "enabled": self.enabled,
            "created_at": iso(self.created_at_us),
            "updated_at": iso(self.updated_at_us),
            "settings": settings,
            "sync": self.sync.to_json() | {"webhook_secret_set": self.has_webhook_secret},
            "syncable": self.syncable,
            "editable": self.editable,
            "revision": self.revision.commit if self.revision else None,
            "held_revision": self.held.commit if self.held else None,
            "notes": list(self.revision.notes) if self.revision else [],
            "last_sync_started_at": iso(self.last_sync_started_at_us),
            "last_sync_at": iso(self.last_sync_at_us),
            "last_sync_error": dict(self.last_sync_error) if self.last_sync_error is not None else None,
            "next_sync_at": iso(self.next_sync_at_us),
            "failures": self.failures,
        }


def check_source_name(name: str) -> str:
    """Give back a name that a source may have.

    Raises:
        ErrInvalidSource: With the rule and the position of the first bad character.
    """
    rule = "Use 1 to 64 letters A-Z a-z, digits, hyphens and underscores, starting with a letter or digit."
    if _NAME.fullmatch(name):
        if name.casefold() in _DEVICES:
            raise ErrInvalidSource("name", f"'{name}' is a name that Windows keeps for a device.", rule)
        return name
    position = next(
        (at for at in range(1, len(name) + 1) if not _NAME.fullmatch(name[:at])), len(name) + 1 if name else 1
    )
    shown = ascii(name[:80])[1:-1]
    reason = (
        f"'{shown}' is not a name of a code source (position {position})." if name else "The name is empty."
    )
    raise ErrInvalidSource("name", reason, rule, position=position)


def check_git_settings(
    *,
    url: str,
    branch: str | None = None,
    tag: str | None = None,
    commit: str | None = None,
    review: bool = False,
) -> GitSettings:
    """Put together where a git source comes from.

    Raises:
        ErrInvalidUrl: The address is none that is fetched from.
        ErrInvalidSource: Two of branch, tag and commit, or one that cannot be.
    """
    given = [
        what for what, value in (("branch", branch), ("tag", tag), ("commit", commit)) if value is not None
    ]
    if len(given) > 1:
        raise ErrInvalidSource(
            given[1],
            f"Both a {given[0]} and a {given[1]} were given.",
            "Give one of branch, tag and commit; without any, the default branch is followed.",
        )
    for what, value in (("branch", branch), ("tag", tag)):
        if value is not None:
            _check_ref(what, value)
    if commit is not None and not _COMMIT.fullmatch(commit.lower()):
        raise ErrInvalidSource(
            "commit", "A commit is named by all its 40 hexadecimal digits.", "See: git rev-parse HEAD"
        )
    return GitSettings(
        url=check_git_url(url),
        branch=branch,
        tag=tag,
        commit=commit.lower() if commit else None,
        review=review,
    )


def check_git_url(url: str) -> str:
    """Give back an address that a git source may be fetched from: https, or http on this computer.

    Raises:
        ErrInvalidUrl: One sentence that never repeats what may be a password.
    """
    text = url.strip()
    if not text:
        raise ErrInvalidUrl("The address is empty.")
    if len(text) > MAX_URL_CHARS:
        raise ErrInvalidUrl(f"The address has {len(text):,} characters, at most {MAX_URL_CHARS:,}.")
    if any(each.isspace() or unicodedata.category(each) in ("Cc", "Cf", "Cs") for each in text):
        raise ErrInvalidUrl("The address holds a space or a control character.")
    if "::" in text.partition("/")[0]:
        raise ErrInvalidUrl("An address that starts a program (ext:: and the like) is never used.")
    scheme, separator, _ = text.partition("://")
    if not separator:
        if re.match(r"[\w.-]+@[\w.-]+:", text):
            raise ErrInvalidUrl(
                "ssh addresses are not supported.", "Use the https address of the repository."
            )
        raise ErrInvalidUrl("The address has no https:// in front.")
    if scheme.lower() not in ("https", "http"):
        raise ErrInvalidUrl(
            f"Addresses with {ascii(scheme.lower()[:20])[1:-1]}:// are not supported.",
            "Use the https address of the repository.",
        )
    return _checked_parts(text)


def _checked_parts(text: str) -> str:
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise ErrInvalidUrl("The host or the port of the address cannot be read.") from None
    if "@" in parts.netloc:
        raise ErrInvalidUrl(
            "The address holds a user name or a password.",
            "Put the token in the token field, not in the address.",
        )
    if not host or port == 0:
        raise ErrInvalidUrl("The address names no host." if not host else "Port 0 cannot be reached.")
    if parts.query or parts.fragment:
        raise ErrInvalidUrl("The address has a ? or # part; a repository has none.")
    if not parts.path.strip("/"):
        raise ErrInvalidUrl("The address names no repository on its host.")
    if parts.scheme.lower() == "http" and not is_loopback(host):
        raise ErrInvalidUrl("Plain http is used on this computer only.", "Use https.")
    return text


def is_loopback(host: str) -> bool:
    """Whether a host is this computer."""
    if host.lower() == "localhost":
        return True
    import ipaddress  # late: few calls look at addresses

    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_interval(seconds: int, *, syncable: bool) -> int:
    """Give back how often a source is synced by itself, in seconds; 0 is off.

    Raises:
        ErrInvalidSource: Out of range, or the source has nothing to sync with.
    """
    if seconds == 0:
        return 0
    if not syncable:
        raise ErrInvalidSource(
            "interval_seconds",
            "A manual source has no interval: its files are what lies in its folder.",
            "Leave the interval out.",
        )
    if not SHORTEST_INTERVAL_S <= seconds <= LONGEST_INTERVAL_S:
        raise ErrInvalidSource(
            "interval_seconds",
            f"The interval is {seconds:,} s; it goes from {SHORTEST_INTERVAL_S} s to "
            f"{LONGEST_INTERVAL_S:,} s (30 days).",
            "0 switches it off.",
        )
    return seconds


def check_webhook_secret(secret: str) -> str:
    """Give back a secret that webhooks may be signed with.

    Raises:
        ErrInvalidSource: Too short, too long, or with characters that no header carries.
    """
    if not SHORTEST_SECRET <= len(secret) <= LONGEST_SECRET:
        raise ErrInvalidSource(
            "webhook_secret",
            f"The webhook secret has {len(secret):,} characters, not {SHORTEST_SECRET} to {LONGEST_SECRET:,}.",
            "Make a long random one, such as with: openssl rand -hex 32",
        )
    if not (secret.isascii() and secret.isprintable()):
        raise ErrInvalidSource(
            "webhook_secret", "The webhook secret holds characters beyond printable ASCII."
        )
    return secret


def check_token(token: str) -> str:
    """Give back an access token.

    Raises:
        ErrInvalidSource: Empty, too long, or with characters that no header carries.
    """
    if (
        not token
        or len(token) > MAX_TOKEN_CHARS
        or not (token.isascii() and token.isprintable())
        or " " in token
    ):
        raise ErrInvalidSource(
            "token", f"A token is 1 to {MAX_TOKEN_CHARS:,} printable ASCII characters, no spaces."
        )
    return token


def _check_ref(what: str, value: str) -> None:
    if not value or len(value) > MAX_REF_CHARS or _REF_FAULTS.search(value):
        shown = ascii(value[:80])[1:-1]
        raise ErrInvalidSource(
            what, f"'{shown}' cannot be the name of a {what}.", "See: git check-ref-format"
        )
