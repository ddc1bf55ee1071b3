"""Handlers reach what they declared, with every common library, and nothing else; all is on the ledger."""

from __future__ import annotations

import socket
import sys
import textwrap
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from qntx_desktop.engines.sandbox.warm import WarmLaunchers
from qntx_desktop.model.connection import Arrival, Connection, Verdict
from qntx_desktop.model.job import ExecutionStatus, Outcome
from tests.engines.loopback import Web, certified, closed_port, web
from tests.engines.runs import UNCONFINED, RecordingSink, Run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sockets cannot be handed over there")
PACKAGES = (str(Path(httpx.__file__).parents[1]),)
MEMORY_BYTES = 1 << 30

URLLIB = """
    import ssl, urllib.request, qntx
    context = ssl.create_default_context(cafile=qntx.args[1]) if qntx.args[1] else None
    for _ in range(2):
        with urllib.request.urlopen(qntx.args[0], context=context, timeout=20) as answer:
            print(answer.read().decode())
"""
REQUESTS = """
    import requests, qntx
    with requests.Session() as session:
        for _ in range(2):
            print(session.get(qntx.args[0], verify=qntx.args[1] or True, timeout=20).text)
"""
HTTPX = """
    import httpx, ssl, qntx
    verify = ssl.create_default_context(cafile=qntx.args[1]) if qntx.args[1] else False
    with httpx.Client(verify=verify, timeout=20) as client:
        for _ in range(2):
            print(client.get(qntx.args[0]).text)
"""
HTTPX_ASYNC = """
    import asyncio, httpx, ssl, qntx
    async def main():
        verify = ssl.create_default_context(cafile=qntx.args[1]) if qntx.args[1] else False
        async with httpx.AsyncClient(verify=verify, timeout=20) as client:
            for answer in await asyncio.gather(client.get(qntx.args[0]), client.get(qntx.args[0])):
                print(answer.text)
    asyncio.run(main())
"""
STREAMS = """
    import asyncio, ssl, qntx
    from urllib.parse import urlsplit
    async def once(parts, context):
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port, ssl=context)
        writer.write(f"GET {parts.path} HTTP/1.0\\r\\nHost: {parts.hostname}\\r\\n\\r\\n".encode())
        await writer.drain()
        print((await reader.read()).decode().splitlines()[-1])
        writer.close()
        await writer.wait_closed()
    async def main():
        context = ssl.create_default_context(cafile=qntx.args[1]) if qntx.args[1] else None
        await asyncio.gather(*(once(urlsplit(qntx.args[0]), context) for _ in range(2)))
    asyncio.run(main())
"""
CLIENTS = {
    "urllib": URLLIB,
    "requests": REQUESTS,
    "httpx": HTTPX,
    "httpx async": HTTPX_ASYNC,
    "asyncio streams": STREAMS,
}


def code(text: str) -> str:
    return textwrap.dedent(text).lstrip("\n")


@pytest.fixture(scope="module")
def plain() -> Iterator[Web]:
    with web() as found:
        yield found


@pytest.fixture(scope="module")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Web, Path]]:
    context, authority = certified(tmp_path_factory.mktemp("tls"))
    with web(context) as found:
        yield found, authority


def rows(sink: RecordingSink) -> list[Connection]:
    return [sink.connections[seq] for seq in sorted(sink.connections)]


def refused(outcome: Outcome) -> str:
    assert outcome.error is not None
    assert outcome.error["details"]["exception"] == "PermissionError", outcome.error
    return str(outcome.error["message"])


@pytest.mark.parametrize("script", CLIENTS.values(), ids=CLIENTS.keys())
def test_declared_hosts_are_reached(run: Run, sink: RecordingSink, plain: Web, script: str) -> None:
    before = len(plain.came)
    url = f"http://localhost:{plain.port}/plain"
    outcome = run(
        code(script),
        args=(url, ""),
        network=(f"localhost:{plain.port}",),
        site_paths=PACKAGES,
        memory_bytes=MEMORY_BYTES,
    )
    assert (outcome.error, outcome.stdout) == (None, "hello from /plain\n" * 2)
    assert len(plain.came) - before == 2
    assert {(each.host, each.port, each.verdict) for each in rows(sink)} == {
        ("localhost", plain.port, Verdict.LISTED)
    }
    assert Arrival.CONNECTED in {each.arrival for each in rows(sink)}


