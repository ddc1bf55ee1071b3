"""A git server for tests: git's own http-backend behind https with an authority of the test's own, and switches.

`Server.mood` says how it misbehaves: hang, drip, cut, redirect, endless, raw, page, or a
status such as 503.
"""

from __future__ import annotations

import base64
import os
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import trustme

ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "a",
    "GIT_AUTHOR_EMAIL": "a@example.com",
    "GIT_COMMITTER_NAME": "a",
    "GIT_COMMITTER_EMAIL": "a@example.com",
    "PATH": os.environ.get("PATH", os.defpath),
}


def git(*words: str, at: Path, feed: bytes | None = None) -> str:
    """Run C git without anybody's configuration; returns what it prints."""
    done = subprocess.run(
        ["git", *words], cwd=at, env=ENVIRONMENT, input=feed, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().strip()


class Repository:
    """A bare repository, filled file by file or object by object."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(parents=True)
        git("init", "-q", "--bare", "-b", "main", at=path)

    def blob(self, content: bytes) -> str:
        return git("hash-object", "-w", "--stdin", at=self.path, feed=content)

    def tree(self, *entries: tuple[str, bytes, str]) -> str:
        """A tree of (mode, name, sha) exactly as told, however wrong."""
        raw = b"".join(
            mode.encode() + b" " + name + b"\0" + bytes.fromhex(sha) for mode, name, sha in entries
        )
        return git("hash-object", "-w", "-t", "tree", "--literally", "--stdin", at=self.path, feed=raw)

    def commit(self, tree: str, branch: str = "main", parent: str | None = None) -> str:
        words = ["-p", parent] if parent else []
        sha = git("commit-tree", tree, *words, "-m", "m", at=self.path)
        git("update-ref", f"refs/heads/{branch}", sha, at=self.path)
        return sha

    def files(self, files: dict[str, bytes], branch: str = "main", parent: str | None = None) -> str:
        """A commit of these files and no others; without a parent it rewrites the branch."""
        index = self.path / "test-index"
        index.unlink(missing_ok=True)
        lines = "".join(f"100644 {self.blob(content)}\t{path}\n" for path, content in files.items())
        environment = {**ENVIRONMENT, "GIT_INDEX_FILE": str(index)}
        for words, feed in ((["update-index", "--index-info"], lines.encode()), (["write-tree"], b"")):
            done = subprocess.run(
                ["git", *words], cwd=self.path, env=environment, input=feed, capture_output=True, check=True
            )
        return self.commit(done.stdout.decode().strip(), branch, parent)


class Server:
    """Serves `root` on the loopback; `seen` has the Authorization header of each request."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.mood = ""
        self.token: str | None = None
        self.redirect_to = ""
        self.raw_refs = b""
        self.raw_pack = b""
        self.seen: list[str | None] = []
        self.free = threading.Event()
        self.asked = threading.Event()
        self._authority = trustme.CA()
        self.authority_file = root / "authority.pem"
        self._authority.cert_pem.write_to_path(str(self.authority_file))
        outer = self

        class Handler(_Handler):
            server_of_test = outer

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = False
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self._authority.issue_cert("127.0.0.1").configure_cert(context)
        self._server.socket = context.wrap_socket(
            self._server.socket, server_side=True, do_handshake_on_connect=False
        )
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]

    def url(self, name: str = "r.git") -> str:
        return f"https://127.0.0.1:{self._server.server_port}/{name}"

    @contextmanager
    def running(self) -> Iterator[Server]:
        self._thread.start()
        try:
            yield self
        finally:
            self.free.set()
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()


@contextmanager
def trusted(root: Path) -> Iterator[Server]:
    """A server whose authority every git process trusts that is started while it runs, whichever test starts it."""
    root.mkdir(exist_ok=True)
    with Server(root).running() as server, pytest.MonkeyPatch.context() as patch:
        patch.setenv("SSL_CERT_FILE", str(server.authority_file))
        yield server


def line(text: bytes) -> bytes:
    """A packet line."""
    return f"{len(text) + 4:04x}".encode() + text


def ref(name: str, sha: str = "12" * 20, offers: str = "") -> bytes:
    """A line of an advertisement."""
    return line(f"{sha} {name}{chr(0) + offers if offers else ''}\n".encode())


class _Handler(BaseHTTPRequestHandler):
    server_of_test: Server
    protocol_version = "HTTP/1.0"
    timeout = 20

    def log_message(self, *_: Any) -> None:
        """Nobody reads it."""

    def do_GET(self) -> None:
        server = self.server_of_test
        server.seen.append(self.headers.get("Authorization"))
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        server.asked.set()
        if server.mood and self._misbehaves(server):
            return
        if server.token is not None and not self._knows(server.token):
            self._plain(401, b"")
            return
        self._backend(server.root, body)

    do_POST = do_GET  # noqa: N815 - the name is the protocol's

    def _misbehaves(self, server: Server) -> bool:
        if server.mood.isdigit():
            self._plain(int(server.mood), b"<html>no</html>")
        elif server.mood == "page":
            self._plain(200, b"<html>welcome</html>")
        elif server.mood == "redirect":
            self.send_response(302)
            self.send_header("Location", server.redirect_to)
            self.end_headers()
        elif server.mood == "hang":
            server.free.wait(30)
        elif server.mood == "cut" or (server.mood == "cut-pack" and self.command == "POST"):
            self.send_response(200)
            kind = "result" if self.command == "POST" else "advertisement"
            self.send_header("Content-Type", f"application/x-git-upload-pack-{kind}")
            self.send_header("Content-Length", "100000")
            self.end_headers()
            self.wfile.write(b"001e# servi" if self.command == "GET" else b"0008NAK\n0100\x01PACK")
        elif server.mood in ("drip", "endless"):
            self._begin()
            self._go_on(server)
        elif server.mood == "raw":
            self._begin()
            self.wfile.write(server.raw_pack if self.command == "POST" else server.raw_refs)
        else:
            return False
        return True

    def _begin(self) -> None:
        """The head of an answer without an end."""
        kind = "result" if self.command == "POST" else "advertisement"
        self.send_response(200)
        self.send_header("Content-Type", f"application/x-git-upload-pack-{kind}")
        self.end_headers()

    def _go_on(self, server: Server) -> None:
        """Until the test is over, or nobody listens any more."""
        self.wfile.write(line(b"# service=git-upload-pack\n") + b"0000")
        number = 0
        while not server.free.wait(0.02 if server.mood == "drip" else 0):
            refs = b"".join(ref(f"refs/heads/x{number + each:0900}") for each in range(1_000))
            at = number // 1_000 % len(refs)
            number += 1_000
            self.wfile.write(refs[at : at + 1] if server.mood == "drip" else refs)

    def _plain(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _knows(self, token: str) -> bool:
        kind, _, code = (self.headers.get("Authorization") or "").partition(" ")
        return kind == "Basic" and base64.b64decode(code).decode().partition(":")[2] == token

    def _backend(self, root: Path, body: bytes) -> None:
        path, _, query = self.path.partition("?")
        environment = {
            **ENVIRONMENT,
            "GIT_PROJECT_ROOT": str(root),
            "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
        }
        program = shutil.which("git") or "git"
        answer = subprocess.run(
            [program, "http-backend"], env=environment, input=body, capture_output=True, check=False
        ).stdout
        head, _, rest = answer.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().splitlines())
        self.send_response(int(headers.pop("Status", "200").split()[0]))
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(rest)))
        self.end_headers()
        self.wfile.write(rest)
