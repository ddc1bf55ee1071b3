"""Attestations as JSON Lines: whole or not at all, nothing twice, no handler by the back door."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from qntx_desktop.app.container import build
from qntx_desktop.app.paths import Home
from qntx_desktop.model.attestation import Filter
from qntx_desktop.model.errors import ErrDiskFull, ErrInvalidAttestation
from qntx_desktop.services import attestation_files

from .conftest import Opener

LINE = {"subjects": ["alice"], "predicates": ["member"], "contexts": ["TEAM"]}


def _quiet(_count: int) -> None:
    """Nobody watches."""


def _file(*lines: Any) -> io.BytesIO:
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    return io.BytesIO("".join(f"{text}\n" for text in texts).encode())


def test_what_was_exported_comes_back_in_its_order_and_once(
    open_services: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attestation_files, "BATCH", 3)
    here = open_services()
    for number in range(7):
        here.ledger.attest(
            [f"s{number}", "\u2028é"], ["p" if number % 2 else "q"], ["c"], ["hr"], {"n": number}
        )
    here.handlers.create("csv", "x = 1", source="test")
    text = io.BytesIO()
    counts: list[int] = []
    assert here.attestation_files.export("", text, counts.append) == 8
    assert counts == [3, 6, 8]
    some = io.BytesIO()
    assert here.attestation_files.export("is p", some, _quiet) == 3
    assert [json.loads(line)["attributes"]["n"] for line in some.getvalue().splitlines()] == [1, 3, 5]
    same = here.attestation_files.take(io.BytesIO(text.getvalue()), _quiet)
    assert same.to_json() == {"imported": 0, "already_there": 7, "left_out": 1}
    there = build(Home(root=tmp_path / "there"))
    try:
        assert there.attestation_files.check(text, _quiet) == 8
        assert there.ledger.total() == 0
        assert there.attestation_files.take(text, _quiet).to_json() == {
            "imported": 7,
            "already_there": 0,
            "left_out": 1,
        }
        assert there.attestation_files.take(text, _quiet).imported == 0
        got, gave = there.ledger.find(Filter()), here.ledger.find(Filter(predicates=("p", "q")))
        kept = ("id", "subjects", "predicates", "contexts", "actors", "timestamp_us", "attributes")
        assert [[getattr(each, name) for name in kept] for each in got] == [
            [getattr(each, name) for name in kept] for each in gave
        ]
        assert {each.source for each in got} == {"import: app"}
        assert there.handlers.newest("csv") is None
    finally:
        there.close()


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ('{"subjects": ["alice"], "predic', "line"),
        ("[]", "line"),
        ('{"subjects": ["a"], "subjects": ["b"]}', "line"),
        (LINE | {"subjects": []}, "subjects"),
        (LINE | {"attributes": [1]}, "attributes"),
        (LINE | {"subject": "bob"}, "subject"),
        (LINE | {"timestamp": "yesterday"}, "timestamp"),
        (LINE | {"timestamp": 5}, "timestamp"),
        (LINE | {"id": 'AS-1","x":"'}, "id"),
        (LINE | {"source": "\0"}, "source"),
        ('{"subjects": ["a"], "predicates": ["b"], "contexts": ["c"], "attributes": {"x": NaN}}', "line"),
    ],
)
def test_a_line_that_cannot_be_taken_is_named(open_services: Opener, line: Any, field: str) -> None:
    files = open_services().attestation_files
    with pytest.raises(ErrInvalidAttestation) as caught:
        files.check(_file(LINE, "", line), _quiet)
    assert (caught.value.details["line"], caught.value.details["field"]) == (3, field)


def test_an_id_that_says_something_else_here_or_further_up_is_refused(open_services: Opener) -> None:
    services = open_services()
    stored = services.ledger.attest(["alice"], ["member"], ["TEAM"])
    with pytest.raises(ErrInvalidAttestation) as caught:
        services.attestation_files.check(_file(LINE | {"id": stored.id, "subjects": ["eve"]}), _quiet)
    assert caught.value.details["line"] == 1
    # The same line twice is one; a line without an id is another one each time.
    twice = LINE | {"id": "AS-01KXJ3V9Q2-7M4T0XQZ", "timestamp": "2026-01-01"}
    done = services.attestation_files.take(_file(twice, twice, LINE, LINE), _quiet)
    assert (done.imported, done.already_there) == (3, 1)
    with pytest.raises(ErrInvalidAttestation):
        services.attestation_files.take(
            _file(LINE | {"id": "AS-X"}, LINE | {"id": "AS-X", "contexts": "O"}), _quiet
        )
    assert services.ledger.total() == 4


def test_a_disk_that_fills_up_half_way_leaves_what_the_same_call_completes(
    open_services: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attestation_files, "BATCH", 2)
    services = open_services()
    file = _file(*(LINE | {"id": f"AS-{number}"} for number in range(5)))
    store, room = attestation_files._store, [2]

    def narrow(drafts: Any, tx: Any) -> int:
        if not room[0]:
            raise ErrDiskFull("there")
        room[0] -= 1
        return store(drafts, tx)

    monkeypatch.setattr(attestation_files, "_store", narrow)
    with pytest.raises(ErrDiskFull) as caught:
        services.attestation_files.take(file, _quiet)
    assert caught.value.details["imported"] == 4
    assert "import it again" in caught.value.hint
    room[0] = 3
    assert services.attestation_files.take(file, _quiet).to_json() == {
        "imported": 1,
        "already_there": 4,
        "left_out": 0,
    }
