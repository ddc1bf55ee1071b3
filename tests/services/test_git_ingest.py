"""`ix git` over repositories in folders: what is attested, what is known already, and what a stop leaves behind."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from qntx_desktop.app.container import Services
from qntx_desktop.model.attestation import Attestation, Filter
from qntx_desktop.model.errors import ErrInvalidCommand, ErrInvalidSource, ErrUnknownFlag
from qntx_desktop.model.events import Attested
from qntx_desktop.model.job import Execution, Job
from tests.git_history import commit, git, long_history, made, raw_commit

MANY = 1_000_000
PYPROJECT = b'[project]\nname = "shop"\ndependencies = ["rich>=13"]\n'


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return made(tmp_path / "shop")


def run(services: Services, *words: str) -> tuple[Job, Execution]:
    job = services.runner.run_until(services.runs.ix(["ix", "git", *words], base=None, bare=False).id)
    execution = services.queue.execution_of(job.id)
    assert execution is not None
    return job, execution


def figures(services: Services, *words: str) -> dict[str, Any]:
    job, execution = run(services, *words)
    assert job.status == "completed", job.error
    assert execution.sandbox == "process"
    assert job.result is not None
    return dict(job.result)


def all_of(services: Services, *predicates: str) -> tuple[Attestation, ...]:
    return services.ledger.find(Filter(predicates=predicates, limit=MANY))


def told(services: Services) -> list[tuple[Any, ...]]:
    """Everything attested so far, without when and by which run."""
    return sorted(
        (each.subjects, each.predicates, each.contexts, each.actors, repr(sorted(each.attributes.items())))
        for each in all_of(services)
    )


def test_commits_branches_tags_and_dependencies(services: Services, repository: Path) -> None:
    first = commit(repository, {"pyproject.toml": PYPROJECT}, "Begin\n\nWith much to say.")
    second = commit(repository, {"web/package.json": b'{"name": "web", "dependencies": {"vue": "3"}}'})
    git("checkout", "-q", "-b", "side", first, at=repository)
    third = commit(repository, {"x": b"1"}, "Aside")
    git("checkout", "-q", "main", at=repository)
    git("merge", "-q", "--no-ff", "-m", "Join", "side", at=repository)
    merged = git("rev-parse", "HEAD", at=repository)
    git("tag", "-a", "v1", "-m", "The first", first, at=repository)

    found = figures(services, str(repository))
    assert {name: found[name] for name in ("commits", "branches", "tags", "dependencies")} == {
        "commits": 4,
        "branches": 2,
        "tags": 1,
        "dependencies": 2,
    }
    parents = {(each.subjects[0], each.contexts[0]) for each in all_of(services, "is_child_of")}
    assert parents == {(second, first), (third, first), (merged, second), (merged, third)}
    author = services.ledger.find(Filter(subjects=(first,), predicates=("authored_by",)))[0]
    assert author.contexts == ("Ada Lovelace", "ada@example.com")
    assert author.actors == ("ix.git", first)
    assert author.attributes["at"] == "2023-11-14T22:13:20Z"
    message = services.ledger.find(Filter(subjects=(first,), predicates=("has_message",)))[0]
    assert (message.contexts, message.attributes["message"]) == (("Begin",), "Begin\n\nWith much to say.")
    refs = {(each.subjects[0], each.contexts[0], each.attributes["kind"]) for each in all_of(services, "points_to")}
    assert refs == {("main", merged, "branch"), ("side", third, "branch"), ("v1", first, "tag")}
    wanted = {(each.subjects[0], each.contexts[0], each.actors[1]) for each in all_of(services, "depends_on")}
    assert wanted == {("shop", "rich", merged), ("web", "vue", merged)}


def test_twice_adds_nothing_and_last_run_goes_on_from_there(services: Services, repository: Path) -> None:
    commit(repository, {"pyproject.toml": PYPROJECT})
    git("tag", "v1", at=repository)
    figures(services, str(repository))
    before = told(services)
    assert figures(services, str(repository))["attested"] == 0
    unchanged = figures(services, str(repository), "--since", "last_run")
    assert (unchanged["unchanged"], unchanged["attested"]) == (True, 0)
    assert told(services) == before

    new = commit(repository, {"pyproject.toml": PYPROJECT.replace(b"13", b"14")}, "Next")
    git("tag", "-f", "v1", at=repository)
    later = figures(services, str(repository), "--since", "last_run")
    assert (later["commits"], later["unchanged"]) == (1, False)
    added = Counter(each[1][0] for each in set(told(services)) - set(before))
    assert added == {
        "is_commit": 1,
        "authored_by": 1,
        "committed_at": 1,
        "has_message": 1,
        "is_child_of": 1,
        "points_to": 2,
        "depends_on": 1,
    }
    newest = services.ledger.find(Filter(predicates=("points_to",), subjects=("v1",)))[0]
    assert newest.contexts[0] == new


def test_a_branch_that_goes_back_and_forth_is_told_each_time(services: Services, repository: Path) -> None:
    first = commit(repository, {"a": b"1"})
    second = commit(repository, {"a": b"2"}, at_s=1_700_000_200)
    seen = []
    for tip in (first, second, first):
        git("reset", "-q", "--hard", tip, at=repository)
        figures(services, str(repository))
        seen.append(services.ledger.find(Filter(predicates=("points_to",), subjects=("main",)))[0].contexts[0])
    assert seen == [first, second, first]


def test_since_a_time_or_a_commit_and_without_dependencies(services: Services, repository: Path) -> None:
    shas = [commit(repository, {"n": b"%d" % day}, at_s=1_700_000_000 + day * 86_400) for day in range(4)]
    commit(repository, {"pyproject.toml": PYPROJECT}, at_s=1_700_000_000 + 4 * 86_400)
    assert figures(services, str(repository), "--since", "2023-11-17", "--no-deps")["commits"] == 2
    assert figures(services, str(repository), f"--since={shas[1][:8]}", "--no-deps")["commits"] == 3
    assert all_of(services, *("depends_on", "requires")) == ()
    job, execution = run(services, str(repository), "--since", "0000")
    assert job.status == "failed"
    assert execution.error is not None
    assert (execution.error["code"], execution.error["details"]["field"]) == ("invalid_source", "since")


def test_an_empty_repository_a_bare_one_and_a_worktree(
    services: Services, repository: Path, tmp_path: Path
) -> None:
    assert figures(services, str(repository))["attested"] == 0
    commit(repository, {"a": b"1"})
    git("clone", "-q", "--bare", str(repository), str(tmp_path / "bare.git"), at=tmp_path)
    git("worktree", "add", "-q", str(tmp_path / "side"), at=repository)
    git("gc", "-q", at=repository)
    assert figures(services, str(tmp_path / "bare.git"))["commits"] == 1
    assert figures(services, str(tmp_path / "side"))["commits"] == 1
    assert figures(services, str(repository))["branches"] == 2


def test_a_shallow_clone_says_that_it_ends_early(services: Services, repository: Path, tmp_path: Path) -> None:
    for number in range(3):
        commit(repository, {"n": b"%d" % number}, at_s=1_700_000_000 + number)
    git("clone", "-q", "--depth=1", repository.as_uri(), str(tmp_path / "shallow"), at=tmp_path)
    found = figures(services, str(tmp_path / "shallow"))
    assert found["commits"] == 1
    assert any("shallow" in note for note in found["notes"])


@pytest.mark.parametrize(
    "raw",
    [
        b"tree TREE\nauthor \xff\xfe <\x00> 99999999999999999 +9999\ncommitter\n\nm",
        b"tree TREE\nencoding utf-16\nauthor A <a> 1 +0000\ncommitter A <a> -1 +0000\n\n\xff",
        b"tree TREE\nparent " + b"0" * 40 + b"\nauthor A <a> 1 +0000\ncommitter A <a> 1 +0000\n\nm",
        b"tree TREE\nauthor A <a> 1 +0000\ncommitter A <a> 1 +0000\n\n" + b"long " * 100_000,
        b"tree TREE\nauthor " + b"x" * 5_000 + b" <a> 1 +0000\ncommitter A <a> 1 +0000\n\n\n\n",
        b"nothing that git would write",
    ],
    ids=["bytes", "encoding", "no parent", "long message", "long name", "garbage"],
)
def test_a_commit_however_wrong_ends_nothing(services: Services, repository: Path, raw: bytes) -> None:
    commit(repository, {"a": b"1"})
    odd = raw_commit(repository, raw, "odd")
    notes = " ".join(figures(services, str(repository))["notes"])
    is_told = services.ledger.count(Filter(subjects=(odd,), predicates=("is_commit",))) == 1
    assert is_told != (f"odd points to {odd}, which is missing or damaged" in notes)
    assert len(all_of(services, "is_commit")) == 1 + is_told
    assert figures(services, str(repository))["attested"] == 0


def test_configuration_hooks_and_filters_are_left_alone(
    services: Services, repository: Path, tmp_path: Path
) -> None:
    trap = tmp_path / "trapped"
    script = f"#!/bin/sh\ntouch {trap}\n"
    commit(repository, {".gitattributes": b"* filter=trap\n", "a": b"1"})
    config = repository / ".git" / "config"
    config.write_text(
        config.read_text()
        + f'[core]\n\tfsmonitor = touch {trap}\n\thooksPath = hooks\n[filter "trap"]\n\tsmudge = touch {trap}\n'
        + f"[include]\n\tpath = {tmp_path / 'missing'}\n[alias]\n\tlog = !touch {trap}\n"
    )
    hook = repository / ".git" / "hooks" / "post-checkout"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(script)
    hook.chmod(0o755)
    assert figures(services, str(repository))["commits"] == 1
    assert not trap.exists()


def test_links_out_of_the_repository_are_not_followed_to_objects(services: Services, tmp_path: Path) -> None:
    fake = tmp_path / "fake"
    (fake / ".git" / "objects").mkdir(parents=True)
    (fake / ".git" / "refs" / "heads").mkdir(parents=True)
    (fake / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    (fake / ".git" / "refs" / "heads" / "main").write_text("ref: refs/heads/main\n")
    (fake / ".git" / "refs" / "heads" / "x").write_bytes(b"\0" * 100_000)
    (fake / ".git" / "packed-refs").write_bytes(b"\xff" * 1_000 + b"\n" + b"0" * 40 + b" refs/heads/y\n")
    found = figures(services, str(fake))
    assert (found["commits"], found["branches"]) == (0, 0)


def test_a_stopped_run_keeps_whole_batches_and_the_next_one_goes_on(
    services: Services, repository: Path, heard: Any
) -> None:
    long_history(repository, 600)
    job = services.runs.ix(["ix", "git", str(repository)], base=None, bare=False)
    services.runner.start()
    heard.wait(Attested)
    services.runner.cancel(job.id)
    ended = heard.ended(job)
    kept = len(all_of(services))
    assert kept > 0
    if ended.status == "cancelled":  # a quick machine may be through before it hears of it
        assert ended.error["code"] == "cancelled"
    parts = Counter(each.subjects[0] for each in all_of(services) if each.predicates[0] != "points_to")
    assert set(parts.values()) <= {4, 5}  # no commit is told in part; the first has no parent
    again = heard.ended(services.runs.ix(["ix", "git", str(repository)], base=None, bare=False)).result
    assert (again["attested"] + kept, again["known"]) == (600 * 5, kept)


def test_two_runs_at_once_attest_nothing_twice(services: Services, repository: Path, heard: Any) -> None:
    long_history(repository, 300)
    one = services.runs.ix(["ix", "git", str(repository)], base=None, bare=False)
    two = services.runs.ix(["ix", "git", str(repository), "--no-deps"], base=None, bare=False)
    services.runner.start()
    results = [heard.ended(each).result for each in (one, two)]
    assert sum(each["attested"] for each in results) == 300 * 5
    assert len(set(told(services))) == len(told(services)) == 300 * 5


def test_a_dry_run_stores_nothing(services: Services, repository: Path) -> None:
    commit(repository, {"pyproject.toml": PYPROJECT})
    dry = services.runs.dry_run_ix(["ix", "git", str(repository)], base=None, bare=False)
    assert Counter(each.predicates[0] for each in dry.attestations) == {
        "is_commit": 1,
        "authored_by": 1,
        "committed_at": 1,
        "has_message": 1,
        "points_to": 1,
        "depends_on": 1,
    }
    assert all_of(services) == ()
    assert figures(services, str(repository), "--since", "last_run")["commits"] == 1


def test_a_handler_called_git_goes_first(services: Services, repository: Path) -> None:
    services.handlers.create("git", "print('mine')", source="test")
    job, execution = run(services, str(repository))
    assert (job.type, execution.stdout) == ("python.script", "mine\n")
    services.handlers.retire("git")
    assert run(services, str(repository))[0].type == "ix.git"


def test_what_cannot_be_read_is_said_before_a_job_is_made(services: Services, tmp_path: Path) -> None:
    for words, error in (
        (["git"], ErrInvalidCommand),
        (["git", "no/such"], ErrInvalidSource),
        (["git", str(tmp_path), "--depth", "3"], ErrUnknownFlag),
        (["git", str(tmp_path), "--since", "soon"], ErrInvalidSource),
    ):
        with pytest.raises(error):
            services.runs.ix(["ix", *words], base=None, bare=False)
    assert services.queue.list() == ()


def test_a_folder_that_is_no_repository_fails_with_a_hint(services: Services, tmp_path: Path) -> None:
    job, execution = run(services, str(tmp_path))
    assert job.status == "failed"
    assert execution.error is not None
    assert execution.error["code"] == "invalid_source"
    assert execution.error["hint"]


