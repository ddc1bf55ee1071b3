"""Calling uv: its options, its environment, its end. Any thread; blocks, and asks `cancelled` ten times a second.

uv only resolves and installs; handlers run with the environment's own Python. Wheels only: building a package would
run code of strangers outside every confinement. The person's settings for indexes and proxies are heeded when they
stand in the environment (`UV_DEFAULT_INDEX`, `HTTPS_PROXY`, ...); files of configuration are not read.

It has a session of its own, so that Ctrl-C reaches the app only, which knows what it means. On Linux it ends with
the app, also when that is killed.

Source: https://docs.astral.sh/uv/reference/cli/
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qntx_desktop.engines.interpreter import FLAGS, interpreter
from qntx_desktop.model.errors import ErrCancelled, ErrDiskFull, ErrUnexpected
from qntx_desktop.model.package_lock import Fetch

NO_SOLUTION = 1
LONGEST_S = 900.0
_LOOK_S = 0.1
_MAX_TOLD_CHARS = 4_000
_DISK_FULL = re.compile(r"\(os error (28|122|112)\)")
"""ENOSPC, EDQUOT, ERROR_DISK_FULL as Rust spells them; uv's exit codes do not tell."""
_ENDS_WITH_THE_APP = """
import os, sys, _ctypes
_ctypes.call_function(_ctypes.dlsym(_ctypes.dlopen(None, 0), "prctl"), (1, 9, 0, 0, 0))
os.getppid() == int(sys.argv[1]) and os.execv(sys.argv[2], sys.argv[2:])
"""
"""The parent-death signal (PR_SET_PDEATHSIG, SIGKILL) holds for the program that takes the process over, too."""
_DROPPED = ("VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME", "UV_PYTHON", "UV_PROJECT_ENVIRONMENT", "UV_CACHE_DIR")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a call ended: exit code, stdout, and the last of what it said on stderr."""

    code: int
    out: str
    told: str

    @property
    def reason(self) -> str:
        """What uv gives as the cause, on one line."""
        lines = (line.strip().removeprefix("error:").removeprefix("cause:") for line in self.told.splitlines())
        return " ".join(" ".join(lines).split())[:500] or f"uv ended with {self.code}"


def call_uv(words: Sequence[str], cache: Path | None, fetch: Fetch, stdin: str = "") -> Ended:
    """Run uv to its end.

    Args:
        words: The verb, its options and arguments.
        cache: Where it keeps what it fetched; None: nowhere.
        fetch: Whether it may use the network, and what stops it.
        stdin: What it reads.

    Raises:
        ErrCancelled: It was stopped.
        ErrDiskFull: No room for what it fetches.
        ErrUnexpected: uv is not there, cannot be started, or never ends.
    """
    command = [_uv(), "--no-config", "--no-progress", "--no-python-downloads", "--color", "never", *words]
    if cache is None:
        command.append("--no-cache")
    if fetch.offline:
        command.append("--offline")
    if sys.platform == "linux":
        command = [interpreter(), *FLAGS, "-c", _ENDS_WITH_THE_APP, str(os.getpid()), *command]
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as told:
        given.write(stdin.encode())
        given.seek(0)
        try:
            process = subprocess.Popen(
                command,
                stdin=given,
                stdout=out,
                stderr=told,
                env=_environment(cache),
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            raise ErrUnexpected(f"uv cannot be started: {error.strerror or error}", "uv") from error
        code = _wait(process, fetch)
        out.seek(0)
        told.seek(0)
        ended = Ended(
            code=code,
            out=out.read().decode("utf-8", "replace"),
            told=told.read().decode("utf-8", "replace")[-_MAX_TOLD_CHARS:],
        )
    if code and _DISK_FULL.search(ended.told):
        raise ErrDiskFull(str(cache or tempfile.gettempdir()))
    return ended


def _wait(process: subprocess.Popen[bytes], fetch: Fetch) -> int:
    end = time.monotonic() + LONGEST_S
    try:
        while True:
            if fetch.cancelled():
                raise ErrCancelled("cancelled", "Cancelled while packages were fetched.")
            try:
                return process.wait(_LOOK_S)
            except subprocess.TimeoutExpired:
                if time.monotonic() > end:
                    raise ErrUnexpected(f"fetching packages took longer than {LONGEST_S:,.0f} s", "uv") from None
    finally:
        if process.returncode is None:  # half-fetched files stay in its cache, which survives that
            process.kill()
            process.wait()


def _uv() -> str:
    if getattr(sys, "frozen", False):
        beside = Path(sys.executable).parent / ("uv.exe" if os.name == "nt" else "uv")
        if beside.is_file():
            return str(beside)
    try:
        import uv  # late: asked only when packages are

        return str(uv.find_uv_bin())
    except (ImportError, FileNotFoundError) as error:
        raise ErrUnexpected("uv, which fetches packages, is not installed", "uv") from error


def uv_path() -> str | None:
    """Where uv is, None when it is missing."""
    try:
        return _uv()
    except ErrUnexpected:
        return None


def _environment(cache: Path | None) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _DROPPED}
    own = {"UV_CACHE_DIR": str(cache)} if cache is not None else {}
    return {"UV_HTTP_RETRIES": "1", "UV_HTTP_TIMEOUT": "20", **kept, **own}
