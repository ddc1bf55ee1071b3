"""`qntx restore`: a backup takes the place of what is in the home, which is kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qntx_desktop.cli.grammar import Option, Verb

if TYPE_CHECKING:
    from qntx_desktop.cli.call import Call

REPLACE = "--replace"


def _restore(call: Call) -> int:
    from qntx_desktop.cli.verbs.backup import backups_of, telling, what_is_in

    done = backups_of(call).restore(Path(call.words[0]), telling(call), over=call.flag(REPLACE))
    if call.as_json:
        call.printer.document(done.to_json())
        return 0
    call.printer.readable(f"Restored: {done.home}, {what_is_in(done.backup)}")
    if done.kept is not None:
        call.printer.note(f"What was there is kept: {done.kept}")
    if done.open_jobs:
        jobs = "1 job that had" if done.open_jobs == 1 else f"{done.open_jobs:,} jobs that had"
        call.printer.note(f"{jobs} not ended will run with the window; see qntx job list, qntx job cancel.")
    return 0


VERBS = (
    Verb(
        path=("restore",),
        summary="Put a backup into the home; what is there is replaced when you say so, and kept",
        run=_restore,
        arguments=("F",),
        options=(Option(name=REPLACE, help="there may be something in the home"),),
        examples=("restore home.qntxbackup", "--home ./elsewhere restore home.qntxbackup"),
    ),
)
