"""What `qntx doctor` finds: one line for each thing it looked at. Pure; any thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """How one thing stands. `missing` takes something away and stops nothing."""

    OK = "ok"
    MISSING = "missing"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at.

    Args:
        name: Stable word, such as `store`.
        state: How it stands.
        text: One sentence without a full stop.
        hint: What to do about it; empty when there is nothing to do.
        facts: For programs; JSON-ready.
    """

    name: str
    state: State
    text: str
    hint: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """As `qntx --json doctor` prints it."""
        return {
            "name": self.name,
            "state": str(self.state),
            "text": self.text,
            "hint": self.hint,
            "facts": dict(self.facts),
        }
