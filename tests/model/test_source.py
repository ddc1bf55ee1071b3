"""What may be said about a code source, and what is refused in one sentence that gives nothing away."""

from __future__ import annotations

import pytest

from qntx_desktop.model import source as rules
from qntx_desktop.model.errors import ErrInvalidSource, ErrInvalidUrl
from qntx_desktop.model.inline import declared_type


@pytest.mark.parametrize("name", ["a", "A_b-9", "x" * 64, "0"])
def test_names_that_may_be(name: str) -> None:
    assert rules.check_source_name(name) == name


@pytest.mark.parametrize(
    ("name", "position"),
    [("", 1), ("-a", 1), ("a/b", 2), ("a b", 2), ("x" * 65, 65), ("../x", 1), ("a.b", 2), ("é", 1), ("ab\n", 3)],
)
def test_names_that_may_not(name: str, position: int) -> None:
    with pytest.raises(ErrInvalidSource) as refused:
        rules.check_source_name(name)
    assert refused.value.details["position"] == position


@pytest.mark.parametrize("name", ["con", "NUL", "lpt1"])
def test_names_of_devices_may_not(name: str) -> None:
    with pytest.raises(ErrInvalidSource, match="device"):
        rules.check_source_name(name)


@pytest.mark.parametrize(
    "url",
    ["https://example.com/a/b.git", "https://example.com:8443/b", "http://127.0.0.1:80/b", "http://localhost/b"],
)
def test_addresses_that_may_be(url: str) -> None:
    assert rules.check_git_url(f" {url} ") == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "file:///etc",
        "ssh://git@h/x",
        "git@github.com:a/b.git",
        "ext::sh -c id",
        "ext::https://h/x",
        "git://h/x",
        "https://user:hunter2@h/x",
        "https://hunter2@h/x",
        "https://h/a b",
        "https://h:99999/x",
        "https://h:0/x",
        "https://h:p/x",
        "https:///x",
        "https://h",
        "https://h/",
        "https://h/x?token=hunter2",
        "https://h/x#y",
        "http://example.com/x",
        "http://127.0.0.1.example.com/x",
        "https://h/x\u202e",
        "https://h/" + "x" * 3_000,
        "example.com/a",
        "https://[::1/x",
    ],
)
def test_addresses_that_may_not_and_no_refusal_repeats_a_password(url: str) -> None:
    with pytest.raises(ErrInvalidUrl) as refused:
        rules.check_git_url(url)
    assert "hunter2" not in str(refused.value.to_json())


def test_an_address_with_a_password_says_where_the_token_goes() -> None:
    with pytest.raises(ErrInvalidUrl) as refused:
        rules.check_git_url("https://me:pw@h/x")
    assert refused.value.hint == "Put the token in the token field, not in the address."


def test_one_of_branch_tag_and_commit() -> None:
    with pytest.raises(ErrInvalidSource, match="Both a branch and a tag"):
        rules.check_git_settings(url="https://h/x", branch="a", tag="b")
    with pytest.raises(ErrInvalidSource, match="40"):
        rules.check_git_settings(url="https://h/x", commit="abc123")
    assert rules.check_git_settings(url="https://h/x", commit="AB" * 20).commit == "ab" * 20


@pytest.mark.parametrize("ref", ["", "a b", "a..b", "-x", "a~1", "x.lock", "/a", "a/", "@", "a\\b", "a@{1}", "a\n"])
def test_names_of_branches_that_git_refuses(ref: str) -> None:
    with pytest.raises(ErrInvalidSource):
        rules.check_git_settings(url="https://h/x", branch=ref)


@pytest.mark.parametrize("seconds", [1, 59, -60, 30 * 86_400 + 1, 10**9])
def test_intervals_out_of_range(seconds: int) -> None:
    with pytest.raises(ErrInvalidSource, match="60 s to 2,592,000 s"):
        rules.check_interval(seconds, syncable=True)


def test_intervals_of_a_manual_source() -> None:
    assert rules.check_interval(0, syncable=False) == 0
    assert rules.check_interval(60, syncable=True) == 60
    with pytest.raises(ErrInvalidSource, match="no interval"):
        rules.check_interval(60, syncable=False)


@pytest.mark.parametrize("secret", ["", "short", "x" * 15, "x" * 1_025, "ü" * 20, "x" * 20 + "\n"])
def test_webhook_secrets_that_may_not(secret: str) -> None:
    with pytest.raises(ErrInvalidSource) as refused:
        rules.check_webhook_secret(secret)
    assert not secret or secret not in refused.value.message


def script(table: str) -> str:
    return f"# /// script\n{table}\n# ///\nprint(1)\n"


@pytest.mark.parametrize(
    ("code", "found"),
    [
        (script('# [tool.qntx]\n# script_type = "feed"'), "feed"),
        (script('# [tool.qntx]\n# script_type = "Feed"'), None),
        (script("# [tool.qntx]\n# script_type = 1"), None),
        (script('# [tool.qntx\n# script_type = "feed"'), None),
        (script('# tool = 3\n# x = "script_type"'), None),
        ("script_type = 'feed'\n", None),
        ("", None),
    ],
)
def test_the_type_a_file_declares(code: str, found: str | None) -> None:
    assert declared_type(code) == found
