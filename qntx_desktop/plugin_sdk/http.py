"""Requests that the host hands to a plugin, and what it answers.

Pure; any thread.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from qntx_desktop.plugin_sdk.errors import HTTPError

_JSON, _TEXT = "application/json", "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request to `/api/<plugin>/...`.

    Args:
        path: Below the plugin, decoded, with a leading slash.
        params: What stood in the braces of the route.
        query: All values of each name.
        headers: By lower-case name, all values of each.
    """

    method: str
    path: str
    body: bytes = b""
    params: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, Sequence[str]] = field(default_factory=dict)
    headers: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def json(self) -> Any:
        """The body as JSON.

        Raises:
            HTTPError: It is none (400).
        """
        try:
            return json.loads(self.body)
        except ValueError:
            raise HTTPError(400, "The body is not JSON.") from None

    def value(self, name: str, default: str = "") -> str:
        """The first value of a name in the query."""
        return next(iter(self.query.get(name, ())), default)


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """An answer. Headers may be given as text or as several."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str | Sequence[str]] = field(default_factory=dict)

    @staticmethod
    def of_json(value: Any, status: int = 200) -> Response:
        """An answer in JSON."""
        body = json.dumps(value, ensure_ascii=False).encode()
        return Response(status=status, body=body, headers={"content-type": _JSON})

    @staticmethod
    def of_error(status: int, code: str, message: str) -> Response:
        """An answer in the one shape that errors have everywhere."""
        return Response.of_json(
            {"error": {"code": code, "message": message, "hint": "", "details": {}}}, status
        )


def as_response(answer: object) -> Response:
    """What a route returned, as an answer."""
    if isinstance(answer, Response):
        return answer
    if answer is None:
        return Response(status=204)
    if isinstance(answer, bytes):
        return Response(body=answer, headers={"content-type": "application/octet-stream"})
    if isinstance(answer, str):
        return Response(body=answer.encode(), headers={"content-type": _TEXT})
    return Response.of_json(answer)


def split_target(target: str, plugin: str) -> tuple[str, Mapping[str, Sequence[str]]]:
    """A target's path below the plugin and its query; some hosts send the path whole, some from the plugin on.

    Args:
        plugin: Its name, empty for a path that is below it already.
    """
    parts = urlsplit(target if target.startswith("/") else f"/{target}")
    path = parts.path
    prefix = f"/api/{plugin}"
    if plugin and (path == prefix or path.startswith(f"{prefix}/")):
        path = path[len(prefix) :]
    return path or "/", parse_qs(parts.query, keep_blank_values=True)


def match(pattern: str, path: str) -> dict[str, str] | None:
    """What the braces of a route's path hold for a path; None when it is another.

    Segments are decoded after they were split, so that an encoded slash stays inside its segment.
    """
    wanted, given = pattern.strip("/").split("/"), path.strip("/").split("/")
    if len(wanted) != len(given):
        return None
    params: dict[str, str] = {}
    for segment, raw in zip(wanted, given, strict=True):
        value = unquote(raw)
        if segment.startswith("{") and segment.endswith("}"):
            if not value:
                return None
            params[segment[1:-1]] = value
        elif segment != value:
            return None
    return params