@pytest.mark.parametrize("script", CLIENTS.values(), ids=CLIENTS.keys())
def test_tls_stays_in_the_handler(run: Run, secured: tuple[Web, Path], script: str) -> None:
    server, authority = secured
    outcome = run(
        code(script),
        args=(f"https://localhost:{server.port}/tls", str(authority)),
        network=(f"localhost:{server.port}",),
        site_paths=PACKAGES,
        read_paths=(authority,),
        memory_bytes=MEMORY_BYTES,
    )
    assert (outcome.error, outcome.stdout) == (None, "hello from /tls\n" * 2)


@pytest.mark.parametrize("script", CLIENTS.values(), ids=CLIENTS.keys())
def test_undeclared_hosts_are_refused_and_the_way_out_is_named(
    run: Run, sink: RecordingSink, plain: Web, script: str
) -> None:
    before = list(plain.came)
    outcome = run(
        code(script),
        args=(f"http://localhost:{plain.port}/", ""),
        site_paths=PACKAGES,
        memory_bytes=MEMORY_BYTES,
    )
    assert outcome.status is ExecutionStatus.FAILED
    assert outcome.error is not None
    assert f'# network = ["localhost:{plain.port}"]' in outcome.error["message"] + outcome.stderr
    assert plain.came == before
    assert {(each.host, each.verdict) for each in rows(sink)} == {("localhost", Verdict.NOT_LISTED)}


def test_a_refusal_can_be_caught(run: Run) -> None:
    script = code("""
        import socket
        for attempt in (
            lambda: socket.create_connection(("example.com", 443)),
            lambda: socket.getaddrinfo("example.com", 443),
            lambda: socket.gethostbyname("example.com"),
            lambda: socket.gethostbyaddr("192.0.2.1"),
            lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
            lambda: socket.socket(socket.AF_UNIX),
            lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW),
            lambda: socket.create_server(("127.0.0.1", 0)),
            lambda: socket.socket().listen(),
        ):
            try:
                print("open", attempt())
            except PermissionError as error:
                print("refused", error.errno)
    """)
    outcome = run(script)
    assert (outcome.error, outcome.stdout) == (None, "refused 13\n" * 9)


ADVISED = {"hands_over": False, "layers": UNCONFINED}
"""As on Windows, where the run asks and then connects by itself."""


@pytest.mark.parametrize("script", CLIENTS.values(), ids=CLIENTS.keys())
def test_where_sockets_cannot_be_handed_over_the_run_still_asks(
    run: Run, sink: RecordingSink, secured: tuple[Web, Path], script: str
) -> None:
    server, authority = secured
    given = {
        "args": (f"https://localhost:{server.port}/tls", str(authority)),
        "site_paths": PACKAGES,
        "memory_bytes": MEMORY_BYTES,
        **ADVISED,
    }
    outcome = run(code(script), network=(f"localhost:{server.port}",), **given)
    assert (outcome.error, outcome.stdout) == (None, "hello from /tls\n" * 2)
    assert {(each.host, each.verdict) for each in rows(sink)} == {("localhost", Verdict.LISTED)}
    before = list(server.came)
    sink.connections.clear()
    outcome = run(code(script), **given)
    assert outcome.status is ExecutionStatus.FAILED
    assert f'# network = ["localhost:{server.port}"]' in outcome.stderr
    assert rows(sink)[-1].verdict is Verdict.NOT_LISTED
    assert server.came == before


def test_advice_refuses_what_handing_over_refuses(run: Run, sink: RecordingSink, plain: Web) -> None:
    script = code(f"""
        import asyncio, socket
        for attempt in (
            lambda: socket.create_connection(("127.0.0.1", {plain.port})),
            lambda: socket.create_connection(("0x7f.1", {plain.port})),  # a number to the C library
            lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
            lambda: socket.create_server(("127.0.0.1", 0)),
            lambda: socket.socket().listen(),
        ):
            try:
                print("open", attempt())
            except PermissionError:
                print("refused")
        a, b = socket.socketpair()
        a.sendall(b"x")
        print(b.recv(1), asyncio.run(asyncio.sleep(0)))
    """)
    outcome = run(script, network=True, own_ports=lambda: frozenset({plain.port}), **ADVISED)
    assert (outcome.error, outcome.stdout) == (None, "refused\n" * 5 + "b'x' None\n")
    assert [each.verdict for each in rows(sink)] == [Verdict.OWN_API, Verdict.OWN_API]


