"""The AX language beyond the corpus: the deviations, the columns, and that no word is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qntx_desktop.model.ats_tokens import refused_character
from qntx_desktop.model.ax import (
    KEYWORDS,
    MAX_QUERY_CHARS,
    MAX_QUERY_TERMS,
    AxQuery,
    ClauseKind,
    parse_ax,
    split_clauses,
)
from qntx_desktop.model.errors import ErrInvalidQuery, QntxError

FIELD_OF = {
    "subjects": [""],
    "predicates": ["is", "ARE"],
    "contexts": ["of", "From"],
    "actors": ["by", "VIA"],
}


def _outcome(call: Callable[..., Any], *args: Any) -> Any:
    try:
        return call(*args)
    except QntxError as error:
        return error


def _refusal(text: str) -> ErrInvalidQuery:
    with pytest.raises(ErrInvalidQuery) as caught:
        parse_ax(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("is lives_in", AxQuery(predicates=("lives_in",))),
        (
            "alice is member of TEAM by hr",
            AxQuery(subjects=("alice",), predicates=("member",), contexts=("TEAM",), actors=("hr",)),
        ),
        (
            "BY hr OF TEAM Is member",
            AxQuery(predicates=("member",), contexts=("TEAM",), actors=("hr",)),
        ),
        ("alice and bob are x and y", AxQuery(subjects=("alice", "bob"), predicates=("x", "y"))),
        ("is a is b", AxQuery(predicates=("a", "b"))),
        ("of a of b from c", AxQuery(contexts=("a", "b", "c"))),
        ("'is' \"OF\" 'and'", AxQuery(subjects=("is", "OF", "and"))),
        ("'two\nlines' is x", AxQuery(subjects=("two\nlines",), predicates=("x",))),
        ("alice\u00a0is\u2003member", AxQuery(subjects=("alice",), predicates=("member",))),
        ("is x so ex csv", AxQuery(predicates=("x",), actions=("ex", "csv"))),
        ("island often byte", AxQuery(subjects=("island", "often", "byte"))),
        ("café is 日本語 of ⨳", AxQuery(subjects=("café",), predicates=("日本語",), contexts=("⨳",))),
        ("AS-1a2b-ALICE", AxQuery(subjects=("AS-1a2b-ALICE",))),
        ("is _", AxQuery(predicates=("_",))),
    ],
)
def test_queries(text: str, expected: AxQuery) -> None:
    assert parse_ax(text) == expected


def test_the_filter_has_the_same_terms_and_the_limit() -> None:
    query = parse_ax("alice is member of TEAM by hr so notify")
    found = query.as_filter(5)
    assert (found.subjects, found.predicates) == (("alice",), ("member",))
    assert (found.contexts, found.actors) == (("TEAM",), ("hr",))
    assert found.limit == 5
    assert query.as_filter().limit == 100


@pytest.mark.parametrize("keyword", sorted(KEYWORDS))
@pytest.mark.parametrize("tail", ["", "  ", " ,", " by hr"])
def test_an_empty_clause_is_an_error_at_its_keyword(keyword: str, tail: str) -> None:
    error = _refusal(f"alice {keyword.upper()}{tail}")
    assert error.details["column"] == 7
    assert keyword.upper() in error.details["reason"]


@pytest.mark.parametrize("keyword", [word for word in KEYWORDS if KEYWORDS[word] is ClauseKind.TEMPORAL])
def test_dates_are_refused_at_their_keyword_and_a_quote_makes_the_word_plain(keyword: str) -> None:
    error = _refusal(f"alice is x {keyword} 2024-01-01 by hr")
    assert error.details["column"] == 12
    assert "not built yet" in error.message
    assert "quotes" in error.hint
    assert parse_ax(f"'{keyword}' is x").subjects == (keyword,)


def test_what_follows_a_temporal_clause_is_a_clause_of_its_own() -> None:
    clauses = split_clauses("x since last week by hr between 'a b' and tomorrow so notify of TEAM")
    assert [(c.kind.value, c.keyword, [w.text for w in c.words]) for c in clauses] == [
        ("subjects", "", ["x"]),
        ("temporal", "since", ["last", "week"]),
        ("actors", "by", ["hr"]),
        ("temporal", "between", ["a b", "and", "tomorrow"]),
        ("actions", "so", ["notify"]),
        ("contexts", "of", ["TEAM"]),
    ]


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("alice is 'x", 10),
        ('alice is "x of y', 10),
        ("alice 'b' \"c", 11),
        ("alice is ''", 10),
        ('"  "', 1),
        ("C#", 2),
        ("100%", 4),
        ("a | b", 3),
        ("a (b)", 3),
        ("who?", 4),
        ("alice @ bob", 7),
        ("alice -- bob", 7),
        ("is *", 4),
        ("is x so *", 9),
        ("alice\0", 6),
        ("alice 'b\x1b'", 9),
        ("alice \udc80", 7),
        ("", 1),
        (",;=", 1),
        ("and", 1),
        ("so notify", 1),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_column(text: str, column: int) -> None:
    error = _refusal(text)
    assert error.details["column"] == column
    assert f"(column {column})" in error.message
    assert error.hint
    assert error.message.encode()


@pytest.mark.parametrize(
    "name",
    [
        "O'Brien",
        "./people.csv",
        "https://example.com/a/b",
        "@alice",
        "-x",
        "AT&T",
        "C++",
        "a~b",
        r"C:\x",
        "hey!",
    ],
)
def test_names_that_need_no_quotes(name: str) -> None:
    assert parse_ax(f"{name} is x").subjects == (name,)


@pytest.mark.parametrize(
    "name", ["C#", "100%", "a|b", "$5", "who?", "f(x)", "a,b", "a=b", "is", "two words", 'a "b"']
)
def test_every_other_name_works_in_quotes(name: str) -> None:
    quoted = f"'{name}'"
    assert parse_ax(f"is {quoted}").predicates == (name,)


def test_limits_are_named() -> None:
    assert len(parse_ax("x " * MAX_QUERY_TERMS).subjects) == MAX_QUERY_TERMS
    assert f"{MAX_QUERY_TERMS:,}" in _refusal("x " * (MAX_QUERY_TERMS + 1)).message
    assert parse_ax("x" * MAX_QUERY_CHARS)
    assert f"{MAX_QUERY_CHARS:,}" in _refusal("x" * (MAX_QUERY_CHARS + 1)).message


@given(st.text(st.one_of(st.characters(exclude_categories=[]), st.sampled_from(" '\",;=*|@-aio\n"))))
def test_arbitrary_text_is_a_query_or_refused_with_a_place(text: str) -> None:
    outcome = _outcome(parse_ax, text)
    if isinstance(outcome, QntxError):
        assert isinstance(outcome, ErrInvalidQuery)
        assert outcome.details["column"] is None or 1 <= outcome.details["column"] <= max(1, len(text))
        assert outcome.message.encode()
    else:
        assert any((outcome.subjects, outcome.predicates, outcome.contexts, outcome.actors))


@given(st.text("ab \n,;='\""))
def test_no_letter_of_a_readable_query_is_lost(text: str) -> None:
    outcome = _outcome(parse_ax, text)
    if not isinstance(outcome, QntxError):
        kept = "".join(outcome.subjects)
        assert [c for c in kept if c in "ab"] == [c for c in text if c in "ab"]


TERM = st.text(st.characters(exclude_characters="'", exclude_categories=["Cc", "Cs"]), min_size=1).filter(
    lambda term: bool(term.strip()) and refused_character(term) is None
)
CLAUSE = st.tuples(
    st.sampled_from(["predicates", "contexts", "actors"]), st.integers(0, 1), st.lists(TERM, min_size=1)
)


@given(st.lists(TERM), st.lists(CLAUSE))
def test_every_quoted_term_arrives_in_its_field(
    subjects: list[str], clauses: list[tuple[str, int, list[str]]]
) -> None:
    expected: dict[str, list[str]] = {field: [] for field in FIELD_OF}
    expected["subjects"] += subjects
    pieces = [f"'{term}'" for term in subjects]
    for field, choice, terms in clauses:
        pieces += [FIELD_OF[field][choice], *(f"'{term}'" for term in terms)]
        expected[field] += terms
    outcome = _outcome(parse_ax, " ".join(pieces))
    if not any(expected.values()):
        assert isinstance(outcome, ErrInvalidQuery)
        return
    assert {field: list(getattr(outcome, field)) for field in FIELD_OF} == expected
