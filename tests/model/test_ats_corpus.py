"""The reference corpus: every entry is run, or stands in a counted list that says why it is not.

`DATED_...` and `GIT_ARGUMENTS` are what issues to come will build, `DIFFERENT` is what we do differently on
purpose. The lists are checked against the corpus, so that nothing is skipped in silence.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qntx_desktop.model.as_language import parse_as, tokenise_as
from qntx_desktop.model.ax import ClauseKind, TokenKind, parse_ax, split_clauses, tokenise_ax
from qntx_desktop.model.errors import ErrInvalidAttestation, ErrInvalidCommand, ErrInvalidQuery, QntxError
from qntx_desktop.model.ix import parse_ix, read_options, tokenise

ENTRIES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "data" / "ats_corpus.json").read_text(encoding="utf-8")
)["entries"]

DATED_QUERIES = frozenset(
    f"ax-{number:03}"
    for number in (
        *(5, 6, 7, 37, 48, 50, 52, 53, 54, 55, 61, 63, 65, 67, 69, 71, 72, 73, 78, 80, 81, 82, 91, 105, 106),
        *(117, 119, 120, 121, 123),
    )
)
"""Queries with a date or duration: refused with the column of its keyword, other clauses already right."""

DATED_ATTESTATIONS = frozenset({"as-058", "as-130", "as-136", "as-137"})
"""`on DATE`: refused, naming the timestamp."""

OPEN_QUOTES = frozenset({"as_tokens-144"})
"""A quote that never closes: refused with its column (as-unclosed-quotes)."""

GIT_ARGUMENTS = frozenset({"ats_ix-230", "ats_ix-232", "ats_ix-234", "ats_ix-236"})
"""Readable commands whose arguments the built-in `git` will refuse."""

DATE_KINDS = {"temporal": 36, "duration": 9, "temporal_word": 17}
"""Kinds that only exist for dates and durations, with their number of entries."""

DIFFERENT = {
    "ax-090": "ax-empty-clause",
    "ats_ix-222": "ix-open-types",
    "ats_ix-224": "ix-open-types",
}
"""Entries where we answer otherwise, with the deviation's name in docs/languages.md."""


def _of_kind(kind: str, *without: frozenset[str] | dict[str, str]) -> list[Any]:
    left_out = set().union(*without)
    return [
        pytest.param(entry, id=entry["id"])
        for entry in ENTRIES
        if entry["kind"] == kind and entry["id"] not in left_out
    ]


def _exactly(ids: frozenset[str]) -> list[Any]:
    return [pytest.param(entry, id=entry["id"]) for entry in ENTRIES if entry["id"] in ids]


def _column_of(text: str, byte_offset: int) -> int:
    return len(text.encode()[:byte_offset].decode()) + 1


def test_every_entry_is_accounted_for() -> None:
    by_kind = Counter(entry["kind"] for entry in ENTRIES)
    assert len(ENTRIES) == 246
    assert {kind: by_kind[kind] for kind in DATE_KINDS} == DATE_KINDS
    assert len(DATED_QUERIES) == 30
    dated = {e["id"] for e in ENTRIES if e["kind"] == "ax" and e["expected"].get("temporal")}
    assert dated == DATED_QUERIES
    run = {
        "ax": len(_of_kind("ax", DATED_QUERIES, DIFFERENT)),
        "ax_tokens": len(_of_kind("ax_tokens")),
        "as": len(_of_kind("as", DATED_ATTESTATIONS)),
        "as_tokens": len(_of_kind("as_tokens", OPEN_QUOTES)),
        "ats_ix": len(_of_kind("ats_ix", GIT_ARGUMENTS, DIFFERENT)),
        "ats_tokens": len(_of_kind("ats_tokens")),
    }
    assert run == {"ax": 79, "ax_tokens": 9, "as": 17, "as_tokens": 5, "ats_ix": 13, "ats_tokens": 19}
    answered_otherwise = (DATED_QUERIES, DATED_ATTESTATIONS, OPEN_QUOTES, GIT_ARGUMENTS, DIFFERENT)
    named = sum(map(len, answered_otherwise))
    assert sum(run.values()) + named + sum(DATE_KINDS.values()) == 246


