"""Whether a version meets a constraint such as `>=1.2, <2` or `^0.3 || ~1.4`.

Pure; any thread. Commas and spaces mean and, `||` means or; a missing part counts as any.

Source: Semantic Versioning 2.0, and the ranges that npm and Cargo share.
"""

from __future__ import annotations

import re

Version = tuple[int, int, int]

_VERSION = re.compile(r"v?(\d{1,9})(?:\.(\d{1,9}|[xX*]))?(?:\.(\d{1,9}|[xX*]))?(?:[-+][0-9A-Za-z.+-]*)?")
_TERM = re.compile(r"(>=|<=|==|!=|=|>|<|\^|~>|~)?\s*(v?\d[0-9A-Za-z.+*-]*|[xX*])")
_HYPHEN = re.compile(r"(\S+)\s+-\s+(\S+)")


def meets(version: str, constraint: str) -> bool:
    """Whether `version` is one that `constraint` allows; the empty constraint allows any.

    Raises:
        ValueError: The constraint cannot be read.
    """
    if not constraint.strip():
        return True
    own, _ = _read(version)
    return any(_all_of(own, part) for part in constraint.split("||"))


def _all_of(own: Version, text: str) -> bool:
    hyphen = _HYPHEN.fullmatch(text.strip())
    if hyphen is not None:
        text = f">={hyphen[1]} <={hyphen[2]}"
    rest, met, found = text.replace(",", " ").strip(), True, False
    while rest:
        term = _TERM.match(rest)
        if term is None:
            raise ValueError(f"'{text.strip()}' is no constraint of versions")
        met, found = met and _one(own, term[1] or "=", term[2]), True
        rest = rest[term.end() :].strip()
    if not found:
        raise ValueError("a part of the constraint is empty")
    return met


def _one(own: Version, sign: str, text: str) -> bool:
    if text in ("x", "X", "*"):
        return True
    low, parts = _read(text)
    above = _above(low, parts)  # the first version that is not one of those that the text stands for
    if sign in ("^", "~", "~>"):
        return low <= own < (_caret(low, parts) if sign == "^" else _above(low, min(parts, 2)))
    return {
        "=": low <= own < above,
        "==": low <= own < above,
        "!=": not low <= own < above,
        ">=": own >= low,
        ">": own >= above,
        "<": own < low,
        "<=": own < above,
    }[sign]


def _read(text: str) -> tuple[Version, int]:
    """A version, and how many of its parts were given."""
    found = _VERSION.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"'{text}' is no version")
    given = [int(part) for part in found.groups() if part is not None and part.isdigit()]
    padded = [*given, 0, 0]
    return (padded[0], padded[1], padded[2]), len(given)


def _above(low: Version, parts: int) -> Version:
    if parts == 1:
        return (low[0] + 1, 0, 0)
    return (low[0], low[1] + 1, 0) if parts == 2 else (low[0], low[1], low[2] + 1)


def _caret(low: Version, parts: int) -> Version:
    if low[0] or parts == 1:
        return (low[0] + 1, 0, 0)
    return (0, low[1] + 1, 0) if low[1] or parts == 2 else (0, 0, low[2] + 1)
