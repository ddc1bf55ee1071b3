"""What the answering end needs from the services: plain values in, plain values out.

Declarations; any thread. Every method may raise a `QntxError`, which the plugin is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from qntx_desktop.model.attestation import Attestation
from qntx_desktop.model.job import Job
from qntx_desktop.model.schedule import Schedule


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """An attestation as a plugin claims it; `asid` only when it brings an id of its own."""

    subjects: tuple[str, ...]
    predicates: tuple[str, ...]
    contexts: tuple[str, ...]
    actors: tuple[str, ...]
    attributes: Mapping[str, Any] = field(default_factory=dict)
    timestamp_us: int | None = None
    source: str = ""
    asid: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which attestations a plugin asks for; `limit` None: all there are."""

    subjects: tuple[str, ...]
    predicates: tuple[str, ...]
    contexts: tuple[str, ...]
    actors: tuple[str, ...]
    since_us: int | None = None
    until_us: int | None = None
    limit: int | None = None


class Desk(Protocol):
    """Serves one plugin. `job_id` is what its call says it belongs to, empty when it does not say."""

    def attest(self, claimed: list[Claimed], job_id: str) -> list[Attestation]:
        """Check, stamp and store, all or none."""

    def exists(self, asid: str) -> bool:
        """Whether there is such an attestation."""

    def find(self, asked: Asked) -> Iterator[Attestation]:
        """Newest first."""

    def enqueue(self, handler: str, payload: bytes) -> Job:
        """Ask for a job."""

    def job(self, job_id: str) -> Job:
        """One of the plugin's jobs."""

    def update_job(self, job_id: str, status: str, progress: tuple[int, int] | None, cost: float) -> None:
        """Note progress and cost of a running one, or cancel it."""

    def jobs(self, status: str, limit: int) -> tuple[Job, ...]:
        """The plugin's jobs, newest first."""

    def add_schedule(self, handler: str, interval_s: int, payload: bytes) -> Schedule:
        """Have a handler of the plugin run again and again."""

    def schedule(self, schedule_id: str) -> Schedule:
        """One of the plugin's schedules."""

    def pause_schedule(self, schedule_id: str, paused: bool) -> None:
        """Stop one of them, or let it go on."""

    def remove_schedule(self, schedule_id: str) -> None:
        """Delete one of them."""

    def payload_of(self, payload: Mapping[str, Any]) -> bytes:
        """The bytes that a handler is given for a job's payload."""
