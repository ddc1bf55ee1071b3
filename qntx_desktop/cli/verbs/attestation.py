"""`qntx attestation`: single attestations."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from qntx_desktop.cli.grammar import Verb

if TYPE_CHECKING:
    from qntx_desktop.cli.call import Call


def _show(call: Call) -> int:
    from qntx_desktop.cli.tables import print_facts
    from qntx_desktop.cli.wording import moment

    with call.readers() as readers:
        found = readers.ledger.get(call.words[0])
    if call.as_json:
        call.printer.document(found.to_json())
        return 0
    facts = [
        ("id", found.id),
        ("subjects", ", ".join(found.subjects)),
        ("predicates", ", ".join(found.predicates)),
        ("contexts", ", ".join(found.contexts)),
        ("actors", ", ".join(found.actors)),
        ("when", moment(found.timestamp_us)),
        ("source", found.source),
    ]
    facts += [(f"  {key}", _spelled(value)) for key, value in sorted(found.attributes.items())]
    print_facts(call.printer, facts)
    return 0


def _spelled(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


VERBS = (
    Verb(
        path=("attestation", "show"),
        summary="Show one attestation",
        run=_show,
        arguments=("ID",),
        examples=("attestation show AS-01KXJ3V9Q2-7M4T0XQZ",),
    ),
)
