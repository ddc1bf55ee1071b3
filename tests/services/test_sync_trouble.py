"""What can come between a source and its server: a proxy, a person who cancels or removes, a key that is gone."""

from __future__ import annotations

import select
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from qntx_desktop.app.container import Services
from qntx_desktop.engines.git.port import GitProcesses
from qntx_desktop.model.errors import ErrActiveJobExists
from qntx_desktop.model.job import Job
from qntx_desktop.store import sources as stored
from tests.git_server import Repository, Server

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


@pytest.fixture
def repository(git_server: Server) -> Repository:
    made = Repository(git_server.root / "r.git")
    made.files({"a": b"1"})
    return made


def synced(services: Services, name: str) -> Job:
    request = services.sources.sync_request(services.sources.get(name))
    return services.runner.run_until(services.queue.enqueue(request).id)


class Proxy(ThreadingHTTPServer):
    """Lets through what CONNECT asks for, wherever it was meant to go, to one server; or refuses."""

    daemon_threads = False

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", 0), _Tunnel)
        self.to_port = port
        self.asked: list[str] = []
        self.refuses = False


class _Tunnel(BaseHTTPRequestHandler):
    server: Proxy

    def log_message(self, *_: Any) -> None:
        """Nobody reads it."""

    def do_CONNECT(self) -> None:
        self.server.asked.append(self.path)
        if self.server.refuses:
            self.send_error(403)
            return
        with socket.create_connection(("127.0.0.1", self.server.to_port)) as beyond:
            self.send_response(200)
            self.end_headers()
            self.wfile.flush()
            ends = (self.connection, beyond)
            while True:
                for ready in select.select(ends, (), ())[0]:
                    chunk = ready.recv(65_536)
                    if not chunk:
                        return
                    ends[ready is self.connection].sendall(chunk)


@contextmanager
def proxy_to(git_server: Server) -> Iterator[Proxy]:
    proxy = Proxy(int(git_server.url().split(":")[2].split("/")[0]))
    thread = threading.Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield proxy
    finally:
        proxy.shutdown()
        thread.join()
        proxy.server_close()


def test_a_proxy_is_used_and_a_host_beside_it_is_not(
    services: Services, git_server: Server, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.sources.add("feeds", "git", {"url": git_server.url()})
    with proxy_to(git_server) as proxy:
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{proxy.server_port}")
        monkeypatch.setenv("no_proxy", "")
        assert synced(services, "feeds").status == "completed"
        host = git_server.url().split("/")[2]
        assert set(proxy.asked) == {host}
        proxy.refuses = True
        refused = synced(services, "feeds")
        assert refused.error is not None
        assert (refused.error["code"], refused.error["details"]["reason"]) == ("remote_unreachable", "proxy")
        monkeypatch.setenv("no_proxy", "localhost,127.0.0.1")
        with closing(GitProcesses(60)) as anew:  # a process keeps the surroundings that it was started in
            assert anew.look(git_server.url(), None)["branches"] == ["main"]


def test_a_sync_is_cancelled_and_the_source_goes_on(
    services: Services, git_server: Server, repository: Repository, heard: Any
) -> None:
    services.sources.add("feeds", "git", {"url": git_server.url()})
    git_server.mood = "hang"
    services.runner.start()
    job = services.queue.enqueue(services.sources.sync_request(services.sources.get("feeds")))
    assert git_server.asked.wait(30)
    with pytest.raises(ErrActiveJobExists):
        services.sources.remove("feeds")
    services.queue.cancel(job.id)
    assert heard.ended(job).status == "cancelled"
    source = services.sources.get("feeds")
    assert (source.last_sync_error, source.failures) == (None, 0)
    assert services.sources.history("feeds")[0]["status"] == "cancelled"
    git_server.mood = ""
    git_server.free.set()
    again = services.queue.enqueue(services.sources.sync_request(source))
    assert heard.ended(again).status == "completed"


def test_a_key_that_is_gone_stops_only_the_sources_that_need_it(
    services: Services, git_server: Server, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QNTX_PASSPHRASE", "of the test")
    services.sources.add("closed", "git", {"url": git_server.url()}, token="a-token")
    services.sources.add("open", "git", {"url": git_server.url()})
    services.vault.rotate(lambda: False, lambda *_: None)
    assert services.sources.token(services.sources.get("closed")) == "a-token"
    services.vault.lock()
    monkeypatch.delenv("QNTX_PASSPHRASE")
    failed = synced(services, "closed")
    assert failed.error is not None
    assert failed.error["code"] == "key_missing"
    assert services.sources.get("closed").last_sync_error == failed.error
    assert synced(services, "open").status == "completed"
    monkeypatch.setenv("QNTX_PASSPHRASE", "of the test")
    git_server.token = "a-token"
    assert synced(services, "closed").status == "completed"


def test_the_history_is_bounded_and_keeps_what_brought_something(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "SYNCS_KEPT", 3)
    monkeypatch.setattr(stored, "UNCHANGED_KEPT", 2)
    source = services.sources.get("manual")

    def keep(status: str, number: int) -> Callable[[Any], None]:
        end = stored.SyncEnd(job_id=number, trigger="schedule", status=status, started_at_us=0, duration_ms=1)
        return lambda tx: stored.keep_sync(tx, source.id, end)

    for number in range(12):
        services.db.write(keep("completed" if number % 4 == 0 else "unchanged", number))
    kept = [(each["job_id"], each["status"]) for each in services.sources.history("manual")]
    assert kept == [(11, "unchanged"), (10, "unchanged"), (8, "completed"), (4, "completed"), (0, "completed")]
