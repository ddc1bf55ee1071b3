"""docs/cli.md names what there is, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

from qntx_desktop.cli.grammar import GLOBAL_OPTIONS
from qntx_desktop.cli.program import EXIT_CODES
from qntx_desktop.cli.verbs import GROUPS

TEXT = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")
VERBS = [verb for group in GROUPS.values() for verb in group]


def test_every_verb_is_described_with_its_words() -> None:
    missing = [verb.name for verb in VERBS if f"`qntx {' '.join((*verb.path, *verb.arguments))}" not in TEXT]
    assert missing == []


def test_every_option_is_described() -> None:
    options = {option.name for verb in VERBS for option in (*verb.options, *GLOBAL_OPTIONS)}
    assert sorted(option for option in options if f"`{option}" not in TEXT and f"[{option}" not in TEXT) == [
        "--file",
    ]
    assert "create NAME --file F`" in TEXT


def test_no_option_is_made_up() -> None:
    known = {option.name for verb in VERBS for option in (*verb.options, *GLOBAL_OPTIONS)}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", TEXT)) - known == set()


def test_no_verb_is_made_up() -> None:
    groups = set(re.findall(r"`qntx ([a-z]+)", TEXT))
    assert groups == GROUPS.keys()


def test_every_exit_code_is_described() -> None:
    told = set(re.findall(r"^\| (\d+) \|", TEXT, re.MULTILINE))
    assert {str(code) for code in EXIT_CODES.values()} | {"0", "130", "141"} == told
