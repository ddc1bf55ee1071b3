"""The network broker against a process that lies: forged requests, floods, names that change their meaning."""

from __future__ import annotations

import array
import json
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from qntx_desktop.engines.sandbox import broker as rooms
from qntx_desktop.engines.sandbox.broker import MAX_CHANNELS, Broker, Resolve
from qntx_desktop.engines.sandbox.hosts import may_lead_to, reaches_own_machine, read_host
from qntx_desktop.model.connection import Arrival, Connection, NetworkRules, Verdict

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sockets cannot be handed over there")
PATIENCE_S = 10.0


class Asker:
    """The child's end, spoken by hand."""

    def __init__(self, broker: Broker) -> None:
        self.broker = broker
        self.sock = socket.socket(fileno=broker.child_fd)
        broker._child.detach()
        self.sock.settimeout(PATIENCE_S)
        self.begun = False

    def send(self, line: bytes) -> None:
        self.sock.sendall(line)
        if not self.begun:
            self.begun = True
            self.broker.begin()

    def read(self, sock: socket.socket | None = None) -> tuple[dict[str, Any] | None, list[int]]:
        data, fds, _, _ = socket.recv_fds(sock or self.sock, 1 << 16, 4)
        return (json.loads(data) if data else None), list(fds)

    def ask(self, **request: Any) -> dict[str, Any]:
        self.send(json.dumps(request).encode() + b"\n")
        reply, fds = self.read()
        for fd in fds:
            socket.close(fd)
        assert reply is not None
        return reply


@pytest.fixture
def heard() -> dict[int, Connection]:
    return {}


Make = Callable[..., Asker]


@pytest.fixture
def make(heard: dict[int, Connection]) -> Iterator[Make]:
    made: list[Asker] = []

    def start(rules: NetworkRules, resolve: Resolve | None = None) -> Asker:
        def hear(connection: Connection) -> None:
            heard[connection.seq] = connection

        broker = Broker(rules, hear, resolve=resolve or rooms.system_resolve)
        made.append(Asker(broker))
        return made[-1]

    yield start
    for asker in made:
        asker.sock.close()
        asker.broker.close()


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as found:
        yield found


def leads_to(*addresses: str) -> Resolve:
    """A name server that gives another answer each time."""
    answers = iter(addresses)
    return lambda _name, _family: [(int(socket.AF_INET), next(answers))]


@pytest.mark.parametrize(
    "line",
    [
        b"\n",
        b"{}\n",
        b"[]\n",
        b"null\n",
        b'{"op":"open"}\n',
        b'{"op":"connect","host":1,"port":80,"family":0}\n',
        b'{"op":"connect","host":"a.b","port":"80","family":0}\n',
        b'{"op":"connect","host":"a.b","port":true,"family":0}\n',
        b'{"op":"connect","host":"a.b","port":null,"family":0}\n',
        b'{"op":"connect","host":"a.b","port":65536,"family":0}\n',
        b'{"op":"connect","host":"a.b","port":80,"family":1}\n',
        b'{"op":"connect","host":"a.b","port":80,"family":true}\n',
        b'{"op":"connect","host":"a.b","port":NaN,"family":0}\n',
        b'{"op":"channel"}\n{"op":"channel"}\n',
        b"[" * 4000 + b"\n",
        b"x" * 5000,
        b"\xff\xfe\n",
    ],
)
def test_a_forged_request_closes_its_channel(make: Make, heard: dict[int, Connection], line: bytes) -> None:
    asker = make(NetworkRules(hosts=True))
    asker.send(line)
    try:
        reply, _ = asker.read()
    except ConnectionResetError:
        reply = None
    assert reply is None
    assert heard == {}


def test_a_name_is_looked_up_once_and_that_address_is_used(
    make: Make, heard: dict[int, Connection], listener: socket.socket
) -> None:
    port = listener.getsockname()[1]
    asker = make(NetworkRules(hosts=(f"nas:{port}", f"localhost:{port}")), leads_to("127.0.0.1", "127.0.0.1"))
    assert "private" in asker.ask(op="connect", host="nas", port=port, family=0)["refused"]
    assert asker.ask(op="connect", host="localhost", port=port, family=0) == {"fd": 1}
    listener.settimeout(PATIENCE_S)
    listener.accept()[0].close()
    assert [each.verdict for each in heard.values()] == [Verdict.PRIVATE, Verdict.LISTED]


def test_a_name_that_turns_to_the_own_machine_is_refused(
    make: Make, heard: dict[int, Connection], listener: socket.socket
) -> None:
    port = listener.getsockname()[1]
    answers = leads_to("127.0.0.1", "93.184.215.14", "10.0.0.1")
    asker = make(NetworkRules(hosts=(f"api.example.com:{port}",)), answers)
    assert "refused" in asker.ask(op="connect", host="api.example.com", port=port, family=0)
    looked_up = asker.ask(op="resolve", host="api.example.com", port=port, family=0)
    assert looked_up == {"addresses": [[int(socket.AF_INET), "93.184.215.14"]]}
    assert "refused" in asker.ask(op="connect", host="127.0.0.1", port=port, family=0)
    assert "refused" in asker.ask(op="resolve", host="api.example.com", port=port, family=0)
    listener.settimeout(0)
    with pytest.raises(BlockingIOError):
        listener.accept()


def test_any_host_never_leads_to_the_own_api(make: Make, heard: dict[int, Connection]) -> None:
    rules = NetworkRules(hosts=True, own_ports=lambda: frozenset({4711}))
    asker = make(rules, leads_to("127.0.0.1", "0.0.0.0"))
    for _ in range(2):
        assert "own API" in asker.ask(op="connect", host="evil.example.com", port=4711, family=0)["refused"]
    looked_up = make(rules, leads_to("127.0.0.1")).ask(op="resolve", host="evil.example.com", port=None, family=0)
    assert "addresses" in looked_up  # an address is no connection
    assert {each.verdict for each in heard.values()} <= {Verdict.OWN_API, Verdict.ANY_HOST}


