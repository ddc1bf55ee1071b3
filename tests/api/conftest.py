"""A real server over a real store, and a caller that holds every answer against what its route declares."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from qntx_desktop.api.addresses import Addresses, split_target
from qntx_desktop.api.models import ERROR_ANSWER
from qntx_desktop.api.routes import ROUTES
from qntx_desktop.api.server import ApiServer
from qntx_desktop.app.container import Services, build
from qntx_desktop.app.paths import Home
from qntx_desktop.model.api_token import ALL_SCOPES, Scope

PATIENCE_S = 60.0
ADDRESSES = Addresses(ROUTES)


class Caller:
    """Calls the API as one client."""

    def __init__(self, server: ApiServer, token: str | None) -> None:
        self.server = server
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self.http = httpx.Client(base_url=server.address, headers=headers, timeout=PATIENCE_S)

    def __call__(self, method: str, target: str, body: Any = None, *, status: int = 200, **more: Any) -> Any:
        """Call; see that status and shape of the answer are as expected, and give its JSON back."""
        if body is not None:
            more["json"] = body
        answer = self.http.request(method, target, **more)
        assert answer.status_code == status, answer.text
        if not answer.content:
            return None
        if answer.headers["content-type"] != "application/json":
            return answer.content
        found = answer.json()
        if status >= 400:
            ERROR_ANSWER.check(found, "answer")
            return found["error"]
        route, _ = ADDRESSES.find(method, split_target(target)[0])
        shape = route.answers[status]
        assert shape is not None
        shape.check(found, "answer")
        return found


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(root=tmp_path / "home")


@pytest.fixture
def services(home: Home) -> Iterator[Services]:
    services = build(home)
    services.runner.start()
    yield services
    services.close()


@pytest.fixture
def server(services: Services) -> Iterator[ApiServer]:
    server = ApiServer(services, api=True, webhooks=True, port=0)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def callers(services: Services, server: ApiServer) -> Iterator[Any]:
    made: list[Caller] = []

    def caller(*scopes: Scope, name: str = "", token: str | None = None) -> Caller:
        if token is None:
            token, _ = services.api_tokens.create(name or f"client{len(made)}", scopes or ALL_SCOPES)
        made.append(Caller(server, token))
        return made[-1]

    yield caller
    for each in made:
        each.http.close()


@pytest.fixture
def call(callers: Any) -> Caller:
    """A client that may do everything."""
    return callers()


class Raw:
    """Bytes to and from the server."""

    def __init__(self, server: ApiServer) -> None:
        self.socket = socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE_S)

    def send(self, *lines: str, body: bytes = b"") -> None:
        self.socket.sendall("\r\n".join([*lines, "", ""]).encode() + body)

    def answer(self) -> tuple[int, dict[str, str], bytes]:
        """One whole answer: status, headers, body."""
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._more()
        head, _, body = received.partition(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        while len(body) < int(headers["content-length"]):
            body += self._more()
        return int(first.split()[1]), headers, body

    def _more(self) -> bytes:
        chunk = self.socket.recv(65_536)
        assert chunk, "the server closed without a whole answer"
        return chunk

    def error(self) -> tuple[int, str]:
        """Status and error code."""
        status, _, body = self.answer()
        found = json.loads(body)
        ERROR_ANSWER.check(found, "answer")
        return status, found["error"]["code"]


@pytest.fixture
def raw(server: ApiServer) -> Iterator[Any]:
    opened: list[Raw] = []

    def connect() -> Raw:
        opened.append(Raw(server))
        return opened[-1]

    yield connect
    for each in opened:
        each.socket.close()
