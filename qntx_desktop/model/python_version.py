"""Version conditions of PEP 440 as far as Python's own versions need them: `>=3.11,<4`. Pure; any thread.

Releases are compared by their numbers; a pre-release counts as the release it leads to.
"""

from __future__ import annotations

import re

_CLAUSE = re.compile(r"(~=|===?|!=|<=|>=|<|>)\s*v?(\d+(?:\.\d+){0,5})((?:\.\*)?|[A-Za-z0-9.+!_-]*)")

Version = tuple[int, ...]


def specifier_fault(text: str) -> str | None:
    """Why a text is no list of version conditions, None when it is one."""
    for clause in text.split(","):
        found = _CLAUSE.fullmatch(clause.strip())
        if found is None:
            return f"'{clause.strip()[:40]}' is no condition on a version, such as >=3.11"
        if found[3] == ".*" and found[1] not in ("==", "!="):
            return f"'{clause.strip()[:40]}': .* goes with == and != only"
        if found[1] == "~=" and "." not in found[2]:
            return f"'{clause.strip()[:40]}': ~= needs two numbers, such as ~=3.11"
    return None


def meets(version: Version, specifier: str) -> bool:
    """Whether a version meets every condition; an empty text is met by all.

    Args:
        version: Numbers, such as (3, 12, 4).
        specifier: A text without `specifier_fault`.
    """
    return all(_meets(version, clause.strip()) for clause in specifier.split(",") if clause.strip())


def _meets(version: Version, clause: str) -> bool:
    found = _CLAUSE.fullmatch(clause)
    if found is None:
        return False
    operator, wanted = found[1], tuple(map(int, found[2].split(".")))
    if found[3] == ".*":
        same = version[: len(wanted)] == wanted
        return same if operator == "==" else not same
    size = max(len(version), len(wanted))
    mine, theirs = _padded(version, size), _padded(wanted, size)
    if operator == "~=":
        return mine >= theirs and version[: len(wanted) - 1] == wanted[:-1]
    return {
        "==": mine == theirs,
        "===": mine == theirs,
        "!=": mine != theirs,
        "<=": mine <= theirs,
        ">=": mine >= theirs,
        "<": mine < theirs,
        ">": mine > theirs,
    }[operator]


def _padded(version: Version, size: int) -> Version:
    return version + (0,) * (size - len(version))
