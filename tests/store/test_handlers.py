"""Handler versions as attestations: numbers, times, retirement, and what must not fool the look-up."""

from __future__ import annotations

import pytest

from qntx_desktop.model.attestation import PREDICATE_HANDLER, Draft, check_draft
from qntx_desktop.model.errors import ErrStaleVersion
from qntx_desktop.model.events import HandlerRetired, HandlerSaved
from qntx_desktop.model.handler import HandlerVersion
from qntx_desktop.store import attestations, handlers
from qntx_desktop.store.handler_lines import handler_lines
from tests.store.conftest import Store


def save(store: Store, script_type: str = "csv", code: str = "pass", **options: int) -> HandlerVersion:
    return store.db.write(
        lambda tx: handlers.save_version(
            tx,
            script_type=script_type,
            code=code,
            description="d",
            requires={"a": 1},
            source="cli",
            **options,
        )
    )


def newest(store: Store, script_type: str = "csv") -> HandlerVersion | None:
    with store.db.read() as connection:
        return handlers.newest_active(connection, script_type)


def test_a_version_is_a_self_certifying_attestation(store: Store) -> None:
    made = save(store, code="print('ä')")
    with store.db.read() as connection:
        stored = attestations.get(connection, made.asid)
    assert stored is not None
    assert (stored.subjects, stored.predicates, stored.contexts, stored.actors) == (
        (made.asid,),
        ("ix_handler",),
        ("csv",),
        (made.asid,),
    )
    assert stored.attributes["code"] == "print('ä')"
    assert HandlerSaved(handler=made) in store.events
    assert newest(store) == made


def test_numbers_go_on_and_name_what_they_were_made_from(store: Store) -> None:
    first, second = save(store), save(store, code="second")
    third = save(store, code="third", parent_version=1)
    assert [each.version for each in (first, second, third)] == [1, 2, 3]
    assert (first.parent, second.parent, third.parent) == (None, first.asid, first.asid)
    with store.db.read() as connection:
        assert handlers.versions(connection, "csv") == (third, second, first)
    assert newest(store) == third


def test_a_stale_version_is_refused_and_nothing_is_stored(store: Store) -> None:
    save(store, expected_version=0)
    with pytest.raises(ErrStaleVersion):
        save(store, expected_version=0)
    assert save(store, expected_version=1).version == 2


def test_a_clock_set_back_does_not_let_an_old_version_win(store: Store) -> None:
    save(store)
    store.clock.now_us -= 86_400_000_000
    second = save(store)
    assert newest(store) == second
    store.clock.step_us = 0
    assert newest(store) != save(store)


def test_retiring_hides_every_version_and_saving_brings_the_type_back(store: Store) -> None:
    first, second = save(store), save(store)
    retired = store.db.write(lambda tx: handlers.retire(tx, "csv"))
    assert [each.asid for each in retired] == [second.asid, first.asid]
    assert store.events[-1] == HandlerRetired(script_type="csv")
    assert newest(store) is None
    told = len(store.events)
    assert store.db.write(lambda tx: handlers.retire(tx, "csv")) == ()
    assert len(store.events) == told
    third = save(store)
    assert third.version == 3
    with store.db.read() as connection:
        assert [each.active for each in handlers.versions(connection, "csv")] == [True, False, False]


def test_retiring_one_type_leaves_the_others(store: Store) -> None:
    save(store, "csv")
    kept = save(store, "rss-feed")
    store.db.write(lambda tx: handlers.retire(tx, "csv"))
    assert newest(store, "rss-feed") == kept
    with store.db.read() as connection:
        listed = handlers.newest_of_each(connection)
    assert [(each.script_type, each.active, count) for each, count in listed] == [
        ("csv", False, 1),
        ("rss-feed", True, 1),
    ]


def test_a_list_reads_the_same_without_the_code(store: Store) -> None:
    for _ in range(3):
        save(store, "csv")
    save(store, "Rss-Feed")
    save(store, "mail")
    store.db.write(lambda tx: handlers.retire(tx, "mail"))
    with store.db.read() as connection:
        listed = handlers.newest_of_each(connection)
        lines = handler_lines(connection)
    assert [(line.script_type, line.version, line.versions) for line in lines] == [
        ("csv", 3, 3),
        ("mail", 1, 1),
        ("Rss-Feed", 1, 1),
    ]
    for (version, count), line in zip(listed, lines, strict=True):
        assert (line.script_type, line.version, line.versions) == (version.script_type, version.version, count)
        assert (line.active, line.allowed, line.source) == (version.active, version.allowed, version.source)
        assert (line.created_at_us, line.description) == (version.created_at_us, version.description)
        assert (line.last_status, line.last_duration_ms) == (None, None)


def test_ordinary_attestations_and_impostors_do_not_count(store: Store) -> None:
    real = save(store)
    impostors = [
        check_draft(subjects=f"s{n}", predicates="row", contexts="csv", actors="a") for n in range(500)
    ]
    impostors += [
        Draft(subjects=("AS-F",), predicates=(PREDICATE_HANDLER,), contexts=("csv",), actors=("AS-F",)),
        Draft(asid="AS-G", subjects=("AS-G",), predicates=(PREDICATE_HANDLER,), contexts=("csv",), actors=()),
        Draft(
            asid="AS-H",
            subjects=("AS-H",),
            predicates=(PREDICATE_HANDLER, "also"),
            contexts=("csv",),
            actors=("AS-H",),
        ),
    ]
    store.db.write(lambda tx: attestations.insert(tx, impostors))
    assert newest(store) == real
    with store.db.read() as connection:
        assert handlers.versions(connection, "csv") == (real,)


def test_the_look_up_walks_one_range_whatever_else_there_is(store: Store) -> None:
    save(store)
    with store.db.read() as connection:
        plan = [
            row[3] for row in connection.execute("EXPLAIN QUERY PLAN " + handlers._NEWEST_ACTIVE, ("csv",))
        ]
    assert not any("SCAN" in step or "TEMP B-TREE" in step for step in plan), plan
    assert any("PRIMARY KEY (term=?)" in step for step in plan), plan
