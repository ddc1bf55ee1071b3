"""Options are declared so that every door can show them, and refuse what makes no sense."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qntx_desktop.model.errors import ErrInvalidOption, ErrOptionNotFound
from qntx_desktop.model.option import OPTIONS, Option, OptionKind, Setting, find_option, read_value

DOC = (Path(__file__).parents[2] / "docs" / "settings.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.key)
def test_each_declaration_makes_sense(option: Option) -> None:
    assert re.fullmatch(r"[a-z]+\.[a-z_]+", option.key)
    assert read_value(option, option.default) == option.default
    assert read_value(option, str(option.default)) == option.default
    assert (option.minimum is not None) == (option.maximum is not None) == (option.kind is OptionKind.NUMBER)
    assert bool(option.choices) == (option.kind is OptionKind.CHOICE)
    assert bool(option.example) == (option.kind is OptionKind.TEXT)
    assert not option.example or read_value(option, option.example) == option.example
    assert option.help
    assert not option.help.endswith(".")
    assert Setting(option=option, value=option.default, is_set=False).to_json()["key"] == option.key


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.key)
def test_the_page_describes_each(option: Option) -> None:
    default = str(option.default).lower()
    row = rf"^\| `{re.escape(option.key)}` \|[^|]+\| {default} \| {re.escape(option.help)} \|$"
    assert re.search(row, DOC, re.MULTILINE)


def test_the_page_makes_none_up() -> None:
    assert set(re.findall(r"^\| `([a-z_.]+)`", DOC, re.MULTILINE)) == {option.key for option in OPTIONS}


@pytest.mark.parametrize(
    ("key", "given"),
    [
        ("pulse.workers", "-1"),
        ("pulse.workers", 65),
        ("pulse.workers", "1e3"),
        ("pulse.workers", "1" * 5_000),
        ("pulse.workers", True),
        ("pulse.workers", 1.0),
        ("pulse.workers", "٣"),
        ("pulse.workers", ""),
        ("network.offline", 1),
        ("network.offline", "maybe"),
        ("window.theme", "Dark"),
        ("window.theme", ["dark"]),
        ("api.origins", "*"),
    ],
)
def test_what_makes_no_sense_is_refused(key: str, given: object) -> None:
    with pytest.raises(ErrInvalidOption) as caught:
        read_value(find_option(key), given)
    assert caught.value.details["key"] == key
    assert len(caught.value.message) < 150


def test_who_writes_a_text_wrong_is_shown_one() -> None:
    with pytest.raises(ErrInvalidOption, match="looks like http://localhost:3000, not"):
        read_value(find_option("api.origins"), "https://a b/c")


@pytest.mark.parametrize(("given", "meant"), [("on", True), (" No ", False), ("TRUE", True), (False, False)])
def test_flags_are_read_as_people_write_them(given: object, meant: bool) -> None:
    assert read_value(find_option("network.offline"), given) is meant


def test_a_key_that_is_nearly_right_is_named() -> None:
    with pytest.raises(ErrOptionNotFound) as caught:
        find_option("pulse.worker")
    assert caught.value.details["nearest"] == "pulse.workers"
