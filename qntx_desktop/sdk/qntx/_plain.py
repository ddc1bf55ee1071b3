"""Turn what a script gives into plain JSON values, or say which part cannot be. Any thread."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MAX_DEPTH = 32
_INFINITY = float("inf")


def plain(path: str, value: object, depth: int = 0) -> Any:
    """The same value made of dict, list, str, int, float, bool and None; sets and tuples become lists.

    Args:
        path: How to name the value when it cannot be sent, such as `attributes`.

    Raises:
        ValueError: Starting with the field's name and a colon.
    """
    if isinstance(value, str) or value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, float):
        if value != value or value in (_INFINITY, -_INFINITY):
            raise _refusal(path, f"is {value}, which JSON cannot hold")
        return value
    if depth > MAX_DEPTH:
        raise _refusal(path, f"is nested deeper than {MAX_DEPTH}")
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(f"{path}[{index}]", item, depth + 1) for index, item in enumerate(value)]
    if hasattr(value, "keys") and hasattr(value, "__getitem__"):
        return {_key(path, key): plain(f"{path}.{key}", value[key], depth + 1) for key in list(value.keys())}
    raise _refusal(path, f"is a {type(value).__name__}, which JSON cannot hold")


def _key(path: str, key: object) -> str:
    if not isinstance(key, str):
        raise _refusal(path, f"has the key {key!r:.80}, which is not a text")
    return key


def _refusal(path: str, reason: str) -> ValueError:
    field = path.partition(".")[0].partition("[")[0]
    return ValueError(f"{field}: {reason}" if path == field else f"{field}: {path[:200]} {reason}")
