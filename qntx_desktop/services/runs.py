"""Asking for runs: of an IX command, of a plain script, for real or dry.

Any thread but the GUI's. A real run is a job in the queue; a dry run happens at once on the caller's thread,
through the same job type and the same launcher, and stores nothing.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from qntx_desktop.engines.sandbox.launcher import CancelToken
from qntx_desktop.model.clock import Clock, now_us
from qntx_desktop.model.errors import ErrInvalidPayload, ErrUnexpected
from qntx_desktop.model.handler import HandlerVersion, requires_of
from qntx_desktop.model.ix import absolute_args, quote_token
from qntx_desktop.model.job import PYTHON_SCRIPT, Job, JobRequest, Trigger
from qntx_desktop.services.dry_run import DryRecord, DryRun
from qntx_desktop.services.ix import Ix, Prepared
from qntx_desktop.services.jobs import JOB_TYPES
from qntx_desktop.services.jobs.job_type import JobType, RunContext, Workbench
from qntx_desktop.services.jobs.plugin_job import plugin_job
from qntx_desktop.services.jobs.python_script import MAX_FILENAME_CHARS, MAX_TYPE_CHARS
from qntx_desktop.services.ledger import Ledger
from qntx_desktop.services.queue import Queue
from qntx_desktop.services.source_permits import checked

Reference = tuple[str, str]
"""What a job is for: a type and an id, such as `("glyph", "12")`."""


class Runs:
    """Makes jobs of commands and scripts, and does dry runs of them."""

    def __init__(self, *, ix: Ix, queue: Queue, ledger: Ledger, bench: Workbench, clock: Clock = now_us) -> None:
        self._ix = ix
        self._queue = queue
        self._ledger = ledger
        self._bench = bench
        self._clock = clock
        self._types = {each.name: each for each in JOB_TYPES}

    def ix(
        self,
        typed: str | Sequence[str],
        *,
        base: Path | None,
        bare: bool,
        reference: Reference | None = None,
        trigger: str = Trigger.MANUAL,
    ) -> Job:
        """Ask for a run of an IX command; somebody must know its type already.

        Raises:
            ErrInvalidCommand, ErrInvalidHandlerName, ErrNoIngestScript, QntxError: As `Ix.prepare`.
        """
        _, request = self.request_ix(typed, base=base, bare=bare, reference=reference, trigger=trigger)
        return self._queue.enqueue(request, checked=True)

    def request_ix(
        self,
        typed: str | Sequence[str],
        *,
        base: Path | None,
        bare: bool,
        reference: Reference | None = None,
        trigger: str = Trigger.MANUAL,
    ) -> tuple[str, JobRequest]:
        """What a run of an IX command would be.

        Returns:
            The command with its paths made absolute, and the request.

        Raises:
            ErrInvalidCommand, ErrInvalidHandlerName, ErrNoIngestScript, QntxError: As `Ix.prepare`.
        """
        prepared = self._ix.prepare(typed, base=base, bare=bare)
        handler = prepared.route.handler
        job_type, payload = prepared.route.job_type, self._payload_of(prepared)
        self._type(job_type).check(payload)
        file = prepared.route.code_file
        if file is not None:
            concurrent = checked(self._bench.check_code, file.reference, payload["script_code"]).concurrent
        else:
            concurrent = handler is not None and requires_of(handler.requires).concurrent
        absolute = " ".join(["ix", prepared.head, *(quote_token(each) for each in prepared.args)])
        return absolute, _request(job_type, payload, reference, trigger, concurrent)

    def script(
        self,
        code: str,
        args: Sequence[str],
        *,
        base: Path | None = None,
        reference: Reference | None = None,
        trigger: str = Trigger.MANUAL,
        name: str = "script",
        timeout_s: float | None = None,
    ) -> Job:
        """Ask for a run of a plain script, without any handler.

        Args:
            base: Where relative paths among the arguments start; None leaves them alone.
            name: Stands in tracebacks as `<name>.py`, and as the script type.
            timeout_s: A shorter limit than the code's own, in seconds.

        Raises:
            ErrEmptyCode, ErrSyntax: The code cannot be parsed; no job was made.
            ErrInvalidPayload: The code or an argument is too large.
        """
        _, request = self.request_script(code, args, base=base, reference=reference, trigger=trigger, name=name)
        if timeout_s is not None:
            request = replace(request, payload={**request.payload, "timeout_seconds": timeout_s})
        return self._queue.enqueue(request)

    def request_script(
        self,
        code: str,
        args: Sequence[str],
        *,
        base: Path | None = None,
        reference: Reference | None = None,
        trigger: str = Trigger.MANUAL,
        name: str = "script",
    ) -> tuple[str, JobRequest]:
        """What a run of a plain script would be.

        Returns:
            The command with its paths made absolute, and the request.

        Raises:
            ErrEmptyCode, ErrSyntax: The code cannot be parsed.
        """
        requires = self._bench.check_code(code)
        payload = _script_payload(code, absolute_args(args, base, Path.exists), name)
        return payload["command"], _request(PYTHON_SCRIPT, payload, reference, trigger, requires.concurrent)

    def dry_run_ix(
        self,
        typed: str | Sequence[str],
        *,
        base: Path | None,
        bare: bool,
        cancel: CancelToken | None = None,
    ) -> DryRun:
        """Run an IX command and store nothing.

        Raises:
            ErrInvalidCommand, ErrInvalidHandlerName, ErrNoIngestScript, QntxError: As `Ix.prepare`.
        """
        prepared = self._ix.prepare(typed, base=base, bare=bare)
        return self._dry(prepared.route.job_type, self._payload_of(prepared), cancel)

    def dry_run_script(
        self,
        code: str,
        args: Sequence[str],
        *,
        base: Path | None = None,
        name: str = "script",
        cancel: CancelToken | None = None,
    ) -> DryRun:
        """Run a plain script and store nothing.

        Raises:
            ErrEmptyCode, ErrSyntax, ErrInvalidPayload: The code cannot be run.
        """
        payload = _script_payload(code, absolute_args(args, base, Path.exists), name)
        return self._dry(PYTHON_SCRIPT, payload, cancel)

    def test_handler(
        self,
        name: str,
        args: Sequence[str],
        *,
        base: Path | None = None,
        cancel: CancelToken | None = None,
    ) -> DryRun:
        """Run the newest active version of a handler and store nothing.

        Raises:
            ErrInvalidHandlerName, ErrHandlerNotFound: There is no such handler.
            ErrNoIngestScript: It is retired.
        """
        self._bench.handlers.history(name)
        return self.dry_run_ix(["ix", name, *args], base=base, bare=False, cancel=cancel)

    def _payload_of(self, prepared: Prepared) -> dict[str, Any]:
        if prepared.route.job_type != PYTHON_SCRIPT:
            return {"args": list(prepared.args), "command": prepared.command}
        payload: dict[str, Any] = {
            "script_code": "",
            "script_type": prepared.script_type,
            "args": list(prepared.args),
            "command": prepared.command,
        }
        handler, file = prepared.route.handler, prepared.route.code_file
        if handler is not None:
            payload["script_code"] = handler.code
            payload["handler"] = _named(handler)
        elif file is not None:
            _, _, payload["script_code"] = self._bench.sources.code(file.reference)
            payload["code_file"] = {"source": file.source, "path": file.path}
        return payload

    def _type(self, name: str) -> JobType:
        found = self._types.get(name) or plugin_job(name)
        if found is None:
            raise ErrUnexpected(f"nothing runs jobs of type {name}")
        return found

    def _dry(self, job_type: str, payload: dict[str, Any], cancel: CancelToken | None) -> DryRun:
        if plugin_job(job_type) is not None:
            raise ErrInvalidPayload(job_type, "", "a plugin's handler cannot be run dry: what it attests is stored")
        self._type(job_type).check(payload)
        record = DryRecord(self._ledger, self._clock)
        context = RunContext(
            payload=payload,
            run_id=f"dry-{uuid.uuid4().hex[:8]}",
            record=record,
            cancel=cancel or CancelToken(),
            # A home of its own: a runner that starts meanwhile ends what it takes for strays of its own home.
            bench=replace(self._bench, home_id=f"{self._bench.home_id}.dry"),
        )
        return record.result(self._type(job_type).run(context))


def _request(
    job_type: str, payload: dict[str, Any], reference: Reference | None, trigger: str, concurrent: bool
) -> JobRequest:
    handler = payload.get("handler")
    return JobRequest(
        type=job_type,
        payload=payload,
        reference_type=reference[0] if reference else None,
        reference_id=reference[1] if reference else None,
        trigger=trigger,
        concurrent=concurrent,
        limit_key=handler["script_type"] if handler else None,
    )


def _named(handler: HandlerVersion) -> dict[str, Any]:
    return {"script_type": handler.script_type, "version": handler.version, "asid": handler.asid}


def _script_payload(code: str, args: Sequence[str], name: str) -> dict[str, Any]:
    plain = "".join(each if each.isprintable() and each not in "/\\" else "_" for each in name)
    return {
        "script_code": code,
        "script_type": plain[:MAX_TYPE_CHARS],
        "args": list(args),
        "command": " ".join(["run", *(quote_token(each) for each in (f"{plain}.py", *args))]),
        "filename": f"{plain[: MAX_FILENAME_CHARS - 3]}.py",
    }
