"""What a route is, declared as data, and what it is handed and gives back.

Declarations; the server reads them to answer, `openapi` to describe, and tests to try.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from qntx_desktop.api.shapes import Schema, Shape
from qntx_desktop.model.api_token import Scope

if TYPE_CHECKING:
    from qntx_desktop.api.desk import Desk
    from qntx_desktop.model.api_token import ApiToken

JSON_TYPE = "application/json"
RAW_TYPE = "application/octet-stream"
MAX_JSON_BYTES = 4 << 20


class Readable(Protocol):
    """A shape that can stand in an address."""

    def read_text(self, text: str, where: str) -> Any:
        """The value that a text spells."""

    def schema(self) -> Schema:
        """As the document says it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request, read and allowed.

    Args:
        client: Who asks; None at webhooks, which have secrets of their own.
        path: The named parts of the address.
        query: What was asked for behind the `?`; what was left out is absent.
        target: Path and query as they came.
        body: The JSON that was sent, checked; None without one.
        raw: The body as it came.
        headers: By their names in small letters.
    """

    desk: Desk
    client: ApiToken | None
    path: Mapping[str, Any]
    query: Mapping[str, Any]
    target: str
    body: Any
    raw: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is sent back; bytes go out as they are, anything else as JSON, None as nothing."""

    body: Any = None
    status: int = 200
    content_type: str = JSON_TYPE
    headers: Mapping[str, str] = field(default_factory=dict)

    def bytes(self) -> bytes:
        """The body as it goes out."""
        if isinstance(self.body, bytes):
            return self.body
        return b"" if self.body is None else json_bytes(self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One method of one address.

    Args:
        path: Parts in braces are named: `/api/handlers/{name}`; `{path...}` takes the rest with its slashes.
        scope: What the client's token must allow; None: the route has a secret of its own.
        work: Answers on a thread of its own, where it may block.
        begin: Answers on the loop instead; must not block.
        prompt: Begins on the loop, without a task, and gives the status of a good answer and a future of its body;
            must neither block nor wait. What `quick` serves.
        answers: Each status of a good answer with its shape; None: no body.
        refusals: Statuses of errors besides those that any route may answer with.
        takes_raw: The body is taken as it is, of any type.
        any_type: The answer is no JSON.
        any_query: What stands behind the `?` is not looked at, and the headers are handed on.
    """

    method: str
    path: str
    summary: str
    scope: Scope | None
    answers: Mapping[int, Shape | None]
    work: Callable[[Asked], Answer] | None = None
    begin: Callable[[Asked], Awaitable[Answer]] | None = None
    prompt: Callable[[Asked], tuple[int, asyncio.Future[bytes]]] | None = None
    params: Mapping[str, Readable] = field(default_factory=dict)
    query: Mapping[str, Readable] = field(default_factory=dict)
    body: Shape | None = None
    takes_raw: bool = False
    any_type: bool = False
    any_query: bool = False
    most_bytes: int = MAX_JSON_BYTES
    refusals: tuple[int, ...] = ()


def json_bytes(value: Any) -> bytes:
    """JSON as it goes out. Half characters, which a script's output may hold, go as escapes."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace")
