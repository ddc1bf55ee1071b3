"""The window as a person has it: a real process on a real X server, with a real pointer and keyboard."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.outside import asked
from tests.real_input import write_people

TOOLS = ("Xvfb", "openbox", "xdotool")
pytestmark = [
    pytest.mark.x11,
    pytest.mark.skipif(any(shutil.which(tool) is None for tool in TOOLS), reason=f"needs {', '.join(TOOLS)}"),
]
WAIT_S = 60.0
ROWS = 3_000
RAIL_X, BAR_Y = 24, 40
WINDOW = (1200, 800)


@pytest.fixture
def display() -> Iterator[str]:
    """A screen of its own, with a window manager."""
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
        pass_fds=(writer,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    with os.fdopen(reader) as told:
        name = f":{told.readline().strip()}"
    manager = subprocess.Popen(
        ["openbox"],
        env={**os.environ, "DISPLAY": name},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    yield name
    for process in (manager, server):
        process.terminate()
        process.wait(timeout=WAIT_S)


def until(true: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + WAIT_S
    while not true():
        if time.monotonic() > end:
            pytest.fail(f"never came: {what}")
        time.sleep(0.05)


class Person:
    """Somebody in front of the screen."""

    def __init__(self, display: str) -> None:
        self._environ = {**os.environ, "DISPLAY": display}

    def do(self, *words: object) -> str:
        done = subprocess.run(
            ["xdotool", *map(str, words)],
            env=self._environ,
            capture_output=True,
            text=True,
            timeout=WAIT_S,
            check=False,
        )
        return done.stdout

    def window(self) -> str:
        return self.do("search", "--onlyvisible", "--name", "QNTX Desktop").strip().split("\n")[-1]


def test_a_person_ingests_a_file_with_pointer_and_keys(display: str, tmp_path: Path) -> None:
    write_people(tmp_path / "people.csv", rows=ROWS)
    home, hand = tmp_path / "home", Person(display)

    def kinds() -> list[tuple[object, ...]]:
        """Of the glyphs on the empty canvas, which is the first that was made."""
        return sorted(asked(home, "SELECT kind FROM glyph WHERE canvas_id = 1"))

    def in_state(word: str) -> bool:
        return bool(asked(home, f"SELECT 1 FROM glyph WHERE canvas_id = 1 AND state LIKE '%{word}%'"))

    environ = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "HOME": str(tmp_path)}
    with (tmp_path / "output.txt").open("wb") as output:
        app = subprocess.Popen(
            [sys.executable, "-m", "qntx_desktop", "--home", str(home)],
            env=environ,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        until(lambda: bool(hand.window()), "the window")
        window = hand.window()
        hand.do("windowsize", "--sync", window, *WINDOW)
        until(lambda: bool(asked(home, "SELECT 1 FROM canvas")), "the canvas")
        until(lambda: (home / "runner.lock").exists(), "the runner")

        # A new home begins with the example; from there one key leads to the empty canvas.
        until(lambda: bool(asked(home, "SELECT 1 FROM canvas WHERE opened_at_us IS NOT NULL")), "the example")
        assert len(asked(home, "SELECT kind FROM glyph")) == 3  # made before anything was opened
        empty = "SELECT 1 FROM canvas WHERE name = 'Canvas 1' AND opened_at_us IS NOT NULL"
        while not asked(home, empty):
            hand.do("key", "ctrl+shift+n")
            time.sleep(0.2)

        # Drag the IX glyph from the rail and type its command.
        hand.do("mousemove", "--window", window, RAIL_X, BAR_Y + 27, "mousedown", 1)
        for x, y in ((60, 90), (90, 110), (104, 117)):
            hand.do("mousemove", "--window", window, x, y)
        hand.do("mouseup", 1)
        until(lambda: kinds() == [("ix",)], "the glyph in the store")
        hand.do("type", "--delay", "20", "ix csv ./people.csv")
        hand.do("key", "ctrl+Return")
        until(lambda: in_state("no_ingest_script"), "no handler")

        # Create handler is the one button below the command; its template works for a CSV file as it stands.
        hand.do("mousemove", "--window", window, 104 + 270, 117 + 84, "click", 1)
        until(lambda: ("python",) in kinds(), "the Python glyph")
        hand.do("key", "ctrl+s")
        until(lambda: in_state('"version"'), "version 1")
        hand.do("key", "Escape")
        hand.do("key", "Left")
        hand.do("key", "ctrl+Return")
        until(lambda: asked(home, "SELECT status FROM job_queue") == [("completed",)], "the run")
        assert asked(home, "SELECT count(*) FROM attestation WHERE execution_id = 1") == [(ROWS,)]
        until(lambda: ("result",) in kinds(), "the result glyph")

        # The window manager's close button leaves, and everything is kept.
        hand.do("key", "alt+F4")
        assert app.wait(timeout=WAIT_S) == 0
        assert kinds() == [("ix",), ("python",), ("result",)]
    finally:
        if app.poll() is None:
            app.send_signal(signal.SIGKILL)
            app.wait(timeout=WAIT_S)
    assert (tmp_path / "output.txt").read_text("utf-8") == ""
