"""Bad bodies and addresses get 400, 413 or 415 with the field, in the one shape; the next call works."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest

from qntx_desktop.api.connection import MOST_CONNECTIONS
from qntx_desktop.api.server import ApiServer
from qntx_desktop.app.container import Services

from .conftest import Caller

GOOD = {"subjects": "alice", "predicates": ["is"], "contexts": ["x"]}
JSON = {"Content-Type": "application/json"}


def text(**changes: Any) -> str:
    return json.dumps(GOOD | changes)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ("", "body"),
        ("{", "body"),
        ("[]", "body"),
        ("null", "body"),
        ("1", "body"),
        (text(unknown=1), "body.unknown"),
        (text(subjects=1), "body.subjects"),
        (text(subjects=[1]), "body.subjects.0"),
        (text(subjects=[]), "body.subjects"),
        (text(subjects=[""]), "body.subjects.0"),
        (text(attributes=[]), "body.attributes"),
        (text(timestamp="yesterday"), "body.timestamp"),
        (text(timestamp="0001-01-01T00:00:00+14:00"), "body.timestamp"),
        ('{"subjects": "a", "predicates": "b"}', "body.contexts"),
        ('{"subjects": "a", "subjects": "b", "predicates": "b", "contexts": "c"}', "body"),
        ('{"subjects": "a", "predicates": "b", "contexts": "c", "attributes": {"x": NaN}}', "body"),
        ('{"subjects": "a", "predicates": "b", "contexts": "c", "attributes": {"x": 1e999}}', "body"),
        ('{"subjects": "\\ud800", "predicates": "b", "contexts": "c"}', "body"),
        ('{"subjects": "a\\u0000", "predicates": "b", "contexts": "c"}', "body.subjects"),
        ('{"a":' * 100 + "1" + "}" * 100, "body"),
        ("[" * 100_000, "body"),
    ],
    ids=str,
)
def test_a_bad_body_names_the_field(call: Caller, body: str, field: str) -> None:
    error = call("POST", "/api/attestations", status=400, content=body, headers=JSON)
    assert error["code"] == "invalid_request"
    assert error["details"]["field"] == field
    assert call("GET", "/api/attestations") == []


def test_a_body_that_is_not_text(call: Caller) -> None:
    call("POST", "/api/attestations", status=400, content=b"\xff\xfe", headers=JSON)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "application/json; charset=latin-1"},
    ],
)
def test_another_type_is_refused(call: Caller, headers: dict[str, str]) -> None:
    """Also against web pages: what a form can send without asking first is none of these types."""
    error = call("POST", "/api/attestations", status=415, content=text(), headers=headers)
    assert error["code"] == "unsupported_media_type"


def test_a_compressed_body_is_refused_unopened(call: Caller) -> None:
    bomb = gzip.compress(b" " * 50_000_000)
    headers = JSON | {"Content-Encoding": "gzip"}
    assert call("POST", "/api/attestations", status=415, content=bomb, headers=headers)


def test_a_body_of_unknown_length_is_bounded(call: Caller) -> None:
    def endless() -> Any:
        yield b'{"subjects": "'
        for _ in range(65):
            yield b"a" * 65_536

    answer = call.http.post("/api/attestations", content=endless(), headers=JSON)
    assert answer.status_code == 413
    assert answer.json()["error"]["details"] == {"limit_bytes": 4 << 20}


def test_an_attestation_that_breaks_a_limit_of_the_store(call: Caller) -> None:
    big = GOOD | {"attributes": {"x": "a" * (1 << 20)}}
    error = call("POST", "/api/attestations", big, status=400)
    assert error["code"] == "invalid_attestation"
    reserved = GOOD | {"predicates": ["ix_handler"]}
    assert call("POST", "/api/attestations", reserved, status=400)["details"]["field"] == "predicates"


@pytest.mark.parametrize(
    ("target", "field"),
    [
        ("/api/attestations?limit=0", "query.limit"),
        ("/api/attestations?limit=1001", "query.limit"),
        ("/api/attestations?limit=x", "query.limit"),
        ("/api/attestations?limit=1&limit=2", "query.limit"),
        ("/api/attestations?limit=%D9%A3", "query.limit"),
        ("/api/attestations?unknown=1", "query.unknown"),
        ("/api/attestations?q=%FF", "query"),
        ("/api/attestations?before=abc", "query.before"),
        ("/api/attestations?" + "&".join(f"a{n}=1" for n in range(60)), "query"),
        ("/api/pulse/jobs/0", "path.id"),
        ("/api/pulse/jobs/x", "path.id"),
        ("/api/pulse/jobs/99999999999999999999", "path.id"),
        ("/api/pulse/jobs?status=done", "query.status"),
        ("/api/attestations/%00", "path.id"),
    ],
)
def test_a_bad_address_names_the_part(call: Caller, target: str, field: str) -> None:
    error = call("GET", target, status=400)
    assert (error["code"], error["details"]["field"]) == ("invalid_request", field)


@pytest.mark.parametrize(
    "target", ["/", "/api", "/api/", "/api/health/", "//api/health", "/api/handlers/%FF", "/API/health"]
)
def test_an_address_of_nothing(call: Caller, target: str) -> None:
    assert call("GET", target, status=404)["code"] == "route_not_found"


def test_another_method_is_told_which_are_possible(call: Caller) -> None:
    answer = call.http.patch("/api/attestations")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD, POST"
    assert answer.json()["error"]["code"] == "method_not_allowed"


def test_a_body_where_none_is_expected(call: Caller) -> None:
    assert call("POST", "/api/sources/1/sync", {"x": 1}, status=400)["details"]["field"] == "body"
    call("POST", "/api/pulse/jobs/1/cancel", {}, status=404)


@pytest.mark.parametrize(
    "line",
    [
        "GARBAGE",
        "GET /api/health HTTP/9.9",
        "GET  HTTP/1.1",
        "\x16\x03\x01\x02\x00",
        "GET http://evil/api/health HTTP/1.1",
    ],
)
def test_what_is_no_http_gets_the_one_shape(raw: Any, server: ApiServer, line: str) -> None:
    connection = raw()
    connection.send(line, f"Host: 127.0.0.1:{server.port}", "Connection: close")
    assert connection.error() == (400, "invalid_request")


def test_a_header_that_does_not_end_is_refused(raw: Any) -> None:
    connection = raw()
    connection.socket.sendall(b"GET / HTTP/1.1\r\nX: " + b"a" * 100_000)
    assert connection.error() == (400, "invalid_request")


def test_who_hangs_up_in_the_middle_hinders_nobody(
    raw: Any, server: ApiServer, call: Caller, services: Services
) -> None:
    token, _ = services.api_tokens.create("hasty")
    for _ in range(20):
        connection = raw()
        connection.send(
            "POST /api/attestations HTTP/1.1",
            f"Host: 127.0.0.1:{server.port}",
            f"Authorization: Bearer {token}",
            "Content-Type: application/json",
            "Content-Length: 1000",
            body=b'{"subjects"',
        )
        connection.socket.close()
    call("GET", "/api/health")
    assert call("GET", "/api/attestations") == []


def test_idle_connections_are_bounded(raw: Any, call: Caller) -> None:
    """Beyond the bound they are closed at once; who is in already still gets answers."""
    call("GET", "/api/health")
    idle = [raw() for _ in range(MOST_CONNECTIONS + 5)]
    assert idle[-1].socket.recv(1) == b""
    call("GET", "/api/health")


def test_a_body_that_does_not_come_is_not_waited_for(
    raw: Any, server: ApiServer, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qntx_desktop.api.reading.BODY_S", 0.1)
    token, _ = services.api_tokens.create("slow")
    connection = raw()
    head = (f"Host: 127.0.0.1:{server.port}", f"Authorization: Bearer {token}")
    announced = ("Content-Type: application/json", "Content-Length: 100")
    connection.send("POST /api/attestations HTTP/1.1", *head, *announced, body=b"{")
    assert connection.error() == (408, "request_timeout")


def test_who_says_nothing_is_not_waited_for(
    services: Services, monkeypatch: pytest.MonkeyPatch, server: ApiServer, raw: Any
) -> None:
    monkeypatch.setattr("qntx_desktop.api.connection.FIRST_REQUEST_S", 0.1)
    silent = raw()
    assert silent.socket.recv(1) == b""
    half = raw()
    half.socket.sendall(b"GET /api/health HTTP/1.1\r\nHost: ")
    assert half.socket.recv(1) == b""


def test_a_caller_that_asks_first_is_told_to_go_on_or_not(raw: Any, server: ApiServer, services: Services) -> None:
    """As curl does with large bodies: whoever is refused never sends it."""
    token, _ = services.api_tokens.create("curl")
    body = json.dumps(GOOD).encode()
    asks = ("Expect: 100-continue", "Content-Type: application/json", f"Content-Length: {len(body)}")
    line, host = "POST /api/attestations HTTP/1.1", f"Host: 127.0.0.1:{server.port}"
    good = raw()
    good.send(line, host, f"Authorization: Bearer {token}", *asks)
    told = b""
    while b"\r\n\r\n" not in told:
        told += good.socket.recv(1)
    assert told == b"HTTP/1.1 100 Continue\r\n\r\n"
    good.socket.sendall(body)
    assert good.answer()[0] == 201
    refused = raw()
    refused.send(line, host, *asks)
    assert refused.error() == (401, "unauthorized")
