"""A handler version: code saved as the attestation `<asid> is ix_handler of <type> by <asid>`.

Pure; any thread. `requires` is what the code's own inline metadata (PEP 723, `[tool.qntx]`) asks for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from qntx_desktop.model.clock import iso
from qntx_desktop.model.code_file import CodeFile
from qntx_desktop.model.limit import Limit
from qntx_desktop.model.permissions import Permissions, permissions_of

LANGUAGE_PYTHON = "python"


MAX_CODE_BYTES = 500_000
"""The longest code, as UTF-8. Attributes of an attestation take 1 MiB of JSON, in which line ends count twice."""

REMOTE = "remote"
"""What `where` may say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Requires:
    """What code declares that it needs; the defaults are what every handler gets.

    Args:
        timeout_s: Wall-clock limit in seconds.
        memory_bytes: Address-space limit in bytes.
        where: `remote` for a run on the cluster that the person named; empty: here.
        declared: The `[tool.qntx]` table as written, JSON-ready, plus `dependencies` and `requires-python`.
    """

    timeout_s: float = 60.0
    memory_bytes: int = 512 * 1024 * 1024
    concurrent: bool = False
    description: str = ""
    script_type: str = ""
    where: str = ""
    permissions: Permissions = field(default_factory=Permissions)
    limit: Limit = field(default_factory=Limit)
    declared: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandlerVersion:
    """One saved version.

    Args:
        parent: The asid it was saved on top of.
        active: False once it was retired.
        allowed: Whether it may have what it asks for.
        allowed_at_level: Under which confinement code from elsewhere may run, empty: under none; None: it was
            saved here.
    """

    script_type: str
    version: int
    asid: str
    code: str
    code_sha256: str
    created_at_us: int
    description: str = ""
    language: str = LANGUAGE_PYTHON
    source: str = ""
    parent: str | None = None
    active: bool = True
    allowed: bool = True
    allowed_at_level: str | None = None
    requires: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The contract's shape (section 4)."""
        return {
            "script_type": self.script_type,
            "version": self.version,
            "asid": self.asid,
            "description": self.description,
            "code": self.code,
            "code_sha256": self.code_sha256,
            "language": self.language,
            "created_at": iso(self.created_at_us),
            "source": self.source,
            "parent": self.parent,
            "active": self.active,
            "allowed": self.allowed,
            "requires": dict(self.requires),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class HandlerEntry:
    """A line of the Handlers panel: the newest version of a type, how many there are, and its last run."""

    newest: HandlerVersion
    versions: int
    last_run: Mapping[str, Any] | None = None
    """`{job_id, execution_id, status, started_at_us, duration_ms, version, error}` of the last run, if any."""

    def to_json(self) -> dict[str, Any]:
        """The JSON shape of a line of the list: the newest version with `versions` and `last_run`."""
        run = dict(self.last_run) if self.last_run else None
        if run is not None:
            run["started_at"] = iso(run.pop("started_at_us", None))
        return self.newest.to_json() | {"versions": self.versions, "last_run": run}


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Where an IX command goes: `kind` is `handler`, `plugin`, `source` or `builtin`; `job_type` runs it."""

    kind: str
    job_type: str
    script_type: str
    handler: HandlerVersion | None = None
    code_file: CodeFile | None = None


def requires_json(requires: Requires) -> dict[str, Any]:
    """What is kept of a declaration with the version: the limits as numbers, and the table as written."""
    return {
        "timeout_s": requires.timeout_s,
        "memory_bytes": requires.memory_bytes,
        "concurrent": requires.concurrent,
        **({"where": requires.where} if requires.where else {}),
        **requires.permissions.to_json(),
        **{name: value for name, value in asdict(requires.limit).items() if value is not None},
        "declared": dict(requires.declared),
    }


_DEFAULT = Requires()


def requires_of(kept: Mapping[str, Any]) -> Requires:
    """The declaration of a stored version; what it does not name has its default."""
    return Requires(
        timeout_s=float(kept.get("timeout_s", _DEFAULT.timeout_s)),
        memory_bytes=int(kept.get("memory_bytes", _DEFAULT.memory_bytes)),
        concurrent=bool(kept.get("concurrent", _DEFAULT.concurrent)),
        where=REMOTE if kept.get("where") == REMOTE else "",
        permissions=permissions_of(kept),
        limit=Limit(
            calls_per_minute=kept.get("calls_per_minute"),
            cost_per_day=kept.get("cost_per_day"),
            cost_per_month=kept.get("cost_per_month"),
        ),
        declared=kept.get("declared") or {},
    )
