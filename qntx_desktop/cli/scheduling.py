"""Schedules asked for on the command line: `--every` and its like, shared by `ix` and `run`.

Main thread.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from qntx_desktop.cli.call import Call
from qntx_desktop.cli.cells import shown
from qntx_desktop.cli.grammar import usage_error
from qntx_desktop.cli.wording import moment
from qntx_desktop.model.schedule import MissedPolicy, Timing, read_interval, read_missed

if TYPE_CHECKING:
    from qntx_desktop.app.container import Services
    from qntx_desktop.model.schedule import Schedule


def is_scheduled(call: Call) -> bool:
    """Whether the call asks for a schedule instead of a run.

    Raises:
        ErrInvalidCommand: `--timezone` or `--missed` stand alone, or beside an option about a run of now.
    """
    verb = call.verb.name
    wanted = call.text("--every") is not None or call.text("--cron") is not None
    if not wanted:
        for name in ("--timezone", "--missed"):
            if call.text(name) is not None:
                raise usage_error(f"{name} goes with --every or --cron", verb)
        return False
    for name in ("--no-wait", "--dry-run"):
        if call.flag(name):
            raise usage_error(f"{name} is about a run of now; --every and --cron make a schedule", verb)
    return True


def run_schedule(call: Call, make: Callable[[Services, Timing, MissedPolicy], Schedule]) -> int:
    """Make a schedule and print it; nothing runs now."""
    every, missed = call.text("--every"), call.text("--missed")
    interval = read_interval(every) if every is not None else None
    policy = read_missed(missed) if missed is not None else MissedPolicy.ONCE
    with call.services() as services:
        zone = call.text("--timezone") or services.schedules.local_zone()
        timing = Timing(interval_s=interval, cron=call.text("--cron"), timezone=zone)
        schedule = make(services, timing, policy)
        words = services.schedules.phrase(schedule.timing)
    if call.as_json:
        call.printer.document({"schedule": schedule.to_json()})
        return 0
    call.printer.readable(f"Schedule {schedule.id} runs {words}: {shown(schedule.command)}")
    call.printer.note(
        f"First at {moment(schedule.next_run_at_us)}, while the window or qntx serve runs. "
        f"What is missed meanwhile {missed_words(policy)}."
    )
    return 0


def changed_timing(call: Call, old: Schedule) -> tuple[Timing, MissedPolicy]:
    """What `schedule edit` asks for; what is not named stays.

    Raises:
        ErrInvalidCommand: Nothing is named.
        ErrInvalidSchedule: What is named makes no sense, such as two time tables.
    """
    every, cron, zone, missed = (call.text(name) for name in ("--every", "--cron", "--timezone", "--missed"))
    if every is cron is zone is missed is None:
        raise usage_error("say what to change: --every, --cron, --timezone or --missed", call.verb.name)
    named = every is not None or cron is not None
    timing = Timing(
        interval_s=read_interval(every) if every is not None else None if named else old.timing.interval_s,
        cron=cron if named else old.timing.cron,
        timezone=zone or old.timing.timezone,
    )
    return timing, read_missed(missed) if missed is not None else old.missed


def missed_words(policy: MissedPolicy) -> str:
    """What the policy does, in a few words."""
    return {
        MissedPolicy.SKIP: "is skipped",
        MissedPolicy.ONCE: "becomes one run",
        MissedPolicy.ALL: "is all made up for, at most 100 runs",
    }[policy]
