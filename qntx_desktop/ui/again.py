"""The window opens again in the same place: for a language or a size of text, which both count from the start on.

Qt main thread. Qt takes its scale before the first window, and the tables of texts are made when the window is
imported, so the process begins anew with the same command line; on systems that can it keeps its number, and
whoever waits for it goes on waiting. Everything is closed before, as when a person closes the window.
"""

from __future__ import annotations

import os
import sys
from typing import NoReturn

SCALE_VARIABLE = "QT_SCALE_FACTOR"
AS_FOUND = "QNTX_SCALE_AS_FOUND"


def scale_text(percent: int) -> None:
    """Let Qt draw everything larger or smaller, before the application is made: so no text is ever cut.

    What the surroundings ask for (the scale of the screen, a text scale of the desktop) is kept and multiplied.
    """
    if percent != 100:
        asked = os.environ.get(SCALE_VARIABLE, "")
        before = float(asked) if asked.replace(".", "", 1).isdigit() else 1.0
        os.environ[AS_FOUND] = asked
        os.environ[SCALE_VARIABLE] = f"{before * percent / 100:g}"


def start_again() -> NoReturn:
    """Begin this process anew, with the surroundings that it was started in. Nothing after this runs."""
    found = os.environ.pop(AS_FOUND, None)
    if found:
        os.environ[SCALE_VARIABLE] = found
    elif found is not None:
        os.environ.pop(SCALE_VARIABLE, None)
    sys.stdout.flush()
    sys.stderr.flush()
    command = command_line()
    os.execv(command[0], command)


def command_line() -> list[str]:
    """The program and its arguments, as it was started."""
    if getattr(sys, "frozen", False):
        os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"  # the program unpacks itself anew
        return [sys.executable, *sys.argv[1:]]
    return [sys.executable, *sys.orig_argv[1:]]