@pytest.mark.parametrize("entry", _of_kind("ax", DATED_QUERIES, DIFFERENT))
def test_ax(entry: dict[str, Any]) -> None:
    text, expected = entry["input"], entry["expected"]
    if "error" in expected:
        with pytest.raises(ErrInvalidQuery) as caught:
            parse_ax(text)
        _check_ax_error(text, expected["error"], caught.value)
        return
    query = parse_ax(text)
    for field in ("subjects", "predicates", "contexts", "actors", "actions"):
        assert list(getattr(query, field)) == expected[field], field
    if "expected_filter" in entry:
        _check_filter(query.as_filter(), entry["expected_filter"])


def _check_ax_error(text: str, error: str, caught: ErrInvalidQuery) -> None:
    column, reason = caught.details["column"], caught.details["reason"]
    if error.startswith("MissingElement"):
        offset = int(error.rsplit("position: ", 1)[1].rstrip(" }"))
        element = error.split('element: "')[1].split('"')[0]
        assert column == _column_of(text, offset)
        assert element in reason
    elif error.startswith("WildcardNotSupported"):
        field = error.split('field: "')[1].split('"')[0]
        assert text[column - 1] in "*^%$#"
        assert ("subject" if field == "query" else field) in reason
    elif error == "PipeNotSupported":
        assert text[column - 1] == "|"
    else:
        assert error == "EmptyQuery"
        assert column == 1


def _check_filter(ours: Any, expected: dict[str, Any]) -> None:
    """The reference folds case when it parses, our store when it matches."""
    for field in ("subjects", "predicates", "contexts", "actors"):
        folded = [term.casefold() for term in getattr(ours, field)]
        assert folded == [term.casefold() for term in expected[field]], field
    assert ours.limit == expected["limit"]


@pytest.mark.parametrize("entry", _exactly(DATED_QUERIES))
def test_ax_with_a_date_is_refused_and_otherwise_understood(entry: dict[str, Any]) -> None:
    text, expected = entry["input"], entry["expected"]
    clauses = split_clauses(text)
    dated = [clause for clause in clauses if clause.kind is ClauseKind.TEMPORAL]
    with pytest.raises(ErrInvalidQuery) as caught:
        parse_ax(text)
    assert caught.value.details["column"] == dated[0].column
    assert text[dated[0].column - 1 :].startswith(dated[0].keyword)
    # The reference keeps the last of several temporal clauses, and one word of a phrase.
    assert dated[-1].keyword == expected["temporal"]["op"]
    words = [word.text for word in dated[-1].words if word.text != "and"]
    assert words[: len(expected["temporal"]["args"])] == expected["temporal"]["args"]
    # A clause behind a multi-word phrase is dropped by the reference (ax-065: `since last monday by hr`).
    dropped = {"actors"} if entry["id"] == "ax-065" else set()
    for kind in ("subjects", "predicates", "contexts", "actors", "actions"):
        said = [word.text for clause in clauses if clause.kind == kind for word in clause.words]
        assert said == (["hr"] if kind in dropped else expected[kind]), kind


def test_ax_empty_clause_in_the_middle_is_an_error() -> None:
    (entry,) = (e for e in ENTRIES if e["id"] == "ax-090")
    with pytest.raises(ErrInvalidQuery) as caught:
        parse_ax(entry["input"])
    assert caught.value.details["column"] == entry["input"].index(" of ") + 2


@pytest.mark.parametrize("entry", _of_kind("ax_tokens"))
def test_ax_tokens(entry: dict[str, Any]) -> None:
    text = entry["input"]
    names = {TokenKind.WORD: "Identifier", TokenKind.QUOTED: "QuotedString"}
    ours = [
        (names.get(token.kind, token.text.capitalize()), token.text, token.column)
        for token in tokenise_ax(text)
    ]
    *theirs, end = [(e["kind"], e["text"], _column_of(text, e["offset"])) for e in entry["expected"]]
    assert ours == theirs
    assert end[0] == "Eof"


