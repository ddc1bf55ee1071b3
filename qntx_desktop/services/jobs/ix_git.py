"""The job type `ix.git`: what runs when nobody has a handler for `ix git`.

Any thread but the GUI's; waits while the git process reads.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any

from qntx_desktop.model.errors import ErrCancelled
from qntx_desktop.model.git_command import read_git_command
from qntx_desktop.model.ix import GIT_TYPE
from qntx_desktop.model.job import IX_GIT, ExecutionStatus, Outcome
from qntx_desktop.services.git_ingest import Ingested
from qntx_desktop.services.jobs.job_type import RunContext, RunIdentity
from qntx_desktop.services.jobs.payload import Field, check_fields
from qntx_desktop.services.jobs.python_script import MAX_ARG_CHARS, MAX_ARGS, MAX_COMMAND_CHARS
from qntx_desktop.services.ports import Lane

_FIELDS = {
    "args": Field(kind=list, required=True, max_items=MAX_ARGS, max_chars=MAX_ARG_CHARS),
    "command": Field(kind=str, max_chars=MAX_COMMAND_CHARS),
}


class IxGit:
    """Attests the history of a repository, and passes over what is known."""

    name = IX_GIT
    lane = Lane.SANDBOX

    def check(self, payload: Mapping[str, Any]) -> None:
        """Look at a payload before a job is made of it.

        Raises:
            ErrInvalidPayload: With the dotted path of the field that is wrong.
            ErrInvalidCommand, ErrUnknownFlag, ErrInvalidSource, ErrInvalidUrl: As `read_git_command`.
        """
        check_fields(self.name, payload, _FIELDS)
        read_git_command(payload["args"])

    def run(self, context: RunContext) -> Outcome:
        """Read the repository.

        Raises:
            QntxError: As `GitIngest.ingest`.
        """
        began, payload = time.monotonic(), context.payload
        command = read_git_command(payload["args"])
        identity = RunIdentity(
            command=payload.get("command") or self.name,
            script_type=GIT_TYPE,
            args=tuple(payload["args"]),
            handler=None,
            built_in=self.name,
            remembers=(command.repository,),
        )
        context.record.begin(identity)
        bench = context.bench
        try:
            done = bench.git_ingest.ingest(
                command, context.record, context.cancel, work_dir=bench.work_dir, run_id=context.run_id
            )
        except ErrCancelled as error:
            return Outcome(
                status=ExecutionStatus.CANCELLED,
                error=error.to_json(),
                duration_ms=(time.monotonic() - began) * 1000,
                sandbox="process",
            )
        for note in done.notes:
            context.record.log("warning", note)
        return Outcome(
            status=ExecutionStatus.COMPLETED,
            exit_code=0,
            stdout=_told(done),
            stderr="".join(f"{note}\n" for note in done.notes),
            duration_ms=(time.monotonic() - began) * 1000,
            result={"unchanged": done.is_unchanged, **done.figures, "notes": list(done.notes)},
            state_json=json.dumps(dict(done.memory)),
            sandbox="process",
        )


def _told(done: Ingested) -> str:
    if done.is_unchanged:
        return "Nothing has changed since the last run.\n"
    names = (
        ("commits", "commit", "commits"),
        ("branches", "branch", "branches"),
        ("tags", "tag", "tags"),
        ("dependencies", "declared dependency", "declared dependencies"),
    )
    read = [f"{done.figures[key]:,} {one if done.figures[key] == 1 else many}" for key, one, many in names]
    return (
        f"Read {', '.join(read[:-1])} and {read[-1]}.\n"
        f"{done.figures['attested']:,} new attestations, {done.figures['known']:,} facts were known already.\n"
    )
