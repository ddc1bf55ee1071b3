"""The one gate for what strangers want to attest."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qntx_desktop.model.attestation import (
    MAX_ATTRIBUTES_BYTES,
    MAX_ATTRIBUTES_DEPTH,
    MAX_TERM_CHARS,
    MAX_TERMS,
    canonical_attributes,
    check_draft,
)
from qntx_desktop.model.errors import ErrInvalidAttestation

GOOD: dict[str, Any] = {"subjects": ["alice"], "predicates": ["member"], "contexts": ["TEAM"]}


def refused(**changes: Any) -> dict[str, Any]:
    with pytest.raises(ErrInvalidAttestation) as caught:
        check_draft(**{**GOOD, **changes})
    return caught.value.details


def deep(levels: int) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for _ in range(levels):
        value = {"a": value}
    return value


def test_a_text_stands_for_a_list_of_one_and_repeats_are_kept_once() -> None:
    draft = check_draft(subjects="alice", predicates=("is", "is"), contexts={"TEAM"}, actors=["hr", "hr"])
    assert (draft.subjects, draft.predicates, draft.contexts) == (("alice",), ("is",), ("TEAM",))
    assert draft.actors == ("hr",)


@pytest.mark.parametrize("name", ["subjects", "predicates", "contexts"])
@pytest.mark.parametrize("value", [None, [], "", ["  "], [1], 7, {"a": 1}, [None], ["a\0b"], ["\ud800"], [b"x"]])
def test_a_bad_field_is_named(name: str, value: object) -> None:
    assert refused(**{name: value})["field"] == name


def test_actors_may_be_missing_but_not_wrong() -> None:
    assert check_draft(**GOOD).actors == ()
    assert refused(actors=[""])["field"] == "actors"


def test_limits_are_named() -> None:
    assert refused(subjects=[f"s{i}" for i in range(MAX_TERMS + 1)])["limit"] == MAX_TERMS
    assert refused(contexts=["x" * (MAX_TERM_CHARS + 1)])["limit"] == MAX_TERM_CHARS
    assert refused(attributes={"a": "x" * MAX_ATTRIBUTES_BYTES})["limit"] == MAX_ATTRIBUTES_BYTES
    assert refused(attributes=deep(MAX_ATTRIBUTES_DEPTH + 1))["limit"] == MAX_ATTRIBUTES_DEPTH
    assert refused(attributes=deep(10_000))["limit"] == MAX_ATTRIBUTES_DEPTH
    assert refused(attributes={"n": 1 << 300})["limit"] == 256


def test_exactly_at_the_limit_is_fine() -> None:
    draft = check_draft(
        subjects=[f"s{i}" for i in range(MAX_TERMS)],
        predicates=["p" * MAX_TERM_CHARS],
        contexts="c",
        attributes=deep(MAX_ATTRIBUTES_DEPTH - 1),
    )
    assert len(draft.subjects) == MAX_TERMS


@pytest.mark.parametrize(
    "attributes", [{"a": float("nan")}, {"a": [float("inf")]}, {1: 2}, [1], {"a": object()}, {"a": "\ud800"}, "x"]
)
def test_what_json_cannot_hold_is_refused(attributes: object) -> None:
    assert refused(attributes=attributes)["field"] == "attributes"


@pytest.mark.parametrize("name", ["ix_handler", "IX_HANDLER", "ix_handler_retired"])
def test_the_registrys_predicates_cannot_be_forged(name: str) -> None:
    assert refused(predicates=["is", name])["field"] == "predicates"


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**200), 2**200)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), inner, max_size=4
        )
    ),
    max_leaves=20,
)


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), json_values))
def test_attributes_come_back_as_they_were_and_canonical(attributes: dict[str, Any]) -> None:
    text = canonical_attributes(attributes)
    assert json.loads(text) == attributes
    assert canonical_attributes(dict(reversed(attributes.items()))) == text


@given(st.binary() | st.text() | st.lists(st.text() | st.integers()), json_values)
def test_nothing_but_the_typed_error_comes_out(subjects: object, attributes: object) -> None:
    fields = set()
    try:
        check_draft(subjects=subjects, predicates="p", contexts="c", attributes=attributes)
    except ErrInvalidAttestation as error:
        fields.add(error.details["field"])
    assert fields <= {"subjects", "attributes"}
