"""A process that kills itself at a named point: before a function, inside its transaction, or after the commit."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from typing import Any

from qntx_desktop.store.database import Database


def kill_at(room: Any, name: str, when: str, call: int) -> None:
    """Have this process end by SIGKILL around one call of a function of the store.

    Args:
        room: The module, or class, that has it.
        name: The function's name.
        when: `before` or `inside` it, or `committed`: after the transaction in which it was called.
        call: Which call of it, counted from 1.
    """
    real = getattr(room, name)
    calls = [0]
    inside = threading.local()

    def step(*args: Any, **options: Any) -> Any:
        calls[0] += 1
        hit = calls[0] == call
        if hit and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = real(*args, **options)
        if hit and when == "inside":
            os.kill(os.getpid(), signal.SIGKILL)
        inside.hit = hit
        return result

    write = Database.write

    def written(self: Database, work: Callable[[Any], Any]) -> Any:
        hits: list[bool] = []

        def noted(tx: Any) -> Any:
            inside.hit = False
            result = work(tx)
            hits.append(inside.hit)
            return result

        result = write(self, noted)
        if when == "committed" and any(hits):
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(room, name, step)
    Database.write = written  # type: ignore[method-assign]
