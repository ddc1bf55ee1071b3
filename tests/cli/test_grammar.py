"""How a call is read: whose option is whose, and what every refusal says."""

from __future__ import annotations

import pytest

from qntx_desktop.cli.grammar import Words, read_words
from qntx_desktop.cli.verbs import GROUPS
from qntx_desktop.model.errors import ErrInvalidCommand, ErrUnknownFlag, QntxError


def read(*argv: str) -> Words:
    words = Words()
    read_words(argv, GROUPS, words)
    return words


@pytest.mark.parametrize(
    "argv",
    [
        ("--home", "H", "--json", "ax", "is a", "--limit", "5"),
        ("ax", "--home=H", "is a", "--json", "--limit=5"),
        ("--json", "ax", "is a", "--limit", "5", "--home", "H"),
    ],
)
def test_options_stand_anywhere(argv: tuple[str, ...]) -> None:
    words = read(*argv)
    assert (words.home, words.json, words.words, words.options) == ("H", True, ["is a"], {"--limit": "5"})


@pytest.mark.parametrize(
    ("argv", "words", "options"),
    [
        (("ix", "git", "URL", "--since", "last_run"), ["git", "URL", "--since", "last_run"], {}),
        (("ix", "csv", "x", "--no-wait"), ["csv", "x"], {"--no-wait": True}),
        (("ix", "--dry-run", "csv", "x"), ["csv", "x"], {"--dry-run": True}),
        (("ix", "csv", "--no-wait", "x", "--dry-run"), ["csv", "x"], {"--no-wait": True, "--dry-run": True}),
        (("ix", "csv", "x", "--", "--no-wait", "--every"), ["csv", "x", "--no-wait", "--every"], {}),
        (("ix", "csv", "x", "--", "a", "--", "b"), ["csv", "x", "a", "--", "b"], {}),
        (("ix", "csv", "--json", "-v", "--home", "H", "-h"), ["csv", "--json", "-v", "--home", "H", "-h"], {}),
        (("ix", "csv", "-5", "-", "--x=a b"), ["csv", "-5", "-", "--x=a b"], {}),
        (("run", "-", "--help"), ["-", "--help"], {}),
        (("run", "s.py", "--version", "-vv"), ["s.py", "--version", "-vv"], {}),
        (("handler", "test", "csv", "f.csv", "--limit=3"), ["csv", "f.csv", "--limit=3"], {}),
    ],
)
def test_the_rest_belongs_to_the_command(argv: tuple[str, ...], words: list[str], options: dict[str, bool]) -> None:
    got = read(*argv)
    assert (got.words, got.options, got.json, got.home, got.help) == (words, options, False, None, False)


def test_a_number_below_zero_is_a_value_wherever_one_may_stand() -> None:
    assert read("plugin", "set", "weather", "shift", "-5").words == ["weather", "shift", "-5"]
    assert read("plugin", "set", "weather", "shift", "-0.5e-3").words[-1] == "-0.5e-3"
    for argv in (("ax", "-5x"), ("-5", "ax"), ("ax", "-.")):
        with pytest.raises(ErrUnknownFlag):
            read(*argv)


def test_options_of_qntx_stand_in_front_of_the_command() -> None:
    got = read("ix", "--json", "--home", "H", "-vv", "csv", "x")
    assert (got.words, got.json, got.home, got.verbosity) == (["csv", "x"], True, "H", 2)


@pytest.mark.parametrize("verb", ["ix", "run"])
@pytest.mark.parametrize("option", ["--every", "--cron", "--missed", "--timezone"])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_time_table_is_taken_out_wherever_it_stands(verb: str, option: str, place: int) -> None:
    words = ["csv", "x"]
    got = read(verb, *words[:place], option, "5m", *words[place:])
    assert (got.words, got.options) == (words, {option: "5m"})
    plain = read(verb, *words, "--", option, "5m")
    assert (plain.words, plain.options) == ([*words, option, "5m"], {})


@pytest.mark.parametrize(
    ("argv", "flag"),
    [
        (("--frob",), "--frob"),
        (("ax", "--frob", "x"), "--frob"),
        (("ax", "x", "-z"), "-z"),
        (("ix", "--frob", "csv"), "--frob"),
        (("ax", "is a", "--lim", "5"), "--lim"),
        (("handler", "list", "--file", "x"), "--file"),
        (("--", "ax"), "--"),
        (("ax", "-vx"), "-vx"),
    ],
)
def test_an_unknown_option(argv: tuple[str, ...], flag: str) -> None:
    with pytest.raises(ErrUnknownFlag) as refused:
        read(*argv)
    assert refused.value.details["flag"] == flag


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        ((), "Nothing to do"),
        (("frob",), "There is no verb 'frob'"),
        (("handler",), "handler needs a verb"),
        (("handler", "frob"), "There is no verb 'handler frob'"),
        (("ix",), "ix needs COMMAND"),
        (("handler", "show"), "handler show needs NAME"),
        (("handler", "show", "a", "b"), "'b' is too many"),
        (("job", "list", "b"), "takes no words"),
        (("ax", "x", "--limit"), "--limit needs a value"),
        (("ax", "x", "--limit", "--json"), "--limit needs a value"),
        (("ax", "x", "--csv=1"), "--csv takes no value"),
        (("--home=", "ax"), "--home needs a folder"),
    ],
)
def test_a_call_that_makes_no_sense(argv: tuple[str, ...], says: str) -> None:
    with pytest.raises(ErrInvalidCommand) as refused:
        read(*argv)
    assert says in refused.value.message
    assert refused.value.hint.startswith(("Try: qntx", "Did you mean: qntx"))
    assert "  " not in refused.value.hint


def test_a_misspelled_verb_is_guessed() -> None:
    with pytest.raises(ErrInvalidCommand) as refused:
        read("handler", "creat", "csv")
    assert refused.value.hint == "Did you mean: qntx handler create"


def test_json_is_known_even_when_the_call_is_refused() -> None:
    words = Words()
    with pytest.raises(QntxError):
        read_words(["--json", "frob"], GROUPS, words)
    assert words.json


@pytest.mark.parametrize(
    "argv", [("--help",), ("-h",), ("ax", "-h"), ("handler", "--help"), ("handler", "show", "--help")]
)
def test_help_needs_no_words(argv: tuple[str, ...]) -> None:
    assert read(*argv).help


def test_a_verbs_own_option_goes_before_the_common_one() -> None:
    assert read("handler", "show", "csv", "--version", "2").options == {"--version": "2"}
    assert read("--version").version


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_stands_under_its_first_word(group: str) -> None:
    verbs = GROUPS[group]
    assert {verb.path[0] for verb in verbs} == {group}
    assert len({verb.path for verb in verbs}) == len(verbs)
    assert len({len(verb.path) for verb in verbs}) == 1
