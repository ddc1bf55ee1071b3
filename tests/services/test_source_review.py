"""What another revision would change, and trying addresses."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from qntx_desktop.app.backing import open_backups
from qntx_desktop.app.container import Services
from qntx_desktop.app.paths import Home
from qntx_desktop.model.errors import (
    ErrFileNotFound,
    ErrInvalidSource,
    ErrPathOutsideSource,
    ErrRemoteUnreachable,
    ErrSourceNotFound,
    ErrStaleFile,
)
from qntx_desktop.model.finding import State
from qntx_desktop.services.home_check import check_home
from qntx_desktop.services.source_files import MAX_FILE_BYTES
from tests.git_server import Repository, Server, git

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


@pytest.fixture
def repository(git_server: Server) -> Repository:
    return Repository(git_server.root / "r.git")


@pytest.fixture
def sync(services: Services, git_server: Server) -> Callable[[], None]:
    services.sources.add("feeds", "git", {"url": git_server.url(), "review": True})

    def run() -> None:
        request = services.sources.sync_request(services.sources.get("feeds"))
        assert services.runner.run_until(services.queue.enqueue(request).id).status == "completed"

    return run


def test_what_waits_is_shown_file_by_file(
    services: Services, repository: Repository, sync: Callable[[], None]
) -> None:
    first = repository.files({"a.py": b"x = 1\ny = 2\n", "gone": b"g\n", "pic": b"\0\1", "same": b"s"})
    sync()
    review = services.source_review
    with pytest.raises(ErrInvalidSource):
        review.changes("feeds")
    repository.files({"a.py": b"x = 1\ny = 3\n", "lib/new": b"n", "pic": b"\0\2", "same": b"s"})
    sync()
    assert [(each.path, each.kind) for each in review.changes("feeds")] == [
        ("a.py", "changed"),
        ("gone", "removed"),
        ("lib/new", "added"),
        ("pic", "changed"),
    ]
    assert review.diff("feeds", "a.py").lines[3:] == (" x = 1", "-y = 2", "+y = 3")
    assert review.diff("feeds", "lib/new").lines[:2] == ("--- /dev/null", "+++ b/lib/new")
    assert review.diff("feeds", "gone").lines[1] == "+++ /dev/null"
    assert (review.diff("feeds", "pic").lines, review.diff("feeds", "pic").note) == ((), "a binary file")
    with pytest.raises(ErrFileNotFound):
        review.diff("feeds", "nowhere")
    with pytest.raises(ErrPathOutsideSource):
        review.diff("feeds", "../../x")
    held = services.sources.get("feeds").held
    assert held is not None
    services.sources.accept("feeds")
    assert [each.kind for each in review.changes("feeds", first[:8])] == ["changed", "added", "removed", "changed"]
    services.sources.roll_back("feeds", first)
    back, accepted, *_ = services.sources.history("feeds")
    assert (back["status"], back["from_commit"], back["to_commit"]) == ("rolled_back", held.commit, first)
    assert (accepted["status"], accepted["from_commit"], accepted["to_commit"]) == ("accepted", first, held.commit)
    assert (back["job_id"], back["trigger"]) == (None, "manual")


def test_a_revision_without_its_list_of_files_is_compared_by_content(
    services: Services, repository: Repository, sync: Callable[[], None]
) -> None:
    repository.files({"a": b"1", "same": b"s"})
    sync()
    repository.files({"a": b"2", "same": b"s"})
    sync()
    for path in (services.home.sources).rglob("*.json"):
        path.unlink()
    assert [each.path for each in services.source_review.changes("feeds")] == ["a"]


def test_an_address_is_tried_before_it_is_kept(
    services: Services, repository: Repository, git_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    sha = repository.files({"a": b"1"})
    git("tag", "v1", sha, at=repository.path)
    repository.files({"a": b"2"}, branch="dev")
    offers = services.syncing.look(git_server.url())
    assert (offers.branches, offers.tags, offers.default_branch) == (("dev", "main"), ("v1",), "main")
    monkeypatch.setenv("QNTX_PASSPHRASE", "of the test")
    git_server.token = "kept-token"
    services.sources.add("feeds", "git", {"url": git_server.url()}, token="kept-token")
    assert services.syncing.look(git_server.url(), name="feeds").tags == ("v1",)
    for wrong in ("another-token", ""):
        with pytest.raises(ErrRemoteUnreachable) as refused:
            services.syncing.look(git_server.url(), token=wrong, name="feeds")
        assert refused.value.details["reason"] == "unauthorized"
    git_server.seen.clear()
    with pytest.raises(ErrRemoteUnreachable):  # a port of its own is a server of its own: the token stays here
        services.syncing.look(git_server.url().replace("127.0.0.1", "localhost"), name="feeds")
    assert not any(git_server.seen)
    with pytest.raises(ErrSourceNotFound):
        services.syncing.look(git_server.url(), name="nobody")
    services.options.set("network.offline", True)
    with pytest.raises(ErrRemoteUnreachable) as refused:
        services.syncing.look(git_server.url())
    assert refused.value.details["reason"] == "offline"


def test_a_folder_that_somebody_removed_is_fetched_again(
    services: Services, repository: Repository, sync: Callable[[], None]
) -> None:
    repository.files({"a": b"1"})
    sync()
    root = services.sources.places.root(services.sources.get("feeds"))
    assert root is not None
    shutil.rmtree(root)
    services.sources.update("feeds", {"review": False})
    sync()
    assert services.sources.files("feeds").read("a") == b"1"


def test_a_file_that_changed_outside_is_not_written_over(services: Services) -> None:
    files = services.sources.editable_files("manual")
    assert files.stamp("a.py") is None
    files.write("a.py", b"1")
    stamp = files.stamp("a.py")
    assert stamp is not None
    files.write("a.py", b"2", unless_changed=stamp)
    with pytest.raises(ErrStaleFile):
        files.write("a.py", b"3", unless_changed=stamp)
    assert files.read("a.py") == b"2"
    files.delete("a.py")
    with pytest.raises(ErrStaleFile):
        files.write("a.py", b"3", unless_changed=stamp)
    with pytest.raises(ErrInvalidSource):
        files.write("a.py", b"x" * (MAX_FILE_BYTES + 1))


def test_a_backup_holds_the_revision_in_use_whole_and_no_more(
    services: Services, repository: Repository, sync: Callable[[], None], tmp_path: Path
) -> None:
    repository.files({"old.py": b"old"})
    sync()
    repository.files({"lib/a.py": b"x = 1", "b": b"\0\1"})
    sync()
    services.sources.accept("feeds")
    made = open_backups(services.home).make(tmp_path / "x.qntxbackup", lambda *_: None)
    assert not [name for name in made.manifest.files if "objects" in name or "old.py" in name]
    elsewhere = open_backups(Home(root=tmp_path / "elsewhere"))
    elsewhere.restore(made.path, lambda *_: None, over=False)
    assert (elsewhere.root / "code" / "feeds" / "lib" / "a.py").read_bytes() == b"x = 1"
    (told,) = [each for each in check_home(elsewhere, lambda *_: None) if each.name == "sources"]
    assert told.state is State.OK
    (elsewhere.root / "code" / "feeds" / "b").unlink()
    (told,) = [each for each in check_home(elsewhere, lambda *_: None) if each.name == "sources"]
    assert (told.state, told.hint) == (State.FAILED, "Fetch it again: qntx source sync feeds")
