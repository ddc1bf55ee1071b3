"""How the connections of a plugin are set up, and which message a method takes and gives.

Any thread. Hides grpc's options.
"""

from __future__ import annotations

from typing import Any

from qntx_desktop.protocol.services import ATS_STORE, MESSAGE_OPTIONS, PLUGIN, QUEUE, SCHEDULE, SERVICES, serve

__all__ = ["ATS_STORE", "CHANNEL_OPTIONS", "PLUGIN", "QUEUE", "SCHEDULE", "SERVER_OPTIONS", "serve", "shapes"]

#: The host is on this computer; a proxy of the environment is not for it.
CHANNEL_OPTIONS = (*MESSAGE_OPTIONS, ("grpc.enable_http_proxy", 0))
#: Two processes on one port would take turns answering; better that the second one is told and takes another.
SERVER_OPTIONS = (
    *MESSAGE_OPTIONS,
    ("grpc.so_reuseport", 0),
    ("grpc.http2.min_ping_interval_without_data_ms", 5_000),
)


def shapes(service: str, method: str) -> tuple[Any, Any]:
    """What a method takes and what it gives."""
    known = SERVICES[service][method]
    return known.request, known.response
