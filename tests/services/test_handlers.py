"""Versions pile up, nothing is overwritten, and what is remembered is never older than what is stored."""

from __future__ import annotations

import pytest

from qntx_desktop.app.container import Services
from qntx_desktop.model.errors import (
    ErrEmptyCode,
    ErrHandlerNotFound,
    ErrInvalidHandlerName,
    ErrStaleVersion,
    ErrStoreBusy,
    ErrSyntax,
)
from qntx_desktop.model.handler import Requires, requires_of
from qntx_desktop.services import handlers as room

DECLARES = """# /// script
# [tool.qntx]
# timeout = "5s"
# memory = "256MB"
# concurrent = true
# description = "reads a file"
# ///
print(1)
"""


def save(services: Services, code: str = "print(1)", name: str = "csv") -> int:
    return services.handlers.create(name, code, source="test").version


def test_saving_makes_a_new_version_even_of_the_same_code(services: Services) -> None:
    assert [save(services), save(services), save(services, "print(2)")] == [1, 2, 3]
    history = services.handlers.history("csv")
    assert [each.version for each in history] == [3, 2, 1]
    assert history[0].parent == history[1].asid
    newest = services.handlers.newest("csv")
    assert newest is not None
    assert (newest.version, newest.code, newest.source) == (3, "print(2)", "test")


def test_metadata_is_kept_with_the_version(services: Services) -> None:
    save(services, DECLARES)
    kept = services.handlers.show("csv")
    assert kept.description == "reads a file"
    requires = requires_of(kept.requires)
    assert (requires.timeout_s, requires.concurrent) == (5.0, True)
    assert requires.memory_bytes == services.check_code(DECLARES).memory_bytes != Requires().memory_bytes
    assert services.handlers.create("csv", DECLARES, description="mine", source="x").description == "mine"


@pytest.mark.parametrize("name", ["", "CSV", "a_b", "../x", "a b", "-a", "x" * 65, "сsv"])
def test_a_bad_name_is_refused_before_the_code_is_looked_at(services: Services, name: str) -> None:
    with pytest.raises(ErrInvalidHandlerName):
        services.handlers.create(name, "((", source="test")
    assert services.handlers.entries() == ()


def test_bad_code_is_not_saved_and_the_live_version_stays(services: Services) -> None:
    save(services)
    with pytest.raises(ErrSyntax) as caught:
        save(services, "x = 1\nif x\n")
    assert caught.value.details["line"] == 2
    assert "live version keeps running" in caught.value.hint
    for empty in ("", "  \n", "# only a comment\n"):
        with pytest.raises(ErrEmptyCode):
            save(services, empty)
    assert services.handlers.show("csv").version == 1


def test_a_stale_save_is_refused(services: Services) -> None:
    save(services)
    save(services)
    with pytest.raises(ErrStaleVersion):
        services.handlers.create("csv", "print(9)", source="test", expected_version=1)
    assert services.handlers.create("csv", "print(9)", source="test", expected_version=2).version == 3


def test_diff_between_versions(services: Services) -> None:
    save(services, "a = 1\nb = 2\n")
    save(services, "a = 1\nb = 3")
    text = services.handlers.diff("csv")
    assert text.startswith("--- csv v1\n+++ csv v2\n")
    assert "-b = 2\n+b = 3\n\\ No newline at end of file\n" in text
    assert services.handlers.diff("csv", 2, 2) == ""
    assert "-b = 3" in services.handlers.diff("csv", 2, 1)
    assert "--- nothing" in services.handlers.diff("csv", None, 1)
    with pytest.raises(ErrHandlerNotFound):
        services.handlers.diff("csv", 1, 7)


def test_retire_and_restore(services: Services) -> None:
    save(services, "print('one')")
    save(services, "print('two')")
    assert {each.version for each in services.handlers.retire("csv")} == {1, 2}
    assert services.handlers.newest("csv") is None
    assert services.handlers.show("csv").active is False
    assert services.handlers.retire("csv") == ()
    restored = services.handlers.restore("csv", 1)
    assert (restored.version, restored.code, restored.active) == (3, "print('one')", True)
    assert restored.parent == services.handlers.show("csv", 1).asid
    newest = services.handlers.newest("csv")
    assert newest is not None
    assert newest.version == 3
    for call in (lambda: services.handlers.restore("csv", 9), lambda: services.handlers.retire("tsv")):
        with pytest.raises(ErrHandlerNotFound):
            call()


def test_entries_name_each_type_once(services: Services) -> None:
    save(services)
    save(services)
    save(services, name="rss-feed")
    services.handlers.retire("rss-feed")
    entries = services.handlers.entries()
    assert [(each.newest.script_type, each.versions, each.newest.active) for each in entries] == [
        ("csv", 2, True),
        ("rss-feed", 1, False),
    ]


def test_a_negative_answer_is_remembered_and_dropped_on_saving(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    real = room.stored.newest_active

    def counted(connection: object, name: str) -> object:
        asked.append(name)
        return real(connection, name)

    monkeypatch.setattr(room.stored, "newest_active", counted)
    assert [services.handlers.newest("csv") for _ in range(3)] == [None] * 3
    assert asked == ["csv"]
    save(services)
    for _ in range(3):
        newest = services.handlers.newest("csv")
        assert newest is not None
    assert asked == ["csv", "csv"]


def test_what_another_process_saves_is_seen(services: Services, open_services) -> None:
    other = open_services()
    assert services.handlers.newest("csv") is None
    save(other)
    assert services.watch.check()
    newest = services.handlers.newest("csv")
    assert newest is not None
    assert newest.version == 1
    other.handlers.retire("csv")
    assert services.handlers.newest_stored("csv") is None
    services.watch.check()
    assert services.handlers.newest("csv") is None


def test_own_writes_are_not_taken_for_those_of_others(services: Services) -> None:
    save(services)
    assert services.watch.check() is False


def test_a_change_during_the_look_up_wins(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    real = room.stored.newest_active

    def slow(connection: object, name: str) -> object:
        found = real(connection, name)
        monkeypatch.setattr(room.stored, "newest_active", real)
        save(services)
        return found

    monkeypatch.setattr(room.stored, "newest_active", slow)
    assert services.handlers.newest("csv") is None
    newest = services.handlers.newest("csv")
    assert newest is not None
    assert newest.version == 1


def test_a_failing_store_is_never_no_handler(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(connection: object, name: str) -> object:
        raise ErrStoreBusy("x")

    monkeypatch.setattr(room.stored, "newest_active", fails)
    for _ in range(2):
        with pytest.raises(ErrStoreBusy):
            services.handlers.newest("csv")
        with pytest.raises(ErrStoreBusy):
            services.ix.route("csv")
