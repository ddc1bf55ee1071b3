"""The real `qntx`, one process a call, in a home and a folder of the test's own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a call ended."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """Stdout, which must be exactly one JSON document."""
        return json.loads(self.out)

    @property
    def error(self) -> dict[str, Any]:
        """The error that stdout tells in the one shape."""
        document = self.document
        assert set(document) == {"error"}
        assert set(document["error"]) == {"code", "message", "hint", "details"}
        return dict(document["error"])


class Cli:
    """Calls `qntx --home HOME` from `folder`."""

    def __init__(self, home: Path, folder: Path) -> None:
        self.home = home
        self.folder = folder

    @property
    def environ(self) -> dict[str, str]:
        """What the process is given."""
        return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error::ResourceWarning"}

    def argv(self, *words: str) -> list[str]:
        """The whole command line."""
        return [sys.executable, "-m", "qntx_desktop.cli", "--home", str(self.home), *words]

    def __call__(self, *words: str, stdin: str | bytes = b"", env: dict[str, str] | None = None) -> Ended:
        """Run a call to its end."""
        ended = subprocess.run(
            self.argv(*words),
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            cwd=self.folder,
            env={**self.environ, **(env or {})},
            timeout=PATIENCE_S,
            check=False,
        )
        return Ended(code=ended.returncode, out=ended.stdout.decode(), err=ended.stderr.decode())

    def start(self, *words: str, temporary: str = "", **more: Any) -> subprocess.Popen[bytes]:
        """Start a call and go on."""
        options: dict[str, Any] = dict.fromkeys(("stdout", "stderr"), subprocess.PIPE)
        options["stdin"] = subprocess.DEVNULL
        aside = {"TMPDIR": temporary} if temporary else {}
        return subprocess.Popen(
            self.argv(*words), **(options | more), cwd=self.folder, env=self.environ | aside, start_new_session=True
        )

    def file(self, name: str, text: str) -> Path:
        """Write a file into the folder."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def handler(self, script_type: str, code: str) -> None:
        """Save a handler."""
        saved = self("handler", "create", script_type, "--file", "-", stdin=code)
        assert saved.code == 0, saved.err

    def jobs(self, status: str) -> list[dict[str, Any]]:
        """The jobs of a status, newest first."""
        return list(self("--json", "job", "list", "--status", status).document)


def finish(process: subprocess.Popen[bytes]) -> Ended:
    """Wait for the end of a started call."""
    try:
        out, err = process.communicate(timeout=PATIENCE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise
    return Ended(code=process.returncode, out=(out or b"").decode(), err=(err or b"").decode())


def until(holds: Callable[[], Any]) -> Any:
    """Look again and again until something holds; returns it."""
    end = time.monotonic() + PATIENCE_S
    while not (found := holds()):
        assert time.monotonic() < end, "it never came to hold"
        time.sleep(0.05)
    return found
