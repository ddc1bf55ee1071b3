"""The ledger stores what is checked, and nothing else."""

from __future__ import annotations

import json

import pytest

from qntx_desktop.app.container import Services
from qntx_desktop.model.attestation import Draft, Filter
from qntx_desktop.model.errors import ErrAttestationNotFound, ErrInvalidAttestation, ErrInvalidQuery
from qntx_desktop.store import attestations


def test_what_is_attested_is_found_newest_first(services: Services) -> None:
    first = services.ledger.attest("anna", "lives_in", "Zürich", "hr", {"since": 1999})
    second = services.ledger.attest(["bert"], ["lives_in"], ["Bern"])
    assert [each.id for each in services.ledger.ax("is LIVES_IN")] == [second.id, first.id]
    assert services.ledger.get(first.id).attributes == {"since": 1999}
    assert services.ledger.total() == 2
    assert services.ledger.count(Filter(subjects=("ANNA",))) == 1


@pytest.mark.parametrize("predicate", ["ix_handler", "IX_Handler", "ix_handler_retired"])
def test_a_handler_cannot_be_forged(services: Services, predicate: str) -> None:
    with pytest.raises(ErrInvalidAttestation) as caught:
        services.ledger.attest("AS-1", predicate, "csv", "AS-1", {"code": "1", "version": 99})
    assert caught.value.details["field"] == "predicates"
    draft = Draft(subjects=("a",), predicates=(predicate,), contexts=("csv",), actors=())
    with pytest.raises(ErrInvalidAttestation):
        services.ledger.attest_many([draft])
    with pytest.raises(ErrInvalidAttestation):
        services.ledger.as_(f"a is {predicate} of csv")
    assert services.ledger.total() == 0
    assert services.handlers.newest("csv") is None


def test_one_bad_draft_keeps_all_out(services: Services) -> None:
    good = Draft(subjects=("a",), predicates=("b",), contexts=("c",), actors=())
    bad = Draft(subjects=("a",), predicates=("ix_handler",), contexts=("c",), actors=())
    with pytest.raises(ErrInvalidAttestation):
        services.ledger.attest_many([good, bad])
    assert services.ledger.total() == 0


def test_the_as_language(services: Services) -> None:
    made = services.ledger.as_("alice is member of TEAM by hr", {"n": 1})
    assert (made.subjects, made.predicates, made.contexts, made.actors) == (
        ("alice",),
        ("member",),
        ("TEAM",),
        ("hr",),
    )
    assert made.source == "cli"
    assert services.ledger.as_(["JACK", "manager", "IBM"]).contexts == ("IBM",)
    with pytest.raises(ErrInvalidAttestation):
        services.ledger.as_("")


@pytest.mark.parametrize("limit", [0, -1, 1_000_001])
def test_a_limit_out_of_range_is_refused(services: Services, limit: int) -> None:
    with pytest.raises(ErrInvalidQuery):
        services.ledger.ax("alice", limit=limit)


def test_an_answer_in_texts_is_the_same_and_is_not_read_beyond_its_room(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.ledger.attest_many(
        [
            Draft(subjects=(f"a{n}",), predicates=("is",), contexts=("c",), actors=(), timestamp_us=7 * n % 251)
            for n in range(250)
        ]
    )
    for limit in (1, 100, 101, 249, 1_000):
        texts = services.ledger.texts("of c", limit, 1 << 20)
        found = services.ledger.ax("of c", limit)
        assert [json.loads(each) for each in texts] == [each.to_json() for each in found]
    read, original = [], attestations.json_of
    monkeypatch.setattr(attestations, "json_of", lambda *args: read.append(1) or original(*args))
    for limit in (100, 1_000):
        with pytest.raises(ErrInvalidQuery):
            services.ledger.texts("of c", limit, 3_000)
    assert len(read) == 1
    with pytest.raises(ErrInvalidQuery):
        services.ledger.texts("of c", 0, 3_000)


def test_an_unknown_id_is_not_found(services: Services) -> None:
    with pytest.raises(ErrAttestationNotFound):
        services.ledger.get("AS-NOPE")
