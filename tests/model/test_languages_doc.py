"""docs/languages.md tells the truth: every deviation is named there, and its examples parse as it says."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qntx_desktop.model.as_language import parse_as
from qntx_desktop.model.ax import AxQuery, parse_ax, split_clauses
from qntx_desktop.model.errors import ErrInvalidAttestation, ErrInvalidCommand, ErrInvalidQuery, QntxError
from qntx_desktop.model.ix import parse_ix, read_options

DOC = (Path(__file__).parents[2] / "docs" / "languages.md").read_text(encoding="utf-8")


def _ax(text: str) -> tuple[tuple[str, ...], ...]:
    query = parse_ax(text)
    return query.subjects, query.predicates, query.contexts, query.actors


def _clauses(text: str) -> list[tuple[str, int]]:
    return [(clause.keyword, len(clause.words)) for clause in split_clauses(text)]


DEVIATIONS: dict[str, tuple[Callable[[str], Any], str, Any]] = {
    "ax-empty-clause": (parse_ax, "x is a of by hr", ErrInvalidQuery),
    "ax-nothing-dropped": (_clauses, "x so go by hr", [("", 1), ("so", 1), ("by", 1)]),
    "ax-dates": (parse_ax, "x since yesterday", ErrInvalidQuery),
    "ax-date-phrases": (_clauses, "x since last week", [("", 1), ("since", 2)]),
    "ax-several-dates": (_clauses, "since a until b", [("since", 1), ("until", 1)]),
    "ax-case": (_ax, "alice of TEAM", (("alice",), (), ("TEAM",), ())),
    "ax-signs": (_ax, "a/b C++ x,y=z", (("a/b", "C++", "x", "y", "z"), (), (), ())),
    "ax-lone-signs": (parse_ax, "alice @ bob", ErrInvalidQuery),
    "ax-apostrophes": (_ax, "O'Brien", (("O'Brien",), (), (), ())),
    "ax-unclosed-quotes": (parse_ax, "is 'x", ErrInvalidQuery),
    "ax-empty-names": (parse_ax, "is ''", ErrInvalidQuery),
    "ax-so-alone": (parse_ax, "so notify", ErrInvalidQuery),
    "ax-control-characters": (parse_ax, "a\x07b", ErrInvalidQuery),
    "as-case": (lambda text: parse_as(text).contexts, "alice is x of Team", ("Team",)),
    "as-keywords": (lambda text: parse_as(text).actors, "alice IS x FROM y Via hr", ("hr",)),
    "as-quotes": (lambda text: parse_as(text).contexts, "alice is x of \"by hr\" 'on'", ("by hr", "on")),
    "as-unclosed-quotes": (parse_as, "alice is 'member of TEAM", ErrInvalidAttestation),
    "as-empty-clause": (parse_as, "alice is", ErrInvalidAttestation),
    "as-dates": (parse_as, "alice on yesterday", ErrInvalidAttestation),
    "as-control-characters": (parse_as, "a\x07b", ErrInvalidAttestation),
    "ix-open-types": (lambda text: parse_ix(text).script_type, "ix jd x", "jd"),
    "ix-bare": (lambda text: parse_ix(text).command, "jd x", "ix jd x"),
    "ix-unclosed-quotes": (parse_ix, "ix jd 'x", ErrInvalidCommand),
    "ix-empty-arguments": (lambda text: parse_ix(text).args, "ix jd ''", ("",)),
    "ix-control-characters": (parse_ix, "ix jd a\x07b", ErrInvalidCommand),
}
"""Every deviation from the reference parser: how it is read here, an input, and the outcome."""


def test_the_deviations_in_the_doc_and_here_are_the_same() -> None:
    named = re.findall(r"^\| `((?:ax|as|ix)-[a-z-]+)` \|", DOC, re.MULTILINE)
    assert sorted(named) == sorted(DEVIATIONS)


@pytest.mark.parametrize("name", DEVIATIONS)
def test_a_deviation_is_as_the_doc_says(name: str) -> None:
    read, text, outcome = DEVIATIONS[name]
    if isinstance(outcome, type):
        with pytest.raises(outcome):
            read(text)
    else:
        assert read(text) == outcome


def _examples(verb: str) -> list[str]:
    """What stands after `qntx <verb>` or, for IX, alone on a line of a code block of its section."""
    return re.findall(rf"^qntx {verb} (\"[^\"]*\")", DOC, re.MULTILINE)


def test_the_examples_of_ax_and_as_parse() -> None:
    queries, attestations = _examples("ax"), _examples("as")
    assert len(queries) == 4
    assert len(attestations) == 5
    asked = [parse_ax(*shlex.split(query)) for query in queries]
    assert asked[1] == AxQuery(predicates=("lives_in",))
    assert asked[3] == AxQuery(contexts=("ACME Corp",), actors=("hr", "registry"))
    said = [parse_as(*shlex.split(text)) for text in attestations]
    assert (said[3].subjects, said[3].predicates, said[3].contexts) == (("jack",), ("manager",), ("ibm",))
    assert said[1].subjects == ("Ada Lovelace",)
    assert said[4].filled().predicates == ("_",)


def test_the_examples_of_ix_parse() -> None:
    block = DOC.split("## IX: run something")[1].split("```")[3].strip().splitlines()
    commands = [parse_ix(re.split(r" {3,}", line)[0]) for line in block]
    assert [command.script_type for command in commands] == ["csv", "rss-feed", "csv", "csv"]
    assert commands[2].args == ("./my files/people.csv",)


def test_the_table_of_options_is_true() -> None:
    rows = re.findall(r"^\| (`--.*?) \| `(\{.*?\})`", DOC, re.MULTILINE)
    assert len(rows) == 4
    for typed, options in rows:
        for arguments in re.findall("`(.*?)`", typed):
            assert repr(read_options(arguments.split())).replace("'", '"') == options


def test_the_signs_that_need_quotes_are_those_of_the_doc() -> None:
    said = [*DOC.split("Names with `")[1].split("`")[0].split(), "`"]
    needing = []
    for code in range(33, 127):
        sign = chr(code)
        if not sign.isalnum() and sign not in "'\",;=":
            try:
                parse_ax(f"a{sign}b")
            except QntxError:
                needing.append(sign)
    assert sorted(needing) == sorted(said)
    for sign in said:
        assert parse_ax(f"'a{sign}b'").subjects == (f"a{sign}b",)