@pytest.mark.parametrize(
    "request_text", ["1", "{}", '{"op":"channel"}', '{"op":"connect","host":"a","port":-1,"family":0}']
)
def test_forged_requests_for_advice_end_the_run(run: Run, request_text: str) -> None:
    script = f"import qntx\nqntx._channel.ask('\"op\":\"network\",\"request\":{request_text}')"
    outcome = run(script, **ADVISED)
    assert outcome.error is not None
    assert outcome.error["details"]["exception"] == "BrokenPipe"


def test_a_tls_socket_that_is_made_before_it_connects(run: Run, secured: tuple[Web, Path]) -> None:
    server, authority = secured
    script = code(f"""
        import qntx, socket, ssl
        context = ssl.create_default_context(cafile=qntx.args[0])
        sock = context.wrap_socket(socket.socket(), server_hostname="localhost")
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.settimeout(20)
        sock.connect(("localhost", {server.port}))
        print(sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY), sock.getpeername()[1] == {server.port})
        sock.sendall(b"GET /late HTTP/1.0\\r\\n\\r\\n")
        print(sock.makefile("rb").read().splitlines()[-1].decode())
    """)
    outcome = run(
        script, args=(str(authority),), read_paths=(authority,), network=(f"localhost:{server.port}",)
    )
    assert (outcome.error, outcome.stdout) == (None, "1 True\nhello from /late\n")


def test_a_name_and_its_address_are_one_row(run: Run, sink: RecordingSink, plain: Web) -> None:
    script = code(f"""
        import socket
        for _ in range(2):
            socket.create_connection(("localhost", {plain.port})).close()
        print(socket.socket().connect_ex(("127.0.0.1", {plain.port})))
    """)
    outcome = run(script, network=(f"localhost:{plain.port}",))
    assert outcome.error is None
    assert ("localhost", "127.0.0.1") in {(each.host, each.address) for each in rows(sink)}
    assert {each.arrival for each in rows(sink)} <= {Arrival.CONNECTED, Arrival.LOOKED_UP, Arrival.FAILED}
    assert len(rows(sink)) <= 6  # localhost has two addresses on some machines


def test_another_port_of_a_declared_host_is_refused(run: Run, plain: Web) -> None:
    outcome = run(
        f"import socket\nsocket.create_connection(('localhost', {plain.port}))", network=("localhost:1",)
    )
    assert f"localhost:{plain.port} is not declared" in refused(outcome)


def test_an_address_is_no_way_around_a_name(run: Run, sink: RecordingSink, plain: Web) -> None:
    script = f"import socket\nsocket.create_connection(('127.0.0.1', {plain.port}))"
    assert "not declared" in refused(run(script, network=(f"localhost:{plain.port}",)))
    assert rows(sink)[-1].verdict is Verdict.UNKNOWN_ADDRESS
    assert run(script, network=(f"127.0.0.1:{plain.port}",)).error is None


def test_any_host_but_never_the_own_api(run: Run, sink: RecordingSink, plain: Web) -> None:
    script = f"import socket\nsocket.create_connection(('localhost', {plain.port}))"
    assert run(script, network=True).error is None
    for host in ("localhost", "127.0.0.1", "127.1.2.3", "0.0.0.0", "::1", "::"):
        script = f"import socket\nsocket.create_connection(({host!r}, {plain.port}))"
        own = run(script, network=True, own_ports=lambda: frozenset({plain.port}))
        assert "own API" in refused(own), host
        assert rows(sink)[-1].verdict is Verdict.OWN_API


@pytest.mark.parametrize("host", ["127.1", "0x7f.0.0.1", "2130706433", "::ffff:127.0.0.1", "[::1]", "a b", "-a.b"])
def test_odd_spellings_are_refused_before_anything_is_asked(run: Run, sink: RecordingSink, host: str) -> None:
    family = "AF_INET6" if host.startswith("::") else "AF_INET"
    script = f"import socket\nsocket.socket(socket.{family}).connect(({host!r}, 80))"
    refused(run(script, network=True))
    assert rows(sink)[-1].verdict is Verdict.ODD_HOST


