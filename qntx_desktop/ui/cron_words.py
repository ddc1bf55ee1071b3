"""A cron line in the person's language: `on Monday to Friday at 09:00`.

Pure; any thread. In English the engine describes its own line; here it is described anew from its five fields,
because a finished English sentence is nothing to translate. What none of the usual forms covers is named field by
field, so that it is never wrong, only longer.

Source: cron(5); `#` (the second Monday), `L` (the last) and `LW` as cronsim reads them.
"""

from __future__ import annotations

from dataclasses import dataclass

from qntx_desktop.ui.text import day_name, month_name, tr

MOST_TIMES = 4
_MONTHS = ("", "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_NAMED = {
    "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *", "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *",
}  # fmt: skip
_DAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    """A part of a field: every `step` from `first` to `last`; `first` None: all; `nth`: which in a month."""

    first: int | None = None
    last: int | None = None
    step: int = 1
    nth: int | None = None

    @property
    def one(self) -> bool:
        return self.first is not None and self.first == self.last and self.nth is None


def cron_words(line: str) -> str:
    """A checked cron line of five fields in words; the line itself when it has another shape."""
    fields = _NAMED.get(line.strip().lower(), line).upper().split()
    if len(fields) != 5:
        return line
    try:
        minute, hour, day, month, weekday = (
            _read(fields[0]), _read(fields[1]), _read(fields[2]), _read(fields[3], _MONTHS), _read(fields[4], _DAYS)
        )  # fmt: skip
    except ValueError:
        return line
    both = not fields[2].startswith("*") and not fields[4].startswith("*")
    days = _days(day, month, weekday, both=both)
    return " ".join(part for part in (days or _each_day(minute, hour), _times(minute, hour)) if part)


def _read(field: str, names: tuple[str, ...] = ()) -> tuple[_Span, ...]:
    return tuple(_span(part, names) for part in field.split(","))


def _span(part: str, names: tuple[str, ...]) -> _Span:
    if part in ("L", "LW"):
        return _Span(first=-1 if part == "L" else -2, last=-1 if part == "L" else -2, nth=-1)
    if part.endswith("L"):
        number = _number(part[:-1], names)
        return _Span(first=number, last=number, nth=-1)
    body, _, step = part.partition("/")
    body, _, nth = body.partition("#")
    if body == "*":
        return _Span(step=int(step or 1))
    first, _, last = body.partition("-")
    begin = _number(first, names)
    end = _number(last, names) if last else None if step else begin
    return _Span(first=begin, last=end, step=int(step or 1), nth=int(nth) if nth else None)


def _number(text: str, names: tuple[str, ...]) -> int:
    number = names.index(text) if text in names else int(text)
    return 0 if names is _DAYS and number == 7 else number


def _all(spans: tuple[_Span, ...]) -> bool:
    return any(each.first is None and each.step == 1 for each in spans)


def _every(spans: tuple[_Span, ...]) -> int:
    """The step of a field that is nothing but `*/n`; 0 for others."""
    return spans[0].step if len(spans) == 1 and spans[0].first is None and spans[0].step > 1 else 0


def _ones(spans: tuple[_Span, ...]) -> list[int]:
    """The numbers of a field that lists single ones; empty for others."""
    return sorted({each.first for each in spans if each.first is not None}) if all(s.one for s in spans) else []


def _each_day(minute: tuple[_Span, ...], hour: tuple[_Span, ...]) -> str:
    return tr("every day") if _ones(minute) and _ones(hour) else ""


def _times(minute: tuple[_Span, ...], hour: tuple[_Span, ...]) -> str:
    minutes, hours = _ones(minute), _ones(hour)
    if minutes and hours and len(minutes) * len(hours) <= MOST_TIMES:
        times = [f"{at:02}:{past:02}" for at in hours for past in minutes]
        return tr("at {times}").format(times=_joined(times))
    return f"{_minutes(minute, hour)} {_hours(hour)}".strip()


def _minutes(minute: tuple[_Span, ...], hour: tuple[_Span, ...]) -> str:
    if _all(minute):
        return tr("every minute")
    if _every(minute):
        return tr("every {number} minutes").format(number=_every(minute))
    if _ones(minute) == [0]:
        return tr("every hour on the hour") if _all(hour) else tr("on the hour")
    numbers = _joined([_named(each, str) for each in minute])
    if _all(hour):
        return tr("at minute {numbers} of every hour").format(numbers=numbers)
    return tr("at minute {numbers}").format(numbers=numbers)


def _hours(hour: tuple[_Span, ...]) -> str:
    if _all(hour):
        return ""
    if _every(hour):
        return tr("every {number} hours").format(number=_every(hour))
    if len(hour) == 1 and hour[0].step == 1 and not hour[0].one and hour[0].last is not None:
        return tr("from {first} to {last}").format(first=f"{hour[0].first:02}:00", last=f"{hour[0].last:02}:59")
    return tr("in the hours {numbers}").format(numbers=_joined([_named(each, str) for each in hour]))


def _days(day: tuple[_Span, ...], month: tuple[_Span, ...], weekday: tuple[_Span, ...], *, both: bool) -> str:
    parts = []
    if not _all(day):
        parts.append(_days_of_month(day))
    if not _all(weekday):
        parts.append(tr("on {days}").format(days=_joined([_weekday(each) for each in weekday])))
    said = (f" {tr('or')} " if both else f" {tr('if it is')} ").join(parts) if len(parts) > 1 else "".join(parts)
    if _all(month):
        return said
    months = tr("in {months}").format(months=_joined([_named(each, month_name) for each in month]))
    return f"{said} {months}" if said else f"{tr('every day')} {months}"


def _days_of_month(day: tuple[_Span, ...]) -> str:
    if _every(day):
        return tr("every {number} days").format(number=_every(day))
    return tr("on the {days} of the month").format(days=_joined([_day(each) for each in day]))


def _day(span: _Span) -> str:
    if span.nth is not None:
        return tr("last weekday") if span.first == -2 else tr("last day")
    return _named(span, lambda number: tr("{number}.").format(number=number))


def _weekday(span: _Span) -> str:
    if span.nth is not None and span.first is not None:
        name = day_name(span.first)
        if span.nth == -1:
            return tr("the last {day} of the month").format(day=name)
        return tr("the {number}. {day} of the month").format(number=span.nth, day=name)
    return _named(span, day_name)


def _named(span: _Span, name) -> str:  # type: ignore[no-untyped-def]  # any way to call a number
    if span.first is None:
        return tr("every {number}.").format(number=span.step)
    if span.one:
        return str(name(span.first))
    last = tr("the end") if span.last is None else name(span.last)
    said = tr("{first} to {last}").format(first=name(span.first), last=last)
    return said if span.step == 1 else f"{said} ({tr('every {number}.').format(number=span.step)})"


def _joined(words: list[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {tr('and')} {words[-1]}"
