"""Kills a window in which somebody types, opens it again, and compares what it shows with what was typed.

Used by the test beside it and by `python -m tests.benchmarks typed`.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qntx_desktop.app.paths import Home
from tests.e2e.crash_runs import ENDS_S, ROOT, sound

DRIVER = Path(__file__).with_name("crash_typing.py")
MAY_BE_LOST_S = 1.0
LOOK_S = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """One kill of a window.

    Attributes:
        lines: How much was typed, as the window said it.
        lost_s: How long before the kill the oldest typed thing that is missing was shown; 0 when nothing is.
    """

    lines: int
    lost_s: float


def delays(seed: int, count: int) -> Iterator[float]:
    """Seeded times of the kills, in seconds after the first letter."""
    source = random.Random(seed)
    for _ in range(count):
        yield source.uniform(0.2, 4.0)


def kill_and_look(folder: Path, delay_s: float, seed: int) -> Typed:
    """Type for a while, kill, open again; nothing that stood there for a second may be missing."""
    home = Home(root=(folder / "home").resolve())
    killed_at, lines = _kill_while_typing(home, folder / "typed", delay_s, seed)
    shown = _reopened(home, folder / "shown")
    lost = [killed_at - line["at"] for line in lines if not _is_there(line, shown)]
    assert not lost or max(lost) <= MAY_BE_LOST_S, (
        f"I7: {max(lost):.2f} s of typing were lost: {lines[-1]} and {shown.get(str(lines[-1]['glyph']))}"
    )
    sound(home)
    return Typed(lines=len(lines), lost_s=max(lost, default=0.0))


def _is_there(line: dict[str, Any], shown: dict[str, Any]) -> bool:
    content = shown.get(str(line["glyph"]))
    if content is None:
        return False
    kept: str = content["code" if "code" in content else "text"]
    return kept.startswith(line["text"])


def _kill_while_typing(home: Home, out: Path, delay_s: float, seed: int) -> tuple[float, list[dict[str, Any]]]:
    with out.open("wb") as file:
        window = _start("type", str(home.root), str(seed), out=file)
        try:
            _await_line(window, out)
            time.sleep(delay_s)  # the moment of the kill is what this is about
        finally:
            window.kill()
            killed_at = time.monotonic()
            window.wait(timeout=ENDS_S)
    whole = out.read_text(encoding="utf-8").rpartition("\n")[0]
    return killed_at, [json.loads(line) for line in whole.splitlines()]


def _reopened(home: Home, out: Path) -> dict[str, Any]:
    with out.open("wb") as file:
        window = _start("look", str(home.root), out=file)
        try:
            assert window.wait(timeout=ENDS_S) == 0, out.read_text(encoding="utf-8")
        finally:
            window.kill()
            window.wait(timeout=ENDS_S)
    shown: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))["glyphs"]
    return shown


def _start(*words: str, out: Any) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, str(DRIVER), *words],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _await_line(window: subprocess.Popen[bytes], out: Path) -> None:
    deadline = time.monotonic() + ENDS_S
    while b"\n" not in out.read_bytes():
        assert window.poll() is None, f"the window ended by itself with {window.returncode}"
        assert time.monotonic() < deadline, "nobody began to type"
        time.sleep(LOOK_S)
