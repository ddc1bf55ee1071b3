"""The chain behind one attestation, as it is told. Pure; any thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from qntx_desktop.model.attestation import Attestation
from qntx_desktop.model.clock import iso
from qntx_desktop.model.handler import HandlerVersion
from qntx_desktop.model.job import Execution, Job
from qntx_desktop.model.schedule import Schedule


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """The chain behind one attestation; None where there is no such link, or it was deleted since.

    Args:
        execution: The attempt that made it; None for what was attested by hand, imported, or saved as a handler.
        handler: The version that ran; of an attestation that is a handler itself, the one it was saved on top of.
        job: What the attempt was of.
        schedule: What asked for the job again and again.
    """

    attestation: Attestation
    execution: Execution | None = None
    handler: HandlerVersion | None = None
    job: Job | None = None
    schedule: Schedule | None = None

    def to_json(self) -> dict[str, Any]:
        """All links; of the execution what is kept for good, of the handler everything but its code."""
        handler = dict(self.handler.to_json()) if self.handler is not None else None
        if handler is not None:
            del handler["code"]
        return {
            "attestation": self.attestation.to_json(),
            "execution": _kept(self.execution) if self.execution is not None else None,
            "handler": handler,
            "job": _asked(self.job) if self.job is not None else None,
            "schedule": self.schedule.to_json() if self.schedule is not None else None,
        }


def _kept(execution: Execution) -> Mapping[str, Any]:
    shape = execution.to_json()
    return {
        name: value for name, value in shape.items() if name not in ("stdout", "stderr", "attestation_ids")
    } | {"attestations": execution.attestation_count}


def _asked(job: Job) -> Mapping[str, Any]:
    """Who asked for it: the payload may hold megabytes."""
    return {
        "id": job.id,
        "type": job.type,
        "trigger": job.trigger,
        "reference_type": job.reference_type,
        "reference_id": job.reference_id,
        "schedule_id": job.schedule_id,
        "retry_of": job.retry_of,
        "created_at": iso(job.created_at_us),
    }
