"""The job type `source_sync`: bring a code source up to date.

Any thread but the GUI's; waits on the network lane while the git process works.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qntx_desktop.model.errors import ErrInvalidPayload
from qntx_desktop.model.job import Outcome
from qntx_desktop.model.source import SOURCE_SYNC
from qntx_desktop.services.jobs.job_type import RunContext, RunIdentity
from qntx_desktop.services.jobs.payload import Field, check_fields
from qntx_desktop.services.ports import Lane


class SourceSync:
    """Fetches a source's newest commit and lets its readers see it, in the transaction that ends the job."""

    name = SOURCE_SYNC
    lane = Lane.NETWORK

    def check(self, payload: Mapping[str, Any]) -> None:
        """Look at a payload before a job is made of it.

        Raises:
            ErrInvalidPayload: With the dotted path of the field that is wrong.
        """
        check_fields(self.name, payload, {"source_id": Field(kind=int, required=True)})
        if not 0 < payload["source_id"] < 2**63:
            raise ErrInvalidPayload(self.name, "source_id", "must be the number of a source")

    def run(self, context: RunContext) -> Outcome:
        """Sync and say what changed.

        Raises:
            ErrSourceNotFound: It was removed since.
            ErrRemoteUnreachable, ErrSyncFailed, ErrDiskFull, QntxError: The files stay as they were.
        """
        syncing = context.bench.syncing
        source = syncing.source(context.payload["source_id"])
        context.record.begin(
            RunIdentity(
                command=f"sync {source.name}", script_type=self.name, args=(source.name,), handler=None
            )
        )
        return syncing.sync(source, context.run_id, context.record, context.cancel)
