"""How far handlers are confined on this computer, in words that are shown. Pure; any thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class SandboxLevel(StrEnum):
    """What an execution stores: everything is refused that should be, some of it, or only the limits hold."""

    FULL = "full"
    PARTIAL = "partial"
    PROCESS = "process"


KNOWN_LEVELS = frozenset(map(str, SandboxLevel))
"""What an execution may say of a process; one without a process of its own says something else."""


class Denial(StrEnum):
    """One kind of thing that a handler must not be able to do."""

    READ = "read"
    WRITE = "write"
    NETWORK = "network"
    LOCAL_SOCKETS = "local_sockets"
    PROCESSES = "processes"
    SIGNALS = "signals"
    SPYING = "spying"
    SYSTEM = "system"
    SHARED_MEMORY = "shared_memory"
    METADATA = "metadata"

    @property
    def text(self) -> str:
        """What is refused, to be read after "refused" or "not refused"."""
        return _TEXTS[self]


_TEXTS = {
    Denial.READ: "reading other files",
    Denial.WRITE: "changing other files",
    Denial.NETWORK: "network connections",
    Denial.LOCAL_SOCKETS: "sockets of other programs",
    Denial.PROCESSES: "starting programs",
    Denial.SIGNALS: "signals to other programs",
    Denial.SPYING: "looking into other programs",
    Denial.SYSTEM: "changing the system",
    Denial.SHARED_MEMORY: "shared memory",
    Denial.METADATA: "changing modes, owners and times of files",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxReport:
    """What was tried on this computer, and what of it was refused.

    Args:
        missing: What is not refused, in the order of `Denial`.
        layers: What refuses: `landlock 7`, `seccomp`.
        reason: Why nothing could be tried, empty if it was.
    """

    level: SandboxLevel
    missing: tuple[Denial, ...]
    layers: tuple[str, ...] = ()
    reason: str = ""

    @property
    def sentence(self) -> str:
        """Short, for a glyph or a line of `qntx doctor`."""
        return sentence(self.level, self.missing)

    def to_json(self) -> dict[str, Any]:
        """Level, missing denials with their texts, layers."""
        return {
            "level": self.level.value,
            "missing": [{"code": each.value, "text": each.text} for each in self.missing],
            "layers": list(self.layers),
            "reason": self.reason,
        }


def level_of(missing: Sequence[Denial]) -> SandboxLevel:
    """The level when these are not refused."""
    if not missing:
        return SandboxLevel.FULL
    return SandboxLevel.PROCESS if len(missing) == len(Denial) else SandboxLevel.PARTIAL


def held_words(level: str, missing: Sequence[Denial] = ()) -> str:
    """For a glyph: `confined`, `partly confined: network connections`, `not confined`."""
    if level == SandboxLevel.FULL:
        return "confined"
    if level == SandboxLevel.PARTIAL:
        named = ", ".join(each.text for each in missing)
        return f"partly confined: not refused {named}" if named else "partly confined"
    return "not confined"


def sentence(level: str, missing: Sequence[Denial] = ()) -> str:
    """`Confined`, `Partly confined, ...`, `Not confined`; a level that is not known counts as the lowest."""
    if level == SandboxLevel.FULL:
        return "Confined"
    if level == SandboxLevel.PARTIAL:
        named = ", ".join(each.text for each in missing)
        return f"Partly confined; not refused: {named}" if named else "Partly confined"
    return "Not confined: a separate process with limits"
