"""What `ix git` was asked, and how bad input is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from qntx_desktop.model.errors import ErrInvalidCommand, ErrInvalidSource, ErrInvalidUrl, ErrUnknownFlag, QntxError
from qntx_desktop.model.git_command import Since, read_git_command
from qntx_desktop.model.git_fact import slot_and_value

FOLDER = str(Path.cwd().anchor) + "repos"


def test_a_folder_and_an_address_go_by_one_name_each() -> None:
    folder = read_git_command([f"{FOLDER}/a/../b/"])
    assert (folder.repository, folder.address, folder.name) == (str(Path(FOLDER, "b")), None, "b")
    remote = read_git_command(["https://example.com/team/repo.git/"])
    assert (remote.repository, remote.name) == ("https://example.com/team/repo", "repo")
    assert remote.address == "https://example.com/team/repo.git/"
    assert remote.since == Since()
    assert remote.with_dependencies


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("last_run", Since(last_run=True)),
        ("2026-11-01", Since(time_s=1_793_491_200)),
        ("2026-11-01T08:00:00Z", Since(time_s=1_793_520_000)),
        ("2026-11-01T08:00:00+01:00", Since(time_s=1_793_516_400)),
        ("ABCD", Since(commit="abcd")),
        ("20261101", Since(commit="20261101")),
        ("a" * 40, Since(commit="a" * 40)),
    ],
)
def test_since_is_a_run_a_time_or_a_commit(text: str, since: Since) -> None:
    assert read_git_command([FOLDER, "--since", text]).since == since
    assert read_git_command([f"--since={text}", FOLDER, "--no-deps"]).since == since
    assert not read_git_command([f"--since={text}", FOLDER, "--no-deps"]).with_dependencies


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ([], ErrInvalidCommand),
        ([FOLDER, FOLDER], ErrInvalidCommand),
        ([FOLDER, "--since"], ErrInvalidCommand),
        ([FOLDER, "--depth=3"], ErrUnknownFlag),
        ([FOLDER, "-q"], ErrUnknownFlag),
        ([FOLDER, "--since", "yesterday"], ErrInvalidSource),
        ([FOLDER, "--since", "abc"], ErrInvalidSource),
        ([FOLDER, "--since", "9999-99-99"], ErrInvalidSource),
        (["not/absolute"], ErrInvalidSource),
        ([""], ErrInvalidSource),
        (["git@example.com:team/repo.git"], ErrInvalidUrl),
        (["http://example.com/team/repo.git"], ErrInvalidUrl),
        (["https://user:secret@example.com/team/repo.git"], ErrInvalidUrl),
        (["file:///etc"], ErrInvalidUrl),
    ],
)
def test_bad_input_is_typed_and_says_what_to_do(args: list[str], error: type[QntxError]) -> None:
    with pytest.raises(error) as caught:
        read_git_command(args)
    assert caught.value.hint
    assert "--help" not in caught.value.hint
    assert "secret" not in str(caught.value.to_json())


def test_only_what_can_change_has_a_value() -> None:
    commit = slot_and_value(["a" * 40], ["authored_by"], ["Ada", "ada@x"], {"zone": "+0200"})
    assert commit == slot_and_value(["a" * 40], ["authored_by"], ["Ada", "ada@x"], {})
    here = {"kind": "branch", "repository": "r"}
    slot, value = slot_and_value(["main"], ["points_to"], ["a" * 40, "r"], here)
    later, moved = slot_and_value(["main"], ["points_to"], ["b" * 40, "r"], here)
    assert slot == later
    assert value != moved
    assert slot != slot_and_value(["main"], ["points_to"], ["a" * 40, "r"], {**here, "kind": "tag"})[0]
    told = {"manifest": "pyproject.toml", "repository": "r", "constraint": ">=1", "commit": "a"}
    assert slot_and_value(["p"], ["depends_on"], ["x"], told) == slot_and_value(
        ["p"], ["depends_on"], ["x"], {**told, "commit": "b"}
    )
    assert slot_and_value(["p"], ["depends_on"], ["x"], told) != slot_and_value(
        ["p"], ["depends_on"], ["x"], {**told, "constraint": ">=2"}
    )
