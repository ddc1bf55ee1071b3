"""The job type `housekeeping`: deletes jobs that ended long ago, and environments that nobody uses any more.

Any thread but the GUI's. The runner makes one a few times a day; anybody may make one at any time.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from qntx_desktop.model.errors import ErrCancelled
from qntx_desktop.model.job import HOUSEKEEPING, ExecutionStatus, Outcome
from qntx_desktop.services.jobs.job_type import RunContext, RunIdentity
from qntx_desktop.services.jobs.payload import check_fields
from qntx_desktop.services.ports import Lane


class Housekeeping:
    """Runs in the app itself; its result says how many jobs and environments were deleted."""

    name = HOUSEKEEPING
    lane = Lane.LIGHT

    def check(self, payload: Mapping[str, Any]) -> None:
        """It takes nothing.

        Raises:
            ErrInvalidPayload: There is something in it.
        """
        check_fields(self.name, payload, {})

    def run(self, context: RunContext) -> Outcome:
        """Delete what is past its time."""
        began = time.monotonic()
        context.record.begin(RunIdentity(command=self.name, script_type=self.name, args=(), handler=None))
        deleted = context.bench.retention.tidy(
            context.cancel, lambda count: context.record.progress(count, None, "old jobs deleted")
        )
        environments = 0 if context.cancel.requested else context.bench.packages.tidy()
        stopped = context.cancel.requested
        return Outcome(
            status=ExecutionStatus.CANCELLED if stopped else ExecutionStatus.COMPLETED,
            error=ErrCancelled(context.cancel.reason or "cancelled").to_json() if stopped else None,
            result={"deleted": deleted, "environments": environments},
            duration_ms=(time.monotonic() - began) * 1000,
            sandbox="none",
        )
