"""`qntx hook`: webhooks that start a handler."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from qntx_desktop.cli.grammar import Option, Verb

if TYPE_CHECKING:
    from qntx_desktop.cli.call import Call
    from qntx_desktop.model.hook import Hook

_PAGE = 1_000
_SECRET = Option(name="--secret-stdin", help="read the secret from stdin; a new one unless told")


def _given(call: Call) -> str | None:
    """A secret never stands among the words of a call, which others can see."""
    return sys.stdin.readline().strip() if call.flag("--secret-stdin") else None


def _add(call: Call) -> int:
    name, *args = call.words
    given = _given(call)
    with call.services() as services:
        secret, hook = services.hooks.add(name, call.text("--type") or "", args, given)
    return _shown(call, secret, hook, given is None)


def _rotate(call: Call) -> int:
    given = _given(call)
    with call.services() as services:
        secret, hook = services.hooks.rotate(call.words[0], given)
    return _shown(call, secret, hook, given is None)


def _shown(call: Call, secret: str, hook: Hook, is_new: bool) -> int:
    if call.as_json:
        call.printer.document(hook.to_json() | ({"secret": secret} if is_new else {}))
        return 0
    port = call.options().get("api.port")
    command = " ".join(("ix", hook.script_type, *hook.args))
    call.printer.readable(f"http://127.0.0.1:{port}{hook.path} starts: {command}")
    if is_new:
        call.printer.readable(secret)
        call.printer.note("This is the secret. It is not shown again.")
    return 0


def _list(call: Call) -> int:
    from qntx_desktop.cli.tables import print_table
    from qntx_desktop.cli.wording import moment

    with call.readers() as readers:
        found = readers.hooks.list()
    if call.as_json:
        call.printer.document([each.to_json() for each in found])
        return 0
    if not found:
        call.printer.note("There are no webhooks. Make one with: qntx hook add NAME")
        return 0
    rows = [
        (
            each.name,
            "open" if each.enabled else "closed",
            " ".join((each.script_type, *each.args)),
            moment(each.created_at_us),
        )
        for each in found
    ]
    print_table(call.printer, ("NAME", "STATE", "STARTS IX", "MADE"), rows)
    return 0


def _change(call: Call, *, enabled: bool) -> int:
    with call.services() as services:
        hook = services.hooks.enable(call.words[0], enabled)
    if call.as_json:
        call.printer.document(hook.to_json())
    else:
        call.printer.readable(f"{hook.path} is {'open' if enabled else 'closed'}.")
    return 0


def _remove(call: Call) -> int:
    with call.services() as services:
        hook = services.hooks.remove(call.words[0])
    if call.as_json:
        call.printer.document(hook.to_json())
    else:
        call.printer.readable(f"{hook.path} is gone.")
    return 0


def _deliveries(call: Call) -> int:
    from qntx_desktop.cli.tables import print_table
    from qntx_desktop.cli.wording import moment

    limit = call.number("--limit", 1, _PAGE) or 50
    with call.readers() as readers:
        found = readers.hooks.deliveries(call.words[0], limit)
    if call.as_json:
        call.printer.document([each.to_json() for each in found])
        return 0
    if not found:
        call.printer.note("Nothing came yet.")
        return 0
    rows = [
        (
            str(each.id),
            moment(each.at_us),
            each.event,
            str(each.outcome),
            str(each.job_id or ""),
            each.reason,
        )
        for each in found
    ]
    print_table(call.printer, ("ID", "CAME", "EVENT", "OUTCOME", "JOB", "REASON"), rows)
    return 0


def _again(call: Call) -> int:
    with call.services() as services:
        job = services.hooks.deliver_again(call.id(0, "A delivery"))
    if call.as_json:
        call.printer.document(job.to_json())
    else:
        call.printer.readable(f"Job {job.id} does it again and is {job.status}.")
    return 0


VERBS = (
    Verb(
        path=("hook", "add"),
        summary="Make a webhook that starts a handler, and show its secret once",
        run=_add,
        arguments=("NAME", "[ARGS...]"),
        options=(Option(name="--type", value="T", help="which handler; the one called NAME unless told"), _SECRET),
        examples=("hook add orders", "hook add shop --type orders --secret-stdin < secret.txt"),
    ),
    Verb(path=("hook", "list"), summary="List the webhooks that start a handler", run=_list),
    Verb(
        path=("hook", "rotate"),
        summary="Give a webhook another secret",
        run=_rotate,
        arguments=("NAME",),
        options=(_SECRET,),
    ),
    Verb(
        path=("hook", "enable"),
        summary="Open a webhook again",
        run=lambda call: _change(call, enabled=True),
        arguments=("NAME",),
    ),
    Verb(
        path=("hook", "disable"),
        summary="Close a webhook; what comes is refused",
        run=lambda call: _change(call, enabled=False),
        arguments=("NAME",),
    ),
    Verb(path=("hook", "remove"), summary="Forget a webhook", run=_remove, arguments=("NAME",)),
    Verb(
        path=("hook", "deliveries"),
        summary="What came to a webhook, newest first",
        run=_deliveries,
        arguments=("NAME",),
        options=(Option(name="--limit", value="N", help="at most this many; 50 unless told"),),
    ),
    Verb(
        path=("hook", "redeliver"),
        summary="Do again what a delivery started",
        run=_again,
        arguments=("ID",),
    ),
)
