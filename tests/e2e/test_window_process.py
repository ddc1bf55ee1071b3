"""The window as a process of its own: killed, started many times, and quick to show."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.outside import asked
from tests.real_input import write_people

STARTS = 50
WAIT_S = 180.0
#: Drives the real window from inside its own process, as the steps given on the command line say.
DRIVER = """\
import sys
from PySide6.QtCore import QPointF, QTimer
from qntx_desktop.ui import desktop
from qntx_desktop.model.diff import CanvasDiff
from dataclasses import replace

home, folder, code = sys.argv[1:4]
begin = desktop.Desktop.begin

def step(self, work):
    work.set_folder(folder)
    ix = work.view.add_glyph("ix", QPointF(0, 0))
    work.view.close_editor()
    glyph = work.document.glyph(ix)
    typed = replace(glyph, content={"text": "csv people.csv"})
    work.document.edit(CanvasDiff(updated={ix: (glyph, typed)}), "Type")
    handler = work.services.handlers
    work._tasks.run(self, lambda: handler.create("csv", code, source="window"),
                    then=lambda _: work.controller.act(ix, "run"))

def driven(self):
    self.example = False
    begin(self)
    self.opened.connect(lambda: step(self, self.work))

desktop.Desktop.begin = driven
sys.exit(desktop.open_window(home))
"""

#: Chooses German and larger text in the window, presses what the window offers then, and closes the one that comes.
CHOOSER = """\
import os, sys
home, seen = sys.argv[1:3]
from qntx_desktop.__main__ import _choose_language
_choose_language(home)
from qntx_desktop.ui import desktop, text
begin = desktop.Desktop.begin

def chosen(self):
    names = set(self.window.banner._lines)
    if {"language", "text"} <= names:
        self.window.banner.said.disconnect()
        self.window.banner.press("language")

def opened(self):
    with open(seen, "a", encoding="utf-8") as lines:
        lines.write(f"{os.getpid()} {text.language()} {os.environ.get('QT_SCALE_FACTOR', '1')}\\n")
    if text.language() == "de":
        self.close()
        return
    self.window.banner.said.connect(lambda *_: chosen(self))
    self.work.preferences.set("window.language", "de")
    self.work.preferences.set("window.text_percent", 150)

def driven(self):
    self.example = False
    self.opened.connect(lambda: opened(self))
    begin(self)

desktop.Desktop.begin = driven
sys.exit(desktop.open_window(home))
"""


class Windows:
    """The processes that a test started; all ended with it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._started: list[subprocess.Popen[bytes]] = []

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        with (self._folder / f"window-{len(self._started)}.txt").open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, *arguments],
                env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        self._started.append(process)
        return process

    def open(self, home: Path) -> subprocess.Popen[bytes]:
        return self.start("-m", "qntx_desktop", "--home", str(home))

    def end(self) -> None:
        for process in self._started:
            if process.poll() is None:
                process.kill()
            process.wait(timeout=WAIT_S)


@pytest.fixture
def windows(tmp_path: Path) -> Iterator[Windows]:
    started = Windows(tmp_path)
    yield started
    started.end()


def until(true: Callable[[], bool], what: str) -> None:
    """Wait for something that another process does."""
    end = time.monotonic() + WAIT_S
    while not true():
        if time.monotonic() > end:
            pytest.fail(f"never came: {what}")
        time.sleep(0.02)


def leave(process: subprocess.Popen[bytes]) -> int:
    process.send_signal(signal.SIGTERM)
    return process.wait(timeout=WAIT_S)


def test_fifty_starts_are_one_window(windows: Windows, tmp_path: Path) -> None:
    home = tmp_path / "home"
    started = [windows.open(home) for _ in range(STARTS)]
    until(lambda: sum(each.poll() is None for each in started) == 1, "all but one gone")
    (last,) = (each for each in started if each.poll() is None)
    assert [each.returncode for each in started if each is not last] == [0] * (STARTS - 1)
    said = "".join(path.read_text("utf-8") for path in tmp_path.glob("window-*.txt"))
    assert "does not answer" not in said
    until(lambda: bool(asked(home, "SELECT 1 FROM canvas")), "the canvas of the one that stays")
    assert leave(last) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="there a process that begins anew is another one")
