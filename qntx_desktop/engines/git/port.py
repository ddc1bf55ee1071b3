"""The port: have the git process do something, within a deadline. Any thread; blocks the caller.

A process that did its work well is kept for a minute, since starting one costs a third of a second. The token goes
through the pipe and nowhere else: not into arguments, environment, files or errors.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from qntx_desktop.engines.git.trouble import TroubleError, error_of
from qntx_desktop.engines.sandbox.cancel import CancelToken
from qntx_desktop.model.errors import ErrCancelled, ErrUnexpected, QntxError

DEADLINE_S = 600.0
HISTORY_DEADLINE_S = 7_200.0
MAX_IDLE = 2
MAX_LINE_BYTES = 16 << 20
_KEPT = (
    "SYSTEMROOT",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "GIT_SSL_CAINFO",
    "REQUESTS_CA_BUNDLE",
    "CURL_CA_BUNDLE",
)
_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")

OnProgress = Callable[[float, "float | None", str], None]
OnFacts = Callable[[list[dict[str, Any]]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRequest:
    """What to fetch. `have` and `have_folder` are the present revision; `parent` is where the new one is made."""

    url: str
    objects: Path
    parent: Path
    branch: str | None = None
    tag: str | None = None
    commit: str | None = None
    token: str | None = None
    have: str | None = None
    have_folder: str | None = None

    def __repr__(self) -> str:
        return f"FetchRequest(url={self.url!r})"  # never the token, whoever logs it

    def to_json(self) -> dict[str, Any]:
        """What goes through the pipe."""
        names = ("url", "branch", "tag", "commit", "token", "have", "have_folder")
        texts = {name: getattr(self, name) for name in names}
        return {"ask": "fetch", **texts, "objects": str(self.objects), "parent": str(self.parent)}


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRequest:
    """Whose history to tell, and what of it; `history.history` says what each part means."""

    repository: str
    fallback: str
    path: str | None = None
    url: str | None = None
    store: Path | None = None
    exclude: tuple[str, ...] = ()
    since_s: int | None = None
    since_commit: str | None = None
    dependencies: bool = True
    unchanged: str | None = None

    def to_json(self) -> dict[str, Any]:
        """What goes through the pipe."""
        return {"ask": "history", **asdict(self), "store": str(self.store) if self.store else None}


class GitProcesses:
    """Processes that speak git; `close` ends those that idle."""

    def __init__(self, deadline_s: float = DEADLINE_S) -> None:
        self._deadline_s = deadline_s
        self._guard = threading.Lock()
        self._idle: list[subprocess.Popen[str]] = []
        self._closed = False

    def fetch(self, request: FetchRequest, on_progress: OnProgress, cancel: CancelToken) -> Mapping[str, Any]:
        """Bring a source up to date; see `fetching.fetch` for the answer.

        Raises:
            ErrRemoteUnreachable, ErrSyncFailed, ErrDiskFull: It could not be; the old files are untouched.
            ErrCancelled: `cancel` was set.
            ErrUnexpected: The process cannot be started.
        """
        return self._asked(request.to_json(), on_progress, cancel, self._deadline_s)

    def look(self, url: str, token: str | None, timeout_s: float = 30.0) -> Mapping[str, Any]:
        """The `branches`, `tags` and `default` branch of a repository.

        Raises:
            ErrRemoteUnreachable, ErrUnexpected: It cannot be asked.
        """
        return self._asked({"ask": "look", "url": url, "token": token}, lambda *_: None, CancelToken(), timeout_s)

    def history(
        self, request: HistoryRequest, on_facts: OnFacts, on_progress: OnProgress, cancel: CancelToken
    ) -> Mapping[str, Any]:
        """Have the history of a repository told; see `history.history` for the answer.

        Args:
            on_facts: Called with each batch on the calling thread; the process waits until it returns.

        Raises:
            ErrRemoteUnreachable, ErrSyncFailed, ErrDiskFull: It cannot be told, or not to its end.
            ErrCancelled: `cancel` was set.
            ErrUnexpected: The process cannot be started.
        """
        return self._asked(request.to_json(), on_progress, cancel, HISTORY_DEADLINE_S, on_facts)

    def close(self) -> None:
        """End the processes that idle, and those that work as soon as they are done."""
        with self._guard:
            self._closed = True
            idle, self._idle = self._idle, []
        for process in idle:
            _end(process)

    def _asked(
        self,
        request: dict[str, Any],
        on_progress: OnProgress,
        cancel: CancelToken,
        deadline_s: float,
        on_facts: OnFacts = lambda _facts: None,
    ) -> Mapping[str, Any]:
        process, stopped = self._taken(), threading.Event()

        def stop(*_reason: object) -> None:
            stopped.set()
            process.kill()

        timer = threading.Timer(deadline_s, stop)
        timer.daemon = True
        timer.start()
        well = False
        cancel.on_cancel(stop)
        try:
            answer = _conversation(process, request, on_progress, on_facts)
            well = answer is not None
        finally:
            cancel.forget(stop)
            timer.cancel()
            timer.join()
            self._give_back(process, well=well and not stopped.is_set())
        if answer is not None and "done" in answer:
            return dict(answer["done"])
        if cancel.requested:
            raise ErrCancelled(cancel.reason or "cancelled")
        if answer is None:
            raise error_of(TroubleError("too_slow" if stopped.is_set() else "crashed").to_json())
        raise _without(request.get("token"), answer["trouble"])

    def _taken(self) -> subprocess.Popen[str]:
        with self._guard:
            while self._idle:
                process = self._idle.pop()
                if process.poll() is None:
                    return process
                _end(process)
        return _started()

    def _give_back(self, process: subprocess.Popen[str], *, well: bool) -> None:
        with self._guard:
            if well and not self._closed and len(self._idle) < MAX_IDLE:
                self._idle.append(process)
                return
        _end(process)


def _started() -> subprocess.Popen[str]:
    if getattr(sys, "frozen", False):
        raise ErrUnexpected("this build of the app brings no git process", "git")
    try:
        return subprocess.Popen(
            [sys.executable, "-I", "-m", "qntx_desktop.engines.git.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a library's last words may hold anything
            env=_environment(),
            encoding="utf-8",
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        raise ErrUnexpected(f"git cannot be started: {error.strerror or error}", "git") from error


def _environment() -> dict[str, str]:
    """No home and no system configuration: git finds nothing of the person's to read."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    kept |= {name: value for name, value in os.environ.items() if name.lower() in _PROXIES}
    nowhere = os.devnull
    own = {
        "HOME": nowhere,
        "XDG_CONFIG_HOME": nowhere,
        "GIT_CONFIG_GLOBAL": nowhere,
        "GIT_CONFIG_SYSTEM": nowhere,
    }
    return {
        **kept,
        **own,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "PATH": "",
        "LC_ALL": "C.UTF-8",
    }


def _conversation(
    process: subprocess.Popen[str], request: dict[str, Any], on_progress: OnProgress, on_facts: OnFacts
) -> dict[str, Any] | None:
    """The last word of the process; None when it ended without one."""
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(json.dumps(request) + "\n")
        process.stdin.flush()
        while line := process.stdout.readline(MAX_LINE_BYTES):
            message = json.loads(line)
            if "facts" in message:
                on_facts(message["facts"])
                continue
            if "progress" not in message:
                return dict(message)
            current, total, text = message["progress"]
            on_progress(float(current), total, str(text))
    except (OSError, ValueError):  # it died in the middle of a line, or before it was asked
        return None
    return None


def _without(token: str | None, trouble: dict[str, Any]) -> QntxError:
    """The error, and no token in it even if a defect had put it there."""
    text = json.dumps(trouble)
    if token and token in text:
        text = text.replace(token, "***")
    return error_of(json.loads(text))


def _end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
