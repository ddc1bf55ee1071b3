"""Time tables: the slots of an interval or a cron line, and what a line says in words. Hides cronsim, tzlocal.

Pure but for the zone files of the system; any thread. Cron lines follow Debian's rules when clocks change: a job at
a fixed time that the change skips runs right after it, and one at a fixed time that comes twice runs once.

Source: cron(8) of Debian; `zoneinfo` for zones.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from qntx_desktop.model.errors import ErrInvalidSchedule
from qntx_desktop.model.schedule import Timing, check_interval, interval_phrase

FIELDS = 5
MAX_CRON_CHARS = 200
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_US = timedelta(microseconds=1)
_NAMED = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}


def checked(timing: Timing) -> Timing:
    """The same time table, spelled plainly: spaces single, `@daily` and the like as five fields.

    Raises:
        ErrInvalidSchedule: Neither or both of interval and cron, bounds, no such zone, a line that cannot be read
            or never comes.
    """
    zone_of(timing.timezone)
    if (timing.interval_s is None) == (timing.cron is None):
        raise ErrInvalidSchedule("interval", "it needs an interval or a cron line, one of the two")
    if timing.interval_s is not None:
        return Timing(interval_s=check_interval(timing.interval_s), timezone=timing.timezone)
    cron = _plain(timing.cron or "")
    _simulate(cron, datetime.now(UTC))
    plain = Timing(cron=cron, timezone=timing.timezone)
    if next(slots(plain, _us(datetime.now(UTC)), 0), None) is None:
        raise ErrInvalidSchedule("cron", f"'{cron}' never comes within fifty years")
    return plain


def slots(timing: Timing, after_us: int, anchor_us: int) -> Iterator[int]:
    """The moments after `after_us` at which to run, in order; those of an interval are counted from `anchor_us`.

    Args:
        timing: A checked time table.
    """
    if timing.interval_s is not None:
        step = timing.interval_s * 1_000_000
        slot = anchor_us + ((after_us - anchor_us) // step + 1) * step
        while True:
            yield slot
            slot += step
    start = (_EPOCH + timedelta(microseconds=after_us)).astimezone(zone_of(timing.timezone))
    for moment in _simulate(timing.cron or "", start):
        slot = _us(moment)
        if slot > after_us:  # cronsim begins anew at the full minute
            yield slot


def phrase(timing: Timing) -> str:
    """A checked time table in words: `every 5 minutes`, `at 09:00 on Monday through Friday`."""
    if timing.interval_s is not None:
        return interval_phrase(timing.interval_s)
    text: str = _simulate(timing.cron or "", datetime.now(UTC)).explain()
    return text[:1].lower() + text[1:]


@lru_cache(maxsize=64)
def zone_of(name: str) -> ZoneInfo:
    """The zone of an IANA name.

    Raises:
        ErrInvalidSchedule: There is none.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        hint = "Use a name such as Europe/Berlin, America/New_York or UTC."
        raise ErrInvalidSchedule("timezone", f"there is no time zone '{name[:60]}'", hint) from None


def zones() -> tuple[str, ...]:
    """The names of all time zones that this machine knows, in order."""
    return tuple(sorted(available_timezones()))


def local_zone() -> str:
    """The IANA name of this machine's zone; UTC when it cannot be told."""
    import tzlocal  # late: only whoever names no zone needs it

    try:
        return tzlocal.get_localzone_name() or "UTC"
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return "UTC"


def _plain(cron: str) -> str:
    if len(cron) > MAX_CRON_CHARS:
        raise ErrInvalidSchedule("cron", f"{len(cron):,} characters, at most {MAX_CRON_CHARS}")
    plain = " ".join(cron.split())
    plain = _NAMED.get(plain.lower(), plain)
    count = len(plain.split())
    if count != FIELDS:
        hint = "Minute, hour, day of the month, month, day of the week: 0 9 * * MON-FRI"
        raise ErrInvalidSchedule("cron", f"'{plain}' has {count} of the five fields of a cron line", hint)
    return plain


def _simulate(cron: str, start: datetime):  # type: ignore[no-untyped-def]  # cronsim stays in here
    from cronsim import CronSim, CronSimError

    try:
        return CronSim(cron, start)
    except CronSimError as error:
        reason = str(error)
        raise ErrInvalidSchedule("cron", f"'{cron}': {reason[:1].lower()}{reason[1:]}") from None


def _us(moment: datetime) -> int:
    return (moment.astimezone(UTC) - _EPOCH) // _US
