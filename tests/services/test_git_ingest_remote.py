"""`ix git` of an address: everything that its branches and tags lead to, from a real server; nothing stays."""

from __future__ import annotations

import pytest

from qntx_desktop.app.container import Services
from qntx_desktop.model.attestation import Filter
from qntx_desktop.model.job import Execution, Job
from tests.git_server import Repository, Server, git


@pytest.fixture
def repository(git_server: Server) -> Repository:
    return Repository(git_server.root / "r.git")


def asked(services: Services, *words: str) -> Job:
    return services.runs.ix(["ix", *words], base=None, bare=False)


def run(services: Services, *words: str) -> tuple[Job, Execution]:
    job = services.runner.run_until(asked(services, *words).id)
    execution = services.queue.execution_of(job.id)
    assert execution is not None
    assert not list(services.home.work.glob("run-*"))
    return job, execution


def test_an_address_is_fetched_told_and_thrown_away(
    services: Services, git_server: Server, repository: Repository
) -> None:
    first = repository.files({"go.mod": b"module example.com/m\nrequire example.com/x v1.0.0\n"})
    dev = repository.files({"a": b"1"}, branch="dev")
    git("tag", "-a", "v1", "-m", "One", first, at=repository.path)
    job, execution = run(services, git_server.url())
    assert job.result is not None
    assert {name: job.result[name] for name in ("commits", "branches", "tags", "dependencies")} == {
        "commits": 2,
        "branches": 2,
        "tags": 1,
        "dependencies": 1,
    }
    assert [(each.host, each.arrival) for each in execution.connections] == [("127.0.0.1", "connected")]
    told = services.ledger.find(Filter(predicates=("is_commit",)))
    assert {each.subjects[0] for each in told} == {first, dev}
    assert {each.contexts for each in told} == {(git_server.url().removesuffix(".git"),)}

    assert run(services, "git", git_server.url(), "--since", "last_run")[0].result["unchanged"] is True
    repository.files({"a": b"2"}, branch="dev")  # the history was rewritten
    git("update-ref", "-d", "refs/tags/v1", at=repository.path)
    later = run(services, git_server.url("r.git/"), "--since", "last_run")[0].result
    assert (later["commits"], later["tags"]) == (1, 0)
    newest = services.ledger.find(Filter(subjects=("dev",), predicates=("points_to",)))
    assert len(newest) == 2


@pytest.mark.parametrize(
    ("mood", "reasons"),
    [
        ("401", {"unauthorized"}),
        ("404", {"not_found"}),
        ("503", {"server_error"}),
        ("page", {"not_git"}),
        ("cut", {"cut", "protocol"}),
        ("cut-pack", {"cut", "protocol"}),
    ],
)
def test_a_server_that_misbehaves_fails_the_job_and_leaves_nothing(
    services: Services, git_server: Server, repository: Repository, mood: str, reasons: set[str]
) -> None:
    repository.files({"a": b"1"})
    git_server.mood = mood
    job, execution = run(services, git_server.url())
    assert job.status == "failed"
    assert job.error is not None
    assert execution.error is not None
    assert execution.error["code"] in ("remote_unreachable", "job_failed")
    assert execution.error["details"]["reason"] in reasons
    assert execution.error["hint"]
    assert [each.arrival for each in execution.connections] == ["failed"]
    assert services.ledger.total() == 0
    git_server.mood = ""
    assert run(services, git_server.url(), "--since", "last_run")[0].result["attested"] == 5


def test_offline_asks_nobody(services: Services, git_server: Server, repository: Repository) -> None:
    repository.files({"a": b"1"})
    services.options.set("network.offline", True)
    job, execution = run(services, git_server.url())
    assert job.status == "failed"
    assert [(each.verdict, each.arrival) for each in execution.connections] == [("offline", "")]
    assert git_server.seen == []


def test_cancelling_a_server_that_hangs(
    services: Services, git_server: Server, repository: Repository, heard
) -> None:
    repository.files({"a": b"1"})
    git_server.mood = "hang"
    services.runner.start()
    job = asked(services, git_server.url())
    assert git_server.asked.wait(30)
    services.runner.cancel(job.id)
    assert heard.ended(job).status == "cancelled"
    git_server.free.set()


def test_two_addresses_at_once_do_not_mix(services: Services, git_server: Server, heard) -> None:
    names = ("one", "two")
    tips = {name: Repository(git_server.root / f"{name}.git").files({name: b"1"}) for name in names}
    services.runner.start()
    jobs = [asked(services, git_server.url(f"{name}.git")) for name in names]
    assert {heard.ended(each).status for each in jobs} == {"completed"}
    for name, tip in tips.items():
        (told,) = services.ledger.find(Filter(subjects=(tip,), predicates=("is_commit",)))
        assert told.contexts == (git_server.url(name),)
