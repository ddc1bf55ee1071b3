"""`qntx run`: run any script as a job, without a handler."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qntx_desktop.cli.grammar import Verb
from qntx_desktop.cli.verbs.ix import DRY_RUN, NO_WAIT, TIMING

if TYPE_CHECKING:
    from qntx_desktop.cli.call import Call


def _run(call: Call) -> int:
    from qntx_desktop.cli.reading import STDIN, read_code
    from qntx_desktop.cli.running import print_dry_run, run_job
    from qntx_desktop.cli.scheduling import is_scheduled, run_schedule

    file, *given = call.words
    code = read_code(file)
    name = "stdin" if file == STDIN else Path(file).name.removesuffix(".py")
    if is_scheduled(call):
        return run_schedule(
            call,
            lambda services, timing, missed: services.schedules.add_script(
                code, given, timing, missed, base=Path.cwd(), name=name
            ),
        )
    if call.flag("--dry-run"):
        with call.readers() as readers, readers.dry_runs() as runs:
            outcome = runs.dry_run_script(code, given, base=Path.cwd(), name=name)
        return print_dry_run(call, outcome, name)
    return run_job(
        call, lambda services: services.runs.script(code, given, base=Path.cwd(), trigger="cli", name=name)
    )


VERBS = (
    Verb(
        path=("run",),
        summary="Run a script, `-` for stdin, and wait for its end",
        run=_run,
        arguments=("FILE", "[ARGS...]"),
        options=(NO_WAIT, DRY_RUN, *TIMING),
        foreign=True,
        examples=("run script.py a b", "run - a b < script.py"),
    ),
)
