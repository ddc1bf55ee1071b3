"""Fetching from a real git server: one whole commit arrives, and whatever goes wrong leaves nothing behind."""

from __future__ import annotations

import json
import os
import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qntx_desktop.engines.git.port import FetchRequest, GitProcesses
from qntx_desktop.engines.sandbox.cancel import CancelToken
from qntx_desktop.model.errors import ErrCancelled, ErrRemoteUnreachable, ErrSyncFailed, QntxError
from tests.git_server import Repository, Server, git

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


def _made(path: Path) -> Path:
    path.mkdir()
    return path


@pytest.fixture
def own_process() -> Iterator[GitProcesses]:
    """One that is started in the surroundings of this test."""
    running = GitProcesses(60)
    yield running
    running.close()


class Fetching:
    def __init__(self, server: Server, processes: GitProcesses, tmp_path: Path) -> None:
        self.parent = tmp_path / "fetched"
        self._server = server
        self._processes = processes
        self.cancel = CancelToken()

    def __call__(self, before: Any = None, **options: Any) -> Any:
        request = FetchRequest(
            **{"url": self._server.url(), "objects": self.parent / "objects", "parent": self.parent}
            | options,
            have=before["commit"] if before else None,
            have_folder=before["folder"] if before else None,
        )
        return self._processes.fetch(request, lambda *_: None, self.cancel)

    def refused(self, **options: Any) -> QntxError:
        with pytest.raises(QntxError) as refused:
            self(**options)
        left = [each.name for each in self.parent.glob("*") if each.name != "objects"]
        assert left == [], left
        return refused.value

    def files(self, answer: Any) -> dict[str, bytes]:
        root = self.parent / answer["folder"]
        return {str(each.relative_to(root)): each.read_bytes() for each in root.rglob("*") if each.is_file()}


@pytest.fixture
def fetching(server: Server, processes: GitProcesses, tmp_path: Path) -> Fetching:
    return Fetching(server, processes, tmp_path)


def test_one_whole_commit_arrives_and_then_what_changed(repository: Repository, fetching: Fetching) -> None:
    first = repository.files({"a.txt": b"1", "lib/b.py": b"x = 1\n", "gone": b""})
    one = fetching()
    assert (one["commit"], one["added"]) == (first, 3)
    assert fetching.files(one) == {"a.txt": b"1", "lib/b.py": b"x = 1\n", "gone": b""}
    assert fetching(one)["unchanged"] is True
    second = repository.files({"a.txt": b"2", "lib/b.py": b"x = 1\n", "new": b"n"})
    two = fetching(one)
    assert two["commit"] == second
    assert two["paths"] == [["~", "a.txt"], ["-", "gone"], ["+", "new"]]
    assert fetching.files(two) == {"a.txt": b"2", "lib/b.py": b"x = 1\n", "new": b"n"}
    assert fetching.files(one)["a.txt"] == b"1"


def test_what_did_not_change_is_shared_and_what_somebody_changed_is_written_again(
    repository: Repository, fetching: Fetching
) -> None:
    feed = b'# /// script\n# [tool.qntx]\n# script_type = "feed"\n# ///\n'
    lfs = b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"
    files = {"a": b"1", "big": lfs, "feed.py": feed, "same": b"same", "touched": b"touched"}
    repository.files(files)
    one = fetching()
    old = fetching.parent / one["folder"]
    (old / "touched").write_bytes(b"by hand")
    repository.files(files | {"a": b"2", "new": b"same"}, parent=one["commit"])
    two = fetching(one)
    new = fetching.parent / two["folder"]
    assert two["paths"] == [["~", "a"], ["+", "new"]]
    assert fetching.files(two) == files | {"a": b"2", "new": b"same"}
    shared = [name for name in files if (old / name).samefile(new / name)]
    assert shared in (["big", "feed.py", "same"], [])  # none where a file can have one name only
    assert (two["declared"], two["notes"]) == (one["declared"], one["notes"])
    assert (two["declared"], two["files"]) == ({"feed": "feed.py"}, 6)
    assert two["size_bytes"] == sum(map(len, fetching.files(two).values()))

    blob = repository.blob(b"same")
    repository.commit(repository.tree(("120000", b"new", blob), ("100755", b"same", blob)))
    three = fetching(two)
    newest = fetching.parent / three["folder"]
    assert fetching.files(three) == {"new": b"same", "same": b"same"}
    assert os.name == "nt" or (newest / "same").stat().st_mode & 0o100
    assert not (new / "same").samefile(newest / "same")
    assert "link is kept" in " ".join(three["notes"])


