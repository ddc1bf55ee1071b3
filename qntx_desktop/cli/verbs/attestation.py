"""`qntx attestation`: one attestation, and files of many."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from qntx_desktop.cli.grammar import Option, Verb, usage_error

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


def _export(call: Call) -> int:
    from qntx_desktop.cli.verbs.ax import query_of
    from qntx_desktop.services.whole_file import written_whole

    target = call.text("--output")
    if target is None:
        raise usage_error("attestation export needs -o F, - for stdout", "attestation export")
    query = query_of(call.words) if call.words else ""
    with call.readers() as readers:
        if target == "-":
            call.printer.answered = True
            readers.attestation_files.export(query, _Stdout(call), _unsaid)
            return 0
        with written_whole(Path(target)) as file:
            count = readers.attestation_files.export(query, file, _counting(call, "written"))
    if call.as_json:
        path = Path(target).absolute()
        call.printer.document({"path": str(path), "bytes": path.stat().st_size, "attestations": count})
    else:
        call.printer.readable(f"Written: {target}, {_many(count)}")
    return 0


def _import(call: Call) -> int:
    from qntx_desktop.cli.reading import opened

    with opened(call.words[0]) as file, call.services() as services:
        services.attestation_files.check(file, _counting(call, "checked"))
        done = services.attestation_files.take(file, _counting(call, "stored"))
    if call.as_json:
        call.printer.document(done.to_json())
        return 0
    there = f", {done.already_there:,} were there already" if done.already_there else ""
    call.printer.readable(f"{_many(done.imported)} imported{there}")
    if done.left_out:
        call.printer.note(
            f"{done.left_out:,} of handlers left out: their versions travel with qntx handler export and import."
        )
    return 0


class _Stdout:
    """Stdout through the printer, which knows what a closed pipe is."""

    def __init__(self, call: Call) -> None:
        self._call = call

    def write(self, content: bytes) -> None:
        self._call.printer.text(content.decode(), end="")


def _counting(call: Call, verb: str) -> Callable[[int], None]:
    return lambda count: call.printer.progress(f"{_many(count)} {verb}")


def _unsaid(_count: int) -> None:
    """The lines themselves show how far it is."""


def _many(count: int) -> str:
    from qntx_desktop.cli.wording import counted

    return counted(count, "attestation")


VERBS = (
    Verb(
        path=("attestation", "show"),
        summary="Show one attestation",
        run=_show,
        arguments=("ID",),
        examples=("attestation show AS-01KXJ3V9Q2-7M4T0XQZ",),
    ),
    Verb(
        path=("attestation", "export"),
        summary="Write what a query finds, all without one, as JSON Lines",
        run=_export,
        arguments=("[QUERY...]",),
        options=(Option(name="--output", short="-o", value="F", help="the file to write, - for stdout"),),
        examples=("attestation export -o all.jsonl", 'attestation export "is lives_in" -o people.jsonl'),
    ),
    Verb(
        path=("attestation", "import"),
        summary="Store the attestations of a JSON Lines file, those that are not here yet",
        run=_import,
        arguments=("F",),
        examples=("attestation import people.jsonl",),
    ),
)
