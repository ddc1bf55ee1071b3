"""JSON from strangers, read strictly: what the standard reader lets through in silence is refused.

Pure; any thread. Refused besides what is no JSON: NaN and infinities, numbers too large for a float, a key that
stands twice in one object, half characters (surrogates), and nesting that no honest document has.

Source: RFC 8259 and, for repeated keys, RFC 7493 (I-JSON).
"""

from __future__ import annotations

import json
import math
import re
from typing import Any, NoReturn

MAX_DEPTH = 64
_SURROGATE = re.compile("[\ud800-\udfff]")


class NotStrictJson(ValueError):
    """The text cannot be taken; the message is one sentence without a full stop."""


def read_json(text: str) -> Any:
    """Read one JSON document.

    Raises:
        NotStrictJson: With the place where the reader knows it.
    """
    try:
        value = _READER.decode(text)
    except json.JSONDecodeError as error:
        raise NotStrictJson(f"{error.msg}, at line {error.lineno} column {error.colno}") from None
    except RecursionError:
        raise NotStrictJson(f"it is nested deeper than {MAX_DEPTH} levels") from None
    # Most documents cannot break either rule: they have no escapes and no surrogates, and too few brackets.
    deep = text.count("{") + text.count("[") > MAX_DEPTH
    if deep or "\\u" in text or (not text.isascii() and _SURROGATE.search(text)):
        _check(value, 1)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise NotStrictJson(f"the key {json.dumps(twice[:80])} stands twice")
    return found


def _no_constant(name: str) -> NoReturn:
    raise NotStrictJson(f"{name} is not JSON")


def _float(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise NotStrictJson(f"the number {digits[:40]} is too large")
    return value


def _int(digits: str) -> int:
    if len(digits) > 80:
        raise NotStrictJson(f"a number of {len(digits):,} digits is too large")
    return int(digits)


_READER = json.JSONDecoder(
    object_pairs_hook=_object, parse_constant=_no_constant, parse_float=_float, parse_int=_int
)
"""Made once: making one takes longer than reading a small document."""


def _check(value: Any, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise NotStrictJson(f"it is nested deeper than {MAX_DEPTH} levels")
    if isinstance(value, str):
        if _SURROGATE.search(value):
            raise NotStrictJson("a text holds half a character (surrogate)")
    elif isinstance(value, dict):
        for key, item in value.items():
            _check(key, depth)
            _check(item, depth + 1)
    elif isinstance(value, list):
        for item in value:
            _check(item, depth + 1)
