"""The job type `secret_rotation`: a new key, and every stored text sealed with it.

Any thread but the GUI's. Killed at any point, its retry goes on where it stopped; what cannot be read keeps its old
key.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from qntx_desktop.model.errors import ErrCancelled
from qntx_desktop.model.job import ExecutionStatus, Outcome
from qntx_desktop.model.secret import SECRET_ROTATION
from qntx_desktop.services.jobs.job_type import RunContext, RunIdentity
from qntx_desktop.services.jobs.payload import check_fields
from qntx_desktop.services.ports import Lane


class SecretRotation:
    """Runs in the app itself; its result says how many texts were sealed anew."""

    name = SECRET_ROTATION
    lane = Lane.LIGHT

    def check(self, payload: Mapping[str, Any]) -> None:
        """It takes nothing.

        Raises:
            ErrInvalidPayload: There is something in it.
        """
        check_fields(self.name, payload, {})

    def run(self, context: RunContext) -> Outcome:
        """Rotate.

        Raises:
            ErrKeyringUnavailable, ErrKeyringLocked, ErrKeyMissing: The key cannot be got.
        """
        began = time.monotonic()
        context.record.begin(RunIdentity(command=self.name, script_type=self.name, args=(), handler=None))
        result, error = None, None
        try:
            result = context.bench.vault.rotate(
                lambda: context.cancel.requested,
                lambda done, total: context.record.progress(done, total, "sealed anew"),
            )
        except ErrCancelled as stopped:
            error = ErrCancelled(context.cancel.reason or "cancelled", stopped.message).to_json()
        return Outcome(
            status=ExecutionStatus.CANCELLED if error else ExecutionStatus.COMPLETED,
            error=error,
            result=result,
            duration_ms=(time.monotonic() - began) * 1000,
            sandbox="none",
        )
