"""`qntx verify`: whether a home, or a backup, is sound to its last byte."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qntx_desktop.cli.grammar import Verb

if TYPE_CHECKING:
    from qntx_desktop.cli.call import Call


def _verify(call: Call) -> int:
    from qntx_desktop.cli.verbs.backup import backups_of, note_left_out, telling, what_is_in

    if call.words:
        looked = backups_of(call).look(Path(call.words[0]), telling(call))
        if call.as_json:
            call.printer.document({"ok": True} | looked.to_json())
        else:
            call.printer.readable(f"Sound: {what_is_in(looked)}, made {looked.manifest.made_at}")
            note_left_out(call, looked)
        return 0
    from qntx_desktop.cli.verbs.doctor import print_findings
    from qntx_desktop.services.home_check import check_home

    return print_findings(call, check_home(backups_of(call), telling(call)))


VERBS = (
    Verb(
        path=("verify",),
        summary="Read all of the home, or of a backup, and say whether it is sound",
        run=_verify,
        arguments=("[F]",),
        examples=("verify", "verify home.qntxbackup"),
    ),
)
