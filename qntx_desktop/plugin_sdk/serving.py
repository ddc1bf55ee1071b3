"""The server of a plugin and the port it takes.

Hides grpc's server. Its threads are made as they are needed: jobs may fill many of them and health still answers.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import grpc

from qntx_desktop.plugin_sdk.errors import PluginError
from qntx_desktop.plugin_sdk.plugin import Plugin
from qntx_desktop.plugin_sdk.service import Service
from qntx_desktop.plugin_sdk.wire import PLUGIN, SERVER_OPTIONS, serve

THREADS = 96
"""More than any host sends jobs at once, so that one is always free for health."""
LOOPBACK = "127.0.0.1"


class Serving:
    """A plugin that answers on a port of this computer.

    Args:
        wanted: The port to take; another is taken when it is in use, or for 0.
        shutdown: Called, once or more, when the host asks the process to end.

    Raises:
        DeclarationError: The plugin declares something impossible.
        PluginError: No port can be had.
    """

    def __init__(self, plugin: Plugin, wanted: int, shutdown: Callable[[], None]) -> None:
        self.service = Service(plugin, shutdown)
        self._threads = ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="plugin")
        self._server = grpc.server(self._threads, options=SERVER_OPTIONS)
        serve(self._server, PLUGIN, self.service.methods())
        self.port = self._take(wanted)
        self._server.start()

    def close(self, grace_s: float) -> bool:
        """Take no more calls, stop the jobs and the plugin.

        Args:
            grace_s: How long running calls may still take.

        Returns:
            Whether all of them ended.
        """
        ended = self._server.stop(grace_s)
        self.service.stop_jobs()
        well = self.service.wait_until_idle(grace_s)
        ended.wait(grace_s + 1)
        self.service.close()
        self._threads.shutdown(wait=False, cancel_futures=True)
        return well

    def _take(self, wanted: int) -> int:
        for port in (wanted, 0) if _is_free(wanted) else (0,):
            try:
                taken = self._server.add_insecure_port(f"{LOOPBACK}:{port}")
            except RuntimeError:
                continue  # in use; another will do, and the host is told which
            if taken:
                return int(taken)
        raise PluginError(f"No port of {LOOPBACK} can be had.")


def _is_free(port: int) -> bool:
    """Whether a port can be had; asked first, because grpc writes lines of its own to stderr when it cannot."""
    with socket.socket() as tried:
        if os.name == "posix":  # elsewhere this would take a port that somebody else uses
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((LOOPBACK, port))
        except OSError:
            return False
        return True
