"""What many attest at once: who shares a commit with whom, and whose error is whose."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

import pytest

from qntx_desktop.api.attesting import Attesting
from qntx_desktop.model.attestation import Draft, check_draft
from qntx_desktop.model.errors import ErrDiskFull, ErrInvalidAttestation, QntxError

PATIENCE_S = 60.0


def draft(name: str) -> Draft:
    return check_draft(subjects=name, predicates="p", contexts="c")


class Store:
    """Takes drafts when it is let; the first of a name that is not wanted makes a whole batch fail."""

    def __init__(self, bad: str = "", error: Callable[[], Exception] = lambda: ValueError("a defect")) -> None:
        self.bad, self.error = bad, error
        self.batches: list[list[str]] = []
        self.began, self.let = threading.Semaphore(0), threading.Semaphore(0)

    def attest_json(self, drafts: Sequence[Draft]) -> list[bytes]:
        names = [each.subjects[0] for each in drafts]
        self.batches.append(names)
        self.began.release()
        assert self.let.acquire(timeout=PATIENCE_S)
        if self.bad in names:
            raise self.error()
        return [name.encode() for name in names]


def in_loop(store: Store, work: Callable[[Attesting], Coroutine[Any, Any, Any]]) -> Any:
    async def whole() -> Any:
        attesting = Attesting(store.attest_json)
        try:
            return await asyncio.wait_for(work(attesting), PATIENCE_S)
        finally:
            await attesting.close()

    return asyncio.run(whole())


async def behind_one(store: Store, attesting: Attesting, *names: str) -> list[Any]:
    """Ask for one, and for the others while it is stored."""
    first = asyncio.ensure_future(attesting.attest(draft("first")))
    await asyncio.to_thread(store.began.acquire, timeout=PATIENCE_S)
    others = [asyncio.ensure_future(attesting.attest(draft(name))) for name in names]
    for _ in range(1 + 1 + len(names)):
        store.let.release()
    return await asyncio.gather(first, *others, return_exceptions=True)


def test_who_comes_during_a_commit_shares_the_next_one() -> None:
    store = Store()
    names = [f"n{number}" for number in range(20)]
    assert in_loop(store, lambda each: behind_one(store, each, *names)) == [
        b"first",
        *(name.encode() for name in names),
    ]
    assert store.batches == [["first"], names]


def test_one_that_is_refused_takes_nobody_along() -> None:
    store = Store("b", lambda: ErrInvalidAttestation("subjects", "is not wanted"))
    first, a, b, c = in_loop(store, lambda each: behind_one(store, each, "a", "b", "c"))
    assert (first, a, c) == (b"first", b"a", b"c")
    assert isinstance(b, QntxError)
    assert b.code == "invalid_attestation"
    assert store.batches == [["first"], ["a", "b", "c"], ["a"], ["b"], ["c"]]


@pytest.mark.parametrize("error", [lambda: ErrDiskFull("somewhere"), lambda: ValueError("a defect")])
def test_what_is_wrong_with_the_store_is_told_each_once(error: Callable[[], Exception]) -> None:
    store = Store("a", error)
    first, a, b = in_loop(store, lambda each: behind_one(store, each, "a", "b"))
    assert first == b"first"
    for told in (a, b):
        assert getattr(told, "code", "") == getattr(error(), "code", "")
        assert isinstance(told, Exception)
    assert store.batches == [["first"], ["a", "b"]]


def test_who_gives_up_hinders_nobody_and_what_was_asked_for_is_stored() -> None:
    store = Store()

    async def work(attesting: Attesting) -> bytes:
        tasks = [asyncio.ensure_future(attesting.attest(draft(name))) for name in ("a", "b", "c")]
        await asyncio.to_thread(store.began.acquire, timeout=PATIENCE_S)
        for task in tasks[:2]:
            task.cancel()
        for _ in tasks:
            store.let.release()
        return await tasks[2]

    assert in_loop(store, work) == b"c"
    assert sorted(name for batch in store.batches for name in batch) == ["a", "b", "c"]
