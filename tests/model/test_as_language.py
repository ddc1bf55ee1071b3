"""The AS language beyond the corpus: what a person says by hand, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qntx_desktop.model.as_language import MAX_AS_CHARS, AsCommand, parse_as, tokenise_as
from qntx_desktop.model.attestation import check_draft
from qntx_desktop.model.errors import ErrInvalidAttestation, QntxError


def _outcome(call: Callable[..., Any], *args: Any) -> Any:
    try:
        return call(*args)
    except QntxError as error:
        return error


def _said(subjects: str, predicates: str = "", contexts: str = "", actors: str = "") -> AsCommand:
    def terms(text: str) -> tuple[str, ...]:
        return tuple(text.split("|")) if text else ()

    return AsCommand(
        subjects=terms(subjects),
        predicates=terms(predicates),
        contexts=terms(contexts),
        actors=terms(actors),
    )


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("alice is member of TEAM by hr", _said("alice", "member", "TEAM", "hr")),
        (["alice", "is", "member", "of", "TEAM", "by", "hr"], _said("alice", "member", "TEAM", "hr")),
        ("ada Lovelace lives_in london", _said("ada|Lovelace|lives_in|london")),
        ("Jack Manager Ibm", _said("Jack", "Manager", "Ibm")),
        ("Jack Manager Ibm by hr", _said("Jack", "Manager", "Ibm", "hr")),
        ("alice IS member FROM team VIA hr", _said("alice", "member", "team", "hr")),
        ("alice is 'is' of 'by'", _said("alice", "is", "by")),
        ('"Ada Lovelace" is \'team lead\' of "R&D"', _said("Ada Lovelace", "team lead", "R&D")),
        (["Ada Lovelace", "is", "team lead", "of", "R&D"], _said("Ada Lovelace", "team lead", "R&D")),
        ("O'Brien is member of Nuku'alofa", _said("O'Brien", "member", "Nuku'alofa")),
        ("'O'Brien's pub' is open of 'x'", _said("O'Brien's pub", "open", "x")),
        ("alice is ' x ' of y", _said("alice", " x ", "y")),
        ("'two  spaces' is x of y", _said("two  spaces", "x", "y")),
        ("C# is 100% of a=b", _said("C#", "100%", "a=b")),
        ("alice by hr is member of A of B", _said("alice", "member", "A|B", "hr")),
        ("alice\nis\tmember\u00a0of TEAM", _said("alice", "member", "TEAM")),
        ("x since y", _said("x", "since", "y")),
    ],
)
def test_attestations(typed: str | list[str], expected: AsCommand) -> None:
    assert parse_as(typed) == expected


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ("", "subjects"),
        ("  \n", "subjects"),
        ([], "subjects"),
        (["", " "], "subjects"),
        ("is member of TEAM", "subjects"),
        ("alice is", "predicates"),
        ("alice is of TEAM", "predicates"),
        ("alice is member of", "contexts"),
        ("alice is member by", "actors"),
        ("alice is x of by hr", "contexts"),
        ("alice on 2024-01-01", "timestamp"),
        ("alice is x ON yesterday", "timestamp"),
        ("al\0ice is x", "text"),
        ("alice is 'unclosed of TEAM", "text"),
        (["alice", "is", "'"], "text"),
        ("al\ud800ice is x", "text"),
        ("x" * (MAX_AS_CHARS + 1), "text"),
    ],
)
def test_what_is_refused_names_the_field(typed: str | list[str], field: str) -> None:
    with pytest.raises(ErrInvalidAttestation) as caught:
        parse_as(typed)
    assert caught.value.details["field"] == field
    assert caught.value.message.encode()


@pytest.mark.parametrize(
    ("typed", "column"),
    [
        ("alice is 'unclosed of TEAM", 10),
        ("  \"Ada Lovelace' is x", 3),
        (["alice", "is", "'t Hooft"], 10),
        ("'a' 'b", 5),
        ("'", 1),
        ("alice is a\x07b", 11),
    ],
)
def test_an_open_quote_and_a_refused_character_are_told_with_their_column(
    typed: str | list[str], column: int
) -> None:
    with pytest.raises(ErrInvalidAttestation) as caught:
        parse_as(typed)
    assert caught.value.details["column"] == column
    assert f"column {column}" in caught.value.message


def test_what_was_not_said_is_filled_with_the_sign_for_it_before_it_is_stored() -> None:
    neo = parse_as("NEO").filled()
    assert neo == _said("NEO", "_", "_")
    whole = parse_as("alice is member of TEAM by hr")
    assert whole.filled() == whole
    draft = check_draft(subjects=neo.subjects, predicates=neo.predicates, contexts=neo.contexts, actors=neo.actors)
    assert (draft.predicates, draft.contexts) == (("_",), ("_",))


@given(
    st.one_of(
        st.text(st.one_of(st.characters(exclude_categories=[]), st.sampled_from(" '\"\n"))),
        st.lists(st.text()),
    )
)
def test_arbitrary_input_is_an_attestation_or_refused(typed: str | list[str]) -> None:
    outcome = _outcome(parse_as, typed)
    if isinstance(outcome, QntxError):
        assert isinstance(outcome, ErrInvalidAttestation)
    else:
        assert outcome.subjects


@given(st.text("ab \n'\""))
def test_no_letter_is_lost(text: str) -> None:
    words = _outcome(tokenise_as, text)
    if isinstance(words, QntxError):
        assert text[words.details["column"] - 1] in "'\""
    else:
        assert [c for c in "".join(words) if c in "ab"] == [c for c in text if c in "ab"]


@given(st.lists(st.text(min_size=1).filter(lambda word: word[0] not in "'\"")))
def test_words_from_a_shell_stay_whole(words: list[str]) -> None:
    assert list(tokenise_as(words)) == words
