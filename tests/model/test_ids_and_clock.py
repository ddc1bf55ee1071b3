"""Ids sort by time, and times survive their text form."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qntx_desktop.model.clock import from_iso, iso, now_us
from qntx_desktop.model.ids import new_asid, new_asids, new_instance_id

MOMENTS = st.integers(0, 4_102_444_800_000_000)


@given(MOMENTS, MOMENTS)
def test_later_ids_sort_after_earlier_ones(first: int, second: int) -> None:
    if first // 1000 < second // 1000:
        assert new_asid(first) < new_asid(second)


def test_an_id_is_readable() -> None:
    assert re.fullmatch(r"AS-[0-9A-HJKMNP-TV-Z]{10}-[0-9A-HJKMNP-TV-Z]{8}", new_asid(now_us()))
    assert new_asid(0, random_bits=0) == "AS-0000000000-00000000"


def test_ids_of_one_moment_differ() -> None:
    assert len({new_asid(1_000_000) for _ in range(5_000)}) == 5_000
    many = new_asids(1_000_000, 5_000)
    assert len(set(many)) == 5_000
    assert {each[:14] for each in many} == {new_asid(1_000_000, random_bits=0)[:14]}
    assert new_asids(1_000_000, 0) == []


def test_instance_ids_differ() -> None:
    assert new_instance_id() != new_instance_id()


@given(MOMENTS)
def test_times_survive_their_text(moment: int) -> None:
    text = iso(moment)
    assert text is not None
    assert text.endswith("Z")
    assert from_iso(text) == moment


def test_no_time_stays_no_time_and_a_text_without_zone_is_utc() -> None:
    assert iso(None) is None
    assert from_iso("1970-01-01T00:00:01") == 1_000_000
    assert from_iso("1970-01-01T01:00:01+01:00") == 1_000_000
    with pytest.raises(ValueError, match="Invalid isoformat"):
        from_iso("yesterday")
