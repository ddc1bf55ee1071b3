"""`qntx job`: the queue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qntx_desktop.cli.grammar import Option, Verb, usage_error

if TYPE_CHECKING:
    from qntx_desktop.cli.call import Call
    from qntx_desktop.model.job import Job
    from qntx_desktop.model.pulse import PulseState

_LOWEST_PRIORITY, _HIGHEST_PRIORITY = -1_000_000, 1_000_000
_PAGE = 1000


def _create(call: Call) -> int:
    from qntx_desktop.cli.cells import shown
    from qntx_desktop.model.job import JobRequest, Priority, Trigger

    priority = call.number("--priority", _LOWEST_PRIORITY, _HIGHEST_PRIORITY)
    reference_type, reference_id = _reference(call)
    request = JobRequest(
        type=call.words[0],
        payload=_payload(call),
        priority=Priority.MANUAL if priority is None else priority,
        reference_type=reference_type,
        reference_id=reference_id,
        trigger=Trigger.CLI,
    )
    with call.services() as services:
        job = services.queue.enqueue(request)
    if call.as_json:
        call.printer.document(job.to_json())
        return 0
    waiting = f" · waiting: {shown(job.waiting_message)}" if job.waiting_code is not None else ""
    call.printer.readable(f"Job {job.id} is {job.status}{waiting}")
    return 0


def _payload(call: Call) -> dict[str, Any]:
    from qntx_desktop.cli.reading import NotStrictJson, read_json_object
    from qntx_desktop.model.errors import ErrInvalidPayload

    text = call.text("--payload")
    if text is None:
        return {}
    try:
        return read_json_object(text)
    except NotStrictJson as error:
        raise ErrInvalidPayload(call.words[0], "payload", str(error)) from None


def _reference(call: Call) -> tuple[str | None, str | None]:
    text = call.text("--reference")
    if text is None:
        return None, None
    kind, colon, name = text.partition(":")
    if not (kind and colon and name):
        raise usage_error(f"--reference looks like TYPE:ID, not '{text}'", "job create")
    return kind, name


def _list(call: Call) -> int:
    from qntx_desktop.cli.tables import print_table
    from qntx_desktop.cli.wording import command_of, moment, progress_of, what_runs
    from qntx_desktop.model.pulse import PulseFilter

    limit = call.number("--limit", 1, 1_000_000) or 100
    wanted = PulseFilter(
        state=_state_asked(call),
        type=call.text("--type"),
        handler=call.text("--handler"),
        trigger=call.text("--trigger"),
        schedule_id=call.number("--schedule", 1, 2**63 - 1),
        text=call.text("--text") or "",
    )
    with call.readers() as readers:
        jobs = readers.pulse.find(wanted, limit)
    if call.as_json:
        call.printer.document([job.to_json() for job in jobs])
        return 0
    if not jobs:
        call.printer.note("There are no such jobs." if wanted != PulseFilter() else "There are no jobs.")
        return 0
    rows = [
        (str(job.id), _state(job), what_runs(job), moment(job.created_at_us), progress_of(job), command_of(job))
        for job in jobs
    ]
    print_table(call.printer, ("ID", "STATUS", "WHAT", "MADE", "PROGRESS", "COMMAND"), rows)
    return 0


def _state_asked(call: Call) -> PulseState | None:
    from qntx_desktop.model.pulse import PulseState

    text = call.text("--status")
    if text is None:
        return None
    if text not in set(PulseState):
        raise usage_error(f"--status is one of {', '.join(PulseState)}, not '{text}'", "job list")
    return PulseState(text)


def _state(job: Job) -> str:
    return "waiting" if job.waiting_code is not None and not job.ended else str(job.status)


def _show(call: Call) -> int:
    from qntx_desktop.cli.tables import print_facts
    from qntx_desktop.cli.wording import (
        attempt_facts,
        command_of,
        error_line,
        moment,
        origin_facts,
        progress_of,
        run_facts,
        summary,
        what_runs,
    )

    with call.readers() as readers:
        job = readers.queue.get(call.id(0, "A job"))
        execution = readers.queue.execution_of(job.id, with_ids=call.as_json)
        attempts = readers.queue.executions(job.id) if job.attempt > 1 else ()
    if call.as_json:
        earlier = {"earlier_executions": [each.to_json() for each in attempts[:-1]]}
        call.printer.document(job.to_json() | {"execution": execution.to_json() if execution else None} | earlier)
        return 0
    facts = [
        ("job", str(job.id)),
        ("status", _state(job)),
        ("type", job.type),
        ("runs", what_runs(job, execution)),
        ("command", command_of(job)),
        *origin_facts(job, execution),
        ("made", moment(job.created_at_us)),
        ("started", moment(job.started_at_us)),
        ("ended", moment(job.completed_at_us)),
        ("progress", progress_of(job)),
        ("waiting", job.waiting_message if job.waiting_code is not None else ""),
        ("goes on at", moment(job.waiting_until_us) if job.waiting_until_us is not None else ""),
        ("attempt", str(job.attempt) if job.attempt else ""),
        ("outcome", summary(job, execution) if execution and execution.duration_ms is not None else ""),
        ("error", error_line(job.error) if job.error else ""),
        ("ran here", f"not remotely: {job.why_here}" if job.why_here else ""),
    ]
    facts += run_facts(job, execution) if execution is not None else []
    facts += attempt_facts(attempts)
    print_facts(call.printer, [(name, value) for name, value in facts if value])
    if execution is not None and execution.stdout:
        call.printer.foreign(execution.stdout)
    if execution is not None and execution.stderr:
        call.printer.foreign(execution.stderr, on_stderr=True)
    return 0


def _logs(call: Call) -> int:
    from qntx_desktop.cli.following import print_logs

    return print_logs(call, call.id(0, "A job"))


def _cancel(call: Call) -> int:
    with call.services() as services:
        job = services.queue.cancel(call.id(0, "A job"))
    if call.as_json:
        call.printer.document(job.to_json())
    elif job.ended:
        call.printer.readable(f"Job {job.id} is cancelled.")
    else:
        call.printer.readable(f"Job {job.id} is asked to stop.")
    return 0


def _retry(call: Call) -> int:
    with call.services() as services:
        job = services.queue.retry(call.id(0, "A job"))
    if call.as_json:
        call.printer.document(job.to_json())
    else:
        call.printer.readable(f"Job {job.id} does job {call.words[0]} again and is {job.status}.")
    return 0


VERBS = (
    Verb(
        path=("job", "create"),
        summary="Put a job into the queue",
        run=_create,
        arguments=("TYPE",),
        options=(
            Option(name="--payload", value="JSON", help="what the type needs, as a JSON object; - is stdin"),
            Option(name="--priority", value="N", help="higher is done first; 100 unless told"),
            Option(name="--reference", value="TYPE:ID", help="what it is for; one pending job each"),
        ),
        examples=(
            """job create python.script --payload '{"script_code": "print(1)", "script_type": "x", "args": []}'""",
        ),
    ),
    Verb(
        path=("job", "list"),
        summary="List jobs, newest first",
        run=_list,
        options=(
            Option(name="--status", value="S", help="pending, waiting, running, completed, failed or cancelled"),
            Option(name="--type", value="T", help="only jobs of this type"),
            Option(name="--handler", value="NAME", help="only runs of this handler"),
            Option(name="--trigger", value="T", help="only what this asked for: manual, cli, schedule, retry, ..."),
            Option(name="--schedule", value="ID", help="only runs of this schedule"),
            Option(name="--text", value="TEXT", help="found in the command, output or error of the newest run"),
            Option(name="--limit", value="N", help="at most this many; 100 unless told"),
        ),
    ),
    Verb(path=("job", "show"), summary="Show a job and how its last attempt went", run=_show, arguments=("ID",)),
    Verb(
        path=("job", "logs"),
        summary="Print what the runs of a job logged",
        run=_logs,
        arguments=("ID",),
        options=(Option(name="--follow", help="go on until the job ends"),),
    ),
    Verb(
        path=("job", "cancel"),
        summary="Cancel a job, or ask a running one to stop",
        run=_cancel,
        arguments=("ID",),
    ),
    Verb(
        path=("job", "retry"),
        summary="Do an ended job again, as a new job",
        run=_retry,
        arguments=("ID",),
    ),
)
