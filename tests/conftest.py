"""What every test stands on: no screen, a home of its own, and nothing left behind.

An application of Qt is made only for tests that ask for one (`qtbot`, `qapp`).
"""

from __future__ import annotations

import itertools
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from tests.git_server import Server

# The same examples in every run; `--hypothesis-profile=search` looks for new ones, as long as one likes.
settings.register_profile("suite", derandomize=True, deadline=None, database=None)
settings.register_profile("search", max_examples=2_000, deadline=None, print_blob=True)
settings.load_profile("suite")

# Read when an application is made; whatever the person has set, no test opens a window on their screen.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_API"] = "pyside6"
os.environ["PYTEST_QT_API"] = "pyside6"
os.environ.pop("QT_STYLE_OVERRIDE", None)
# Days, times and figures are written as nowhere in particular, whatever the machine speaks.
os.environ["LC_ALL"] = "C.UTF-8"
# No test asks the person's keyring; nor one of the backends that a test declares, which keyring would find.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

# `nohup` and a shell's `&` ignore these for all that they start; the tests, and what they start, shall hear them.
for _name in ("SIGHUP", "SIGTERM", "SIGINT"):
    _number = getattr(signal, _name, None)
    if _number is not None and signal.getsignal(_number) is signal.SIG_IGN:
        signal.signal(_number, signal.default_int_handler if _name == "SIGINT" else signal.SIG_DFL)

#: How long a thread that was told to end may take; a check that ends as soon as the thread has.
GRACE_S = 3.0
#: Threads of the test tools themselves, by the start of their name.
TOOL_THREADS = ("pytest_timeout", "pytest-timeout", "hypothesis", "Dummy-")
PERSONS_PLACES = {
    "HOME": "",
    "USERPROFILE": "",
    "QNTX_HOME": "qntx",
    "XDG_DATA_HOME": "data",
    "XDG_CONFIG_HOME": "config",
    "XDG_CACHE_HOME": "cache",
    "XDG_STATE_HOME": "state",
    "APPDATA": "roaming",
    "LOCALAPPDATA": "local",
}
SETTINGS = ("QNTX_API_TOKEN", "QNTX_PASSPHRASE", "COLUMNS", "NO_COLOR", "FORCE_COLOR")


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where the next home is; `mktemp` would list all the others for each."""
    base = tmp_path_factory.mktemp("persons")
    return (base / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def _own_home(_homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test a home of its own: nothing of the person who runs the tests is read or written."""
    home = next(_homes)
    home.mkdir()
    for variable, folder in PERSONS_PLACES.items():
        monkeypatch.setenv(variable, str(home / folder))
    for variable in SETTINGS:
        monkeypatch.delenv(variable, raising=False)
    return home


@pytest.fixture
def person_home(_own_home: Path) -> Path:
    """The folder that is the person's home during this test."""
    return _own_home


@pytest.fixture
def git_server(tmp_path: Path) -> Iterator[Server]:
    """A git server behind https that the git processes of this test trust; it serves `git_server.root`."""
    from tests.git_server import trusted  # late: few tests need it

    with trusted(tmp_path / "served") as server:
        yield server


@pytest.fixture(autouse=True)
def _no_thread_left() -> Iterator[None]:
    """Fail a test that leaves a Python thread running."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + GRACE_S
    # Looked at anew each time: a server may just begin the thread of a connection that was closed again.
    while (left := _new_threads(before)) and time.monotonic() < deadline:
        time.sleep(0.005)
    if left:
        pytest.fail(f"left running: {', '.join(thread.name for thread in left)}", pytrace=False)


def _new_threads(before: set[threading.Thread]) -> list[threading.Thread]:
    return [each for each in threading.enumerate() if each not in before and not each.name.startswith(TOOL_THREADS)]


@pytest.fixture(autouse=True)
def _no_theme_left() -> Iterator[None]:
    """Take the look of the application back, or the next test would be painted in this one's theme."""
    yield
    widgets = sys.modules.get("PySide6.QtWidgets")
    application = widgets.QApplication.instance() if widgets else None
    if application is not None and hasattr(application, "styleSheet") and application.styleSheet():
        application.setStyleSheet("")
        application.setPalette(application.style().standardPalette())


@pytest.fixture(autouse=True)
def _no_window_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a visible window; `qtbot.addWidget` closes what it was given before this looks."""
    yield
    widgets = sys.modules.get("PySide6.QtWidgets")
    application = widgets.QApplication.instance() if widgets else None
    if application is None or not hasattr(application, "topLevelWidgets"):
        return
    left = [widget for widget in application.topLevelWidgets() if widget.isVisible()]
    names = ", ".join(f"{type(widget).__name__} {widget.objectName()}".strip() for widget in left)
    for widget in left:
        widget.hide()
        widget.deleteLater()
    if left:
        pytest.fail(f"left visible: {names}", pytrace=False)
