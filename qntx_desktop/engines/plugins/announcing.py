"""What a plugin announces, read from its messages: what makes no sense is left out and said, never fatal. Pure."""

from __future__ import annotations

import math
import re
from typing import Any

from qntx_desktop.model.plugin import (
    MAX_FIELDS,
    MAX_HANDLERS,
    MAX_SCHEDULES,
    MAX_TEXT_CHARS,
    MAX_WATCHERS,
    AnnouncedSchedule,
    Announcement,
    ConfigField,
    Watcher,
    is_handler_name,
)

_TYPES = {
    "": "string",
    "str": "string",
    "text": "string",
    "int": "number",
    "integer": "number",
    "float": "number",
    "bool": "boolean",
    "list": "array",
}
_KNOWN = ("string", "number", "boolean", "array")
_MOST_PROBLEMS = 20


def announcement_of(metadata: Any, answered: Any, schema: Any | None) -> Announcement:
    """Put together what the plugin said of itself.

    Args:
        metadata: A `MetadataResponse`.
        answered: An `InitializeResponse`.
        schema: A `ConfigSchemaResponse`, None when it has none.
    """
    problems: list[str] = []
    handlers = _handlers(answered.handler_names, problems)
    return Announcement(
        version=_short(metadata.version, 100),
        description=_short(metadata.description),
        author=_short(metadata.author, 200),
        license=_short(metadata.license, 200),
        handlers=handlers,
        schedules=_schedules(answered.schedules, problems),
        watchers=_watchers(answered.watchers, problems),
        fields=_fields(schema.fields, problems) if schema is not None else (),
        problems=tuple(problems[:_MOST_PROBLEMS]),
    )


def _handlers(names: Any, problems: list[str]) -> tuple[str, ...]:
    good = []
    for name in dict.fromkeys(names):
        if is_handler_name(name):
            good.append(name)
        else:
            problems.append(f"a handler cannot be called {_short(name, 80)!r}")
    if len(good) > MAX_HANDLERS:
        problems.append(f"{len(good):,} handlers were announced; the first {MAX_HANDLERS} count")
    return tuple(good[:MAX_HANDLERS])


def _schedules(said: Any, problems: list[str]) -> tuple[AnnouncedSchedule, ...]:
    if len(said) > MAX_SCHEDULES:
        problems.append(f"{len(said):,} schedules were announced; the first {MAX_SCHEDULES} count")
    good = []
    for each in said[:MAX_SCHEDULES]:
        if not is_handler_name(each.handler_name) or each.interval_seconds < 0:
            problems.append(f"a schedule of {_short(each.handler_name, 80)!r} makes no sense")
        elif each.interval_seconds:
            good.append(
                AnnouncedSchedule(
                    handler=each.handler_name,
                    interval_s=each.interval_seconds,
                    enabled=each.enabled_by_default,
                    description=_short(each.description),
                )
            )
    return tuple(good)


def _watchers(said: Any, problems: list[str]) -> tuple[Watcher, ...]:
    if len(said) > MAX_WATCHERS:
        problems.append(f"{len(said):,} watchers were announced; the first {MAX_WATCHERS} count")
    good = []
    for each in said[:MAX_WATCHERS]:
        if not is_handler_name(each.handler_name):
            problems.append(f"a watcher of {_short(each.handler_name, 80)!r} makes no sense")
            continue
        good.append(
            Watcher(
                id=_short(each.id, 100),
                handler=each.handler_name,
                subjects=tuple(each.subjects[:100]),
                predicates=tuple(each.predicates[:100]),
                contexts=tuple(each.contexts[:100]),
                actors=tuple(each.actors[:100]),
                per_second=max(0, each.max_fires_per_second),
            )
        )
    return tuple(good)


def _fields(said: Any, problems: list[str]) -> tuple[ConfigField, ...]:
    names = sorted(said)
    if len(names) > MAX_FIELDS:
        problems.append(f"{len(names):,} settings were declared; the first {MAX_FIELDS} count")
    return tuple(_field(_short(name, 100), said[name]) for name in names[:MAX_FIELDS])


def _field(name: str, said: Any) -> ConfigField:
    problems: list[str] = []
    kind = _TYPES.get(said.type.lower(), said.type.lower())
    if kind not in _KNOWN:
        problems.append(f"the type {_short(said.type, 40)!r} is not known")
        kind = "string"
    minimum, maximum = _number(said.min_value, problems), _number(said.max_value, problems)
    if minimum is not None and maximum is not None and minimum > maximum:
        problems.append("no number lies between its bounds")
        minimum = maximum = None
    return ConfigField(
        name=name,
        type=kind,
        description=_short(said.description),
        default=_short(said.default_value),
        required=said.required,
        minimum=minimum,
        maximum=maximum,
        pattern=_pattern(said.pattern, problems),
        element_type=_short(said.element_type, 40),
        problem="; ".join(problems),
    )


def _number(text: str, problems: list[str]) -> float | None:
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        problems.append(f"{_short(text, 40)!r} is no bound")
        return None
    return number


def _pattern(text: str, problems: list[str]) -> str:
    if not text:
        return ""
    try:
        re.compile(text)
    except (re.error, RecursionError, OverflowError):
        problems.append(f"{_short(text, 80)!r} is no pattern")
        return ""
    return _short(text, 500)


def _short(text: str, most: int = MAX_TEXT_CHARS) -> str:
    kept = "".join(sign for sign in text[:most] if sign.isprintable() or sign == "\n")
    return kept if len(text) <= most else f"{kept[:-1]}…"
