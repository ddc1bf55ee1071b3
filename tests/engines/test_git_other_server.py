"""The same fetches from a server that is not C git: dulwich's own, over plain http on the loopback."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from dulwich.repo import Repo
from dulwich.server import DictBackend
from dulwich.web import make_wsgi_chain

from qntx_desktop.engines.git.port import FetchRequest, GitProcesses, HistoryRequest
from qntx_desktop.engines.sandbox.cancel import CancelToken
from tests.git_server import Repository, git


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Nobody reads it."""


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "r.git")


@pytest.fixture
def url(repository: Repository) -> Iterator[str]:
    served = Repo(str(repository.path))
    application = make_wsgi_chain(DictBackend({b"/r.git": served, "/r.git": served}))
    server: WSGIServer = make_server("127.0.0.1", 0, application, handler_class=_Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/r.git"
    server.shutdown()
    thread.join()
    server.server_close()
    served.close()


@pytest.fixture
def processes() -> Iterator[GitProcesses]:
    running = GitProcesses(60)
    yield running
    running.close()


def test_a_commit_then_what_changed_then_the_whole_history(
    repository: Repository, url: str, processes: GitProcesses, tmp_path: Path
) -> None:
    first = repository.files({"a": b"1", "b/c": b"2"})
    git("tag", "-a", "v1", "-m", "One", first, at=repository.path)
    parent = tmp_path / "fetched"

    def fetch(**options: Any) -> Any:
        request = FetchRequest(url=url, objects=parent / "objects", parent=parent, **options)
        return processes.fetch(request, lambda *_: None, CancelToken())

    one = fetch()
    assert (one["commit"], (parent / one["folder"] / "b" / "c").read_bytes()) == (first, b"2")
    assert fetch(tag="v1")["commit"] == first
    tree = repository.tree(("100644", b"a", repository.blob(b"3")))
    second = repository.commit(tree, parent=first)
    two = fetch(have=first, have_folder=one["folder"])
    assert (two["commit"], two["paths"]) == (second, [["~", "a"], ["-", "b/c"]])
    assert fetch(have=second, have_folder=two["folder"])["unchanged"] is True

    told: list[dict[str, Any]] = []
    request = HistoryRequest(repository="r", fallback="r", url=url, store=tmp_path / "store")
    answer = processes.history(request, told.extend, lambda *_: None, CancelToken())
    assert (answer["commits"], answer["branches"], answer["tags"]) == (2, 1, 1)
    assert [each["contexts"] for each in told if each["predicates"] == ["is_child_of"]] == [[first]]
