from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qntx_desktop.ui import wording


@pytest.fixture(autouse=True)
def _berlin(monkeypatch):
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def us(*parts: int) -> int:
    return int(datetime(*parts, tzinfo=UTC).timestamp() * 1_000_000)


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0"), (3000, "3,000"), (-1200, "-1,200"), (2.5, "2.5"), (3.0, "3"), (float("nan"), "?")],
)
def test_count_separates_thousands(number, text):
    assert wording.count(number) == text


def test_counted_agrees_in_number():
    assert wording.counted(1, "attestation") == "1 attestation"
    assert wording.counted(0, "attestation") == "0 attestations"
    assert wording.counted(2, "entry", "entries") == "2 entries"


@pytest.mark.parametrize(
    ("ms", "text"),
    [
        (None, ""), (-1, ""), (0, "0 ms"), (12.4, "12 ms"), (99.4, "99 ms"), (99.6, "0.1 s"), (812, "0.8 s"),
        (9_949, "9.9 s"), (9_960, "10 s"), (42_000, "42 s"), (59_600, "1 min"), (123_000, "2 min 3 s"),
        (3_600_000, "1 h"), (3_900_000, "1 h 5 min"),
    ],
)  # fmt: skip
def test_duration(ms, text):
    assert wording.duration(ms) == text


@given(st.floats(min_value=0, max_value=1e12))
def test_duration_never_says_sixty(ms):
    text = wording.duration(ms)
    assert "60 s" not in text
    assert " 60 min" not in f" {text}"


def test_limit_and_size_speak_of_the_defaults_as_the_design_does():
    assert wording.limit(60) == "60 s"
    assert wording.limit(120) == "2 min"
    assert wording.limit(90) == "90 s"
    assert wording.limit(2.5) == "2.5 s"
    assert wording.size(512 * 1024 * 1024) == "512 MB"
    assert wording.size(1_258_291) == "1.2 MB"
    assert wording.size(1) == "1 byte"
    assert wording.size(1023.9 * 1024) == "1 MB"


def test_percent_is_rounded_down_and_honest_without_a_total():
    assert wording.percent(410, 1000) == "41 %"
    assert wording.percent(999.9, 1000) == "99 %"
    assert wording.percent(1000, 1000) == "100 %"
    assert wording.percent(1500, 1000) == "100 %"
    assert wording.percent(5, None) == ""
    assert wording.percent(5, 0) == ""


def test_times_are_local():
    assert wording.clock(us(2026, 11, 21, 11, 2, 58)) == "12:02:58"


def test_when_counts_calendar_days_not_hours():
    now = us(2026, 11, 21, 11, 30)
    assert wording.when(us(2026, 11, 21, 11, 1), now) == "today 12:01"
    assert wording.when(us(2026, 11, 20, 22, 59), now) == "yesterday 23:59"
    assert wording.when(us(2026, 11, 20, 23, 1), now) == "today 00:01"
    assert wording.when(us(2026, 3, 3, 17, 40), now) == "3 Mar 18:40"
    assert wording.when(us(2025, 3, 3, 17, 40), now) == "3 Mar 2025 18:40"


def test_run_time_names_the_day_only_when_it_is_another():
    now = us(2026, 11, 21, 11, 30)
    assert wording.run_time(us(2026, 11, 21, 11, 2, 58), now) == "12:02:58"
    assert wording.run_time(us(2026, 11, 20, 17, 40), now) == "yesterday 18:40"


def test_local_and_utc():
    assert wording.local_and_utc(us(2026, 11, 21, 11, 2, 58)) == (
        "2026-11-21 12:02:58 +01:00",
        "2026-11-21 11:02:58 UTC",
    )
    assert wording.local_and_utc(us(2026, 11, 21, 11, 2, 58) + 250_000)[1] == "2026-11-21 11:02:58.25 UTC"


@given(st.text(max_size=60), st.integers(1, 50))
def test_one_line_is_one_line(text, most):
    shown = wording.one_line(text, most)
    assert "\n" not in shown
    assert len(shown) <= most + 1


def test_one_line_takes_the_sting_out_of_direction_marks():
    assert wording.one_line("a\u202eb\nc") == "a b c"
    assert wording.one_line("x" * 500, 10) == "x" * 10 + "…"


def test_failure_prefers_the_line():
    assert wording.failure({"code": "handler_failed", "details": {"line": 12}}) == "line 12"
    assert wording.failure({"code": "handler_timeout", "details": {}}) == "out of time"
    assert wording.failure({"code": "never heard of"}) == "failed"
    assert wording.failure(None) == "failed"
