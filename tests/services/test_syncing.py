"""Syncing as a job: readers see exactly one whole commit, and a sync that fails changes nothing but its record."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qntx_desktop.app.container import Services
from qntx_desktop.model.job import Job, JobStatus, Trigger
from tests.git_server import Repository, Server, git

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
FEED = b'# /// script\n# [tool.qntx]\n# script_type = "feed"\n# ///\nprint(1)\n'


@pytest.fixture
def repository(git_server: Server) -> Repository:
    return Repository(git_server.root / "r.git")


@pytest.fixture
def sync(services: Services, git_server: Server) -> Callable[[], Job]:
    services.sources.add("feeds", "git", {"url": git_server.url()})

    def run() -> Job:
        request = services.sources.sync_request(services.sources.get("feeds"), Trigger.CLI)
        return services.runner.run_until(services.queue.enqueue(request).id)

    return run


def seen(services: Services) -> dict[str, bytes]:
    """What a person finds in the folder."""
    root = services.home.code / "feeds"
    return {str(each.relative_to(root)): each.read_bytes() for each in root.rglob("*") if each.is_file()}


def test_a_sync_shows_the_commit_everywhere(
    services: Services, repository: Repository, sync: Callable[[], Job]
) -> None:
    commit = repository.files({"lib/feed.py": FEED})
    job = sync()
    assert (job.status, job.result["commit"], job.reference_type) == (
        JobStatus.COMPLETED,
        commit,
        "code_source",
    )
    source = services.sources.get("feeds")
    assert source.revision is not None
    assert (source.revision.commit, source.last_sync_error, source.failures) == (commit, None, 0)
    assert source.last_sync_at_us is not None
    assert seen(services) == {"lib/feed.py": FEED}
    assert services.sources.files("feeds").read("lib/feed.py") == FEED
    found = services.sources.find("feed")
    assert found is not None
    assert (found[0].name, found[1]) == ("feeds", "lib/feed.py")
    told = services.queue.execution_of(job.id)
    assert told is not None
    assert told.stdout == f"feeds is at {commit[:12]} now (1 added).\n"
    assert job.progress_message == ""
    assert sync().result["unchanged"] is True
    newest, first = services.sources.history("feeds")
    assert (first["status"], first["added"], first["trigger"], first["to_commit"]) == (
        "completed",
        1,
        "cli",
        commit,
    )
    assert newest["status"] == "unchanged"
    assert first["received_bytes"] > 0


def test_a_failed_sync_keeps_the_files_and_is_told(
    services: Services, repository: Repository, git_server: Server, sync: Callable[[], Job]
) -> None:
    repository.files({"a": b"1"})
    sync()
    git_server.mood = "503"
    for count in (1, 2):
        job = sync()
        assert job.status is JobStatus.FAILED
        source = services.sources.get("feeds")
        assert source.last_sync_error is not None
        assert (source.last_sync_error["code"], source.failures) == ("remote_unreachable", count)
    assert services.runner.paused is None
    assert seen(services) == {"a": b"1"}
    git_server.mood = ""
    repository.files({"a": b"2"})
    assert sync().status is JobStatus.COMPLETED
    source = services.sources.get("feeds")
    assert (source.last_sync_error, source.failures, seen(services)) == (None, 0, {"a": b"2"})


def test_a_hostile_commit_is_refused_and_the_old_one_stays(
    services: Services, repository: Repository, sync: Callable[[], Job]
) -> None:
    repository.files({"a": b"1"})
    sync()
    repository.commit(repository.tree(("120000", b"link", repository.blob(b"/etc/passwd"))))
    job = sync()
    assert job.error is not None
    assert (job.error["code"], job.error["details"]["path"]) == ("sync_failed", "link")
    assert seen(services) == {"a": b"1"}


def test_a_rewritten_branch_is_followed_and_a_deleted_one_keeps_the_files(
    services: Services, repository: Repository, sync: Callable[[], Job]
) -> None:
    repository.files({"a": b"main"})
    repository.files({"a": b"1"}, branch="dev")
    services.sources.update("feeds", {"branch": "dev"})
    sync()
    rewritten = repository.files({"a": b"2"}, branch="dev")  # a commit without a parent, where there was one
    assert sync().result["commit"] == rewritten
    assert seen(services) == {"a": b"2"}
    git("update-ref", "-d", "refs/heads/dev", at=repository.path)
    job = sync()
    assert job.error is not None
    assert (job.error["code"], job.error["details"]["reason"]) == ("sync_failed", "no_branch")
    assert "dev" in job.error["message"]
    assert seen(services) == {"a": b"2"}
    source = services.sources.get("feeds")
    assert source.revision is not None
    assert (source.revision.commit, source.failures) == (rewritten, 1)


def test_another_address_keeps_the_old_files_until_it_is_whole(
    services: Services, repository: Repository, git_server: Server, sync: Callable[[], Job]
) -> None:
    repository.files({"a": b"1"})
    sync()
    services.sources.update("feeds", {"url": git_server.url("other.git")})
    assert sync().status is JobStatus.FAILED
    assert seen(services) == {"a": b"1"}
    Repository(git_server.root / "other.git").files({"b": b"2"})
    assert sync().status is JobStatus.COMPLETED
    assert seen(services) == {"b": b"2"}


def test_review_holds_a_revision_until_it_is_accepted(
    services: Services, repository: Repository, git_server: Server, sync: Callable[[], Job]
) -> None:
    repository.files({"a": b"1"})
    services.sources.update("feeds", {"review": True})
    sync()
    second = repository.files({"a": b"2"})
    sync()
    source = services.sources.get("feeds")
    assert source.held is not None
    assert (source.held.commit, seen(services)) == (second, {"a": b"1"})
    newest = services.queue.list()[0]
    assert (newest.result["held"], newest.result["changed"]) == (True, 1)
    services.sources.accept("feeds")
    assert seen(services) == {"a": b"2"}
    assert services.sources.get("feeds").held is None


def test_a_held_revision_that_is_turned_down_is_not_offered_again(
    services: Services, repository: Repository, sync: Callable[[], Job]
) -> None:
    first = repository.files({"a": b"1"})
    services.sources.update("feeds", {"review": True})
    sync()
    repository.files({"a": b"2"})
    sync()
    services.sources.roll_back("feeds", first)
    assert services.sources.get("feeds").held is None
    assert sync().result["unchanged"] is True
    assert (services.sources.get("feeds").held, seen(services)) == (None, {"a": b"1"})
    third = repository.files({"a": b"3"})
    sync()
    held = services.sources.get("feeds").held
    assert held is not None
    assert held.commit == third


def test_what_waits_for_a_yes_looks_again_when_its_source_goes_back(
    services: Services, repository: Repository, sync: Callable[[], Job]
) -> None:
    first = repository.files({"feed.py": b"print('plain')\n"})
    sync()
    repository.files({"feed.py": b'# /// script\n# [tool.qntx]\n# secrets = ["k"]\n# ///\nprint(1)\n'})
    sync()
    job = services.runner.run_until(services.runs.ix("feeds/feed.py", base=None, bare=True).id)
    assert job.waiting_code == "permission_required"
    services.sources.roll_back("feeds", first)
    assert services.queue.get(job.id).waiting_code is None
    assert services.runner.run_until(job.id).status == "completed"
    execution = services.queue.execution_of(job.id)
    assert execution is not None
    assert execution.stdout == "plain\n"


def test_rolling_back_lasts_until_another_commit(
    services: Services, repository: Repository, sync: Callable[[], Job]
) -> None:
    first = repository.files({"a": b"1"})
    sync()
    repository.files({"a": b"2"})
    sync()
    services.sources.roll_back("feeds", first[:10])
    assert seen(services) == {"a": b"1"}
    sync()
    assert seen(services) == {"a": b"1"}
    repository.files({"a": b"3"})
    sync()
    assert seen(services) == {"a": b"3"}


def test_old_revisions_go_but_not_one_that_is_in_use(
    services: Services, repository: Repository, sync: Callable[[], Job]
) -> None:
    repository.files({"a": b"0"})
    sync()
    held = services.sources.folder(services.sources.get("feeds"))
    with services.sources.holding(held):
        for number in range(1, 8):
            repository.files({"a": str(number).encode()})
            sync()
        assert (held / "a").read_bytes() == b"0"
    sync()
    assert not held.exists()
    assert len(services.sources.revisions("feeds")) == 5


def test_fifty_requests_during_a_sync_make_one_more(
    services: Services, repository: Repository, git_server: Server, sync: Callable[[], Job], heard: Any
) -> None:
    repository.files({"a": b"1"})
    git_server.mood = "hang"
    request = services.sources.sync_request(services.sources.get("feeds"))
    services.runner.start()
    first = services.queue.enqueue(request)
    assert git_server.asked.wait(20)
    ids = {services.queue.enqueue(request).id for _ in range(50)}
    assert len(ids) == 1
    git_server.mood = ""
    git_server.free.set()
    heard.ended(first)
    heard.ended(services.queue.get(ids.pop()))
    assert len(services.sources.history("feeds")) == 2


def test_a_due_interval_makes_a_job_and_failures_make_it_rarer(
    services: Services, repository: Repository, git_server: Server, sync: Callable[[], Job]
) -> None:
    services.sources.update("feeds", interval_seconds=60)
    now = services.clock()
    made = services.sources.enqueue_due(now, services.queue.enqueue)
    source = services.sources.get("feeds")
    assert made == 1
    assert source.next_sync_at_us is not None
    assert 60e6 <= source.next_sync_at_us - now <= 66e6
    assert services.sources.enqueue_due(now, services.queue.enqueue) == 0
    git_server.mood = "503"
    for _ in range(4):
        sync()
    source = services.sources.get("feeds")
    assert source.next_sync_at_us is not None
    assert source.next_sync_at_us - services.clock() > 600e6
    services.sources.enable("feeds", False)
    assert services.sources.enqueue_due(2**60, services.queue.enqueue) == 0


def test_a_clock_that_goes_back_stops_no_interval(services: Services) -> None:
    services.sources.add("feeds", "git", {"url": "https://example.com/a/b.git"}, interval_seconds=3600)
    now, made = services.clock(), services.queue.enqueue
    assert services.syncing.enqueue_due(now, made) == 1
    day_before = now - 86_400_000_000
    assert services.syncing.enqueue_due(day_before, made) == 0
    assert services.syncing.enqueue_due(day_before, made, clock_changed=True) == 0
    at_us = services.sources.get("feeds").next_sync_at_us
    assert at_us is not None
    assert 3600e6 <= at_us - day_before < 4000e6
    assert services.syncing.enqueue_due(now, made, clock_changed=True) == 1


def test_a_link_that_a_lost_process_left_behind_is_put_right(
    services: Services, repository: Repository, sync: Callable[[], Job]
) -> None:
    repository.files({"a": b"1"})
    sync()
    source = services.sources.get("feeds")
    link = services.home.code / "feeds"
    link.unlink()
    link.symlink_to("../nowhere")
    left = services.home.sources / str(source.id) / "part-123"
    left.mkdir()
    services.sources.mend()
    assert seen(services) == {"a": b"1"}
    assert not left.exists()


def test_removing_takes_everything(
    services: Services, repository: Repository, sync: Callable[[], Job]
) -> None:
    repository.files({"a": b"1"})
    sync()
    shelf = services.home.sources / str(services.sources.get("feeds").id)
    services.sources.remove("feeds")
    assert not shelf.exists()
    assert not os.path.lexists(services.home.code / "feeds")
    with services.db.read() as connection:
        assert connection.execute("SELECT count(*) FROM code_revision").fetchone() == (0,)


def test_kept_files_become_a_plain_folder(
    services: Services, repository: Repository, sync: Callable[[], Job]
) -> None:
    repository.files({"a": b"1"})
    sync()
    services.sources.remove("feeds", keep_files=True)
    assert seen(services) == {"a": b"1"}
    assert not (services.home.code / "feeds").is_symlink()


def test_git_is_there() -> None:
    assert git("--version", at=Path.cwd()).startswith("git version")