def test_a_revision_of_which_nobody_knows_what_it_holds_is_no_trouble(
    repository: Repository, fetching: Fetching
) -> None:
    repository.files({"a": b"1", "b": b"1"})
    one = fetching()
    for text in ("", "[]", '{"a": 1}', '{"a": ["x"]}', "null", "{"):
        (fetching.parent / f"{one['folder']}.json").write_text(text)
        repository.files({"a": text.encode(), "b": b"1"})
        two = fetching(one)
        assert fetching.files(two) == {"a": text.encode(), "b": b"1"}


def test_branch_tag_and_commit(repository: Repository, fetching: Fetching) -> None:
    old = repository.files({"a": b"old"})
    git("tag", "-a", "v1", "-m", "t", old, at=repository.path)
    repository.files({"a": b"new"})
    dev = repository.files({"a": b"dev"}, branch="dev/x")
    assert fetching(branch="dev/x")["commit"] == dev
    assert fetching(tag="v1")["commit"] == old
    assert fetching(commit=old)["commit"] == old


def test_force_push_moved_tag_and_what_vanished(repository: Repository, fetching: Fetching) -> None:
    one = repository.files({"a": b"1"})
    git("tag", "v", one, at=repository.path)
    first = fetching()
    two = repository.files({"a": b"2"})  # has no parent: the history was rewritten
    git("tag", "-f", "v", two, at=repository.path)
    rewritten = fetching(first)
    assert rewritten["commit"] == two
    assert rewritten["notes"] == [f"The branch main was rewritten: {one[:10]} is not in it any more."]
    assert fetching(tag="v")["notes"] == []
    git("tag", "-f", "v", one, at=repository.path)
    moved = fetching(tag="v")
    assert (moved["commit"], moved["notes"]) == (one, [f"The tag v was moved: it meant {two[:10]} before."])
    for options, reason in (
        ({"branch": "gone"}, "no_branch"),
        ({"tag": "gone"}, "no_tag"),
    ):
        with pytest.raises(ErrSyncFailed) as refused:
            fetching(**options)
        assert refused.value.details["reason"] == reason
    with pytest.raises(ErrSyncFailed) as vanished:
        fetching(commit="12" * 20)
    assert vanished.value.details["reason"] == "no_commit"


def test_a_branch_that_goes_on_is_told_from_one_that_was_rewritten(
    repository: Repository, fetching: Fetching
) -> None:
    """Over several commits, by servers that send commits alone and such that do not; and back to an earlier one."""
    tree = repository.tree(("100644", b"a", repository.blob(b"1")))
    commits = [repository.commit(tree)]
    assert fetching()["notes"] == []
    for filters in ("true", "false"):
        git("config", "uploadpack.allowFilter", filters, at=repository.path)
        for _ in range(3):
            commits.append(repository.commit(tree, parent=commits[-1]))
        assert (fetching()["commit"], fetching()["notes"]) == (commits[-1], [])
    git("update-ref", "refs/heads/main", commits[2], at=repository.path)
    back = fetching()
    assert back["commit"] == commits[2]
    assert back["notes"] == [f"The branch main was rewritten: {commits[-1][:10]} is not in it any more."]
    assert fetching()["notes"] == []
    assert not (fetching.parent / "objects" / "asked").exists()


