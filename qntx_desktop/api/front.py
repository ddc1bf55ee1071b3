"""Each request from its first header to its answer.

The API's loop. The order is the point: place, token, scope, address, body - and whatever is refused before the body
was read closes its connection.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence

from aiohttp import web

from qntx_desktop.api.addresses import Addresses, read_parts, read_query, split_target
from qntx_desktop.api.audit import Audit
from qntx_desktop.api.connection import Connection
from qntx_desktop.api.desk import Desk
from qntx_desktop.api.guard import Guard, preflight
from qntx_desktop.api.limits import Limits
from qntx_desktop.api.prompt import ALWAYS, LARGE_BYTES, at_once, fits_at_once
from qntx_desktop.api.reading import read_body
from qntx_desktop.api.route import Answer, Asked, Route
from qntx_desktop.api.statuses import answer_of_error, unexpected
from qntx_desktop.model.api_token import ApiToken, Scope
from qntx_desktop.model.errors import QntxError

_log = logging.getLogger(__name__)

OPEN_CALLS_A_MINUTE = 240
"""For each address that has a secret of its own."""
OPEN_BODIES = 16
"""So many bodies of strangers are held at once; a signature can only be checked over the whole."""
SENDING_S = 60.0


class _Course:
    """What is known of one request so far, for the log of calls."""

    __slots__ = ("body_read", "client", "origin", "path")

    def __init__(self) -> None:
        self.client = ""
        self.path = ""
        self.origin = ""
        self.body_read = False


class Front:
    """Answers requests.

    Args:
        routes: With bearer tokens.
        open_routes: With secrets of their own; any Host.
        plugin_routes: Asked when no other has the address.
    """

    def __init__(
        self,
        *,
        routes: Sequence[Route],
        open_routes: Sequence[Route],
        plugin_routes: Sequence[Route] = (),
        desk: Desk,
        guard: Guard,
        audit: Audit,
    ) -> None:
        self._routes = Addresses(routes)
        self._open = Addresses(open_routes)
        self._plugins = Addresses(plugin_routes)
        self._desk = desk
        self._guard = guard
        self._audit = audit
        self._open_limits = Limits(lambda: OPEN_CALLS_A_MINUTE)
        self._open_bodies = asyncio.Semaphore(OPEN_BODIES)

    async def __call__(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one."""
        began_s = time.monotonic()
        course = _Course()
        if isinstance(request.protocol, Connection):
            request.protocol.asked = True
        code = ""
        try:
            answer = await self._answer(request, course)
        except QntxError as error:
            answer, code = answer_of_error(error), error.code
        except (ConnectionError, asyncio.CancelledError):
            raise
        except Exception as error:  # noqa: BLE001 - a defect of ours must not end as a stranger's traceback
            answer, code = unexpected(error), "unexpected"
        took_ms = (time.monotonic() - began_s) * 1_000
        self._audit.note(course.client, request.method, course.path, answer.status, took_ms, code)
        return await self._sent(request, answer, course)

    async def _answer(self, request: web.BaseRequest, course: _Course) -> Answer:
        path, query = split_target(request.raw_path)
        course.path = path
        method = "GET" if request.method == "HEAD" else request.method  # the library leaves out the body
        found = self._open.find(method, path) if self._open.at(path) is not None else None
        client: ApiToken | None = None
        if found is None:
            course.origin = self._guard.check_place(request.headers)
            if request.method == "OPTIONS" and course.origin and "Access-Control-Request-Method" in request.headers:
                return Answer(status=204, headers=preflight(course.origin))
            client = self._guard.check_token(request.headers)
            course.client = client.name
            if request.method == "GET" and Scope.READ in client.scopes and not request.body_exists:
                kept = self._desk.pages.get(request.raw_path)[1]
                if kept is not None:
                    return kept
            found = self._found(method, path)
            self._guard.check_scope(client, found[0])
        else:
            self._open_limits.take(path)
        route, parts = found
        named = read_parts(parts, route.params)
        asked_for = {} if route.any_query else read_query(query, route.query)
        if client is None:
            async with self._open_bodies:
                raw, body = await read_body(request, route)
        else:
            raw, body = await read_body(request, route)
        course.body_read = True
        own = route.any_query
        headers = {name.lower(): value for name, value in request.headers.items()} if own or client is None else {}
        asked = Asked(
            desk=self._desk,
            client=client,
            path=named,
            query=asked_for,
            target=request.raw_path,
            body=body,
            raw=raw,
            headers=headers,
        )
        if route.begin is not None:
            return await route.begin(asked)
        if route.prompt is not None:
            status, future = route.prompt(asked)
            return Answer(status=status, body=await future)
        work = route.work
        assert work is not None
        return await self._desk.run(lambda: work(asked))

    def _found(self, method: str, path: str) -> tuple[Route, dict[str, str]]:
        """The app's own route, else that of a plugin."""
        if self._routes.at(path) is None and self._plugins.at(path) is not None:
            return self._plugins.find(method, path)
        return self._routes.find(method, path)

    async def _sent(self, request: web.BaseRequest, answer: Answer, course: _Course) -> web.StreamResponse:
        body = answer.bytes()
        read = course.body_read or not request.body_exists
        if read and not course.origin and fits_at_once(request, answer.headers, body):
            return at_once(answer.status, answer.content_type, answer.headers, body)
        headers = {**ALWAYS, **answer.headers}
        if body:
            headers["Content-Type"] = answer.content_type
        if course.origin:
            headers |= {"Access-Control-Allow-Origin": course.origin, "Vary": "Origin"}
        response = web.Response(body=body or None, status=answer.status, headers=headers)
        if not read:
            response.force_close()
        if len(body) > LARGE_BYTES:
            async with asyncio.timeout(SENDING_S):  # a caller that reads nothing must not be waited for
                await response.prepare(request)
                await response.write_eof()
        return response
