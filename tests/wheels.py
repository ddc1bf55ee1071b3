"""Tiny wheels, and an index of them on the loopback, for tests of packages."""

from __future__ import annotations

import threading
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


def add_wheel(index: Path, name: str, version: str, code: str, needs: Sequence[str] = ()) -> Path:
    """Put a wheel with one module into an index in a folder."""
    folder = index / name
    folder.mkdir(parents=True, exist_ok=True)
    facts = f"{name}-{version}.dist-info"
    files = {
        f"{name}/__init__.py": code,
        f"{facts}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        + "".join(f"Requires-Dist: {each}\n" for each in needs),
        f"{facts}/WHEEL": "Wheel-Version: 1.0\nGenerator: t\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    wheel = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
        archive.writestr(f"{facts}/RECORD", "".join(f"{path},,\n" for path in (*files, f"{facts}/RECORD")))
    names = sorted(path.name for path in folder.glob("*.whl"))
    (folder / "index.html").write_text("".join(f'<a href="{each}">{each}</a>\n' for each in names))
    return wheel


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the base class
        """Say nothing."""


@contextmanager
def served(index: Path) -> Iterator[str]:
    """Serve an index on the loopback; gives its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(index)))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), name="package-index")
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
