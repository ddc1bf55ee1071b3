"""`qntx run`: run any script as a job, without a handler."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qntx_desktop.cli.grammar import Verb
from qntx_desktop.cli.verbs.ix import DRY_RUN, NO_SCHEDULES, NO_WAIT

if TYPE_CHECKING:
    from qntx_desktop.cli.call import Call


def _run(call: Call) -> int:
    from qntx_desktop.cli.reading import STDIN, read_code
    from qntx_desktop.cli.running import print_dry_run, run_job

    file, *given = call.words
    code = read_code(file)
    name = "stdin" if file == STDIN else Path(file).name.removesuffix(".py")
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
        options=(NO_WAIT, DRY_RUN),
        foreign=True,
        refused=NO_SCHEDULES,
        examples=("run script.py a b", "run - a b < script.py"),
    ),
)
