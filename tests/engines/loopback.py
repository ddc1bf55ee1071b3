"""Servers on the loopback for tests of the network: they answer, and count who came."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import trustme


class _Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.came.append(self.path)  # type: ignore[attr-defined]
        body = b"hello from " + self.path.encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        return


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True

    def handle_error(self, *_args: object) -> None:
        return  # handlers hang up as they like


@dataclass
class Web:
    """A running server."""

    port: int
    came: list[str] = field(default_factory=list)


@contextmanager
def web(tls: ssl.SSLContext | None = None) -> Iterator[Web]:
    """An HTTP server on 127.0.0.1."""
    server = _Server(("127.0.0.1", 0), _Answers)
    _Answers.timeout = 5
    found = Web(port=server.server_address[1])
    server.came = found.came  # type: ignore[attr-defined]
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, name="test-web")
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def certified(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """A context for a server called localhost, and the file of the authority that vouches for it."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    place = folder / "authority.pem"
    authority.cert_pem.write_to_path(str(place))
    return context, place


def closed_port() -> int:
    """A port where nobody listens."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])