@pytest.mark.parametrize(
    ("mood", "reason"),
    [
        ("401", "unauthorized"),
        ("403", "forbidden"),
        ("404", "not_found"),
        ("429", "throttled"),
        ("500", "server_error"),
        ("503", "server_error"),
        ("page", "not_git"),
        ("cut", "cut"),
        ("cut-pack", "cut"),
    ],
)
def test_a_server_that_misbehaves(
    server: Server, repository: Repository, fetching: Fetching, mood: str, reason: str
) -> None:
    repository.files({"a": b"1"})
    server.mood = mood
    refused = fetching.refused()
    assert isinstance(refused, (ErrRemoteUnreachable, ErrSyncFailed))
    assert refused.details["reason"] in (reason, "protocol" if mood.startswith("cut") else reason)
    server.mood = ""
    assert fetching()["added"] == 1


def test_the_token_goes_to_its_host_only(
    server: Server, repository: Repository, fetching: Fetching, tmp_path: Path
) -> None:
    repository.files({"a": b"1"})
    server.token = "s3cr3t-token"
    refused = fetching.refused()
    assert refused.details["reason"] == "unauthorized"
    assert fetching(token="s3cr3t-token")["added"] == 1
    kept = [each.read_bytes() for each in fetching.parent.rglob("*") if each.is_file()]
    assert not any(b"s3cr3t-token" in content for content in kept)
    wrong = "an0ther-t0ken"
    with pytest.raises(QntxError) as error:
        fetching(token=wrong)
    assert wrong not in json.dumps(error.value.to_json())
    assert wrong not in repr(FetchRequest(url="https://h/x", objects=tmp_path, parent=tmp_path, token=wrong))
    with Server(_made(tmp_path / "other")).running() as other:
        server.mood, server.redirect_to = "redirect", other.url("r.git/info/refs?service=git-upload-pack")
        with pytest.raises(ErrRemoteUnreachable) as redirected:
            fetching(token="s3cr3t-token")
        assert redirected.value.details["reason"] == "redirect"
        assert other.seen == []


