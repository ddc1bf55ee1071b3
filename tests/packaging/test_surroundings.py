"""The suite's own surroundings bite: a leaked thread, a window left open, a Qt warning each fail their test."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WAITING_THREAD = """
import threading
def test_it():
    threading.Thread(target=threading.Event().wait, args=(30,), daemon=True, name="stray").start()
"""
ENDING_THREAD = """
import threading
def test_it():
    threading.Thread(target=threading.Event().wait, args=(0.1,)).start()
"""
OPEN_WINDOW = """
from PySide6.QtWidgets import QWidget
def test_it(qtbot):
    test_it.window = QWidget()
    test_it.window.show()
"""
CLOSED_WINDOW = """
from PySide6.QtWidgets import QWidget
def test_it(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
"""
QT_WARNING = """
from PySide6.QtCore import qWarning
def test_it(qtbot):
    qWarning("something is wrong")
"""
PYTHON_WARNING = """
import warnings
def test_it():
    warnings.warn("something is old", DeprecationWarning)
"""
NO_APPLICATION = """
from PySide6.QtCore import QCoreApplication
def test_it():
    assert QCoreApplication.instance() is None
"""
OWN_HOME = """
import os, pathlib, tempfile
def test_it(person_home):
    assert pathlib.Path.home() == person_home
    for name in ("QNTX_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        assert pathlib.Path(os.environ[name]).is_relative_to(person_home)
"""


def run_one(folder: Path, source: str) -> subprocess.CompletedProcess[str]:
    """Run a suite of one test under this project's settings and conftest."""
    tests = folder / "tests"
    tests.mkdir()
    (folder / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    (tests / "conftest.py").write_bytes((ROOT / "tests" / "conftest.py").read_bytes())
    (tests / "test_one.py").write_text(source, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--basetemp", str(folder / "temp")]
    environ = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    return subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, timeout=90, check=False)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (WAITING_THREAD, "left running: stray"),
        (OPEN_WINDOW, "left visible: QWidget"),
        (QT_WARNING, "something is wrong"),
        (PYTHON_WARNING, "something is old"),
    ],
    ids=["thread", "window", "qt-warning", "python-warning"],
)
def test_what_is_left_behind_fails_its_test(tmp_path: Path, source: str, said: str) -> None:
    ended = run_one(tmp_path, source)
    assert ended.returncode == 1, ended.stdout + ended.stderr
    assert said in ended.stdout


@pytest.mark.parametrize(
    "source",
    [ENDING_THREAD, CLOSED_WINDOW, NO_APPLICATION, OWN_HOME],
    ids=["ending", "closed", "no-application", "own-home"],
)
def test_what_is_in_order_passes(tmp_path: Path, source: str) -> None:
    ended = run_one(tmp_path, source)
    assert ended.returncode == 0, ended.stdout + ended.stderr
