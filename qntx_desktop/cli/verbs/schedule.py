"""`qntx schedule`: what runs again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qntx_desktop.cli.grammar import Option, Verb

if TYPE_CHECKING:
    from qntx_desktop.cli.call import Call
    from qntx_desktop.model.schedule import Schedule

_SHOWN_SLOTS = 10


def _list(call: Call) -> int:
    from qntx_desktop.cli.tables import print_table
    from qntx_desktop.cli.wording import moment
    from qntx_desktop.model.schedule import short_phrase

    with call.readers() as readers:
        found = readers.schedules.list()
    if call.as_json:
        call.printer.document([each.to_json() for each in found])
        return 0
    if not found:
        call.printer.note("There are no schedules. Make one with: qntx ix csv ./people.csv --every 5m")
        return 0
    rows = [
        (
            str(each.id),
            str(each.state),
            short_phrase(each.timing),
            moment(each.next_run_at_us) if each.state == "active" else "",
            moment(each.last_run_at_us),
            each.command,
        )
        for each in found
    ]
    print_table(call.printer, ("ID", "STATE", "WHEN", "NEXT", "LAST RUN", "COMMAND"), rows)
    return 0


def _show(call: Call) -> int:
    from qntx_desktop.cli.scheduling import missed_words
    from qntx_desktop.cli.tables import print_facts
    from qntx_desktop.cli.wording import counted, moment

    with call.readers() as readers:
        schedule = readers.schedules.get(call.id(0, "A schedule"))
        words = readers.schedules.phrase(schedule.timing)
        upcoming = readers.schedules.upcoming(schedule)
        missed = readers.schedules.missed(schedule.id, limit=_SHOWN_SLOTS)
    if call.as_json:
        more = {"phrase": words, "upcoming": [_iso(slot) for slot in upcoming], "missed_slots": _slots(missed)}
        call.printer.document(schedule.to_json() | more)
        return 0
    facts = [
        ("schedule", str(schedule.id)),
        ("state", str(schedule.state)),
        ("command", schedule.command),
        ("when", words),
        ("time zone", schedule.timing.timezone),
        ("what is missed", missed_words(schedule.missed)),
        ("last run", moment(schedule.last_run_at_us)),
        *(("next" if index == 0 else "", moment(slot)) for index, slot in enumerate(upcoming)),
        *(
            (
                "missed" if index == 0 else "",
                f"{moment(slot.slot_us)} · {str(slot.fate).replace('_', ' ')}"
                + (f" · {counted(slot.count, 'slot')}" if slot.count > 1 else "")
                + (f" · job {slot.job_id}" if slot.job_id is not None else ""),
            )
            for index, slot in enumerate(missed)
        ),
    ]
    print_facts(call.printer, [(name, value) for name, value in facts if value])
    return 0


def _iso(slot_us: int) -> str | None:
    from qntx_desktop.model.clock import iso

    return iso(slot_us)


def _slots(missed: object) -> list[object]:
    return [each.to_json() for each in missed]  # type: ignore[attr-defined]


def _edit(call: Call) -> int:
    from qntx_desktop.cli.scheduling import changed_timing
    from qntx_desktop.cli.wording import moment

    schedule_id = call.id(0, "A schedule")
    with call.services() as services:
        timing, missed = changed_timing(call, services.schedules.get(schedule_id))
        schedule = services.schedules.change(schedule_id, timing, missed)
        words = services.schedules.phrase(schedule.timing)
    paused = schedule.state == "paused"
    told = "paused" if paused else f"next at {moment(schedule.next_run_at_us)}"
    return _say(call, schedule, f"Schedule {schedule.id} runs {words}, {told}.")


def _duplicate(call: Call) -> int:
    with call.services() as services:
        schedule = services.schedules.duplicate(call.id(0, "A schedule"))
    return _say(
        call,
        schedule,
        f"Schedule {schedule.id} is a copy, paused: change it with schedule edit, start it with schedule resume.",
    )


def _pause(call: Call) -> int:
    with call.services() as services:
        schedule = services.schedules.pause(call.id(0, "A schedule"))
    return _say(call, schedule, f"Schedule {schedule.id} is paused.")


def _resume(call: Call) -> int:
    from qntx_desktop.cli.wording import moment

    with call.services() as services:
        schedule = services.schedules.resume(call.id(0, "A schedule"))
    return _say(call, schedule, f"Schedule {schedule.id} goes on, next at {moment(schedule.next_run_at_us)}.")


def _run(call: Call) -> int:
    from qntx_desktop.cli.running import run_job
    from qntx_desktop.model.job import Trigger

    return run_job(call, lambda services: services.schedules.run_now(call.id(0, "A schedule"), Trigger.CLI))


def _remove(call: Call) -> int:
    with call.services() as services:
        schedule = services.schedules.remove(call.id(0, "A schedule"))
    return _say(call, schedule, f"Schedule {schedule.id} is removed; its runs stay.")


def _say(call: Call, schedule: Schedule, sentence: str) -> int:
    if call.as_json:
        call.printer.document(schedule.to_json())
    else:
        call.printer.readable(sentence)
    return 0


VERBS = (
    Verb(path=("schedule", "list"), summary="List what runs again and again", run=_list),
    Verb(
        path=("schedule", "show"),
        summary="Show a schedule, its next runs and what was missed",
        run=_show,
        arguments=("ID",),
    ),
    Verb(path=("schedule", "pause"), summary="Stop a schedule for now", run=_pause, arguments=("ID",)),
    Verb(path=("schedule", "resume"), summary="Let a paused schedule go on", run=_resume, arguments=("ID",)),
    Verb(
        path=("schedule", "run"),
        summary="Run a schedule now, besides its time table",
        run=_run,
        arguments=("ID",),
        options=(Option(name="--no-wait", help="only put the job into the queue"),),
    ),
    Verb(
        path=("schedule", "edit"),
        summary="Give a schedule another time table or policy, from now on",
        run=_edit,
        arguments=("ID",),
        options=(
            Option(name="--every", value="T", help="an interval: 30s, 5m, 2h, 1d"),
            Option(name="--cron", value="LINE", help="a cron line: '0 9 * * MON-FRI'"),
            Option(name="--timezone", value="ZONE", help="of the cron line: Europe/Berlin; stays unless told"),
            Option(name="--missed", value="POLICY", help="runs missed meanwhile: skip, once, or all"),
        ),
        examples=("schedule edit 3 --every 10m", "schedule edit 3 --missed skip"),
    ),
    Verb(
        path=("schedule", "duplicate"),
        summary="Make another schedule like it, paused",
        run=_duplicate,
        arguments=("ID",),
    ),
    Verb(
        path=("schedule", "remove"),
        summary="Remove a schedule; its runs stay",
        run=_remove,
        arguments=("ID",),
    ),
)
