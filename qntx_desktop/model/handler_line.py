"""A handler type in a list. Pure."""

from __future__ import annotations

from typing import NamedTuple


class HandlerLine(NamedTuple):
    """What a list says of a type: its newest active version, or else its newest, and its last run."""

    script_type: str
    version: int
    description: str
    source: str
    created_at_us: int
    active: bool
    versions: int
    allowed: bool
    last_status: str | None
    last_duration_ms: float | None
