"""The body of a request, bounded in size and time, as JSON that was checked.

The API's loop. Hides aiohttp's requests.
"""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import web

from qntx_desktop.api.route import JSON_TYPE, Route
from qntx_desktop.model.errors import (
    ErrBodyTooLarge,
    ErrInvalidRequest,
    ErrRequestTimeout,
    ErrUnsupportedMediaType,
)
from qntx_desktop.model.strict_json import NotStrictJson, read_json

BODY_S = 30.0
MOST_UNWANTED_BYTES = 1_000
_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


async def read_body(request: web.BaseRequest, route: Route) -> tuple[bytes, Any]:
    """The body as it came, and what it says.

    Raises:
        ErrBodyTooLarge, ErrUnsupportedMediaType, ErrRequestTimeout, ErrInvalidRequest: It cannot be taken.
    """
    wants_json = route.body is not None
    if not request.body_exists:
        if wants_json:
            raise ErrInvalidRequest("body", "is missing")
        return b"", None
    _check_type(request, route)
    most = route.most_bytes if wants_json or route.takes_raw else MOST_UNWANTED_BYTES
    raw = await _read(request, most)
    if route.takes_raw:
        return raw, None
    if route.body is None:
        if raw.strip() not in (b"", b"{}"):
            raise ErrInvalidRequest("body", "is not expected here")
        return raw, None
    return raw, json_of(raw, route)


def json_of(raw: bytes, route: Route) -> Any:
    """What the body of a call says that wants JSON.

    Raises:
        ErrInvalidRequest: With the dotted path of what does not fit.
    """
    if not raw:
        raise ErrInvalidRequest("body", "is missing")
    try:
        value = read_json(raw.decode())
    except UnicodeDecodeError:
        raise ErrInvalidRequest("body", "is not UTF-8") from None
    except NotStrictJson as error:
        raise ErrInvalidRequest("body", f"is not JSON that can be taken: {error}") from None
    return route.body.check(value, "body") if route.body is not None else None


def _check_type(request: web.BaseRequest, route: Route) -> None:
    coding = request.headers.get("Content-Encoding", "identity")
    if coding.lower() != "identity":
        raise ErrUnsupportedMediaType(f"{request.content_type}; {coding}")
    if route.body is None or request.headers.get("Content-Type") == JSON_TYPE:
        return
    if request.content_type != JSON_TYPE:
        raise ErrUnsupportedMediaType(request.headers.get("Content-Type", "nothing"))
    if (request.charset or "utf-8").lower() not in ("utf-8", "utf8"):
        raise ErrUnsupportedMediaType(request.headers.get("Content-Type", ""))


async def _read(request: web.BaseRequest, most: int) -> bytes:
    if (request.content_length or 0) > most:
        raise ErrBodyTooLarge(most)
    if request.headers.get("Expect", "").lower() == "100-continue":
        await request.writer.write(_CONTINUE)
        request.writer.output_size = 0  # else the library takes the answer for begun
    if request.content.is_eof():  # small bodies came with their headers
        raw = request.content.read_nowait()
        if len(raw) > most:
            raise ErrBodyTooLarge(most)
        return raw
    parts, size = [], 0
    try:
        async with asyncio.timeout(BODY_S):
            async for chunk in request.content.iter_any():
                size += len(chunk)
                if size > most:
                    raise ErrBodyTooLarge(most)
                parts.append(chunk)
    except TimeoutError:
        raise ErrRequestTimeout(BODY_S) from None
    return b"".join(parts)
