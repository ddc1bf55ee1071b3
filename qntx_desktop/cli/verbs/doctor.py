"""`qntx doctor`: what the app stands on, and how each part is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qntx_desktop.cli.grammar import Verb

if TYPE_CHECKING:
    from qntx_desktop.cli.call import Call
    from qntx_desktop.model.finding import Finding

EXIT_FAILED = 5
_SIGNS = {"ok": ("ok", "green"), "missing": ("--", "yellow"), "failed": ("!!", "red")}


def _doctor(call: Call) -> int:
    from qntx_desktop.services.doctor import examine

    return print_findings(call, examine(call.home.root, call.home.db, call.options))


def print_findings(call: Call, findings: Sequence[Finding]) -> int:
    """Print what was looked at; 5 when any of it has failed."""
    from qntx_desktop.cli.cells import shown
    from qntx_desktop.model.finding import State

    failed = any(each.state is State.FAILED for each in findings)
    if call.as_json:
        call.printer.document({"ok": not failed, "checks": [each.to_json() for each in findings]})
        return EXIT_FAILED if failed else 0
    for each in findings:
        sign, colour = _SIGNS[each.state]
        call.printer.readable(f"{call.printer.styled(sign, colour)}  {each.name:<9} {shown(each.text)}")
        if each.hint and each.state is not State.OK:
            call.printer.readable(f"{'':<14}{shown(each.hint)}")
    return EXIT_FAILED if failed else 0


VERBS = (
    Verb(
        path=("doctor",),
        summary="Look at everything qntx stands on: Python, the home, the store, the sandbox",
        run=_doctor,
        examples=("doctor", "--json doctor"),
    ),
)
