"""`qntx why`: the chain behind one attestation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qntx_desktop.cli.grammar import Verb

if TYPE_CHECKING:
    from qntx_desktop.cli.call import Call
    from qntx_desktop.model.job import Execution
    from qntx_desktop.model.why import Why

Facts = list[tuple[str, str]]


def _why(call: Call) -> int:
    from qntx_desktop.cli.running import statement
    from qntx_desktop.cli.tables import print_facts
    from qntx_desktop.cli.wording import moment

    with call.readers() as readers:
        why = readers.lineage.why(call.words[0])
    if call.as_json:
        call.printer.document(why.to_json())
        return 0
    found = why.attestation
    call.printer.readable(statement(found.to_json()))
    facts: Facts = [("stored", moment(found.created_at_us))]
    if found.timestamp_us != found.created_at_us:
        facts.append(("speaks of", moment(found.timestamp_us)))
    facts += _of_run(why, why.execution) if why.execution is not None else _without_run(why)
    print_facts(call.printer, [(name, value) for name, value in facts if value])
    return 0


def _of_run(why: Why, execution: Execution) -> Facts:
    from qntx_desktop.cli.wording import counted, duration, moment, network_facts

    file, handler = execution.code_file, why.handler
    ran = ""
    if execution.handler_asid is not None:
        ran = f"{execution.handler_type} v{execution.handler_version} · {execution.handler_asid}"
    saved = f"{moment(handler.created_at_us)} · {handler.source}" if handler is not None else ""
    ended = (
        f"{execution.status} in {duration(execution.duration_ms)}"
        if execution.duration_ms is not None
        else ""
    )
    return [
        ("made by", ran or (file.words if file is not None else execution.command.split(" ")[0])),
        ("saved", saved),
        ("commit", file.commit or "" if file is not None else ""),
        ("command", execution.command),
        ("arguments", " ".join(execution.args)),
        ("run", f"{execution.id}, attempt {execution.attempt} of job {execution.job_id}"),
        ("began", moment(execution.started_at_us)),
        ("ended", " · ".join(filter(None, (ended, counted(execution.attestation_count, "attestation"))))),
        ("confined", execution.sandbox),
        *network_facts(execution.connections),
        *_asked(why, execution),
    ]


def _asked(why: Why, execution: Execution) -> Facts:
    from qntx_desktop.cli.wording import ASKED_BY, origin_facts

    if why.job is None:
        return [
            ("asked by", ASKED_BY.get(execution.trigger, execution.trigger)),
            ("job", f"{execution.job_id} was deleted, as old jobs are"),
        ]
    facts = origin_facts(why.job, execution)
    if why.job.reference_type not in (None, "schedule"):
        facts.append(("on behalf of", f"{why.job.reference_type} {why.job.reference_id}"))
    if why.schedule is not None:
        facts.append(("schedule", why.schedule.command))
    return facts


def _without_run(why: Why) -> Facts:
    from qntx_desktop.model.attestation import PREDICATE_HANDLER, PREDICATE_RETIRED
    from qntx_desktop.model.attestation_line import IMPORTED

    found, before = why.attestation, why.handler
    if found.execution_id is not None:
        return [("run", f"{found.execution_id}, of which nothing is kept")]
    if found.predicates == (PREDICATE_HANDLER,):
        parent = (
            f"{before.script_type} v{before.version} · {before.asid}" if before is not None else "nothing"
        )
        return [("saved by", found.source), ("on top of", parent)]
    if found.predicates == (PREDICATE_RETIRED,):
        return [("made by", "the app, when the handler was taken out of use")]
    if found.source.split(":")[0] == IMPORTED:
        return [("imported", found.source.partition(": ")[2] or "from a file that names no source")]
    return [("made without a run, by", found.source)]


VERBS = (
    Verb(
        path=("why",),
        summary="Tell where an attestation comes from: run, handler version, arguments, who asked",
        run=_why,
        arguments=("ID",),
        examples=("why AS-01KXJ3V9Q2-7M4T0XQZ",),
    ),
)
