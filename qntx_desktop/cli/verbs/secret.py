"""`qntx secret`: values that handlers may be told, kept sealed. No value is ever an argument or an answer."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from qntx_desktop.cli.grammar import Option, Verb

if TYPE_CHECKING:
    from qntx_desktop.cli.call import Call

_MOST_BYTES = 65_537


def _set(call: Call) -> int:
    (name,) = call.words
    value = _asked(f"Value of {name} (not shown): ")
    with call.services() as services:
        facts = services.secrets.set(name, value)
    if call.as_json:
        call.printer.document(facts.to_json())
    else:
        call.printer.readable(f"The secret {name} is set.")
    return 0


def _asked(prompt: str) -> str:
    """A value: typed without echo on a terminal, else everything on stdin but for the end of its last line."""
    from qntx_desktop.cli.reading import STDIN, read_text

    if sys.stdin is not None and sys.stdin.isatty():
        from getpass import getpass

        return getpass(prompt)
    return read_text(STDIN, _MOST_BYTES).removesuffix("\n").removesuffix("\r")


def _list(call: Call) -> int:
    from qntx_desktop.cli.tables import print_table
    from qntx_desktop.cli.wording import moment

    with call.readers() as readers:
        found = readers.secrets.list()
    if call.as_json:
        call.printer.document([each.to_json() for each in found])
        return 0
    if not found:
        call.printer.note("There are no secrets. Set one with: qntx secret set NAME")
        return 0
    rows = [
        (
            each.name,
            "set" if each.is_set else "not set",
            moment(each.updated_at_us),
            moment(each.last_used_at_us),
            ", ".join(each.used_by),
        )
        for each in found
    ]
    print_table(call.printer, ("NAME", "STATE", "CHANGED", "LAST USED", "DECLARED BY"), rows)
    if not all(each.is_set for each in found):
        call.printer.note("What a window keeps for its session only is told to no other process, nor shown here.")
    return 0


def _remove(call: Call) -> int:
    (name,) = call.words
    with call.services() as services:
        facts = services.secrets.remove(name)
    if call.as_json:
        call.printer.document(facts.to_json())
    else:
        call.printer.readable(f"The secret {name} is removed.")
    return 0


def _rotate(call: Call) -> int:
    from qntx_desktop.cli.running import run_job

    return run_job(call, lambda services: services.secrets.rotate(services.queue.enqueue, trigger="cli"))


def _recovery_code(call: Call) -> int:
    with call.services() as services:
        code = services.secrets.recovery_code()
    if call.as_json:
        call.printer.document({"recovery_code": code})
    else:
        call.printer.readable(code)
        call.printer.note("Print it or write it down: it is not kept. Codes shown before are worth nothing now.")
    return 0


def _recover(call: Call) -> int:
    code = _asked("Recovery code (not shown): ")
    with call.services() as services:
        source = services.secrets.recover(code)
    if call.as_json:
        call.printer.document({"recovered": True, "key": str(source)})
    else:
        where = "in the keyring of this computer" if source == "keyring" else "under the passphrase"
        call.printer.readable(f"The key is back, {where}. Every secret can be read.")
    return 0


VERBS = (
    Verb(
        path=("secret", "set"),
        summary="Keep a secret, typed without echo or read from stdin",
        run=_set,
        arguments=("NAME",),
        examples=("secret set github-token", "secret set github-token < token.txt"),
    ),
    Verb(path=("secret", "list"), summary="List secrets, without their values", run=_list),
    Verb(path=("secret", "remove"), summary="Forget a secret", run=_remove, arguments=("NAME",)),
    Verb(
        path=("secret", "rotate"),
        summary="Seal everything with a new key",
        run=_rotate,
        options=(Option(name="--no-wait", help="only put the job into the queue"),),
    ),
    Verb(
        path=("secret", "recovery-code"),
        summary="Make a code that brings the key back; it is shown once",
        run=_recovery_code,
    ),
    Verb(
        path=("secret", "recover"),
        summary="Bring the key back with a recovery code, typed without echo or read from stdin",
        run=_recover,
    ),
)