@pytest.mark.parametrize("entry", _of_kind("as", DATED_ATTESTATIONS))
@pytest.mark.parametrize("shape", ["words", "text"])
def test_as(entry: dict[str, Any], shape: str) -> None:
    expected = entry["expected"]
    typed = entry["input"] if shape == "words" else " ".join(entry["input"])
    if "error" in expected:
        with pytest.raises(ErrInvalidAttestation) as caught:
            parse_as(typed)
        assert caught.value.details["field"] == (
            "timestamp" if "timestamp" in expected["error"] else "subjects"
        )
        return
    said = parse_as(typed)
    actors = [] if expected["actors"] == ["<default>"] else expected["actors"]
    assert list(said.actors) == actors
    assert list(said.predicates) == expected["predicates"]
    # The reference upper-cases these two; we keep what was typed.
    assert [term.upper() for term in said.subjects] == expected["subjects"]
    assert [term.upper() for term in said.contexts] == expected["contexts"]
    for term in (*said.subjects, *said.contexts):
        assert term in " ".join(entry["input"])


@pytest.mark.parametrize("entry", _exactly(DATED_ATTESTATIONS))
def test_as_with_a_date_is_refused(entry: dict[str, Any]) -> None:
    with pytest.raises(ErrInvalidAttestation) as caught:
        parse_as(entry["input"])
    assert caught.value.details["field"] == "timestamp"


@pytest.mark.parametrize("entry", _of_kind("as_tokens", OPEN_QUOTES))
@pytest.mark.parametrize("shape", ["words", "text"])
def test_as_tokens(entry: dict[str, Any], shape: str) -> None:
    typed = entry["input"] if shape == "words" else " ".join(entry["input"])
    assert list(tokenise_as(typed)) == entry["expected"]["tokens"]


@pytest.mark.parametrize("entry", _exactly(OPEN_QUOTES))
def test_as_with_an_open_quote_is_refused(entry: dict[str, Any]) -> None:
    typed = " ".join(entry["input"])
    for shape in (typed, entry["input"]):
        with pytest.raises(ErrInvalidAttestation) as caught:
            parse_as(shape)
        assert caught.value.details["column"] == typed.index("'") + 1


@pytest.mark.parametrize("entry", _of_kind("ats_ix", GIT_ARGUMENTS, DIFFERENT))
def test_ats_ix(entry: dict[str, Any]) -> None:
    expected = entry["expected"]
    if "error" in expected:
        with pytest.raises(ErrInvalidCommand):
            parse_ix(entry["input"], allow_bare=False)
        return
    command = parse_ix(entry["input"], allow_bare=False)
    options = read_options(command.args)
    assert expected["handler"] == "ixgest.git"
    assert command.script_type == "git"
    assert command.args[0] == expected["source_url"] == expected["payload"]["repository_source"]
    assert options.get("since") == expected["payload"].get("since")
    assert options.get("no-deps", False) is expected["payload"].get("no_deps", False)


@pytest.mark.parametrize("entry", _exactly(GIT_ARGUMENTS))
def test_ats_ix_git_arguments_are_handed_on(entry: dict[str, Any]) -> None:
    command = parse_ix(entry["input"])
    assert (command.script_type, *command.args) == tuple(entry["input"].split()[1:])


@pytest.mark.parametrize("entry", _exactly(frozenset(DIFFERENT) - {"ax-090"}))
def test_ats_ix_any_type_can_be_named(entry: dict[str, Any]) -> None:
    assert "unknown ix target" in entry["expected"]["error"]
    command = parse_ix(entry["input"])
    assert command.script_type == entry["input"].split()[1]
    assert list(command.args) == entry["input"].split()[2:]


@pytest.mark.parametrize("entry", _of_kind("ats_tokens"))
def test_ats_tokens(entry: dict[str, Any]) -> None:
    assert list(tokenise(entry["input"])) == (entry["expected"]["tokens"] or [])


@pytest.mark.parametrize("entry", [pytest.param(entry, id=entry["id"]) for entry in ENTRIES])
def test_no_language_meets_an_input_with_anything_but_our_errors(entry: dict[str, Any]) -> None:
    text = entry["input"] if isinstance(entry["input"], str) else " ".join(entry["input"])
    for parse in (parse_ix, parse_ax, parse_as):
        error = _error_of(parse, text)
        assert error is None or (error.message and error.details)


def _error_of(parse: Callable[[str], object], text: str) -> QntxError | None:
    try:
        parse(text)
    except QntxError as error:
        return error
    return None
