"""What a person can set of a plugin: declared as fields, shown as a form by the host, read back as typed values.

Pure; any thread. The protocol carries every value as text.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from qntx_desktop.plugin_sdk.errors import DeclarationError, SettingError

KINDS = ("string", "number", "boolean", "array")
_TRUE, _FALSE = frozenset({"true", "1", "yes", "on"}), frozenset({"false", "0", "no", "off"})
Value = str | int | float | bool | list[Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One setting.

    Args:
        kind: `string`, `number`, `boolean` or `array`.
        description: One line, shown beside the field.
        default: The value when the person sets none; for an array a list.
        required: Whether the plugin cannot start without a value.
        minimum, maximum: Bounds of a number, both included.
        pattern: What a text has to match as a whole, as a regular expression.
        element_kind: Of an array: what its elements are.
    """

    kind: str = "string"
    description: str = ""
    default: Value = None
    required: bool = False
    minimum: float | None = None
    maximum: float | None = None
    pattern: str = ""
    element_kind: str = "string"

    def check(self, name: str) -> None:
        """Refuse a declaration that cannot work.

        Raises:
            DeclarationError: The kind, the pattern or the default is impossible.
        """
        if self.kind not in KINDS:
            raise DeclarationError(f"Setting '{name}' is a {self.kind!r}; choose one of {', '.join(KINDS)}.")
        try:
            re.compile(self.pattern)
        except re.error as error:
            raise DeclarationError(f"The pattern of setting '{name}' cannot be read: {error}.") from error
        if self.default is not None:
            try:
                self.read(name, self.text(self.default))
            except SettingError as error:
                raise DeclarationError(f"The default does not fit. {error}") from error

    def text(self, value: Value) -> str:
        """A value as the protocol carries it."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def read(self, name: str, text: str) -> Value:
        """A value from the text of the protocol.

        Raises:
            SettingError: It is of another kind, out of bounds or does not match.
        """
        if self.kind == "number":
            return self._number(name, text)
        if self.kind == "boolean":
            return _boolean(name, text)
        if self.kind == "array":
            return _array(name, text)
        if self.pattern and re.fullmatch(self.pattern, text) is None:
            raise SettingError(name, f"is {text!r}, which does not match {self.pattern}")
        return text

    def _number(self, name: str, text: str) -> int | float:
        try:
            number = float(text)
        except ValueError:
            raise SettingError(name, f"has to be a number, not {text!r}") from None
        if not math.isfinite(number):
            raise SettingError(name, f"has to be a finite number, not {text!r}")
        if self.minimum is not None and number < self.minimum:
            raise SettingError(name, f"is {number:g}, less than {self.minimum:g}")
        if self.maximum is not None and number > self.maximum:
            raise SettingError(name, f"is {number:g}, more than {self.maximum:g}")
        return int(number) if number.is_integer() and abs(number) < 2**53 else number


def read_settings(fields: Mapping[str, Field], given: Mapping[str, str]) -> dict[str, Any]:
    """Read all settings.

    Args:
        fields: What the plugin declares.
        given: What the host sent; names that are not declared are kept as text.

    Raises:
        SettingError: One is missing or does not fit.
    """
    values: dict[str, Any] = {name: text for name, text in given.items() if name not in fields}
    for name, field in fields.items():
        text = given.get(name, "")
        if text != "":
            values[name] = field.read(name, text)
        elif field.required and field.default is None:
            raise SettingError(name, "is required and not set")
        else:
            values[name] = field.default
    return values


def _boolean(name: str, text: str) -> bool:
    word = text.strip().lower()
    if word not in _TRUE | _FALSE:
        raise SettingError(name, f"has to be true or false, not {text!r}")
    return word in _TRUE


def _array(name: str, text: str) -> list[Any]:
    if not text.lstrip().startswith("["):
        return [part.strip() for part in text.split(",") if part.strip()]
    try:
        value: list[Any] = json.loads(text)
    except ValueError:
        raise SettingError(name, f"has to be a JSON list or words with commas between, not {text!r}") from None
    return value
