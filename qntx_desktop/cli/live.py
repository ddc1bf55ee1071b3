"""The progress bar of a run that is waited for. Hides rich.

The bar is drawn by a thread of rich; `__call__` is the runner's to call, `close` the main thread's.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Self

from qntx_desktop.cli.wording import progress_words, what_runs

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from qntx_desktop.cli.printer import Printer
    from qntx_desktop.model.job import Job

PATIENCE_S = 0.3
"""A run that ends sooner shows no bar, and does not wait for rich to be imported."""
WIDTH = 24


class RunBar:
    """Shows how far a job is, while a person watches stderr; nothing in a pipe."""

    def __init__(self, printer: Printer) -> None:
        self._printer = printer
        self._lock = threading.Lock()
        self._job: Job | None = None
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._closed = False
        self._timer: threading.Timer | None = None

    def __enter__(self) -> Self:
        if self._printer.live:
            self._timer = threading.Timer(PATIENCE_S, self._begin)
            self._timer.daemon = True
            self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer.join()
        with self._lock:
            self._closed = True
            bar = self._bar
        if bar is not None:
            with suppress(OSError, ValueError):  # the terminal is gone; nobody is left to tell
                bar.stop()

    def __call__(self, job: Job) -> None:
        """Show this state of the job."""
        with self._lock:
            self._job = job
            self._show()

    def _begin(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=WIDTH),
            TextColumn("{task.fields[words]}", markup=False),
            TimeElapsedColumn(),
            console=Console(file=self._printer.stderr, highlight=False),
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        with self._lock:
            if self._closed:
                return
            self._bar = bar
            self._task = bar.add_task("", total=None, words="")
            self._show()
            with suppress(OSError, ValueError):  # as above
                bar.start()

    def _show(self) -> None:
        if self._bar is None or self._task is None or self._job is None:
            return
        job = self._job
        self._bar.update(
            self._task,
            description=what_runs(job),
            total=job.progress_total or None,
            completed=job.progress_current or 0,
            words=progress_words(job),
        )
