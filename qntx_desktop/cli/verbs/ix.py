"""`qntx ix`: run an IX command, as an IX glyph does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qntx_desktop.cli.grammar import Option, Verb

if TYPE_CHECKING:
    from qntx_desktop.cli.call import Call

NO_WAIT = Option(name="--no-wait", help="only put the job into the queue")
DRY_RUN = Option(name="--dry-run", help="run it, show what it would attest, store nothing")
_SCHEDULES = "Schedules are not part of this version. To hand the option to the command, put -- in front of it."
NO_SCHEDULES = dict.fromkeys(("--every", "--cron", "--timezone", "--missed"), _SCHEDULES)


def _ix(call: Call) -> int:
    from qntx_desktop.cli.running import print_dry_run, run_job

    typed = call.words[0] if len(call.words) == 1 else call.words
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
        options=(NO_WAIT, DRY_RUN),
        foreign=True,
        refused=NO_SCHEDULES,
        examples=("ix csv ./people.csv", "ix 'csv \"./my people.csv\"'", "--json ix csv ./people.csv --dry-run"),
    ),
)