def test_a_certificate_of_nobody_is_not_trusted(
    server: Server,
    repository: Repository,
    own_process: GitProcesses,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    repository.files({"a": b"1"})
    monkeypatch.delenv("SSL_CERT_FILE")
    assert Fetching(server, own_process, tmp_path).refused().details["reason"] == "tls"
    assert server.seen == []


def test_the_deadline_ends_a_server_that_hangs(
    server: Server, repository: Repository, tmp_path: Path
) -> None:
    repository.files({"a": b"1"})
    server.mood = "hang"
    running = GitProcesses(deadline_s=1.0)
    try:
        assert Fetching(server, running, tmp_path).refused().details["reason"] == "too_slow"
    finally:
        server.free.set()
        running.close()


def test_cancelling_ends_the_process(server: Server, repository: Repository, fetching: Fetching) -> None:
    repository.files({"a": b"1"})
    server.mood = "hang"
    canceller = threading.Thread(target=lambda: server.asked.wait(20) and fetching.cancel.cancel())
    canceller.start()
    with pytest.raises(ErrCancelled):
        fetching()
    canceller.join()
    server.free.set()


HOSTILE_NAMES = [
    b"..",
    b".",
    b".git",
    b".GIT",
    b".g\xe2\x80\x8bit",
    b".g\xe2\x80\x8dit",
    b"git~1",
    b"GIT~1",
    b".git ",
    b".git.",
    b".git::$INDEX_ALLOCATION",
    b"a\\b",
    b"a/b",
    b"con",
    b"NUL.txt",
    b"a\nb",
    b"a\x1bb",
    b"a\xe2\x80\xaeb",
    b"a\x7fb",
    b"\xff\xfe",
    b"a:b",
    b"x.",
    b"x ",
    b"n" * 256,
]


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_is_refused_whole(repository: Repository, fetching: Fetching, name: bytes) -> None:
    blob = repository.blob(b"x")
    repository.commit(repository.tree(("100644", b"good", blob), ("100644", name, blob)))
    refused = fetching.refused()
    assert isinstance(refused, ErrSyncFailed)
    assert refused.details.get("path") or refused.details["reason"] == "damaged"


@pytest.mark.parametrize("names", [(b"A", b"a"), ("é".encode(), "e\u0301".encode()), ("ß".encode(), b"SS")])
def test_twins_are_refused(repository: Repository, fetching: Fetching, names: tuple[bytes, bytes]) -> None:
    blob = repository.blob(b"x")
    repository.commit(repository.tree(*(("100644", name, blob) for name in sorted(names))))
    assert fetching.refused().details["reason"] == "twins"


@pytest.mark.parametrize(
    "target", [b"/etc/passwd", b"../x", b"a/../../x", b"~/x", b"C:x", b"", b".git/config"]
)
def test_a_link_that_leads_outside_is_refused(
    repository: Repository, fetching: Fetching, target: bytes
) -> None:
    repository.commit(repository.tree(("120000", b"link", repository.blob(target))))
    refused = fetching.refused()
    assert (refused.details["reason"], refused.details["path"]) == ("symlink", "link")


def test_links_inside_submodules_and_lfs_are_harmless_and_said(
    repository: Repository, fetching: Fetching
) -> None:
    pointer = repository.blob(b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n")
    entries = [
        ("100644", b".gitattributes", repository.blob(b"* filter=evil\n")),
        ("100644", b"big", pointer),
        ("120000", b"link", repository.blob(b"big")),
        ("160000", b"sub", "12" * 20),
    ]
    repository.commit(repository.tree(*entries))
    answer = fetching()
    files = fetching.files(answer)
    assert sorted(files) == [".gitattributes", "big", "link"]
    assert not (fetching.parent / answer["folder"] / "link").is_symlink()
    assert [word in " ".join(answer["notes"]) for word in ("submodule", "LFS", "link")] == [True, True, True]


def test_a_tree_that_unfolds_without_end_is_refused(repository: Repository, fetching: Fetching) -> None:
    tree = repository.tree(("100644", b"f", repository.blob(b"")))
    for _ in range(12):
        tree = repository.tree(*(("40000", f"{number}".encode(), tree) for number in range(8)))
    repository.commit(tree)
    assert fetching.refused().details["reason"] == "too_many"


def test_a_path_that_is_too_deep_is_refused(repository: Repository, fetching: Fetching) -> None:
    tree = repository.tree(("100644", b"f", repository.blob(b"")))
    for _ in range(60):
        tree = repository.tree(("40000", b"d", tree))
    repository.commit(tree)
    assert fetching.refused().details["reason"] == "path"


def test_an_empty_repository_is_said(repository: Repository, fetching: Fetching) -> None:
    assert fetching.refused().details["reason"] in ("empty", "protocol")


def test_no_configuration_of_the_person_is_read(
    server: Server, repository: Repository, own_process: GitProcesses, tmp_path: Path, person_home: Path
) -> None:
    (person_home / ".gitconfig").write_text(
        '[url "https://127.0.0.1:1/"]\n  insteadOf = https://127.0.0.1\n[broken'
    )
    repository.files({"a": b"1"})
    assert Fetching(server, own_process, tmp_path)()["added"] == 1


def test_a_damaged_object_store_is_made_anew(repository: Repository, fetching: Fetching) -> None:
    repository.files({"a": b"1"})
    (fetching.parent / "objects").mkdir(parents=True)
    (fetching.parent / "objects" / "HEAD").write_text("rubbish")
    assert fetching()["added"] == 1


def test_what_can_be_chosen_is_listed(
    server: Server, repository: Repository, processes: GitProcesses
) -> None:
    sha = repository.files({"a": b"1"})
    git("tag", "v1", sha, at=repository.path)
    repository.files({"a": b"2"}, branch="dev")
    assert processes.look(server.url(), None) == {
        "branches": ["dev", "main"],
        "tags": ["v1"],
        "default": "main",
    }


def test_a_closed_port_is_not_a_slow_server(own_process: GitProcesses) -> None:
    with socket.socket() as taken:  # bound, but nobody listens
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(ErrRemoteUnreachable) as refused:
            own_process.look(f"http://127.0.0.1:{taken.getsockname()[1]}/a.git", None)
    assert refused.value.details["reason"] == "no_connection"
