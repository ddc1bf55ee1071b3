"""`qntx api`: switch the local API on and off, and say who may use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qntx_desktop.cli.grammar import Option, Verb

if TYPE_CHECKING:
    from qntx_desktop.cli.call import Call

_MOST_PORT = 65_535


def _token(call: Call) -> int:
    from qntx_desktop.model.api_token import ALL_SCOPES, DEFAULT_CLIENT, read_scopes
    from qntx_desktop.model.errors import ErrDuplicateName

    name = call.words[0] if call.words else DEFAULT_CLIENT
    asked = call.text("--scopes")
    scopes = read_scopes(asked.split(",")) if asked is not None else None
    with call.services() as services:
        tokens = services.api_tokens
        try:
            if call.flag("--rotate"):
                token, made = tokens.rotate(name, scopes)
            else:
                token, made = tokens.create(name, scopes or ALL_SCOPES)
        except ErrDuplicateName as error:
            error.hint = f"It was shown once. Make a new one in its place: qntx api token {name} --rotate"
            raise
    if call.as_json:
        call.printer.document({"token": token, **made.to_json()})
        return 0
    call.printer.readable(token)
    call.printer.note(f"The token of '{made.name}' may {', '.join(made.scopes)}. It is not shown again.")
    return 0


def _tokens(call: Call) -> int:
    from qntx_desktop.cli.tables import print_table
    from qntx_desktop.cli.wording import moment

    with call.readers() as readers:
        found = readers.api_tokens.list()
    if call.as_json:
        call.printer.document([each.to_json() for each in found])
        return 0
    if not found:
        call.printer.note("Nobody may use the API yet. Make a token with: qntx api token")
        return 0
    rows = [
        (each.name, ", ".join(each.scopes), moment(each.made_at_us), moment(each.last_used_at_us))
        for each in found
    ]
    print_table(call.printer, ("CLIENT", "MAY", "MADE", "LAST USED"), rows)
    return 0


def _revoke(call: Call) -> int:
    with call.services() as services:
        gone = services.api_tokens.revoke(call.words[0])
    if call.as_json:
        call.printer.document(gone.to_json())
    else:
        call.printer.readable(f"The token of '{gone.name}' is worth nothing any more.")
    return 0


def _on(call: Call) -> int:
    port = call.number("--port", 0, _MOST_PORT)
    options = call.options()
    call.home.make()
    if port is not None:
        options.set("api.port", port)
    options.set("api.enabled", True)
    if call.flag("--webhooks"):
        options.set("api.webhooks", True)
    return _told(call)


def _off(call: Call) -> int:
    options = call.options()
    call.home.make()
    for key in ("api.enabled", "api.webhooks"):
        if options.get(key):
            options.set(key, False)
    return _told(call)


def _told(call: Call) -> int:
    options = call.options()
    shape = {key: options.get(f"api.{key}") for key in ("enabled", "webhooks", "port")}
    if call.as_json:
        call.printer.document(shape)
        return 0
    served = [name for name, key in (("API", "enabled"), ("webhooks", "webhooks")) if shape[key]]
    where = f"http://127.0.0.1:{shape['port']}" if shape["port"] else "a free port of 127.0.0.1"
    if served:
        call.printer.readable(f"{' and '.join(served)} on, at {where} while the window or `qntx serve` runs")
    else:
        call.printer.readable("Off")
    return 0


VERBS = (
    Verb(
        path=("api", "token"),
        summary="Make the token of a client, and show it once",
        run=_token,
        arguments=("[NAME]",),
        options=(
            Option(name="--rotate", help="a new one in the place of the old, which is worth nothing then"),
            Option(name="--scopes", value="LIST", help="what it may: read,write,execute; all unless told"),
        ),
        examples=("api token", "api token dashboard --scopes read", "api token --rotate"),
    ),
    Verb(path=("api", "tokens"), summary="List who may use the API", run=_tokens),
    Verb(
        path=("api", "revoke"), summary="Take the token of a client away", run=_revoke, arguments=("NAME",)
    ),
    Verb(
        path=("api", "on"),
        summary="Switch the API on, in the window and in `qntx serve`",
        run=_on,
        options=(
            Option(name="--port", value="N", help="where on 127.0.0.1; 0: any free port"),
            Option(name="--webhooks", help="take webhooks, too"),
        ),
    ),
    Verb(path=("api", "off"), summary="Switch the API and webhooks off", run=_off),
)
