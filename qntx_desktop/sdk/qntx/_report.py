"""Describe the exception that ended a script. Imported only then, because `traceback` is dear.

Main thread of the handler's process.
"""

from __future__ import annotations

import sys
import traceback

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Any

MAX_TEXT = 64 << 10
MAX_MESSAGE = 10_000
_MOST_ERRNO = 4096


def describe(error: BaseException, filename: str) -> dict[str, Any]:
    """The parts of an `error` message: exception, message, line in the script, traceback of the script's frames."""
    trace = _begun(error, lambda file: file == filename)
    return {
        "op": "error",
        "exception": type(error).__qualname__[:200],
        "message": _message(error)[:MAX_MESSAGE],
        "line": _line(error, trace, filename),
        "traceback": _shortened(_script_frames(error, trace, filename)),
        "denied": _denied(error),
    }


def show(error: BaseException, own_folder: str) -> None:
    """Print the traceback as Python does, from the first frame of the script on."""
    trace = _begun(error, lambda file: not file.startswith(own_folder))
    traceback.print_exception(type(error), error, trace, file=sys.stderr)


def _begun(error: BaseException, is_the_scripts: Callable[[str], bool]) -> TracebackType | None:
    """The trace from the first frame of the script on that does not hide, as what evaluates an expression does."""
    trace = error.__traceback__
    while trace is not None and (not is_the_scripts(trace.tb_frame.f_code.co_filename) or _hides(trace)):
        trace = trace.tb_next
    return trace


def _hides(trace: TracebackType) -> bool:
    """By the sign that pytest looks for, too."""
    return trace.tb_frame.f_locals.get("__tracebackhide__") is True


def _message(error: BaseException) -> str:
    try:
        text = str(error.msg if isinstance(error, SyntaxError) else error)
    except BaseException as fault:  # noqa: BLE001 - a script's exception may do anything when asked for its text
        return f"<no text: {type(fault).__name__}>"
    notes = getattr(error, "__notes__", None)
    lines = [note for note in notes if isinstance(note, str)] if isinstance(notes, list) else []
    return "\n".join([text, *lines])


def _denied(error: BaseException) -> dict[str, Any] | None:
    """What the system refused: the error number, and the file if it was one."""
    if not isinstance(error, PermissionError):
        return None
    number, path = error.errno, error.filename
    if type(number) is not int or not 0 < number < _MOST_ERRNO:  # a script may raise it with anything
        return None
    return {"errno": number, "path": path[:MAX_MESSAGE] if type(path) is str else ""}


def _line(error: BaseException, trace: TracebackType | None, filename: str) -> int | None:
    lines = [number for frame, number in _walk(trace) if frame == filename]
    if lines:
        return lines[-1]
    if isinstance(error, SyntaxError) and error.filename == filename:
        return error.lineno
    return None


def _walk(trace: TracebackType | None) -> list[tuple[str, int]]:
    found = []
    while trace is not None:
        found.append((trace.tb_frame.f_code.co_filename, trace.tb_lineno))
        trace = trace.tb_next
    return found


def _script_frames(error: BaseException, trace: TracebackType | None, filename: str) -> str:
    report = traceback.TracebackException(type(error), error, trace, compact=True)
    pending = [report]
    while pending:
        part = pending.pop()
        part.stack[:] = [frame for frame in part.stack if frame.filename == filename]
        pending += [link for link in (part.__cause__, part.__context__) if link is not None]
        pending += getattr(part, "exceptions", None) or []
    return "".join(report.format())


def _shortened(text: str) -> str:
    if len(text) <= MAX_TEXT:
        return text
    half = MAX_TEXT // 2
    return f"{text[:half]}\n  ...\n{text[-half:]}"
