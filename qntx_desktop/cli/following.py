"""What the runs of a job logged, once or until the job ends.

Main thread; only reads.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from qntx_desktop.cli.call import Call
from qntx_desktop.cli.cells import shown
from qntx_desktop.cli.wording import moment
from qntx_desktop.model.clock import iso
from qntx_desktop.model.job import Execution, LogLine

if TYPE_CHECKING:
    from qntx_desktop.app.reader import Readers

_PAGE = 1000
_LOOK_AGAIN_S = 0.2
_COLOURS = {"error": ("red",), "warning": ("yellow",), "debug": ("dim",)}


def print_logs(call: Call, job_id: int) -> int:
    """Print the lines of all attempts, in order; with `--follow` wait for more until the job ends.

    Raises:
        ErrJobNotFound: There is none with this id.
    """
    with call.readers() as readers:
        readers.queue.get(job_id)
        lines = _followed(readers, job_id) if call.flag("--follow") else _logged(readers, job_id, {})
        if call.as_json:
            _print_array(call, lines)
        else:
            _print_lines(call, lines)
    return 0


def _print_lines(call: Call, lines: Iterator[tuple[Execution, LogLine]]) -> None:
    silent = True
    for execution, line in lines:
        silent = False
        call.printer.readable(_readable(call, execution, line))
    if silent:
        call.printer.note("Its runs logged nothing.")


def _followed(readers: Readers, job_id: int) -> Iterator[tuple[Execution, LogLine]]:
    seen: dict[int, int] = {}
    while True:
        ended = readers.queue.get(job_id).ended  # asked first: what was logged before the end is then all there
        yield from _logged(readers, job_id, seen)
        if ended:
            return
        time.sleep(_LOOK_AGAIN_S)


def _logged(readers: Readers, job_id: int, seen: dict[int, int]) -> Iterator[tuple[Execution, LogLine]]:
    for execution in readers.queue.executions(job_id):
        while page := readers.queue.logs(execution.id, after_seq=seen.get(execution.id, 0), limit=_PAGE):
            for line in page:
                seen[execution.id] = line.seq
                yield execution, line


def _print_array(call: Call, lines: Iterator[tuple[Execution, LogLine]]) -> None:
    """One JSON array that grows with the log, so that a program may read along."""
    call.printer.answered = True
    before = "["
    for execution, line in lines:
        call.printer.text(before + call.printer.as_document(_shape(execution, line)), end="")
        before = ",\n"
    call.printer.text("]" if before != "[" else "[]")


def _shape(execution: Execution, line: LogLine) -> dict[str, Any]:
    return {
        "execution_id": execution.id,
        "attempt": execution.attempt,
        "seq": line.seq,
        "at": iso(line.at_us),
        "level": line.level,
        "message": line.message,
    }


def _readable(call: Call, execution: Execution, line: LogLine) -> str:
    level = call.printer.styled(f"{line.level:<7}", *_COLOURS.get(line.level, ()))
    again = f"attempt {execution.attempt}  " if execution.attempt > 1 else ""
    return f"{moment(line.at_us)}  {level}  {again}{shown(line.message)}"
