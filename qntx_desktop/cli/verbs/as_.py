"""`qntx as`: attest by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qntx_desktop.cli.grammar import Option, Verb

if TYPE_CHECKING:
    from qntx_desktop.cli.call import Call


def _as(call: Call) -> int:
    from qntx_desktop.cli.running import statement

    attributes = _attributes(call)
    typed = call.words[0] if len(call.words) == 1 else call.words
    with call.services() as services:
        shape = services.ledger.as_(typed, attributes, source="cli").to_json()
    if call.as_json:
        call.printer.document(shape)
    else:
        call.printer.readable(f"{shape['id']}  {statement(shape)}")
    return 0


def _attributes(call: Call) -> dict[str, object] | None:
    from qntx_desktop.cli.reading import NotStrictJson, read_json_object
    from qntx_desktop.model.errors import ErrInvalidAttestation

    text = call.text("--attributes")
    if text is None:
        return None
    try:
        return read_json_object(text)
    except NotStrictJson as error:
        raise ErrInvalidAttestation("attributes", str(error)) from None


VERBS = (
    Verb(
        path=("as",),
        summary="Attest something by hand",
        run=_as,
        arguments=("STATEMENT...",),
        options=(Option(name="--attributes", value="JSON", help="further facts, as a JSON object; - is stdin"),),
        examples=('as "alice is member of TEAM by hr"', "as alice member TEAM --attributes '{\"since\": 2024}'"),
    ),
)
