"""Checks the shape of a job's payload, which may come from a stranger, and names what is wrong by a dotted path.

Pure; any thread.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qntx_desktop.model.errors import ErrInvalidPayload

_NAMES: dict[type, str] = {str: "a text", list: "a list of texts", dict: "an object", int: "a whole number"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """What one field may hold; kind `object` is any JSON.

    Args:
        max_chars: Bounds a text, each text of a list, or any JSON as it is spelled.
    """

    kind: type
    required: bool = False
    max_chars: int = 0
    max_items: int = 0


def check_fields(job_type: str, payload: object, fields: Mapping[str, Field], prefix: str = "") -> None:
    """Compare an object with what is allowed in it.

    Args:
        prefix: What stands in front of a field's name in the error, such as `handler.`.

    Raises:
        ErrInvalidPayload: A field is unknown, missing, of another kind, or too large.
    """
    if not isinstance(payload, Mapping):
        raise ErrInvalidPayload(job_type, prefix.rstrip("."), "must be an object")
    for name in payload:
        if name not in fields:
            raise ErrInvalidPayload(job_type, f"{prefix}{name}", "is not known")
    for name, field in fields.items():
        if name not in payload:
            if field.required:
                raise ErrInvalidPayload(job_type, f"{prefix}{name}", "is missing")
            continue
        reason = _fault(payload[name], field)
        if reason is not None:
            raise ErrInvalidPayload(job_type, f"{prefix}{name}{reason[0]}", reason[1])


def _fault(value: object, field: Field) -> tuple[str, str] | None:
    """What is wrong with a value: the rest of its path, and the reason."""
    if field.kind is str and isinstance(value, str):
        reason = _text_fault(value, field.max_chars)
        return ("", reason) if reason else None
    if field.kind is list and isinstance(value, (list, tuple)):
        return _list_fault(value, field)
    if field.kind is object:
        return _json_fault(value, field.max_chars)
    if field.kind in (dict, int) and isinstance(value, field.kind) and not isinstance(value, bool):
        return None
    return "", f"must be {_NAMES[field.kind]}"


def _json_fault(value: object, max_chars: int) -> tuple[str, str] | None:
    try:
        size = len(json.dumps(value, allow_nan=False))
    except (TypeError, ValueError, RecursionError) as error:
        return "", f"cannot be JSON: {error}"
    return ("", f"has {size:,} characters as JSON, at most {max_chars:,}") if size > max_chars else None


def _list_fault(items: Sequence[object], field: Field) -> tuple[str, str] | None:
    if len(items) > field.max_items:
        return "", f"holds {len(items):,} texts, at most {field.max_items:,}"
    for index, item in enumerate(items):
        reason = _text_fault(item, field.max_chars) if isinstance(item, str) else "must be a text"
        if reason:
            return f".{index}", reason
    return None


def _text_fault(text: str, max_chars: int) -> str | None:
    if len(text) > max_chars:
        return f"has {len(text):,} characters, at most {max_chars:,}"
    if "\0" in text:
        return "holds a NUL character"
    try:
        text.encode()
    except UnicodeEncodeError as error:
        return f"holds half a character (surrogate) at position {error.start + 1}"
    return None
