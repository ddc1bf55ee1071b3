"""`qntx ax`: ask what was attested."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from qntx_desktop.cli.grammar import Option, Verb, usage_error

if TYPE_CHECKING:
    from qntx_desktop.app.reader import Readers
    from qntx_desktop.cli.call import Call
    from qntx_desktop.model.attestation import Attestation

_LISTS = ("subjects", "predicates", "contexts", "actors")
_CSV_HEADS = ("id", *_LISTS, "timestamp", "source", "attributes", "created_at")


def _ax(call: Call) -> int:
    limit = call.number("--limit", 1, 1_000_000) or 100
    if call.as_json and call.flag("--csv"):
        raise usage_error("--csv and --json exclude each other", "ax")
    as_of_us = call.moment("--as-of")
    with call.readers() as readers:
        found = [each.to_json() for each in _found(readers, call.words, limit, as_of_us)]
    if call.as_json:
        call.printer.document(found)
    elif call.flag("--csv"):
        call.printer.text(_as_csv(found), end="")
    elif not found:
        call.printer.note("Nothing was attested that fits.")
    else:
        _print_table(call, found, limit)
    return 0


def _found(readers: Readers, words: Sequence[str], limit: int, as_of_us: int | None) -> Sequence[Attestation]:
    from qntx_desktop.model.attestation import Filter

    if not words:
        return readers.ledger.find(Filter(limit=limit, as_of_us=as_of_us))
    return readers.ledger.ax(query_of(words), limit, as_of_us)


def query_of(words: Sequence[str]) -> str:
    """The words of a call as one query; a single one is the query itself."""
    return words[0] if len(words) == 1 else " ".join(map(_quoted, words))


def _quoted(word: str) -> str:
    """A word as the query language spells it: one that the shell handed over with spaces stays one."""
    if not any(character.isspace() for character in word):
        return word
    return f"'{word}'" if "'" not in word else f'"{word}"'


def _as_csv(found: Sequence[Mapping[str, Any]]) -> str:
    """RFC 4180: CRLF, quotes where needed. Several terms of one field are joined by `; `."""
    import csv
    import io
    import json

    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(_CSV_HEADS)
    for each in found:
        lists = ["; ".join(each[name]) for name in _LISTS]
        attributes = json.dumps(each["attributes"], ensure_ascii=False)
        writer.writerow(
            [each["id"], *lists, each["timestamp"], each["source"], attributes, each["created_at"]]
        )
    return text.getvalue()


def _print_table(call: Call, found: Sequence[Mapping[str, Any]], limit: int) -> None:
    from qntx_desktop.cli.tables import print_table
    from qntx_desktop.cli.wording import moment
    from qntx_desktop.model.clock import from_iso

    rows = [
        (each["id"], moment(from_iso(each["timestamp"])), *(", ".join(each[name]) for name in _LISTS))
        for each in found
    ]
    print_table(call.printer, ("ID", "WHEN", *map(str.upper, _LISTS)), rows)
    if len(found) == limit:
        call.printer.note(f"The newest {limit:,}; --limit shows more.")


VERBS = (
    Verb(
        path=("ax",),
        summary="Ask what was attested, newest first; without a query the newest of all",
        run=_ax,
        arguments=("[QUERY...]",),
        options=(
            Option(name="--limit", value="N", help="at most this many, 1 to 1,000,000; 100 unless told"),
            Option(name="--as-of", value="TIME", help="as it was at that time: only what was stored by then"),
            Option(name="--csv", help="print comma-separated values (RFC 4180)"),
        ),
        examples=(
            'ax "is member of TEAM by hr"',
            'ax "is lives_in" --limit 5',
            'ax "is lives_in" --as-of 2026-11-01',
            'ax "is lives_in" --csv > people.csv',
        ),
    ),
)
