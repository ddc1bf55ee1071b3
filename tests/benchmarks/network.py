"""What a connection costs a handler that has to ask for it, beside the same loop in a Python without the app.

One server on the loopback accepts and closes. Both loops make the same connections one after the other, timed in
their own process; repeats take turns. Nothing is relayed after the connect, so throughput is not measured.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from qntx_desktop.engines.interpreter import clean_environment, interpreter
from qntx_desktop.engines.sandbox.launcher import CancelToken, RunSpec, launch
from tests.benchmarks.figures import Figure, Place, median
from tests.engines.runs import RecordingSink

CONNECTIONS = 150
REPEATS = 7
LOOP = """
import socket, time
def once():
    started = time.perf_counter()
    socket.create_connection((HOST, PORT)).close()
    return time.perf_counter() - started
once()
print(sorted(once() for _ in range(COUNT))[COUNT // 2] * 1000)
"""


def measure(place: Place) -> list[Figure]:
    """Medians of one connect, by address and by name."""
    figures = []
    with _server() as port:
        for host in ("127.0.0.1", "localhost"):
            asked, plain = [], []
            for _ in range(place.repeats or REPEATS):
                code = f"HOST, PORT, COUNT = {host!r}, {port}, {CONNECTIONS}\n{LOOP}"
                plain.append(_plain(code))
                asked.append(_asked(code, host, port, place))
            kind = "a name" if host == "localhost" else "an address"
            figures.append(
                Figure(
                    name=f"connect to {kind} through the broker",
                    what=f"{CONNECTIONS} connects one after the other, confined handler / plain Python",
                    unit="ms",
                    ours=median(asked),
                    peer=median(plain),
                    ratio=median(asked) / median(plain),
                    spread={"ours": sorted(asked), "plain": sorted(plain)},
                )
            )
    return figures


def _plain(code: str) -> float:
    ended = subprocess.run(
        [interpreter(), "-I", "-S", "-c", code], capture_output=True, env=clean_environment(), check=True
    )
    return float(ended.stdout)


def _asked(code: str, host: str, port: int, place: Place) -> float:
    run_id = uuid.uuid4().hex
    spec = RunSpec(
        code=code,
        filename="connect.py",
        command="connect",
        script_type="connect",
        args=(),
        timeout_s=60.0,
        memory_bytes=512 << 20,
        work_dir=place.folder / run_id,
        run_id=run_id,
        home_id="benchmark",
        network=(f"{host}:{port}",),
    )
    outcome = launch(spec, RecordingSink(), CancelToken())
    if outcome.error is not None:
        sys.exit(f"the run failed: {outcome.error}")
    return float(outcome.stdout)


@contextmanager
def _server() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0), backlog=512) as server:
        thread = threading.Thread(target=_accept, args=(server,), daemon=True)
        thread.start()
        yield int(server.getsockname()[1])


def _accept(server: socket.socket) -> None:
    while True:
        try:
            server.accept()[0].close()
        except OSError:
            return
