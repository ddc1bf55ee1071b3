"""The progress bar of a run: seen on a terminal after a moment, gone with the run, absent in a pipe."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable

import pytest

from qntx_desktop.cli import live
from qntx_desktop.cli.live import RunBar
from qntx_desktop.cli.printer import Printer
from qntx_desktop.model.job import Job, JobStatus
from tests.cli.test_printer import File, Terminal


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def at(current: float, message: str = "") -> Job:
    return Job(
        id=1,
        type="git.sync",
        status=JobStatus.RUNNING,
        priority=0,
        payload={},
        started_at_us=1,
        progress_current=current,
        progress_total=10,
        progress_message=message,
    )


@pytest.fixture(autouse=True)
def _terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("NO_COLOR", raising=False)


def test_a_bar_for_who_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "PATIENCE_S", 0.0)
    before = set(threading.enumerate())
    watched = Terminal()
    with RunBar(Printer(File(), watched)) as bar:
        bar(at(5, "reading [bold]x[/bold]"))
        until(lambda: "5 of 10" in watched.said())
        assert "git.sync" in watched.said()
        assert "reading [bold]x[/bold]" in watched.said()  # no markup of a stranger is obeyed
        bar(at(9))
        until(lambda: "9 of 10" in watched.said())
    said = watched.said()
    assert said.endswith("\x1b[2K")  # the line is taken away
    assert "\x1b[?25h" in said  # and the cursor is back
    until(lambda: set(threading.enumerate()) <= before)


def test_no_bar_in_a_pipe_nor_for_a_quick_run() -> None:
    piped, watched = File(), Terminal()
    with RunBar(Printer(Terminal(), piped)) as bar:
        bar(at(5))
    with RunBar(Printer(File(), watched)) as bar:
        bar(at(5))
    assert piped.said() == watched.said() == ""


def test_a_run_that_is_interrupted_leaves_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "PATIENCE_S", 0.0)
    watched = Terminal()

    def interrupted() -> None:
        with RunBar(Printer(File(), watched)) as bar:
            bar(at(1))
            until(lambda: "1 of 10" in watched.said())
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert watched.said().endswith("\x1b[2K")


def test_a_terminal_that_goes_away_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "PATIENCE_S", 0.0)
    watched = Terminal()
    with RunBar(Printer(File(), watched)) as bar:
        bar(at(1))
        until(lambda: "1 of 10" in watched.said())
        watched.detach()
        bar(at(2))
    assert "rich" in sys.modules
