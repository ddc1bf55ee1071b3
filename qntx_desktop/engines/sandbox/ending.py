"""How a run ended, from the exit status as the app saw it. Pure.

What the handler said about its end only describes a failure that the exit status shows.
"""

from __future__ import annotations

import json
import re
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from errno import EPERM
from typing import Any

from qntx_desktop.engines.sandbox.quota import MAX_BYTES, MAX_FILES
from qntx_desktop.model.errors import (
    ErrCancelled,
    ErrHandlerFailed,
    ErrHandlerKilled,
    ErrHandlerLimit,
    ErrHandlerTimeout,
    QntxError,
)
from qntx_desktop.model.job import ExecutionStatus

_DECLARES = re.compile(r"^# /// script\s*$(?:\n#.*$)*?\n#\s*dependencies\s*=", re.MULTILINE)
_MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """The facts.

    Args:
        code: Exit status, negative for a signal.
        stopped_for: Why the app stopped it: `cancelled`, `timeout`, `files`, `disk`, or None.
        cancel_reason: `cancelled` or `quit`.
        broken: What was wrong with the message pipe, empty if nothing was.
        failure: What the handler said about its exception.
        confined: Whether the system refuses it anything.
    """

    code: int
    stopped_for: str | None
    cancel_reason: str
    broken: str
    failure: Mapping[str, Any] | None
    source: str
    timeout_s: float
    memory_bytes: int
    confined: bool

    @property
    def exit_code(self) -> int | None:
        """What the process left with; None if a signal ended it."""
        return self.code if self.code >= 0 else None

    def judge(self) -> tuple[ExecutionStatus, QntxError | None]:
        """Status and error of the run."""
        if self.stopped_for == "cancelled":
            return ExecutionStatus.CANCELLED, ErrCancelled(self.cancel_reason)
        error = self._error()
        return (ExecutionStatus.FAILED if error else ExecutionStatus.COMPLETED), error

    def _error(self) -> QntxError | None:
        if self.stopped_for == "timeout":
            return ErrHandlerTimeout(self.timeout_s)
        if self.stopped_for == "files":
            return ErrHandlerLimit("files", f"{MAX_FILES:,}", hint="Remove what is not needed any more.")
        if self.stopped_for == "disk":
            return ErrHandlerLimit("disk", f"{MAX_BYTES >> 30} GB", hint="Remove what is not needed any more.")
        if self.broken:
            return ErrHandlerFailed(
                "BrokenPipe",
                f"The handler broke its message pipe: {self.broken}",
                exit_code=self.exit_code,
                hint="Only qntx may write to the pipes that a handler is started with.",
            )
        if self.code < 0:
            return ErrHandlerKilled(_signal_name(-self.code))
        return self._failed() if self.code else None

    def _failed(self) -> QntxError:
        if self.failure is None:
            return ErrHandlerFailed("SystemExit", f"Left with exit code {self.code}", exit_code=self.code)
        if self.failure["exception"] == "MemoryError":
            return ErrHandlerLimit(
                "memory",
                f"{self.memory_bytes / _MEGABYTE:,.0f} MB",
                hint='Give it more with  # memory = "1GB"  under [tool.qntx] in its inline metadata.',
                line=self.failure["line"],
                traceback=self.failure["traceback"],
            )
        said = {name: value for name, value in self.failure.items() if name != "denied"}
        return ErrHandlerFailed(**said, exit_code=self.code, hint=self._hint(self.failure))

    def _hint(self, failure: Mapping[str, Any]) -> str:
        if failure["denied"] is not None and self.confined:
            return _how_to_ask(**failure["denied"])
        if failure["exception"] != "ModuleNotFoundError":
            return ""
        if _DECLARES.search(self.source):
            return "None of the declared dependencies brings it; see  # dependencies  in the inline metadata."
        return 'Packages beyond the standard library are declared:  # dependencies = ["..."]  in inline metadata.'


def _how_to_ask(errno: int, path: str) -> str:
    """What to declare so that something is not refused any more, if it can be declared."""
    if path.startswith("/"):
        quoted = json.dumps(path, ensure_ascii=not path.isprintable())
        return (
            "A handler reaches the files that its arguments name and those that it declares:  "
            f"# read = [{quoted}]  (or write) under [tool.qntx] in its metadata."
        )
    if errno == EPERM and not path:
        return "Handlers cannot start programs, open sockets past the app, or reach other processes."
    return ""


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