def test_offline_is_asked_each_time(make: Make, heard: dict[int, Connection]) -> None:
    offline = threading.Event()
    rules = NetworkRules(hosts=True, is_offline=offline.is_set)
    asker = make(rules, leads_to("192.0.2.1", "192.0.2.1"))
    assert "addresses" in asker.ask(op="resolve", host="a.example.com", port=80, family=0)
    offline.set()
    assert "offline" in asker.ask(op="resolve", host="a.example.com", port=80, family=0)["refused"]
    assert [each.verdict for each in heard.values()] == [Verdict.ANY_HOST, Verdict.OFFLINE]


def test_a_look_up_that_fails_says_so(make: Make, heard: dict[int, Connection]) -> None:
    def nobody(_name: str, _family: int) -> list[tuple[int, str]]:
        raise socket.gaierror(socket.EAI_NONAME, "nobody")

    reply = make(NetworkRules(hosts=True), nobody).ask(op="connect", host="a.example.com", port=1, family=0)
    assert reply["gai"] == socket.EAI_NONAME
    assert heard[1].arrival is Arrival.NO_SUCH_NAME


def test_a_look_up_that_outlives_its_run_reaches_nobody(
    make: Make, heard: dict[int, Connection], listener: socket.socket
) -> None:
    asked, go_on, ended = threading.Event(), threading.Event(), threading.Event()

    def slow(_name: str, _family: int) -> list[tuple[int, str]]:
        asked.set()
        go_on.wait(PATIENCE_S)
        ended.set()
        return [(int(socket.AF_INET), "127.0.0.1")]

    port = listener.getsockname()[1]
    asker = make(NetworkRules(hosts=True), slow)
    asker.send(b'{"op":"connect","host":"a.example.com","port":%d,"family":0}\n' % port)
    assert asked.wait(PATIENCE_S)
    asker.broker.close()
    go_on.set()
    assert ended.wait(PATIENCE_S)
    for thread in threading.enumerate():
        if thread.name == "network-lookup":
            thread.join(PATIENCE_S)
    listener.settimeout(0)
    with pytest.raises(BlockingIOError):
        listener.accept()
    assert heard == {}


def test_channels_are_few(make: Make) -> None:
    asker = make(NetworkRules())
    kept = []
    for _ in range(MAX_CHANNELS - 1):
        asker.send(b'{"op":"channel"}\n')
        reply, fds = asker.read()
        kept += fds
        assert reply == {"fd": 1}
    assert "errno" in asker.ask(op="channel")
    for fd in kept:
        socket.close(fd)
    # The first request may be read before the closed channels are; the next one is not.
    assert {"fd": 1} in [asker.ask(op="channel") for _ in range(2)]


def test_attempts_are_bounded_and_so_is_the_ledger(
    make: Make, heard: dict[int, Connection], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms, "MAX_ATTEMPTS", 5)
    asker = make(NetworkRules())
    replies = [asker.ask(op="connect", host="a.example.com", port=80, family=0) for _ in range(12)]
    assert "no more" in replies[-1]["refused"]
    assert [each.verdict for each in heard.values()] == [Verdict.NOT_LISTED] * 5 + [Verdict.TOO_MANY]


def test_descriptors_of_a_handler_are_not_taken(make: Make) -> None:
    asker = make(NetworkRules())
    with socket.socket() as smuggled:
        rights = array.array("i", [smuggled.fileno()])
        line = b'{"op":"resolve","host":"a.example.com","port":null,"family":0}\n'
        asker.sock.sendmsg([line], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)])
        asker.broker.begin()
        assert "refused" in (asker.read()[0] or {})


def test_a_flood_that_nobody_reads_answers_of_ends_with_the_run(make: Make) -> None:
    asker = make(NetworkRules())
    asker.send(b'{"op":"connect","host":"a","port":1,"family":0}\n')
    asker.sock.settimeout(0.2)
    with pytest.raises((TimeoutError, ConnectionError)):
        asker.sock.sendall(b'{"op":"connect","host":"a","port":1,"family":0}\n' * 1_000_000)
    asker.broker.close()


def test_one_spelling_for_each_host() -> None:
    assert read_host("API.Example.COM.")[0] == "api.example.com"
    assert read_host("bücher.example")[0] == "xn--bcher-kva.example"
    assert read_host("2001:DB8::1")[0] == "2001:db8::1"


@pytest.mark.parametrize(
    ("name", "address", "may"),
    [
        ("api.example.com", "93.184.215.14", True),
        ("api.example.com", "10.0.0.1", False),
        ("api.example.com", "169.254.169.254", False),
        ("api.example.com", "::1", False),
        ("api.example.com", "64:ff9b::7f00:1", False),
        ("api.example.com", "2002:7f00:1::", False),
        ("localhost", "127.0.0.1", True),
        ("localhost", "10.0.0.1", False),
        ("nas.local", "192.168.1.5", True),
        ("nas.local", "127.0.0.1", False),
        ("nas", "192.168.1.5", True),
        ("nas", "0.0.0.0", False),
    ],
)
def test_where_a_declared_name_may_lead(name: str, address: str, may: bool) -> None:
    found = read_host(address)[1]
    assert found is not None
    assert may_lead_to(name, found) is may


def test_what_is_the_own_machine() -> None:
    for address, own in (("127.9.9.9", True), ("::", True), ("0.0.0.0", True), ("10.0.0.1", False)):
        found = read_host(address)[1]
        assert found is not None
        assert reaches_own_machine(found) is own
