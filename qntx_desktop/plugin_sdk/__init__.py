"""What a plugin written in Python imports: subclass `Plugin`, mark its methods, call `run`.

    from qntx_desktop.plugin_sdk import Job, Plugin, handler, run

Reference: docs/writing-plugins.md. It runs in the plugin's own process and needs nothing of the app but the
messages of the protocol; no Qt, no database. Hides grpc and protobuf, which come with the extra
`qntx-desktop[plugins]`.
"""

from __future__ import annotations

try:
    import grpc as _grpc  # noqa: F401 - only to say what is missing
except ImportError as _error:  # pragma: no cover - needs an environment without it
    raise ImportError(
        "Plugins need gRPC, which is an extra. Install it with: pip install 'qntx-desktop[plugins]'"
    ) from _error

from qntx_desktop.plugin_sdk.attestation import Attestation
from qntx_desktop.plugin_sdk.declaring import every, handler, route, watch
from qntx_desktop.plugin_sdk.errors import (
    Cancelled,
    DeclarationError,
    HostError,
    HTTPError,
    PluginError,
    SettingError,
)
from qntx_desktop.plugin_sdk.host import Host, QueuedJob
from qntx_desktop.plugin_sdk.http import Request, Response
from qntx_desktop.plugin_sdk.job import Job
from qntx_desktop.plugin_sdk.plugin import Plugin
from qntx_desktop.plugin_sdk.running import run
from qntx_desktop.plugin_sdk.settings import Field

__all__ = [
    "Attestation",
    "Cancelled",
    "DeclarationError",
    "Field",
    "HTTPError",
    "Host",
    "HostError",
    "Job",
    "Plugin",
    "PluginError",
    "QueuedJob",
    "Request",
    "Response",
    "SettingError",
    "every",
    "handler",
    "route",
    "run",
    "watch",
]
