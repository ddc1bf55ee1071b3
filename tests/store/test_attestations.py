"""The ledger: append-only, ids and order, and filters against a naive reading of the same rows."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qntx_desktop.model.attestation import Attestation, Draft, Filter, check_draft
from qntx_desktop.model.errors import ErrInvalidAttestation, ErrStoreFault
from qntx_desktop.model.events import Attested
from qntx_desktop.store import attestations
from qntx_desktop.store import find as finding
from qntx_desktop.store.transaction import TermCache, Tx
from tests.store.conftest import START_US, Store, in_memory


def put(store: Store, *drafts: Draft) -> list[Attestation]:
    return store.db.write(lambda tx: attestations.insert(tx, drafts))


def draft(subject: str = "s", predicate: str = "p", context: str = "c", **more: object) -> Draft:
    return check_draft(subjects=subject, predicates=predicate, contexts=context, **more)  # type: ignore[arg-type]


def test_what_is_stored_is_what_is_read(store: Store) -> None:
    (made,) = put(
        store,
        check_draft(
            subjects=["Ålice", "bob"],
            predicates=["is"],
            contexts=["x"],
            actors=["me"],
            attributes={"n": [1, None, "ß"]},
            source="cli",
            execution_id=7,
        ),
    )
    with store.db.read() as connection:
        assert attestations.get(connection, made.id) == made
        assert attestations.of_execution(connection, 7) == (made,)
        assert attestations.ids_of_execution(connection, 7) == [made.id]
        assert attestations.count_of_execution(connection, 7) == 1
        assert attestations.get(connection, "AS-nobody") is None
    assert made.attributes == {"n": [1, None, "ß"]}
    assert made.timestamp_us == made.created_at_us > START_US


def test_many_at_once_are_one_event_and_keep_their_order(store: Store) -> None:
    made = put(store, *(draft(f"s{number}", execution_id=3) for number in range(10)))
    assert store.events == [Attested(count=10, last_id=made[-1].id, execution_id=3)]
    with store.db.read() as connection:
        page = attestations.of_execution(connection, 3, limit=4)
        rest = attestations.of_execution(connection, 3, after_seq=page[-1].seq)
        assert page + rest == tuple(made)
        assert attestations.total(connection) == 10


def test_nothing_is_nothing(store: Store) -> None:
    assert put(store) == []
    assert store.events == []


@pytest.mark.parametrize("table", ["attestation", "attestation_term", "term"])
@pytest.mark.parametrize("verb", ["DELETE FROM {}", "UPDATE {} SET {} = 1"])
def test_the_ledger_refuses_change(store: Store, table: str, verb: str) -> None:
    put(store, draft())
    column = {"attestation": "source", "attestation_term": "seq", "term": "value"}[table]
    with pytest.raises(ErrStoreFault) as caught:
        store.db.write(lambda tx: tx.connection.execute(verb.format(table, column)))
    assert "append-only" in caught.value.details["reason"]


def test_a_replace_does_not_get_around_it(store: Store) -> None:
    (made,) = put(store, draft())
    statement = "REPLACE INTO attestation SELECT * FROM attestation"
    with pytest.raises(ErrStoreFault):
        store.db.write(lambda tx: tx.connection.execute(statement))
    with store.db.read() as connection:
        assert attestations.get(connection, made.id) == made


def test_an_id_that_is_drawn_twice_is_drawn_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["AS-1", "AS-1", "AS-1", "AS-2"])
    monkeypatch.setattr(attestations, "new_asids", lambda _at_us, count: [next(drawn) for _ in range(count)])
    assert [each.id for each in (*put(store, draft("a")), *put(store, draft("b")))] == ["AS-1", "AS-2"]


@pytest.mark.parametrize("count", [1, 3, 4, 85, 150])
def test_however_many_come_each_is_whole_and_found_by_its_terms(store: Store, count: int) -> None:
    drafts = [draft(f"s{number}", context=f"c{number % 7}", attributes={"n": number}) for number in range(count)]
    texts = store.db.write(lambda tx: attestations.insert_json(tx, drafts))
    with store.db.read() as connection:
        stored = attestations.since(connection, 0, 1_000)
        for number, each in enumerate(stored):
            assert attestations.find(connection, Filter(subjects=(f"s{number}",))) == (each,)
        assert attestations.count(connection, Filter(contexts=("c0",))) == len(range(0, count, 7))
    assert [json.loads(text) for text in texts] == [each.to_json() for each in stored]
    assert [(each.seq, each.attributes["n"]) for each in stored] == [(n + 1, n) for n in range(count)]


def test_of_many_only_the_id_that_is_taken_is_drawn_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = [f"AS-{number}" for number in range(90)]
    drawn[20], drawn[70] = "AS-3", "AS-19"
    source = iter([*drawn, "AS-new", "AS-newer"])
    monkeypatch.setattr(attestations, "new_asids", lambda _at_us, count: [next(source) for _ in range(count)])
    made = put(store, *(draft(f"s{number}") for number in range(90)))
    drawn[20], drawn[70] = "AS-new", "AS-newer"
    assert [each.id for each in made] == drawn
    with store.db.read() as connection:
        assert attestations.since(connection, 0, 100) == tuple(made)


def test_an_id_that_is_given_twice_is_refused(store: Store) -> None:
    given_id = Draft(asid="AS-X", subjects=("s",), predicates=("p",), contexts=("c",), actors=())
    put(store, given_id)
    with pytest.raises(ErrInvalidAttestation):
        put(store, draft("before"), given_id)
    with store.db.read() as connection:
        assert attestations.total(connection) == 1


def test_newest_is_by_time_and_then_by_insertion(store: Store) -> None:
    late, twin, other, early = put(store, *(draft(str(at), timestamp_us=at) for at in (30, 20, 20, 10)))
    with store.db.read() as connection:
        found = attestations.find(connection, Filter(predicates=("P",)))
        everything = attestations.find(connection, Filter(limit=2))
    assert found == (late, other, twin, early)
    assert everything == (late, other)


WORDS = st.sampled_from(["a", "A", "b", "ß", "SS", "ı", "word two", "İ"])
FIELD = st.lists(WORDS, min_size=1, max_size=3, unique=True)
DRAFTS = st.builds(
    lambda s, p, c, a, at, run: check_draft(
        subjects=s, predicates=p, contexts=c, actors=a, timestamp_us=at, execution_id=run
    ),
    FIELD,
    FIELD,
    FIELD,
    st.lists(WORDS, max_size=2),
    st.integers(1, 5),
    st.sampled_from([None, 1, 2]),
)
ASKED = st.lists(st.sampled_from(["a", "B", "ss", "i̇", "absent"]), max_size=3).map(tuple)
FILTERS = st.builds(
    Filter,
    subjects=ASKED,
    predicates=ASKED,
    contexts=ASKED,
    actors=ASKED,
    execution_id=st.sampled_from([None, None, 1]),
    limit=st.integers(1, 12),
    before=st.one_of(st.none(), st.tuples(st.integers(1, 6), st.integers(0, 20))),
    as_of_us=st.sampled_from([None, None, START_US - 9, START_US - 5, START_US]),
)


def passes(each: Attestation, wanted: Filter) -> bool:
    for terms, asked in (
        (each.subjects, wanted.subjects),
        (each.predicates, wanted.predicates),
        (each.contexts, wanted.contexts),
        (each.actors, wanted.actors),
    ):
        if asked and not {term.casefold() for term in terms} & {term.casefold() for term in asked}:
            return False
    if wanted.as_of_us is not None and each.created_at_us > wanted.as_of_us:
        return False
    return wanted.execution_id in (None, each.execution_id)


@settings(max_examples=120, deadline=None)
@given(drafts=st.lists(DRAFTS, max_size=14), filters=st.lists(FILTERS, min_size=1, max_size=6))
def test_find_and_count_agree_with_a_naive_reading(drafts: list[Draft], filters: list[Filter]) -> None:
    connection = in_memory()
    try:
        half = len(drafts) // 2
        made = attestations.insert(Tx(connection, START_US, TermCache()), drafts[:half])
        made += attestations.insert(Tx(connection, START_US - 5, TermCache()), drafts[half:])  # a clock set back
        newest = sorted(made, key=lambda each: (each.timestamp_us, each.seq), reverse=True)
        for wanted in filters:
            passing = [each for each in newest if passes(each, wanted)]
            paged = [
                each for each in passing if not wanted.before or (each.timestamp_us, each.seq) < wanted.before
            ]
            assert attestations.find(connection, wanted) == tuple(paged[: wanted.limit])
            assert attestations.count(connection, wanted) == len(passing)
    finally:
        connection.close()


def test_pages_meet_without_gap_or_overlap(store: Store) -> None:
    put(store, *(draft(f"s{n % 7}", timestamp_us=1 + n % 5) for n in range(50)))
    seen: list[Attestation] = []
    before = None
    with store.db.read() as connection:
        while page := attestations.find(
            connection, Filter(subjects=("s1", "s2", "s3"), limit=4, before=before)
        ):
            seen.extend(page)
            before = (page[-1].timestamp_us, page[-1].seq)
        assert tuple(seen) == attestations.find(connection, Filter(subjects=("s1", "s2", "s3")))
    assert len(seen) == 21


def test_a_match_beyond_the_newest_rows_of_a_common_field_is_found(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "_WINDOW", 8)
    (old,) = put(store, draft("s", context="rare"))
    put(store, *(draft("s") for _ in range(20)))
    (new,) = put(store, draft("s", context="rare"))
    put(store, *(draft("s", context="other") for _ in range(4)))
    with store.db.read() as connection:
        for limit, expected in ((1, (new,)), (2, (new, old)), (9, (new, old))):
            wanted = Filter(subjects=("s",), contexts=("rare",), limit=limit)
            assert attestations.find(connection, wanted) == expected


def test_a_thousand_terms_in_a_field(store: Store) -> None:
    made = put(store, *(draft(f"s{n}") for n in range(1000)))
    everyone = tuple(f"S{n}" for n in range(1000))
    with store.db.read() as connection:
        found = attestations.find(connection, Filter(subjects=everyone, predicates=("p",), limit=1000))
        assert attestations.count(connection, Filter(subjects=everyone)) == 1000
    assert found == tuple(reversed(made))


@pytest.mark.parametrize(
    "wanted",
    [
        Filter(),
        Filter(subjects=("s",)),
        Filter(subjects=("s", "t"), predicates=("p",), before=(9, 9)),
        Filter(subjects=tuple(f"s{n}" for n in range(100))),
        Filter(execution_id=1, contexts=("c",)),
    ],
)
def test_no_filter_scans_a_table(store: Store, wanted: Filter) -> None:
    put(store, *(draft(f"s{n}") for n in range(100)), draft("s"), draft("t"))
    plans: list[str] = []
    with store.db.read() as connection:
        statements: list[str] = []
        connection.set_trace_callback(statements.append)
        finding.rows(connection, wanted, attestations.COLUMNS)
        connection.set_trace_callback(None)
        for statement in statements:
            plans += [row[3] for row in connection.execute("EXPLAIN QUERY PLAN " + statement)]
    assert plans
    scans = [
        plan for plan in plans if plan.startswith("SCAN") and "USING INDEX attestation_by_time" not in plan
    ]
    assert [plan for plan in scans if "attestation" in plan or "term" in plan or plan == "SCAN a"] == []
    assert not any("json_each" in plan for plan in plans)
