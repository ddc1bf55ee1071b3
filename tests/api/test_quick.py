"""Calls that are answered at once get the answers of the ordinary way, in order, and are waited for at the end."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from qntx_desktop.api import connection
from qntx_desktop.api.quick import Quick
from qntx_desktop.api.server import ApiServer
from qntx_desktop.app.container import Services
from qntx_desktop.model.api_token import Scope
from qntx_desktop.store.readers import Readers

from .conftest import PATIENCE_S, Caller, Raw

GOOD = json.dumps({"subjects": ["a", "b"], "predicates": "is", "contexts": "c", "attributes": {"x": 1}}).encode()
PAGE = "GET /api/attestations?limit=2 HTTP/1.1"
POST = "POST /api/attestations HTTP/1.1"
Held = tuple[threading.Semaphore, threading.Event]
_MOVING = re.compile(rb"AS-[0-9A-Za-z-]+|\d{4}-\d\d-\d\dT[0-9:.]+Z")


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each call was answered at once."""
    found: list[bool] = []
    take = Quick.take

    def noted(self: Quick, message: Any, payload: Any) -> Any:
        answer = take(self, message, payload)
        found.append(answer is not None)
        return answer

    monkeypatch.setattr(Quick, "take", noted)
    return found


@pytest.fixture
def held(services: Services, monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    """What attests is held up: told when it began, and let go on. Asked for before the server."""
    began, let = threading.Semaphore(0), threading.Event()
    attest = services.ledger.attest_json

    def slowly(drafts: Any) -> Any:
        began.release()
        assert let.wait(PATIENCE_S)
        return attest(drafts)

    monkeypatch.setattr(services.ledger, "attest_json", slowly)
    yield began, let
    let.set()


def said(raw: Raw, server: ApiServer, token: str, line: str, *more: str, body: bytes = b"") -> Any:
    """One call and its answer, without what differs from one call to the next."""
    head = [f"Host: 127.0.0.1:{server.port}", f"Authorization: Bearer {token}", *more]
    raw.send(line, *head, *([f"Content-Length: {len(body)}"] if body else []), body=body)
    status, headers, answer = raw.answer()
    headers.pop("date")
    headers.pop("connection", "")  # the ordinary way refuses before it reads a body, and has to close then
    return status, headers, _MOVING.sub(b"_", answer)


def test_the_library_is_the_one_that_is_known() -> None:
    """If this fails the app works on, slower: see what the new library calls its books."""
    assert connection.KNOWN_LIBRARY


@pytest.mark.parametrize(
    ("line", "more", "body", "status"),
    [
        (PAGE, (), b"", 200),
        (POST, ("Content-Type: application/json",), GOOD, 201),
        (POST, ("Content-Type: application/json",), b'{"subjects": 1}', 400),
        (POST, ("Content-Type: application/json",), b'{"subjects": "\xff"}', 400),
        (POST, ("Content-Type: application/json",), GOOD.replace(b'"is"', b'"ix_handler"'), 400),
        (POST, ("Content-Type: application/json", "Content-Length: 0"), b"", 400),
    ],
)
def test_at_once_or_not_it_is_the_same(
    raw: Callable[[], Raw],
    server: ApiServer,
    services: Services,
    taken: list[bool],
    monkeypatch: pytest.MonkeyPatch,
    line: str,
    more: tuple[str, ...],
    body: bytes,
    status: int,
) -> None:
    services.ledger.attest("x", "is", "y")
    knows, _ = services.api_tokens.create("knows")
    reads_not, _ = services.api_tokens.create("other", (Scope.EXECUTE,))
    tries = [(knows, more), (reads_not, more), ("nobody", more), (knows, (*more, "Origin: http://evil.example"))]
    for token in (knows, reads_not):
        said(raw(), server, token, PAGE)
    monkeypatch.setattr(Readers, "change_number", lambda _: 1)  # the app writes of its own accord, too
    said(raw(), server, knows, PAGE)  # the page is kept from now on
    taken.clear()
    quick = [said(raw(), server, token, line, *each, body=body) for token, each in tries]
    assert taken == [True, True, True, False]
    monkeypatch.setattr(Quick, "take", lambda *_: None)
    slow = [said(raw(), server, token, line, *each, body=body) for token, each in tries]
    assert [each[0] for each in quick] == [status, 403, 401, 403]
    assert quick == slow


def test_another_host_is_refused(raw: Callable[[], Raw], services: Services, taken: list[bool]) -> None:
    token, _ = services.api_tokens.create("rebound")
    caller = raw()
    type_and_length = ("Content-Type: application/json", f"Content-Length: {len(GOOD)}")
    caller.send(POST, "Host: evil.example", f"Authorization: Bearer {token}", *type_and_length, body=GOOD)
    assert caller.error() == (403, "host_refused")
    assert taken == [True]
    assert services.ledger.total() == 0


def test_what_is_sent_ahead_is_answered_in_order(
    raw: Callable[[], Raw], server: ApiServer, services: Services, taken: list[bool]
) -> None:
    """Those that are waited for, those that are not, and those for the library, many at once."""
    token, _ = services.api_tokens.create("ahead")
    head = f"Host: 127.0.0.1:{server.port}\r\nAuthorization: Bearer {token}\r\n"
    post = f"{POST}\r\n{head}Content-Type: application/json\r\nContent-Length: {len(GOOD)}\r\n\r\n".encode() + GOOD
    page, nothing = f"{PAGE}\r\n{head}\r\n".encode(), f"GET /api/nothing HTTP/1.1\r\n{head}\r\n".encode()
    caller = raw()
    for rounds in (1, 20, 1):
        caller.socket.sendall((post + page + nothing + post) * rounds)
        text = b""
        while text.count(b"HTTP/1.1 ") < 4 * rounds or not text.endswith(b"}"):
            text += caller.socket.recv(65_536)
        assert re.findall(rb"HTTP/1.1 (\d+)", text) == [b"201", b"200", b"404", b"201"] * rounds
    assert services.ledger.total() == 2 * 22
    assert taken[:2] == [True, False]  # later ones may find the library at work still, and are left to it


def test_who_hangs_up_meanwhile_hinders_nobody(
    held: Held,
    raw: Callable[[], Raw],
    server: ApiServer,
    call: Caller,
    services: Services,
) -> None:
    token, _ = services.api_tokens.create("hasty")
    began, let = held
    head = (f"Host: 127.0.0.1:{server.port}", f"Authorization: Bearer {token}", "Content-Type: application/json")
    caller = raw()
    caller.send(POST, *head, f"Content-Length: {len(GOOD)}", body=GOOD)
    assert began.acquire(timeout=PATIENCE_S)
    caller.socket.close()
    call("GET", "/api/health")  # by then the server has seen it go
    let.set()
    call("POST", "/api/attestations", {"subjects": "s", "predicates": "p", "contexts": "c"}, status=201)
    assert services.ledger.total() == 2


def test_what_is_under_way_is_answered_before_the_end(
    held: Held,
    raw: Callable[[], Raw],
    server: ApiServer,
    services: Services,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    token, _ = services.api_tokens.create("late")
    began, let = held
    head = (f"Host: 127.0.0.1:{server.port}", f"Authorization: Bearer {token}", "Content-Type: application/json")
    caller = raw()
    caller.send(POST, *head, f"Content-Length: {len(GOOD)}", body=GOOD)
    assert began.acquire(timeout=PATIENCE_S)
    ends, pre_shutdown = threading.Event(), connection.Listener.pre_shutdown
    monkeypatch.setattr(connection.Listener, "pre_shutdown", lambda each: (pre_shutdown(each), ends.set()))
    ending = threading.Thread(target=server.stop)
    ending.start()
    told = ends.wait(PATIENCE_S)
    let.set()
    assert caller.answer()[0] == 201
    ending.join()
    assert told
    assert services.ledger.total() == 1


def test_who_is_waited_for_is_not_thought_silent(
    held: Held, services: Services, monkeypatch: pytest.MonkeyPatch, taken: list[bool]
) -> None:
    """The moment in which an idle connection ends comes while its call is under way."""
    monkeypatch.setattr(connection, "KEEP_ALIVE_S", 1_000.0)
    looked = threading.Event()
    look = connection.Connection._process_keepalive

    def noted(self: connection.Connection) -> None:
        look(self)
        looked.set()

    monkeypatch.setattr(connection.Connection, "_process_keepalive", noted)
    connections: list[connection.Connection] = []
    made = connection.Connection.connection_made
    monkeypatch.setattr(
        connection.Connection, "connection_made", lambda self, to: (made(self, to), connections.append(self))
    )
    token, _ = services.api_tokens.create("waits")
    began, let = held
    server = ApiServer(services, api=True, webhooks=False, port=0)
    server.start()
    caller = Raw(server)
    try:
        head = (f"Host: 127.0.0.1:{server.port}", f"Authorization: Bearer {token}")
        caller.send(POST, *head, "Content-Type: application/json", f"Content-Length: {len(GOOD)}", body=GOOD)
        assert began.acquire(timeout=PATIENCE_S)
        (one,) = connections
        one._next_keepalive_close_time = 0.0
        one._loop.call_soon_threadsafe(one._process_keepalive)
        assert looked.wait(PATIENCE_S)
        let.set()
        assert caller.answer()[0] == 201
    finally:
        let.set()
        caller.socket.close()
        server.stop()
    assert taken == [True]


def test_who_is_silent_afterwards_is_not_waited_for(
    services: Services, monkeypatch: pytest.MonkeyPatch, taken: list[bool]
) -> None:
    monkeypatch.setattr(connection, "KEEP_ALIVE_S", 0.2)
    token, _ = services.api_tokens.create("silent")
    server = ApiServer(services, api=True, webhooks=False, port=0)
    server.start()
    try:
        while not taken:  # on a busy machine it may be thought silent before it has said anything
            caller = Raw(server)
            try:
                said(caller, server, token, POST, "Content-Type: application/json", body=GOOD)
                assert caller.socket.recv(1) == b""
            except (AssertionError, OSError):
                if taken:
                    raise
            finally:
                caller.socket.close()
    finally:
        server.stop()
    assert taken == [True]
