"""What may stand where in a request and an answer: one declaration checks bodies and writes the document.

Pure; any thread. Strict on purpose: what is not declared is refused, and nothing is converted but the texts of
addresses (`read_text`).

Source: JSON Schema 2020-12, as far as OpenAPI 3.1 documents of this app use it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from qntx_desktop.model.errors import ErrInvalidRequest

Schema = dict[str, Any]


class Shape(Protocol):
    """A kind of value."""

    def check(self, value: Any, where: str) -> Any:
        """Give back a value that fits.

        Raises:
            ErrInvalidRequest: It does not; `where` is its dotted path.
        """

    def schema(self) -> Schema:
        """As the document says it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text; `most` and `fewest` count characters."""

    fewest: int = 0
    most: int = 1_000_000
    pattern: str = ""
    choices: tuple[str, ...] = ()
    format: str = ""

    def check(self, value: Any, where: str) -> str:
        """See `Shape`."""
        if not isinstance(value, str):
            raise ErrInvalidRequest(where, "must be a text")
        if self.choices and value not in self.choices:
            raise ErrInvalidRequest(where, f"must be one of {', '.join(self.choices)}")
        if not self.fewest <= len(value) <= self.most:
            raise ErrInvalidRequest(where, f"must have {self.fewest:,} to {self.most:,} characters")
        if self.pattern and not re.fullmatch(self.pattern, value):
            raise ErrInvalidRequest(where, f"must look like {self.pattern}")
        if "\0" in value:
            raise ErrInvalidRequest(where, "must not hold a NUL character")
        return value

    def read_text(self, text: str, where: str) -> str:
        """The value of a part of an address."""
        return self.check(text, where)

    def schema(self) -> Schema:
        """See `Shape`."""
        found: Schema = {"type": "string"}
        if self.choices:
            return found | {"enum": list(self.choices)}
        found |= {"minLength": self.fewest} if self.fewest else {}
        found |= {"maxLength": self.most} if self.most < 1_000_000 else {}
        found |= {"pattern": f"^{self.pattern}$"} if self.pattern else {}
        return found | ({"format": self.format} if self.format else {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A whole number; both bounds are allowed values."""

    low: int = -(2**53)
    high: int = 2**53

    def check(self, value: Any, where: str) -> int:
        """See `Shape`. `2.0` is a whole number in JSON."""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool):
            raise ErrInvalidRequest(where, "must be a whole number")
        if not self.low <= value <= self.high:
            raise ErrInvalidRequest(where, f"goes from {self.low:,} to {self.high:,}")
        return value

    def read_text(self, text: str, where: str) -> int:
        """The value of a part of an address."""
        if not re.fullmatch(r"-?[0-9]{1,18}", text, re.ASCII):
            raise ErrInvalidRequest(where, "must be a whole number")
        return self.check(int(text), where)

    def schema(self) -> Schema:
        """See `Shape`."""
        return {"type": "integer", "minimum": self.low, "maximum": self.high}


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """Any number that JSON holds; `over` is a bound that is not allowed itself."""

    over: float | None = None
    high: float | None = None

    def check(self, value: Any, where: str) -> float:
        """See `Shape`."""
        if not isinstance(value, (int, float)) or isinstance(value, bool):
            raise ErrInvalidRequest(where, "must be a number")
        if (self.over is not None and value <= self.over) or (self.high is not None and value > self.high):
            raise ErrInvalidRequest(where, f"must be over {self.over:,g} and at most {self.high:,g}")
        return value

    def schema(self) -> Schema:
        """See `Shape`."""
        found: Schema = {"type": "number"}
        found |= {"exclusiveMinimum": self.over} if self.over is not None else {}
        return found | ({"maximum": self.high} if self.high is not None else {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """True or false."""

    def check(self, value: Any, where: str) -> bool:
        """See `Shape`."""
        if not isinstance(value, bool):
            raise ErrInvalidRequest(where, "must be true or false")
        return value

    def read_text(self, text: str, where: str) -> bool:
        """The value of a part of an address."""
        if text not in ("1", "0", "true", "false"):
            raise ErrInvalidRequest(where, "must be 1 or 0")
        return text in ("1", "true")

    def schema(self) -> Schema:
        """See `Shape`."""
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Anything:
    """Whatever JSON holds."""

    def check(self, value: Any, where: str) -> Any:
        """See `Shape`."""
        return value

    def schema(self) -> Schema:
        """See `Shape`."""
        return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyObject:
    """An object with any keys; a service looks at what is in it."""

    def check(self, value: Any, where: str) -> Mapping[str, Any]:
        """See `Shape`."""
        if not isinstance(value, dict):
            raise ErrInvalidRequest(where, "must be an object")
        return value

    def schema(self) -> Schema:
        """See `Shape`."""
        return {"type": "object"}


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list; `fewest` and `most` count its items."""

    item: Shape
    fewest: int = 0
    most: int = 1_000_000

    def check(self, value: Any, where: str) -> list[Any]:
        """See `Shape`."""
        if not isinstance(value, list):
            raise ErrInvalidRequest(where, "must be a list")
        if not self.fewest <= len(value) <= self.most:
            raise ErrInvalidRequest(where, f"must hold {self.fewest:,} to {self.most:,} items")
        check = self.item.check
        try:
            return [check(each, where) for each in value]
        except ErrInvalidRequest:  # once more, to say where: nearly all that comes is good, and places cost half
            return [check(each, f"{where}.{index}") for index, each in enumerate(value)]

    def schema(self) -> Schema:
        """See `Shape`."""
        found: Schema = {"type": "array", "items": self.item.schema()}
        found |= {"minItems": self.fewest} if self.fewest else {}
        return found | ({"maxItems": self.most} if self.most < 1_000_000 else {})


@dataclass(frozen=True, slots=True)
class OrNull:
    """Another shape, or null."""

    shape: Shape

    def check(self, value: Any, where: str) -> Any:
        """See `Shape`."""
        return None if value is None else self.shape.check(value, where)

    def schema(self) -> Schema:
        """See `Shape`."""
        return {"anyOf": [self.shape.schema(), {"type": "null"}]}


@dataclass(frozen=True, slots=True)
class Either:
    """The first shape or the second; a mistake is told in the words of the second."""

    first: Shape
    second: Shape

    def check(self, value: Any, where: str) -> Any:
        """See `Shape`."""
        if isinstance(self.second, ListOf) and isinstance(value, list):
            return self.second.check(value, where)  # the common case, without an error that is thrown away
        try:
            return self.first.check(value, where)
        except ErrInvalidRequest:
            return self.second.check(value, where)

    def schema(self) -> Schema:
        """See `Shape`."""
        return {"anyOf": [self.first.schema(), self.second.schema()]}


@dataclass(frozen=True, slots=True)
class Fields:
    """An object with these keys and no others.

    Args:
        name: Under which the document keeps it; empty: it stands where it is used.
        optional: Keys that may be left out.
    """

    fields: Mapping[str, Shape]
    optional: frozenset[str] = frozenset()
    name: str = ""
    _about: str = field(default="", kw_only=True)

    def check(self, value: Any, where: str) -> dict[str, Any]:
        """See `Shape`."""
        if not isinstance(value, dict):
            raise ErrInvalidRequest(where, "must be an object")
        for key in value:
            if key not in self.fields:
                raise ErrInvalidRequest(f"{where}.{key[:80]}", "is not known")
        for key in self.fields:
            if key not in value and key not in self.optional:
                raise ErrInvalidRequest(f"{where}.{key}", "is missing")
        shapes = self.fields
        try:
            return {key: shapes[key].check(each, where) for key, each in value.items()}
        except ErrInvalidRequest:  # as above
            return {key: shapes[key].check(each, f"{where}.{key}") for key, each in value.items()}

    def schema(self) -> Schema:
        """See `Shape`."""
        return {"$ref": f"#/components/schemas/{self.name}"} if self.name else self.whole()

    def whole(self) -> Schema:
        """The schema itself, also of one that has a name."""
        return {
            "type": "object",
            "properties": {key: shape.schema() for key, shape in self.fields.items()},
            "required": [key for key in self.fields if key not in self.optional],
            "additionalProperties": False,
        }


def optional(fields: Mapping[str, Shape], *required: str) -> Fields:
    """An object of which only the named keys must be there."""
    return Fields(fields, frozenset(fields) - frozenset(required))
