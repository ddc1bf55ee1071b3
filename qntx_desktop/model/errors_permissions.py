"""Errors about what code may have: permissions, paths, packages, versions of Python. Pure values; any thread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qntx_desktop.model.error_shape import Family, QntxError

__all__ = [
    "ErrInvalidBundle",
    "ErrPackagesMissing",
    "ErrPackagesUnresolved",
    "ErrPathRefused",
    "ErrPermissionRequired",
    "ErrPythonRequired",
]


class ErrPermissionRequired(QntxError):
    """Code from elsewhere asks for more than it may have; a person has to say yes.

    Args:
        what: On one line what is asked.
        key: Names the very code: the attestation of a version, or whatever changes with it.
        subject: What asks, such as `feed v2`.
        name: What `qntx handler allow` knows it by when it is no handler, such as `my-repo/lib/feed.py`.
        script_type: The handler, None for other code; `version` with it.
        asks: `{kind, value, sentence}` of each thing.
        level: How well code is confined here: `full`, `partial` or `process`.
    """

    code = "permission_required"
    family = Family.DENIED

    def __init__(
        self,
        what: str,
        *,
        key: str = "",
        subject: str = "This code",
        name: str = "",
        script_type: str | None = None,
        version: int | None = None,
        asks: Sequence[dict[str, Any]] = (),
        level: str = "full",
    ) -> None:
        known = f" {script_type} --version {version}" if script_type else f" {name}" if name else ""
        super().__init__(
            message=f"{subject} needs your permission: {what}",
            hint=f"Look at it, then allow it: qntx handler allow{known}" if known else "Look at it, then allow it.",
            details={
                "what": what,
                "key": key,
                "name": name or None,
                "script_type": script_type,
                "version": version,
                "asks": [dict(each) for each in asks],
                "level": level,
            },
        )


class ErrPathRefused(QntxError):
    """A declared path cannot be given to a handler. `kind` is `read` or `write`."""

    code = "path_refused"
    family = Family.DENIED

    def __init__(self, kind: str, path: str, reason: str) -> None:
        super().__init__(
            message=f"{path} cannot be opened for a handler to {kind}: {reason}",
            hint=f"Change  # {kind} = [...]  in the inline metadata.",
            details={"kind": kind, "path": path, "reason": reason},
        )


class ErrInvalidBundle(QntxError):
    """A file of handlers that cannot be imported; `entry` names the part, nothing of it was imported."""

    code = "invalid_bundle"
    family = Family.INVALID

    def __init__(self, entry: str, reason: str) -> None:
        super().__init__(
            message=f"The bundle cannot be imported: {entry}: {reason}" if entry else f"No bundle: {reason}",
            hint="Nothing was imported. Bundles are made by: qntx handler export, qntx canvas export -o F.qntx",
            details={"entry": entry, "reason": reason},
        )


class ErrPythonRequired(QntxError):
    """The code needs a version of Python that is not here."""

    code = "python_required"
    family = Family.ENVIRONMENT

    def __init__(self, wanted: str, found: str) -> None:
        super().__init__(
            message=f"The code needs Python {wanted}; handlers run on Python {found} here.",
            hint="Install such a Python, or change  # requires-python = ...  in the inline metadata.",
            details={"wanted": wanted, "found": found},
        )


class ErrPackagesMissing(QntxError):
    """Packages are not on this machine and cannot be fetched now."""

    code = "packages_missing"
    family = Family.ENVIRONMENT

    def __init__(self, packages: Sequence[str], reason: str) -> None:
        super().__init__(
            message=f"Not on this machine: {', '.join(packages)}. {reason}",
            hint="Go online and run it again: packages are fetched once, and kept.",
            details={"packages": list(packages), "reason": reason},
        )


class ErrPackagesUnresolved(QntxError):
    """No set of packages meets the dependencies, or only one of which a part would have to be built."""

    code = "packages_unresolved"
    family = Family.INVALID

    def __init__(self, packages: Sequence[str], reason: str) -> None:
        super().__init__(
            message=f"The dependencies cannot be met: {reason}",
            hint="Change  # dependencies = [...]  in the inline metadata. Only packages with wheels are used.",
            details={"packages": list(packages), "reason": reason},
        )
