"""Frames on the pipes to a handler: four bytes of length, big endian, and that many bytes of JSON. Pure.

What comes from a handler is untrusted: a frame that breaks a rule raises, and the run ends.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

MAX_FRAME_BYTES = 8 << 20
MAX_ANSWER_BYTES = 64 << 20
_HEAD_BYTES = 4


class BrokenFrameError(Exception):
    """The other side sent what is no message; the text says what was wrong."""


class JsonTexts(tuple[str, ...]):
    """Values that are JSON already: they go into an answer as they stand."""


def pack(message: Mapping[str, Any]) -> bytes:
    """A frame for the handler."""
    return _framed(_encode(message))


def pack_answer(number: int, value: object) -> bytes:
    """A frame that answers the request of this number."""
    if isinstance(value, JsonTexts):
        return _framed(f'{{"id":{number},"value":[{",".join(value)}]}}')
    return pack({"id": number, "value": value})


def _framed(text: str) -> bytes:
    body = text.encode()
    return len(body).to_bytes(_HEAD_BYTES, "big") + body


class FrameReader:
    """Puts arriving bytes together to messages; holds at most one frame."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, chunk: bytes) -> Iterator[dict[str, Any]]:
        """Yield each message that `chunk` completes.

        Raises:
            BrokenFrameError: Too long, not JSON, NaN or infinity, nested too deep, or not an object with `op`.
        """
        self._buffer += chunk
        while len(self._buffer) >= _HEAD_BYTES:
            size = int.from_bytes(self._buffer[:_HEAD_BYTES], "big")
            if size > MAX_FRAME_BYTES:
                raise BrokenFrameError(f"a message of {size:,} bytes, at most {MAX_FRAME_BYTES:,}")
            if len(self._buffer) < _HEAD_BYTES + size:
                return
            body = bytes(self._buffer[_HEAD_BYTES : _HEAD_BYTES + size])
            del self._buffer[: _HEAD_BYTES + size]
            yield _message(body)


def _message(body: bytes) -> dict[str, Any]:
    try:
        value = _decode(body.decode())
    except (ValueError, RecursionError) as error:
        raise BrokenFrameError(f"not JSON: {str(error)[:200]}") from None
    if not isinstance(value, dict) or not isinstance(value.get("op"), str):
        raise BrokenFrameError("no object with an operation")
    return value


def _refuse(constant: str) -> None:
    raise ValueError(f"the number {constant}")


_encode = json.JSONEncoder(separators=(",", ":")).encode
_decode = json.JSONDecoder(parse_constant=_refuse).decode
