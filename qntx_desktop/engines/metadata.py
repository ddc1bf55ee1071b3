"""What the inline metadata of a handler means: PEP 723, `[tool.qntx]`. Pure; reads an already parsed table.

Source: PEP 723; the keys are the project's own (docs/handlers.md).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from qntx_desktop.model.errors import ErrInvalidHandlerName, ErrSyntax
from qntx_desktop.model.handler import REMOTE, Requires
from qntx_desktop.model.ix import check_handler_name
from qntx_desktop.model.limit import MOST_CALLS, Limit
from qntx_desktop.model.permissions import (
    MAX_ITEMS,
    Hosts,
    Permissions,
    host_fault,
    package_fault,
    path_fault,
    secret_fault,
)
from qntx_desktop.model.python_version import specifier_fault

MOST_USD = 1_000_000.0
SHORTEST_S, LONGEST_S = 1.0, 86_400.0
SMALLEST_BYTES, LARGEST_BYTES = 32 << 20, 64 << 30
_SECONDS = {"": 1.0, "ms": 0.001, "s": 1.0, "m": 60.0, "min": 60.0, "h": 3600.0}
_BYTES = {
    "": 1,
    "B": 1,
    "KB": 1 << 10,
    "KIB": 1 << 10,
    "MB": 1 << 20,
    "MIB": 1 << 20,
    "GB": 1 << 30,
    "GIB": 1 << 30,
}
_QUANTITY = re.compile(r"\s*([0-9]{1,15}(?:\.[0-9]{1,9})?)\s*([A-Za-z]*)\s*")
_PROJECT_KEYS = ("dependencies", "requires-python")
_OWN_KEYS = (
    "timeout",
    "memory",
    "concurrent",
    "where",
    "calls_per_minute",
    "cost_per_day",
    "cost_per_month",
    "description",
    "script_type",
    "network",
    "read",
    "write",
    "secrets",
)
_ALIKE = 0.75
"""From here on a key is taken for a misspelling of one that means something; others are somebody else's."""


def read_requires(table: Mapping[str, Any], lines: Mapping[str, int]) -> Requires:
    """What a script asks for.

    Args:
        table: The parsed metadata block, JSON-ready.
        lines: Where each key stands in the script, for errors.

    Raises:
        ErrSyntax: A key has the wrong type or is out of bounds; with its line.
    """
    reader = _Reader(lines)
    tool = reader.table(table.get("tool"), "tool")
    own = reader.table(tool.get("qntx"), "qntx")
    reader.refuse_misspelt(own, _OWN_KEYS)
    reader.refuse_misspelt(table, _PROJECT_KEYS)
    default = Requires()
    return Requires(
        timeout_s=reader.seconds(own) if "timeout" in own else default.timeout_s,
        memory_bytes=reader.bytes(own) if "memory" in own else default.memory_bytes,
        concurrent=reader.flag(own, "concurrent"),
        description=reader.text(own, "description"),
        script_type=reader.script_type(own),
        where=reader.where(own),
        permissions=Permissions(
            read=reader.texts(own, "read", path_fault),
            write=reader.texts(own, "write", path_fault),
            network=reader.hosts(own),
            secrets=reader.texts(own, "secrets", secret_fault),
            dependencies=reader.texts(table, "dependencies", package_fault),
            requires_python=reader.python(table),
        ),
        limit=Limit(
            calls_per_minute=reader.calls(own, "calls_per_minute"),
            cost_per_day=reader.usd(own, "cost_per_day"),
            cost_per_month=reader.usd(own, "cost_per_month"),
        ),
        declared={**own, **{key: table[key] for key in _PROJECT_KEYS if key in table}},
    )


class _Reader:
    """Takes values out of a table, and names the line of one that cannot be used."""

    def __init__(self, lines: Mapping[str, int]) -> None:
        self._lines = lines

    def table(self, value: object, key: str) -> Mapping[str, Any]:
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            raise self._refusal(key, "must be a table")
        return value

    def refuse_misspelt(self, table: Mapping[str, Any], known: Sequence[str]) -> None:
        """A limit or a permission that is misspelt would have no effect, in silence."""
        spelt = {each.replace("-", "_"): each for each in known}
        for key in table:
            meant = get_close_matches(key.lower().replace("-", "_"), spelt, 1, _ALIKE)
            if key not in known and meant:
                raise self._refusal(key, f"is not known; did you mean {spelt[meant[0]]}?")

    def text(self, table: Mapping[str, Any], key: str) -> str:
        value = table.get(key, "")
        if not isinstance(value, str):
            raise self._refusal(key, "must be a text")
        return value

    def texts(
        self, table: Mapping[str, Any], key: str, fault: Callable[[str], str | None]
    ) -> tuple[str, ...]:
        """A list of texts, each once, in order; `fault` says why one cannot be taken."""
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self._refusal(key, "must be a list of texts")
        if len(value) > MAX_ITEMS:
            raise self._refusal(key, f"has {len(value):,} entries, at most {MAX_ITEMS}")
        for item in value:
            reason = fault(item)
            if reason is not None:
                raise self._refusal(key, reason)
        return tuple(dict.fromkeys(value))

    def hosts(self, table: Mapping[str, Any]) -> Hosts:
        value = table.get("network", [])
        if isinstance(value, bool):
            return True if value else ()
        if not isinstance(value, list):
            raise self._refusal("network", "must be a list of host:port, or true")
        return self.texts(table, "network", host_fault)

    def python(self, table: Mapping[str, Any]) -> str:
        value = self.text(table, "requires-python")
        reason = specifier_fault(value) if value else None
        if reason is not None:
            raise self._refusal("requires-python", reason)
        return value

    def flag(self, table: Mapping[str, Any], key: str) -> bool:
        value = table.get(key, False)
        if not isinstance(value, bool):
            raise self._refusal(key, "must be true or false")
        return value

    def where(self, table: Mapping[str, Any]) -> str:
        value = table.get("where", "")
        if value not in ("", "here", REMOTE):
            raise self._refusal("where", 'must be "here" or "remote"')
        return REMOTE if value == REMOTE else ""

    def calls(self, table: Mapping[str, Any], key: str) -> int | None:
        value = table.get(key)
        if value is None or (type(value) is int and 1 <= value <= MOST_CALLS):
            return value
        raise self._refusal(key, f"must be a whole number from 1 to {MOST_CALLS:,}")

    def usd(self, table: Mapping[str, Any], key: str) -> float | None:
        value = table.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value <= MOST_USD:
            raise self._refusal(key, "must be an amount in US dollars, more than 0")
        return float(value)

    def script_type(self, table: Mapping[str, Any]) -> str:
        name = self.text(table, "script_type")
        try:
            return check_handler_name(name) if name else ""
        except ErrInvalidHandlerName as error:
            raise self._refusal("script_type", str(error.details["reason"])) from error

    def seconds(self, table: Mapping[str, Any]) -> float:
        value = self._quantity(table["timeout"], "timeout", _SECONDS, 'a time such as "60s", "2m" or "1h"')
        if not SHORTEST_S <= value <= LONGEST_S:
            raise self._refusal("timeout", "must be between 1 s and 24 h")
        return value

    def bytes(self, table: Mapping[str, Any]) -> int:
        value = self._quantity(table["memory"], "memory", _BYTES, 'a size such as "512MB" or "1GB"')
        if not SMALLEST_BYTES <= value <= LARGEST_BYTES:
            raise self._refusal("memory", "must be between 32 MB and 64 GB")
        return int(value)

    def _quantity(self, value: object, key: str, units: Mapping[str, float], what: str) -> float:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return float(value) if abs(value) < 1e18 else math.inf
        found = _QUANTITY.fullmatch(value) if isinstance(value, str) else None
        if found is None:
            raise self._refusal(key, f"must be {what}")
        unit = found[2] if key == "timeout" else found[2].upper()
        if unit not in units:
            raise self._refusal(key, f"must be {what}")
        return float(found[1]) * units[unit]

    def _refusal(self, key: str, reason: str) -> ErrSyntax:
        return ErrSyntax(f"Inline metadata: {key} {reason}", self._lines.get(key, 1), 1)
