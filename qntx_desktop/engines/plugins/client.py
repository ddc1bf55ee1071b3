"""The calling end: one channel to one plugin, every call within a deadline. Any thread; hides grpc's errors.

Source: the plugin protocol, channel.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import grpc
from grpc.experimental import ChannelOptions

from qntx_desktop.engines.plugins.shim import Shim
from qntx_desktop.protocol import domain_pb2 as pb
from qntx_desktop.protocol import lenient_pb2 as lenient
from qntx_desktop.protocol.services import MESSAGE_OPTIONS, PLUGIN, Stub

OPTIONS = (
    *MESSAGE_OPTIONS,
    ("grpc.keepalive_time_ms", 30_000),
    ("grpc.keepalive_timeout_ms", 10_000),
    ("grpc.initial_reconnect_backoff_ms", 100),
    ("grpc.min_reconnect_backoff_ms", 100),
    ("grpc.max_reconnect_backoff_ms", 1_000),
    ("grpc.enable_http_proxy", 0),
    ("grpc.use_local_subchannel_pool", 1),  # a plugin started anew must not get the old one's connection
    (ChannelOptions.SingleThreadedUnaryStream, 1),
)

Kind = Literal["timeout", "unavailable", "unimplemented", "cancelled", "too_large", "broken"]
_KINDS: Mapping[Any, Kind] = {
    grpc.StatusCode.DEADLINE_EXCEEDED: "timeout",
    grpc.StatusCode.UNAVAILABLE: "unavailable",
    grpc.StatusCode.UNIMPLEMENTED: "unimplemented",
    grpc.StatusCode.CANCELLED: "cancelled",
    grpc.StatusCode.RESOURCE_EXHAUSTED: "too_large",
}
_MOST_CHARS = 500


class CallError(Exception):
    """A call that brought no answer; never leaves the host."""

    def __init__(self, kind: Kind, reason: str) -> None:
        super().__init__(reason)
        self.kind = kind
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoints:
    """Where the plugin reaches us, and with which token."""

    address: str
    token: str


class PluginClient:
    """Asks a plugin; made for one start of it.

    Args:
        port: Where it listens.
        mend: Whether its HTTP/2 is repaired on the way.
    """

    def __init__(self, port: int, *, mend: bool = False) -> None:
        self.port = port
        self._shim = Shim(port) if mend else None
        reached = self._shim.port if self._shim is not None else port
        self._channel = grpc.insecure_channel(f"127.0.0.1:{reached}", options=OPTIONS)
        self._stub = Stub(self._channel, PLUGIN)
        self._execute = execution(self._channel)

    def metadata(self, timeout_s: float) -> Any:
        """What it is.

        Raises:
            CallError: It did not say.
        """
        return self._call("Metadata", pb.Empty(), timeout_s)

    def initialize(self, endpoints: Endpoints, config: Mapping[str, str], timeout_s: float) -> Any:
        """Hand it what it needs, and hear what it announces.

        Raises:
            CallError: It did not answer.
        """
        request = pb.InitializeRequest(
            ats_store_endpoint=endpoints.address,
            queue_endpoint=endpoints.address,
            schedule_endpoint=endpoints.address,
            auth_token=endpoints.token,
            config=dict(config),
        )
        return self._call("Initialize", request, timeout_s)

    def health(self, timeout_s: float) -> Any:
        """How it is.

        Raises:
            CallError: It did not say.
        """
        return self._call("Health", pb.Empty(), timeout_s)

    def config_schema(self, timeout_s: float) -> Any:
        """Which settings it takes.

        Raises:
            CallError: It did not say, or made no sense.
        """
        return self._call("ConfigSchema", pb.Empty(), timeout_s)

    def shutdown(self, timeout_s: float) -> None:
        """Ask it to put its things in order.

        Raises:
            CallError: It did not answer.
        """
        self._call("Shutdown", pb.Empty(), timeout_s)

    def handle_http(
        self, method: str, path: str, headers: Mapping[str, list[str]], body: bytes, timeout_s: float
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        """Have it answer a request.

        Returns:
            Status, headers and body.

        Raises:
            CallError: It did not answer.
        """
        request = pb.HTTPRequest(
            method=method,
            path=path,
            headers=[pb.HTTPHeader(name=name, values=values) for name, values in headers.items()],
            body=body,
        )
        answer = self._call("HandleHTTP", request, timeout_s)
        answered = [(each.name, value) for each in answer.headers for value in each.values]
        return int(answer.status_code), answered, bytes(answer.body)

    def execute(
        self,
        *,
        job_id: str,
        handler: str,
        payload: bytes,
        timeout_s: float,
        on_begun: Callable[[Callable[[], None]], None],
    ) -> Any:
        """Have it run a job.

        Args:
            on_begun: Gets what cancels the call.

        Raises:
            CallError: It did not answer.
        """
        request = pb.ExecuteJobRequest(
            job_id=job_id, handler_name=handler, payload=payload, timeout_secs=max(1, round(timeout_s))
        )
        try:
            call = self._execute(request, timeout=timeout_s)
            on_begun(call.cancel)
            answers = list(call)
        except (grpc.RpcError, ValueError) as error:
            raise _call_error(error) from None
        if len(answers) != 1:
            raise CallError("broken", f"{len(answers)} answers instead of one")
        return answers[0]

    def close(self) -> None:
        """End the channel; calls under way are cancelled."""
        self._channel.close()
        if self._shim is not None:
            self._shim.close()

    def _call(self, name: str, request: Any, timeout_s: float) -> Any:
        try:
            return getattr(self._stub, name)(request, timeout=timeout_s)
        except (grpc.RpcError, ValueError) as error:
            raise _call_error(error) from None


def execution(channel: grpc.Channel) -> Any:
    """The call `ExecuteJob`, made as one whose answers stream; on the wire it is the same.

    Of the ways to call that can be cancelled, it is the one in which the caller waits by itself: a future of grpc
    starts a thread for each call that finds no other under way. The channel has to have the option of single
    threads.
    """
    return channel.unary_stream(
        f"/{PLUGIN}/ExecuteJob",
        request_serializer=pb.ExecuteJobRequest.SerializeToString,
        response_deserializer=lenient.ExecuteJobResponse.FromString,
    )


def _call_error(error: Exception) -> CallError:
    if isinstance(error, ValueError):
        return CallError("unavailable", str(error)[:_MOST_CHARS])  # the channel was closed in between
    code = error.code() if hasattr(error, "code") else None
    said = str(error.details() if hasattr(error, "details") else error) or str(code)
    return CallError(_KINDS.get(code, "broken"), said[:_MOST_CHARS])
