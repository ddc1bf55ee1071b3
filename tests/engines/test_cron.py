"""Time tables: slots, words, zones, and what the two days on which clocks change do to them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qntx_desktop.engines import cron
from qntx_desktop.model.errors import ErrInvalidSchedule
from qntx_desktop.model.schedule import Timing

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC", "Africa/Casablanca")


def us(moment: datetime) -> int:
    return (moment.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def local(slot: int, zone: str) -> datetime:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=slot)).astimezone(ZoneInfo(zone))


@given(
    zone=st.sampled_from(ZONES),
    hour=st.integers(0, 23),
    minute=st.integers(0, 59),
    year=st.integers(2020, 2035),
)
def test_a_daily_line_comes_once_on_every_day_of_a_year(zone: str, hour: int, minute: int, year: int) -> None:
    timing = cron.checked(Timing(cron=f"{minute} {hour} * * *", timezone=zone))
    start = us(datetime(year, 1, 1, tzinfo=ZoneInfo(zone))) - 1
    days = [local(slot, zone).date() for slot in islice(cron.slots(timing, start, start), 365)]
    first = datetime(year, 1, 1, tzinfo=UTC).date()
    assert days == [first + timedelta(days=index) for index in range(365)]


def test_a_skipped_time_runs_right_after_the_gap_and_a_doubled_one_once() -> None:
    timing = Timing(cron="30 2 * * *", timezone="Europe/Berlin")
    zone = ZoneInfo("Europe/Berlin")
    spring = next(cron.slots(timing, us(datetime(2026, 3, 28, 12, tzinfo=zone)), 0))
    assert local(spring, "Europe/Berlin").isoformat() == "2026-03-29T03:00:00+02:00"
    autumn = list(islice(cron.slots(timing, us(datetime(2026, 10, 24, 12, tzinfo=zone)), 0), 2))
    assert [local(slot, "Europe/Berlin").isoformat() for slot in autumn] == [
        "2026-10-25T02:30:00+02:00",
        "2026-10-26T02:30:00+01:00",
    ]


@given(
    line=st.sampled_from(("*/7 * * * *", "0 */2 * * *", "30 2 * * *", "0 9 * * MON-FRI", "15 3 31 * *")),
    zone=st.sampled_from(ZONES),
    after=st.integers(0, 4_000_000_000_000_000),
)
def test_asking_again_from_any_slot_goes_on_where_it_was(line: str, zone: str, after: int) -> None:
    timing = Timing(cron=line, timezone=zone)
    found = list(islice(cron.slots(timing, after, 0), 6))
    assert found == sorted(set(found))
    assert found[0] > after
    for before, slot in pairwise(found):
        assert next(cron.slots(timing, before, 0)) == slot
        assert next(cron.slots(timing, slot - 1, 0)) == slot


@given(
    seconds=st.integers(1, 366 * 86_400),
    anchor=st.integers(0, 2_000_000_000_000_000),
    later=st.integers(-(10**12), 10**15),
)
def test_the_slots_of_an_interval_are_counted_from_its_anchor(seconds: int, anchor: int, later: int) -> None:
    timing = Timing(interval_s=seconds)
    first, second = islice(cron.slots(timing, anchor + later, anchor), 2)
    assert (first - anchor) % (seconds * 1_000_000) == 0
    assert 0 < first - (anchor + later) <= seconds * 1_000_000
    assert second - first == seconds * 1_000_000


@pytest.mark.parametrize(
    ("timing", "field"),
    [
        (Timing(), "interval"),
        (Timing(interval_s=60, cron="* * * * *"), "interval"),
        (Timing(interval_s=0), "interval"),
        (Timing(interval_s=367 * 86_400), "interval"),
        (Timing(cron="* * * *"), "cron"),
        (Timing(cron="* * * * * *"), "cron"),
        (Timing(cron="61 * * * *"), "cron"),
        (Timing(cron=""), "cron"),
        (Timing(cron="0 0 30 2 *"), "cron"),
        (Timing(cron="0 " * 300), "cron"),
        (Timing(interval_s=60, timezone="Mars/Olympus"), "timezone"),
        (Timing(interval_s=60, timezone="../etc/passwd"), "timezone"),
        (Timing(interval_s=60, timezone=""), "timezone"),
    ],
)
def test_what_cannot_be_followed_is_named(timing: Timing, field: str) -> None:
    with pytest.raises(ErrInvalidSchedule) as caught:
        cron.checked(timing)
    assert caught.value.details["field"] == field


def test_words() -> None:
    assert cron.phrase(cron.checked(Timing(cron="@daily"))) == "at 00:00 every day"
    assert cron.phrase(Timing(cron="0 9 * * MON-FRI")) == "at 09:00 on Monday through Friday"
    assert cron.phrase(Timing(interval_s=300)) == "every 5 minutes"


def test_this_machine_has_a_zone_that_can_be_used() -> None:
    assert cron.zone_of(cron.local_zone())


def test_a_machine_without_a_zone_counts_in_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown() -> str:
        raise ZoneInfoNotFoundError("no such zone")

    monkeypatch.setattr("tzlocal.get_localzone_name", lambda: "Asia/Kathmandu")
    assert cron.local_zone() == "Asia/Kathmandu"
    monkeypatch.setattr("tzlocal.get_localzone_name", unknown)
    assert cron.local_zone() == "UTC"
    monkeypatch.setattr("tzlocal.get_localzone_name", lambda: None)
    assert cron.local_zone() == "UTC"
