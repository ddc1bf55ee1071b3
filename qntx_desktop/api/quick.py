"""Calls that are answered as soon as they were read, without a task and a request of the library's.

The API's loop. Programs that read and attest in a hurry send the same few shapes of call; to bring one to its
handler takes the library longer than the handler takes. Whatever has anything unusual about it goes the
ordinary way (`front`): the same guard, the same checks, the same bytes.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from aiohttp.http import HttpVersion11
from aiohttp.streams import EMPTY_PAYLOAD

from qntx_desktop.api.prompt import LARGE_BYTES, is_plain, whole
from qntx_desktop.api.reading import json_of
from qntx_desktop.api.route import JSON_TYPE, Answer, Asked, Route
from qntx_desktop.api.statuses import answer_of_error, unexpected
from qntx_desktop.model.api_token import Scope
from qntx_desktop.model.errors import ErrScopeRequired, QntxError

if TYPE_CHECKING:
    from aiohttp.http_parser import RawRequestMessage
    from aiohttp.streams import StreamReader

    from qntx_desktop.api.audit import Audit
    from qntx_desktop.api.desk import Desk
    from qntx_desktop.api.guard import Guard



class Call:
    """One of these calls, for the log; `status` is that of a good answer."""

    __slots__ = ("began_s", "client", "method", "path", "status")

    def __init__(self, method: str, path: str) -> None:
        self.began_s = time.monotonic()
        self.method = method
        self.path = path
        self.client = ""
        self.status = 200


class Quick:
    """Answers them.

    Args:
        routes: All with bearer tokens; those with `prompt` are served here, and pages that are kept.
    """

    def __init__(self, *, routes: Sequence[Route], desk: Desk, guard: Guard, audit: Audit) -> None:
        self._prompt = {each.path: each for each in routes if each.prompt is not None and each.method == "POST"}
        self._desk = desk
        self._guard = guard
        self._audit = audit

    def take(
        self, message: RawRequestMessage, payload: StreamReader
    ) -> bytes | tuple[Call, asyncio.Future[bytes]] | None:
        """Answer a call, or begin to.

        Returns:
            The whole answer; or what `end` makes it of once the future is done; or None: it has to go the ordinary
            way, and nothing was done yet.
        """
        if not _is_usual(message):
            return None
        if message.method == "GET":
            kept = self._kept(message, payload)
            return self._shown(message, kept) if kept is not None else None
        route = self._prompt.get(message.path) if message.method == "POST" else None
        if route is None or not payload.is_eof() or message.headers.get("Content-Type") != JSON_TYPE:
            return None
        return self._begun(message, _whole_body(payload), route)

    def end(self, call: Call, done: asyncio.Future[bytes]) -> bytes:
        """The whole answer to a call that was begun."""
        try:
            return self._told(call, Answer(status=call.status, body=done.result()))
        except Exception as error:  # noqa: BLE001 - whatever it is, the caller is told in the one shape
            return self._refused(call, error)

    def _kept(self, message: RawRequestMessage, payload: StreamReader) -> Answer | None:
        if payload is not EMPTY_PAYLOAD:
            return None
        try:
            kept = self._desk.pages.get(message.path)[1]
        except QntxError:  # it is told on the ordinary way, to those who may know
            return None
        return kept if kept is not None and len(kept.bytes()) <= LARGE_BYTES and is_plain(kept.headers) else None

    def _shown(self, message: RawRequestMessage, kept: Answer) -> bytes:
        call = Call("GET", message.path.partition("?")[0])
        try:
            self._admitted(call, message, Scope.READ)
        except Exception as error:  # noqa: BLE001 - as above
            return self._refused(call, error)
        return self._told(call, kept)

    def _begun(
        self, message: RawRequestMessage, raw: bytes, route: Route
    ) -> bytes | tuple[Call, asyncio.Future[bytes]]:
        call = Call("POST", message.path)
        try:
            client = self._admitted(call, message, route.scope)
            body = json_of(raw, route)
            asked = Asked(
                desk=self._desk,
                client=client,
                path={},
                query={},
                target=message.path,
                body=body,
                raw=raw,
                headers={},
            )
            assert route.prompt is not None
            call.status, future = route.prompt(asked)
        except Exception as error:  # noqa: BLE001 - as above
            return self._refused(call, error)
        return call, future

    def _admitted(self, call: Call, message: RawRequestMessage, scope: Scope | None) -> Any:
        self._guard.check_place(message.headers)
        client = self._guard.check_token(message.headers)
        call.client = client.name
        if scope is not None and scope not in client.scopes:
            raise ErrScopeRequired(scope, client.name)
        return client

    def _refused(self, call: Call, error: Exception) -> bytes:
        if isinstance(error, QntxError):
            return self._told(call, answer_of_error(error), error.code)
        return self._told(call, unexpected(error), "unexpected")

    def _told(self, call: Call, answer: Answer, code: str = "") -> bytes:
        took_ms = (time.monotonic() - call.began_s) * 1_000
        self._audit.note(call.client, call.method, call.path, answer.status, took_ms, code)
        return whole(answer.status, answer.content_type, answer.headers, answer.bytes())


def _is_usual(message: RawRequestMessage) -> bool:
    """Whether the connection goes on afterwards, and nothing is asked for but the answer."""
    headers = message.headers
    return (
        message.version == HttpVersion11
        and not (message.should_close or message.upgrade or message.chunked or message.compression)
        and not ("Origin" in headers or "Expect" in headers or "Content-Encoding" in headers)
    )


def _whole_body(payload: StreamReader) -> bytes:
    """A body that has come whole; to read it the library's way would have it look for more once again."""
    if payload is EMPTY_PAYLOAD:
        return b""
    parts = payload._buffer
    return parts[0] if len(parts) == 1 else b"".join(parts)
