"""Figures and jobs in words, for people who read a terminal.

Pure; any thread.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from qntx_desktop.cli.cells import shown
from qntx_desktop.model.code_file import read_code_file
from qntx_desktop.model.connection import Connection
from qntx_desktop.model.errors import ErrPermissionRequired
from qntx_desktop.model.job import PYTHON_SCRIPT, Execution, ExecutionStatus, Job, JobStatus

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def counted(number: int, one: str) -> str:
    """`1 attestation`, `3,000 attestations`."""
    return f"{number:,} {one if number == 1 else one + 's'}"


def duration(milliseconds: float | None) -> str:
    """`12 ms`, `0.8 s`, `42 s`, `2 min 3 s`; empty for None."""
    if milliseconds is None:
        return ""
    if milliseconds < 99.5:
        return f"{milliseconds:.0f} ms"
    if milliseconds < 9_950:
        return f"{milliseconds / 1000:.1f} s"
    minutes, seconds = divmod(round(milliseconds / 1000), 60)
    return f"{minutes:,} min {seconds} s" if minutes else f"{seconds} s"


def moment(at_us: int | None) -> str:
    """Local time to the second, `2026-11-21 12:03:01`; empty for None."""
    if at_us is None:
        return ""
    second = (_EPOCH + timedelta(microseconds=at_us)).astimezone()
    return second.isoformat(" ", "seconds")[:19]


def what_runs(job: Job, execution: Execution | None = None) -> str:
    """`csv v2` for a handler, `my-repo/feed.py at 0123456789ab` for a file of a source, `script.py` for others."""
    if job.type != PYTHON_SCRIPT:
        return shown(job.type)
    handler = job.payload.get("handler")
    if execution is not None and execution.handler_type:
        return f"{execution.handler_type} v{execution.handler_version}"
    if execution is not None and execution.code_file is not None:
        return shown(execution.code_file.words)
    if isinstance(file := job.payload.get("code_file"), Mapping):
        return shown(read_code_file(file).words)
    if isinstance(handler, Mapping):
        return shown(f"{handler.get('script_type')} v{handler.get('version')}")
    return shown(str(job.payload.get("filename") or job.payload.get("script_type") or job.type))


def allow_hint(job: Job) -> str:
    """How to say yes to a job that waits for a permission; empty for every other."""
    if job.waiting_code != ErrPermissionRequired.code:
        return ""
    name = job.payload.get("script_type")
    if isinstance(file := job.payload.get("code_file"), Mapping):
        name = read_code_file(file).reference
    elif isinstance(handler := job.payload.get("handler"), Mapping):
        name = handler.get("script_type")
    return f"Look at it, then allow it: qntx handler allow {shown(str(name))}" if name else ""


def network_facts(connections: Sequence[Connection], most: int = 20) -> list[tuple[str, str]]:
    """A line for each attempt to reach the network; the last ones when there are more than `most`."""
    facts = [("network", shown(f"{each.target} · {each.sentence}")) for each in connections[-most:]]
    hidden = len(connections) - len(facts)
    return [("network", f"{counted(hidden, 'earlier attempt')}; all with --json"), *facts] if hidden else facts


ASKED_BY: Mapping[str, str] = {
    "manual": "a person, in the window",
    "cli": "the command line",
    "schedule": "a schedule",
    "webhook": "a webhook",
    "api": "the local API",
    "meld": "the glyph above",
    "retry": "a person, to do it again",
    "orphan": "its attempt before, which was lost with its process",
}


def origin_facts(job: Job, execution: Execution | None) -> list[tuple[str, str]]:
    """Who asked for a job, and for its newest attempt when that was somebody else."""
    asked = shown(ASKED_BY.get(job.trigger, job.trigger))
    if job.trigger == "schedule" and job.schedule_id is not None:
        asked = f"schedule {job.schedule_id}"
    facts = [("asked by", asked)]
    if execution is not None and execution.trigger != job.trigger:
        facts.append(("run by", shown(ASKED_BY.get(execution.trigger, execution.trigger))))
    if job.retry_of is not None:
        facts.append(("does again", f"job {job.retry_of}"))
    return facts


def run_facts(job: Job, execution: Execution) -> list[tuple[str, str]]:
    """What else is known about an attempt: its exit code, cost, confinement, and what of its output is missing."""
    return [
        ("exit code", str(execution.exit_code) if execution.exit_code else ""),
        ("cost", f"{execution.cost:,.4g} US dollars" if execution.cost else ""),
        ("confined", "process, the app's own code" if _is_own(job, execution) else shown(execution.sandbox)),
        *(("not kept", line) for line in dropped_lines(execution)),
        *network_facts(execution.connections),
    ]


def _is_own(job: Job, execution: Execution) -> bool:
    """Whether the app did the work itself, so that there was nobody else's code to confine."""
    return job.type != PYTHON_SCRIPT and execution.handler_type is None and execution.sandbox == "process"


