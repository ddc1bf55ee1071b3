"""Attestations as a plugin sees them, and their way into the messages of the protocol and back.

Pure; any thread. Hides protobuf's Struct, which knows only doubles: whole numbers come back as whole numbers, and
those that a double cannot hold are refused before they are sent.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from google.protobuf.struct_pb2 import ListValue, Struct, Value

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_MOST_EXACT = 2**53
Words = str | Sequence[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation:
    """Who says what about what, and when.

    Args:
        id: Empty until it is stored.
        timestamp: When it was said; the host takes the present without one.
        attributes: Further facts that JSON can say.
    """

    id: str = ""
    subjects: tuple[str, ...] = ()
    predicates: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    timestamp: datetime | None = None
    source: str = ""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    created_at: datetime | None = None


def make(
    subjects: Words,
    predicates: Words,
    contexts: Words,
    actors: Words,
    attributes: Mapping[str, Any] | None,
    timestamp: datetime | None,
) -> Attestation:
    """An attestation from what a plugin gave.

    Raises:
        ValueError: A field is of the wrong kind; the message names it.
    """
    made = Attestation(
        subjects=words("subjects", subjects),
        predicates=words("predicates", predicates),
        contexts=words("contexts", contexts),
        actors=words("actors", actors),
        attributes=dict(attributes or {}),
        timestamp=timestamp,
    )
    if not made.subjects:
        raise ValueError("subjects: at least one is needed")
    if timestamp is not None and timestamp.tzinfo is None:
        raise ValueError("timestamp: needs a time zone, such as datetime.now(UTC)")
    return made


def words(name: str, given: Words) -> tuple[str, ...]:
    """One text or several.

    Raises:
        ValueError: It is neither, or one is empty.
    """
    found: tuple[object, ...]
    found = () if given is None else (given,) if isinstance(given, str) else tuple(given)
    for each in found:
        if not isinstance(each, str):
            raise ValueError(f"{name}: must be texts, not {type(each).__name__}")
        if not each:
            raise ValueError(f"{name}: a text is empty")
    return tuple(str(each) for each in found)


def to_ms(moment: datetime) -> int:
    """A time as Unix milliseconds."""
    return (moment - _EPOCH) // _MILLISECOND


def of_ms(milliseconds: int) -> datetime | None:
    """A time from Unix milliseconds; None for 0, which means unset."""
    return _EPOCH + timedelta(milliseconds=milliseconds) if milliseconds else None


def to_struct(attributes: Mapping[str, Any]) -> Struct:
    """Attributes as the protocol carries them.

    Raises:
        ValueError: Something in them is not JSON, not finite or too large a number; the message says where.
    """
    struct = Struct()
    for name, value in attributes.items():
        struct.fields[_name("attributes", name)].CopyFrom(_value(f"attributes.{name}", value))
    return struct


def of_struct(struct: Struct) -> dict[str, Any]:
    """Attributes from the protocol; whole numbers as whole numbers."""
    return {name: _plain(value) for name, value in struct.fields.items()}


def of_message(message: Any) -> Attestation:
    """An attestation from its message."""
    return Attestation(
        id=message.id,
        subjects=tuple(message.subjects),
        predicates=tuple(message.predicates),
        contexts=tuple(message.contexts),
        actors=tuple(message.actors),
        timestamp=of_ms(message.timestamp),
        source=message.source,
        attributes=of_struct(message.attributes),
        created_at=of_ms(message.created_at),
    )


def of_json(shape: Mapping[str, Any]) -> Attestation:
    """An attestation from its JSON shape, with times in ISO 8601 or Unix milliseconds."""
    names = ("subjects", "predicates", "contexts", "actors")
    said = {name: tuple(str(each) for each in shape.get(name) or ()) for name in names}
    return Attestation(
        id=str(shape.get("id") or ""),
        **said,
        timestamp=_moment(shape.get("timestamp")),
        source=str(shape.get("source") or ""),
        attributes=dict(shape.get("attributes") or {}),
        created_at=_moment(shape.get("created_at")),
    )


def _moment(given: object) -> datetime | None:
    if isinstance(given, (int, float)):
        return of_ms(int(given))
    return datetime.fromisoformat(given.replace("Z", "+00:00")) if isinstance(given, str) and given else None


def _value(where: str, value: object) -> Value:
    if value is None:
        return Value(null_value=0)
    if isinstance(value, bool):
        return Value(bool_value=value)
    if isinstance(value, (int, float)):
        return Value(number_value=_number(where, value))
    if isinstance(value, str):
        return Value(string_value=value)
    if isinstance(value, Mapping):
        inner = Struct()
        for name, each in value.items():
            inner.fields[_name(where, name)].CopyFrom(_value(f"{where}.{name}", each))
        return Value(struct_value=inner)
    if isinstance(value, Iterable) and not isinstance(value, (bytes, bytearray)):
        return Value(list_value=ListValue(values=[_value(f"{where}[{at}]", each) for at, each in enumerate(value)]))
    raise ValueError(f"{where}: JSON cannot say {type(value).__name__}")


def _number(where: str, value: float) -> float:
    if not math.isfinite(value):
        raise ValueError(f"{where}: must be a finite number, not {value}")
    if isinstance(value, int) and abs(value) > _MOST_EXACT:
        raise ValueError(f"{where}: {value} is too large to stay exact; give it as a text")
    return float(value)


def _name(where: str, name: object) -> str:
    if not isinstance(name, str):
        raise ValueError(f"{where}: names must be texts, not {type(name).__name__}")
    return name


def _plain(value: Value) -> Any:
    kind = value.WhichOneof("kind")
    if kind == "struct_value":
        return of_struct(value.struct_value)
    if kind == "list_value":
        return [_plain(each) for each in value.list_value.values]
    if kind == "number_value":
        number = value.number_value
        return int(number) if number.is_integer() and abs(number) <= _MOST_EXACT else number
    return None if kind in (None, "null_value") else getattr(value, str(kind))
