"""The two spellings of attestations: Struct and milliseconds, or JSON text and seconds before February 2026.

Any thread. Hides protobuf's Struct. What a plugin speaks is recognised by its attributes. Until it has sent some, a
time that would lie in the first days of 1970 as milliseconds is taken as seconds, if it then lies after 1990.

Source: the plugin protocol, ATSStoreService.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from google.protobuf.message import DecodeError
from google.protobuf.struct_pb2 import ListValue, Struct, Value

from qntx_desktop.model.clock import now_us
from qntx_desktop.model.errors import ErrInvalidAttestation
from qntx_desktop.model.plugin import Era

_YEAR_1990_S = 631_152_000
_DAY_S = 86_400
_EXACT = 1 << 53


class Spelling:
    """What one plugin speaks.

    Args:
        pinned: What the person says it speaks.
        seen: What it was seen to speak before.
        on_seen: Told when it is seen to speak something for the first time, or something else.
    """

    def __init__(self, pinned: Era, seen: Era | None, on_seen: Callable[[Era], None]) -> None:
        self._pinned = pinned
        self._seen = seen
        self._on_seen = on_seen
        self._lock = threading.Lock()

    @property
    def known(self) -> Era | None:
        """What it speaks, None as long as nobody knows."""
        return self._seen if self._pinned is Era.AUTO else self._pinned

    def read_attributes(self, data: bytes) -> dict[str, Any]:
        """The attributes in a message.

        Raises:
            ErrInvalidAttestation: They are neither.
        """
        if not data:
            return {}
        is_text = data[:1] == b"{"
        self._notice(Era.LEGACY if is_text else Era.CURRENT)
        return _of_text(data) if is_text else _of_struct(data)

    def write_attributes(self, attributes: Mapping[str, Any]) -> bytes:
        """Attributes for a message to this plugin."""
        if self.known is Era.LEGACY:
            return json.dumps(attributes, ensure_ascii=False).encode()
        struct = Struct()
        struct.update(dict(attributes))
        return bytes(struct.SerializeToString())

    def read_time_us(self, number: int) -> int:
        """A time of this plugin in microseconds."""
        if self.known is Era.LEGACY or (self.known is None and _must_be_seconds(number)):
            return number * 1_000_000
        return number * 1_000

    def write_time(self, at_us: int) -> int:
        """A time for this plugin."""
        return at_us // (1_000_000 if self.known is Era.LEGACY else 1_000)

    def _notice(self, era: Era) -> None:
        with self._lock:
            if self._seen is era:
                return
            self._seen = era
        self._on_seen(era)


def _must_be_seconds(number: int) -> bool:
    return _YEAR_1990_S <= number <= now_us() // 1_000_000 + _DAY_S


def _of_text(data: bytes) -> dict[str, Any]:
    try:
        found = json.loads(data, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise ErrInvalidAttestation("attributes", f"is neither a Struct nor JSON: {error}") from None
    if not isinstance(found, dict):
        raise ErrInvalidAttestation("attributes", f"must be an object, not {type(found).__name__}")
    return found


def _no_constant(name: str) -> NoReturn:
    raise ErrInvalidAttestation("attributes", f"holds {name}, which JSON cannot hold")


def _of_struct(data: bytes) -> dict[str, Any]:
    try:
        struct = Struct.FromString(data)
    except DecodeError as error:
        raise ErrInvalidAttestation("attributes", f"is neither a Struct nor JSON: {error}") from None
    return {name: _plain(value) for name, value in struct.fields.items()}


def _plain(value: Value) -> Any:
    kind = value.WhichOneof("kind")
    if kind == "struct_value":
        return {name: _plain(each) for name, each in value.struct_value.fields.items()}
    if kind == "list_value":
        held: ListValue = value.list_value
        return [_plain(each) for each in held.values]
    if kind == "number_value":
        number = value.number_value  # a whole number travels as one with a fraction
        return int(number) if number.is_integer() and abs(number) < _EXACT else number
    return None if kind in (None, "null_value") else getattr(value, kind)
