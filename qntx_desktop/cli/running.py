"""Runs asked for on the command line: make the job, wait for its end, print how it went.

Main thread; progress arrives on the runner's. Ctrl-C cancels the job of this call and no other.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from qntx_desktop.cli.call import Call
from qntx_desktop.cli.cells import shown
from qntx_desktop.cli.live import RunBar
from qntx_desktop.cli.wording import (
    allow_hint,
    counted,
    dropped_lines,
    duration,
    error_line,
    moment,
    summary,
    what_runs,
)
from qntx_desktop.model.errors import ErrJobNotCancellable
from qntx_desktop.model.job import Execution, Job, JobStatus

if TYPE_CHECKING:
    from qntx_desktop.app.container import Services
    from qntx_desktop.services.dry_run import DryRun

EXIT_FAILED = 1
EXIT_WAITING = 4
EXIT_INTERRUPTED = 130


def run_job(call: Call, make: Callable[[Services], Job]) -> int:
    """Make a job and, unless `--no-wait`, wait for its end.

    Returns:
        0 done, 1 failed or cancelled, 4 it waits for something, 130 after Ctrl-C.
    """
    interrupted = False
    with call.services() as services:
        job = make(services)
        if call.flag("--no-wait"):
            return _print_queued(call, job)
        try:
            with RunBar(call.printer) as bar:
                job = services.runner.run_until(job.id, bar)
        except KeyboardInterrupt:
            interrupted = True
            job = _cancelled(call, services, job)
        execution = services.queue.execution_of(job.id, with_ids=True)
    _print_end(call, job, execution)
    return EXIT_INTERRUPTED if interrupted else _exit_code(job)


def print_dry_run(call: Call, outcome: DryRun, name: str) -> int:
    """Print what a run would have attested; nothing was stored."""
    shape = outcome.to_json()
    if call.as_json:
        call.printer.document(shape)
    else:
        _print_output(call, outcome.stdout, outcome.stderr)
        would = counted(len(outcome.attestations), "attestation")
        took = duration(outcome.duration_ms)
        call.printer.note(f"{shown(name)} · dry run, nothing stored · {would} in {took}")
        for attestation in outcome.attestations:
            call.printer.readable(statement(attestation.to_json()))
        if outcome.error is not None:
            call.printer.note(_red(call, f"qntx: {error_line(shape['error'])}"))
    return EXIT_FAILED if outcome.error is not None else 0


def statement(shape: dict[str, object]) -> str:
    """An attestation as a sentence: `alice is member of TEAM by hr`."""
    parts = []
    for keyword, key in (("", "subjects"), ("is", "predicates"), ("of", "contexts"), ("by", "actors")):
        terms = shape[key]
        if isinstance(terms, list) and terms:
            parts.append(f"{keyword} {', '.join(shown(str(term)) for term in terms)}".strip())
    return " ".join(parts)


def _cancelled(call: Call, services: Services, job: Job) -> Job:
    call.printer.note("Stopping.")
    try:
        job = services.queue.cancel(job.id)
    except ErrJobNotCancellable:
        return services.queue.get(job.id)
    services.runner.wake()
    return job if job.ended else services.runner.run_until(job.id)


def _exit_code(job: Job) -> int:
    if job.status is JobStatus.COMPLETED:
        return 0
    return EXIT_FAILED if job.ended else EXIT_WAITING


def _print_queued(call: Call, job: Job) -> int:
    if call.as_json:
        call.printer.document({"job": job.to_json()})
    else:
        call.printer.readable(f"Job {job.id} is queued: {what_runs(job)}")
        call.printer.note("It starts with the window, or with the next qntx call that runs a job.")
    return 0


def _print_end(call: Call, job: Job, execution: Execution | None) -> None:
    if call.as_json:
        shape = execution.to_json() if execution is not None else None
        call.printer.document({"job": job.to_json(), "execution": shape})
        return
    if not job.ended:
        until = f" It goes on at {moment(job.waiting_until_us)}." if job.waiting_until_us is not None else ""
        call.printer.note(_yellow(call, f"Job {job.id} waits: {shown(job.waiting_message)}{until}"))
        if hint := allow_hint(job):
            call.printer.note(hint)
        return
    if execution is not None:
        _print_output(call, execution.stdout, execution.stderr)
        for line in dropped_lines(execution):
            call.printer.note(line)
        call.printer.note(summary(job, execution))
    if job.error is not None:
        call.printer.note(_red(call, f"qntx: {error_line(job.error)}"))


def _print_output(call: Call, stdout: str, stderr: str) -> None:
    if stdout:
        call.printer.foreign(stdout)
    if stderr:
        call.printer.foreign(stderr, on_stderr=True)


def _red(call: Call, text: str) -> str:
    return call.printer.styled(text, "red", on_stderr=True)


def _yellow(call: Call, text: str) -> str:
    return call.printer.styled(text, "yellow", on_stderr=True)
