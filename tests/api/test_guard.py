"""Nobody gets in who should not, whatever they send, and nothing of their body is read."""

from __future__ import annotations

import json
from typing import Any

import pytest

from qntx_desktop.api.limits import Limits
from qntx_desktop.api.route import Route
from qntx_desktop.api.routes import ROUTES
from qntx_desktop.api.server import ApiServer
from qntx_desktop.app.container import Services, build
from qntx_desktop.app.paths import Home
from qntx_desktop.model.api_token import ALL_SCOPES, Scope
from qntx_desktop.model.errors import ErrTooManyRequests

from .conftest import Caller


def example(route: Route) -> str:
    return route.path.replace("{id}", "1").replace("{name}", "csv").replace("{path...}", "a.py")


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.1", "[::1]:{port}", "", "localhost:1"]
)
def test_another_host_is_refused(call: Caller, server: ApiServer, host: str) -> None:
    headers = {"Host": host.format(port=server.port)}
    assert call("GET", "/api/health", status=403, headers=headers)["code"] == "host_refused"


def test_the_names_of_this_computer_are_fine(call: Caller, server: ApiServer) -> None:
    call("GET", "/api/health", headers={"Host": f"LOCALHOST:{server.port}"})
    call("GET", "/api/health", headers={"Host": f"127.0.0.1:{server.port}"})


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:3000"])
def test_pages_are_refused(call: Caller, origin: str) -> None:
    assert call("GET", "/api/health", status=403, headers={"Origin": origin})["code"] == "origin_refused"


def test_a_listed_page_may_call(call: Caller, services: Services) -> None:
    services.options.set("api.origins", "http://localhost:3000 https://mine.example")
    for origin in ("http://localhost:3000", "https://mine.example"):
        answer = call.http.get("/api/health", headers={"Origin": origin})
        assert answer.status_code == 200
        assert answer.headers["Access-Control-Allow-Origin"] == origin
        assert "Access-Control-Allow-Credentials" not in answer.headers
    call("GET", "/api/health", status=403, headers={"Origin": "http://localhost:3001"})


def test_a_browser_may_ask_for_a_listed_page_first(callers: Any, services: Services) -> None:
    stranger: Caller = callers(token="")
    asks = {"Origin": "http://localhost:3000", "Access-Control-Request-Method": "POST"}
    assert stranger.http.options("/api/attestations", headers=asks).status_code == 403
    services.options.set("api.origins", "http://localhost:3000")
    answer = stranger.http.options("/api/attestations", headers=asks)
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == "http://localhost:3000"


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_each_route_wants_a_token_with_its_scope(callers: Any, services: Services, route: Route) -> None:
    assert route.scope is not None
    stranger, wrong = callers(token=""), callers(token="qntx_of-nobody-that-is-known")
    others = callers(*(scope for scope in ALL_SCOPES if scope != route.scope))
    body = {"content": b'{"x": 1}', "headers": {"Content-Type": "application/json"}}
    for caller, status, code in (
        (stranger, 401, "unauthorized"),
        (wrong, 401, "unauthorized"),
        (others, 403, "scope_required"),
    ):
        assert caller(route.method, example(route), status=status, **body)["code"] == code


@pytest.mark.parametrize(
    "given",
    [
        "Basic dXNlcjp4",
        "Bearer",
        "Bearer ",
        "bearer qntx_no",
        "qntx_no",
        "Bearer \udcff\udcfe",
        "Bearer " + "x" * 7_000,
    ],
)
def test_what_is_no_token_is_refused(raw: Any, server: ApiServer, given: str) -> None:
    connection = raw()
    lines = ("GET /api/health HTTP/1.1", f"Host: 127.0.0.1:{server.port}", "Connection: close")
    head = "\r\n".join([*lines, f"Authorization: {given}", "", ""])
    connection.socket.sendall(head.encode("utf-8", "surrogateescape"))
    assert connection.error() in ((401, "unauthorized"), (400, "invalid_request"))


def test_two_tokens_or_two_hosts_are_refused(raw: Any, server: ApiServer, services: Services) -> None:
    token, _ = services.api_tokens.create("good")
    good = [f"Host: 127.0.0.1:{server.port}", f"Authorization: Bearer {token}", "Connection: close"]
    twice = raw()
    twice.send("GET /api/health HTTP/1.1", *good, "Authorization: Bearer other")
    assert twice.error() == (401, "unauthorized")
    hosts = raw()
    hosts.send("GET /api/health HTTP/1.1", *good, "Host: evil.example")
    assert hosts.error()[0] in (400, 403)