@pytest.mark.skipif(sys.platform != "linux", reason="descriptors of others can be fetched on Linux only")
@pytest.mark.parametrize("warm", [True, False])
def test_going_offline_ends_what_is_open(
    run: Run, sink: RecordingSink, tmp_path: Path, home_id: str, warm: bool
) -> None:
    offline = threading.Event()
    script = """
        import socket, qntx
        with socket.create_connection(("127.0.0.1", int(qntx.args[0])), timeout=60) as sock:
            sock.recv(2)
            print(sock.recv(1))
            try: socket.create_connection(("127.0.0.1", int(qntx.args[0])))
            except PermissionError: print("refused")
    """
    launchers = WarmLaunchers(home_id, tmp_path / "work", first=1) if warm else None
    with socket.create_server(("127.0.0.1", 0)) as server, ExitStack() as held:
        if launchers is not None:
            held.callback(launchers.close)

        def serve() -> None:
            sock = held.enter_context(server.accept()[0])
            sock.sendall(b"hi")
            offline.set()

        serving = threading.Thread(target=serve)
        serving.start()
        port = str(server.getsockname()[1])
        outcome = run(code(script), args=(port,), network=True, is_offline=offline.is_set, warm=launchers)
        serving.join()
    assert (outcome.error, outcome.stdout) == (None, "b''\nrefused\n")
    cut, refused_then = rows(sink)
    assert (cut.verdict, cut.arrival) == (Verdict.ANY_HOST, Arrival.CUT)
    assert refused_then.verdict is Verdict.OFFLINE


def test_offline_refuses_everything_at_once(run: Run, sink: RecordingSink, plain: Web) -> None:
    script = f"import socket\nsocket.create_connection(('localhost', {plain.port}))"
    outcome = run(script, network=True, is_offline=lambda: True)
    assert "offline" in refused(outcome)
    assert rows(sink)[-1].verdict is Verdict.OFFLINE


def test_nobody_there_is_no_refusal(run: Run, sink: RecordingSink) -> None:
    port = closed_port()
    outcome = run(f"import socket\nsocket.create_connection(('127.0.0.1', {port}))", network=(f"127.0.0.1:{port}",))
    assert outcome.error is not None
    assert outcome.error["details"]["exception"] == "ConnectionRefusedError"
    assert (rows(sink)[-1].allowed, rows(sink)[-1].arrival) == (True, Arrival.FAILED)


def test_timeouts_hold(run: Run) -> None:
    import socket

    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        port = full.getsockname()[1]
        script = code(f"""
            import socket
            held = []
            for _ in range(4):
                try:
                    held.append(socket.create_connection(("127.0.0.1", {port}), timeout=0.3))
                except TimeoutError as error:
                    print("late")
                    break
        """)
        outcome = run(script, network=(f"127.0.0.1:{port}",))
    assert (outcome.error, outcome.stdout) == (None, "late\n")


def test_threads_ask_side_by_side(run: Run, plain: Web) -> None:
    script = code(f"""
        import threading, urllib.request
        found = []
        def one():
            found.append(urllib.request.urlopen("http://localhost:{plain.port}/t", timeout=20).read())
        threads = [threading.Thread(target=one) for _ in range(20)]
        [each.start() for each in threads]
        [each.join() for each in threads]
        print(len(found))
    """)
    outcome = run(script, network=True, memory_bytes=MEMORY_BYTES)
    assert (outcome.error, outcome.stdout) == (None, "20\n")


def test_a_secret_in_a_host_name_is_hidden(run: Run, sink: RecordingSink) -> None:
    from qntx_desktop.engines.sandbox.masking import Masker

    run(
        "import socket\nsocket.getaddrinfo('s3cr3tvalue.example.com', 443)",
        masker=Masker(["s3cr3tvalue"]),
    )
    assert [each.host for each in rows(sink)] == ["***.example.com"]


def test_scripts_without_network_do_not_pay_for_it(run: Run) -> None:
    outcome = run("import sys\nprint('socket' in sys.modules, 'qntx._network' in sys.modules)")
    assert outcome.stdout == "False False\n"


def test_socketpairs_and_asyncio_need_no_network(run: Run, sink: RecordingSink) -> None:
    script = code("""
        import asyncio, socket
        a, b = socket.socketpair()
        a.sendall(b"x")
        async def main():
            await asyncio.sleep(0)
            return b.recv(1)
        print(asyncio.run(main()))
    """)
    outcome = run(script)
    assert (outcome.error, outcome.stdout) == (None, "b'x'\n")
    assert rows(sink) == []


def test_what_is_sent_in_pieces_is_sent_and_no_descriptor_with_it(run: Run) -> None:
    """From Python 3.12 on asyncio's streams use `sendmsg`, which the system refuses."""
    script = code(
        """
        import array, socket
        one, other = socket.socketpair()
        print(one.sendmsg([b"ab", memoryview(b"cd")]), other.recv(9))
        try:
            one.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [1]))])
        except PermissionError as error:
            print(error)
        """
    )
    assert run(script).stdout == "4 b'abcd'\n[Errno 1] handlers cannot pass descriptors on\n"
