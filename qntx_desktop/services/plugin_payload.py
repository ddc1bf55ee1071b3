"""The payload of a plugin's job between JSON, as jobs keep it, and the bytes that the plugin is given. Pure.

An object is handed down as its JSON. Bytes that a plugin asks for a job with come back to it as they were: those
that are not the spelling of an object stand under `$text` or `$base64`.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

TEXT, BASE64 = "$text", "$base64"


def payload_bytes(payload: Mapping[str, Any]) -> bytes:
    """What a plugin is given."""
    if set(payload) == {TEXT} and isinstance(payload[TEXT], str):
        return str(payload[TEXT]).encode("utf-8", "surrogatepass")
    if set(payload) == {BASE64} and isinstance(payload[BASE64], str):
        try:
            return base64.b64decode(payload[BASE64], validate=True)
        except ValueError:
            return _spelled(payload)
    return _spelled(payload)


def payload_of(data: bytes) -> dict[str, Any]:
    """How a job keeps what a plugin asked with."""
    if not data:
        return {}
    try:
        text = data.decode()
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, dict) and _spelled(found) == data and set(found) not in ({TEXT}, {BASE64}):
        return found
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return {BASE64: base64.b64encode(data).decode()}
    return {BASE64: base64.b64encode(data).decode()} if "\0" in text else {TEXT: text}


def _spelled(payload: Mapping[str, Any]) -> bytes:
    return json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )
