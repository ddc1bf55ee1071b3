"""JSON of strangers is read strictly."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qntx_desktop.model.strict_json import NotStrictJson, read_json


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "line 1 column 1"),
        ("{", "line 1 column 2"),
        ("{'a': 1}", "column 2"),
        ('{"a": NaN}', "NaN is not JSON"),
        ("[-Infinity]", "-Infinity is not JSON"),
        ("1e999", "too large"),
        ("9" * 5_000, "5,000 digits"),
        ('{"a": 1, "a": 2}', 'the key "a" stands twice'),
        ('{"x": {"b": 1, "c": 2, "b": 1}}', 'the key "b" stands twice'),
        (r'"\ud800"', "surrogate"),
        (r'{"\udc00": 1}', "surrogate"),
        ("[" * 65 + "]" * 65, "nested deeper than 64"),
        ("[" * 200_000, "nested deeper than 64"),
        ("[1] [2]", "Extra data"),
    ],
)
def test_what_is_refused(text: str, says: str) -> None:
    with pytest.raises(NotStrictJson) as refused:
        read_json(text)
    assert says in str(refused.value)


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**200), 2**200)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(_JSON)
def test_everything_honest_is_read(value: object) -> None:
    assert read_json(json.dumps(value)) == value