@pytest.mark.parametrize(
    ("extra", "status"),
    [
        (["Host: evil.example"], 403),
        (["Host: 127.0.0.1:{port}", "Origin: https://evil.example"], 403),
        (["Host: 127.0.0.1:{port}"], 401),
        (["Host: 127.0.0.1:{port}", "Authorization: Bearer {token}"], 413),
    ],
)
def test_it_is_refused_before_the_body_is_there(
    raw: Any, server: ApiServer, services: Services, extra: list[str], status: int
) -> None:
    """A body is announced and never sent: an answer comes all the same, and the connection ends."""
    token, _ = services.api_tokens.create("good")
    lines = [line.format(port=server.port, token=token) for line in extra]
    connection = raw()
    announced = ["Content-Length: 100000000", "Content-Type: application/json"]
    connection.send("POST /api/attestations HTTP/1.1", *lines, *announced)
    assert connection.error()[0] == status


def test_a_revoked_token_is_worth_nothing(callers: Any, services: Services) -> None:
    caller = callers(name="short")
    caller("GET", "/api/health")
    services.api_tokens.revoke("short")
    caller("GET", "/api/health", status=401)


def test_a_token_that_another_process_revokes_is_worth_nothing_soon(callers: Any, home: Home) -> None:
    caller = callers(name="short")
    caller("GET", "/api/health")
    other = build(home)
    try:
        other.api_tokens.revoke("short")
    finally:
        other.close()
    while caller.http.get("/api/health").status_code == 200:  # at most a quarter of a second
        pass
    caller("GET", "/api/health", status=401)


def test_a_rotated_token_is_another(callers: Any, services: Services) -> None:
    old, _ = services.api_tokens.create("client")
    new, made = services.api_tokens.rotate("client", (Scope.READ,))
    assert made.scopes == (Scope.READ,)
    callers(token=old)("GET", "/api/health", status=401)
    callers(token=new)("GET", "/api/health")
    callers(token=new)("POST", "/api/ix", {"command": "x"}, status=403)


def test_the_token_of_the_surroundings(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QNTX_API_TOKEN", "chosen-by-the-person")  # before the server begins, which reads it then
    caller = request.getfixturevalue("callers")(token="chosen-by-the-person")
    caller("GET", "/api/health")
    made = caller(
        "POST", "/api/attestations", {"subjects": "a", "predicates": "b", "contexts": "c"}, status=201
    )
    assert made["source"] == "api:environment"


def test_who_asks_too_often_waits(call: Caller, services: Services) -> None:
    services.options.set("api.calls_per_minute", 1)
    answers = [call.http.get("/api/health") for _ in range(40)]
    assert {answer.status_code for answer in answers} == {200, 429}
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_guessing_tokens_is_slowed_down_and_hinders_nobody_else(callers: Any, call: Caller) -> None:
    guesser = callers(token="qntx_guess")
    codes = {guesser.http.get("/api/health").status_code for _ in range(80)}
    assert codes == {401, 429}
    call("GET", "/api/health")


def test_a_bucket_fills_with_time() -> None:
    now = 0.0
    limits = Limits(lambda: 60, least=2, clock=lambda: now)
    for _ in range(10):
        limits.take("a")
    with pytest.raises(ErrTooManyRequests) as refused:
        limits.take("a")
    assert refused.value.details == {"retry_after_s": 1}
    limits.take("b")
    now = 1.0
    limits.take("a")
    with pytest.raises(ErrTooManyRequests):
        limits.take("a")


def test_every_call_is_on_the_log_without_its_secrets(
    call: Caller, callers: Any, server: ApiServer, home: Any
) -> None:
    call("GET", "/api/attestations?q=alice")
    callers(token="qntx_wrong")("GET", "/api/health", status=401)
    server.stop()
    lines = [json.loads(line) for line in (home.logs / "api.log").read_text().splitlines()]
    assert [(line["client"], line["path"], line["status"]) for line in lines] == [
        ("client0", "/api/attestations", 200),
        ("", "/api/health", 401),
    ]
    assert lines[1]["error"] == "unauthorized"
    assert "alice" not in (home.logs / "api.log").read_text()


def test_cookies_and_queries_are_no_tokens(callers: Any, services: Services) -> None:
    token, _ = services.api_tokens.create("good")
    stranger = callers(token="")
    stranger("GET", "/api/health", status=401, headers={"Cookie": f"token={token}"})
    stranger("GET", f"/api/health?token={token}", status=401)
