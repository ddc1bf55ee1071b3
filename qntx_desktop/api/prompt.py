"""Answers that go out in one piece: most are short, and asked for on a connection that goes on.

The API's loop. Hides how aiohttp sends: its own way makes a table of headers for each answer, writes it line by
line, and takes a tenth of what a small request takes in all.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from email.utils import formatdate
from functools import lru_cache
from http import HTTPStatus

from aiohttp import web
from aiohttp.abc import AbstractStreamWriter
from aiohttp.http import SERVER_SOFTWARE, HttpVersion11

LARGE_BYTES = 64 << 10
"""Longer ones are sent bit by bit, as the caller reads."""
ALWAYS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_OURS = frozenset(
    {"cache-control", "x-content-type-options", "content-type", "content-length", "connection", "date", "server"}
)


def fits_at_once(request: web.BaseRequest, headers: Mapping[str, str], body: bytes) -> bool:
    """Whether an answer needs nothing of what `at_once` does not know."""
    return (
        0 < len(body) <= LARGE_BYTES
        and request.version == HttpVersion11
        and request.keep_alive
        and request.method != "HEAD"
        and is_plain(headers)
    )


def is_plain(headers: Mapping[str, str]) -> bool:
    """Whether an answer's own headers can be written as they are."""
    return not headers or all(
        name.lower() not in _OURS and name.isprintable() and value.isprintable() for name, value in headers.items()
    )


def at_once(status: int, content_type: str, headers: Mapping[str, str], body: bytes) -> web.StreamResponse:
    """An answer that has a body, ready to go out."""
    return _Prompt(whole(status, content_type, headers, body))


def whole(status: int, content_type: str, headers: Mapping[str, str], body: bytes) -> bytes:
    """All bytes of an answer that has a body, on a connection that goes on."""
    more = "".join([f"{name}: {value}\r\n" for name, value in headers.items()]) if headers else ""
    text = f"{_begin(status, content_type)}{_date(int(time.time()))}Content-Length: {len(body)}\r\n{more}\r\n"
    return text.encode() + body


class _Prompt(web.StreamResponse):
    """As much of a response as the library asks for once the bytes are there."""

    def __init__(self, whole: bytes) -> None:
        self._whole = whole  # and nothing of the library's own: making that is what is saved

    @property
    def keep_alive(self) -> bool | None:
        """The connection goes on."""
        return True

    async def prepare(self, request: web.BaseRequest) -> AbstractStreamWriter | None:
        """Send all."""
        await request.writer.write(self._whole)
        return None

    async def write_eof(self, data: bytes = b"") -> None:
        """All was sent."""


@lru_cache(maxsize=64)
def _begin(status: int, content_type: str) -> str:
    phrase = HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else ""
    always = "".join(f"{name}: {value}\r\n" for name, value in ALWAYS.items())
    return (
        f"HTTP/1.1 {status} {phrase}\r\n{always}Content-Type: {content_type}\r\nServer: {SERVER_SOFTWARE}\r\n"
    )


@lru_cache(maxsize=2)
def _date(second: int) -> str:
    return f"Date: {formatdate(second, usegmt=True)}\r\n"
