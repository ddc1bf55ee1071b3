"""What code asks to be allowed: files, hosts, secrets, packages. Pure values and sentences; any thread.

Every check gives the reason as a text, or None; whoever read the value from somewhere knows the line to name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from qntx_desktop.model.python_version import specifier_fault

Hosts: TypeAlias = "tuple[str, ...] | Literal[True]"
"""`host:port` texts, or True for any host."""

MAX_ITEMS = 100
MAX_PATH_CHARS = 4096
_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_SIX = re.compile(r"\[[0-9a-f:.]{2,45}\]")
_SECRET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_PACKAGE = re.compile(
    r"(?P<name>[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?)\s*"
    r"(?:\[\s*[A-Za-z0-9._-]+(?:\s*,\s*[A-Za-z0-9._-]+)*\s*\])?\s*"
    r"(?P<versions>[^;@]*?)\s*(?:;.*)?"
)
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Permissions:
    """What inline metadata declares; the defaults are what every handler has anyway.

    Args:
        read: Files and folders to read, as written (`~` not expanded).
        write: Files and folders to write and read, as written.
        network: Hosts with ports, or True for any.
        secrets: Names of secrets.
        dependencies: Packages in the form of PEP 508, to be fetched from an index.
        requires_python: Versions of Python, in the form of PEP 440; empty: any.
    """

    read: tuple[str, ...] = ()
    write: tuple[str, ...] = ()
    network: Hosts = ()
    secrets: tuple[str, ...] = ()
    dependencies: tuple[str, ...] = ()
    requires_python: str = ""

    def to_json(self) -> dict[str, Any]:
        """As kept with a handler version."""
        return {
            "read": list(self.read),
            "write": list(self.write),
            "network": True if self.network is True else list(self.network),
            "secrets": list(self.secrets),
            "dependencies": list(self.dependencies),
            "requires_python": self.requires_python,
        }


def permissions_of(kept: Mapping[str, Any]) -> Permissions:
    """The permissions in the `requires` of a stored version; what it does not name was not asked."""
    network = kept.get("network", ())
    return Permissions(
        read=_texts(kept.get("read")),
        write=_texts(kept.get("write")),
        network=True if network is True else _texts(network),
        secrets=_texts(kept.get("secrets")),
        dependencies=_texts(kept.get("dependencies")),
        requires_python=str(kept.get("requires_python") or ""),
    )


def path_fault(path: str) -> str | None:
    """Why a text cannot be a declared path."""
    if not path or len(path) > MAX_PATH_CHARS:
        return f"must have 1 to {MAX_PATH_CHARS:,} characters"
    if not path.isprintable():
        return f"holds a character that no path should have: {path!r:.80}"
    parts = re.split(r"[\\/]", path)
    if parts[0] not in ("", "~") and not _DRIVE.match(path):
        return f"must start with / or ~/, not with '{parts[0][:40]}'"
    return "must not hold '..'" if ".." in parts else None


def host_fault(entry: str) -> str | None:
    """Why a text cannot be a declared host with its port."""
    host, colon, port = entry.rpartition(":")
    if not colon or not port.isascii() or not port.isdigit() or not 0 < int(port[:6]) < 65536:
        return f"must be host:port, such as api.example.com:443, not '{entry[:80]}'"
    if host.startswith("*"):
        return "takes no wildcards: name each host, or say true for any"
    if len(host) > 253 or not (_HOST.fullmatch(host) or _SIX.fullmatch(host)):
        return f"must name a host in small ASCII letters, not '{host[:80]}'"
    return None


def secret_fault(name: str) -> str | None:
    """Why a text cannot be the name of a secret."""
    if _SECRET.fullmatch(name):
        return None
    return f"must be a name of 1 to 64 letters, digits, dots, hyphens and underscores, not '{name[:80]}'"


def package_fault(package: str) -> str | None:
    """Why a text cannot be a package from an index; addresses and local paths are refused."""
    if "@" in package or "://" in package:
        return f"must name a package of an index, not an address: '{package[:80]}'"
    found = _PACKAGE.fullmatch(package)
    if found is None or not package.isprintable():
        return f"must be a package such as httpx or httpx>=0.27, not '{package[:80]}'"
    versions = found["versions"].strip("() ")
    return specifier_fault(versions) if versions else None


def package_name(package: str) -> str:
    """The name in a dependency, spelled as indexes do: `Zope.Interface>=5` is `zope-interface`."""
    found = _PACKAGE.fullmatch(package)
    return re.sub(r"[-_.]+", "-", found["name"]).lower() if found else package


def _texts(value: object) -> tuple[str, ...]:
    if not value or not isinstance(value, (list, tuple)):
        return ()
    return tuple(each for each in value if isinstance(each, str))
