"""The job type `python.script`: code, a script type and arguments, run in a process of its own.

Any thread but the GUI's; hides nothing but the order of things: name the run, check the code, launch. Handlers
and plain scripts, real runs and dry runs all pass through `PythonScript.run`.

Which version runs: the newest active one at the moment the run starts. A job that was made for v1 and starts
after v2 was saved runs v2, and its execution says so; when the type was retired in between it ends with
`no_ingest_script`.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from qntx_desktop.model.code_file import read_code_file
from qntx_desktop.model.errors import ErrCancelled, ErrInvalidPayload, ErrNoIngestScript, QntxError
from qntx_desktop.model.handler import MAX_CODE_BYTES, REMOTE, HandlerVersion, Requires, requires_of
from qntx_desktop.model.job import PYTHON_SCRIPT, ExecutionStatus, Job, Outcome
from qntx_desktop.model.package_lock import Environment, Fetch
from qntx_desktop.services.jobs.job_type import RunContext, RunIdentity
from qntx_desktop.services.jobs.payload import Field, check_fields
from qntx_desktop.services.ports import Lane
from qntx_desktop.services.run_paths import paths_of_run
from qntx_desktop.services.source_permits import check_source, read_source_code
from qntx_desktop.store import jobs
from qntx_desktop.store.database import Tx
from qntx_desktop.store.handlers import newest_active

MAX_ARGS = 1_000
MAX_ARG_CHARS = 100_000
MAX_COMMAND_CHARS = 200_000
MAX_TYPE_CHARS = 64
MAX_FILENAME_CHARS = 200
MAX_TIMEOUT_S = 366 * 86_400.0
MAX_HANDED_CHARS = 4 << 20
"""The longest JSON that a caller or a glyph above hands down."""

_FIELDS = {
    "script_code": Field(kind=str, required=True, max_chars=MAX_CODE_BYTES),
    "script_type": Field(kind=str, required=True, max_chars=MAX_TYPE_CHARS),
    "args": Field(kind=list, required=True, max_items=MAX_ARGS, max_chars=MAX_ARG_CHARS),
    "command": Field(kind=str, max_chars=MAX_COMMAND_CHARS),
    "filename": Field(kind=str, max_chars=MAX_FILENAME_CHARS),
    "handler": Field(kind=dict),
    "code_file": Field(kind=dict),
    "payload": Field(kind=object, max_chars=MAX_HANDED_CHARS),
    "upstream": Field(kind=object, max_chars=MAX_HANDED_CHARS),
    "timeout_seconds": Field(kind=object, max_chars=40),
}
_HANDLER_FIELDS = {
    "script_type": Field(kind=str, required=True, max_chars=MAX_TYPE_CHARS),
    "version": Field(kind=int, required=True),
    "asid": Field(kind=str, required=True, max_chars=MAX_TYPE_CHARS),
}
_FILE_FIELDS = {
    "source": Field(kind=str, required=True, max_chars=MAX_TYPE_CHARS),
    "path": Field(kind=str, required=True, max_chars=MAX_ARG_CHARS),
}


class PythonScript:
    """Runs Python, in an isolated process, with `attest` and `import qntx` inside."""

    name = PYTHON_SCRIPT
    lane = Lane.SANDBOX

    def check(self, payload: Mapping[str, Any]) -> None:
        """Look at a payload before a job is made of it.

        Raises:
            ErrInvalidPayload: With the dotted path of the field that is wrong.
        """
        check_fields(self.name, payload, _FIELDS)
        if not payload["script_code"].strip():
            raise ErrInvalidPayload(self.name, "script_code", "must not be empty")
        filename = payload.get("filename", "")
        if "/" in filename or "\\" in filename or not filename.isprintable():
            raise ErrInvalidPayload(self.name, "filename", "must be a plain file name")
        if not isinstance(payload.get("upstream"), (Mapping, type(None))):
            raise ErrInvalidPayload(self.name, "upstream", "must be an object or null")
        timeout_s = payload.get("timeout_seconds")
        if timeout_s is not None and not _is_positive(timeout_s):
            raise ErrInvalidPayload(self.name, "timeout_seconds", "must be a number over 0")
        handler, file = payload.get("handler"), payload.get("code_file")
        if file is not None:
            check_fields(self.name, file, _FILE_FIELDS, prefix="code_file.")
        if file is not None and handler is not None:
            raise ErrInvalidPayload(self.name, "code_file", "must not stand beside handler")
        if handler is None:
            return
        check_fields(self.name, handler, _HANDLER_FIELDS, prefix="handler.")
        if handler["script_type"] != payload["script_type"]:
            raise ErrInvalidPayload(self.name, "handler.script_type", "must equal script_type")

    def run(self, context: RunContext) -> Outcome:
        """Run the code and wait for its end.

        Raises:
            ErrNoIngestScript: The handler was retired since the job was made.
            ErrSourceNotFound, ErrFileNotFound: The file of a code source is gone since then.
            ErrPermissionRequired: The handler came from elsewhere, and nobody has allowed it yet.
            ErrEmptyCode, ErrSyntax: The code of a plain script cannot be parsed.
            QntxError: The store failed before anything ran.
        """
        payload, bench = context.payload, context.bench
        identity = self._identity(payload, context.schedule_id)
        if payload.get("code_file") is not None:
            return self._run_file(context, identity)
        if payload.get("handler") is None:
            context.record.begin(identity)
            return self._launch(context, identity, payload["script_code"], bench.check_code(payload["script_code"]))
        known = context.noted.handler if context.noted is not None else None
        if known is not None and bench.permits.refusal(known) is not None:
            known = None  # it may have been allowed since then
        handler = bench.handlers.newest_stored(identity.script_type, known)
        if handler is not None:
            bench.permits.check(handler)
        identity = replace(identity, handler=handler, memory=identity.script_type)
        context.record.begin(identity)
        if handler is None:
            raise ErrNoIngestScript(identity.script_type, bench.handlers.last_version(identity.script_type))
        return self._launch(context, identity, handler.code, requires_of(handler.requires))

    def foresee(self, tx: Tx, job: Job) -> RunIdentity | None:
        """What a job would run if it began now; None for files of sources, which the store does not hold."""
        if job.payload.get("code_file") is not None:
            return None
        identity = self._identity(job.payload, job.schedule_id)
        if job.payload.get("handler") is None:
            return identity
        handler = newest_active(tx.connection, identity.script_type)
        return replace(identity, handler=handler, memory=identity.script_type) if handler is not None else None

    def _identity(self, payload: Mapping[str, Any], schedule_id: int | None) -> RunIdentity:
        """What a payload asks for, before anybody looks for its handler."""
        return RunIdentity(
            command=payload.get("command") or self.name,
            script_type=payload["script_type"],
            args=tuple(payload["args"]),
            handler=None,
            # A plain script has no name under which another run could find anything, but for that of its schedule.
            memory=jobs.schedule_memory(schedule_id) if schedule_id is not None else None,
        )

    def _run_file(self, context: RunContext, identity: RunIdentity) -> Outcome:
        """Run a file of a code source as it is at the source's revision now, whatever is synced meanwhile."""
        bench, named = context.bench, read_code_file(context.payload["code_file"])
        identity = replace(identity, code_file=named, memory=named.reference)
        try:
            code = read_source_code(bench.sources, bench.check_code, named.reference)
        except QntxError:
            context.record.begin(identity)
            raise
        check_source(bench.permits, code)
        identity = replace(identity, code_file=replace(named, source=code.source, commit=code.commit))
        context.record.begin(identity)
        with bench.sources.holding(code.root):
            return self._launch(context, identity, code.text, code.requires, root=code.root)

    def _launch(
        self,
        context: RunContext,
        identity: RunIdentity,
        code: str,
        requires: Requires,
        root: Path | None = None,
    ) -> Outcome:
        """Have it run.

        Args:
            root: The folder of the source that it comes from; its modules can be imported, its files read.
        """
        from qntx_desktop.engines.sandbox.launcher import RunSpec  # late: whoever lists jobs runs none

        bench = context.bench
        try:
            environment = _environment(context, identity.handler, code, requires)
        except ErrCancelled:
            reason = context.cancel.reason or "cancelled"
            error = ErrCancelled(reason, "Cancelled while packages were fetched.")
            return Outcome(status=ExecutionStatus.CANCELLED, error=error.to_json())
        paths = paths_of_run(identity.args, requires.permissions, bench.app_home)
        file = root / identity.code_file.path if root is not None and identity.code_file is not None else None
        beside = tuple(dict.fromkeys((str(file.parent), str(root)))) if file is not None else ()
        state, last_run_us = bench.memory.both(identity.memory, identity.args)
        spec = RunSpec(
            code=code,
            filename=str(file or context.payload.get("filename") or f"{identity.script_type}.py"),
            command=identity.command,
            script_type=identity.script_type,
            args=identity.args,
            timeout_s=min(bench.pace.timeout_s(requires), context.payload.get("timeout_seconds") or MAX_TIMEOUT_S),
            memory_bytes=requires.memory_bytes,
            work_dir=bench.work_dir / f"run-{context.run_id}-{uuid.uuid4().hex[:8]}",
            run_id=context.run_id,
            home_id=bench.home_id,
            interpreter=environment.python if environment is not None else None,
            site_paths=(*beside, *(environment.site_paths if environment is not None else ())),
            payload=context.payload.get("payload"),
            upstream=context.payload.get("upstream"),
            read_paths=paths.read,
            list_paths=paths.listed,
            write_paths=paths.write,
            network=requires.permissions.network,
            is_offline=bench.network.is_offline,
            own_ports=bench.network.own_ports,
            tell_secret=partial(
                bench.secrets.tell,
                declared=requires.permissions.secrets,
                execution_id=int(context.run_id) if context.run_id.isdecimal() else None,
            ),
            last_run_us=last_run_us,
            state=state,
        )
        if requires.where == REMOTE:
            outcome = bench.remote.launch(spec, context.record, context.cancel, requires, bench.launch)
        else:
            outcome = bench.launch(spec, context.record, context.cancel)
        return outcome if identity.memory is not None else replace(outcome, state_json=None)


def _is_positive(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value <= MAX_TIMEOUT_S


def _environment(
    context: RunContext, handler: HandlerVersion | None, code: str, requires: Requires
) -> Environment | None:
    """What the code runs with; shows as the run's progress what has to be fetched first."""
    if not (requires.permissions.dependencies or requires.permissions.requires_python):
        return None
    said = False

    def say(words: str) -> None:
        nonlocal said
        said = True
        context.record.progress(0, None, words)

    fetch = Fetch(say=say, cancelled=lambda: context.cancel.requested)
    packages = context.bench.packages
    found = packages.of_version(handler, fetch) if handler is not None else packages.of_code(code, requires, fetch)
    if said:
        context.record.progress(0, None, "")
    return found
