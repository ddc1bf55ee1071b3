"""One connection: the library's, with errors in the one shape, no waiting for those who say nothing, and a bound.

The API's loop. Hides aiohttp's protocol.
"""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import web
from aiohttp.web_protocol import RequestHandler

from qntx_desktop.api.statuses import answer_of_error, unexpected
from qntx_desktop.model.errors import ErrInvalidRequest

MOST_CONNECTIONS = 200
FIRST_REQUEST_S = 20.0
KEEP_ALIVE_S = 60.0
LINGERING_S = 5.0
"""So long what a refused caller still sends is read and dropped, so that it gets to see the refusal."""
MOST_LINE_BYTES = 65_536


class Connection(RequestHandler):
    """What the library does for a connection, guarded."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin; with too many others, end at once."""
        super().connection_made(transport)
        self.asked = False
        self._due = asyncio.get_running_loop().call_later(FIRST_REQUEST_S, self._silent)
        if self._manager is not None and len(self._manager.connections) > MOST_CONNECTIONS:
            self.force_close()

    def connection_lost(self, exc: BaseException | None) -> None:
        """End."""
        self._due.cancel()
        super().connection_lost(exc)

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """Answer what the library could not read, or a defect, in the one shape."""
        if status >= 500 and isinstance(exc, Exception):
            answer = unexpected(exc)
        else:
            answer = answer_of_error(ErrInvalidRequest("", "The request is no HTTP that can be read."))
        response = web.Response(body=answer.bytes(), status=answer.status, content_type=answer.content_type)
        response.force_close()
        return response

    def _silent(self) -> None:
        if not self.asked:
            self.force_close()


class Listener(web.Server):
    """Makes connections."""

    def __init__(self, handler: Any) -> None:
        self._loop_here = asyncio.get_running_loop()
        super().__init__(
            handler,
            access_log=None,
            auto_decompress=False,  # a compressed body is refused, so that nothing can be blown up
            keepalive_timeout=KEEP_ALIVE_S,
            lingering_time=LINGERING_S,
            max_line_size=MOST_LINE_BYTES,
        )

    def __call__(self) -> Connection:
        """One more connection."""
        return Connection(self, loop=self._loop_here, **self._kwargs)