def attempt_facts(attempts: Sequence[Execution]) -> list[tuple[str, str]]:
    """A line for each attempt before the newest, the first one first."""
    facts = []
    for each in attempts[:-1]:
        why = f" · {error_line(each.error)}" if each.error else ""
        facts.append((f"attempt {each.attempt}", f"{each.status} · {moment(each.started_at_us)}{why}"))
    return facts


def dropped_lines(execution: Execution) -> tuple[str, ...]:
    """A line for each stream of which more came than is kept."""
    streams = (("stdout", execution.stdout_dropped_bytes), ("stderr", execution.stderr_dropped_bytes))
    return tuple(f"{count:,} bytes of {name} were dropped." for name, count in streams if count)


def command_of(job: Job) -> str:
    """What was typed, or the arguments, or the payload."""
    if isinstance(job.payload.get("command"), str):
        return str(job.payload["command"])
    if job.type == PYTHON_SCRIPT:
        args = job.payload.get("args")
        return " ".join(map(str, args)) if isinstance(args, list) else ""
    return json.dumps(dict(job.payload), ensure_ascii=False) if job.payload else ""


def progress_of(job: Job) -> str:
    """`1,200 of 3,000 · reading`; empty when the run says nothing, or is done."""
    if job.status is JobStatus.COMPLETED:  # what was last said of the way tells nothing about the end
        return ""
    parts = []
    if job.progress_total:
        parts.append(f"{job.progress_current:,g} of {job.progress_total:,g}")
    elif job.progress_current:
        parts.append(f"{job.progress_current:,g}")
    if job.progress_message:
        parts.append(shown(job.progress_message))
    return " · ".join(parts)


def progress_words(job: Job) -> str:
    """How far a job is that is waited for: waiting for something, queued, or what its run says."""
    if job.waiting_code is not None:
        return f"waiting: {shown(job.waiting_message)}"
    return "queued" if job.started_at_us is None else progress_of(job) or "running"


def summary(job: Job, execution: Execution) -> str:
    """How a run ended, in one line: `csv v2 · 3,000 attestations in 0.8 s`."""
    attested = counted(execution.attestation_count, "attestation")
    took = duration(execution.duration_ms)
    name = what_runs(job, execution)
    if execution.status is ExecutionStatus.COMPLETED:
        attests = job.type == PYTHON_SCRIPT or execution.attestation_count
        return f"{name} · {attested} in {took}" if attests else f"{name} · done in {took}"
    ended = "was cancelled" if execution.status is ExecutionStatus.CANCELLED else str(execution.status)
    kept = f" · {attested} kept" if execution.attestation_count else ""
    return f"{name} {ended} after {took}{kept}"


def error_line(error: Mapping[str, Any]) -> str:
    """An error's message and hint on one line."""
    message, hint = (shown(str(error.get(name, "")).replace("\n", " ")) for name in ("message", "hint"))
    if hint and message and message[-1] not in ".:!?":
        message += "."
    return f"{message} {hint}".strip()
