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

    def state(self, name: str | None, args: Sequence[str]) -> Mapping[str, Any]:
        """The state that the last good run kept, empty before the first.

        Args:
            name: A script type, or what `jobs.schedule_memory` says; None: nothing was kept.
        """
        if name is None:
            return {}
        with self._db.read() as connection:
            text = jobs.read_state(connection, jobs.state_key(name, args))
        return _object(text)

    def both(self, name: str | None, args: Sequence[str]) -> tuple[Mapping[str, Any], int | None]:
        """State and last run of the same moment, for the start of a run."""
        if name is None:
            return {}, None
        with self._db.read() as connection:
            text, last_run_us = jobs.remembered(connection, name, args)
        return _object(text), last_run_us

    def last_run_us(self, name: str | None, args: Sequence[str]) -> int | None:
        """When the last good run began, in microseconds since 1970 UTC."""
        if name is None:
            return None
        with self._db.read() as connection:
            return jobs.last_success_us(connection, name, args)


def _object(text: str | None) -> Mapping[str, Any]:
    kept = json.loads(text) if text else {}
    return kept if isinstance(kept, dict) else {}
