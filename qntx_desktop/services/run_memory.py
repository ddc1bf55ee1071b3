"""What a handler, or the script of a schedule, remembers between runs with the same arguments: `qntx.state` and
`qntx.last_run`.

Any thread but the GUI's. Only reads; the store keeps a new state together with the end of the run that made it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from qntx_desktop.store import jobs
from qntx_desktop.store.database import Database


class RunMemory:
    """Reads what earlier runs left behind."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def both(self, name: str | None, args: Sequence[str]) -> tuple[Mapping[str, Any], int | None]:
        """The state that the last good run kept, empty before the first, and when that began.

        Args:
            name: A script type, or what `jobs.schedule_memory` says; None: nothing was kept.

        Returns:
            The moment is in microseconds since 1970 UTC, None before the first.
        """
        if name is None:
            return {}, None
        with self._db.read() as connection:
            text, last_run_us = jobs.remembered(connection, name, args)
        return _object(text), last_run_us


def _object(text: str | None) -> Mapping[str, Any]:
    kept = json.loads(text) if text else {}
    return kept if isinstance(kept, dict) else {}
