"""What a person said about a piece of code that came from elsewhere. Pure; any thread."""

from __future__ import annotations

from dataclasses import dataclass

from qntx_desktop.model.confinement import SandboxLevel as Level

_STRENGTH = {Level.FULL: 2, Level.PARTIAL: 1, Level.PROCESS: 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Permit:
    """Code from elsewhere, and under which confinement it may run.

    Args:
        key: The attestation of a handler version, or another name that changes with the code.
        script_type: The type it is a version of; empty for other code.
        origin: Where it came from: `import`, `source`, `plugin`, `api`.
        level: It may run under this level or a better one; None: not at all, a person has to say yes.
        allowed_at_us: When a person said yes; None with a level: it asks for nothing, so nobody was asked.
    """

    key: str
    script_type: str
    origin: str
    level: str | None = None
    allowed_at_us: int | None = None


def is_enough(now: str, allowed: str) -> bool:
    """Whether confinement as it is `now` is at least what the code was allowed under."""
    return _STRENGTH[Level(now)] >= _STRENGTH[Level(allowed)]
