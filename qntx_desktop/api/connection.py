"""One connection: the library's, with errors in the one shape, no waiting for those who say nothing, and a bound.

The API's loop. Hides aiohttp's protocol. The library reads what comes; a call that `quick` can answer is answered
before its own task is woken, which then never hears of it. While such a call is under way, that task rests, and
what else came waits in the library's own queue: answers keep their order.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import aiohttp
from aiohttp import web
from aiohttp.http_parser import HttpRequestParser, RawRequestMessage
from aiohttp.streams import StreamReader
from aiohttp.web_protocol import RequestHandler

from qntx_desktop.api.statuses import answer_of_error, unexpected
from qntx_desktop.model.errors import ErrInvalidRequest

if TYPE_CHECKING:
    from qntx_desktop.api.quick import Call, Quick

MOST_CONNECTIONS = 200
FIRST_REQUEST_S = 20.0
KEEP_ALIVE_S = 60.0
LINGERING_S = 5.0
"""So long what a refused caller still sends is read and dropped, so that it gets to see the refusal."""
MOST_LINE_BYTES = 65_536
_NEEDED = (
    "_buffer_paused",
    "_keepalive_handle",
    "_messages",
    "_next_keepalive_close_time",
    "_parser",
    "_process_keepalive",
    "_upgraded",
    "_waiter",
)
KNOWN_LIBRARY = (
    aiohttp.__version__.startswith("3.14.")
    and hasattr(HttpRequestParser, "message_consumed")
    and hasattr(StreamReader, "_buffer")
    and all(hasattr(RequestHandler, name) for name in _NEEDED)
)
"""Whether the library keeps its books as they were read and tested here; if not, all calls go the ordinary way."""


class Connection(RequestHandler):
    """What the library does for a connection, guarded."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin; with too many others, end at once."""
        super().connection_made(transport)
        self.asked = False
        self._under_way: asyncio.Future[bytes] | None = None
        self._quick = self._manager.quick if isinstance(self._manager, Listener) and KNOWN_LIBRARY else None
        self._due = asyncio.get_running_loop().call_later(FIRST_REQUEST_S, self._silent)
        if self._manager is not None and len(self._manager.connections) > MOST_CONNECTIONS:
            self.force_close()

    def connection_lost(self, exc: BaseException | None) -> None:
        """End."""
        self._due.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read what came; what can be answered at once, is."""
        waiter = self._waiter
        if self._quick is None or waiter is None or waiter.done() or self._upgraded:
            super().data_received(data)  # the library's task is at work, and takes what comes by itself
        else:
            self._go_on(self._quick, waiter, data)

    def _process_keepalive(self) -> None:
        """End an idle connection; the library does not know of a call that is under way here."""
        if self._under_way is None:
            super()._process_keepalive()
        else:
            self._keepalive_handle = self._loop.call_later(KEEP_ALIVE_S, self._process_keepalive)

    async def shutdown(self, timeout: float | None = 15.0) -> None:
        """Let the call that is under way end, and close."""
        if self._under_way is not None:
            await asyncio.wait([self._under_way], timeout=timeout)
            await asyncio.sleep(0)  # its answer goes out in a callback
        await super().shutdown(timeout)

    def _go_on(self, quick: Quick, waiter: asyncio.Future[None], data: bytes | None = None) -> None:
        """Read what came, and answer in order up to what has to be waited for or is for the library's task."""
        self._waiter = None  # it is not to be woken yet, nor to hear of what reading a body brings
        try:
            if data is not None:
                super().data_received(data)
            while self._messages and self._under_way is None and self._answered(quick):
                pass
        finally:
            self._waiter = waiter
        if self._messages and self._under_way is None:
            waiter.set_result(None)

    def _answered(self, quick: Quick) -> bool:
        """Answer the first of what came, or begin to; False when that is for the library."""
        message, payload = self._messages[0]
        transport, parser = self.transport, self._parser
        if transport is None or parser is None or self._buffer_paused or transport.get_write_buffer_size():
            return False
        answer = quick.take(message, payload) if isinstance(message, RawRequestMessage) else None
        if answer is None:
            return False
        self._messages.popleft()
        parser.message_consumed()
        self.asked = True
        if isinstance(answer, bytes):
            self._send(answer)
        else:
            call, self._under_way = answer
            self._under_way.add_done_callback(lambda done: self._ended(quick, call, done))
        return True

    def _ended(self, quick: Quick, call: Call, done: asyncio.Future[bytes]) -> None:
        self._under_way = None
        if not done.cancelled():
            self._send(quick.end(call, done))
        waiter = self._waiter
        if waiter is not None and not waiter.done():
            self._go_on(quick, waiter)

    def _send(self, answer: bytes) -> None:
        if self.transport is not None:
            self.transport.write(answer)
            self._next_keepalive_close_time = self._loop.time() + KEEP_ALIVE_S

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

    quick: Quick | None = None
    """Answers the calls that it can; set before the first connection is made."""

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
