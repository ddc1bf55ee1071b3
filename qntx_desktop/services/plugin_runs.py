"""Which jobs of a plugin run now, so that what it sends meanwhile finds the run that it belongs to. Any thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from qntx_desktop.services.jobs.job_type import RunRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    execution_id: int | None
    record: RunRecord


class PluginRuns:
    """The runs of one plugin that are under way."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._runs: dict[str, _Run] = {}

    @contextmanager
    def under_way(self, job_id: str, execution_id: int | None, record: RunRecord) -> Iterator[None]:
        """Note a run while the block goes on."""
        with self._lock:
            self._runs[job_id] = _Run(execution_id=execution_id, record=record)
        try:
            yield
        finally:
            with self._lock:
                self._runs.pop(job_id, None)

    def execution_id(self, job_id: str) -> int | None:
        """The run that a call belongs to: the one that it names; if it names none, the only one that goes on."""
        with self._lock:
            if job_id:
                found = self._runs.get(job_id)
            else:
                found = next(iter(self._runs.values())) if len(self._runs) == 1 else None
        return found.execution_id if found is not None else None

    def progress(self, job_id: int, current: int, total: int) -> None:
        """Note how far a run is; one that has ended is passed over."""
        record = self._record(job_id)
        if record is not None and total >= 0:
            record.progress(max(0, current), total or None, "")

    def cost(self, job_id: int, usd: float) -> None:
        """Note what a run has cost so far; one that has ended is passed over."""
        record = self._record(job_id)
        if record is not None:
            record.cost(usd)

    def _record(self, job_id: int) -> RunRecord | None:
        with self._lock:
            found = self._runs.get(str(job_id))
        return found.record if found is not None else None
