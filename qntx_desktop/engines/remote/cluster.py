"""The cluster that a person named: connecting to its scheduler, handing runs over. Any thread; hides distributed.

Importing distributed takes most of a second, so nothing of it is imported before a run is to be sent away, and only
if somebody answers at the address. Its client has a thread of its own, "IO loop".
"""

from __future__ import annotations

import logging
import socket
import threading
import time
import uuid
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from qntx_desktop.engines.remote.run import RemoteRun
from qntx_desktop.engines.remote.terms import (
    LEASE_S,
    MARGIN_S,
    Post,
    PostBrokenError,
    StaysHereError,
    order_of,
    written,
)
from qntx_desktop.engines.sandbox.launcher import CancelToken, RunSpec, Sink
from qntx_desktop.model.job import Outcome

CONNECT_S = 3.0
AGAIN_S = 10.0
"""How long an address at which nobody answered is not tried again: a run here must not wait each time."""
_CLOSES_S = 3.0
_LOOKS_S = 0.1
_log = logging.getLogger(__name__)


def is_installed() -> bool:
    """Whether the extra `remote` is."""
    return find_spec("distributed") is not None


def is_reachable(address: str, timeout_s: float = CONNECT_S) -> str:
    """Why nobody answers at an address, empty when somebody does."""
    parts = urlsplit(address)
    try:
        socket.create_connection((parts.hostname or "", parts.port or 0), timeout_s).close()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        return f"no scheduler answers at {address} ({reason})"
    return ""


class Cluster:
    """Sends runs to the scheduler at an address, one connection for all of them.

    Args:
        lease_file: Touched whenever a worker is given a lease; a start of the app after a kill waits it out.
    """

    def __init__(self, lease_file: Path, *, lease_s: float = LEASE_S) -> None:
        self._lease_file = lease_file
        self._lease_s = lease_s
        self._lock = threading.Lock()
        self._client: Any = None
        self._address = ""
        self._failed: tuple[str, str, float] = ("", "", 0.0)
        self._closed = False

    def launch(self, address: str, spec: RunSpec, sink: Sink, cancel: CancelToken) -> Outcome:
        """Have a worker run it, and wait.

        Raises:
            StaysHereError: No worker has begun it.
            ErrWorkerLost: One has, and is lost.
        """
        task = _Task(self._connected(address), written(order_of(spec, lease_s=self._lease_s)))
        return RemoteRun(
            spec=spec, sink=sink, cancel=cancel, task=task, lease_s=self._lease_s, leased=self._leased
        ).wait()

    def close(self) -> None:
        """Leave the cluster; what waits for it stays here or counts as lost."""
        with self._lock:
            self._closed = True
            client, self._client = self._client, None
        if client is not None:
            _left(client)
            self._lease_file.unlink(missing_ok=True)

    def _connected(self, address: str) -> Any:
        with self._lock:
            if self._closed:
                raise StaysHereError("the app is closing")
            if self._client is not None and (self._address != address or self._client.status != "running"):
                _left(self._client)
                self._client = None
            if self._client is None:
                self._client, self._address = self._connect(address), address
            return self._client

    def _connect(self, address: str) -> Any:
        failed_at, reason, until = self._failed
        if failed_at == address and time.monotonic() < until:
            raise StaysHereError(reason)
        reason = is_reachable(address)
        if not reason:
            try:
                return _client_of(address)
            except Exception as error:  # noqa: BLE001 - whatever Dask raises, the run stays here and says why
                reason = f"the scheduler at {address} cannot be used ({_words(error)})"
        self._failed = (address, reason, time.monotonic() + AGAIN_S)
        raise StaysHereError(reason)

    def _leased(self, _for_s: float) -> None:
        try:
            self._lease_file.touch()
        except OSError as error:
            _log.warning("a lease cannot be noted: %s", error)


def wait_out(lease_file: Path, stopping: Callable[[], bool], wait: Callable[[float], object] = time.sleep) -> None:
    """Wait until no worker can still run what a killed app had sent it, or somebody wants to stop."""
    while not stopping():
        try:
            age_s = time.time() - lease_file.stat().st_mtime
        except OSError:
            return
        left_s = LEASE_S + MARGIN_S - age_s
        if not 0 < left_s <= LEASE_S + MARGIN_S:  # over, or a clock that was set back
            lease_file.unlink(missing_ok=True)
            return
        wait(min(left_s, _LOOKS_S))


class _Task:
    """A task of the scheduler, and its post."""

    def __init__(self, client: Any, order: bytes) -> None:
        from qntx_desktop.engines.remote.dask_post import DaskPost
        from qntx_desktop.engines.remote.worker import run_task

        self._client = client
        self._name = f"qntx-{uuid.uuid4().hex}"
        message = b'{"post":"%b",' % self._name.encode() + order[1:]
        try:
            self.up: Post = DaskPost(self._name, client)
            self._future = client.submit(run_task, message, key=self._name, retries=0, pure=False)
        except PostBrokenError as error:
            raise StaysHereError(f"the scheduler does not answer ({error})") from error

    def down(self, token: str) -> Post:
        """To the start of that token."""
        from qntx_desktop.engines.remote.dask_post import DaskPost

        return DaskPost(f"{self._name}-{token}", self._client)

    def trouble(self) -> str:
        """Why no worker will take it."""
        status = self._future.status
        if status == "error":
            return f"the worker cannot run it ({self._error()})"
        if status in ("cancelled", "lost"):
            return "the scheduler has dropped it"
        try:
            workers = self._client.nthreads()
        except Exception as error:  # noqa: BLE001 - whatever Dask raises, it does not answer
            return f"the scheduler does not answer ({_words(error)})"
        return "" if workers else "the cluster has no worker"

    def give_up(self) -> None:
        """Take it back."""
        try:
            self._future.cancel()
        except Exception as error:  # noqa: BLE001 - without leave or lease it does not run, whatever became of it
            _log.info("a task could not be taken back: %s", error)

    def _error(self) -> str:
        try:
            error: Any = self._future.exception(timeout=CONNECT_S)
        except Exception as failed:  # noqa: BLE001 - an error that cannot be read is still one
            error = failed
        return f"{type(error).__name__}: {error}"[:300]


def _client_of(address: str) -> Any:
    from dask import config
    from distributed import Client

    _quieten()
    # Or a run would wait half a minute for a scheduler that is gone, and could not even be cancelled.
    config.set({"distributed.comm.timeouts.connect": f"{CONNECT_S}s"})
    connect: Any = Client
    return connect(address, timeout=CONNECT_S, set_as_default=False, name="qntx-desktop")


def _words(error: Exception) -> str:
    return (str(error) or type(error).__name__)[:300]


def _quieten() -> None:
    """Dask writes to stderr by itself; what matters of it is said by us."""
    for name in ("distributed", "distributed.client"):
        logger = logging.getLogger(name)
        logger.handlers[:] = [logging.NullHandler()]
        logger.propagate = False


def _left(client: Any) -> None:
    try:
        client.close(timeout=_CLOSES_S)
    except Exception as error:  # noqa: BLE001 - the connection is given up either way
        _log.info("the cluster could not be left in order: %s", error)
