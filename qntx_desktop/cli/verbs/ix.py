"""`qntx ix`: run an IX command, as an IX glyph does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qntx_desktop.cli.grammar import Option, Verb

if TYPE_CHECKING:
    from qntx_desktop.cli.call import Call

NO_WAIT = Option(name="--no-wait", help="only put the job into the queue")
DRY_RUN = Option(name="--dry-run", help="run it, show what it would attest, store nothing")
TIMING = (
    Option(name="--every", value="T", help="make a schedule: 30s, 5m, 2h, 1d; nothing runs now"),
    Option(name="--cron", value="LINE", help="make a schedule: '0 9 * * MON-FRI'; nothing runs now"),
    Option(name="--timezone", value="ZONE", help="of the cron line: Europe/Berlin; this machine's unless told"),
    Option(name="--missed", value="POLICY", help="runs missed meanwhile: skip, once (unless told), or all"),
)


def _ix(call: Call) -> int:
    from qntx_desktop.cli.running import print_dry_run, run_job
    from qntx_desktop.cli.scheduling import is_scheduled, run_schedule

    typed = call.words[0] if len(call.words) == 1 else call.words
    if is_scheduled(call):
        return run_schedule(
            call,
            lambda services, timing, missed: services.schedules.add_ix(
                typed, timing, missed, base=Path.cwd(), bare=True
            ),
        )
    if call.flag("--dry-run"):
        with call.readers() as readers, readers.dry_runs() as runs:
            outcome = runs.dry_run_ix(typed, base=Path.cwd(), bare=True)
        return print_dry_run(call, outcome, " ".join(call.words))
    return run_job(call, lambda services: services.runs.ix(typed, base=Path.cwd(), bare=True, trigger="cli"))


VERBS = (
    Verb(
        path=("ix",),
        summary="Run an IX command with the handler of its type, and wait for its end",
        run=_ix,
        arguments=("COMMAND...",),
        options=(NO_WAIT, DRY_RUN, *TIMING),
        foreign=True,
        examples=(
            "ix csv ./people.csv",
            "ix 'csv \"./my people.csv\"'",
            "ix csv ./people.csv --every 5m",
            "--json ix csv ./people.csv --dry-run",
        ),
    ),
)
