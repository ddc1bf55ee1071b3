"""Webhooks: no token, any Host, a secret of their own; the handler gets what came, once."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from qntx_desktop.api.models import ERROR_ANSWER
from qntx_desktop.api.routes.webhooks import MOST_BYTES, RECEPTION
from qntx_desktop.api.server import ApiServer
from qntx_desktop.app.container import Services
from qntx_desktop.model.errors import ErrDeliveryNotFound, ErrHookNotFound, ErrUnsupportedMediaType, QntxError
from qntx_desktop.model.hook import Outcome, payload_of
from qntx_desktop.model.webhook import signature

from .conftest import PATIENCE_S

SECRET = "a-secret-of-both-sides"
SAYS = "import json, qntx\nprint(json.dumps([qntx.payload, qntx.args]))\n"


@pytest.fixture(autouse=True)
def _passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QNTX_PASSPHRASE", "a passphrase of the test")


@pytest.fixture
def world(server: ApiServer) -> Iterator[httpx.Client]:
    """Somebody beyond a tunnel: another Host, no token."""
    with httpx.Client(base_url=server.address, headers={"Host": "me.example"}, timeout=PATIENCE_S) as client:
        yield client


def refused(answer: httpx.Response, status: int) -> str:
    assert answer.status_code == status, answer.text
    found = answer.json()
    ERROR_ANSWER.check(found, "answer")
    return str(found["error"]["code"])


def taken(answer: httpx.Response, status: str) -> dict[str, Any]:
    found = answer.json()
    RECEPTION.check(found, "answer")
    assert (found["status"], answer.status_code) == (status, 202 if status == "queued" else 200)
    return dict(found)


def ended(services: Services, job_id: int) -> Any:
    job = services.runner.run_until(job_id)
    execution = services.queue.execution_of(job.id)
    assert execution is not None
    assert execution.error is None
    return json.loads(execution.stdout)


def test_the_handler_gets_what_came(world: httpx.Client, services: Services) -> None:
    services.handlers.create("orders", SAYS, source="cli")
    services.hooks.add("shop", "orders", ("--shop", "a"), SECRET)
    body = {"id": 7, "lines": [{"é": None}]}
    told = taken(world.post("/hooks/shop", json=body, headers={"X-Webhook-Secret": SECRET}), "queued")
    assert ended(services, told["job_id"]) == [body, ["--shop", "a"]]
    job = services.queue.get(told["job_id"])
    assert job.trigger == "webhook"
    (seen,) = services.hooks.deliveries("shop")
    assert (seen.outcome, seen.job_id) == (Outcome.QUEUED, job.id)


def test_a_signed_delivery_is_done_once_also_after_a_restart(world: httpx.Client, services: Services) -> None:
    services.handlers.create("push", SAYS, source="cli")
    services.hooks.add("push", secret=SECRET)
    raw = b'{"a":1}'
    headers = {"X-Hub-Signature-256": f"sha256={signature(SECRET, raw)}", "X-GitHub-Event": "push"}
    headers["Content-Type"] = "application/json"
    told = taken(world.post("/hooks/push", content=raw, headers=headers), "queued")
    assert ended(services, told["job_id"]) == [{"a": 1}, ["--event", "push"]]
    taken(world.post("/hooks/push", content=raw, headers=headers), "repeated")
    assert len(services.queue.list()) == 1
    assert (
        refused(world.post("/hooks/push", content=raw + b" ", headers=headers), 401) == "webhook_unauthorized"
    )
    ping = {**headers, "X-GitHub-Event": "ping"}
    taken(world.post("/hooks/push", content=raw, headers=ping), "ping")
    outcomes = [str(each.outcome) for each in services.hooks.deliveries("push")]
    assert outcomes == ["ping", "refused", "repeated", "queued"]


def test_a_delivery_is_done_again_when_asked(world: httpx.Client, services: Services) -> None:
    services.handlers.create("h", SAYS, source="cli")
    services.hooks.add("h", secret=SECRET)
    told = taken(world.post("/hooks/h", content=b"plain text", headers={"X-Webhook-Secret": SECRET}), "queued")
    services.runner.run_until(told["job_id"])
    (first,) = services.hooks.deliveries("h")
    again = services.hooks.deliver_again(first.id)
    assert again.retry_of == told["job_id"]
    assert ended(services, again.id) == ["plain text", []]
    with pytest.raises(ErrDeliveryNotFound):
        services.hooks.deliver_again(99)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Webhook-Secret": "another"},
        {"X-Webhook-Secret": ""},
        {"X-Hub-Signature-256": "sha256=00"},
        {"X-Hub-Signature": "sha1=00"},
        {"Authorization": f"Bearer {SECRET}"},
    ],
)
def test_without_the_secret_nothing_starts(
    world: httpx.Client, services: Services, headers: dict[str, str]
) -> None:
    services.handlers.create("h", SAYS, source="cli")
    services.hooks.add("h", secret=SECRET)
    assert refused(world.post("/hooks/h", json={}, headers=headers), 401) == "webhook_unauthorized"
    assert refused(world.post(f"/hooks/h?secret={SECRET}", json={}), 400) == "invalid_request"
    assert services.queue.list() == ()
    assert services.hooks.deliveries("h")[0].outcome is Outcome.REFUSED


def test_what_is_not_there_or_closed(world: httpx.Client, services: Services) -> None:
    good = {"X-Webhook-Secret": SECRET}
    assert refused(world.post("/hooks/nope", json={}, headers=good), 404) == "hook_not_found"
    services.hooks.add("h", secret=SECRET)
    assert refused(world.post("/hooks/h", json={}, headers=good), 404) == "no_ingest_script"
    services.hooks.enable("h", False)
    closed = world.post("/hooks/h", json={}, headers=good)
    assert refused(closed, 403) == "webhook_disabled"
    assert closed.json()["error"]["hint"].endswith("qntx hook enable h")
    assert refused(world.get("/hooks/h"), 405) == "method_not_allowed"
    services.hooks.remove("h")
    with pytest.raises(ErrHookNotFound):
        services.hooks.get("h")


def test_a_body_that_cannot_be_handed_on(world: httpx.Client, services: Services) -> None:
    services.handlers.create("h", SAYS, source="cli")
    services.hooks.add("h", secret=SECRET)
    good = {"X-Webhook-Secret": SECRET, "Content-Type": "application/json"}
    assert refused(world.post("/hooks/h", content=b"{", headers=good), 400) == "invalid_request"
    assert refused(world.post("/hooks/h", content=b'{"a": NaN}', headers=good), 400) == "invalid_request"
    assert refused(world.post("/hooks/h", content=b"\xff", headers=good), 415) == "unsupported_media_type"
    assert refused(world.post("/hooks/h", content=b'"' + b"a" * (4 << 20) + b'"', headers=good), 400)
    huge = b"a" * (MOST_BYTES + 1)
    assert refused(world.post("/hooks/h", content=huge, headers=good), 413) == "body_too_large"
    assert services.queue.list() == ()


@pytest.mark.parametrize(
    ("kind", "body", "expected"),
    [
        ("application/json", b'{"a": [1]}', {"a": [1]}),
        ("application/vnd.x+json; charset=utf-8", b"1", 1),
        ("application/x-www-form-urlencoded", b"a=1&b=%C3%A9", {"a": "1", "b": "é"}),
        ("application/x-www-form-urlencoded", b"payload=%7B%22a%22%3A1%7D", {"a": 1}),
        ("application/x-www-form-urlencoded", b"a=1&a=2&b=", {"a": ["1", "2"], "b": ""}),
        ("application/x-www-form-urlencoded", b"payload=plain", {"payload": "plain"}),
        ("text/plain; charset=ISO-8859-1", b"M\xfcller", "Müller"),
        ("", b'{"a": 1}', {"a": 1}),
        ("text/plain", b"hello {", "hello {"),
        ("text/plain", b"", None),
    ],
)
def test_what_a_body_says(kind: str, body: bytes, expected: Any) -> None:
    assert payload_of({"content-type": kind}, body) == expected


@pytest.mark.parametrize("kind", ["text/plain; charset=rot13", "text/plain; charset=idna", "image/png"])
def test_a_body_that_is_no_text(kind: str) -> None:
    with pytest.raises(ErrUnsupportedMediaType):
        payload_of({"content-type": kind}, b"\x89PNG")


def test_a_source_is_asked_to_sync(world: httpx.Client, services: Services) -> None:
    source = services.sources.add("repo", webhook_secret=SECRET)
    good = {"X-Gitlab-Token": SECRET, "X-Gitlab-Event": "Push Hook"}
    target = f"/api/sources/{source.id}/webhook"
    told = taken(world.post(target, json={"ref": "refs/heads/main"}, headers=good), "queued")
    assert services.queue.get(told["job_id"]).reference_id == str(source.id)
    assert refused(world.post(target, json={}), 401) == "webhook_unauthorized"
    assert refused(world.post(f"{target}?secret={SECRET}", json={}), 401) == "webhook_unauthorized"
    services.sources.update("repo", secret_in_query=True)
    assert world.post(f"{target}?secret={SECRET}", json={}).status_code == 202
    outcomes = [str(each.outcome) for each in services.hooks.source_deliveries(source.id)]
    assert outcomes == ["queued", "refused", "refused", "queued"]
    services.sources.update("repo", webhook_enabled=False)
    assert refused(world.post(target, json={}, headers=good), 403) == "webhook_disabled"
    assert refused(world.post("/api/sources/99/webhook", json={}), 404) == "source_not_found"


def test_only_webhooks_are_open_to_the_world(world: httpx.Client) -> None:
    for method, target in (
        ("GET", "/api/sources/1"),
        ("POST", "/api/sources/1/sync"),
        ("GET", "/openapi.json"),
    ):
        assert refused(world.request(method, target), 403) == "host_refused"


def test_they_are_closed_unless_switched_on(services: Services) -> None:
    server = ApiServer(services, api=True, webhooks=False, port=0)
    server.start()
    try:
        assert httpx.post(f"{server.address}/hooks/h", json={}).status_code == 401
    finally:
        server.stop()
    server = ApiServer(services, api=False, webhooks=True, port=0)
    server.start()
    try:
        token, _ = services.api_tokens.create("t")
        headers = {"Authorization": f"Bearer {token}"}
        assert httpx.get(f"{server.address}/api/health", headers=headers).status_code == 404
        assert httpx.post(f"{server.address}/hooks/h", json={}).status_code == 404
    finally:
        server.stop()


def test_slow_senders_hold_up_nobody_who_sends_whole(
    world: httpx.Client, services: Services, server: ApiServer
) -> None:
    services.handlers.create("h", SAYS, source="cli")
    services.hooks.add("h", secret=SECRET)
    slow = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(10)]
    for each in slow:
        each.sendall(b"POST /hooks/h HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
    taken(world.post("/hooks/h", json={}, headers={"X-Webhook-Secret": SECRET}), "queued")
    for each in slow:
        each.close()


def test_old_deliveries_go_and_refusals_push_out_nothing_else(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qntx_desktop.store.hooks.KEPT", 5)
    monkeypatch.setattr("qntx_desktop.store.hooks.KEPT_REFUSED", 3)
    _, hook = services.hooks.add("h", secret=SECRET)
    for number in range(8):
        services.hooks.note("hook", hook.id, Outcome.PING, reason=str(number))
    for number in range(9):
        services.hooks.note("hook", hook.id, Outcome.REFUSED, reason=str(number))
    seen = [(str(each.outcome), each.reason) for each in services.hooks.deliveries("h")]
    assert seen == [
        ("refused", "8"),
        ("refused", "7"),
        ("refused", "6"),
        *(("ping", str(n)) for n in range(7, 2, -1)),
    ]


def test_secrets_are_sealed_and_change(services: Services, home: Any) -> None:
    new, _ = services.hooks.add("h")
    assert len(new) > 40
    newer, _ = services.hooks.rotate("h")
    assert newer != new
    services.secrets.rotate(services.queue.enqueue)
    files = b"".join(path.read_bytes() for path in home.root.glob("qntx.db*"))
    assert new.encode() not in files
    assert newer.encode() not in files


def test_without_a_key_there_is_no_webhook(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QNTX_PASSPHRASE")
    with pytest.raises(QntxError) as refusal:
        services.hooks.add("h")
    assert refusal.value.code.startswith("keyring_")
    assert services.hooks.list() == ()
