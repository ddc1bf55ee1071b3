"""The IX language: splitting, types, targets, names, arguments."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qntx_desktop.model.ats_tokens import refused_character
from qntx_desktop.model.errors import ErrInvalidCommand, ErrInvalidHandlerName, QntxError
from qntx_desktop.model.ix import (
    MAX_COMMAND_CHARS,
    absolute_args,
    check_handler_name,
    is_git_address,
    parse_ix,
    quote_token,
    read_options,
    tokenise,
)

ANY_TEXT = st.text(st.one_of(st.characters(exclude_categories=[]), st.sampled_from(" \t\n'\"\\ix-./~=")))
CLEAN_TEXT = ANY_TEXT.filter(lambda text: refused_character(text) is None)


def _outcome(call: Callable[..., Any], *args: Any) -> Any:
    """What a call gives, or which of our errors it raises; anything else it raises fails the test."""
    try:
        return call(*args)
    except QntxError as error:
        return error


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", ()),
        (" \t\n\u2003 ", ()),
        ("csv ./people.csv", ("csv", "./people.csv")),
        ('a"b c"d', ("ab cd",)),
        ("""a'b'"c"d""", ("abcd",)),
        ("csv 'it\"s'", ("csv", 'it"s')),
        ('csv "it\'s"', ("csv", "it's")),
        ("csv ''", ("csv", "")),
        ("csv ''\"\"", ("csv", "")),
        (r"csv C:\Users\me\new.csv", ("csv", r"C:\Users\me\new.csv")),
        ("csv '\\' x", ("csv", "\\", "x")),
        ("csv\r\n  a\n\tb", ("csv", "a", "b")),
        ("csv 'a\nb'", ("csv", "a\nb")),
        ("csv --name='a b'", ("csv", "--name=a b")),
        ("日本語 Москва", ("日本語", "Москва")),
    ],
)
def test_tokenise(text: str, tokens: tuple[str, ...]) -> None:
    assert tokenise(text) == tokens


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("'", 1),
        ('csv "abc', 5),
        ("csv a'b c", 6),
        ("csv 'a' \"b' c", 9),
        ("csv \"it's\" 'x", 12),
        ("日本 'x", 4),
    ],
)
def test_an_unclosed_quote_is_named_with_its_column(text: str, column: int) -> None:
    with pytest.raises(ErrInvalidCommand) as caught:
        tokenise(text)
    assert caught.value.details["column"] == column
    assert f"The quote {text[column - 1]} " in caught.value.message


@pytest.mark.parametrize("bad", ["\0", "\x07", "\x1b", "\x1c", "\x7f", "\x9b", "\ud800"])
@pytest.mark.parametrize("around", ["csv a{}b", "csv 'a{}b'", "{}", "  {}  "])
def test_a_control_character_is_named_with_its_column(bad: str, around: str) -> None:
    text = around.format(bad)
    with pytest.raises(ErrInvalidCommand) as caught:
        tokenise(text)
    assert caught.value.details["column"] == text.index(bad) + 1
    assert f"U+{ord(bad):04X}" in caught.value.message
    caught.value.message.encode()


def test_too_long_a_command_names_the_limit() -> None:
    longest = "csv " + "x" * (MAX_COMMAND_CHARS - 4)
    assert len(tokenise(longest)) == 2
    with pytest.raises(ErrInvalidCommand) as caught:
        tokenise(longest + "x")
    assert caught.value.details["limit"] == MAX_COMMAND_CHARS


@given(st.one_of(ANY_TEXT, CLEAN_TEXT))
@example("'" + '"' * 5_000)
@example('"' + "' " * 5_000)
def test_arbitrary_text_is_read_or_refused_with_a_column(text: str) -> None:
    tokens = _outcome(tokenise, text)
    if isinstance(tokens, QntxError):
        assert isinstance(tokens, ErrInvalidCommand)
        assert 1 <= tokens.details["column"] <= len(text)
    else:
        # Nothing is lost and nothing is reordered: only white space and quotes may be missing.
        left_out = re.compile(r"[\s'\"]")
        assert left_out.sub("", "".join(tokens)) == left_out.sub("", text)


@given(st.lists(CLEAN_TEXT))
@example([""])
@example(["'", '"', "'\"", '"\'"', "a'b\"c d"])
@example(["\u00a0", "\x85", "\u2028"])
def test_quote_token_is_the_inverse_of_tokenise(tokens: list[str]) -> None:
    assert tokenise(" ".join(map(quote_token, tokens))) == tuple(tokens)


@pytest.mark.parametrize(
    ("token", "spelled"),
    [
        ("people.csv", "people.csv"),
        ("two words", "'two words'"),
        ("it's", '"it\'s"'),
        ("", "''"),
        (r"C:\a", r"C:\a"),
        ("--x=$HOME", "--x=$HOME"),
    ],
)
def test_quote_token_spells_as_a_person_would(token: str, spelled: str) -> None:
    assert quote_token(token) == spelled


@pytest.mark.parametrize(
    ("typed", "command", "script_type", "args"),
    [
        ("ix csv ./people.csv", "ix csv ./people.csv", "csv", ("./people.csv",)),
        ("csv ./people.csv", "ix csv ./people.csv", "csv", ("./people.csv",)),
        ("  IX   csv\n ./a.csv ", "ix csv ./a.csv", "csv", ("./a.csv",)),
        ("rss-feed 'my feed.xml'", "ix rss-feed 'my feed.xml'", "rss-feed", ("my feed.xml",)),
        ("ix ix csv", "ix ix csv", "ix", ("csv",)),
        ("csv", "ix csv", "csv", ()),
        ("7z a", "ix 7z a", "7z", ("a",)),
        ("git . --no-deps", "ix git . --no-deps", "git", (".", "--no-deps")),
        (
            "https://example.com/r.git --since x",
            "ix https://example.com/r.git --since x",
            "git",
            ("https://example.com/r.git", "--since", "x"),
        ),
        (["csv", "two words.csv", ""], "ix csv 'two words.csv' ''", "csv", ("two words.csv", "")),
        (["ix", "csv", 'it\'s "x"'], "ix csv 'it'\"'\"'s \"x\"'", "csv", ('it\'s "x"',)),
    ],
)
def test_a_command_is_read(typed: str | list[str], command: str, script_type: str, args: tuple[str, ...]) -> None:
    read = parse_ix(typed)
    assert (read.command, read.script_type, read.args) == (command, script_type, args)
    assert read.source_path is None


@pytest.mark.parametrize(("typed", "column"), [("", 1), ("  \n", 1), ([], 1), ("ix", 3), (" ix ", 4), (["ix"], 3)])
def test_nothing_to_run_is_said_with_the_place_where_it_is_missing(typed: str | list[str], column: int) -> None:
    with pytest.raises(ErrInvalidCommand) as caught:
        parse_ix(typed)
    assert caught.value.details["column"] == column
    assert caught.value.hint


def test_the_leading_word_can_be_insisted_on() -> None:
    assert parse_ix("ix ax is song", allow_bare=False).script_type == "ax"
    with pytest.raises(ErrInvalidCommand) as caught:
        parse_ix(" ax is song", allow_bare=False)
    assert caught.value.details["column"] == 2


@pytest.mark.parametrize(
    "address",
    [
        "https://github.com/user/repo",
        "http://example.com/jobs",
        "HTTPS://EXAMPLE.COM/x.git",
        "git://host/x",
        "ssh://git@host:2222/x.git",
        "git+ssh://host/x",
        "git@github.com:user/repo.git",
        "me@host:repo",
        "host.example:path/repo.git",
    ],
)
def test_an_address_of_a_repository_means_git(address: str) -> None:
    assert is_git_address(address)
    read = parse_ix(f"{address} --no-deps")
    assert (read.script_type, read.args) == ("git", (address, "--no-deps"))


@pytest.mark.parametrize(
    "token",
    [
        "csv",
        "file:///etc/passwd",
        "ftp://host/x.git",
        "ext::sh -c x",
        "C:x.git",
        "C:\\x.git",
        "./a.git",
        "https://",
        "https://example.com/two words.git",
        "user@host",
        "me@host:",
        "x.git",
    ],
)
def test_what_is_no_address_of_a_repository(token: str) -> None:
    assert not is_git_address(token)


@pytest.mark.parametrize("path", [".", "./repo", "../repo", "/srv/repo", "~/repo", r"C:\repo", "d:/repo"])
def test_a_local_git_folder_means_git_and_anything_else_local_is_refused(path: str) -> None:
    asked: list[str] = []

    def yes(token: str) -> bool:
        asked.append(token)
        return True

    read = parse_ix([path, "--no-deps"], is_git_folder=yes)
    assert (read.script_type, read.args, asked) == ("git", (path, "--no-deps"), [path])
    for refuse in (None, lambda _: False):
        with pytest.raises(ErrInvalidCommand) as caught:
            parse_ix(["ix", path], is_git_folder=refuse)
        assert caught.value.details["column"] == 4
        assert "type in front" in caught.value.hint


def test_only_a_first_token_that_looks_local_is_asked_about() -> None:
    def never(token: str) -> bool:
        raise AssertionError(token)

    assert parse_ix("csv ./repo", is_git_folder=never).script_type == "csv"
    assert parse_ix("https://x/y", is_git_folder=never).script_type == "git"
    with pytest.raises(ErrInvalidHandlerName):
        parse_ix("repo.git", is_git_folder=never)


@pytest.mark.parametrize("scheme", ["file", "ftp", "data", "svn+ssh", "https"])
def test_other_schemes_are_refused_by_name(scheme: str) -> None:
    with pytest.raises(ErrInvalidCommand) as caught:
        parse_ix(f"ix {scheme}:///x/y")
    assert caught.value.details["column"] == 4
    assert scheme in caught.value.message


def test_a_file_of_a_code_source_is_named_by_its_path() -> None:
    read = parse_ix("ix team-scripts/feeds/rss.py https://x --n 3")
    assert read.source_path == "team-scripts/feeds/rss.py"
    assert read.script_type is None
    assert read.args == ("https://x", "--n", "3")


@pytest.mark.parametrize("path", ["a/../b.py", "a//b.py", "a/./b.py"])
def test_a_path_that_leaves_its_source_is_refused(path: str) -> None:
    with pytest.raises(ErrInvalidCommand) as caught:
        parse_ix(path)
    assert caught.value.details["column"] == 1


@given(st.lists(CLEAN_TEXT, min_size=1))
def test_reading_a_command_again_changes_nothing(tokens: list[str]) -> None:
    read = _outcome(lambda: parse_ix(["ix", *tokens], is_git_folder=lambda _: True))
    if isinstance(read, QntxError):
        return
    again = parse_ix(read.command, allow_bare=False, is_git_folder=lambda _: True)
    assert again == read
    assert list(read.args[-len(tokens) + 1 :] if len(tokens) > 1 else ()) == tokens[1:]


@given(ANY_TEXT)
def test_arbitrary_text_is_a_command_or_one_of_our_errors(text: str) -> None:
    read = _outcome(lambda: parse_ix(text, is_git_folder=lambda _: False))
    if isinstance(read, QntxError):
        assert read.message.encode()
    else:
        assert (read.script_type is None) is (read.source_path is not None)
        if read.script_type is not None:
            assert check_handler_name(read.script_type) == read.script_type


@pytest.mark.parametrize("name", ["a", "7", "csv", "rss-feed", "a--b", "a-", "0-9", "x" * 64])
def test_good_handler_names(name: str) -> None:
    assert check_handler_name(name) == name


@pytest.mark.parametrize(
    ("name", "position", "reason"),
    [
        ("", 1, "empty"),
        ("CSV", 1, "capital letter 'C'"),
        ("rssFeed", 4, "capital letter 'F'"),
        ("a b", 2, "a space"),
        ("../x", 1, "'.'"),
        ("a_b", 2, "'_'"),
        ("-a", 1, "hyphen"),
        ("csv\n", 4, "U+000A"),
        ("x" * 65, 65, "65 characters, at most 64"),
        ("x" * 70 + "_", 65, "71 characters, at most 64"),
        ("rеss", 2, "U+0435 CYRILLIC SMALL LETTER IE"),
        ("csv\u200b", 4, "U+200B ZERO WIDTH SPACE"),
        ("\ufeffcsv", 1, "U+FEFF"),
        ("a\u0661", 2, "U+0661 ARABIC-INDIC DIGIT ONE"),
        ("\uff43sv", 1, "U+FF43 FULLWIDTH LATIN SMALL LETTER C"),
        ("a\udc80", 2, "U+DC80"),
        ("a\0", 2, "U+0000"),
    ],
)
def test_bad_handler_names_say_where_and_why(name: str, position: int, reason: str) -> None:
    with pytest.raises(ErrInvalidHandlerName) as caught:
        check_handler_name(name)
    assert caught.value.details["position"] == position
    assert reason in caught.value.details["reason"]
    assert caught.value.message.isprintable()
    with pytest.raises(ErrInvalidHandlerName):
        check_handler_name(name * 50 + "_" * 5_000)


@given(st.one_of(ANY_TEXT, st.from_regex(r"\A[a-z0-9-]{1,70}\Z"), st.from_regex(r"\A[a-z0-9]{1,9}.\Z")))
def test_the_position_is_that_of_the_first_bad_character(name: str) -> None:
    rule = re.compile("[a-z0-9][a-z0-9-]{0,63}")
    outcome = _outcome(check_handler_name, name)
    if not isinstance(outcome, ErrInvalidHandlerName):
        assert outcome == name
        assert rule.fullmatch(name)
        return
    position = outcome.details["position"]
    assert position == 1 or rule.fullmatch(name[: position - 1])
    assert not rule.fullmatch(name[:position])


def test_arguments_that_name_something_become_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    base = tmp_path / "work"
    for folder in (home, base / "sub"):
        folder.mkdir(parents=True)
    for file in (home / "h.csv", base / "two words.csv", base / "sub" / "x.csv", tmp_path / "up.csv"):
        file.write_text("x")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    given_args = (
        *("./two words.csv", "two words.csv", "sub", ".", "../up.csv", "~/h.csv", "~", str(home / "h.csv")),
        *(
            "--in=sub/x.csv",
            "--home=~/h.csv",
            "--in",
            "--in=",
            "--in=missing",
            "missing.csv",
            "~nobody-here/x",
            "",
        ),
        *("https://example.com", "-5", "a\0b", "x" * 5_000),
    )
    expected = (
        *(str(base / "two words.csv"), str(base / "two words.csv"), str(base / "sub"), str(base)),
        *(str(base / ".." / "up.csv"), str(home / "h.csv"), str(home), str(home / "h.csv")),
        *(f"--in={base / 'sub' / 'x.csv'}", f"--home={home / 'h.csv'}", "--in", "--in=", "--in=missing"),
        *("missing.csv", "~nobody-here/x", ""),
        *("https://example.com", "-5", "a\0b", "x" * 5_000),
    )
    assert absolute_args(given_args, base, Path.exists) == expected
    assert absolute_args(expected, base, Path.exists) == expected


def test_without_a_folder_arguments_stay_as_they_are() -> None:
    args = ("a.csv", "~/x", "--in=b")
    assert absolute_args(args, None, lambda _: True) == args


@pytest.mark.parametrize(
    ("args", "options"),
    [
        ((), {}),
        (("a.csv", "b"), {}),
        (("--limit", "5", "a.csv"), {"limit": "5"}),
        (("--limit=5", "--name=a=b", "--empty="), {"limit": "5", "name": "a=b", "empty": ""}),
        (("--dry", "--limit", "5"), {"dry": True, "limit": "5"}),
        (("a", "--dry"), {"dry": True}),
        (("--offset", "-5"), {"offset": "-5"}),
        (("--no-deps", "--no-deps"), {"no-deps": True}),
        (("--x", "1", "--x=2"), {"x": "2"}),
        (("--a", "--", "--b", "c"), {"a": True}),
        (("--=x", "-v"), {}),
        (("--x", ""), {"x": ""}),
    ],
)
def test_options_are_read_from_arguments(args: tuple[str, ...], options: dict[str, object]) -> None:
    assert read_options(args) == options
