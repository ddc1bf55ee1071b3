"""Figures as a person reads them: counts, durations, times of day, sizes, percentages.

Pure; any thread. The whole window takes its figures from here, so that the same fact looks the same everywhere.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from qntx_desktop.ui.text import clock_words, day_words, figure, tr, whole_day

DOT = " · "
ELLIPSIS = "…"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def count(number: float) -> str:
    """`3,000` for 3000; a figure that is no whole number keeps up to two decimals."""
    if not math.isfinite(number):
        return "?"
    return figure(f"{int(number):,}" if number == int(number) else f"{number:,.2f}".rstrip("0").rstrip("."))


def counted(number: int, one: str, many: str = "") -> str:
    """`1 attestation`, `3,000 attestations`; `many` defaults to `one` with an s."""
    return f"{count(number)} {tr(one) if number == 1 else tr(many or one + 's')}"


def duration(milliseconds: float | None) -> str:
    """`12 ms`, `0.8 s`, `42 s`, `2 min 3 s`, `1 h 5 min`; empty for None."""
    if milliseconds is None or not math.isfinite(milliseconds) or milliseconds < 0:
        return ""
    if milliseconds < 99.5:
        return f"{milliseconds:.0f} ms"
    if milliseconds < 9_950:
        return figure(f"{milliseconds / 1000:.1f} s")
    seconds = round(milliseconds / 1000)
    if seconds < 60:
        return f"{seconds} s"
    minutes, rest = divmod(seconds, 60)
    if minutes < 60:
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    return figure(f"{hours:,} h {minutes} min" if minutes else f"{hours:,} h")


def limit(seconds: float) -> str:
    """A time limit: `60 s`, `2 min`, `2.5 s`, `90 s`; whole minutes only from two of them on."""
    if seconds >= 120 and seconds % 60 == 0:
        return duration(seconds * 1000)
    return f"{count(seconds)} s"


def size(amount_bytes: float) -> str:
    """`512 bytes`, `1.2 MB`, `512 MB`; binary steps, as limits are counted, under their everyday names."""
    if amount_bytes < 1024:
        return counted(int(amount_bytes), "byte")
    amount, unit = float(amount_bytes), "bytes"
    for name in ("KB", "MB", "GB", "TB"):
        amount, unit = amount / 1024, name
        if amount < 1023.5:
            break
    return f"{figure(f'{amount:,.0f}')} {unit}" if amount >= 99.5 else f"{count(round(amount, 1))} {unit}"


def percent(current: float, total: float | None) -> str:
    """`41 %` of a whole that is known, rounded down so that 100 % means all of it; empty otherwise."""
    if not total or total <= 0 or not math.isfinite(total) or not math.isfinite(current):
        return ""
    return f"{math.floor(max(0.0, min(1.0, current / total)) * 100)} %"


def moment(at_us: int) -> datetime:
    """The local time, with its zone, of microseconds since 1970 UTC."""
    return (_EPOCH + timedelta(microseconds=at_us)).astimezone()


def clock(at_us: int) -> str:
    """`12:02:58`, local."""
    return clock_words(moment(at_us).time(), seconds=True)


def when(at_us: int, now_us: int) -> str:
    """`today 12:01`, `yesterday 18:40`, `3 Mar 18:40`, `3 Mar 2025 18:40`, local and as the locale writes it."""
    at, now = moment(at_us), moment(now_us)
    hour = clock_words(at.time())
    days = (now.date() - at.date()).days
    if days == 0:
        return tr("today {hour}").format(hour=hour)
    if days == 1:
        return tr("yesterday {hour}").format(hour=hour)
    return f"{day_words(at.date(), year=at.year != now.year)} {hour}"


def hour(at_us: int) -> str:
    """`12:02`, local."""
    return clock_words(moment(at_us).time())


def day(at_us: int) -> str:
    """`3 Mar`, local."""
    return day_words(moment(at_us).date())


def stamp(at_us: int) -> str:
    """`2026-11-21 12:02:58`, local, day and time as the locale writes them."""
    at = moment(at_us)
    return f"{whole_day(at.date())} {clock_words(at.time(), seconds=True)}"


def run_time(at_us: int, now_us: int) -> str:
    """When a run was: `12:02:58` today, the day in front on other days."""
    return clock(at_us) if moment(at_us).date() == moment(now_us).date() else when(at_us, now_us)


def local_and_utc(at_us: int) -> tuple[str, str]:
    """The whole moment twice, both to the microsecond where it has any.

    Local with its offset, as the locale writes it; and UTC as programs write it, to be copied.
    """
    at = moment(at_us)
    offset, part = at.strftime("%z"), f".{at.microsecond:06d}".rstrip("0") if at.microsecond else ""
    local = f"{whole_day(at.date())} {clock_words(at.time(), seconds=True)}"
    if part and f"{at:%M:%S}" in local:
        local = local.replace(f"{at:%M:%S}", f"{at:%M:%S}{figure(part)}")
    return f"{local} {offset[:3]}:{offset[3:5]}", f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S}{part} UTC"


def one_line(text: str, most_chars: int = 400) -> str:
    """Text from data for a single line: line ends and control characters become spaces, long text ends in `…`."""
    clipped = text[: most_chars + 1]
    shown = "".join(character if _printable(character) else " " for character in clipped).rstrip()
    return shown if len(text) <= most_chars else shown[:most_chars].rstrip() + ELLIPSIS


def terms(values: tuple[str, ...]) -> str:
    """Several terms of an attestation on one line."""
    return ", ".join(one_line(value, 200) for value in values)


def failure(error: Mapping[str, Any] | None) -> str:
    """How a failure reads in a chip: `line 12` when the line is known, the kind of trouble otherwise."""
    if not error:
        return tr("failed")
    details = error.get("details") or {}
    line = details.get("line")
    if isinstance(line, int) and line > 0:
        return tr("line {line}").format(line=line)
    return _FAILURES.get(str(error.get("code", "")), tr("failed"))


_FAILURES = {
    "handler_timeout": tr("out of time"),
    "handler_limit": tr("limit reached"),
    "handler_killed": tr("killed"),
    "no_ingest_script": tr("no handler"),
    "invalid_command": tr("not a command"),
    "invalid_handler_name": tr("not a type"),
    "store_busy": tr("store busy"),
    "disk_full": tr("disk full"),
    "store_read_only": tr("store read-only"),
    "store_corrupt": tr("store damaged"),
    "store_newer": tr("newer store"),
    "interrupted_twice": tr("interrupted twice"),
    "superseded": tr("replaced"),
    "cancelled": tr("cancelled"),
}


_BIDI_AND_BREAKS = frozenset("\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _printable(character: str) -> bool:
    return character >= " " and character != "\x7f" and character not in _BIDI_AND_BREAKS


def plain_tip(text: str) -> str:
    """Text from data for a tooltip: shown as it stands, never read as markup, wrapped by the tooltip."""
    import html  # late: brings a table of two thousand entities, and the first paint would wait

    return "<span>" + html.escape(text).replace("\n", "<br>") + "</span>" if text else ""
