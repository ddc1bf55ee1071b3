"""A git process that dies at a named point of a sync, alone or together with the app that asked it.

`python -m tests.e2e.crash_git POINT WHEN CALL WHO`, started by `crash_sync` instead of the real one; else the same.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any

POINTS: Mapping[str, tuple[str, str]] = {
    "asked": ("fetching", "fetch"),
    "refs": ("fetching", "_wanted"),
    "opened": ("fetching", "_opened"),
    "pack": ("fetching", "_fetch_pack"),
    "looked at": ("fetching", "plan_of"),
    "written": ("export", "_write"),
    "settled": ("export", "_settle"),
    "kept": ("export", "write"),
    "named": ("export", "sync_path"),
    "compared": ("fetching", "changes"),
}
WHEN = ("before", "after")


def arm(point: str, when: str, call: int, *, with_parent: bool) -> None:
    """Have this process kill itself at the n-th call of a step."""
    module, name = POINTS[point]
    room = import_module(f"qntx_desktop.engines.git.{module}")
    real = getattr(room, name)
    calls = [0]

    def die() -> None:
        if with_parent:
            os.kill(os.getppid(), signal.SIGKILL)
        os.kill(os.getpid(), signal.SIGKILL)

    def step(*args: Any, **options: Any) -> Any:
        calls[0] += 1
        if calls[0] == call and when == "before":
            die()
        result = real(*args, **options)
        if calls[0] == call:
            die()
        return result

    if name == "fetch":
        room._ASK["fetch"] = step
    else:
        setattr(room, name, step)


def main() -> None:
    """Arm, then serve."""
    point, when, call, who = sys.argv[1:]
    arm(point, when, int(call), with_parent=who == "both")
    from qntx_desktop.engines.git.worker import main as serve

    serve()


if __name__ == "__main__":
    main()
