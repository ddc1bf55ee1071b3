"""Answers in one piece are the answers that the library would send."""

from __future__ import annotations

import re
from typing import Any

import pytest

from qntx_desktop.api import front
from qntx_desktop.api.server import ApiServer
from qntx_desktop.app.container import Services


def asked(raw: Any, server: ApiServer, token: str, line: str, *headers: str) -> tuple[str, dict[str, str], bytes]:
    """What comes back until the connection is closed or the body is there."""
    caller = raw()
    caller.send(line, f"Host: 127.0.0.1:{server.port}", f"Authorization: Bearer {token}", *headers)
    told = b""
    while b"\r\n\r\n" not in told:
        told += caller.socket.recv(65_536)
    head, _, body = told.partition(b"\r\n\r\n")
    status, *lines = head.decode().split("\r\n")
    found = dict(each.split(": ", 1) for each in lines)
    assert len(found) == len(lines), lines
    while len(body) < int(found["Content-Length"]) and not line.startswith("HEAD"):
        body += caller.socket.recv(65_536)
    if "close" in (found.get("Connection"), *(each.partition(": ")[2] for each in headers)):
        assert caller.socket.recv(1) == b""
    return status, found, body


@pytest.mark.parametrize(
    ("line", "headers"),
    [
        ("GET /api/attestations?limit=1 HTTP/1.1", ()),
        ("GET /api/attestations?limit=1 HTTP/1.1", ("Connection: close",)),
        ("GET /api/attestations?limit=1 HTTP/1.0", ()),
        ("GET /api/nothing HTTP/1.1", ()),
        ("HEAD /api/health HTTP/1.1", ()),
    ],
)
def test_in_one_piece_or_not_it_is_the_same(
    raw: Any,
    server: ApiServer,
    services: Services,
    monkeypatch: pytest.MonkeyPatch,
    line: str,
    headers: tuple[str, ...],
) -> None:
    token, _ = services.api_tokens.create("both")
    services.ledger.attest("a", "is", "b")
    services.ledger.attest("c", "is", "d")
    quick = asked(raw, server, token, line, *headers)
    monkeypatch.setattr(front, "fits_at_once", lambda *_: False)
    slow = asked(raw, server, token, line, *headers)
    for _, found, _ in (quick, slow):
        assert re.fullmatch(r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT", found.pop("Date"))
    assert quick == slow


def test_a_head_has_the_head_of_a_get_and_no_body(call: Any) -> None:
    client = call.http
    whole, head = client.get("/api/attestations?limit=1"), client.head("/api/attestations?limit=1")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Length"] == whole.headers["Content-Length"]
    assert client.head("/api/ix").status_code == 405
    assert client.head("/api/handlers", headers={"Authorization": "Bearer wrong"}).status_code == 401


def test_requests_sent_ahead_are_answered_in_order(raw: Any, server: ApiServer, services: Services) -> None:
    token, _ = services.api_tokens.create("ahead")
    caller = raw()
    common = f"Host: 127.0.0.1:{server.port}\r\nAuthorization: Bearer {token}\r\n\r\n"
    paths = ("/api/health", "/api/nothing", "/api/attestations")
    caller.socket.sendall("".join(f"GET {path} HTTP/1.1\r\n{common}" for path in paths).encode())
    told = b""
    while told.count(b"HTTP/1.1 ") < 3 or not told.endswith(b"[]"):
        told += caller.socket.recv(65_536)
    assert re.findall(rb"HTTP/1.1 (\d+)", told) == [b"200", b"404", b"200"]
