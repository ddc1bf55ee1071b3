"""`qntx-desktop` and `python -m qntx_desktop`: open the window.

Qt main thread. Imports little: the window is shown before the rest is brought in.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from qntx_desktop import __version__

if TYPE_CHECKING:
    import argparse


_X_SOCKETS = "/tmp/.X11-unix/X"
_NO_DISPLAY = (
    "qntx-desktop: There is no display: {why}. "
    "Without one the command line does what the window does: qntx --help, and qntx serve to run schedules.\n"
)


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window of a home, or bring the one that is open to the front.

    Returns:
        0 when it was closed, or is open already; 2 for options that make no sense; 5 without a display.
    """
    home = _home(list(sys.argv[1:] if argv is None else argv))
    if why := _lacks_display():
        sys.stderr.write(_NO_DISPLAY.format(why=why))
        return 5
    _choose_language(home)
    from qntx_desktop.ui.desktop import open_window  # late: --version and --help need no Qt

    return open_window(home)


def _lacks_display() -> str:
    """Why Qt would look for a display in vain, which would end the process with advice that does not help.

    Returns:
        Half a sentence; empty when there seems to be a display.
    """
    others = ("WAYLAND_DISPLAY", "WAYLAND_SOCKET", "QT_QPA_PLATFORM")
    if not sys.platform.startswith("linux") or any(os.environ.get(name) for name in others):
        return ""
    display = os.environ.get("DISPLAY", "")
    if not display:
        return "neither DISPLAY nor WAYLAND_DISPLAY is set"
    return "" if _answers(display) else f"nothing answers at DISPLAY={display}"


def _answers(display: str) -> bool:
    """Whether an X server of this machine is there; others are left to Qt. Looks for its file first."""
    number = display.removeprefix("unix").removeprefix(":").partition(".")[0]
    here = display.startswith((":", "unix:")) and number.isdecimal()
    if not here or os.path.exists(_X_SOCKETS + number):  # noqa: PTH110 - pathlib is not needed for this alone
        return True
    import socket  # late: nearly always the file is there

    with socket.socket(socket.AF_UNIX) as abstract:
        return abstract.connect_ex(f"\0{_X_SOCKETS}{number}") == 0


def _choose_language(home: str | None) -> None:
    """Before the window is imported, since its tables of texts are made then."""
    from qntx_desktop.app.paths import resolve_home
    from qntx_desktop.app.window_memory import read_memory
    from qntx_desktop.model.error_shape import QntxError
    from qntx_desktop.ui import text

    try:
        text.choose(read_memory(resolve_home(home)).language)
    except QntxError:
        text.choose()  # the window itself says what is wrong with the home


def _home(words: list[str]) -> str | None:
    """The folder from `--home`; plain starts are read here, because argparse would delay the first paint."""
    if not words:
        return None
    if len(words) == 2 and words[0] == "--home" and not words[1].startswith("-"):
        return words[1]
    home: str | None = _parser().parse_args(words).home
    return home


def _parser() -> argparse.ArgumentParser:
    import argparse  # late: see `_home`

    parser = argparse.ArgumentParser(prog="qntx-desktop", description="A canvas for your own ingestion handlers.")
    parser.add_argument("--home", metavar="DIR", help="the folder that holds everything (default: QNTX_HOME)")
    parser.add_argument("--version", action="version", version=f"qntx-desktop {__version__}")
    return parser


if __name__ == "__main__":
    sys.exit(main())