def test_a_language_and_a_size_of_text_count_when_the_window_opens_again(windows: Windows, tmp_path: Path) -> None:
    """By one press: the same process begins anew, in the same home, and is not scaled twice the next time."""
    seen = tmp_path / "seen.txt"
    process = windows.start("-c", CHOOSER, str(tmp_path / "home"), str(seen))
    assert process.wait(timeout=WAIT_S) == 0
    assert seen.read_text("utf-8").splitlines() == [f"{process.pid} en 1", f"{process.pid} de 1.5"]


def test_a_killed_window_leaves_no_lock_behind(windows: Windows, tmp_path: Path) -> None:
    home = tmp_path / "home"
    first = windows.open(home)
    until(lambda: bool(asked(home, "SELECT 1 FROM canvas")), "the canvas")
    first.kill()
    first.wait(timeout=WAIT_S)
    second = windows.open(home)
    third = windows.open(home)
    until(lambda: (second.poll() is None) != (third.poll() is None), "one of the two to leave")
    stays, goes = (second, third) if second.poll() is None else (third, second)
    assert goes.returncode == 0
    assert leave(stays) == 0


def test_a_kill_in_the_middle_of_a_run_loses_nothing(windows: Windows, tmp_path: Path) -> None:
    home, folder, gate = tmp_path / "home", tmp_path / "files", tmp_path / "gate"
    folder.mkdir()
    people = write_people(folder / "people.csv", rows=20)
    code = (
        "import csv, os, time, qntx\n"
        "for row in csv.DictReader(open(qntx.args[0], newline='', encoding='utf-8')):\n"
        "    attest([row['name']], ['lives_in'], [row['town']])\n"
        f"while not os.path.exists({str(gate)!r}):\n    time.sleep(0.02)\n"
    )
    first = windows.start("-c", DRIVER, str(home), str(folder), code)
    made = "SELECT count(*) FROM attestation WHERE execution_id = 1"
    until(lambda: asked(home, made) == [(len(people),)], "the rows")
    until(lambda: len(asked(home, "SELECT 1 FROM glyph")) == 2, "both glyphs kept")
    first.kill()
    first.wait(timeout=WAIT_S)
    gate.write_text("open")

    second = windows.open(home)
    until(lambda: asked(home, "SELECT status FROM job_queue") == [("completed",)], "the job to run once more")
    assert asked(home, "SELECT attempt, status FROM execution ORDER BY id") == [
        (1, "interrupted"),
        (2, "completed"),
    ]
    assert asked(home, "SELECT retry_count FROM job_queue") == [(1,)]
    assert sorted(asked(home, "SELECT kind FROM glyph")) == [("ix",), ("result",)]
    assert asked(home, "PRAGMA integrity_check") == [("ok",)]
    assert leave(second) == 0


@pytest.mark.parametrize("arguments", [["--version"], ["--help"]])
def test_questions_are_answered_without_a_window(arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "qntx_desktop", *arguments],
        capture_output=True,
        text=True,
        timeout=WAIT_S,
        check=False,
    )
    assert done.returncode == 0
    assert "qntx-desktop" in done.stdout
    assert "PySide6" not in done.stderr


def test_an_unknown_option_is_a_usage_error() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "qntx_desktop", "--bogus"],
        capture_output=True,
        text=True,
        timeout=WAIT_S,
        check=False,
    )
    assert done.returncode == 2
    assert "--bogus" in done.stderr


def test_nothing_heavy_is_imported_before_the_window_shows(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "window.json").write_text('{"drawn": "light"}')  # as it was left: so nobody needs to ask the desktop
    code = (
        "import sys\n"
        "from PySide6 import QtCore\n"
        "from qntx_desktop.ui import desktop\n"
        "def stay(self):\n"
        "    heavy = ('asyncio', 'qasync', 'sqlite3', 'sqlalchemy', 'sqlmodel', 'pydantic',\n"
        "             'qntx_desktop.services', 'qntx_desktop.store',\n"
        "             'qntx_desktop.ui.workplace', 'PySide6.QtNetwork', 'qntx_desktop.model.errors')\n"
        "    print(self.window.isVisible(), self.theme.name, [name for name in heavy if name in sys.modules],\n"
        "          'Qt' in vars(QtCore))\n"
        "    self._place.leave()\n"
        "    return 0\n"
        "desktop.Desktop.stay = stay\n"
        "sys.exit(desktop.open_window(sys.argv[1]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(home)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=WAIT_S,
        check=False,
    )
    assert done.stdout == "True light [] False\n", done.stdout + done.stderr
